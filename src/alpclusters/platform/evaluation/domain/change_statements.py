"""What the figures of a second rating tell of people's two answers, as statements.

The attacker does not know which pairs were set aside: that is part of the unknown. More is assumed
to be told than is printed: the sum of the squared changes, where an interval and a p value stand
beside a mean change; how many of the pairs gave each answer, where a mean or the agreement stands.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final

import numpy as np

from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE
from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.disclosure import Block, Mark, Statement
from alpclusters.analysis.disclosure.answers import is_judgement
from alpclusters.analysis.disclosure.statements import Public
from alpclusters.analysis.disclosure.systems import is_true
from alpclusters.analysis.second_round import MeasureChange
from alpclusters.platform.evaluation.domain.histories import History, People, bands_by_step

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
