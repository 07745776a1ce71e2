"""The action plan as a document: summary, how to read it, the actions by level, the evidence.

Built from the frozen record of a plan alone, so that equal plans give equal bytes; whoever reads
it on paper finds n, interval and trail at every action.
"""

from collections.abc import Sequence
from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.records import ActionLine, PlanRecord
from alpclusters.platform.policy.models import Level
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Chip,
    Column,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Mark,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from alpclusters.reports.charts.gantt import GanttChart, GanttRow
from alpclusters.reports.dates import format_date, format_date_range, format_year_range
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan_evidence import evidence_figure, evidence_table, trail_box

_SHORT_PROJECT: Final = "demo"


def build_plan_document(record: PlanRecord, *, language: str) -> Document:
    """Build the document of a plan in one language.

    Parameters
    ----------
    record : PlanRecord
        From `platform.policy.domain.records.record_of`.
    language : str
        One of the five codes; a text that is missing in it stands in English.

    Returns
    -------
    Document
    """
    text = translator(language)
    title = word(record.title, language)
    blocks = (
        *_summary(record, language),
        *_how_to_read(language),
        *_overview_page(record, language),
        *(block for level, lines in record.by_level() for block in _part(level, lines, language)),
        *_annex(record, language),
    )
    return Document(
        title=title,
        language=language,
        kind="plan",
        date=record.moment.date(),
        made_at=record.moment,
        blocks=blocks,
        subtitle=text.gettext("Political action plan"),
        short_title=text.gettext("Political action plan"),
        publisher=record.publisher,
        version=f"{record.version}.0",
        digest=record.digest,
        simulated=record.is_simulated,
        draft=not record.is_published,
        description=word(record.summary, language),
        keywords=(text.gettext("Action plan"), record.acronym),
        project=_SHORT_PROJECT if record.is_simulated else record.project,
        cover=_cover(record, language),
    )


def _cover(record: PlanRecord, language: str) -> Cover:
    text = translator(language)
    regions = ", ".join(word(region, language) for region in record.regions)
    facts = [(text.gettext("Languages"), ", ".join(code for code, _ in LANGUAGES))]
    if regions:
        facts.insert(0, (text.gettext("Regions"), regions))
    statement = text.gettext(
        "All people, bodies, ratings and dates in this document are simulated. It shows what a "
        "plan looks like and says nothing about a real project."
    )
    kicker = " · ".join(part for part in (record.acronym, _years(record, language)) if part)
    return Cover(kicker, tuple(facts), statement if record.is_simulated else "")


def _years(record: PlanRecord, language: str) -> str:
    years = [day.year for a in record.actions for day in (a.starts_on, a.ends_on) if day]
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else format_year_range(first, last, language)


def _level_names(language: str) -> dict[str, str]:
    text = translator(language)
    return {
        Level.EUROPEAN: text.gettext("European level"),
        Level.MACRO_REGIONAL: text.gettext("Macro-regional level"),
        Level.NATIONAL: text.gettext("National level"),
        Level.REGIONAL: text.gettext("Regional level"),
    }


# --- summary --------------------------------------------------------------------------------


def _summary(record: PlanRecord, language: str) -> list[Block]:
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("Summary"), level=1),
        Paragraph(word(record.summary, language), "lead"),
        _key_figures(record, language),
    ]
    figure = evidence_figure(record.evidence, language)
    if figure is not None:
        blocks.append(figure)
    blocks += [_overview(record, language), *_open_points(language)]
    return blocks


