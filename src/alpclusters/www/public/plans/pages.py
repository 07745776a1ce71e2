"""What the public page of a plan shows: figures, what is late and why, schedule, logic, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alpclusters.analysis.plans import PlanSummary
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.endorsing.records import (
    EndorsementLog,
    endorsements_of,
)
from alpclusters.platform.policy.domain.records import PlanRef
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan_figures import plan_figures
from alpclusters.reports.plan_reasons import reason_texts
from alpclusters.reports.plan_status import by_urgency, plan_word
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Cell, Column, Crumb, Fact, Figure, Tab, Table
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.plans.lists import (
    LateLine,
    is_late,
    late_lines,
    status_filter,
    status_key,
    table_of,
)
from alpclusters.www.public.plans.logic import logic_of
from alpclusters.www.public.plans.looks import level_words, money_table
from alpclusters.www.public.plans.readings import Reading, read_plan
from alpclusters.www.public.plans.schedules import schedule_note, schedule_of, schedule_title

__all__ = ["PlanPage", "level_words", "read_page", "view_tabs"]

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
