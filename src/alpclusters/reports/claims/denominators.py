"""What values by region allow to be said of what holds across borders."""

from typing import Final

from alpclusters.analysis.denominators import Denominators
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, short

_NOTHING: Final = register("across.nothing", _("Nothing surely holds across borders"))
_ONE: Final = register("across.one", _("“%(name)s” holds across borders"))
_MEASURES: Final = register(
    "across.measures",
    ngettext_noop(
        "%(n)s of %(all)s measures holds across borders",
        "%(n)s of %(all)s measures hold across borders",
    ),
)
_STATEMENTS: Final = register(
    "across.statements",
    ngettext_noop(
        "%(n)s of %(all)s statements holds across borders",
        "%(n)s of %(all)s statements hold across borders",
    ),
)


def across(found: Denominators | None, subject: EvaluationSubject, language: str) -> Claim:
    """Name the item that holds across borders by the rule, or count them."""
    common = found.common() if found else ()
    if not common or found is None:
        return _NOTHING.claim(language)
    if len(common) == 1:
        return _ONE.claim(language, name=short(subject.item(common[0])))
    words = _STATEMENTS if subject.item_word == "statement" else _MEASURES
    return words.claim(language, n=len(common), all=len(found.measures))
