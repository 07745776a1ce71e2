"""What a snapshot holds, as frozen records; `storage` turns them into JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.consensus import Description, MeasureDescription, Summary
from alpclusters.analysis.decisions import Decisions
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult
from alpclusters.platform.evaluation.domain.science import (
    AgreementResult,
    Arrivals,
    CombinedResult,
    CommonResult,
    RankingResult,
    RegionalResult,
    SecondRoundResult,
    TopThreeResult,
)
from alpclusters.platform.evaluation.domain.weighting_results import Weighting
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE

FORMAT: Final = 4
READABLE: Final = (1, 2, 3, 4)
"""1 has counts and means only, 2 one round, 3 figures of one round; what they lack is None. Up to 3
groups had five people, were never audited together, and figures of linked people nine decimals."""
type Words = Mapping[str, str]
"""One text in the five languages."""

REGION: Final = "region"
ROLE: Final = "role"
SPLITS: Final = (REGION, ROLE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is shown in a coarser way; `reports` words it.

    Attributes
    ----------
    code : str
        ``merged``, ``crossed``, ``dropped``, ``alike``, ``late`` or ``passed``.
    split : str
        Of the groups it is about, else empty.
    n : int or None
        ``merged``: roles or regions with people; ``crossed``: groups; ``passed``: answers.
    n_small : int or None
        ``merged``: those of them with fewer than ten people.
    groups : tuple of (str, int)
        ``merged``: key and people of each group.
    largest : Words
        ``dropped``: name of the region or role outside of which fewer than ten people are; empty
        where that is not the reason.
    criterion, measure : int or None
        ``alike``: the question that nearly all answered alike.
    """

    code: str
    split: str = ""
    n: int | None = None
    n_small: int | None = None
    groups: tuple[tuple[str, int], ...] = ()
    largest: Words = field(default_factory=dict)
    criterion: int | None = None
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What was changed so that nobody is given away, and how many answers the audit passed."""

    reasons: tuple[Reason, ...]
    n_answers: int


def word(words: Words, language: str) -> str:
    """Return a text in a language, in English where it is missing."""
    return words.get(language) or words.get(DEFAULT_LANGUAGE) or next(iter(words.values()), "")


def step_word(scale: Scale, step: float, language: str) -> str:
    """Return the words of a step; its number where it has none."""
    return word(scale.label(int(step)), language) or str(int(step))


@dataclass(frozen=True, slots=True)
class Item:
    """A measure as it lay on the table."""

    pk: int
    key: str
    names: Words


@dataclass(frozen=True, slots=True)
class PersonItem:
    """A measure that says what somebody is, has or did, and is therefore no opinion.

    ``status`` is ``marked`` by the organiser, or ``proposed`` by its wording and not yet decided.
    """

    item: Item
    status: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a split; an empty key holds the people who did not say."""

    key: str
    names: Words


