"""Sections on tiers, agreement and opinion groups, or why one of them is missing."""

from collections.abc import Mapping, Sequence

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.ranking import Ranking
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.charts.scales import Axis, Tick
from alpclusters.reports.evaluation_figures import scale_axis
from alpclusters.reports.evaluation_opinion import opinion_blocks
from alpclusters.reports.evaluation_ranking import (
    RankingView,
    ranking_blocks,
    ranking_title,
)
from alpclusters.reports.evaluation_reasons import Part, reason_sentences
from alpclusters.reports.evaluation_results import (
    CriterionResults,
    EvaluationResults,
    has_tiers,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote
from alpclusters.reports.numbers import (
    format_number,
    format_percent,
)

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
N_LEAD = 3


def tiers_of(
    found: CriterionResults | None,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
) -> RankingView | None:
    """Return the ranking with what its pictures need; None where there are no tiers."""
    if found is None or found.ranking is None or not has_tiers(found.ranking):
        return None
    words = subject.answers.get(criterion, ())
    return RankingView(
        found.ranking,
        subject,
        vote_axis(language)
        if is_vote(description)
        else scale_axis(description, language, words, subject.scales.get(criterion)),
        language,
        is_vote=subject.item_word == "statement",
        criterion=subject.criterion_names.get(criterion, criterion),
        decisions=found.decisions,
    )


def views_of(
    by_criterion: Mapping[str, Description],
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> dict[str, RankingView | None]:
    """Return the ranking of each criterion."""
    found = results.by_criterion if results else {}
    return {
        name: tiers_of(found.get(name), one, subject, name, language)
        for name, one in by_criterion.items()
    }


def vote_axis(language: str) -> Axis:
    """Return the axis from disagree to agree."""
    text = translator(language)
    words = (text.gettext("disagree"), text.gettext("pass"), text.gettext("agree"))
    values = (-1.0, 0.0, 1.0)
    return Axis(
        -1.0,
        1.0,
        tuple(
            Tick(value, format_number(value, language), word)
            for value, word in zip(values, words, strict=True)
        ),
    )


def tier_title(view: RankingView) -> str:
    """Return the finding that titles a report on ratings."""
    return view.named(ranking_title(view))


def tier_section(view: RankingView | None, found: CriterionResults, language: str) -> list[Block]:
    """Return figure, table and reasons of the tiers, or why there are none."""
    if view is not None:
        return ranking_blocks(view)
    reasons = found.ranking.reasons if found.ranking else found.missing.get("ranking", ())
    return _absent("ranking", reasons, language)


def opinion_section(
    found: CriterionResults, subject: EvaluationSubject, criterion: str, language: str
) -> list[Block]:
    """Return the opinion groups, or why none were looked for."""
    name = subject.criterion_names.get(criterion, criterion)
    if found.opinion is not None:
        is_statement = subject.item_word == "statement"
        return opinion_blocks(
            found.opinion, subject, language, criterion=name, is_vote=is_statement
        )
    title = translator(language).gettext("Opinion groups: none found")
    absent = _absent("opinion", found.missing.get("opinion", ()), language)
    return [Heading(f"{name}: {title}" if name else title), *absent] if absent else []


def _absent(part: Part, reasons: Sequence[str], language: str) -> list[Block]:
    sentences = reason_sentences(part, reasons, language)
    if not sentences:
        return []
    intro = translator(language).gettext("No tiers are given.") if part == "ranking" else ""
    return [Paragraph(" ".join(part for part in (intro, *sentences) if part), "note")]


# --- all criteria -------------------------------------------------------------------------


def combined_section(
    results: EvaluationResults, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the tiers over all criteria; what other weights would change is in the data."""
    text, ranking = translator(language), results.combined
    if len(results.by_criterion) == 1:
        return []
    if ranking is None or not has_tiers(ranking):
        reasons = ranking.reasons if ranking else ("criterion_undefined",)
        absent = _absent("ranking", reasons, language)
        return [Heading(text.gettext("All criteria together")), *absent]
    ticks = tuple(Tick(value, format_number(value, language, 2)) for value in QUARTERS)
    view = RankingView(
        ranking,
        subject,
        Axis(0.0, 1.0, ticks),
        language,
        is_combined=True,
        counts_people=results.counts_people,
        criterion=text.gettext("All criteria together"),
    )
    scale = text.gettext(
        "Each criterion is taken from 0 (lowest point of its scale) to 1 (highest) and weighted."
    )
    stated = _stated_weights(ranking, subject, language)
    return [
        Heading(text.gettext("All criteria together")),
        *ranking_blocks(view),
        Paragraph(" ".join([scale, *stated]), "note"),
    ]


def _stated_weights(ranking: Ranking, subject: EvaluationSubject, language: str) -> list[str]:
    if not ranking.criteria:
        return []
    names = subject.criterion_names
    weights = ", ".join(
        f"{names.get(str(one.criterion), str(one.criterion))} "
        f"{format_percent(one.weight, language)}"
        for one in ranking.criteria
    )
    sentence = translator(language).gettext("Stated weights: %(weights)s.")
    return [sentence % {"weights": weights}]
