"""What the public page of a plan shows: figures, what is late and why, schedule, logic, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.endorsing.records import (
    EndorsementLog,
    endorsements_of,
)
from alpclusters.platform.policy.domain.records import PlanRef
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan_reasons import reason_texts
from alpclusters.reports.plan_status import by_urgency, count_kinds, plan_word
from alpclusters.www.components.parts import Crumb, Fact, Figure, Tab, Table
from alpclusters.www.public.charts import ChartView
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.plans.lists import LateLine, is_late, late_lines, table_of
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
class PlanPage:
    """A plan as people read it."""

    reading: Reading
    title: str
    lead: str
    figures: Sequence[Figure]
    word: str
    reasons: Sequence[str]
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
    published_on: str
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
        word=plan_word(record.progress, language),
        reasons=reason_texts(record.progress.reasons, language, reading.names),
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
        published_on=format_date(record.moment.date(), language),
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
    """Return how many actions stand how, of how many."""
    counts, language = count_kinds(reading.record.outlines), reading.language
    n = ngettext("of %(n)s action", "of %(n)s actions", counts.n) % {
        "n": format_integer(counts.n, language)
    }
    share = reading.record.progress.reported_share
    told = _("reported share of open actions: %(share)s") % {
        "share": "–" if share is None else format_percent(share, language)
    }
    finished = _("done: %(n)s") % {"n": format_integer(counts.of(StatusKind.DONE), language)}
    plain = counts.of(StatusKind.ON_TRACK, StatusKind.PLANNED)
    return [
        Figure(_("on track or planned"), format_integer(plain, language), f"{n}; {finished}"),
        Figure(_("delayed"), format_integer(counts.of(StatusKind.DELAYED), language), n),
        Figure(_("far behind"), format_integer(counts.of(StatusKind.FAR_BEHIND), language), n),
        Figure(_("no current report"), str(counts.of(StatusKind.NO_REPORT)), told),
    ]


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
