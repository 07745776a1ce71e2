"""The action plan as a document, whole and as the one page of its summary."""

from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import PlanRecord
from alpclusters.reports.blocks import (
    Block,
    Chip,
    Contents,
    Document,
    DocumentKind,
    Heading,
    LabelledPart,
    Mark,
    Paragraph,
    Run,
)
from alpclusters.reports.plan.actions import action_pages, overview_blocks
from alpclusters.reports.plan.annex import annex_blocks
from alpclusters.reports.plan.figures import money_blocks
from alpclusters.reports.plan.findings import findings_blocks
from alpclusters.reports.plan.front import cover_of, summary_blocks
from alpclusters.reports.plan.reading import PlanSubject
from alpclusters.reports.plan.recommendations import recommendation_blocks
from alpclusters.reports.plan.story import logic_blocks, story_blocks
from alpclusters.reports.plan.watching import monitoring_blocks, open_point_blocks

_SHORT_PROJECT: Final = "demo"


def build_plan_document(subject: PlanSubject, *, language: str) -> Document:
    """Build the document of a plan in one language.

    Parameters
    ----------
    subject : PlanSubject
        From `reports.plan.reading.read_subject`.
    language : str
        One of the five codes; a text that is missing in it stands in English.

    Returns
    -------
    Document
        Equal subjects give equal documents, so that every format gives equal bytes.
    """
    blocks = (
        *summary_blocks(subject, language),
        *_how_to_read(language),
        *story_blocks(subject, language),
        *findings_blocks(subject.record.evidence, language),
        *recommendation_blocks(subject, language),
        *overview_blocks(subject, language),
        *money_blocks(subject.record, language),
        *action_pages(subject, language),
        *logic_blocks(subject, language),
        *open_point_blocks(subject, language),
        *monitoring_blocks(subject, language),
        *annex_blocks(subject, language),
    )
    name = translator(language).gettext("Political action plan")
    return document_of(subject.record, blocks, language, kind="plan", name=name)


def build_summary_document(subject: PlanSubject, *, language: str) -> Document:
    """Build the one page of the summary as a document of its own, in any language."""
    name = translator(language).gettext("Summary of the action plan")
    blocks = tuple(summary_blocks(subject, language, is_alone=True)[1:])
    return document_of(subject.record, blocks, language, kind="summary", name=name, has_cover=False)


def document_of(
    record: PlanRecord,
    blocks: tuple[Block, ...],
    language: str,
    *,
    kind: DocumentKind,
    name: str,
    has_cover: bool = True,
) -> Document:
    """Put blocks between the cover, head and foot of a plan.

    Parameters
    ----------
    record : PlanRecord
    blocks : tuple of Block
    language : str
    kind : str
        In the name of the file.
    name : str
        What kind of document it is, in its language.
    has_cover : bool, default True
    """
    text = translator(language)
    return Document(
        title=word(record.title, language),
        language=language,
        kind=kind,
        date=record.today,
        text_on=record.text_on,
        last_report=record.snapshot,
        blocks=blocks,
        subtitle=name,
        kicker="" if has_cover else record.acronym,
        short_title=name,
        publisher=record.publisher,
        version=f"{record.version}.0",
        simulated=record.is_simulated,
        draft=not record.is_published,
        description=word(record.summary, language),
        keywords=(text.gettext("Action plan"), record.acronym),
        project=_SHORT_PROJECT if record.is_simulated else record.project,
        cover=cover_of(record, language) if has_cover else None,
    )


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
