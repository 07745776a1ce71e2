"""The second round: how many lowered, kept and raised their answer, and by how much on average."""

from collections.abc import Callable
from typing import Final

from alpclusters.analysis.disclosure.answers import Block, is_judgement
from alpclusters.analysis.disclosure.forms import FEWEST, Form
from alpclusters.analysis.disclosure.statements import (
    Mark,
    People,
    Public,
    Statement,
)
from alpclusters.analysis.disclosure.wording import weighted

PAIRED_FROM: Final = 10
MEAN_STEP: Final = 0.1


def publish_change(
    block: Block, people: People, *, release: str
) -> tuple[Form, tuple[Public, ...]]:
    """Say how answers changed between two rounds, if enough people answered twice.

    Ten must have judged in both rounds, nobody or at least five in one of them only, and not all
    or all but one may have changed alike. Said are the numbers of those who lowered, kept and
    raised their answer, and the mean change to one decimal.

    Parameters
    ----------
    block : Block
        Of pairs (before, after).
    people : frozenset of int
    release : str

    Returns
    -------
    form : {"bands", "withheld"}
    public : tuple of Statement or Mark

    Examples
    --------
    >>> pairs = [(a, b) for a in (3, 4) for b in (3, 4)]
    >>> block = Block.of("clarity", pairs * 4, values=pairs)
    >>> publish_change(block, frozenset(range(16)), release="r")[0]
    'bands'
    """

    def said(change: Callable[[int], int], low: float | None = None, high: float = 0) -> Statement:
        weights = tuple(change(_step(v)) if _is_paired(v) else 0 for v in block.values)  # type: ignore[arg-type]
        n = weighted(block, people, weights)
        least, most = (n, n) if low is None else (low, high)
        return Statement(block.key, people, weights, least, most, release)

    paired = said(lambda _: 1)
    directions = [
        said(lambda step: int(step < 0)),
        said(lambda step: int(step == 0)),
        said(lambda step: int(step > 0)),
    ]
    once = [_once(block, people, part, release) for part in (0, 1)]
    n = int(paired.low)
    is_alike = any(one.low >= n - 1 for one in directions)
    if n >= PAIRED_FROM and not is_alike and all(one.low == 0 or one.low >= FEWEST for one in once):
        total = said(lambda step: step).low
        mean = round(total / n / MEAN_STEP) * MEAN_STEP
        low, high = (n * (mean + side * MEAN_STEP / 2) for side in (-1, 1))
        return "bands", (paired, *directions, said(lambda step: step, low, high))
    alternatives = [
        _between(paired, 0, PAIRED_FROM - 1),
        *(_between(one, 1, FEWEST - 1) for one in once),
        *(said(lambda step, s=sign: int(_sign(step) != s), 0, 1) for sign in (-1, 0, 1)),  # type: ignore[misc]
    ]
    return "withheld", (Mark(block.key, tuple(alternatives), release),)


def _is_paired(value: object) -> bool:
    return isinstance(value, tuple) and all(is_judgement(part) for part in value)


def _step(value: tuple[int, int]) -> int:
    before, after = value
    return int(after) - int(before)


def _sign(step: int) -> int:
    return (step > 0) - (step < 0)


def _once(block: Block, people: People, part: int, release: str) -> Statement:
    """Return how many judged in this round and not in the other."""
    own, other = block.part(part), block.part(1 - part)
    weights = tuple(
        int(is_judgement(one) and not is_judgement(two))
        for one, two in zip(own, other, strict=True)
    )
    n = weighted(block, people, weights)
    return Statement(block.key, people, weights, n, n, release)


def _between(one: Statement, low: int, high: int) -> Statement:
    return Statement(one.block, one.people, one.weights, low, high, one.release)
