"""Tiers with intervals: figure and table of a ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions, Outcome
from alpclusters.analysis.ranking import RankedMeasure, Ranking
from alpclusters.analysis.ranking import Tier as RankedTier
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Interval,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import Axis
from alpclusters.reports.claims.ratings import leading, standing_of_ranking
from alpclusters.reports.claims.votes import outcome_words
from alpclusters.reports.evaluation.results import ranked_by_id, tier_name, top_counts
from alpclusters.reports.evaluation_subject import EvaluationSubject, named, reason_sentences, short
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    needed_decimals,
)

# --- Why an item is in its tier: one sentence per code, filled with numbers, never more than they
# say
#
# Never "significant", "proves" or "best": items are rated so, they are not so.


HALVING: Final = 3  # times n more: the interval shrinks with the root of n
DIGITS: Final = 2  # of an order of magnitude


def why_this_tier(item: RankedMeasure, ranking: Ranking, language: str) -> list[str]:
    """Return the sentences in reading order: estimate, places, overlap, doubts, what would help.

    Parameters
    ----------
    item : RankedMeasure
        With a tier.
    ranking : Ranking
        Where it comes from.
    language : str

    Returns
    -------
    list of str
        Empty for an item without a tier.
    """
    if item.tier is None:
        return []
    found = [
        _estimate(item, ranking, language),
        _why_places(item, ranking, language),
        _overlap(item, ranking, language),
        _edge(item, language),
        _missing(item, language),
        _beyond(item, language),
        _halving(item, language),
    ]
    return [sentence for sentence in found if sentence]


def overlap_words(overlap: float | None, other: int, language: str) -> str:
    """Return how often the order against another tier may be wrong, of 100 comparisons."""
    text = translator(language)
    if overlap is None:
        return ""
    n = round(100 * overlap)
    words = {"n": format_integer(n, language), "tier": tier_name(other)}
    if not n:
        sentence = text.gettext(
            "In fewer than 1 of 100 comparisons with tier %(tier)s the order may be wrong."
        )
        return sentence % words
    return (
        text.gettext("In about %(n)s of 100 comparisons with tier %(tier)s the order may be wrong.")
        % words
    )


def _estimate(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    text = translator(language)
    sentence = text.gettext(
        "Tier %(tier)s: rated %(estimate)s (%(level)s interval %(interval)s), %(n)s."
    )
    ends = item.interval
    figures = [item.shown or 0.0, *((ends.low, ends.high) if ends else ())]
    decimals = max(1, needed_decimals(figures))
    return sentence % {
        "tier": tier_name(item.tier or 0),
        "estimate": format_number(item.shown or 0.0, language, decimals),
        "level": format_percent(ranking.conventions.level or 0.9, language),
        "interval": format_interval(
            ends.low, ends.high, language, decimals, worded=ends.low < 0 or ends.high < 0
        )
        if ends
        else "–",
        "n": format_n(item.n, language),
    }


def _why_places(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    if item.rank_interval is None:
        return ""
    low, high = item.rank_interval
    words = {
        "low": format_integer(low, language),
        "high": format_integer(high, language),
        "all": format_integer(len(ranking.order), language),
    }
    text = translator(language)
    if low == high:
        return text.gettext("The answers fit place %(low)s of %(all)s only.") % words
    return text.gettext("The answers fit places %(low)s to %(high)s of %(all)s.") % words


def _overlap(item: RankedMeasure, ranking: Ranking, language: str) -> str:
    """Speak of the next tier; the last one is compared with the one before."""
    if len(ranking.tiers) == 1:
        return translator(language).gettext(
            "All are in one tier, because these answers do not tell them apart."
        )
    number = item.tier or 1
    is_last = number == len(ranking.tiers)
    upper = ranking.tiers[number - 2 if is_last else number - 1]
    return overlap_words(upper.overlap, number - 1 if is_last else number + 1, language)


def _edge(item: RankedMeasure, language: str) -> str:
    if not item.borderline:
        return ""
    return translator(language).gettext(
        "It lies at the edge of its tier: some of the neighbouring tier may belong on its side."
    )


def _missing(item: RankedMeasure, language: str) -> str:
    if not item.cannot_judge_share:
        return ""
    text = translator(language)
    sentence = (
        text.gettext("%(share)s cannot judge it; that is a lot, so the estimate rests on few.")
        if "many_cannot_judge" in item.reasons
        else text.gettext("%(share)s cannot judge it.")
    )
    return sentence % {"share": format_percent(item.cannot_judge_share, language)}


def _beyond(item: RankedMeasure, language: str) -> str:
    if "at_scale_end" not in item.reasons:
        return ""
    return translator(language).gettext(
        "The estimate lies beyond the end of the scale and is shown at the end."
    )


def _halving(item: RankedMeasure, language: str) -> str:
    text = translator(language)
    more = HALVING * item.n
    rough = round(more, DIGITS - len(str(more)))
    sentence = text.ngettext(
        "About %(n)s more answer would halve the interval (order of magnitude).",
        "About %(n)s more answers would halve the interval (order of magnitude).",
        rough,
    )
    return sentence % {"n": format_integer(rough, language)}


# --- Tiers with intervals: figure and table of a ranking ------------------------------------------


CHART_NAME: Final = 62
MAX_ROWS: Final = 26  # of one chart
FIRST_ROWS: Final = 20  # of a chart where there are more
MAX_TABLE: Final = 40
N_TOPS: Final = 2  # columns there is room for; the data have all


@dataclass(frozen=True, slots=True)
class RankingView:
    """One ranking with what its pictures need."""

    ranking: Ranking
    subject: EvaluationSubject
    axis: Axis
    language: str
    is_vote: bool = False
    is_combined: bool = False  # over all criteria
    counts_people: bool = False  # n of all criteria counts people, else ratings
    criterion: str = ""  # words, set before captions
    decisions: Decisions | None = None  # give the order, where there are any

    @property
    def order(self) -> tuple[Id, ...]:
        """Items in the order of every list: as decided, else best first."""
        if self.decisions is None:
            return self.ranking.order
        return tuple(one.measure for one in self.decisions.measures)

    def name(self, item: RankedMeasure, limit: int = CHART_NAME) -> str:
        """Return number and words of a statement, the words of a measure."""
        words = short(self.subject.item(item.measure), limit)
        is_bare = not self.is_vote or words == str(item.measure)
        return words if is_bare else f"{item.measure} · {words}"

    def named(self, caption: str) -> str:
        """Set the criterion before a caption."""
        return named(caption, self.criterion, self.language)


def ranking_title(view: RankingView) -> str:
    """Say what stands in the first tier, and no more."""
    found = standing_of_ranking(view.ranking)
    return leading(found, view.subject, view.language, is_vote=view.is_vote).text


def ranking_blocks(view: RankingView) -> list[Block]:
    """Return the figure and doubts; a ranking without tiers is told in sentences."""
    doubts = reason_sentences("ranking", view.ranking.reasons, view.language)
    note: list[Block] = [Paragraph(" ".join(doubts), "note")] if doubts else []
    if not view.ranking.tiers:
        return note
    return [tier_figure(view), *note]


# --- figure -------------------------------------------------------------------------------


def tier_figure(view: RankingView) -> Figure:
    """Show estimates with intervals: one answer after the other, without answers by tier."""
    text, ranking = translator(view.language), view.ranking
    n_all = sum(len(tier.measures) for tier in ranking.tiers)
    limit = n_all if n_all <= MAX_ROWS else FIRST_ROWS
    is_decided = view.decisions is not None
    chart = DotChart(
        language=view.language,
        tiers=tuple(_by_answer(view, limit) if is_decided else _by_tier(view, limit)),
        axis=view.axis,
        label_title=_item_title(view),
        title=text.gettext("Estimate by answer")
        if is_decided
        else text.gettext("Estimate by tier"),
    )
    return Figure(chart, view.named(ranking_title(view)), _figure_note(view, limit, n_all))


def first_rows(ranking: Ranking, limit: int) -> list[tuple[RankedTier, list[RankedMeasure]]]:
    """Return the tiers with their items, best first, up to a number of items."""
    by_id = ranked_by_id(ranking)
    found = []
    for tier in ranking.tiers:
        rows = [by_id[item] for item in tier.measures[: max(limit, 0)]]
        limit -= len(rows)
        if rows:
            found.append((tier, rows))
    return found


def ranked_by_answer(view: RankingView) -> list[tuple[Outcome, list[RankedMeasure]]]:
    """Return the items with each answer, in the order of every list; none without decisions."""
    by_id = ranked_by_id(view.ranking)
    found: dict[Outcome, list[RankedMeasure]] = {}
    for one in view.decisions.measures if view.decisions else ():
        if one.measure in by_id and by_id[one.measure].tier is not None:
            found.setdefault(one.outcome, []).append(by_id[one.measure])
    return list(found.items())


def answer_title(view: RankingView, outcome: Outcome) -> str:
    """Return the words of an answer."""
    has_groups = bool(view.decisions and view.decisions.groups)
    return outcome_words(outcome, view.language, is_vote=view.is_vote, has_groups=has_groups)


def _by_answer(view: RankingView, limit: int) -> Iterator[Tier]:
    """Yield the rows of each answer, the letter of its tier before each item."""
    for outcome, items in ranked_by_answer(view):
        rows = items[: max(limit, 0)]
        limit -= len(rows)
        if rows:
            words = _shown_words(len(rows), len(items), view.language)
            yield Tier(
                tuple(_lettered(row, view) for row in rows), answer_title(view, outcome), words
            )


def _lettered(item: RankedMeasure, view: RankingView) -> DotRow:
    dot = _dot(item, view)
    return replace(dot, label=f"{tier_name(item.tier or 0)} · {dot.label}")


def _by_tier(view: RankingView, limit: int) -> Iterator[Tier]:
    for tier, rows in first_rows(view.ranking, limit):
        yield _chart_tier(tier, rows, view)


def _chart_tier(tier: RankedTier, rows: Sequence[RankedMeasure], view: RankingView) -> Tier:
    return Tier(
        tuple(_dot(row, view) for row in rows),
        _tier_title(tier, view.language),
        _tier_words(tier, len(rows), view.language),
    )


def _dot(item: RankedMeasure, view: RankingView) -> DotRow:
    ends = item.interval
    return DotRow(
        label=view.name(item),
        value=item.shown,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        n=item.n,
        cannot_judge=None if view.is_vote else item.cannot_judge_share,
        rank=item.rank_interval,
    )


def _tier_title(tier: RankedTier, language: str) -> str:
    return translator(language).gettext("Tier %(tier)s") % {"tier": tier_name(tier.number)}


def _tier_words(tier: RankedTier, n_shown: int, language: str) -> str:
    return _shown_words(n_shown, len(tier.measures), language)


def _shown_words(n_shown: int, n_all: int, language: str) -> str:
    if n_shown == n_all:
        return ""
    words = translator(language).gettext("%(n)s of %(all)s shown")
    return words % {"n": format_integer(n_shown, language), "all": format_integer(n_all, language)}


def _tier_overlap(tier: RankedTier, n_shown: int, language: str) -> str:
    parts = (
        _tier_words(tier, n_shown, language),
        overlap_words(tier.overlap, tier.number + 1, language),
    )
    return ". ".join(part for part in parts if part)


def _figure_note(view: RankingView, n_shown: int, n_all: int) -> str:
    text, language = translator(view.language), view.language
    conventions = view.ranking.conventions
    words = {
        "level": format_percent(conventions.level or 0.9, language),
        "all": format_integer(len(view.ranking.order), language),
        "overlap": format_integer(100 * (conventions.threshold("overlap") or 0), language),
    }
    sentences = [
        text.gettext(
            "Point: estimate of the model. Bar: %(level)s interval. "
            "Rank: places that fit the answers at %(level)s, of %(all)s."
        ),
        *([text.gettext("Letter: the tier.")] if view.decisions else []),
        text.gettext(
            "Tiers: at most %(overlap)s of 100 comparisons with the next tier may be wrong; the "
            "order inside a tier means nothing."
        ),
        _n_words(view),
    ]
    if n_shown < n_all:
        words["shown"] = format_integer(n_shown, language)
        sentences.append(
            text.gettext("Shown are the first %(shown)s; all stand in the data of this evaluation.")
        )
    return " ".join(sentence % words for sentence in sentences)


def _n_words(view: RankingView) -> str:
    text = translator(view.language)
    if view.is_combined and view.counts_people:
        return text.gettext("n: people who rated on any criterion.")
    if view.is_combined:
        return text.gettext("n: ratings on all criteria; “cannot judge” is not in n.")
    if view.is_vote:
        return text.gettext("n: people who answered, passes included.")
    return text.gettext("n: people who rated; “cannot judge” is not in n.")


# --- table --------------------------------------------------------------------------------


def tier_table(view: RankingView) -> Table:
    """List the items of the tiers with all that says how sure their place is."""
    text = translator(view.language)
    tops = top_counts(view.ranking)[-N_TOPS:]
    columns = [
        *([Column(text.gettext("No."), "code")] if view.is_vote else []),
        Column(_item_title(view)),
        Column(text.gettext("Estimate"), "number", strong=True),
        Column(text.gettext("90% interval"), "number"),
        Column(text.gettext("Rank"), "number", decimals=0),
        *(Column(text.gettext("Top %(k)s") % {"k": k}, "percent", decimals=0) for k in tops),
        Column("n", "number", decimals=0),
        *([] if view.is_vote else [Column(text.gettext("Cannot judge"), "percent", decimals=0)]),
    ]
    rows: list[Row | RowGroup] = []
    for tier, items in first_rows(view.ranking, MAX_TABLE):
        title = _tier_title(tier, view.language)
        rows.append(RowGroup(title, _tier_overlap(tier, len(items), view.language)))
        rows += [_table_row(item, view, len(tops)) for item in items]
    note = text.gettext(
        "Top 3: probability of being among the first three, given the answers; so for the other "
        "numbers."
    )
    caption = view.named(text.gettext("Tiers, places and how sure they are"))
    return Table(tuple(columns), tuple(rows), caption, note, row_head=1 if view.is_vote else 0)


def _table_row(item: RankedMeasure, view: RankingView, n_tops: int) -> Row:
    ends, ranks = item.interval, item.rank_interval
    shares: list[float | None] = [share for _, share in item.top[-n_tops:]]
    return (
        *([str(item.measure)] if view.is_vote else []),
        view.subject.item(item.measure),
        item.shown,
        Interval(ends.low, ends.high) if ends else None,
        _ranking_places(ranks),
        *(shares or [None] * n_tops),
        item.n,
        *([] if view.is_vote else [item.cannot_judge_share]),
    )


def _ranking_places(ranks: tuple[int, int] | None) -> Cell:
    if ranks is None:
        return None
    return ranks[0] if ranks[0] == ranks[1] else Interval(*ranks)


def _item_title(view: RankingView) -> str:
    text = translator(view.language)
    return text.gettext("Statement") if view.is_vote else text.gettext("Measure")
