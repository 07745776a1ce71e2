"""What an evaluation tells of the answers, as statements about groups of people."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from alpclusters.analysis.consensus import Coarse, GroupCell, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.disclosure import (
    Block,
    Mark,
    Split,
    Statement,
    Tree,
    at_least_statement,
    publish_block,
)
from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.disclosure.statements import Public
from alpclusters.analysis.disclosure.systems import is_true
from alpclusters.analysis.second_round import MeasureChange
from alpclusters.platform.cafe.domain.roles import role_parents
from alpclusters.platform.evaluation.domain.groups import OTHERS
from alpclusters.platform.evaluation.domain.histories import (
    CANNOT,
    BlockKey,
    Histories,
    History,
    People,
    bands_by_step,
    steps_of,
)
from alpclusters.platform.evaluation.domain.records import REGION, ROLE, SPLITS, Evaluation
from alpclusters.platform.evaluation.domain.tables import RatingTable
from alpclusters.platform.territory.models import Region

# --- Role and region of people, and who belongs to which group of them ----------------------------


_COUNTRY: Final = 2  # letters of the country in the code of a region


def splits_of(table: RatingTable, people: Sequence[int]) -> list[Split]:
    """Return role and region of these people with what these belong to, in the order of SPLITS."""
    pks = {pk for person in people if (pk := table.regions.get(person)) is not None}
    codes = dict(Region.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "code"))
    parents = role_parents()
    stated = {
        REGION: [codes.get(table.regions.get(person) or 0) for person in people],
        ROLE: [_known(table.roles.get(person), parents) for person in people],
    }
    trees = {REGION: region_tree(codes.values()), ROLE: Tree(parents)}
    return [Split(name, tuple(stated[name]), trees[name]) for name in SPLITS]


def member_groups(split: Split, keys: Sequence[str]) -> dict[str, frozenset[int]]:
    """Return the people of each group with one of these keys, by their place in the split.

    A group holds everybody at or below its node who is in no finer group of these keys; the
    group of all others has the empty key.
    """
    found: dict[str, set[int]] = {key: set() for key in keys}
    for place, code in enumerate(split.codes):
        key = code
        while key is not None and key not in found:
            key = split.tree.parents.get(key)
        if (key or OTHERS) in found:
            found[key or OTHERS].add(place)
    return {key: frozenset(people) for key, people in found.items()}


def region_tree(codes: object) -> Tree:
    """Let every region belong to its country."""
    found = sorted(str(code) for code in codes)  # type: ignore[attr-defined]
    countries = sorted({code[:_COUNTRY] for code in found})
    return Tree(
        {
            **dict.fromkeys(countries),
            **{code: code[:_COUNTRY] for code in found if len(code) > _COUNTRY},
        }
    )


def _known(role: str | None, parents: Mapping[str, str | None]) -> str | None:
    """Return a role of the table; one that was taken out of it counts as not stated."""
    return role if role in parents else None


# --- What the figures of a second rating tell of people's two answers, as statements --------------
#
# The attacker does not know which pairs were set aside: that is part of the unknown. More is
# assumed to be told than is printed: the sum of the squared changes, where an interval and a p
# value stand beside a mean change; how many of the pairs gave each answer, where a mean or the
# agreement stands.


_HALF: Final = 0.05

type Weigh = Callable[[int, int], int]
"""Weight of a pair of judgements."""


def change_statements(
    found: MeasureChange, history: History, moment: int, people: People, release: str
) -> Iterator[Public]:
    """Say what the figures of one measure tell, and what tells that there are none."""
    pairs = _Pairs(history, moment, people, release)
    if found.state != "shown" or found.change is None:
        if found.state == "withheld":
            yield from pairs.why_withheld()
        return
    yield from pairs.changed(found.attendance.n_paired, found.change.mean)
    if found.agreement is None:
        yield from pairs.why_alike()
    else:
        yield from pairs.margins(found.agreement.mean_first, found.agreement.mean_second)
    moved = found.migration
    if moved is not None:
        yield from pairs.directions(moved.lowered, moved.stable, moved.raised)
        if moved.matrix is not None:
            yield from pairs.moved(moved.matrix, moved.states)
    if found.leavers is not None:
        yield from pairs.left(found.leavers)


def change_row_statements(
    row: dict[str, Any], history: History, moment: int, people: People, release: str
) -> Iterator[Public]:
    """Say what one line of the block on changes tells that was shown in the hall."""
    pairs = _Pairs(history, moment, people, release)
    if "n" not in row:
        yield from pairs.why_withheld()
        return
    yield from pairs.changed(row["n"], row["change"])
    if "first" in row:
        yield from pairs.margins(row["first"], row["second"])


class _Pairs:
    """Writes statements about pairs of judgements that were not set aside."""

    def __init__(self, history: History, moment: int, people: People, release: str) -> None:
        self.block: Block = history.block
        self.people, self.release = people, release
        self.history, self.moment = history, moment

    def read(self, weigh: Callable[[Hashable, Hashable, bool], int]) -> tuple[int, ...]:
        """Weigh every value: first and second answer, and whether the pair was set aside."""
        return self.history.labels(self.moment, weigh)

    def changed(self, n: int | None, mean: float) -> Iterator[Statement]:
        """Say how many pairs there are, their mean change, and how much the changes spread."""
        if n is not None:
            yield self._between(self._paired(lambda _a, _b: 1), n, n)
        counted = self._value(self._paired(lambda _a, _b: 1))
        low, high = (counted * (mean + side * _HALF) for side in (-1, 1))
        yield self._between(self._paired(lambda a, b: b - a), low, high)
        yield self._exactly(self._paired(lambda a, b: (b - a) ** 2))

    def directions(
        self, lowered: int | None, stable: int | None, raised: int | None
    ) -> Iterator[Public]:
        """Say how many lowered, kept and raised their answer."""
        told = {-1: lowered, 0: stable, 1: raised}
        for sign, n in told.items():
            if n is not None:
                yield self._between(self._towards(sign), n, n)
        if all(n is None for n in told.values()):
            few = [self._between(self._towards(sign), 1, K_ANONYMITY - 1) for sign in told]
            alike = [
                self._between(weights, 0, 0) for weights in (self._towards(0), self._otherwise(0))
            ]
            yield from self._mark([*few, *alike])

    def margins(self, first: float | None, second: float | None) -> Iterator[Statement]:
        """Say how many of the pairs gave each answer in each round."""
        n = self._value(self._paired(lambda _a, _b: 1))
        for place, mean in enumerate((first, second)):
            if mean is not None:
                low, high = (n * (mean + side * _HALF) for side in (-1, 1))
                yield self._between(self._paired(lambda *pair, i=place: pair[i]), low, high)
            for step in self.history.scale.steps:
                yield self._exactly(self._paired(lambda *pair, i=place, s=step: int(pair[i] == s)))

    def moved(self, matrix: Any, states: tuple[Any, ...]) -> Iterator[Statement]:
        """Say how many went from where to where, by steps or by bands."""
        kept = [state for state in states if state != CANNOT_JUDGE]
        of_band = bands_by_step(self.history.scale)
        is_banded = any(isinstance(state, str) for state in kept)
        for (row, column), n in np.ndenumerate(matrix):
            one, two = kept[row], kept[column]

            def is_there(a: int, b: int, one: Any = one, two: Any = two) -> int:
                pair = (of_band[a], of_band[b]) if is_banded else (a, b)
                return int(pair == (one, two))

            yield self._between(self._paired(is_there), int(n), int(n))

    def left(self, found: Any) -> Iterator[Statement]:
        """Say how many judged the first time only, and their mean."""
        gone = self.read(lambda a, b, _aside: int(is_judgement(a) and not is_judgement(b)))
        total = self.read(lambda a, b, _s: a if isinstance(a, int) and not is_judgement(b) else 0)
        yield self._between(gone, found.n_leavers, found.n_leavers)
        low, high = (found.n_leavers * (found.mean_leavers + side * _HALF) for side in (-1, 1))
        yield self._between(total, low, high)

    def why_withheld(self) -> Iterator[Mark]:
        """Say why no change is told: too few pairs, few who judged once, or all of one mind."""
        once = [
            self.read(lambda a, b, _s: int(is_judgement(a) and not is_judgement(b))),
            self.read(lambda a, b, _s: int(is_judgement(b) and not is_judgement(a))),
        ]
        few = SMALLEST_GROUP - 1
        yield from self._mark(
            [
                self._between(self._paired(lambda _a, _b: 1), 0, few),
                *(self._between(weights, 1, few) for weights in once),
                *(self._between(self._otherwise(sign), 0, 1) for sign in (-1, 0, 1)),
            ]
        )

    def why_alike(self) -> Iterator[Mark]:
        """Say why the agreement of the pairs is not told: all, or all but one, answered alike."""
        yield from self._mark(
            [
                self._between(
                    self._paired(lambda *pair, i=place, s=step: int(pair[i] != s)),
                    0,
                    1,
                )
                for place in (0, 1)
                for step in self.history.scale.steps
            ]
        )

    def _towards(self, sign: int) -> tuple[int, ...]:
        return self._paired(lambda a, b: int(np.sign(b - a) == sign))

    def _otherwise(self, sign: int) -> tuple[int, ...]:
        return self._paired(lambda a, b: int(np.sign(b - a) != sign))

    def _paired(self, weigh: Weigh) -> tuple[int, ...]:
        def read(first: Hashable, second: Hashable, aside: bool) -> int:  # noqa: FBT001
            if aside or not (is_judgement(first) and is_judgement(second)):
                return 0
            return weigh(first, second)  # type: ignore[arg-type]  # steps

        return self.read(read)

    def _value(self, weights: tuple[int, ...]) -> int:
        return int(np.asarray(weights)[self.block.answers[sorted(self.people)]].sum())

    def _exactly(self, weights: tuple[int, ...]) -> Statement:
        n = self._value(weights)
        return self._between(weights, n, n)

    def _between(self, weights: tuple[int, ...], low: float, high: float) -> Statement:
        return Statement(self.block.key, self.people, weights, low, high, self.release)

    def _mark(self, alternatives: list[Statement]) -> Iterator[Mark]:
        """Say that one of these is why, unless it is the audit of the whole that refused."""
        if any(is_true(one, self.block) for one in alternatives):
            yield Mark(self.block.key, tuple(alternatives), self.release)


# --- What an evaluation tells of the answers, as statements about groups of people ----------------


NEARLY_ALL: Final = 0.9


@dataclass(frozen=True, slots=True)
class View:
    """Answers as they stood at one moment.

    Attributes
    ----------
    histories : Histories
    moment : int
    splits : tuple of Split
        Role and region of all people.
    everyone : frozenset of int
        Those who count.
    """

    histories: Histories
    moment: int
    splits: tuple[Split, ...]
    everyone: People

    def block(self, key: BlockKey) -> Block | None:
        """Return a question with what stood; None where nobody was asked it."""
        history = self.history(key)
        return None if history is None else history.at(self.moment)

    def history(self, key: BlockKey) -> History | None:
        """Return the history of a question; None where nobody was asked it."""
        return self.histories.questions.get(key)

    def members(self, groups: Mapping[str, Sequence[str]]) -> dict[str, dict[str, People]]:
        """Return the people of each group, by split and key."""
        return {
            split.name: {
                key: own & self.everyone
                for key, own in member_groups(split, groups.get(split.name, ())).items()
            }
            for split in self.splits
        }


def evaluation_statements(evaluation: Evaluation, view: View, release: str) -> Iterator[Public]:
    """Say what an evaluation tells: counts, bands, marks, and what changed in a second rating."""
    keys = {name: [g.key for g in evaluation.groups.get(name, ())] for name in SPLITS}
    members = view.members(keys)
    for result in evaluation.criteria:
        for item in (*result.description.measures, *result.persons):
            block = view.block((result.pk, int(item.measure)))
            if block is not None:
                yield from _of_measure(item, block, view.everyone, members, release)
                if evaluation.protection is not None:
                    yield from _marks(block, view.everyone, members, release)
        second = result.second_round
        for changed in second.comparison.measures if second and second.comparison else ():
            history = view.history((result.pk, int(changed.measure)))
            if history is not None:
                yield from change_statements(changed, history, view.moment, view.everyone, release)


def told_counts(block: Block, people: People, release: str) -> Iterator[Statement]:
    """Say how many of these people gave each answer, and how many could not judge."""
    for answer in (*steps_of(block), CANNOT):
        yield summed(block, people, lambda value, a=answer: int(value == a), release)  # type: ignore[misc]


def summed(
    block: Block, people: People, weigh: Callable[[Hashable], int], release: str
) -> Statement:
    """Say what these people's standing answers weigh together."""
    weights = tuple(weigh(value) for value in block.part(0))
    n = int(np.asarray(weights)[block.answers[sorted(people)]].sum())
    return Statement(block.key, people, weights, n, n, release)


