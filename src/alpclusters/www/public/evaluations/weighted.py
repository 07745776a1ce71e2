"""Who was not in the room, on a page: weighted figures, and what the first findings survive."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.reports import blocks
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.evaluation_weighting import weighting_lead, weighting_section
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.tables import site_table


@dataclass(frozen=True)
class WeightingPart:
    """The sentences and the table of the report, in their order on the page."""

    title: str
    told: Sequence[str]
    survived: Sequence[str]
    table: Table | None
    note: str


def weighting_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> WeightingPart | None:
    """Build the part of one criterion; None where nothing was stored of it."""
    found = weighting_section(result.weighting, subject, "", language)
    if not found:
        return None
    headings = [one.text for one in found if isinstance(one, blocks.Heading)]
    lead = weighting_lead(result.weighting, subject, language)
    paragraphs = [one.text for one in (*lead, *found) if isinstance(one, blocks.Paragraph)]
    lists = [one.items for one in found if isinstance(one, blocks.Bullets)]
    table = next((one for one in found if isinstance(one, blocks.Table)), None)
    return WeightingPart(
        title=blocks.plain(headings[0]),
        told=[blocks.plain(text) for text in paragraphs],
        survived=[blocks.plain(text) for items in lists for text in items],
        table=site_table(table, caption=blocks.plain(table.caption), language=language)
        if table
        else None,
        note=blocks.plain(table.note) if table else "",
    )
