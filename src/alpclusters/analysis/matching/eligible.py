"""Who may be proposed at all: a hard filter that keeps its reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import DuplicateError, NotFiniteError, Where
from alpclusters.analysis.matching.score_parts import (
    BoolArray,
    IntArray,
    frozen,
    out_of_range,
    same_length,
)

EXCLUSIONS: Final = (
    "self",
    "parent_or_unit",
    "territory",
    "kind",
    "language",
    "not_willing",
    "dismissed",
    "linked",
)
NO_PARENT: Final = -1


@dataclass(frozen=True, slots=True)
class Profiles:
    """What decides about eligibility, one entry per organisation.

    Attributes
    ----------
    ids : ndarray of shape (n,), int64
        The caller's numbers, each once.
    territory, kind : tuple of str
        Code of the region or country, type or legal form; "" if unknown.
    languages : tuple of frozenset of str
        Working languages; empty if unknown.
    willing : ndarray of shape (n,), bool
        Whether it wants to be contacted.
    parent : ndarray of shape (n,), int64
        Number of the organisation it is a unit of, -1 without.
    """

    ids: IntArray
    territory: tuple[str, ...]
    kind: tuple[str, ...]
    languages: tuple[frozenset[str], ...]
    willing: BoolArray
    parent: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the one who asks wants.

    Attributes
    ----------
    territories : collection of str, optional
        Wanted regions; a code stands for all codes that begin with it. None is everywhere.
    kinds : collection of str, optional
        Wanted types; None is all.
    common_language : bool
        Whether a working language must be shared. Unknown languages of a side share none.
    dismissed : collection of int
        Numbers that were dismissed before.
    linked : collection of int
        Numbers with a confirmed active link.
    with_linked : bool
        Whether those are wanted too.
    """

    territories: Collection[str] | None = None
    kinds: Collection[str] | None = None
    common_language: bool = True
    dismissed: Collection[int] = ()
    linked: Collection[int] = ()
    with_linked: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who passes, and why the others do not.

    Attributes
    ----------
    mask : ndarray of shape (n,), bool
        Who may be proposed.
    excluded : ndarray of shape (n, 8), bool
        Which of `EXCLUSIONS` speak against whom.
    """

    mask: BoolArray
    excluded: BoolArray

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return ``nobody_eligible`` if there is nobody left."""
        return () if self.mask.any() else ("nobody_eligible",)

    def reasons_of(self, place: int) -> tuple[str, ...]:
        """Return all reasons against one candidate, in the order of `EXCLUSIONS`."""
        return tuple(np.array(EXCLUSIONS)[self.excluded[place]].tolist())

    def counts(self) -> dict[str, int]:
        """Return how many each reason speaks against; one may have several."""
        return dict(zip(EXCLUSIONS, self.excluded.sum(axis=0).tolist(), strict=True))


def make_profiles(
    ids: ArrayLike,
    *,
    territory: Sequence[str] | None = None,
    kind: Sequence[str] | None = None,
    languages: Sequence[Collection[str]] | None = None,
    willing: ArrayLike | None = None,
    parent: ArrayLike | None = None,
) -> Profiles:
    """Put columns together; a column that is left out is unknown, everybody willing.

    Parameters
    ----------
    ids : array_like of shape (n,)
        Whole numbers, each once.
    territory, kind : sequence of str, optional
    languages : sequence of collections of str, optional
    willing : array_like of bool, optional
    parent : array_like of shape (n,), optional
        -1 without.

    Returns
    -------
    Profiles

    Raises
    ------
    AnalysisError
        Columns of unequal length, a number twice, NaN.

    Examples
    --------
    >>> make_profiles([7, 9], territory=["AT33", "ITH1"]).territory
    ('AT33', 'ITH1')
    """
    numbers = _numbers(ids)
    n = len(numbers)
    found = Profiles(
        frozen(numbers),
        tuple(territory) if territory is not None else ("",) * n,
        tuple(kind) if kind is not None else ("",) * n,
        tuple(map(frozenset, languages)) if languages is not None else (frozenset(),) * n,
        frozen(np.ones(n, bool) if willing is None else np.array(willing, dtype=bool)),
        frozen(np.full(n, NO_PARENT) if parent is None else np.array(parent, dtype=np.int64)),
    )
    for name in ("territory", "kind", "languages", "willing", "parent"):
        same_length(np.empty(len(getattr(found, name))), n, name)
    return found


