"""How tiers, agreement and opinion groups came about: their conventions as sentences."""

from collections import Counter
from typing import Final

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.ranking import Ranking
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_agreement import complete_words
from alpclusters.reports.evaluation_results import CommonGround, EvaluationResults, JointOpinion
from alpclusters.reports.evaluation_subject import named
from alpclusters.reports.numbers import format_integer, format_number, format_percent

FIRST_MODEL: Final = "normal_plug_in"  # of the intervals in evaluations stored earlier
CUTS: Final = ("agree_from", "disagree_to")
VOTE_CUTS: Final = (1.0, -1.0)


def result_sentences(results: EvaluationResults, language: str) -> list[str]:
    """Return one sentence per convention; all criteria share them."""
    found = list(results.by_criterion.values())
    rankings = [one.ranking for one in found if one.ranking and one.ranking.tiers]
    opinions = [one.opinion for one in found if one.opinion]
    return [
        *(_ranking(rankings[0], language) if rankings else []),
        *_reliability(results, language),
        *_left_out(results, language),
        _agreement(found[0].agreement.conventions, language),
        complete_words(found[0].agreement, language),
        *(_opinion(opinions[0].groups.conventions, language) if opinions else []),
        *(_joint(results.joint_opinion, language) if results.joint_opinion else []),
        *_common([one.common_ground for one in found if one.common_ground], language),
    ]


def _ranking(ranking: Ranking, language: str) -> list[str]:
    text, conventions = translator(language), ranking.conventions
    words = {
        "level": format_percent(conventions.level or 0.9, language),
        "draws": format_integer(conventions.draws or 0, language),
        "seed": str(conventions.seed),
        "overlap": format_percent(conventions.threshold("overlap") or 0.0, language),
    }
    return [
        *(sentence % words for sentence in _model(conventions, language)),
        text.gettext(
            "Places and top shares: %(draws)s simulated orders, seed %(seed)s. Tiers: as many as "
            "possible, with at most %(overlap)s wrong comparisons between neighbours."
        )
        % words,
    ]


def _model(conventions: Conventions, language: str) -> list[str]:
    """Say which model made the estimates; what was stored earlier keeps its own."""
    text = translator(language)
    if dict(conventions.intervals).get("estimate") == FIRST_MODEL:
        return [
            text.gettext(
                "Estimates: effects of items and people on incomplete answers, fitted together "
                "(REML, Henderson’s equations). Answers count as numbers with equal steps; what "
                "few have answered is drawn towards the mean. The %(level)s intervals take the "
                "spread as known and are slightly narrow."
            ),
            text.gettext(
                "These figures come from the earlier model, with one spread for all items: "
                "intervals are too wide for items on which people agree and too narrow for those "
                "that divide them."
            ),
        ]
    return [
        text.gettext(
            "Estimates: effects of items and people on incomplete answers, fitted together (REML, "
            "Henderson’s equations). Answers count as numbers with equal steps; what few have "
            "answered is drawn towards the mean."
        ),
        text.gettext(
            "Every item has its own spread, so what divides people has a wider %(level)s "
            "interval. Intervals allow for answers that go together and end inside the scale."
        ),
    ]


def _reliability(results: EvaluationResults, language: str) -> list[str]:
    """Say how much of what parts the items is not chance, for each criterion."""
    text = translator(language)
    values, form = [], ""
    for criterion, found in results.by_criterion.items():
        ranking = found.ranking
        if ranking is None or not ranking.tiers or ranking.reliability is None:
            continue
        value = text.gettext("%(value)s (items: %(items)s, people: %(people)s)") % {
            "value": format_number(ranking.reliability, language, 2),
            "items": format_integer(len(ranking.order), language),
            "people": format_integer(ranking.n_raters, language),
        }
        # Answers of an evaluation that was published belong to nobody any more.
        form = "ICC(C,k)" if ranking.variances else "ICC(1,k)"
        values.append(named(value, criterion if len(results.by_criterion) > 1 else "", language))
    if not values:
        return []
    sentence = text.gettext(
        "Reliability of the estimates: %(values)s. This share of the differences between the items "
        "is not chance in the answers: an intraclass correlation of means, %(form)s, "
        "from 0 to 1. It says neither that people agree nor that others would answer alike."
    )
    return [sentence % {"values": "; ".join(values), "form": form}]


def _left_out(results: EvaluationResults, language: str) -> list[str]:
    text = translator(language)
    reasons = Counter(
        reason for one in results.left_out.values() for reason in one.values()
    )  # per criterion
    n = reasons["small_group"]
    if not n:
        return []
    sentence = text.ngettext(
        "%(n)s item with fewer than five people is not ranked.",
        "%(n)s items with fewer than five people are not ranked.",
        n,
    )
    return [sentence % {"n": format_integer(n, language)}]


def _agreement(conventions: Conventions, language: str) -> str:
    sentence = translator(language).gettext(
        "Agreement: Krippendorff’s alpha with an interval from %(draws)s resamples of the items, "
        "seed %(seed)s; Kendall’s W with correction for ties where everybody answered everything."
    )
    draws = format_integer(conventions.draws or 0, language)
    return sentence % {"draws": draws, "seed": str(conventions.seed)}


def _joint(opinion: JointOpinion, language: str) -> list[str]:
    conventions = opinion.found.conventions
    return _opinion(conventions, language) if conventions else []


def _common(grounds: list[CommonGround], language: str) -> list[str]:
    """Say how the probabilities of common denominators came about."""
    found = next((one.found for one in grounds if one.found), None)
    if found is None or found.conventions.draws is None:
        return []
    sentence = translator(language).gettext(
        "Common denominators: %(draws)s joint draws of the values by region from the model of the "
        "ranking; regions share what is uncertain about an item."
    )
    return [sentence % {"draws": format_integer(found.conventions.draws, language)}]


def _opinion(conventions: Conventions, language: str) -> list[str]:
    text = translator(language)
    words = {
        "least": format_integer(conventions.threshold("min_votes") or 0, language),
        "k": format_integer(conventions.threshold("k_max") or 0, language),
        "draws": format_integer(conventions.draws or 0, language),
        "seed": str(conventions.seed),
    }
    sentences = [
        text.gettext(
            "Opinion groups: people with at least %(least)s answers (or all, if there are fewer "
            "items), two principal components, k-means for 2 to %(k)s groups, best silhouette; "
            "repeated on %(draws)s draws of people, seed %(seed)s. Missing answers are the mean "
            "of the item. Who is in which group is not written out."
        )
        % words,
        text.gettext(
            "Group-informed consensus and what tells groups apart: as in Polis (Small et al. "
            "2021). Only items with five answers in every group are listed."
        ),
    ]
    cuts = dict(conventions.thresholds)
    if "agree_from" in cuts and (cuts["agree_from"], cuts["disagree_to"]) != VOTE_CUTS:
        sentence = text.gettext(
            "For the groups, ratings from %(agree)s on count as agreement, up to %(disagree)s as "
            "disagreement, between them as a pass."
        )
        agree, disagree = (format_number(cuts[name], language) for name in CUTS)
        sentences.append(sentence % {"agree": agree, "disagree": disagree})
    return sentences
