"""The actions: overview by level, time plan, then one page each with the six headings."""

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    ActionOutline,
    MilestoneLine,
    PlanRecord,
)
from alpclusters.reports.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Inline,
    LabelledPart,
    PageBreak,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Table,
)
from alpclusters.reports.charts.gantt import GanttChart, GanttRow, Milestone
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan.annex import trail_box
from alpclusters.reports.plan.figures import cost_blocks, funding_sentence, indicator_table
from alpclusters.reports.plan.findings import finding_line
from alpclusters.reports.plan.reading import PlanSubject
from alpclusters.reports.plan.recommendations import reason_runs
from alpclusters.reports.plan.watching import risk_sentence
from alpclusters.reports.plan.words import level_name
from alpclusters.reports.plan_words.status import forecast_of, reason_texts, status_of

_MOST_BARS = 26


def overview_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter that shows all actions at once."""
    record = subject.record
    text = translator(language)
    return [
        Heading(text.gettext("Actions at a glance"), level=1),
        action_table(record, language),
        *schedules(record, language),
    ]


def action_table(record: PlanRecord, language: str) -> Table:
    """List all actions, European and regional ones in one table, level by level."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Action")),
        Column(text.gettext("Responsible body")),
        Column(text.gettext("Start"), "date"),
        Column(text.gettext("End"), "date"),
        Column(text.gettext("Status"), "status"),
    )
    rows: list[Row | RowGroup] = []
    for level, lines in record.by_level():
        rows.append(RowGroup(level_name(level, language)))
        rows += [_row(line, language) for line in lines]
    note = text.gettext("Status computed for %(date)s.") % {
        "date": format_date(record.today, language)
    }
    caption = text.gettext("All actions by level")
    return Table(columns, tuple(rows), caption, note, row_head=1, name=text.gettext("Actions"))


def schedules(record: PlanRecord, language: str) -> list[Block]:
    """Draw the time plan, at most 26 actions a picture."""
    text = translator(language)
    milestones = {action.pk: action.milestones for action in record.actions}
    dated = [line for line in record.outlines if line.starts_on and line.ends_on]
    blocks: list[Block] = []
    for first in range(0, len(dated), _MOST_BARS):
        part = dated[first : first + _MOST_BARS]
        rows = tuple(_bar(line, milestones.get(line.pk, ()), language) for line in part)
        chart = GanttChart(language, rows, label_title=text.gettext("Action"), today=record.today)
        begins = min(row.start for row in rows)
        caption = text.gettext("The first action begins on %(date)s") % {
            "date": format_date(begins, language)
        }
        note = text.gettext(
            "Pale: planned period; dark: progress; hatched: computed forecast beyond the planned "
            "end; diamond: milestone, filled once reached."
        )
        blocks.append(Figure(chart, caption, note))
    return blocks


def action_pages(subject: PlanSubject, language: str) -> list[Block]:
    """Begin a level with its first action on the same page; each further one has its own."""
    blocks: list[Block] = []
    for level, lines in subject.record.by_level():
        blocks.append(Heading(level_name(level, language), level=1))
        for place, line in enumerate(lines):
            blocks += [PageBreak()] if place else []
            blocks += action_page(line, subject, language)
    return blocks


def action_page(line: ActionLine, subject: PlanSubject, language: str) -> list[Block]:
    """Return one action: status, trail, six headings, indicators, risks, evidence."""
    text = translator(language)
    parts = (
        (text.gettext("Status"), status_blocks(line, subject, language)),
        (text.gettext("Background"), _background(line, language)),
        (text.gettext("Action"), paragraphs(line.description, language)),
        (text.gettext("Players"), _players(line, language)),
        (text.gettext("Timeframe"), _timeframe(line, language)),
        (text.gettext("Costs"), cost_blocks(line, language)),
        (text.gettext("Funding"), _funding(line, language)),
        (text.gettext("Indicators"), _indicators(line, language)),
        (text.gettext("Risks"), _risks(line, language)),
        (text.gettext("Evidence"), _evidence(line, language)),
    )
    return [
        Heading(word(line.title, language), level=2, code=line.code, anchor=line.code),
        Paragraph(_facts(line, language), "note"),
        trail_box(line, subject, language),
        *(LabelledPart(label, tuple(blocks)) for label, blocks in parts),
    ]


def status_blocks(line: ActionLine, subject: PlanSubject, language: str) -> list[Block]:
    """Say how an action stands, why, and what a person made of it."""
    text = translator(language)
    blocks: list[Block] = [Paragraph((status_of(line, language),))]
    sentences = reason_texts(line.status.reasons, language, subject.codes)
    if sentences:
        blocks.append(Paragraph(" ".join(sentences), "note"))
    if line.override is not None:
        words = text.gettext("Set by a person, until round %(n)s: %(reason)s") % {
            "n": format_integer(line.override.until_round, language),
            "reason": "",
        }
        runs = (Run(words), *reason_runs(line.override.reason, language))
        blocks.append(Paragraph(runs))
    if any(line.reason_not_done.values()):
        why = word(line.reason_not_done, language)
        blocks.append(Paragraph((Run(text.gettext("Why not:") + " ", strong=True), Run(why))))
    return blocks


