"""What an evaluation is about, in the words of its document's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from alpclusters.analysis.consensus import Description, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.analysis.opinion.persons import PersonStatus
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer, format_percent

VOTE_SCALE: Final = (-1.0, 0.0, 1.0)
MAX_NAME: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSubject:
    """Names, marks and sources; everything that is no number.

    Attributes
    ----------
    name : str
        What was rated: the AlpCafé and its round, or the topic of a vote.
    date : date
        Of the snapshot, or of the last answer.
    item_names : mapping
        Words of each item; its id where there are none.
    item_word : {'measure', 'statement'}
    hidden : frozenset
        Items that are left out of results: rejected statements, and those of ``person``.
    person : mapping
        Per item that is about the person who votes and no opinion, who says so.
    criterion_names : mapping of str to str
        Words of each criterion; its key where there are none.
    answers : mapping of str to tuple of str
        Per criterion the anchor words of the scale, lowest first.
    scales : mapping of str to Scale
        Per criterion, where it is more than the points that occur.
    split_names : mapping of str to str
    group_names : mapping of (split, group) to str
    sources : tuple of str
        Sentences on where the data come from.
    remarks : tuple of str
        Sentences on what the reader decided or left aside.
    licence, foot_note, publisher, project, version, snapshot, digest : str
        As in `blocks.Document`.
    simulated : bool
        Whether people and ratings are made up.
    best_k : int or None
        As in `Evaluation`: where some measures were asked of more people no means lead.
    item_language : str or None
        Language of the items' words where it is not the document's.
    """

    name: str
    date: date
    item_names: Mapping[Id, str] = field(default_factory=dict)
    item_word: Literal["measure", "statement"] = "measure"
    hidden: frozenset[Id] = frozenset()
    person: Mapping[Id, PersonStatus] = field(default_factory=dict)
    criterion_names: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    split_names: Mapping[str, str] = field(default_factory=dict)
    group_names: Mapping[tuple[str, Id | None], str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    licence: str = ""
    foot_note: str = ""
    publisher: str = ""
    project: str = ""
    version: str = "1.0"
    snapshot: str = ""
    digest: str = ""
    simulated: bool = False
    best_k: int | None = None
    item_language: str | None = None

    @property
    def why_hidden(self) -> dict[Id, str]:
        """Return per hidden item why it is in no result, as a stable code."""
        return {item: "about_person" if item in self.person else "rejected" for item in self.hidden}

    def item(self, measure: Id) -> str:
        """Return the words of an item."""
        return self.item_names.get(measure) or str(measure)


@dataclass(frozen=True, slots=True)
class Rated:
    """One item with figures that may be shown."""

    id: Id
    name: str
    summary: Summary
    described: MeasureDescription

    @property
    def share_low(self) -> float:
        """Lower end of the agreeing share: the order people see, which few votes cannot lead."""
        interval = self.summary.agree_interval
        return interval.low if interval else 0.0


def rated_items(description: Description, subject: EvaluationSubject) -> list[Rated]:
    """Return the items that belong into results and have figures, in their own order."""
    return [
        Rated(item.measure, subject.item(item.measure), item.summary, item)
        for item in description.measures
        if item.measure not in subject.hidden and item.summary and item.summary.n
    ]


def listed_items(description: Description, subject: EvaluationSubject) -> list[MeasureDescription]:
    """Return all items that belong into results, those without figures too."""
    return [item for item in description.measures if item.measure not in subject.hidden]


def is_vote(description: Description) -> bool:
    """Tell whether people voted agree, pass or disagree."""
    return description.conventions.scale == VOTE_SCALE


def by_agreement(items: list[Rated]) -> list[Rated]:
    """Sort by the lower end of the agreeing share; ties by id."""
    return sorted(items, key=lambda item: (-item.share_low, str(item.id)))


def by_division(items: list[Rated], *, least_n: int) -> list[Rated]:
    """Sort by least consensus first; items with fewer answers than ``least_n`` are left out."""
    enough = [item for item in items if item.summary.n >= least_n]
    return sorted(enough, key=lambda item: (item.summary.consensus or 0.0, str(item.id)))


def by_mean(items: list[Rated]) -> list[Rated]:
    """Sort by mean, highest first; ties by id."""
    return sorted(items, key=lambda item: (-(item.summary.mean or 0.0), str(item.id)))


def in_order(items: list[Rated], order: Sequence[Id], *, is_vote: bool) -> list[Rated]:
    """Sort in the one order of lists and charts; items that are not in it by what they got."""
    place = {item: at for at, item in enumerate(order)}
    known = by_agreement(items) if is_vote else by_mean(items)
    return sorted(known, key=lambda item: place.get(item.id, len(place)))


def named(caption: str, name: str, language: str) -> str:
    """Set the name of a criterion before a caption.

    Examples
    --------
    >>> named("Agreement", "Effect", "en"), named("Agreement", "", "en")
    ('Effect: Agreement', 'Agreement')
    """
    if not name:
        return caption
    words = translator(language).gettext("%(name)s: %(caption)s")
    return words % {"name": name, "caption": caption}


def short(name: str, limit: int = MAX_NAME) -> str:
    """Cut a long statement at a word.

    Examples
    --------
    >>> short("one two three", limit=8)
    'one two…'
    """
    line = " ".join(name.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


# --- How many could not judge, of all answers, in words; nothing where a measure is withheld ------
#
# Few judge what most cannot, so such a measure is withheld. A share over the others is too low,
# one over all would give it away: then there is none, and the reader is told why.


type Counted = tuple[int, int]
"""Answers "cannot judge", and all answers."""


def cannot_judge_in(descriptions: Iterable[Description]) -> Counted | None:
    """Count the answers over several criteria; None where a measure is withheld."""
    items = [item for found in descriptions for item in found.measures]
    if any(item.state == "withheld" for item in items):
        return None
    shown = [item.summary for item in items if item.summary is not None]
    cannot = sum(summary.cannot_judge for summary in shown)
    return cannot, cannot + sum(summary.n for summary in shown)


def cannot_judge_words(counted: Counted | None, language: str) -> tuple[str, str]:
    """Return the share and its base in words; why there is none, where a measure is withheld."""
    text = translator(language)
    if counted is None:
        why = text.gettext("withheld: measures that few could judge are protected")
        return "–", why
    cannot, answered = counted
    if not answered:
        return "–", text.gettext("nobody answered")
    words = text.ngettext("%(k)s of %(n)s answer", "%(k)s of %(n)s answers", answered)
    counts = {"k": format_integer(cannot, language), "n": format_integer(answered, language)}
    return format_percent(cannot / answered, language), words % counts


# --- Why an evaluation shows no mean, and what rests on it then: for events of few people ---------


def why_no_mean(evaluation: Evaluation, language: str) -> str:
    """Say why a measure shows no mean, by how many people rated."""
    text = translator(language)
    if evaluation.n_people is None:
        return text.gettext("Fewer than five people rated; their answers are not shown.")
    if 0 < evaluation.n_people < SMALLEST_GROUP:
        return text.gettext(
            "With fewer than ten people, a mean with its uncertainty would tell what single people "
            "answered. So only three bands of each measure are shown: 1–2, 3 and 4–5."
        )
    return text.gettext(
        "Nearly everybody answered alike, or few judged: a mean would tell what single people "
        "answered."
    )


# --- Why a figure is missing or weak: reason codes of the methods as sentences --------------------


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
