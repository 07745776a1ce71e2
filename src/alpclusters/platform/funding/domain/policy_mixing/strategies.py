"""What programmes and regional strategies put weight on, with where it is from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from alpclusters.analysis.funding.policy_mix import (
    Strategy,
    Synergy,
    Weights,
    synergy,
    theme_weights,
)
from alpclusters.platform.funding.domain.themes import BROAD
from alpclusters.platform.funding.models import Priority, Programme, Status

OTHER_LIST: Final = "other_list"


@dataclass(frozen=True, slots=True)
class Subject:
    """A programme or a region's strategy in one period.

    Attributes
    ----------
    key : str
        Key of the programme, or code of the region.
    programme : Programme or None
    region, period : str
    strategy : Strategy
    sources : tuple of str
        Each source once, in the order of the themes.
    n_priorities, n_unknown : int
        Themes named on any side, and those without a stated weight.
    is_simulated, is_unverified : bool
        Whether any of it is.
    """

    key: str
    programme: Programme | None
    region: str
    period: str
    strategy: Strategy
    sources: tuple[str, ...]
    n_priorities: int
    n_unknown: int
    is_simulated: bool
    is_unverified: bool

    @property
    def lists(self) -> frozenset[bool]:
        """Whether its themes are broad ones of programmes, fine ones of the vocabulary, or both."""
        sides = (self.strategy.priorities, self.strategy.needs, self.strategy.strengths)
        return frozenset(theme in BROAD for side in sides for theme in side.themes)


def read_subjects(*, is_simulated: bool = False, period: str = "") -> list[Subject]:
    """Return regions by code, then programmes by name (one query).

    Parameters
    ----------
    is_simulated : bool
        Whether invented priorities count instead of real ones.
    period : str
        Empty: the newest period of each.
    """
    rows = Priority.objects.select_related("programme")
    invented = {"status": Status.DEMONSTRATION}
    rows = rows.filter(**invented) if is_simulated else rows.exclude(**invented)
    if period:
        rows = rows.filter(period=period)
    found: dict[tuple[str, str], list[Priority]] = {}
    for row in rows:
        if row.programme is None or row.programme.is_published:
            found.setdefault((key_of(row), row.period), []).append(row)
    subjects = [_subject(found[one]) for one in _newest(found)]
    return sorted(subjects, key=_order)


def key_of(row: Priority) -> str:
    """Return the key of the programme or the code of the region."""
    return row.region if row.programme is None else row.programme.key


def _newest(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    newest: dict[str, str] = {}
    for key, period in keys:
        newest[key] = max(period, newest.get(key, ""))
    return list(newest.items())


def _order(subject: Subject) -> tuple[bool, str, str]:
    name = "" if subject.programme is None else subject.programme.name
    return (subject.programme is not None, name, subject.key)


def _subject(rows: Sequence[Priority]) -> Subject:
    first = rows[0]
    return Subject(
        key=key_of(first),
        programme=first.programme,
        region=first.region,
        period=first.period,
        strategy=Strategy(
            priorities=_weights(rows, Priority.Side.PRIORITY),
            needs=_weights(rows, Priority.Side.NEED),
            strengths=_weights(rows, Priority.Side.STRENGTH),
        ),
        sources=tuple(dict.fromkeys(row.source for row in rows if row.source)),
        n_priorities=len({row.theme for row in rows}),
        n_unknown=sum(row.weight is None for row in rows),
        is_simulated=any(row.status == Status.DEMONSTRATION for row in rows),
        is_unverified=any(row.status == Status.UNVERIFIED for row in rows),
    )


def _weights(rows: Iterable[Priority], side: str) -> Weights:
    return theme_weights({row.theme: row.weight for row in rows if row.side == side})


def synergies_of(subjects: Sequence[Subject]) -> Mapping[tuple[str, str], Synergy]:
    """Compare every pair, in the given order.

    Broad themes of programmes and fine ones of the vocabulary never meet: where two subjects use
    no list together there is no figure, and the reason is `OTHER_LIST`, not an overlap of 0.
    """
    return {(a.key, b.key): synergy_of(a, b) for a, b in combinations(subjects, 2)}


def synergy_of(first: Subject, second: Subject) -> Synergy:
    """Compare two subjects."""
    found = synergy(first.strategy, second.strategy)
    if first.lists & second.lists:
        return found
    return replace(
        found,
        overlap=None,
        jaccard=None,
        complementarity=None,
        status="undefined",
        reasons=(OTHER_LIST,),
    )
