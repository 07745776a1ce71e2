"""One criterion of an evaluation: tiers, how people answered, all measures in figures."""

from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.claims.decisions import short_verdict
from alpclusters.reports.claims.ratings import stated
from alpclusters.reports.claims.weighting import resting
from alpclusters.reports.evaluation_figures import (
    MAX_ROWS,
    SHADED_POINTS,
    mean_figure,
    rating_distribution_figure,
)
from alpclusters.reports.evaluation_ranking import RankingView
from alpclusters.reports.evaluation_results import CriterionResults
from alpclusters.reports.evaluation_sections import tier_section
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    in_order,
    named,
    rated_items,
)
from alpclusters.reports.evaluation_tables import count_table

FIRST_ROWS: Final = 20  # of a chart where there are more than fit


def rating_blocks(
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    view: RankingView | None,
    found: CriterionResults | None,
    *,
    is_further: bool = False,
) -> list[Block]:
    """Return the section of one criterion; without tiers means stand in for them.

    Of further criteria it is what was decided: the brief has the answers, the data everything.
    """
    order = found.order if found else ()
    items = in_order(rated_items(description, subject), order, is_vote=False)
    name = subject.criterion_names.get(criterion, criterion)
    blocks: list[Block] = [Heading(name)] if name else []
    if found is not None and view is not None and is_further:
        return [*blocks, *_verdict(found, subject, language)]
    if found is not None:
        blocks += tier_section(view, found, language)
    if items:
        blocks += _rating_figures(items, description, subject, criterion, language, view)
    return blocks


def _verdict(found: CriterionResults, subject: EvaluationSubject, language: str) -> list[Block]:
    """Say what was decided on this criterion, and what of it rests on who came."""
    if found.decisions is None or found.decisions.status == "undefined":
        return []
    title, *more = short_verdict(found.decisions, found.ranking, subject, language)
    if found.weighting is not None:
        more += resting(found.weighting, subject, language)
    return [Paragraph(" ".join([f"{title.text}.", *(claim.text for claim in more)]))]


def _rating_figures(
    items: list[Rated],
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    view: RankingView | None,
) -> list[Block]:
    text = translator(language)
    shown = items[: MAX_ROWS if len(items) <= MAX_ROWS else FIRST_ROWS]
    answers = subject.answers.get(criterion, ())
    name = subject.criterion_names.get(criterion, criterion)
    caption = named(stated(description, items, subject, language).text, name, language)
    # Tiers show estimates; means beside them would be a second order of the same answers.
    figures: list[Block] = (
        []
        if view
        else [
            mean_figure(
                shown,
                description,
                language,
                caption=caption,
                answers=answers,
                scale=subject.scales.get(criterion),
            )
        ]
    )
    spread = named(text.gettext("How people answered"), name, language)
    n_points = len(description.conventions.scale)
    if n_points == SHADED_POINTS or (criterion in subject.scales and n_points < SHADED_POINTS):
        return [
            *figures,
            rating_distribution_figure(shown, subject, criterion, language, caption=spread),
        ]
    table = count_table(
        [item.described for item in shown], description, subject, language, caption=spread
    )
    return [*figures, table]
