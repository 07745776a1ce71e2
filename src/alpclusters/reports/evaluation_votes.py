"""Votes in an evaluation: how people answered, in the order of the decisions."""

from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.decisions import Decisions
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading
from alpclusters.reports.evaluation_figures import vote_distribution_figure
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    by_agreement,
    rated_items,
)

TOP: Final = 14  # what fits on a page


def vote_blocks(
    description: Description,
    subject: EvaluationSubject,
    language: str,
    decisions: Decisions | None,
) -> list[Block]:
    """Show how people answered the first statements."""
    items = votes_in_order(rated_items(description, subject), decisions)
    if not items:
        return []
    caption = translator(language).gettext("How people answered")
    figure = vote_distribution_figure(items[:TOP], language, caption=caption)
    return [Heading(caption), figure]


def votes_in_order(items: list[Rated], decisions: Decisions | None) -> list[Rated]:
    """Sort as decided; without decisions by the lower end of the share that agrees."""
    known = by_agreement(items)
    if decisions is None:
        return known
    place = {one.measure: at for at, one in enumerate(decisions.measures)}
    return sorted(known, key=lambda item: place.get(item.id, len(place)))
