"""How the numbers came about: the conventions of a result as sentences."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.ranking import Ranking
from alpclusters.analysis.scales import (
    Scale,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation.ratings import complete_words
from alpclusters.reports.evaluation.results import CommonGround, EvaluationResults, JointOpinion
from alpclusters.reports.evaluation_subject import is_vote, named
from alpclusters.reports.numbers import format_integer, format_number, format_percent


def method_sentences(
    descriptions: Sequence[Description], scales: Sequence[Scale | None], language: str
) -> list[str]:
    """Return one sentence per convention, in reading order; all criteria share them.

    Parameters
    ----------
    descriptions : sequence of Description
        One for each criterion.
    scales : sequence of Scale or None
        Beside them; None where a file names none.
    language : str
    """
    description = descriptions[0]
    return [
        counting_sentence(descriptions, language),
        _missing(description, language),
        _scales(descriptions, scales, language),
        *_intervals(description, language),
        _spread(description, language),
        _small_groups(description, language),
        limits_sentence(language),
    ]


def asking_sentences(best_k: int | None, language: str) -> list[str]:
    """Say in which order the measures were asked; nothing where that is not known."""
    if best_k is None:
        return []
    text = translator(language)
    if not best_k:
        return [
            text.gettext(
                "Phones asked first about the measures shown least so far; each person kept the "
                "order."
            )
        ]
    return [
        text.ngettext(
            "The best measure was looked for: measures in doubt were asked of more people. The "
            "estimates of the model stay valid; plain means do not compare the measures.",
            "The best %(n)s measures were looked for: measures in doubt were asked of more people. "
            "The estimates of the model stay valid; plain means do not compare the measures.",
            best_k,
        )
        % {"n": format_integer(best_k, language)}
    ]


def unranked_title(language: str) -> str:
    """Say what stands in place of leading means where those in doubt were asked more."""
    return translator(language).gettext("These ratings do not rank the measures yet")


def unranked_lead(language: str) -> str:
    """Say why no mean leads."""
    return translator(language).gettext(
        "Measures in doubt were asked of more people, so plain means do not compare them."
    )


def counting_sentence(descriptions: Sequence[Description], language: str) -> str:
    """Say how many people gave how many answers, and which of them count."""
    text = translator(language)
    return text.gettext(
        "%(people)s people gave %(cast)s answers, of which %(standing)s stand: the latest of "
        "each person on each item counts; at the same time, the later line."
    ) % {
        "people": format_integer(max(one.n_raters for one in descriptions), language),
        "cast": format_integer(sum(one.cast for one in descriptions), language),
        "standing": format_integer(sum(one.standing for one in descriptions), language),
    }


def _missing(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext(
            "A pass is an answer and counts in n. Statements a person did not see are missing."
        )
    return text.gettext(
        "“Cannot judge” is an answer of its own: it is counted and shown, and enters no mean, "
        "median or interval. That those who cannot judge would rate like the others is an "
        "assumption."
    )


def _scales(
    descriptions: Sequence[Description], scales: Sequence[Scale | None], language: str
) -> str:
    """Say on which scale the answers were given; where criteria differ, the scale of each."""
    text = translator(language)
    points = [one.conventions.scale for one in descriptions]
    shares = [one is not None and one.is_share for one in scales]
    if all(shares):
        return text.gettext("Yes or no: a mean is the share of yes.")
    if len(set(points)) == 1 or is_vote(descriptions[0]) or not all(points):
        return _scale(descriptions[0], language)
    each = [
        text.gettext("yes or no (a mean is the share of yes)")
        if is_share
        else text.gettext("%(low)s to %(high)s")
        % {"low": format_number(one[0], language), "high": format_number(one[-1], language)}
        for one, is_share in zip(points, shares, strict=True)
    ]
    sentence = text.gettext("Scales of the criteria, in their order: %(scales)s.")
    return sentence % {"scales": "; ".join(each)}


def _scale(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext("Scale: disagree, pass, agree.")
    points = description.conventions.scale
    if not points:
        return text.gettext("The scale is unknown because nobody rated.")
    ends = {
        "low": format_number(points[0], language),
        "high": format_number(points[-1], language),
    }
    if "scale_assumed" in description.reasons:
        sentence = text.gettext(
            "Scale %(low)s to %(high)s: assumed from the smallest and the greatest value seen."
        )
        return sentence % ends
    return text.gettext("Scale %(low)s to %(high)s.") % ends


def _intervals(description: Description, language: str) -> list[str]:
    text = translator(language)
    level = {"level": format_percent(description.conventions.level or 0.9, language)}
    share = dict(description.conventions.intervals).get("agree_share")
    named = (
        text.gettext("Intervals: %(level)s, two-sided. Shares: Jeffreys.")
        if share == "jeffreys"
        else text.gettext("Intervals: %(level)s, two-sided. Shares: Wilson.")
    )
    if is_vote(description):
        return [named % level]
    other = text.gettext(
        "Means: Student’s t with n\u00a0−\u00a01 degrees of freedom, kept on the scale. Medians: "
        "exact, from the order of the ratings."
    )
    return [named % level, other]


def _spread(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext("Consensus after Tastle and Wierman (2007).")
    return text.gettext(
        "Quartiles by linear interpolation (type 7), standard deviation with n\u00a0−\u00a01, "
        "consensus after Tastle and Wierman (2007)."
    )


def _small_groups(description: Description, language: str) -> str:
    text = translator(language)
    least = int(description.conventions.threshold("k_anonymity") or 1)
    if least <= 1:
        return text.gettext("Nothing is withheld, however small a group is.")
    return text.gettext(
        "Groups and items with fewer than %(n)s people are withheld, and with them further "
        "groups from which they could be worked out."
    ) % {"n": format_integer(least, language)}


def limits_sentence(language: str) -> str:
    """Say what no interval covers."""
    return translator(language).gettext(
        "The intervals describe chance among people like those who answered. They do not cover "
        "who took part and who did not."
    )


# --- How tiers, agreement and opinion groups came about: their conventions as sentences -----------


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
