"""Why something could not be prepared, in sentences."""

from typing import Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import AlpClustersError, RecordsError
from alpclusters.reports.errors import remedy, what

SENTENCES: Final = {
    "cafe.seats_taken": _(
        "People have been led to their tables: the plan stands. Move single guests instead."
    ),
    "cafe.table_in_use": _(
        "A table that would go has guests or cards. Take it out of use instead."
    ),
    "cafe.too_many_guests": _("At most %(expected)s guests fit into one AlpCafé."),
    "cafe.nobody_to_seat": _("Add guests and tables first."),
    "cafe.registration_over": _("The AlpCafé is over: nobody can register any more."),
    "cafe.registration_by_invitation": _("One can register with a personal invitation only."),
    "guests.not_a_language": _("“%(found)s” is no language of ours; write %(expected)s."),
    "invitations.not_an_address": _("“%(found)s” is no e-mail address."),
}


def sentence(error: AlpClustersError) -> str:
    """Return what is wrong and what to do, in the reader's language."""
    if isinstance(error, RecordsError):
        return " ".join(sentences(error))
    known = SENTENCES.get(error.code)
    language = get_language() or "en"
    if known is None:
        text = f"{what(error, language)} {remedy(error, language)}".strip()
    else:
        text = str(known) % {"found": error.found or "", "expected": error.expected or ""}
    if error.where.line is not None:
        place = gettext("line %(line)s") % {"line": error.where.line}
        return f"{place}: {text}"
    return text


def sentences(error: RecordsError) -> list[str]:
    """Return one sentence for each wrong line."""
    found = [sentence(one) for one in error.errors]
    if error.n_more:
        found.append(gettext("and %(n)s more") % {"n": error.n_more})
    return found
