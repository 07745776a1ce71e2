"""How the plan came about: the project, the AlpCafés with the people in them, who drafted it."""

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    UNKNOWN,
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.plan.endorsement_log import log_table
from alpclusters.reports.plan.recommendations import bodies_table
from alpclusters.reports.plan.subject import PlanSubject


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
