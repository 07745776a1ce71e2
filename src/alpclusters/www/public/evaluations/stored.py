"""A stored evaluation and a stored ranking as the builders of `reports` take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.ranking import RankedMeasure
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation, word
from alpclusters.platform.evaluation.domain.science import CombinedResult, RankingResult
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.reports.charts.parts import Axis, Tick, criterion_axis
from alpclusters.reports.evaluation.ranking import (
    RankingView,
    answer_title,
    ranked_by_answer,
    why_this_tier,
)
from alpclusters.reports.evaluation.results import tier_name
from alpclusters.reports.evaluation_subject import EvaluationSubject, reason_sentences
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_integer,
    format_interval,
    format_number,
    format_percent,
)
from alpclusters.reports.stored_results import ranking_of, subject_in
from alpclusters.www.components.parts import Column, Table

# --- A stored evaluation as the builders of `reports` take it: figures by criterion, and names


_SHORTEST_NAME = 8


def descriptions_of(evaluation: Evaluation) -> dict[str, Description]:
    """Return the figures by key of criterion."""
    return {result.key: result.description for result in evaluation.criteria}


def subject_of(snapshot: Snapshot, evaluation: Evaluation, language: str) -> EvaluationSubject:
    """Return names and marks in one language."""
    return replace(
        subject_in(evaluation, language),
        date=snapshot.made_at.date(),
        sources=(_source(snapshot, evaluation, language),),
        publisher=str(snapshot.cafe.project),
        project=short_name(snapshot.cafe.project.slug),
        version=str(snapshot.number),
        snapshot=str(snapshot.number),
        digest=snapshot.digest,
    )


def short_name(slug: str) -> str:
    """Return the name of a project as file names have it."""
    return slug if len(slug) <= _SHORTEST_NAME else slug.split("-", maxsplit=1)[0]


def _source(snapshot: Snapshot, evaluation: Evaluation, language: str) -> str:
    return _("Ratings of the AlpCafé “%(cafe)s”, snapshot %(number)s.") % {
        "cafe": word(evaluation.title, language),
        "number": snapshot.number,
    }


# --- A stored ranking as the builders of `reports` take it: tiers, figures, reasons in words ------


_TOP = 3


@dataclass(frozen=True)
class WhyItem:
    """A measure and why it is in its tier."""

    name: str
    text: str


@dataclass(frozen=True)
class WhyTier:
    """An answer, or a tier, with the reasons for the tiers of its measures."""

    title: str
    items: Sequence[WhyItem]


def criterion_view(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> RankingView | None:
    """Return the ranking on a criterion; None without tiers."""
    if result.ranking is None or not result.ranking.is_usable:
        return None
    axis = criterion_axis(result.scale, subject.answers[result.key], language)
    return RankingView(
        ranking_of(result.ranking), subject, axis, language, decisions=result.decisions
    )


def combined_view(
    combined: CombinedResult | None, subject: EvaluationSubject, language: str
) -> RankingView | None:
    """Return the ranking over all criteria; None without tiers."""
    if combined is None or not combined.ranking.is_usable:
        return None
    ticks = [(0.0, _("lowest")), (0.5, ""), (1.0, _("highest"))]
    axis = Axis(0, 1, tuple(Tick(at, format_number(at, language), word) for at, word in ticks))
    return RankingView(
        ranking_of(combined.ranking),
        subject,
        axis,
        language,
        is_combined=True,
        counts_people=True,
    )


def why_tiers(view: RankingView) -> list[WhyTier]:
    """Explain the tier of each measure by its figures, in the order of every list."""
    return [
        WhyTier(
            title,
            [
                WhyItem(
                    view.subject.item(item.measure),
                    " ".join(why_this_tier(item, view.ranking, view.language)),
                )
                for item in items
            ],
        )
        for title, items in _grouped(view)
    ]


def _grouped(view: RankingView) -> list[tuple[str, list[RankedMeasure]]]:
    """Group the measures by answer, where none was decided by tier."""
    if view.decisions is not None:
        return [(answer_title(view, one), items) for one, items in ranked_by_answer(view)]
    by_id = {item.measure: item for item in view.ranking.measures}
    return [
        (_tier_title(tier.number), [by_id[measure] for measure in tier.measures])
        for tier in view.ranking.tiers
    ]


def doubts(result: RankingResult | None, language: str) -> list[str]:
    """Say in words what limits a ranking, or why there is none."""
    return [] if result is None else reason_sentences("ranking", result.reasons, language)


def ranking_table(view: RankingView, caption: str) -> Table:
    """Return all figures of a ranking, with the tier of each measure."""
    columns = [
        Column(_("Measure")),
        Column(_("Tier")),
        Column(_("Estimate"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column(_("Rank interval"), is_number=True),
        Column(_("Top %(k)s") % {"k": 1}, is_number=True),
        Column(_("Top %(k)s") % {"k": _TOP}, is_number=True),
        Column("n", is_number=True),
        Column(_("Cannot judge"), is_number=True),
    ]
    rows = [_row(item, view) for _title, items in _grouped(view) for item in items]
    return Table(caption, columns, rows)


def weights_sentence(combined: CombinedResult, names: Mapping[str, str], language: str) -> str:
    """State the weights of the criteria."""
    parts = [f"{names[key]} {format_percent(weight, language)}" for key, weight in combined.weights]
    return _(
        "Stated weights: %(weights)s. Each criterion is rescaled from its scale to 0 to 1."
    ) % {"weights": ", ".join(parts)}


def sensitivity_table(
    combined: CombinedResult, subject: EvaluationSubject, language: str
) -> Table | None:
    """Show how often each measure leads under all weights, and which weights favour it."""
    if not combined.sensitivity:
        return None
    lines = sorted(combined.sensitivity, key=lambda line: (-line.ranks[0], str(line.measure)))
    columns = [
        Column(_("Measure")),
        Column(_("First under all weights"), is_number=True),
        Column(_("Among the first three"), is_number=True),
        *(
            Column(
                _("Weight with which it leads: %(name)s") % {"name": subject.criterion_names[key]},
                is_number=True,
            )
            for key, _weight in combined.weights
        ),
    ]
    rows = [
        [
            subject.item(line.measure),
            format_percent(line.ranks[0], language),
            format_percent(min(1.0, sum(line.ranks[:_TOP])), language),
            *(
                format_percent(share, language) if share is not None else "–"
                for share in line.central or [None] * len(combined.weights)
            ),
        ]
        for line in lines
    ]
    return Table(_("What other weights would change"), columns, rows)


def _tier_title(number: int) -> str:
    return _("Tier %(tier)s") % {"tier": tier_name(number)}


def _row(item: RankedMeasure, view: RankingView) -> list[str]:
    language = view.language
    ends, ranks = item.interval, item.rank_interval
    return [
        view.subject.item(item.measure),
        tier_name(item.tier or 0),
        format_figure(item.shown or 0.0, view.axis, language, 2),
        format_figures(ends.low, ends.high, view.axis, language, 2) if ends else "–",
        format_interval(*ranks, language, 0) if ranks else "–",
        *(_percent(item.top_probability(k), language) for k in (1, _TOP)),
        format_integer(item.n, language),
        _percent(item.cannot_judge_share, language),
    ]


def _percent(share: float | None, language: str) -> str:
    return "–" if share is None else format_percent(share, language)
