"""Votes in an evaluation: how people answered, in the order of the decisions."""

from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading
from alpclusters.reports.evaluation_figures import vote_distribution_figure
from alpclusters.reports.evaluation_results import CriterionResults
from alpclusters.reports.evaluation_subject import EvaluationSubject, in_order, rated_items

TOP: Final = 14  # what fits on a page


def vote_blocks(
    description: Description,
    subject: EvaluationSubject,
    language: str,
    found: CriterionResults | None,
) -> list[Block]:
    """Show how people answered the first statements."""
    order = found.order if found else ()
    items = in_order(rated_items(description, subject), order, is_vote=True)
    if not items:
        return []
    caption = translator(language).gettext("How people answered")
    figure = vote_distribution_figure(items[:TOP], language, caption=caption)
    return [Heading(caption), figure]
