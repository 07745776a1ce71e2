"""What the public page of a plan shows: figures, what is late and why, schedule, its logic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.analysis.plans import PlanSummary
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.endorsing.records import EndorsementLog, endorsements_of
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    ActionOutline,
    IndicatorLine,
    PlanRef,
    ReportLine,
)
from alpclusters.platform.policy.domain.records.actions import report_line
from alpclusters.platform.policy.models import Action, ActionPlan, Indicator
from alpclusters.reports.charts.plan_logic import LogicBox, LogicChart, LogicRow
from alpclusters.reports.dates import format_date, format_date_range, format_date_short
from alpclusters.reports.numbers import format_integer, format_money, format_number
from alpclusters.reports.plan_words.figures import plan_figures
from alpclusters.reports.plan_words.status import by_urgency, plan_word, reason_texts
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Crumb, Fact, Figure, Tab, Table
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.plans.action_lists import (
    LateLine,
    is_late,
    late_lines,
    status_filter,
    status_key,
    table_of,
)
from alpclusters.www.public.plans.readings import (
    Reading,
    base_of,
    level_words,
    money_table,
    money_text,
    read_plan,
    schedule_note,
    schedule_of,
    schedule_title,
)

# --- How the plan is meant to work, for the public: from money to impact, action by action --------


_EFFECTS: Final = (Indicator.Stage.RESULT, Indicator.Stage.IMPACT)


def logic_of(reading: Reading, lines: Sequence[ActionLine]) -> ChartView:
    """Draw some actions with what pays for them and what they are measured by."""
    rows = tuple(row_of(line, reading.language) for line in lines)
    whole = tuple((i.stage, _measured(i, reading.language)) for i in reading.record.indicators)
    title = _("How the plan is meant to work")
    chart = LogicChart(reading.language, rows, whole, title=title)
    return view_of(chart, caption=title, language=reading.language)


def row_of(line: ActionLine, language: str) -> LogicRow:
    """Return the row of one action; its own costs stand in its box."""
    costs = money_text([(cost.currency, cost.amount_cents) for cost in line.costs], language)
    action = LogicBox(f"{line.code} {word(line.title, language)}", costs)
    inputs = tuple(
        LogicBox(f.source, format_money(f.amount_cents, f.currency, language), f.status == "idea")
        for f in line.funding
    )
    return LogicRow(
        _by_stage(line, Indicator.Stage.INPUT, language) + inputs,
        action,
        _by_stage(line, Indicator.Stage.OUTPUT, language),
        _by_stage(line, Indicator.Stage.RESULT, language),
        _by_stage(line, Indicator.Stage.IMPACT, language),
    )


def without_result(reading: Reading) -> list[ActionOutline]:
    """List the actions that no result or impact indicator measures."""
    rows = Indicator.objects.filter(plan=reading.plan, stage__in=_EFFECTS, action__isnull=False)
    measured = set(rows.order_by("pk").values_list("action_id", flat=True))
    return [line for line in reading.record.outlines if line.pk not in measured]


def _by_stage(line: ActionLine, stage: str, language: str) -> tuple[LogicBox, ...]:
    return tuple(_measured(i, language) for i in line.indicators if i.stage == stage)


def _measured(indicator: IndicatorLine, language: str) -> LogicBox:
    name, latest = word(indicator.name, language), indicator.latest
    if latest is None:
        return LogicBox(name, is_hollow=True)
    unit = word(indicator.unit, language)
    value = f"{format_number(latest.value, language)} {unit}".strip()
    return LogicBox(name, f"{value} ({format_date_short(latest.refers_to, language)})")


# --- What the public page of a plan shows: figures, what is late and why, schedule, logic, lists


N_SCHEDULE: Final = 12
N_LOGIC: Final = 4
N_LATE: Final = 3
N_LISTED: Final = 12


@dataclass(frozen=True)
class Joint:
    """A plan together with the plans below it: how it stands, and what that counts."""

    word: str
    reasons: Sequence[str]
    n_plans: int
    table: Table | None
    figures: Sequence[Figure]


@dataclass(frozen=True)
class PlanPage:
    """A plan as people read it."""

    reading: Reading
    title: str
    lead: str
    figures: Sequence[Figure]
    joint: Joint
    late: Sequence[LateLine]
    n_late: int
    tabs: Sequence[Tab]
    gantt: ChartView | None
    gantt_title: str
    gantt_note: str
    logic: ChartView | None
    table: Table
    n_left: int
    facts: Sequence[Fact]
    money: Table | None
    endorsements: EndorsementLog
    crumbs: Sequence[Crumb]
    text_on: str
    digest_parts: Sequence[str]


def read_page(plan: ActionPlan, *, now: datetime) -> PlanPage:
    """Read a plan in a constant number of queries; only the first actions come in full."""
    first = plan.actions.order_by("order", "pk").values_list("pk", flat=True)[:N_SCHEDULE]
    reading = read_plan(plan, now=now, only=list(first))
    record, language = reading.record, reading.language
    urgent = by_urgency(record.outlines)
    late = [line for line in urgent if is_late(line)]
    return PlanPage(
        reading=reading,
        title=reading.title,
        lead=word(record.summary, language),
        figures=figures_of(reading),
        joint=joint_of(reading),
        late=late_lines(reading, late[:N_LATE]),
        n_late=len(late),
        tabs=view_tabs(plan.slug),
        gantt=schedule_of(reading, record.actions),
        gantt_title=schedule_title(reading),
        gantt_note=schedule_note(),
        logic=logic_of(reading, record.actions[:N_LOGIC]) if record.actions else None,
        table=table_of(reading, urgent[:N_LISTED]),
        n_left=max(0, len(urgent) - N_LISTED),
        facts=_facts(reading),
        money=money_table(record.money_sums, language),
        endorsements=endorsements_of(plan),
        crumbs=reading.crumbs(),
        text_on=format_date(record.text_on, language) if record.text_on else "",
        digest_parts=digest_parts(record.snapshot.digest) if record.snapshot else (),
    )


def view_names() -> dict[str, str]:
    """Return how the views are called."""
    return {
        "schedule": _("Time plan"),
        "table": _("Table"),
        "board": _("Board"),
        "levels": _("Levels side by side"),
        "regions": _("Regions"),
        "dependencies": _("Dependencies"),
        "logic": _("Logic"),
    }


def view_tabs(slug: str, current: str = "") -> list[Tab]:
    """Return the views of a plan as links."""
    return [
        Tab(name, reverse("public:plan-view", args=[slug, kind]), kind == current)
        for kind, name in view_names().items()
    ]


def figures_of(reading: Reading) -> list[Figure]:
    """Return how many actions stand how; each leads to exactly these, in the table."""
    table = reverse("public:plan-view", args=[reading.plan.slug, "table"])
    return [
        Figure(
            figure.label,
            format_integer(figure.n, reading.language),
            figure.base,
            key=status_key(status := status_filter(figure.kinds)),
            exact=figure.n,
            n=figure.of,
            convention=reading.record.progress.convention,
            url=f"{table}?status={status}",
        )
        for figure in plan_figures(reading.record.outlines, reading.language)
    ]


def joint_of(reading: Reading) -> Joint:
    """Say how a plan stands with the plans below it, which count into its colour."""
    record, language = reading.record, reading.language
    return Joint(
        word=plan_word(record.joint, language),
        reasons=reason_texts(record.joint.reasons, language, reading.names),
        n_plans=len(record.below),
        table=_plans_table(reading) if record.below else None,
        figures=_joint_figures(reading) if record.below else (),
    )


def _joint_figures(reading: Reading) -> list[Figure]:
    joint, language = reading.record.joint, reading.language
    place = reverse("public:plan", args=[reading.plan.slug]) + "#plans-below"
    n_plans = len(reading.record.below)
    plans = ngettext(
        "the plan and %(n)s plan below it", "the plan and %(n)s plans below it", n_plans
    ) % {"n": format_integer(n_plans, language)}

    def figure(label: str, key: str, exact: int) -> Figure:
        shown = format_integer(exact, language)
        return Figure(label, shown, plans, key=key, exact=exact, url=place)

    return [
        figure(_("actions with the plans below"), "joint", joint.n),
        figure(_("of them open"), "joint-open", joint.n_asked),
        figure(_("of these with a current report"), "joint-reported", joint.n_reported),
    ]


def _plans_table(reading: Reading) -> Table:
    """List the plan and the plans below it with what each counts."""
    record, language = reading.record, reading.language
    columns = [
        Column(_("Plan")),
        Column(_("Actions"), is_number=True),
        Column(pgettext("actions", "Open"), is_number=True),
        Column(_("With a current report"), is_number=True),
    ]
    own = Cell(reading.title, url=reverse("public:plan", args=[reading.plan.slug]))
    names = [own] + [
        Cell(word(ref.title, language), url=reverse("public:plan", args=[ref.slug]))
        for ref in record.children
    ]
    rows = [
        [name, *_counted(summary, language)]
        for name, summary in zip(names, (record.progress, *record.below), strict=True)
    ]
    joint = record.joint
    total = [
        _("together"),
        *(
            Cell(format_integer(n, language), total=(key, n))
            for key, n in _joint_counts(joint).items()
        ),
    ]
    return Table(_("What the status of the plan counts"), columns, rows, total)


def _counted(summary: PlanSummary, language: str) -> list[Cell]:
    return [
        Cell(format_integer(n, language), row=(key, n)) for key, n in _joint_counts(summary).items()
    ]


def _joint_counts(summary: PlanSummary) -> dict[str, int]:
    return {
        "joint": summary.n,
        "joint-open": summary.n_asked,
        "joint-reported": summary.n_reported,
    }


def _facts(reading: Reading) -> list[Fact]:
    record, language = reading.record, reading.language
    facts = [Fact(_("Publisher"), record.publisher, state="" if record.publisher else "unknown")]
    if record.policy_instrument:
        facts.append(Fact(_("Policy instrument"), record.policy_instrument))
    if record.instrument_type:
        kind = ActionPlan.InstrumentType(record.instrument_type)
        facts.append(Fact(_("Type of instrument"), kind.label))
    if record.level:
        facts.append(Fact(_("Level"), level_words()[record.level]))
    if record.starts_on and record.ends_on:
        period = format_date_range(record.starts_on, record.ends_on, language)
        facts.append(Fact(_("Period"), period))
    regions = ", ".join(word(name, language) for name in record.regions)
    facts.append(Fact(_("Regions"), regions, state="" if regions else "unknown"))
    bodies = ", ".join(f"{body.name} ({body.country})" for body in record.drafting_bodies)
    if bodies:
        facts.append(Fact(_("Drafted by"), bodies))
    if record.parent and record.parent.is_published:
        facts.append(_plan_fact(_("Part of"), record.parent, language))
    facts += [
        _plan_fact(f"{_('Plan below')} {place}", child, language)
        for place, child in enumerate(record.children, start=1)
    ]
    if record.signed_off_reason:
        facts.append(
            Fact(_("Published in spite of open points, because"), record.signed_off_reason)
        )
    facts.append(Fact(_("Convention of the status"), record.progress.convention))
    return facts


def _plan_fact(label: str, ref: PlanRef, language: str) -> Fact:
    return Fact(label, word(ref.title, language), url=reverse("public:plan", args=[ref.slug]))


# --- The progress of a plan for the public: what is late, why, what its bodies say about it -------


N_LATE_A_PAGE: Final = 20
N_REPORTS: Final = 12


def read_progress(plan: ActionPlan, page: str | None, *, now: datetime) -> dict[str, Any]:
    """Read what is late, the most urgent first, with the last report of each."""
    reading = read_plan(plan, now=now)
    urgent = [line for line in by_urgency(reading.record.outlines) if is_late(line)]
    shown = Paginator(urgent, N_LATE_A_PAGE).get_page(page)
    record, language = reading.record, reading.language
    return {
        "reading": reading,
        "title": reading.title,
        "crumbs": reading.crumbs(_("Progress")),
        "page": shown,
        "late": late_lines(reading, list(shown)),
        "joint": joint_of(reading),
        "figures": figures_of(reading),
        "today": format_date(record.today, language),
        "convention": record.progress.convention,
        "url": reverse("public:plan", args=[plan.slug]),
    }


def reports_of(action: Action) -> Sequence[ReportLine]:
    """Return the last reports of an action, the newest first."""
    rows = action.reports.select_related("round").order_by("-confirmed_on", "-pk")[:N_REPORTS]
    return [report_line(report) for report in rows]


def frame_code(request: HttpRequest, plan: ActionPlan, title: str) -> str:
    """Return the line that others copy into their page."""
    line = '<iframe src="{}" title="{}" width="100%" height="480" loading="lazy"></iframe>'
    return format_html(
        line, base_of(request) + reverse("public:plan-embed", args=[plan.slug]), title
    )