def _key_figures(record: PlanRecord, language: str) -> KeyFigures:
    text = translator(language)
    n_actions, n_recommendations = len(record.actions), len(record.recommendations)
    measures = len({line.measure_key for line in record.evidence})
    people = max((line.n for line in record.evidence), default=0)
    return KeyFigures(
        (
            KeyFigure(_count(n_actions, language), text.ngettext("action", "actions", n_actions)),
            KeyFigure(
                _count(n_recommendations, language),
                text.ngettext("recommendation", "recommendations", n_recommendations),
            ),
            KeyFigure(
                _count(measures, language),
                text.ngettext("rated measure behind it", "rated measures behind it", measures),
            ),
            KeyFigure(
                _count(people, language),
                text.gettext("people at most behind one figure"),
                text.gettext("n of each figure: annex A"),
            ),
        )
    )


def _count(n: int, language: str) -> str:
    return format_integer(n, language)


def _overview(record: PlanRecord, language: str) -> Table:
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Action")),
        Column(text.gettext("Level")),
        Column(text.gettext("Responsible body")),
        Column(text.gettext("Start"), "date"),
        Column(text.gettext("End"), "date"),
    )
    names = _level_names(language)
    rows = tuple(
        (
            action.code,
            word(action.title, language),
            names[action.level],
            action.responsible,
            action.starts_on,
            action.ends_on,
        )
        for action in record.actions
    )
    caption = text.gettext("What the plan provides for")
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Actions"))


def _open_points(language: str) -> list[Block]:
    text = translator(language)
    return [
        LabelledPart(
            text.gettext("What is open"),
            (
                Paragraph(
                    text.gettext(
                        "No body has reported on an action yet. Costs, funding and indicators "
                        "are not part of this version."
                    )
                ),
            ),
        )
    ]


# --- how to read ----------------------------------------------------------------------------


def _how_to_read(language: str) -> list[Block]:
    text = translator(language)
    parts = (
        (
            text.gettext("The trail"),
            text.gettext(
                "Each action can be followed back: to its recommendation, to the findings and "
                "ratings behind it, and to the measure that was rated. The box “Trail” at each "
                "action shows this way; the large point is where you read."
            ),
        ),
        (
            text.gettext("Numbers"),
            text.gettext(
                "No number stands alone: n is the number of people who rated, the interval "
                "holds at 90%. Who chose “cannot judge” is not in n and is told apart."
            ),
        ),
        (
            text.gettext("Small groups"),
            text.gettext(
                "Results of fewer than 5 people, and of groups that would give them away, are "
                "never shown. The value is not missing; it is protected."
            ),
        ),
        (
            text.gettext("Levels"),
            text.gettext(
                "European, macro-regional, national and regional: the level that acts, not the "
                "level that pays."
            ),
        ),
    )
    gap = "\u00a0\u00a0"
    marks = (
        Paragraph((Chip(Mark.SIMULATED), Run(gap + text.gettext("invented")))),
        Paragraph((Chip(Mark.WITHHELD), Run(gap + text.gettext("not shown to protect people")))),
    )
    return [
        Heading(text.gettext("Contents and how to read"), level=1),
        Contents(),
        Heading(text.gettext("How to read this document")),
        *(LabelledPart(label, (Paragraph(words),)) for label, words in parts),
        LabelledPart(text.gettext("Marks"), marks),
    ]


# --- actions --------------------------------------------------------------------------------


def _overview_page(record: PlanRecord, language: str) -> list[Block]:
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("Recommendations and schedule"), level=1),
        _recommendation_table(record, language),
    ]
    schedule = _schedule(record.actions, language)
    return [*blocks, schedule] if schedule else blocks


def _recommendation_table(record: PlanRecord, language: str) -> Table:
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Recommendation")),
        Column(text.gettext("Findings")),
        Column(text.gettext("Action")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            r.code,
            word(r.text, language) or word(r.title, language),
            ", ".join(line.code for line in r.evidence),
            ", ".join(a.code for a in record.actions if r in a.recommendations),
        )
        for r in record.recommendations
    )
    caption = text.gettext("Recommendations with findings and actions")
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Recommendations"))


