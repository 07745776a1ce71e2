"""What two rounds of the same people allow to be said of a change."""

from typing import Final

from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.second_round import Comparison
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, short
from alpclusters.reports.numbers import format_number, needed_decimals

_CHANCE: Final = register("rounds.chance", _("No change can be told from chance"))
_ONE: Final = register(
    "rounds.one", _("“%(name)s” was rated differently (%(change)s), the others not surely")
)
_SEVERAL: Final = register(
    "rounds.several",
    ngettext_noop(
        "%(n)s of %(all)s item changed more than by chance",
        "%(n)s of %(all)s items changed more than by chance",
    ),
)


def changed(comparison: Comparison, subject: EvaluationSubject, language: str) -> Claim:
    """Say what changed beyond chance; which of several changed most is not told apart."""
    level = 1 - (comparison.conventions.level or LEVEL)
    tested = [item for item in comparison.measures if item.change is not None]
    moved = [
        (item.measure, item.change.mean)
        for item in tested
        if item.change and item.change.p_adjusted is not None and item.change.p_adjusted <= level
    ]
    if not moved:
        return _CHANCE.claim(language)
    if len(moved) > 1:
        return _SEVERAL.claim(language, n=len(moved), all=len(tested))
    measure, mean = moved[0]
    change = format_number(mean, language, max(1, needed_decimals([mean])), signed=True)
    return _ONE.claim(language, name=short(subject.item(measure)), change=change)
