"""What the public page of a plan shows: figures, schedule, lines by level with their trail."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import ActionLine, PlanRecord, record_of
from alpclusters.platform.policy.models import ActionPlan, Level
from alpclusters.platform.trail.domain.stations import Stop, stations_for
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.gantt import GanttChart, GanttRow
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer, format_n, format_number
from alpclusters.www.components.parts import (
    Cell,
    Column,
    Crumb,
    Fact,
    Figure,
    Station,
    Table,
)
from alpclusters.www.public.charts import ChartView, view_of
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.plans.evidence import (
    interval_text,
    released_snapshots,
    source_address,
)
from alpclusters.www.public.trail import trail_stations


@dataclass(frozen=True)
class ActionCard:
    """One line of the plan."""

    code: str
    title: str
    description: str
    level: Any
    status: str
    is_planned: bool
    facts: Sequence[Fact]
    trail: Sequence[Station]


@dataclass(frozen=True)
class LevelPart:
    """The lines of one level."""

    key: str
    name: str
    actions: Sequence[ActionCard]


@dataclass(frozen=True)
class PlanPage:
    """A plan as people read it."""

    record: PlanRecord
    title: str
    lead: str
    figures: Sequence[Figure]
    gantt: ChartView | None
    gantt_title: str
    parts: Sequence[LevelPart]
    table: Table
    crumbs: Sequence[Crumb]
    published_on: str

    @property
    def digest_parts(self) -> Sequence[str]:
        """The check sum in short pieces."""
        return digest_parts(self.record.digest)


def read_page(plan: ActionPlan, *, person: Person, today: date) -> PlanPage:
    """Read a plan with the trail of every line, in a constant number of queries."""
    language = nearest_language(get_language())
    record = record_of(plan)
    stops = stations_for(list(plan.actions.select_related(None)), seen_by=person)
    return PlanPage(
        record=record,
        title=word(record.title, language),
        lead=word(record.summary, language),
        figures=_figures(record, language),
        gantt=_gantt(record, today, language),
        gantt_title=_gantt_title(record, today),
        parts=_parts(record, stops, today),
        table=_table(record, today, language),
        crumbs=_crumbs(record, language),
        published_on=format_date(record.moment.date(), language),
    )


def level_words() -> Mapping[str, str]:
    """Return the headings of the parts of a plan."""
    return {
        Level.EUROPEAN: _("European level"),
        Level.MACRO_REGIONAL: _("Macro-regional level"),
        Level.NATIONAL: _("National level"),
        Level.REGIONAL: _("Regional level"),
    }


def _figures(record: PlanRecord, language: str) -> list[Figure]:
    n_actions, n_recommendations = len(record.actions), len(record.recommendations)
    n_levels = len(record.by_level())
    levels = ngettext("on %(n)s level", "on %(n)s levels", n_levels) % {"n": n_levels}
    bodies = len({action.responsible for action in record.actions if action.responsible})
    reported = _("of %(n)s; no body has reported yet") % {"n": format_integer(n_actions, language)}
    return [
        Figure(_("Actions"), format_integer(n_actions, language), levels),
        Figure(_("Recommendations behind them"), str(n_recommendations), _findings(record)),
        Figure(_("Responsible bodies"), format_integer(bodies, language)),
        Figure(_("Actions with a report"), "0", reported),
    ]


def _findings(record: PlanRecord) -> str:
    n = len(record.evidence)
    return ngettext("%(n)s finding", "%(n)s findings", n) % {"n": n}


def status_of(action: ActionLine, today: date) -> Status:
    """Say where an action stands: nothing is reported, so only its start is known."""
    if action.starts_on is not None and action.starts_on > today:
        return Status(StatusKind.PLANNED)
    return Status(StatusKind.NO_REPORT)


def _gantt(record: PlanRecord, today: date, language: str) -> ChartView | None:
    rows = tuple(
        GanttRow(
            f"{action.code} {word(action.title, language)}",
            action.starts_on,
            action.ends_on,
            status=status_of(action, today),
        )
        for action in record.actions
        if action.starts_on and action.ends_on
    )
    if not rows:
        return None
    title = _gantt_title(record, today)
    chart = GanttChart(language, rows, label_title=_("Action"), today=today, title=title)
    return view_of(chart, caption=title, language=language)


def _gantt_title(record: PlanRecord, today: date) -> str:
    begun = sum(1 for a in record.actions if a.starts_on is not None and a.starts_on <= today)
    return ngettext(
        "%(k)s of %(n)s action should have begun",
        "%(k)s of %(n)s actions should have begun",
        len(record.actions),
    ) % {"k": begun, "n": len(record.actions)}


def _parts(
    record: PlanRecord, stops: Mapping[int, tuple[Stop, ...]], today: date
) -> list[LevelPart]:
    names = level_words()
    released = released_snapshots(record.evidence)
    return [
        LevelPart(
            level,
            names[level],
            [_card(a, stops[a.pk], released, today) for a in actions],
        )
        for level, actions in record.by_level()
    ]


def _card(
    action: ActionLine, stops: Sequence[Stop], released: Collection[int], today: date
) -> ActionCard:
    language = nearest_language(get_language())
    status = status_of(action, today)
    return ActionCard(
        code=action.code,
        title=word(action.title, language),
        description=word(action.description, language),
        level=level_words()[action.level],
        status=status_word(status, language),
        is_planned=status.kind is StatusKind.PLANNED,
        facts=[
            *_facts(action, language),
            *_evidence_facts(action, released, language),
            _funding(action.pk),
        ],
        trail=trail_stations(stops, label=action.code, lists=f"#{action.code}"),
    )


def _funding(pk: int) -> Fact:
    url = reverse("public:action_fitting", args=[pk])
    return Fact(_("Funding"), _("Which offers fit this action"), url=url)


def _facts(action: ActionLine, language: str) -> list[Fact]:
    facts = [Fact(_("Responsible body"), action.responsible or _("unknown"))]
    if action.starts_on and action.ends_on:
        period = format_date_range(action.starts_on, action.ends_on, language)
        facts.append(Fact(_("Period"), period))
    facts += [
        Fact(
            _("Recommendation"),
            f"{line.code} {word(line.title, language)}",
            url=reverse("public:recommendation", args=[line.pk]),
        )
        for line in action.recommendations
    ]
    return facts


def _evidence_facts(action: ActionLine, released: Collection[int], language: str) -> list[Fact]:
    return [
        Fact(
            _("Finding %(code)s") % {"code": line.code},
            _("%(name)s, %(aspect)s: %(mean)s (%(interval)s), %(n)s")
            % {
                "name": word(line.measure, language),
                "aspect": word(line.criterion, language),
                "mean": "–" if line.estimate is None else format_number(line.estimate, language, 1),
                "interval": interval_text(line, language),
                "n": format_n(line.n, language),
            },
            url=source_address(line, released),
        )
        for line in action.evidence
    ]


def _table(record: PlanRecord, today: date, language: str) -> Table:
    columns = [
        Column(_("Action")),
        Column(_("Level")),
        Column(_("Responsible body")),
        Column(_("State")),
        Column(_("Recommendation")),
    ]
    names = level_words()
    rows = [
        [
            Cell(f"{a.code} {word(a.title, language)}", url=f"#{a.code}"),
            names[a.level],
            a.responsible,
            status_word(status_of(a, today), language),
            ", ".join(line.code for line in a.recommendations),
        ]
        for a in record.actions
    ]
    return Table(_("All actions"), columns, rows)


def _crumbs(record: PlanRecord, language: str) -> list[Crumb]:
    plans = Crumb(_("Action plans"), reverse("public:plans"))
    return [plans, Crumb(word(record.title, language))]
