"""Why a figure is missing or weak: reason codes of the methods as sentences."""

from collections.abc import Iterable
from typing import Final, Literal

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

Part = Literal["ranking", "agreement", "opinion", "second_round", "denominators"]

# Of any part; told elsewhere and so without a sentence here: scale_assumed, small values of n.
_COMMON: Final = {
    "no_ratings": _("Nobody gave an answer that can be used."),
    "no_variation": _("All answers are alike."),
    "small_group": _("Fewer than five people answered; the figures are withheld."),
    "too_large": _("There are too many people and items to compute this in one go."),
}
_RANKING: Final = {
    "one_rater": _("Only one person rated, so strictness and chance cannot be told apart."),
    "too_few": _("There are too few items or answers for a ranking."),
    "no_variation": _("All answers are alike, so there is no order."),
    "not_connected": _(
        "Some items share no people with the others; tiers hold only where items are connected."
    ),
    "not_estimable": _("The numbers are too large to compute with."),
    "criterion_undefined": _("One of the criteria has no ranking."),
    "too_large": _(
        "There are too many items for one joint ranking; each item is described on its own."
    ),
    "perfect_fit": _("The answers leave nothing to chance; the intervals are lower limits."),
    "not_converged": _("The computation did not settle; read the intervals with care."),
    "criterion_missing": _(
        "Items without a rating on one of the criteria are not in the overall order."
    ),
    "measure_variance_zero": _("The answers do not tell the items apart; all are in one tier."),
    "rater_variance_zero": _("No difference in strictness between people was found."),
    "ties_by_id": _("Equal estimates are ordered by name or number."),
    "greedy_tiers": _(
        "With this many items the tiers were cut one after the other; more may be possible."
    ),
    "clumps": _("The items lie in clumps; places and tiers allow for that."),
    "variances_of_some_raters": _(
        "With this many people the spread was taken from some of them, drawn by lot; all else is "
        "from everybody."
    ),
    "criteria_independent": _("The criteria are taken as independent of each other."),
    "equal_criteria_weights": _("All criteria have the same weight, because none was stated."),
}
_AGREEMENT: Final = {
    "incomplete_rankings": _(
        "Kendall’s W is left out: it needs people who all answered every item."
    ),
    "too_few_for_rankings": _(
        "Kendall’s W is left out: it needs at least two people and two items."
    ),
    "all_tied": _("Everybody gave all items the same value; there is no order to agree on."),
    "no_pairs": _("No item has two answers, so agreement between people is undefined."),
    "few_units": _("There are fewer than ten items, so the interval of alpha is rough."),
    "interval_no_width": _("The interval of alpha has no width; it says nothing about chance."),
    "few_resamples_defined": _("Alpha is defined in few resamples; its interval is rough."),
}
_OPINION: Final = {
    "nobody_placed": _("Nobody answered enough items to be placed."),
    "fewer_than_40": _("Fewer than 40 people answered enough items, so no groups were looked for."),
    "fewer": _(
        "To ask whether there are camps takes 40 people and eight items that are not answered "
        "alike by all."
    ),
    "declared_too_small": _("No declared group has five people."),
    "found_too_small": _("A group that was found has fewer than ten people, so none is shown."),
    "no_groups": _("No division has at least five people in every group."),
    "thresholds_missing": _(
        "For this scale it must be stated from where on a rating counts as agreement."
    ),
    "no_supported_statement": _("No item has five answers in every group."),
}
_SECOND_ROUND: Final = {
    "no_pairs": _("Nobody rated an item in both rounds, so there is no change to tell."),
    "small_group": _(
        "Too few people rated an item in both rounds, or in one of them only; nothing is shown."
    ),
    "few_again": _(
        "Fewer than ten people rated a second time. Their second answers count nowhere: beside "
        "earlier figures they would show who changed what."
    ),
    "too_few_changes": _(
        "With fewer than six changes of an item chance cannot be tested; its p is empty."
    ),
    "interval_no_width": _(
        "Where everybody changed alike there is no interval: it would claim certainty."
    ),
    "few_rated_once": _(
        "Where one to four people rated an item in one round only, agreement is withheld: it "
        "would tell their answers."
    ),
    "few_unpaired": _(
        "Where one to four people rated an item in one round only, do not publish figures of "
        "everybody in the first round beside these: the difference would be those few."
    ),
    "all_alike": _(
        "Where all of fewer than ten people gave the same answer in a round, the figures of the "
        "rounds are withheld and only the change is shown."
    ),
    "leavers_differ": _(
        "For some items, those who did not rate again had rated differently in the first round."
    ),
}
_DENOMINATORS: Final = {
    "one_country": _("All regions that can be shown (at least five people) lie in one country."),
    "one_region": _("All people come from one region."),
    "too_few_in_regions": _(
        "Fewer than two regions can be shown: each needs five people, and no small region may "
        "follow from the others."
    ),
    "too_few": _("There are too few items or answers for values by region."),
    "rule_cannot_be_met": _("The rule asks for more regions or countries than there are."),
    "threshold_unknown": _("The threshold of 3.5 is meant for a scale from 1 to 5 only."),
    "countries_unknown": _(
        "The country of a region is not known: it is told by a code such as AT33 or by a column "
        "“country” with one country for each region."
    ),
}
_SENTENCES: Final[dict[Part, dict[str, str]]] = {
    "ranking": _COMMON | _RANKING,
    "agreement": _COMMON | _AGREEMENT,
    "opinion": _COMMON | _OPINION,
    "second_round": _COMMON | _SECOND_ROUND,
    "denominators": _COMMON | _DENOMINATORS,
}


def reason_sentences(part: Part, reasons: Iterable[str], language: str) -> list[str]:
    """Return one sentence per reason that is not told elsewhere.

    Examples
    --------
    >>> reason_sentences("opinion", ["fewer_than_40", "scale_assumed"], "en")
    ['Fewer than 40 people answered enough items, so no groups were looked for.']
    """
    text = translator(language)
    known = _SENTENCES[part]
    return [text.gettext(known[code]) for code in dict.fromkeys(reasons) if code in known]
