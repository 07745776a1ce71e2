"""One sentence of the newest released evaluation, with everything that makes it honest."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import CriterionResult, step_word, word
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.claims.ratings import at_least_half
from alpclusters.reports.numbers import format_interval, format_n, format_number, format_percent


@dataclass(frozen=True)
class HomeFinding:
    """A claim, its figures, and where it leads."""

    claim: str
    figures: str
    url: str
    cafe: str
    held_on: date
    is_simulated: bool


def finding_of(snapshot: Snapshot) -> HomeFinding | None:
    """Return what an evaluation says of the measure with the highest mean."""
    language = nearest_language(get_language())
    evaluation = evaluation_of(snapshot)
    best = _highest(evaluation.criteria[0]) if evaluation.criteria else None
    if best is None:
        return None
    pk, summary = best
    name = word(evaluation.measure(pk).names, language)
    return HomeFinding(
        claim=_claim(evaluation.criteria[0], name, summary, language),
        figures=_figures(evaluation.criteria[0].scale, summary, language),
        url=reverse("public:evaluation", args=[snapshot.pk]),
        cafe=snapshot.cafe.title,
        held_on=snapshot.cafe.held_on,
        is_simulated=snapshot.is_simulated,
    )


def _highest(result: CriterionResult) -> tuple[int, Summary] | None:
    known = [
        (int(m.measure), m.summary)
        for m in result.description.measures
        if m.summary and m.summary.mean is not None and m.summary.median_low is not None
    ]
    return max(known, key=lambda pair: pair[1].mean or 0, default=None)


def _claim(result: CriterionResult, name: str, summary: Summary, language: str) -> str:
    anchor = step_word(result.scale, summary.median_low or 0, language)
    return at_least_half(anchor, language, name=name).text


def _figures(scale: Scale, summary: Summary, language: str) -> str:
    middle = format_number(summary.median or 0, language)
    parts = [_("Median %(m)s of %(high)s") % {"m": middle, "high": scale.ends[1]}]
    if summary.median_interval:
        ends = summary.median_interval
        shown = format_interval(ends.low, ends.high, language)
        parts.append(_("90%% interval %(interval)s") % {"interval": shown})
    parts.append(format_n(summary.n, language))
    if summary.cannot_judge_share is not None:
        share = format_percent(summary.cannot_judge_share, language)
        parts.append(_("cannot judge: %(share)s") % {"share": share})
    return ", ".join(parts)
