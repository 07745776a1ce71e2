"""The findings behind a plan: as chart, as table, and as the trail of one action."""

from collections.abc import Sequence
from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import ActionLine, EvidenceLine
from alpclusters.reports.blocks import (
    Column,
    Figure,
    Interval,
    Row,
    Station,
    Table,
    TrailBox,
)
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.scales import Axis, Tick
from alpclusters.reports.numbers import format_n, format_number

_LONGEST: Final = 45
_STEPS: Final = range(1, 6)


def evidence_figure(evidence: Sequence[EvidenceLine], language: str) -> Figure | None:
    """Show the estimates of one criterion, the one most findings are about."""
    lines = _of_first_criterion(evidence)
    if not lines:
        return None
    text = translator(language)
    rows = tuple(_dot(line, language) for line in sorted(lines, key=lambda e: -(e.estimate or 0)))
    axis = Axis(1, 5, tuple(Tick(step, str(step)) for step in _STEPS))
    chart = DotChart(language, (Tier(rows),), axis, label_title=text.gettext("Measure"), decimals=1)
    best = max(lines, key=lambda line: line.estimate or 0)
    caption = text.gettext("%(aspect)s: “%(name)s” is rated highest") % {
        "aspect": word(best.criterion, language),
        "name": word(best.measure, language),
    }
    note = text.gettext(
        "Scale from 1 to 5. Point: estimate, bar: 90% interval. n: people who rated; “cannot "
        "judge” is not in n. All findings: annex A."
    )
    return Figure(chart, caption, note)


def evidence_table(evidence: Sequence[EvidenceLine], language: str, *, caption: str = "") -> Table:
    """List findings with measure, criterion, estimate, interval, n and "cannot judge"."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Measure")),
        Column(text.gettext("Criterion")),
        Column(text.gettext("Estimate"), "number", decimals=1, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=1),
        Column("n", "number", decimals=0),
        Column(text.gettext("Cannot judge"), "percent", decimals=0),
    )
    rows = tuple(_row(line, language) for line in evidence)
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Findings"))


def trail_box(line: ActionLine, language: str) -> TrailBox:
    """Return the trail of an action; what nobody recorded is shown as missing."""
    text = translator(language)
    stations = (
        Station(text.gettext("Source"), is_missing=True),
        Station(text.gettext("Lesson"), is_missing=True),
        _measure_station(line, language),
        _rating_station(line, language),
        _recommendation_station(line, language),
        Station(text.gettext("Action"), _cut(word(line.title, language)), line.code),
    )
    return TrailBox(stations, current=len(stations) - 1)


def _measure_station(line: ActionLine, language: str) -> Station:
    names = list(dict.fromkeys(word(e.measure, language) for e in line.evidence))
    name = translator(language).gettext("Measure")
    return Station(name, _cut(", ".join(names)), is_missing=not names)


def _rating_station(line: ActionLine, language: str) -> Station:
    name = translator(language).gettext("Rating")
    if not line.evidence:
        return Station(name, is_missing=True)
    first = line.evidence[0]
    people = format_n(first.n, language)
    if first.estimate is None:
        return Station(name, "", people)
    value = translator(language).gettext("%(mean)s of 5") % {
        "mean": format_number(first.estimate, language, 1)
    }
    return Station(name, value, people)


def _recommendation_station(line: ActionLine, language: str) -> Station:
    name = translator(language).gettext("Recommendation")
    if not line.recommendations:
        return Station(name, is_missing=True)
    codes = ", ".join(r.code for r in line.recommendations)
    return Station(name, _cut(word(line.recommendations[0].title, language)), codes)


def _of_first_criterion(evidence: Sequence[EvidenceLine]) -> list[EvidenceLine]:
    """Keep the criterion of the first finding; the latest snapshot of each measure counts."""
    shown = [line for line in evidence if line.estimate is not None]
    if not shown:
        return []
    criterion = shown[0].criterion
    return list({e.measure_key: e for e in shown if e.criterion == criterion}.values())


def _dot(line: EvidenceLine, language: str) -> DotRow:
    return DotRow(
        label=word(line.measure, language),
        value=line.estimate,
        low=line.low,
        high=line.high,
        n=line.n,
        cannot_judge=line.cannot_judge_share,
    )


def _row(line: EvidenceLine, language: str) -> Row:
    known = line.low is not None and line.high is not None
    return (
        line.code,
        word(line.measure, language),
        word(line.criterion, language),
        line.estimate,
        Interval(line.low or 0.0, line.high or 0.0) if known else None,
        line.n,
        line.cannot_judge_share,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
