"""The time plan on a page: planned, reached, forecast, milestones, today."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import ActionLine
from alpclusters.reports.charts.gantt import GanttChart, GanttRow, Milestone
from alpclusters.reports.claims.plans import should_have_begun
from alpclusters.reports.plan_status import forecast_of, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.plans.readings import Reading


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
