"""How people rated a measure, from the evaluations the public sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.evaluation.domain.queries import ReleasedResult
from alpclusters.platform.evaluation.domain.records import CriterionResult, step_word, word
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.claims.ratings import at_least_half, half_in_cafes
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_interval, format_n, format_number, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Figure, Table
from alpclusters.www.public.evaluations.tables import ANSWERS, CANNOT_JUDGE


@dataclass(frozen=True)
class Answered:
    """What one AlpCafé said about the measure on one criterion.

    ``n_people`` rated in it, None for fewer than five; ``summary`` is None where it is withheld.
    """

    measure: int
    n_people: int | None
    snapshot: Snapshot
    result: CriterionResult
    summary: Summary | None


@dataclass(frozen=True)
class RatingView:
    """One criterion over all AlpCafés."""

    name: str
    question: str
    claim: str
    figures: Sequence[Figure]
    chart: ChartView
    table: Table
    note: str
    simulated: bool


def read_ratings(results: Sequence[ReleasedResult], measure: int) -> list[RatingView]:
    """Return the released results of a measure on each criterion, the AlpCafés as rows."""
    found: dict[str, list[Answered]] = {}
    for result in results:
        for figures in result.figures:
            answered = Answered(
                measure,
                result.evaluation.n_people,
                result.snapshot,
                figures.criterion,
                figures.summary,
            )
            found.setdefault(figures.criterion.key, []).append(answered)
    return [_view(answers, nearest_language(get_language())) for answers in found.values()]


def why_no_median(people: Sequence[int | None]) -> str:
    """Say why ratings are withheld, from how many people rated in each AlpCafé."""
    most = max(n or 0 for n in people)
    if not most:
        return _("Rated, but by fewer than five people: their answers are withheld")
    if most < SMALLEST_GROUP:
        return _("Rated, but by fewer than ten people: no median is shown")
    return _("Rated, but withheld: few judged it, or nearly everybody answered alike")


def _view(answers: list[Answered], language: str) -> RatingView:
    first = answers[0]
    claim = _claim(answers, language)
    chart = DistributionChart(
        language=language,
        rows=tuple(_row(a) for a in answers),
        answers=tuple(word(anchor, language) for anchor in first.result.anchors),
        first=first.result.scale.ends[0] if first.result.scale.is_numbered else None,
        label_title=_("AlpCafé"),
        title=claim,
    )
    return RatingView(
        name=word(first.result.names, language),
        question=word(first.result.questions, language),
        claim=claim,
        figures=_figures(first, language) if len(answers) == 1 else (),
        chart=view_of(chart, caption=claim, language=language),
        table=_table(answers, language),
        note=_("Median with 90% interval; groups under ten people are not shown."),
        simulated=any(a.snapshot.is_simulated for a in answers),
    )


def _row(answered: Answered) -> DistributionRow:
    label = answered.snapshot.cafe.region.name
    if answered.summary is None:
        return DistributionRow(label, None)
    return DistributionRow(label, answered.summary.counts, answered.summary.cannot_judge)


def _claim(answers: list[Answered], language: str) -> str:
    known = [a.summary for a in answers if a.summary and a.summary.median_low is not None]
    if not known:
        return why_no_median([a.n_people for a in answers])
    scale = answers[0].result.scale
    if len(answers) == 1:
        return at_least_half(step_word(scale, known[0].median_low or 0, language), language).text
    high = scale.agrees_from
    n_high = sum(1 for s in known if (s.median_low or 0) >= high)
    return half_in_cafes(n_high, len(known), step_word(scale, high, language), language).text


def _figures(answered: Answered, language: str) -> list[Figure]:
    summary = answered.summary
    if summary is None or summary.median is None:
        return []
    n = format_n(summary.n, language)
    total = summary.n + summary.cannot_judge
    median, interval = format_number(summary.median, language), _interval(summary, language)
    of = _("of %(high)s, %(n)s") % {"high": answered.result.scale.ends[1], "n": n}
    label = _("90% interval of the median")
    page = reverse("public:evaluation", args=[answered.snapshot.pk])
    url = f"{page}?criterion={answered.result.key}#{ANSWERS}"
    rests = f"{ANSWERS}.{answered.measure}"
    figures = [
        Figure(_("Median"), median, of, key="median", exact=summary.median, n=summary.n, url=url,
               rests=rests),
        Figure(label, interval, n, key="median-interval", n=summary.n, url=url, rests=rests),
    ]  # fmt: skip
    share, unable = summary.cannot_judge_share, summary.cannot_judge
    if share is not None:
        sub = _("%(k)s of %(n)s people") % {"k": unable, "n": total}
        shown, rests = format_percent(share, language), f"{CANNOT_JUDGE}.{answered.measure}"
        figures.append(
            Figure(_("I cannot judge this"), shown, sub, key=CANNOT_JUDGE, exact=share, n=unable,
                   url=url, rests=rests)
        )  # fmt: skip
    return figures


def _interval(summary: Summary, language: str) -> str:
    ends = summary.median_interval
    return format_interval(ends.low, ends.high, language) if ends else "–"


def _table(answers: list[Answered], language: str) -> Table:
    columns = [
        Column(_("AlpCafé")),
        Column(_("Date")),
        Column(_("Median"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column(_("People"), is_number=True),
        Column(_("I cannot judge this"), is_number=True),
    ]
    rows = [_table_row(a, language) for a in answers]
    return Table(_("The evaluations behind it"), columns, rows)


def _table_row(answered: Answered, language: str) -> list[Any]:
    snapshot, summary = answered.snapshot, answered.summary
    link = Cell(snapshot.cafe.title, url=reverse("public:evaluation", args=[snapshot.pk]))
    day = format_date(snapshot.cafe.held_on, language)
    if summary is None or summary.median is None:
        withheld = Cell("", suppressed=True)
        return [link, day, withheld, "", "", ""]
    share = summary.cannot_judge_share
    return [
        link,
        day,
        format_number(summary.median, language),
        _interval(summary, language),
        format_n(summary.n, language),
        "" if share is None else format_percent(share, language),
    ]
