"""Statements about the person: listed apart, with who says so and what is still to decide."""

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.opinion.persons import PersonStatus
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote
from alpclusters.reports.evaluation_tables import vote_table


def person_section(
    description: Description, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the tables of statements that say something about the people who voted."""
    if not subject.person or not is_vote(description):
        return []
    text = translator(language)
    lead = text.gettext(
        "These statements say what somebody is, has or did, not what should be. They are in no "
        "ranking, no list of opinions and no headline."
    )
    return [
        Heading(text.gettext("Statements about the people themselves")),
        Paragraph(lead),
        *_confirmed(description, subject, language),
        *_proposed(description, subject, language),
    ]


def _confirmed(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    caption = translator(language).gettext("What people say of themselves")
    return _table(description, subject, language, caption=caption, kinds=("marked", "meta"))


def _proposed(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    caption = text.gettext("Proposals that are not yet confirmed")
    table = _table(description, subject, language, caption=caption, kinds=("proposed",))
    if not table:
        return []
    note = text.gettext(
        "Found by their wording and not yet confirmed by anybody. Please decide for each: "
        "about the person (then it can divide the people into groups), or an opinion like any "
        "other. On the command line: --about-person and --opinion with the number."
    )
    return [*table, Paragraph(note, "note")]


def _table(
    description: Description,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    kinds: tuple[PersonStatus, ...],
) -> list[Block]:
    items = [item for item in description.measures if subject.person.get(item.measure) in kinds]
    return [vote_table(items, subject, language, caption=caption)] if items else []
