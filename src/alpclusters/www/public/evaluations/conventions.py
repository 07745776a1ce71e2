"""How tiers, agreement and opinion groups of a snapshot came about, one sentence each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from alpclusters.analysis.conventions import Conventions
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.reports.numbers import format_integer, format_percent


def method_conventions(evaluation: Evaluation, language: str) -> list[str]:
    """Return the sentences in reading order; all criteria share them."""
    first = next(iter(evaluation.criteria), None)
    if first is None or first.ranking is None or first.agreement is None:
        return []
    found = evaluation.opinion
    return [
        *(_ranking(first.ranking.conventions, language) if first.ranking.is_usable else ()),
        _agreement(first.agreement.conventions, language),
        *(_opinion(found.conventions, language) if found and found.conventions else ()),
    ]


def _ranking(conventions: Conventions, language: str) -> Iterator[str]:
    words = {
        "level": format_percent(conventions.level or 0.9, language),
        "draws": format_integer(conventions.draws or 0, language),
        "seed": str(conventions.seed),
        "overlap": format_percent(conventions.threshold("overlap") or 0.0, language),
    }
    yield (
        _(
            "Estimates: effects of items and people on incomplete answers, fitted together (REML, "
            "Henderson’s equations). Answers count as numbers with equal steps; what few have "
            "answered is drawn towards the mean. The %(level)s intervals take the spread as known "
            "and are slightly narrow."
        )
        % words
    )
    yield (
        _(
            "Places and top shares: %(draws)s simulated orders, seed %(seed)s. Tiers: as many as "
            "possible, with at most %(overlap)s wrong comparisons between neighbours."
        )
        % words
    )
    yield _(
        "Withheld measures enter no estimate. People of a region that is withheld anywhere count "
        "without their region; values by region are of the model where no region is withheld, "
        "else means."
    )


def _agreement(conventions: Conventions, language: str) -> str:
    return _(
        "Agreement: Krippendorff’s alpha with an interval from %(draws)s resamples of the items, "
        "seed %(seed)s; Kendall’s W with correction for ties where everybody answered everything."
    ) % {"draws": format_integer(conventions.draws or 0, language), "seed": str(conventions.seed)}


def _opinion(conventions: Conventions, language: str) -> Iterator[str]:
    yield _(
        "Opinion groups: people with at least %(least)s answers (or all, if there are fewer "
        "items), two principal components, k-means for 2 to %(k)s groups, best silhouette; "
        "repeated on %(draws)s draws of people, seed %(seed)s. Missing answers are the mean "
        "of the item. Who is in which group is not written out."
    ) % {
        "least": format_integer(conventions.threshold("min_votes") or 0, language),
        "k": format_integer(conventions.threshold("k_max") or 0, language),
        "draws": format_integer(conventions.draws or 0, language),
        "seed": str(conventions.seed),
    }