def eligible(profiles: Profiles, query: int, rules: Rules) -> Eligibility:
    """Say who may be proposed to whom, and keep every reason against the others.

    Parameters
    ----------
    profiles : Profiles
        Of all organisations, the one that asks included.
    query : int
        Number of the one that asks.
    rules : Rules

    Returns
    -------
    Eligibility

    Raises
    ------
    AnalysisError
        The one that asks is not among the profiles.

    Notes
    -----
    Parents at any height and units at any depth are left out; units of the same parent are not.

    Examples
    --------
    >>> profiles = make_profiles([1, 2, 3, 4], territory=["ITH2", "SI03", "SI04", "FRK2"],
    ...                          parent=[-1, -1, 1, -1])
    >>> found = eligible(profiles, 1, Rules(territories=["SI"], common_language=False))
    >>> found.mask
    array([False,  True, False, False])
    >>> found.reasons_of(2), found.reasons_of(3)
    (('parent_or_unit',), ('territory',))
    """
    place = np.flatnonzero(profiles.ids == query)
    if not len(place):
        raise out_of_range("query", "one of the profiles", found=query)
    at = int(place[0])
    columns = {
        "self": profiles.ids == query,
        "parent_or_unit": _related(profiles, at),
        "territory": ~_lies_in(profiles.territory, rules.territories),
        "kind": ~_is_one_of(profiles.kind, rules.kinds),
        "language": ~_speaks(profiles.languages, at, is_asked=rules.common_language),
        "not_willing": ~profiles.willing,
        "dismissed": np.isin(profiles.ids, list(rules.dismissed)),
        "linked": _linked(profiles.ids, rules),
    }
    excluded = np.stack([columns[name] for name in EXCLUSIONS], axis=1)
    # Who asks is left out as such; the other rules are about the others.
    excluded[at, 1:] = False
    return Eligibility(frozen(~excluded.any(axis=1)), frozen(excluded))


def _numbers(ids: ArrayLike) -> IntArray:
    given = np.array(ids, dtype=np.float64)
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="ids"))
    numbers = np.array(ids, dtype=np.int64).ravel()
    if len(np.unique(numbers)) < len(numbers):
        where = Where(argument="ids")
        raise DuplicateError("argument.out_of_range", where=where, expected="1, 2, 3")
    return numbers


def _related(profiles: Profiles, at: int) -> BoolArray:
    """Parents and units of one, at any distance; a circle of parents ends by itself."""
    if (profiles.parent == NO_PARENT).all():
        return np.zeros(len(profiles.ids), bool)
    place = {int(number): i for i, number in enumerate(profiles.ids)}
    above = np.array([place.get(int(p), NO_PARENT) for p in profiles.parent], dtype=np.int64)
    found = np.zeros(len(above), bool)
    one = int(above[at])
    while one != NO_PARENT and not found[one] and one != at:
        found[one] = True
        one = int(above[one])
    units = np.zeros(len(above), bool)
    fresh = above == at
    while (fresh & ~units).any():
        units |= fresh
        fresh = np.isin(above, np.flatnonzero(units))
    related: BoolArray = found | units
    return related


def _lies_in(territory: tuple[str, ...], wanted: Collection[str] | None) -> BoolArray:
    if wanted is None:
        return np.ones(len(territory), bool)
    beginnings = tuple(wanted)
    return np.array([bool(code) and code.startswith(beginnings) for code in territory], bool)


def _is_one_of(kind: tuple[str, ...], wanted: Collection[str] | None) -> BoolArray:
    if wanted is None:
        return np.ones(len(kind), bool)
    return np.array([one in wanted for one in kind], bool)


def _speaks(languages: tuple[frozenset[str], ...], at: int, *, is_asked: bool) -> NDArray[np.bool_]:
    if not is_asked:
        return np.ones(len(languages), bool)
    return np.array([bool(one & languages[at]) for one in languages], bool)


def _linked(ids: IntArray, rules: Rules) -> BoolArray:
    if rules.with_linked:
        return np.zeros(len(ids), bool)
    return np.isin(ids, list(rules.linked))
