"""The brief: two pages that answer what was asked, the first thing of report, page and protocol."""

from collections.abc import Mapping
from dataclasses import dataclass

from alpclusters.analysis.consensus import Description
from alpclusters.reports.blocks import Block, KeyFigures, PageBreak, Paragraph, Table
from alpclusters.reports.evaluation_brief_answers import answers_table
from alpclusters.reports.evaluation_brief_doubts import doubt_blocks
from alpclusters.reports.evaluation_brief_finding import finding, headline
from alpclusters.reports.evaluation_brief_room import room_below
from alpclusters.reports.evaluation_key_figures import key_figures
from alpclusters.reports.evaluation_results import EvaluationResults
from alpclusters.reports.evaluation_sections import views_of
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.evaluation_weighting import weighting_lead

type Descriptions = Mapping[str, Description]


@dataclass(frozen=True, slots=True)
class Brief:
    """What report, page and protocol of an evaluation begin with.

    Attributes
    ----------
    title : str
        The finding: how many items have the best answer that any has.
    lead : str
        Whether there are camps, and what surely is among the best.
    figures : KeyFigures
        Who took part.
    note : str
        Whose figures these are.
    answers : Table or None
        One answer per item; None where nothing was rated.
    doubts : tuple of Block
        What divides, who was not there, what would change it, the method in short.
    """

    title: str
    lead: str
    figures: KeyFigures
    note: str
    answers: Table | None
    doubts: tuple[Block, ...]

    def pages(self) -> list[Block]:
        """Return the two pages below the title, each with the break that ends it."""
        return [
            Paragraph(self.lead, "lead"),
            self.figures,
            Paragraph(self.note, "note"),
            *([self.answers] if self.answers else []),
            PageBreak(),
            *self.doubts,
            PageBreak(),
        ]


def evaluation_brief(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
    *,
    above: str = "",
) -> Brief:
    """Sum an evaluation up on two pages.

    Parameters
    ----------
    by_criterion : mapping of str to Description
        The first criterion leads.
    subject : EvaluationSubject
    language : str
    results : EvaluationResults or None
        Without them means stand in for answers.
    above : str
        What stands above the finding on the first page, such as the title of a protocol.
    """
    found = next(iter(results.by_criterion.values()), None) if results else None
    views = views_of(by_criterion, subject, language, results)
    title = headline(by_criterion, subject, language, found, next(iter(views.values())))
    notes = [*weighting_lead(found.weighting if found else None, subject, language)]
    if results:
        notes += results.notices
    lead = finding(by_criterion, subject, language, results)
    room = room_below(title, lead, notes, above=above)
    return Brief(
        title=title,
        lead=lead,
        figures=key_figures(
            by_criterion, subject, language, n_people=results.n_people if results else None
        ),
        note=" ".join(notes),
        answers=answers_table(by_criterion, subject, language, results, views, room),
        doubts=tuple(doubt_blocks(by_criterion, subject, language, results)),
    )
