"""What values by region allow to be said of what holds across borders."""

from typing import Final

from alpclusters.analysis.denominators import Denominators
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, short

_NOTHING: Final = register("across.nothing", _("Nothing can be proposed as a common denominator"))
_ONE: Final = register("across.one", _("“%(name)s” is proposed as a common denominator"))
_MEASURES: Final = register(
    "across.measures",
    ngettext_noop(
        "%(n)s of %(all)s measures is proposed as a common denominator",
        "%(n)s of %(all)s measures are proposed as common denominators",
    ),
)
_STATEMENTS: Final = register(
    "across.statements",
    ngettext_noop(
        "%(n)s of %(all)s statements is proposed as a common denominator",
        "%(n)s of %(all)s statements are proposed as common denominators",
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