def _of_measure(
    item: MeasureDescription,
    block: Block,
    everyone: People,
    members: Mapping[str, Mapping[str, People]],
    release: str,
) -> Iterator[Statement]:
    yield from _told(item, block, everyone, release)
    for split, cells in item.splits.items():
        for cell in cells:
            group = members[split].get(str(cell.group or ""), frozenset())
            yield from _told(cell, block, group, release)


def _marks(
    block: Block,
    everyone: People,
    members: Mapping[str, Mapping[str, People]],
    release: str,
) -> Iterator[Mark]:
    """Yield what the absence of figures tells: whoever knows the rule knows why they are absent."""
    shown = [list(members[name].values()) for name in SPLITS]
    published = publish_block(block, everyone, shown, release=release)
    yield from (one for one in published.public if isinstance(one, Mark))


def _told(
    found: MeasureDescription | GroupCell, block: Block, people: People, release: str
) -> Iterator[Statement]:
    if found.summary is not None:
        yield from _counted(found.summary, block, people, release)
    elif found.coarse is not None:
        yield from _banded(found.coarse, block, people, release)


def _counted(summary: Summary, block: Block, people: People, release: str) -> Iterator[Statement]:
    told = [*zip(steps_of(block), summary.counts, strict=True), (CANNOT, summary.cannot_judge)]
    for answer, n in told:
        weights = tuple(int(value == answer) for value in block.part(0))
        yield Statement(block.key, people, weights, n, n, release)


def _banded(coarse: Coarse, block: Block, people: People, release: str) -> Iterator[Statement]:
    for place, band in enumerate(coarse.bands):
        if coarse.counts is not None:
            weights = tuple(int(value in band) for value in block.part(0))
            n = coarse.counts[place]
            yield Statement(block.key, people, weights, n, n, release)
        elif place == coarse.nearly_all:
            judged = summed(block, people, lambda value: int(is_judgement(value)), release).low
            least = int(np.ceil(NEARLY_ALL * judged))
            yield at_least_statement(block, people, band, n=least, release=release)
