"""How the plan came about: the project, the AlpCafés with the people in them, who drafted it."""

from collections.abc import Sequence

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import ActionLine, IndicatorLine
from alpclusters.platform.policy.models import Indicator
from alpclusters.reports.blocks import (
    UNKNOWN,
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.charts.plan_logic import LogicBox, LogicChart, LogicRow
from alpclusters.reports.numbers import format_money, format_number
from alpclusters.reports.plan.reading import PlanSubject
from alpclusters.reports.plan.recommendations import bodies_table, log_table

# --- The logic of the plan: what goes in, what is done, what should come out of it ----------------


# As many rows as fit on a page beside their heading.
_MOST_ROWS = 6
_RESULTS = (Indicator.Stage.RESULT, Indicator.Stage.IMPACT)


def logic_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter of the logic chart with the actions that lack a result indicator."""
    record = subject.record
    text = translator(language)
    heading = Heading(text.gettext("From input to impact"), level=1)
    if not record.actions:
        return [heading, Paragraph(text.gettext("The plan has no action."))]
    figures: list[Block] = []
    for first in range(0, len(record.actions), _MOST_ROWS):
        part = record.actions[first : first + _MOST_ROWS]
        is_last = first + _MOST_ROWS >= len(record.actions)
        boxes = _plan_boxes(record.indicators, language) if is_last else ()
        rows = tuple(_row(action, language) for action in part)
        figures.append(_figure(LogicChart(language, rows, boxes), part, language))
    return [heading, *figures, _without_result(record.actions, language)]


def _figure(chart: LogicChart, actions: Sequence[ActionLine], language: str) -> Figure:
    text = translator(language)
    caption = text.gettext("How the actions %(first)s to %(last)s are meant to work") % {
        "first": actions[0].code,
        "last": actions[-1].code,
    }
    note = text.gettext(
        "An arrow stands only where the plan records the tie. Hollow: no value reported yet. "
        "Dashed: impact, which no action reaches alone."
    )
    return Figure(chart, caption, note)


def _without_result(actions: Sequence[ActionLine], language: str) -> Block:
    text = translator(language)
    bare = tuple(
        f"{action.code} {word(action.title, language)}"
        for action in actions
        if not any(one.stage in _RESULTS for one in action.indicators)
    )
    found: Block = Bullets(bare) if bare else Paragraph(text.gettext("none"))
    return LabelledPart(text.gettext("Actions without a result indicator"), (found,))


def _row(action: ActionLine, language: str) -> LogicRow:
    inputs = tuple(
        LogicBox(one.offer or one.source, format_money(one.amount_cents, one.currency, language))
        for one in action.funding
    )
    stages = Indicator.Stage

    def boxes(stage: str) -> tuple[LogicBox, ...]:
        return tuple(_box(one, language) for one in action.indicators if one.stage == stage)

    return LogicRow(
        (*inputs, *boxes(stages.INPUT)),
        LogicBox(f"{action.code} {word(action.title, language)}"),
        outputs=boxes(stages.OUTPUT),
        results=boxes(stages.RESULT),
        impacts=boxes(stages.IMPACT),
    )


def _plan_boxes(
    indicators: Sequence[IndicatorLine], language: str
) -> tuple[tuple[str, LogicBox], ...]:
    return tuple((str(one.stage), _box(one, language)) for one in indicators)


def _box(line: IndicatorLine, language: str) -> LogicBox:
    name = word(line.name, language)
    if line.latest is None:
        return LogicBox(name, is_hollow=True)
    number = format_number(line.latest.value.normalize(), language)
    unit = word(line.unit, language)
    return LogicBox(name, f"{number}\u00a0{unit}" if unit else number)


# --- How the plan came about: the project, the AlpCafés with the people in them, who drafted it


def story_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter on how the plan came about."""
    record = subject.record
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("How the plan came about"), level=1),
        Paragraph(
            text.gettext(
                "Earlier initiatives were read and coded, lessons were drawn from them, measures "
                "were offered in AlpCafés and rated there. From the results came findings, from "
                "the findings recommendations, from the recommendations the actions of this plan."
            )
        ),
    ]
    if subject.cafes:
        blocks.append(cafe_table(subject, language))
    else:
        blocks.append(Paragraph(text.gettext("No AlpCafé is behind this plan.")))
    blocks += _drafters(subject, language)
    table = bodies_table(subject.bodies, language)
    if table is not None:
        blocks += [Heading(text.gettext("Who stands behind the plan"), level=2), table]
    log = log_table(subject.log, language)
    if log is not None:
        blocks += [Heading(text.gettext("Endorsement log"), level=2), log]
    if record.parent is not None:
        words = text.gettext("This plan belongs to: %(plan)s")
        blocks.append(Paragraph(words % {"plan": word(record.parent.title, language)}))
    if record.children:
        blocks.append(Paragraph(text.gettext("Plans below this one:")))
        blocks.append(Bullets(tuple(word(child.title, language) for child in record.children)))
    return blocks


def cafe_table(subject: PlanSubject, language: str) -> Table:
    """List the AlpCafés behind the findings with how many people rated."""
    text = translator(language)
    columns = (
        Column(text.gettext("AlpCafé")),
        Column(text.gettext("Date"), "date"),
        Column(text.gettext("Place")),
        Column("n", "number", decimals=0),
    )
    rows: tuple[Row, ...] = tuple(
        (
            word(cafe.title, language),
            cafe.held_on,
            cafe.place,
            UNKNOWN if cafe.n_people is None else cafe.n_people,
        )
        for cafe in subject.cafes
    )
    caption = text.gettext("AlpCafés behind the findings")
    note = text.gettext("n: people who rated, in the newest result the plan rests on.")
    return Table(columns, rows, caption, note, name=text.gettext("AlpCafés"))


def _drafters(subject: PlanSubject, language: str) -> list[Block]:
    bodies = subject.record.drafting_bodies
    if not bodies:
        return []
    text = translator(language)
    items = tuple(f"{body.name} ({body.country})" for body in bodies)
    return [Heading(text.gettext("Who drafted it"), level=2), Bullets(items)]
