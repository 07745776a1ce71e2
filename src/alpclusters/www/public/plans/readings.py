"""What every page of a plan begins with: the record, how its things look, its time plan."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    ActionOutline,
    MoneySum,
    PlanRecord,
    record_of,
    today_of,
)
from alpclusters.platform.policy.models import ActionPlan, Indicator, Level
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.gantt import GanttChart, GanttRow, Milestone
from alpclusters.reports.charts.parts import status_shape
from alpclusters.reports.claims.subjects import should_have_begun
from alpclusters.reports.numbers import format_money, format_percent
from alpclusters.reports.plan_words.status import Standing, forecast_of, reason_texts, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Column, Crumb, Table
from alpclusters.www.templatetags.ac import icon

# --- What every page of a plan begins with: the record, the language, how actions are called ------


@dataclass(frozen=True)
class Reading:
    """A plan as it is read for one page."""

    plan: ActionPlan
    record: PlanRecord
    language: str

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return word(self.record.title, self.language)

    @cached_property
    def names(self) -> dict[str, str]:
        """The codes of the actions by the keys that reasons name."""
        return {str(line.pk): line.code for line in self.record.outlines}

    def title_of(self, line: ActionLine | ActionOutline) -> str:
        """Return code and title of an action."""
        return f"{line.code} {word(line.title, self.language)}"

    def url_of(self, code: str) -> str:
        """Return the page of an action."""
        return reverse("public:plan-action", args=[self.plan.slug, code])

    def reasons_of(self, line: ActionLine | ActionOutline) -> Sequence[str]:
        """Return why an action stands as it does, in sentences."""
        return reason_texts(line.status.reasons, self.language, self.names)

    def crumbs(self, *more: str) -> list[Crumb]:
        """Return the way to a page below the plan; without more, to the plan itself."""
        plans = Crumb(_("Action plans"), reverse("public:plans"))
        if not more:
            return [plans, Crumb(self.title)]
        own = Crumb(self.title, reverse("public:plan", args=[self.plan.slug]))
        return [plans, own, *map(Crumb, more)]


def read_plan(
    plan: ActionPlan,
    *,
    now: datetime,
    only: Collection[int] | None = (),
    has_evidence: bool = False,
) -> Reading:
    """Read a plan for a page; ``only`` are the actions that are shown in full."""
    language = nearest_language(get_language())
    today = today_of(plan, now)
    record = record_of(plan, today=today, only=only, has_evidence=has_evidence)
    return Reading(plan, record, language)


def base_of(request: HttpRequest) -> str:
    """Return the address of this site, without the slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


# --- How the things of a plan look on pages: badges of status, names of levels, sums of money -----


# Icon and tone; the word says the same.
LOOKS: Final[Mapping[StatusKind, tuple[str, str]]] = {
    StatusKind.FAR_BEHIND: ("circle-alert", "bad"),
    StatusKind.NO_REPORT: ("clock", ""),
    StatusKind.DELAYED: ("triangle-alert", "warn"),
    StatusKind.ON_TRACK: ("check", "good"),
    StatusKind.PLANNED: ("calendar", ""),
    StatusKind.DONE: ("circle-check", "info"),
    StatusKind.STOPPED: ("ban", ""),
}


def status_badge(status: Status, language: str) -> SafeString:
    """Show a status as symbol and word, the last known one in small print below it."""
    name, tone = LOOKS[status.kind]
    badge = format_html(
        '<span class="ac-badge {}">{}{}</span>', tone, icon(name), status_word(status, language)
    )
    if not status.detail:
        return badge
    return format_html('{} <span class="tiny muted block">{}</span>', badge, status.detail)


def badge_of(line: Standing, language: str) -> SafeString:
    """Show how an action stands."""
    return status_badge(status_of(line, language), language)


def shape_and_word(kind: str, word: str) -> SafeString:
    """Show the shape of a status with its word, as charts draw it."""
    # The shape is a drawing of ours without any text.
    return format_html("{}{}", mark_safe(status_shape(StatusKind(kind))), word)  # noqa: S308


def level_words() -> Mapping[str, str]:
    """Return the headings of the parts of a plan."""
    return {
        Level.EUROPEAN: _("European level"),
        Level.MACRO_REGIONAL: _("Macro-regional level"),
        Level.NATIONAL: _("National level"),
        Level.REGIONAL: _("Regional level"),
    }


def stage_word(stage: str) -> str:
    """Return the word for the place of an indicator in the logic of the plan."""
    return str(Indicator.Stage(stage).label)


def money_table(sums: Sequence[MoneySum], language: str) -> Table | None:
    """Put planned, applied for, granted and spent side by side, one row per currency."""
    if not sums:
        return None
    columns = [
        Column(_("Currency")),
        *(
            Column(name, is_number=True)
            for name in (_("Planned"), _("Applied for"), _("Granted"), _("Spent"), _("Spent share"))
        ),
    ]
    rows = [_money_row(line, language) for line in sums]
    return Table(_("Money by currency"), columns, rows)


def _money_row(line: MoneySum, language: str) -> list[Any]:
    amounts = (line.planned_cents, line.applied_cents, line.granted_cents, line.spent_cents)
    share = line.spent_share
    return [
        line.currency,
        *(format_money(cents, line.currency, language) for cents in amounts),
        "–" if share is None else format_percent(share, language),
    ]


def money_text(amounts: Iterable[tuple[str, int]], language: str) -> str:
    """Write sums by currency beside each other; they are never added."""
    sums: dict[str, int] = {}
    for currency, cents in amounts:
        sums[currency] = sums.get(currency, 0) + cents
    return ", ".join(format_money(cents, currency, language) for currency, cents in sums.items())


# --- The time plan on a page: planned, reached, forecast, milestones, today -----------------------


def schedule_of(reading: Reading, lines: Sequence[ActionLine]) -> ChartView | None:
    """Draw the actions that have dates; None where none has."""
    rows = tuple(
        row_of(line, reading.language) for line in lines if line.starts_on and line.ends_on
    )
    if not rows:
        return None
    title = schedule_title(reading)
    chart = GanttChart(
        reading.language,
        rows,
        label_title=_("Action"),
        today=reading.record.today,
        title=title,
    )
    return view_of(chart, caption=title, language=reading.language)


def schedule_title(reading: Reading) -> str:
    """Say in a sentence how many actions should have begun."""
    record = reading.record
    starts = [line.starts_on for line in record.outlines]
    return should_have_begun(starts, record.today, reading.language).text


def schedule_note() -> str:
    """Say what the marks mean."""
    return _(
        "Pale: planned. Dark: share of the way that is reported or reached by milestones. Hatched: "
        "computed forecast beyond the planned end. Diamond: milestone, filled once reached."
    )


def row_of(line: ActionLine, language: str) -> GanttRow:
    """Return the row of an action with both dates."""
    start, end = line.starts_on, line.ends_on
    if start is None or end is None:
        raise ValueError(line.code)
    forecast, progress = forecast_of(line), line.status.progress
    reached = start + timedelta(days=round((progress or 0) * (end - start).days))
    return GanttRow(
        f"{line.code} {word(line.title, language)}",
        start,
        end,
        done_until=reached if progress else None,
        overrun_until=forecast if forecast and forecast > end else None,
        milestones=tuple(
            Milestone(m.due, word(m.title, language), m.done_on is not None)
            for m in line.milestones
        ),
        status=status_of(line, language),
    )
