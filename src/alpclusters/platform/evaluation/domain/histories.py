"""What everybody answered to each question at every moment at which something was shown.

An answer that is given twice, changed, or given late is public at one moment in one way and at
another in another. So the unknown of a person and a question is not one answer but all of them:
the answers of each round as they stood at each moment, and whether the pair was set aside.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, cast

import numpy as np

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.disclosure import MISSING, Block
from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.scales import Scale
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.evaluation.domain.tables import (
    SECOND,
    RatingTable,
    Tables,
    standing_table,
    two_rounds,
)

# --- Pair two ratings of the same people so that those who rated once are never fewer than five
#
# What everybody said is known, in the first round and as it stands after both, and so is what the
# paired said: the difference is what the others said. Where these are few, some pairs, drawn by
# chance, are set aside with them.


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who rated one measure twice.

    Attributes
    ----------
    n_both : int
        People with a value in both rounds.
    joined : int
        People with a value in the second only.
    aside : tuple
        Pairs that no figure may use; all of them where too few would be left.
    is_closed : bool
        Whether there are pairs and none may be used.
    is_alike : bool
        Whether all, or all but one, of those used kept, raised or lowered their answer (rule U).
    """

    n_both: int
    joined: int
    aside: tuple[Id, ...]
    is_closed: bool
    is_alike: bool


def pairs_of(rounds: TwoRounds[Id], *, seed: int) -> Pairs:
    """Find the pairs of one measure and set aside as few as possible.

    ``seed`` is no public number: the pairs stand in the order of what they said, so who could draw
    again would know where in the published counts those set aside lie.

    Examples
    --------
    >>> first = dict(zip("abcdefghijkl", [1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4]))
    >>> second = {who: value for who, value in first.items() if who not in "ab"}
    >>> found = pairs_of(TwoRounds(first, second), seed=20260601)
    >>> found.n_both, len(found.aside)
    (10, 5)
    """
    # By what they said, not by their numbers: these are given anew when an AlpCafé is sealed, and
    # two draws of the same pairs would tell what the pairs said that are in one of them only.
    both = sorted(rounds.paired, key=lambda who: (rounds.first[who], rounds.second[who], str(who)))
    drawn = [both[place] for place in np.random.default_rng(seed).permutation(len(both))]
    wholes = (rounds.first, rounds.second, rounds.standing)
    outside = [list(values.values()) for values in rounds.unpaired]
    joined = len(outside[1])
    for n in range(max(0, len(both) - K_ANONYMITY + 1)):
        aside = drawn[:n]
        if all(
            is_safe([*values, *(whole[who] for who in aside)])
            for values, whole in zip(outside, wholes, strict=True)
        ):
            is_alike = _is_alike(rounds, drawn[n:])
            return Pairs(len(both), joined, tuple(aside), is_closed=False, is_alike=is_alike)
    return Pairs(len(both), joined, tuple(both), is_closed=bool(both), is_alike=False)


def aside_seed(tables: Tables, criterion: int, measure: int) -> int:
    """Return the secret number that decides which pairs of a question are set aside."""
    return tables[SECOND].chance.seed("aside", criterion, measure)


def _is_alike(rounds: TwoRounds[Id], used: Sequence[Id]) -> bool:
    steps = [(rounds.second[who] or 0) - (rounds.first[who] or 0) for who in used]
    directions = Counter((step > 0) - (step < 0) for step in steps)
    return max(directions.values(), default=0) >= len(steps) - 1


def is_safe(values: Sequence[float | None]) -> bool:
    """Say whether a group may follow from figures: none, or five who did not all say the same."""
    if not values:
        return True
    is_alike = len(set(values)) == 1 and len(values) < SMALLEST_GROUP
    return len(values) >= K_ANONYMITY and not is_alike


def set_aside(ratings: Ratings, pairs: Mapping[Id, Pairs], *, mark: str) -> Ratings:
    """Give the answers set aside to nobody else: they count in the round and pair with none."""
    hidden = {(who, measure) for measure, found in pairs.items() for who in found.aside}
    people = [ratings.rater_ids[place] for place in ratings.rater]
    measures = [ratings.measure_ids[place] for place in ratings.measure]
    unsure = [[ids[p] for p in part] for ids, part in _cannot(ratings)]
    named = [
        f"{mark}:{who}" if (who, measure) in hidden else str(who)
        for who, measure in zip(people, measures, strict=True)
    ]
    return Ratings.from_arrays(
        [*named, *map(str, unsure[0])],
        [*measures, *unsure[1]],
        [*ratings.value.tolist(), *([0] * len(unsure[0]))],
        cannot=[*([False] * len(named)), *([True] * len(unsure[0]))],
        scale=ratings.scale,
        measures=list(ratings.measure_ids),
    )


