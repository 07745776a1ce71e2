"""Agreement on a page: per measure how the answers lie together, over all how people agree."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.science import AgreementResult
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.scales import Axis, Tick
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_subject import EvaluationSubject, short
from alpclusters.reports.numbers import format_interval, format_number

_MOST = 62


@dataclass(frozen=True)
class AgreementPart:
    """The chart of consensus with its words."""

    title: str
    note: str
    chart: DotChart


def read_agreement(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> AgreementPart | None:
    """Return the agreement on a criterion; None where none was stored or fewer than two items."""
    found = result.agreement
    lines = [line for line in found.measures if line.consensus is not None] if found else []
    if found is None or len(lines) < 2:  # noqa: PLR2004 - one measure has nothing beside it
        return None
    places = {measure: place for place, measure in enumerate(result.order)}
    ordered = sorted(lines, key=lambda line: (-(line.consensus or 0.0), str(line.measure)))
    ordered.sort(key=lambda line: places.get(line.measure, len(places)))
    rows = tuple(
        DotRow(short(subject.item(line.measure), _MOST), line.consensus, n=line.n)
        for line in ordered
    )
    ticks = ((0.0, _("split")), (0.5, ""), (1.0, _("united")))
    axis = Axis(0, 1, tuple(Tick(at, format_number(at, language), words) for at, words in ticks))
    title = _("How close the answers to each measure lie together")
    chart = DotChart(language, (Tier(rows),), axis, label_title=_("Measure"), title=_("Agreement"))
    return AgreementPart(title, agreement_note(found, language), chart)


def agreement_note(found: AgreementResult, language: str) -> str:
    """State the conventions and the figures over all measures."""
    consensus = _(
        "Consensus after Tastle and Wierman: 1 all answer alike, 0 half at each end of the scale; "
        "answers spread evenly give 0.43."
    )
    doubts = reason_sentences("agreement", (*found.reasons, *found.alpha_reasons), language)
    parts = [consensus, alpha_sentence(found, language), _w_sentence(found, language), *doubts]
    return " ".join(filter(None, parts))


def alpha_sentence(found: AgreementResult, language: str) -> str:
    """Give Krippendorff's alpha with its interval."""
    if found.alpha is None:
        return ""
    value = format_number(found.alpha, language, 2)
    if found.alpha_low is None or found.alpha_high is None:
        return _("Over all measures: Krippendorff’s alpha %(value)s, no interval.") % {
            "value": value
        }
    ends = format_interval(found.alpha_low, found.alpha_high, language, 2)
    return _(
        "Over all measures: Krippendorff’s alpha %(value)s (90%% interval %(ends)s; 1 full "
        "agreement, 0 as by chance)."
    ) % {"value": value, "ends": ends}


def _w_sentence(found: AgreementResult, language: str) -> str:
    if found.w is None:
        return ""
    return _("Kendall’s W %(value)s: 1 all in the same order, 0 no common order.") % {
        "value": format_number(found.w, language, 2)
    }