def paragraphs(words: Words, language: str) -> list[Block]:
    """Return a text as paragraphs; "unknown" where it is missing."""
    said = [part.strip() for part in word(words, language).split("\n\n") if part.strip()]
    return [Paragraph(part) for part in said] or [unknown(language)]


def unknown(language: str) -> Paragraph:
    """Return the word for what nobody has entered."""
    return Paragraph(translator(language).gettext("unknown"))


def _row(line: ActionLine, language: str) -> Row:
    return (
        line.code,
        word(line.title, language),
        line.responsible,
        line.starts_on,
        line.ends_on,
        status_of(line, language),
    )


def _bar(line: ActionOutline, milestones: tuple[MilestoneLine, ...], language: str) -> GanttRow:
    start, end = line.starts_on or line.ends_on, line.ends_on or line.starts_on
    if start is None or end is None:  # left out before: only dated ones are drawn
        msg = "an action without dates has no bar"
        raise ValueError(msg)
    progress = line.status.progress
    done = start + (end - start) * progress if progress else None
    forecast = forecast_of(line)
    return GanttRow(
        f"{line.code} {word(line.title, language)}",
        start,
        end,
        done_until=done,
        overrun_until=forecast if forecast and forecast > end else None,
        milestones=tuple(
            Milestone(m.due, word(m.title, language), m.done_on is not None) for m in milestones
        ),
        status=status_of(line, language),
    )


def _facts(line: ActionLine, language: str) -> str:
    text = translator(language)
    regions = ", ".join(word(region, language) for region in line.regions)
    parts = [level_name(line.level, language), regions]
    parts.append(text.gettext("critical") if line.critical else "")
    parts.append(text.gettext("weight %(n)s") % {"n": format_integer(line.weight, language)})
    return " · ".join(part for part in parts if part)


def _background(line: ActionLine, language: str) -> list[Block]:
    blocks: list[Block] = []
    if any(line.background.values()):
        blocks += paragraphs(line.background, language)
    for r in line.recommendations:
        blocks.append(Paragraph((Run(f"{r.code} ", strong=True), Run(word(r.title, language)))))
    return blocks or [unknown(language)]


def _players(line: ActionLine, language: str) -> list[Block]:
    text = translator(language)
    body = line.responsible or text.gettext("unknown")
    words = text.gettext("Responsible: %(body)s") % {"body": body}
    if line.accepted_on:
        accepted = text.gettext("accepted on %(date)s")
        words += f" ({accepted % {'date': format_date(line.accepted_on, language)}})"
    blocks: list[Block] = [Paragraph(words)]
    others = "; ".join(f"{p.body} ({p.role})" if p.role else p.body for p in line.players)
    if others:
        blocks.append(Paragraph(text.gettext("Taking part: %(bodies)s") % {"bodies": others}))
    return blocks


def _timeframe(line: ActionLine, language: str) -> list[Block]:
    text = translator(language)
    if line.starts_on is None or line.ends_on is None:
        return [unknown(language)]
    blocks: list[Block] = [Paragraph(format_date_range(line.starts_on, line.ends_on, language))]
    stones = "; ".join(_milestone(stone, language) for stone in line.milestones)
    if stones:
        blocks.append(Paragraph(text.gettext("Milestones: %(list)s.") % {"list": stones}))
    more = []
    if line.dependencies:
        codes = ", ".join(one.code for one in line.dependencies)
        more.append(text.gettext("Begins after: %(actions)s.") % {"actions": codes})
    if line.status.progress is not None and line.status.progress_source != "none":
        share = format_percent(line.status.progress, language)
        more.append(text.gettext("Progress: %(share)s.") % {"share": share})
    return [*blocks, Paragraph(" ".join(more))] if more else blocks


def _milestone(stone: MilestoneLine, language: str) -> str:
    words = f"{word(stone.title, language)} ({format_date(stone.due, language)}"
    if stone.done_on is None:
        return words + ")"
    reached = translator(language).gettext("reached on %(date)s")
    return f"{words}, {reached % {'date': format_date(stone.done_on, language)}})"


def _funding(line: ActionLine, language: str) -> list[Block]:
    said = funding_sentence(line.funding, language)
    return [Paragraph(said)] if said else [unknown(language)]


def _indicators(line: ActionLine, language: str) -> list[Block]:
    table = indicator_table(line.indicators, language)
    return [table] if table else [unknown(language)]


def _risks(line: ActionLine, language: str) -> list[Block]:
    found: list[Block] = [Paragraph(risk_sentence(risk, language)) for risk in line.risks]
    return found or [unknown(language)]


def _evidence(line: ActionLine, language: str) -> list[Block]:
    if not line.evidence:
        return [Paragraph(translator(language).gettext("No finding is behind it."))]
    pieces: list[Inline] = []
    for one in line.evidence:
        gap = (Run(" · "),) if pieces else ()
        pieces += [*gap, *finding_line(one, language)]
    return [Paragraph(tuple(pieces), "note")]