def _part(level: str, lines: Sequence[ActionLine], language: str) -> list[Block]:
    """Begin a level with its first action on the same page; each further one has its own."""
    blocks: list[Block] = [Heading(_level_names(language)[level], level=1)]
    for place, line in enumerate(lines):
        blocks += [PageBreak()] if place else []
        blocks += _action(line, language)
    return blocks


def _schedule(lines: Sequence[ActionLine], language: str) -> Figure | None:
    text = translator(language)
    rows = tuple(
        GanttRow(f"{line.code} {word(line.title, language)}", line.starts_on, line.ends_on)
        for line in lines
        if line.starts_on and line.ends_on
    )
    if not rows:
        return None
    chart = GanttChart(language, rows, label_title=text.gettext("Action"))
    first = min(row.start for row in rows)
    caption = text.gettext("The first action begins on %(date)s") % {
        "date": format_date(first, language)
    }
    return Figure(chart, caption, text.gettext("Bars: planned period."))


def _action(line: ActionLine, language: str) -> list[Block]:
    text = translator(language)
    parts: list[Block] = [
        Heading(word(line.title, language), level=2, code=line.code, anchor=line.code),
        trail_box(line, language),
    ]
    labelled = (
        (text.gettext("Background"), _background(line, language)),
        (text.gettext("Action"), [Paragraph(word(line.description, language))]),
        (text.gettext("Players"), [Paragraph(_players(line, language))]),
        (text.gettext("Timeframe"), [Paragraph(_timeframe(line, language))]),
        (text.gettext("Costs, funding"), [Paragraph(text.gettext("not part of this version"))]),
        (text.gettext("Evidence"), [evidence_table(line.evidence, language)]),
    )
    return [*parts, *(LabelledPart(label, tuple(blocks)) for label, blocks in labelled)]


def _background(line: ActionLine, language: str) -> list[Block]:
    blocks: list[Block] = []
    for r in line.recommendations:
        head = Run(f"{r.code} {word(r.title, language)}. ", strong=True)
        blocks.append(Paragraph((head, Run(word(r.text, language)))))
        if any(r.rationale.values()):
            blocks.append(Paragraph(word(r.rationale, language), "note"))
    return blocks


def _players(line: ActionLine, language: str) -> str:
    text = translator(language)
    unknown = text.gettext("unknown")
    return text.gettext("Responsible: %(body)s") % {"body": line.responsible or unknown}


def _timeframe(line: ActionLine, language: str) -> str:
    if line.starts_on is None or line.ends_on is None:
        return translator(language).gettext("unknown")
    return format_date_range(line.starts_on, line.ends_on, language)


# --- annex ----------------------------------------------------------------------------------


def _annex(record: PlanRecord, language: str) -> list[Block]:
    text = translator(language)
    evidence = evidence_table(
        record.evidence, language, caption=text.gettext("All findings behind the plan")
    )
    bare = [a.code for a in record.actions if not a.evidence]
    without = ", ".join(bare) if bare else text.gettext("none")
    return [
        Heading(text.gettext("Annex A: Evidence"), level=1),
        evidence,
        LabelledPart(text.gettext("Statements without trail"), (Paragraph(without),)),
        Heading(text.gettext("Annex B: Methods and conventions"), level=1, same_page=True),
        Bullets(_conventions(language)),
    ]


def _conventions(language: str) -> tuple[str, ...]:
    text = translator(language)
    return (
        text.gettext("Scale from 1 to 5 with a written anchor for each step."),
        text.gettext(
            "Estimate: of a model that takes strict and lenient people into account (REML); where "
            "it cannot be fitted, the mean. The latest rating of each person counts."
        ),
        text.gettext(
            "Interval: 90%, two-sided, kept on the scale; of a mean by Student’s t, none where "
            "all ratings are equal."
        ),
        text.gettext("“Cannot judge” is in no mean and no n; its share is given."),
        text.gettext(
            "A plan rests on stored snapshots: later ratings do not change it. The hash on the "
            "cover belongs to this text."
        ),
    )
