"""Families: initiatives that count as one piece of evidence, because they are not independent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from alpclusters.analysis.certainty.leads import lead_ties
from alpclusters.analysis.certainty.overlaps import overlap_ties
from alpclusters.analysis.certainty.rules import RULES, PlanRules
from alpclusters.analysis.certainty.unions import Unions
from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where

type TieRule = Literal["follows", "overlap", "same_lead"]


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What the rules need to know of one initiative.

    Attributes
    ----------
    id : int
    bodies : frozenset of str
        Partner organisations, one text for one body wherever it takes part.
    leads : frozenset of str
        Those of them that lead.
    start, end : date or None
        Of the funding.
    measure_types : frozenset of str
        Types of what it did, as far as coded.
    follows : int or None
        Id of the initiative it is declared to continue.
    counts : bool
        False for lines and calls of a programme: no evidence, and no tie.
    """

    id: int
    bodies: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    measure_types: frozenset[str] = frozenset()
    follows: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two initiatives are of one family; ``numbers`` such as ``("jaccard", 0.5)``."""

    first: int
    second: int
    rule: TieRule
    numbers: tuple[tuple[str, float], ...] = ()

    @property
    def code(self) -> str:
        """The rule, under the name that other results of the analysis use."""
        return self.rule


@dataclass(frozen=True, slots=True)
class Families:
    """Which family each initiative is of.

    Attributes
    ----------
    value : tuple of (int, int)
        Initiative and family, in the order of the initiatives; a family is named by the
        smallest id in it. Lines of a programme are not there.
    reasons : tuple of Tie
        One tie for every initiative that joined a family: enough to explain each family, not
        all ties there are.
    convention : str
    """

    value: tuple[tuple[int, int], ...]
    reasons: tuple[Tie, ...]
    convention: str

    @property
    def of(self) -> Mapping[int, int]:
        """Family by initiative."""
        return dict(self.value)


def find_families(undertakings: Iterable[Undertaking], *, rules: PlanRules = RULES) -> Families:
    """Join initiatives that are not independent of one another.

    Two are tied when one is declared to follow the other, when the Jaccard overlap of their
    partner bodies is at least one half, or when they have the same lead and a type of measure
    in common and one starts within 24 months of the other's end, before or after it. A family
    is what hangs together by ties (connected component).

    Parameters
    ----------
    undertakings : iterable of Undertaking
        Ids are unique; the order does not matter.
    rules : PlanRules, optional
        Thresholds.

    Returns
    -------
    Families

    Raises
    ------
    DuplicateError
        An id twice.
    AnalysisError
        An end before its start.

    Notes
    -----
    Bodies that are not resolved (one body under two keys) hide overlap. Ties chain: A may be
    of one family with C because both overlap with B. Overlaps are found by an inverted index
    over the rarest bodies of each initiative (prefix and length filters) [2]_, never by
    comparing all pairs.

    References
    ----------
    .. [1] P. Jaccard, The distribution of the flora in the alpine zone, New Phytologist 11
       (1912), 37-50.
    .. [2] C. Xiao, W. Wang, X. Lin, J. X. Yu, G. Wang, Efficient similarity joins for
       near-duplicate detection, ACM Transactions on Database Systems 36 (2011), 15.

    Examples
    --------
    >>> found = find_families([
    ...     Undertaking(1, bodies=frozenset("abc")),
    ...     Undertaking(2, bodies=frozenset("bcd")),
    ...     Undertaking(3, bodies=frozenset("xy")),
    ...     Undertaking(4, follows=3),
    ... ])
    >>> found.value
    ((1, 1), (2, 1), (3, 3), (4, 3))
    >>> [(tie.first, tie.second, tie.rule) for tie in found.reasons]
    [(3, 4, 'follows'), (1, 2, 'overlap')]
    """
    ordered = sorted(undertakings, key=lambda one: one.id)
    _check(ordered)
    counted = [one for one in ordered if one.counts]
    unions = Unions([one.id for one in counted])
    ties = [
        *_follow_ties(counted, unions),
        *(Tie(a, b, "overlap", numbers) for a, b, numbers in overlap_ties(
            [(one.id, one.bodies) for one in counted], unions, threshold=rules.overlap)),
        *(Tie(a, b, "same_lead", numbers) for a, b, numbers in lead_ties(
            [(one.id, one.leads, one.measure_types, one.start, one.end) for one in counted],
            unions, months=rules.follow_months)),
    ]  # fmt: skip
    value = tuple((one.id, unions.root(one.id)) for one in counted)
    return Families(value, tuple(ties), rules.convention)


def _check(ordered: Sequence[Undertaking]) -> None:
    where = Where(argument="undertakings")
    for before, after in pairwise(ordered):
        if before.id == after.id:
            code = "ranking.two_values"
            raise DuplicateError(code, where=where, found=str(after.id))
    for one in ordered:
        if one.start and one.end and one.end < one.start:
            code = "argument.out_of_range"
            raise AnalysisError(code, where=where, found=str(one.end), expected=f">= {one.start}")


def _follow_ties(counted: Sequence[Undertaking], unions: Unions) -> list[Tie]:
    known = {one.id for one in counted}
    pairs = sorted(
        (min(one.id, one.follows), max(one.id, one.follows))
        for one in counted
        if one.follows is not None and one.follows in known
    )
    return [Tie(a, b, "follows") for a, b in pairs if unions.join(a, b)]