@dataclass(frozen=True, slots=True)
class Again:
    """People whose second rating stands behind one figure.

    The total has empty split and group, all measures of a criterion have measure 0, everything
    has criterion 0. ``n`` is None for one to four: so few are counted nowhere.
    """

    criterion: int
    measure: int
    split: str
    group: str
    n: int | None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """All figures on one criterion, small groups withheld.

    Attributes
    ----------
    pk, key, names
        The criterion.
    questions : Words
    scale : Scale
        Its steps with their words.
    description : Description
        Items are named by the numbers of the measures, groups by their keys.
    ranking : RankingResult or None
    regional : RegionalResult or None
        Values of the model by region; None where a region is withheld or too small.
    agreement : AgreementResult or None
    second_round : SecondRoundResult or None
        None where people rated once.
    common : CommonResult or None
        What holds across borders.
    decisions : Decisions or None
        One answer per measure; None without a ranking and in snapshots made before.
    weighting : Weighting or None
        Who was not in the room, and what the first measures survive.
    weighted_further : tuple of Weighting
        The same measures weighted to further columns, each by itself.
    persons : tuple of MeasureDescription
        Of everybody, without groups, the measures about the person (`Evaluation.persons`): they
        are not in ``description``, so that no ranking, list or headline can hold one.
    """

    pk: int
    key: str
    names: Words
    questions: Words
    scale: Scale
    description: Description
    ranking: RankingResult | None = None
    regional: RegionalResult | None = None
    agreement: AgreementResult | None = None
    second_round: SecondRoundResult | None = None
    common: CommonResult | None = None
    decisions: Decisions | None = None
    weighting: Weighting | None = None
    weighted_further: tuple[Weighting, ...] = ()
    persons: tuple[MeasureDescription, ...] = ()

    @property
    def anchors(self) -> tuple[Words, ...]:
        """The words of each step, lowest first."""
        return self.scale.labels

    @property
    def order(self) -> tuple[int, ...]:
        """Measures in the order of every list and chart: as decided, in older snapshots by tier.

        Measures that are in no ranking are not in it.
        """
        if self.decisions is not None:
            return tuple(int(one.measure) for one in self.decisions.measures)
        tiers = self.ranking.tiers if self.ranking else ()
        return tuple(measure for tier in tiers for measure in tier.measures)

    def of(self, measure: int) -> MeasureDescription:
        """Return the description of one measure."""
        return next(item for item in self.description.measures if item.measure == measure)

    def summary(self, measure: int) -> Summary | None:
        """Return the figures of one measure, None where they are withheld."""
        return self.of(measure).summary


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result of one AlpCafé.

    Attributes
    ----------
    title : Words
        Of the AlpCafé.
    held_on : str
        Date of the AlpCafé, ISO.
    project, region : str and Words
        Slug of the project, name of the region.
    n_people : int or None
        People with at least one standing answer; None below the smallest group.
    n_ratings : int or None
        Standing judgements of the measures that are shown, "cannot judge" left out.
    n_cannot_judge : int or None
        Answers "cannot judge" to these.
    measures : tuple of Item
        Opinions: what may be ranked.
    persons : tuple of PersonItem
        Measures about the person, which stand apart.
    criteria : tuple of CriterionResult
    groups : mapping of str to tuple of Group
        Per split its groups with their names.
    is_simulated : bool
    combined : CombinedResult or None
        With two or more criteria.
    opinion : OpinionResult or None
    rounds : tuple of int
        The ratings the figures are of: 1, 2, or both where each person counts with the last.
    again : tuple of Again
        Whose second rating stands behind a figure; none where people rated once.
    arrivals : Arrivals or None
        How the answers came in; None where the number of people is withheld.
    top_three : TopThreeResult or None
        None where nobody was asked.
    protection : Protection or None
        None in formats that were not audited.
    best_k : int or None
        So many best measures were looked for, those in doubt asked of more people; 0 where all
        were asked of as many; None where the order is not known.
    """

    title: Words
    held_on: str
    project: str
    region: Words
    n_people: int | None
    n_ratings: int | None
    n_cannot_judge: int | None
    measures: tuple[Item, ...]
    criteria: tuple[CriterionResult, ...]
    groups: Mapping[str, tuple[Group, ...]]
    is_simulated: bool
    combined: CombinedResult | None = None
    opinion: OpinionResult | None = None
    rounds: tuple[int, ...] = (1,)
    again: tuple[Again, ...] = ()
    arrivals: Arrivals | None = None
    top_three: TopThreeResult | None = None
    protection: Protection | None = None
    persons: tuple[PersonItem, ...] = ()
    best_k: int | None = None

    @property
    def has_second_rating(self) -> bool:
        """Say whether the same people rated twice."""
        return any(result.second_round is not None for result in self.criteria)

    @property
    def cannot_judge_share(self) -> float | None:
        """Share of "cannot judge" among all standing answers; None where a measure is withheld.

        Few judge what most cannot, so such a measure is withheld: without it the share is too low,
        with it the measure would follow by subtraction.
        """
        answered = self.n_answers
        return (self.n_cannot_judge or 0) / answered if answered else None

    @property
    def n_answers(self) -> int | None:
        """All standing answers, "cannot judge" among them; None where a measure is withheld."""
        if self.n_ratings is None or self.n_cannot_judge is None or self.has_withheld:
            return None
        return self.n_ratings + self.n_cannot_judge

    @property
    def has_withheld(self) -> bool:
        """Say whether the figures of a measure are withheld on any criterion."""
        states = (item.state for one in self.criteria for item in one.description.measures)
        return "withheld" in states

    def n_again(
        self, criterion: int = 0, measure: int = 0, split: str = "", group: str = ""
    ) -> int | None:
        """Return how many people's second rating stands behind a figure; None for 1 to 4."""
        place = (criterion, measure, split, group)
        found = (a.n for a in self.again if (a.criterion, a.measure, a.split, a.group) == place)
        return next(found, 0)

    def criterion(self, pk: int) -> CriterionResult:
        """Return a criterion by its number."""
        return next(result for result in self.criteria if result.pk == pk)

    @property
    def in_order(self) -> tuple[Item, ...]:
        """Return the measures in the order of every list over all criteria: that of the first."""
        order = self.criteria[0].order if self.criteria else ()
        place = {measure: at for at, measure in enumerate(order)}
        return tuple(sorted(self.measures, key=lambda item: place.get(item.pk, len(place))))

    def measure(self, pk: int) -> Item:
        """Return a measure by its number, one about the person too."""
        everything = (*self.measures, *(one.item for one in self.persons))
        return next(item for item in everything if item.pk == pk)

    def about_person(self, pk: int) -> str:
        """Return ``marked`` or ``proposed`` for a measure about the person, else an empty text."""
        return next((one.status for one in self.persons if one.item.pk == pk), "")
