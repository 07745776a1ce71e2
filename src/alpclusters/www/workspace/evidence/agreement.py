"""The agreement of two coders as a table, with what the numbers mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus.krippendorff import CITED
from alpclusters.platform.evidence.domain.coding import FieldAgreement, agreement_of
from alpclusters.platform.evidence.domain.coding.agreement import FEW_UNITS
from alpclusters.platform.evidence.models import Corpus
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    format_percent,
)

LEVELS: Final = {
    "nominal": gettext_lazy("equal or not"),
    "ordinal": gettext_lazy("in order"),
    "interval": gettext_lazy("by difference"),
}
RELIABLE, TENTATIVE = (bound for _name, bound in CITED)
VERDICTS: Final = {
    "reliable": (pgettext_lazy("agreement of coders", "reliable"), "circle-check", "good"),
    "tentative": (pgettext_lazy("agreement of coders", "tentative"), "circle-help", "warn"),
    "weak": (pgettext_lazy("agreement of coders", "weak"), "triangle-alert", "bad"),
}


@dataclass(frozen=True)
class AgreementRow:
    """One field in words."""

    label: Any
    level: Any
    alpha: str
    interval: str
    note: str
    verdict: Any
    icon: str
    tone: str
    percent: str
    n_activities: str
    n_units: str
    is_per_code: bool
    missing: str


@dataclass(frozen=True)
class AgreementView:
    """The whole table."""

    rows: Sequence[AgreementRow]
    n_activities: int
    reliable: str
    tentative: str
    few: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody's codings can be compared yet."""
        return self.n_activities == 0


def read_agreement(corpus: Corpus) -> AgreementView:
    """Compute the agreement of a corpus and put it into words."""
    found = agreement_of(corpus)
    language = get_language() or "en"
    return AgreementView(
        [_row(field, language) for field in found.values()],
        max(field.n_activities for field in found.values()),
        format_number(RELIABLE, language, 3),
        format_number(TENTATIVE, language, 3),
        FEW_UNITS,
    )


def _row(field: FieldAgreement, language: str) -> AgreementRow:
    word, icon, tone = VERDICTS[_verdict(field.alpha)] if field.alpha is not None else ("", "", "")
    bounds = field.interval
    return AgreementRow(
        label=field.label,
        level=LEVELS[field.level],
        alpha="" if field.alpha is None else format_number(field.alpha, language, 2),
        interval="" if bounds is None else format_interval(bounds.low, bounds.high, language, 2),
        note=_note(field),
        verdict=word,
        icon=icon,
        tone=tone,
        percent="–" if field.percent is None else format_percent(field.percent, language),
        n_activities=format_integer(field.n_activities, language),
        n_units=format_integer(field.n_units, language),
        is_per_code=field.is_per_code,
        missing=(
            "–" if field.missing_share is None else format_percent(field.missing_share, language)
        ),
    )


def _verdict(alpha: float) -> str:
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "weak"


def _note(field: FieldAgreement) -> str:
    if field.status == "too_few":
        return _("too few")
    if field.status == "no_variation":
        return _("only one code occurs")
    return ""
