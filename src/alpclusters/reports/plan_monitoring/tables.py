"""The tables of a report: status with reasons, late actions, indicators, money, corrections."""

from collections.abc import Sequence
from typing import Any, Final

from alpclusters.analysis.plans import Colour
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Status,
    StatusKind,
    Table,
)
from alpclusters.reports.captions import grouped
from alpclusters.reports.charts.target_path import Dated, TargetPathChart
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.plan.figures import indicator_words
from alpclusters.reports.plan.recommendations import as_text, kept_runs
from alpclusters.reports.plan.words import money
from alpclusters.reports.plan_monitoring.reading import (
    Content,
    MonitoringSubject,
    day_of,
    standing_of,
)
from alpclusters.reports.plan_words.status import (
    by_urgency,
    colour_kind,
    colour_word,
    forecast_of,
    kind_of,
    reason_texts,
    status_of,
)

_LATE: Final = frozenset({StatusKind.DELAYED, StatusKind.FAR_BEHIND})
_MOST_PATHS: Final = 12


def status_table(subject: MonitoringSubject, language: str) -> Table:
    """List all actions with status and reasons, what needs somebody first."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Action")),
        Column(text.gettext("Status"), "status"),
        Column(text.gettext("Why")),
        Column(text.gettext("Planned end"), "date"),
        Column(text.gettext("Forecast"), "date"),
    )
    standings = {action["code"]: standing_of(action) for action in subject.actions}
    order = {id(one): place for place, one in enumerate(by_urgency(standings.values()))}
    ordered = sorted(subject.actions, key=lambda a: order[id(standings[a["code"]])])
    rows: tuple[Row, ...] = tuple(
        (
            action["code"],
            word(action["title"], language),
            status_of(standings[action["code"]], language),
            " ".join(reason_texts(standings[action["code"]].status.reasons, language)),
            day_of(action["ends_on"]),
            forecast_of(standings[action["code"]]),
        )
        for action in ordered
    )
    caption = text.gettext("Status of all actions, with reasons")
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Status"))


def late_blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    """Tell of each late action the cause the body named, its answer, and what was foreseen."""
    text = translator(language)
    late = [action for action in subject.actions if kind_of(standing_of(action)) in _LATE]
    blocks: list[Block] = [Heading(text.gettext("Late actions: cause and answer"), level=1)]
    if not late:
        return [*blocks, Paragraph(text.gettext("No action is late."))]
    for action in late:
        blocks += _late(action, subject, language)
    return blocks


def _late(action: Content, subject: MonitoringSubject, language: str) -> list[Block]:
    text = translator(language)
    standing = standing_of(action)
    reported = subject.words.get(action["code"])
    nothing = text.gettext("The responsible body has not said anything about it.")
    cause = Paragraph(reported.obstacles, language=reported.language) if (
        reported and reported.obstacles
    ) else Paragraph(nothing, "note")  # fmt: skip
    answer = Paragraph(reported.next_step, language=reported.language) if (
        reported and reported.next_step
    ) else Paragraph(nothing, "note")  # fmt: skip
    body = Paragraph(action["responsible"] or text.gettext("unknown"))
    computed = " ".join(reason_texts(standing.status.reasons, language))
    return [
        Heading(word(action["title"], language), level=2, code=action["code"]),
        Paragraph((status_of(standing, language),)),
        Paragraph(computed, "note"),
        LabelledPart(text.gettext("Responsible body"), (body,)),
        LabelledPart(text.gettext("Cause"), (cause,)),
        LabelledPart(text.gettext("Answer"), (answer,)),
    ]


def indicator_blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    """List the indicators with their status, then draw the paths of those with values."""
    text = translator(language)
    heading = Heading(text.gettext("Indicators"), level=1)
    lines: list[Content] = list(subject.content["indicators"])
    if not lines:
        return [heading, Paragraph(text.gettext("The plan has no indicator."))]
    figures = [found for line in lines if (found := _path(line, language)) is not None]
    return [heading, _indicator_table(lines, language), *figures[:_MOST_PATHS]]


def _indicator_table(lines: Sequence[Content], language: str) -> Table:
    text = translator(language)
    columns = (
        Column(text.gettext("Action"), "code"),
        Column(text.gettext("Indicator")),
        Column(text.gettext("Value")),
        Column(text.gettext("Expected then")),
        Column(text.gettext("Target")),
        Column(text.gettext("Status"), "status"),
    )
    rows: tuple[Row, ...] = tuple(_indicator_row(line, language) for line in lines)
    caption = text.gettext("Indicators against their paths")
    note = text.gettext(
        "A value is compared with what the path expects on its date. Only confirmed values count."
    )
    return Table(columns, rows, caption, note, row_head=1, name=text.gettext("Indicators"))


def _indicator_row(line: Content, language: str) -> Row:
    text = translator(language)
    unknown = text.gettext("unknown")
    latest, target = line["latest"], (line["targets"] or [None])[-1]
    expected = line["status"]["expected"]
    unit = word(line["unit"], language)
    name = word(line["name"], language)
    return (
        line["action"] or "–",
        f"{name} ({unit})" if unit else name,
        _dated(latest["value"], latest["refers_to"], language) if latest else unknown,
        format_number(float(expected), language) if expected is not None else "–",
        _dated(target["value"], target["due"], language) if target else unknown,
        _indicator_status(line["status"], language),
    )


def _indicator_status(status: Content, language: str) -> Status:
    words = indicator_words(language)
    colour = Colour(status["colour"])
    kind = StatusKind.PLANNED if colour is Colour.NONE else colour_kind(colour)
    return Status(kind, words.get(status["state"], ""))


def _dated(value: str, day: str, language: str) -> str:
    found = day_of(day)
    number = format_number(float(value), language)
    return f"{number}\n{format_date_short(found, language)}" if found else number


def _path(line: Content, language: str) -> Figure | None:
    start = day_of(line["baseline_on"])
    if not line["values"] or not line["targets"] or start is None or line["baseline"] is None:
        return None
    expected: list[Dated] = [(start, float(line["baseline"]))]
    expected += [point for one in line["targets"] for point in _point(one["due"], one["value"])]
    values = [point for one in line["values"] for point in _point(one["refers_to"], one["value"])]
    name = word(line["name"], language)
    chart = TargetPathChart(
        language,
        expected,
        values,
        unit=word(line["unit"], language),
        title=name,
        is_stepped=line["path"] == "step",
    )
    caption = f"{line['action']} {name}".strip()
    note = translator(language).gettext("Line: what the path expects; points: confirmed values.")
    return Figure(chart, caption, note)


def _point(day: str, value: str) -> list[Dated]:
    found = day_of(day)
    return [(found, float(value))] if found else []


def money_table(subject: MonitoringSubject, language: str) -> Table | None:
    """Return planned, granted and spent, one row a currency; None without money."""
    sums: list[Any] = list(subject.plan["money_sums"])
    if not sums:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Currency"), "code"),
        Column(text.gettext("Planned"), "number", decimals=0),
        Column(text.gettext("Applied for"), "number", decimals=0),
        Column(text.gettext("Granted"), "number", decimals=0),
        Column(text.gettext("Spent"), "number", decimals=0),
        Column(text.gettext("Spent of planned"), "percent", decimals=0),
    )
    rows: tuple[Row, ...] = tuple(
        (
            one["currency"],
            money(one["planned_cents"]),
            money(one["applied_cents"]),
            money(one["granted_cents"]),
            money(one["spent_cents"]),
            one["spent_cents"] / one["planned_cents"] if one["planned_cents"] else None,
        )
        for one in sums
    )
    note = text.gettext("Granted includes what has been spent. Euros and francs are never added.")
    caption = text.gettext("Planned, applied for, granted and spent")
    return Table(columns, rows, caption, note, name=text.gettext("Money"))


def override_table(subject: MonitoringSubject, language: str) -> Table | None:
    """List the statuses that people set, beside the computed ones; None without any."""
    set_by_people = [action for action in subject.actions if action["override"]]
    if not set_by_people:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Computed")),
        Column(text.gettext("Shown")),
        Column(text.gettext("Reason")),
        Column(text.gettext("Until round")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            action["code"],
            colour_word(action["override"]["computed"], language),
            colour_word(action["override"]["shown"], language),
            as_text(kept_runs(action["override"]["reason"], language)),
            format_integer(action["override"]["until_round"], language),
        )
        for action in set_by_people
    )
    caption = text.gettext("Statuses set by a person")
    return Table(columns, rows, caption, name=text.gettext("Corrections"))


def missing_blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    """Name the actions without an answer: that is a fact of the report."""
    text = translator(language)
    if subject.content["round"] is None:
        words = text.gettext("This report belongs to no round: nobody was asked.")
        return [Paragraph(words)]
    if not subject.missing:
        return [Paragraph(text.gettext("Every body that was asked has answered."))]
    actions = {action["code"]: action for action in subject.actions}
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Action")),
        Column(text.gettext("Responsible body")),
        Column(text.gettext("Latest report"), "date"),
    )
    rows: list[Row] = []
    for code in subject.missing:
        action = actions.get(code, {})
        report = action.get("report")
        rows.append(
            (
                code,
                word(action["title"], language) if action else "",
                action.get("responsible", ""),
                day_of(report["confirmed_on"]) if report else None,
            )
        )
    caption = text.gettext("No answer in this round")
    return [Table(columns, tuple(rows), caption, row_head=1, name=text.gettext("Missing answers"))]


def step_table(subject: MonitoringSubject, language: str) -> Table | None:
    """List the next open milestone of each action that is not over; None without any."""
    text = translator(language)
    rows: list[Row] = []
    for action in subject.actions:
        waiting = sorted(
            (stone for stone in action["milestones"] if stone["done_on"] is None),
            key=lambda stone: str(stone["due"]),
        )
        if waiting and not action["done_on"] and not action["stopped_on"]:
            first = waiting[0]
            body, due = action["responsible"], day_of(first["due"])
            rows.append((action["code"], word(first["title"], language), due, body))
    if not rows:
        return None
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Milestone")),
        Column(text.gettext("Due"), "date"),
        Column(text.gettext("Responsible body")),
    )
    caption = text.gettext("What comes next")
    return Table(columns, tuple(rows), caption, row_head=1, name=text.gettext("Next steps"))


def chain_table(subject: MonitoringSubject, language: str) -> Table:
    """List all reports of the plan with their hashes."""
    text = translator(language)
    columns = (
        Column(text.gettext("Report No."), "code"),
        Column(text.gettext("Date"), "date"),
        Column(text.gettext("Hash (SHA-256)")),
        Column(text.gettext("Corrects"), "code"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            format_integer(link.number, language),
            link.made_on,
            grouped(link.digest),
            format_integer(link.corrects, language) if link.corrects else None,
        )
        for link in subject.chain
    )
    note = text.gettext(
        "Each hash is made of the hash before and of the whole content: whoever keeps one of "
        "them sees whether a report was changed later."
    )
    caption = text.gettext("Chain of the reports, recomputed on %(date)s: %(verdict)s") % {
        "date": format_date(subject.day, language),
        "verdict": text.gettext("whole") if subject.is_whole else text.gettext("broken"),
    }
    return Table(columns, rows, caption, note, name=text.gettext("Chain"))
