"""One criterion of an evaluation: tiers, how people answered, all measures in figures."""

from collections.abc import Mapping, Sequence
from typing import Final

from alpclusters.analysis.consensus import AgreementSummary, Alpha, Description
from alpclusters.analysis.ranking import Ranking
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Column, Heading, Interval, Paragraph, Row, Table
from alpclusters.reports.charts.parts import Axis, Tick
from alpclusters.reports.claims.ratings import stated
from alpclusters.reports.claims.votes import short_verdict
from alpclusters.reports.claims.weighting import resting
from alpclusters.reports.evaluation.figures import (
    MAX_ROWS,
    SHADED_POINTS,
    mean_figure,
    rating_distribution_figure,
    scale_axis,
)
from alpclusters.reports.evaluation.opinion import opinion_blocks
from alpclusters.reports.evaluation.ranking import RankingView, ranking_blocks, ranking_title
from alpclusters.reports.evaluation.results import CriterionResults, EvaluationResults, has_tiers
from alpclusters.reports.evaluation.tables import count_table
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Part,
    Rated,
    by_agreement,
    in_order,
    is_vote,
    named,
    rated_items,
    reason_sentences,
)
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    format_percent,
)

# --- How far people agree over all items ----------------------------------------------------------


def agreement_blocks(
    found: CriterionResults, items: Sequence[Rated], language: str, *, criterion: str = ""
) -> list[Block]:
    """Return the figures of agreement over all items; the data have them of each."""
    text, agreement = translator(language), found.agreement
    heading = Heading(named(text.gettext("Agreement"), criterion, language))
    doubts = reason_sentences("agreement", _reasons(agreement), language)
    blocks: list[Block] = [heading]
    rows = [*_rows(agreement, language), *_shared(found, language), *_highest(items, language)]
    if rows:
        blocks.append(overall_table(agreement, rows, language, criterion=criterion))
    if doubts:
        blocks.append(Paragraph(" ".join(doubts), "note"))
    return blocks if len(blocks) > 1 else []


def _reasons(agreement: AgreementSummary) -> tuple[str, ...]:
    alpha, rankings = agreement.alpha_ordinal, agreement.concordance
    return (
        *(alpha.reasons if alpha else ()),
        *agreement.reasons,
        *(rankings.reasons if rankings else ()),
    )


# --- over all items -----------------------------------------------------------------------


def overall_table(
    agreement: AgreementSummary, rows: Sequence[Row], language: str, *, criterion: str = ""
) -> Table:
    """Show the indices over all items with interval, people and items."""
    text = translator(language)
    columns = (
        Column(text.gettext("Index")),
        Column(text.gettext("Value"), "number", decimals=2, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=2),
        Column(text.gettext("People"), "number", decimals=0),
        Column(text.gettext("Items"), "number", decimals=0),
    )
    note = text.gettext(
        "Alpha: 1 all alike, 0 as by chance, below 0 worse. For the coding of texts 0.8 is called "
        "reliable and 0.667 tentative; people may differ for good reasons. W: 1 everybody has the "
        "same order, 0 there is no common order."
    )
    caption = named(_overall_title(agreement.alpha_ordinal, language), criterion, language)
    return Table(columns, tuple(rows), caption, note)


def _overall_title(alpha: Alpha | None, language: str) -> str:
    text = translator(language)
    if alpha is None or alpha.value is None:
        return text.gettext("How far people agree over all items")
    words = {"value": format_number(alpha.value, language, 2)}
    if alpha.interval is None:
        return text.gettext("How far people agree over all items: alpha %(value)s") % words
    ends = alpha.interval
    words["interval"] = format_interval(ends.low, ends.high, language, 2, worded=ends.low < 0)
    sentence = text.gettext(
        "How far people agree over all items: alpha %(value)s (90%% interval %(interval)s)"
    )
    return sentence % words


def _rows(agreement: AgreementSummary, language: str) -> list[Row]:
    text = translator(language)
    named = (
        (text.gettext("Krippendorff’s alpha, ordinal"), agreement.alpha_ordinal),
        (text.gettext("Krippendorff’s alpha, equal steps"), agreement.alpha_interval),
    )
    rows: list[Row] = [
        _alpha_row(name, alpha) for name, alpha in named if alpha and alpha.value is not None
    ]
    rankings = agreement.concordance
    if rankings and rankings.w is not None:
        name = text.gettext("Kendall’s W")
        rows.append((name, rankings.w, None, rankings.n_raters, rankings.n_items))
    return rows


def _shared(found: CriterionResults, language: str) -> list[Row]:
    """Return the greatest group-informed consensus, of the items whose counts by group are told."""
    opinion = found.opinion
    if opinion is None or not opinion.listed:
        return []
    pairs = zip(opinion.items, opinion.consensus.agree.tolist(), strict=True)
    listed = [value for item, value in pairs if item in opinion.listed and value == value]  # noqa: PLR0124 - NaN
    if not listed:
        return []
    name = translator(language).gettext("Group-informed consensus, the highest")
    return [(name, max(listed), None, opinion.groups.n_placed, len(listed))]


def _highest(items: Sequence[Rated], language: str) -> list[Row]:
    """Return the share that agrees with the item whose interval after Wilson begins highest."""
    counted = [item for item in items if item.summary.agree_interval]
    if not counted:
        return []
    first = by_agreement(counted)[0].summary
    ends = first.agree_interval
    name = translator(language).gettext("Share that agrees, the highest (Wilson)")
    interval = Interval(ends.low, ends.high) if ends else None
    return [(name, first.agree_share, interval, first.n, len(counted))]


def _alpha_row(name: str, alpha: Alpha) -> Row:
    ends = Interval(alpha.interval.low, alpha.interval.high) if alpha.interval else None
    return (name, alpha.value, ends, alpha.n_raters, alpha.n_paired)


def complete_words(agreement: AgreementSummary, language: str) -> str:
    """Return how many answered every item: what Kendall's W would need."""
    words = {
        "n": format_integer(agreement.n_complete, language),
        "all": format_integer(agreement.n_raters, language),
    }
    return translator(language).gettext("%(n)s of %(all)s people answered every item.") % words


# --- Sections on tiers, agreement and opinion groups, or why one of them is missing ---------------


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


# --- One criterion of an evaluation: tiers, how people answered, all measures in figures ----------


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
