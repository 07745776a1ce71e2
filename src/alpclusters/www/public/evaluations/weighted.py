"""Who was not in the room, on a page: weighted figures, and what the first findings survive."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.reports import blocks
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.evaluation_weighting import weighting_section
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.tables import site_table


@dataclass(frozen=True)
class WeightingPart:
    """The sentences and the tables of the report, in their order on the page."""

    title: str
    told: Sequence[str]
    survived: Sequence[str]
    tables: Sequence[Table]
    note: str


def weighting_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> WeightingPart | None:
    """Build the part of one criterion; None where nothing was stored of it."""
    found = weighting_section(
        result.weighting, subject, "", language, further=result.weighted_further
    )
    if not found:
        return None
    headings = [one.text for one in found if isinstance(one, blocks.Heading)]
    paragraphs = [one.text for one in found if isinstance(one, blocks.Paragraph)]
    lists = [one.items for one in found if isinstance(one, blocks.Bullets)]
    tables = [one for one in found if isinstance(one, blocks.Table)]
    return WeightingPart(
        title=blocks.plain(headings[0]),
        told=[blocks.plain(text) for text in paragraphs],
        survived=[blocks.plain(text) for items in lists for text in items],
        tables=[
            site_table(one, caption=blocks.plain(one.caption), language=language) for one in tables
        ],
        note=blocks.plain(tables[0].note) if tables else "",
    )