def _cannot(ratings: Ratings) -> list[tuple[tuple[Id, ...], Sequence[int]]]:
    rater, measure = ratings.cannot
    return [(ratings.rater_ids, rater.tolist()), (ratings.measure_ids, measure.tolist())]


# --- What everybody answered to each question at every moment at which something was shown --------


CANNOT: Final = "cannot_judge"

type BlockKey = tuple[int, int]
"""Criterion and measure."""
type People = frozenset[int]
"""Places of people in a history."""


class History:
    """One question: the block of all its answers, and how to read it at a moment.

    Attributes
    ----------
    block : Block
        Its values join the answers of each round and moment; the last moment is what stands.
    scale : Scale
    """

    def __init__(
        self, key: BlockKey, people: Sequence[int], moments: Sequence[Tables], scale: Scale
    ) -> None:
        self.scale = scale
        criterion, measure = key
        self._columns: dict[tuple[Hashable, ...], int] = {}
        self._at: list[dict[str, int | None]] = []
        for tables in moments:
            rounds = two_rounds(tables).get((measure, criterion))
            own: dict[str, int | None] = {"first": None, "second": None, "aside": None}
            for name in ("first", "second") if rounds else ():
                given = getattr(rounds, name)
                own[name] = self._column(name, [_answer(given, who) for who in people])
            if rounds and own["second"] is not None:
                seed = aside_seed(tables, criterion, measure)
                aside = set(pairs_of(cast("TwoRounds[Id]", rounds), seed=seed).aside)
                own["aside"] = self._column("aside", [who in aside for who in people])
            self._at.append(own)
        given_by = list(zip(*(column[1:] for column in self._columns), strict=True))
        self._values = self._possible(given_by)
        self.block = self._block(key, given_by or [()] * len(people))

    def at(self, moment: int) -> Block:
        """Return the block with what stood at a moment."""
        return self.block.at(self.labels(moment, _standing))

    def labels[T: Hashable](
        self, moment: int, read: Callable[[Hashable, Hashable, bool], T]
    ) -> tuple[T, ...]:
        """Read first and second answer at a moment, and whether the pair was set aside."""
        places = self._at[moment]

        def part(value: tuple[Hashable, ...], name: str, absent: Hashable) -> Hashable:
            place = places[name]
            return absent if place is None else value[place]

        return tuple(
            read(
                part(value, "first", MISSING),
                part(value, "second", MISSING),
                bool(part(value, "aside", absent=False)),
            )
            for value in self._values
        )

    def _column(self, name: str, answers: list[Hashable]) -> int | None:
        """Return the place of these answers in a value; moments with the same share it."""
        if all(answer in (MISSING, False) for answer in answers):
            return None
        return self._columns.setdefault((name, *answers), len(self._columns))

    def _possible(self, given: Sequence[tuple[Hashable, ...]]) -> list[tuple[Hashable, ...]]:
        """Return the values a world may have: fewer than there are make an audit stricter only."""
        names = [column[0] for column in self._columns]
        choices = [
            _courses(
                [[v for v, n in zip(value, names, strict=True) if n == kind] for value in given],
                (MISSING, CANNOT, *self.scale.steps),
            )
            for kind in ("first", "second")
        ]
        n_aside = names.count("aside")
        places = [[i for i, n in enumerate(names) if n == kind] for kind in ("first", "second")]
        aside = [i for i, n in enumerate(names) if n == "aside"]
        found: dict[tuple[Hashable, ...], None] = {}
        for first, second in product(*choices):
            flags = product((False, True), repeat=n_aside if _is_pair(first, second) else 0)
            for flag in flags:
                value: list[Hashable] = [False] * len(names)
                for where, what in ((places[0], first), (places[1], second), (aside, flag)):
                    for place, answer in zip(where, what, strict=False):
                        value[place] = answer
                found[tuple(value)] = None
        return list({**found, **dict.fromkeys(given)})

    def _block(self, key: BlockKey, given: Sequence[tuple[Hashable, ...]]) -> Block:
        values = self._values
        features = [
            (f"part {place}", tuple(value[place] for value in values))
            for place, (name, *_answers) in enumerate(self._columns)
            if name != "aside"
        ]
        now = len(self._at) - 1
        if len(features) > 1:
            features.append(("standing", self.labels(now, _standing)))
        if self._at[now]["second"] is not None:
            features.append(("changed", self.labels(now, _changed)))
        block = Block.of(key, given, values=values)
        standing = self.labels(now, _standing)
        if len(features) <= 1:
            features = [("answer", standing)]
        return Block(key, block.values, block.answers, standing, tuple(features))


