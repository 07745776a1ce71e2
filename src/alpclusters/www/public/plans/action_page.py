"""The page of one action: six headings, its trail, how it stands and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.analysis.plans import Colour
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    IndicatorLine,
    MilestoneLine,
    ReportLine,
    RiskLine,
)
from alpclusters.platform.policy.models import Action, Cost, FundingLine, Indicator
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.charts.target_path import TargetPathChart
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.reports.plan_words.status import colour_kind, forecast_of, reason_texts
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Fact, Station, Table
from alpclusters.www.public.plans.action_lists import period_of
from alpclusters.www.public.plans.readings import (
    Reading,
    badge_of,
    level_words,
    stage_word,
    status_badge,
)
from alpclusters.www.public.recommendations.evidence import (
    FindingsView,
    findings_view,
    noted,
    reason_in,
)
from alpclusters.www.public.trail import strip_of


@dataclass(frozen=True)
class IndicatorView:
    """A yardstick: what is aimed at, what came in, how it stands and why."""

    name: str
    facts: Sequence[Fact]
    badge: Any
    reasons: Sequence[str]
    chart: ChartView | None


@dataclass(frozen=True)
class ActionPage:
    """An action as people read it."""

    reading: Reading
    line: ActionLine
    title: str
    level: Any
    badge: Any
    reasons: Sequence[str]
    status_facts: Sequence[Fact]
    background: str
    findings: FindingsView
    description: str
    recommendations: Sequence[Fact]
    players: Table
    timeframe: Sequence[Fact]
    milestones: Table | None
    costs: Table | None
    funding: Table | None
    fitting_url: str
    indicators: Sequence[IndicatorView]
    risks: Table | None
    not_done: str
    reports: Sequence[ReportLine]
    trail: Sequence[Station]

    @property
    def n_values(self) -> int:
        """Confirmed values of all its indicators."""
        return sum(len(indicator.values) for indicator in self.line.indicators)


def read_action(
    reading: Reading,
    action: Action,
    reports: Sequence[ReportLine],
    released: Collection[int],
    *,
    person: Person,
) -> ActionPage:
    """Put the page of an action together."""
    language = reading.language
    (line,) = reading.record.actions
    return ActionPage(
        reading=reading,
        line=line,
        title=word(line.title, language),
        level=level_words()[line.level],
        badge=badge_of(line, language),
        reasons=reading.reasons_of(line),
        status_facts=_status_facts(reading, line),
        background=word(line.background, language),
        findings=findings_view(line.evidence, released),
        description=word(line.description, language),
        recommendations=_recommendations(line, language),
        players=_players(line),
        timeframe=_timeframe(reading, line),
        milestones=_milestones(line.milestones, language),
        costs=_costs(line, language),
        funding=_funding(line, language),
        fitting_url=reverse("public:action_fitting", args=[line.pk]),
        indicators=[indicator_view(i, language) for i in line.indicators],
        risks=_risks(line.risks, language),
        not_done=word(line.reason_not_done, language),
        reports=reports,
        trail=strip_of(action, seen_by=person, label=line.code),
    )


def _status_facts(reading: Reading, line: ActionLine) -> list[Fact]:
    language, status = reading.language, line.status
    facts = []
    if status.progress is not None:
        sources = {
            "report": _("as reported"),
            "milestones": _("from the milestones reached"),
            "none": _("nothing reported"),
        }
        said = f"{format_percent(status.progress, language)} ({sources[status.progress_source]})"
        facts.append(Fact(_("Progress"), said))
    forecast = forecast_of(line)
    if forecast:
        said = _("%(date)s (computed)") % {"date": format_date(forecast, language)}
        facts.append(Fact(_("Expected end"), said))
    if line.report:
        facts.append(Fact(_("Last report"), format_date(line.report.confirmed_on, language)))
    if line.override and line.shown is not status.colour:
        why = reason_in(line.override.reason)
        facts.append(Fact(_("Set by a person, because"), noted(why), lang=why.lang))
    facts.append(Fact(_("Convention"), status.convention))
    return facts


def _recommendations(line: ActionLine, language: str) -> list[Fact]:
    return [
        Fact(
            _("Recommendation"),
            f"{r.code} {word(r.title, language)}",
            url=reverse("public:recommendation", args=[r.pk]),
        )
        for r in line.recommendations
    ]


def _players(line: ActionLine) -> Table:
    columns = [Column(_("Body")), Column(_("Part"))]
    responsible = line.responsible or _("unknown")
    rows: list[list[Any]] = [[responsible, _("responsible")]]
    rows += [[player.body, player.role or "–"] for player in line.players]
    return Table(_("Players"), columns, rows)


def _timeframe(reading: Reading, line: ActionLine) -> list[Fact]:
    language = reading.language
    facts = [Fact(_("Period"), period_of(line, language))]
    if line.done_on:
        facts.append(Fact(_("Done on"), format_date(line.done_on, language)))
    if line.stopped_on:
        facts.append(Fact(_("Stopped on"), format_date(line.stopped_on, language)))
    facts += [
        Fact(_("Waits for"), before.code, url=reading.url_of(before.code))
        for before in line.dependencies
    ]
    return facts


def _milestones(lines: Sequence[MilestoneLine], language: str) -> Table | None:
    if not lines:
        return None
    columns = [
        Column(_("Milestone")),
        Column(_("Due")),
        Column(_("Reached on")),
        Column(_("Proof")),
    ]
    rows = [
        [
            word(m.title, language),
            format_date_short(m.due, language),
            format_date_short(m.done_on, language) if m.done_on else _("not yet reached"),
            Cell(_("Proof"), url=m.evidence) if m.evidence else "–",
        ]
        for m in lines
    ]
    return Table(_("Milestones"), columns, rows)


def _costs(line: ActionLine, language: str) -> Table | None:
    if not line.costs:
        return None
    columns = [Column(_("Year")), Column(_("Type")), Column(_("Amount"), is_number=True)]
    rows = [
        [str(c.year), Cost.Type(c.type).label, format_money(c.amount_cents, c.currency, language)]
        for c in line.costs
    ]
    return Table(_("Costs"), columns, rows)


def _funding(line: ActionLine, language: str) -> Table | None:
    if not line.funding:
        return None
    columns = [Column(_("Source")), Column(_("Amount"), is_number=True), Column(_("How sure"))]
    rows = [
        [
            _source(f.source, f.offer_key),
            format_money(f.amount_cents, f.currency, language),
            FundingLine.Status(f.status).label,
        ]
        for f in line.funding
    ]
    return Table(_("Funding"), columns, rows)


def _source(name: str, offer: str) -> Any:
    return Cell(name, url=reverse("public:offer", args=[offer])) if offer else name


def _risks(lines: Sequence[RiskLine], language: str) -> Table | None:
    if not lines:
        return None
    columns = [
        Column(_("Risk")),
        Column(_("Likelihood (1 to 3)"), is_number=True),
        Column(_("Impact (1 to 3)"), is_number=True),
        Column(_("Answer")),
    ]
    rows = [
        [word(r.text, language), r.likelihood, r.impact, word(r.answer, language) or "–"]
        for r in lines
    ]
    return Table(_("Risks"), columns, rows)


def indicator_view(line: IndicatorLine, language: str) -> IndicatorView:
    """Return an indicator with its target path."""
    status = line.status
    return IndicatorView(
        name=f"{line.code} {word(line.name, language)}".strip(),
        facts=_indicator_facts(line, language),
        badge=_indicator_badge(line, language),
        reasons=reason_texts(status.reasons, language),
        chart=_path(line, language),
    )


def _indicator_badge(line: IndicatorLine, language: str) -> Any:
    if line.status.colour is Colour.NONE:
        return status_badge(Status(StatusKind.PLANNED, _("not yet due")), language)
    words = {Colour.GREY: _("no current value")}
    return status_badge(
        Status(colour_kind(line.status.colour), words.get(line.status.colour, "")), language
    )


def _indicator_facts(line: IndicatorLine, language: str) -> list[Fact]:
    unit = word(line.unit, language)
    facts = [Fact(_("Stage"), stage_word(line.stage)), Fact(_("Baseline"), _dated(
        line.baseline, line.baseline_on, unit, language))]  # fmt: skip
    facts += [Fact(_("Target"), _dated(t.value, t.due, unit, language)) for t in line.targets]
    latest = line.latest
    facts.append(
        Fact(
            _("Last value"),
            _dated(latest.value, latest.refers_to, unit, language) if latest else "",
            state="" if latest else "unknown",
            source=(latest.source if latest else "") or word(line.source, language),
        )
    )
    facts.append(Fact(_("Direction"), Indicator.Direction(line.direction).label))
    return facts


def _dated(value: Any, day: Any, unit: str, language: str) -> str:
    if value is None:
        return "–"
    number = f"{format_number(value, language)} {unit}".strip()
    return f"{number} ({format_date_short(day, language)})" if day else number


def _path(line: IndicatorLine, language: str) -> ChartView | None:
    expected = [(t.due, float(t.value)) for t in line.targets]
    if line.baseline is not None and line.baseline_on is not None:
        expected.insert(0, (line.baseline_on, float(line.baseline)))
    values = [(v.refers_to, float(v.value)) for v in line.values]
    if not (expected or values):
        return None
    name = word(line.name, language)
    chart = TargetPathChart(
        language,
        expected,
        values,
        unit=word(line.unit, language),
        title=name,
        is_stepped=line.path == Indicator.Path.STEP,
    )
    return view_of(chart, caption=name, language=language)