@dataclass(frozen=True, slots=True)
class Histories:
    """All questions of an AlpCafé at several moments, the last of which is now.

    Attributes
    ----------
    people : tuple of int
        Participants; everything else names them by their place here.
    questions : mapping of (criterion, measure) to History
        Only questions that somebody answered.
    everyone : tuple of frozenset of int
        Per moment those of whom an answer stood.
    table : RatingTable
        The groups of the people.
    """

    people: tuple[int, ...]
    questions: Mapping[BlockKey, History]
    everyone: tuple[People, ...]
    table: RatingTable

    @property
    def blocks(self) -> list[Block]:
        """Every question with everybody's answers."""
        return [one.block for one in self.questions.values()]


def trace(
    moments: Sequence[Tables], criteria: Mapping[int, Scale], measures: Sequence[int]
) -> Histories:
    """Follow the answers to these measures on these criteria through moments, the last is now."""
    wanted = {(criterion, measure) for criterion in criteria for measure in measures}
    standing = [standing_table(tables) for tables in moments]
    by_moment = [{row[0] for row in t.rows if (row[2], row[1]) in wanted} for t in standing]
    people = tuple(sorted(set().union(*by_moment)))
    places = {who: place for place, who in enumerate(people)}
    # A question that nobody answered has nothing to hide.
    asked = {(row[2], row[1]) for tables in moments for t in tables.values() for row in t.rows}
    keys = [
        (criterion, measure)
        for criterion in criteria
        for measure in measures
        if (criterion, measure) in asked
    ]
    return Histories(
        people=people,
        questions={key: History(key, people, moments, criteria[key[0]]) for key in keys},
        everyone=tuple(frozenset(places[who] for who in own) for own in by_moment),
        table=RatingTable(
            regions={who: region for t in standing for who, region in t.regions.items()},
            roles={who: role for t in standing for who, role in t.roles.items()},
        ),
    )


def steps_of(block: Block) -> tuple[int, ...]:
    """Return the steps of the scale of a question, lowest first."""
    given = dict.fromkeys(block.part(0))
    return tuple(sorted(v for v in given if isinstance(v, int) and is_judgement(v)))


def band_names(scale: Scale) -> tuple[str, ...]:
    """Name the bands of a scale from the lowest on; of an even number of steps none is the middle.

    Examples
    --------
    >>> from alpclusters.analysis.scales import Kind
    >>> band_names(Scale(Kind.ORDERED, (1, 2, 3, 4)))
    ('low', 'high')
    """
    return ("low", "middle", "high") if len(scale.bands) > 2 else ("low", "high")  # noqa: PLR2004


def bands_by_step(scale: Scale) -> dict[int, str]:
    """Return the name of the band of each step."""
    pairs = zip(band_names(scale), scale.bands, strict=True)
    return {step: name for name, band in pairs for step in band}


def _answer(given: Mapping[int, float | None], who: int) -> Hashable:
    if who not in given:
        return MISSING
    value = given[who]
    return CANNOT if value is None else int(value)


def _standing(first: Hashable, second: Hashable, _aside: bool) -> Hashable:  # noqa: FBT001
    return first if second == MISSING else second


def _changed(first: Hashable, second: Hashable, _aside: bool) -> Hashable:  # noqa: FBT001
    return MISSING if MISSING in (first, second) else first != second


def _courses(
    given: Sequence[Sequence[Hashable]], values: Sequence[Hashable]
) -> list[tuple[Hashable, ...]]:
    """Return the courses one answer may take: kept, come at some moment, or as somebody's did."""
    n = len(given[0]) if given else 0
    found = dict.fromkeys(
        (MISSING,) * come + (value,) * (n - come) for value in values for come in range(max(n, 1))
    )
    return list({**found, **dict.fromkeys(tuple(course) for course in given)})


def _is_pair(first: tuple[Hashable, ...], second: tuple[Hashable, ...]) -> bool:
    return any(map(is_judgement, first)) and any(map(is_judgement, second))
