"""What a NUTS code of one vintage is called in another: exactly, nearly, or one of several.

Rules and limits: docs/methods/recoding.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, Self

from alpclusters.analysis.errors import InputError, Where

# --- The years in which Eurostat issued a new list of NUTS codes, and the way between two of them


VINTAGES: Final = (2003, 2006, 2010, 2013, 2016, 2021, 2024)


class UnknownVintageError(InputError):
    """A year in which no list of NUTS codes was issued; ``expected`` names those that exist."""

    def __init__(self, vintage: int, *, argument: str) -> None:
        super().__init__(
            "territory.unknown_vintage",
            where=Where(argument=argument),
            found=str(vintage),
            expected=", ".join(map(str, VINTAGES)),
        )


def vintage_steps(from_vintage: int, to_vintage: int) -> list[tuple[int, int]]:
    """Return the neighbouring vintages that lead from one to the other, in walking order.

    Parameters
    ----------
    from_vintage, to_vintage : int
        Years of `VINTAGES`; the second may lie before the first.

    Returns
    -------
    list of pairs of int
        Empty where both are equal.

    Raises
    ------
    UnknownVintageError
        One of the years is no vintage.

    Examples
    --------
    >>> vintage_steps(2010, 2016)
    [(2010, 2013), (2013, 2016)]
    >>> vintage_steps(2016, 2010)
    [(2016, 2013), (2013, 2010)]
    """
    start = _position(from_vintage, argument="from_vintage")
    end = _position(to_vintage, argument="to_vintage")
    if start <= end:
        return list(pairwise(VINTAGES[start : end + 1]))
    return list(pairwise(reversed(VINTAGES[end : start + 1])))


def _position(vintage: int, *, argument: str) -> int:
    if vintage not in VINTAGES:
        raise UnknownVintageError(vintage, argument=argument)
    return VINTAGES.index(vintage)


# --- What a NUTS code of one vintage is called in another: exactly, nearly, or one of several -----


type Row = Mapping[str, object]


class RecodingStatus(StrEnum):
    """How much a recoding can be relied on, from the surest to the least sure."""

    UNCHANGED = "unchanged"
    EXACT = "exact"
    APPROXIMATE = "approximate"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


ORDER = tuple(RecodingStatus)
RELIABLE = frozenset({RecodingStatus.UNCHANGED, RecodingStatus.EXACT})


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a change table between two neighbouring vintages.

    Attributes
    ----------
    from_vintage, to_vintage : int
        Neighbours, the earlier first.
    from_code, to_code : str
        Empty where a region began or has no single successor.
    relation : str
        renamed, recoded, merged, boundary, split, discontinued or new.
    is_exact : bool
        The successor covers the whole region and the area did not change on the way.
    candidates : tuple of str
        Codes between which the region was divided, if ``to_code`` is empty.
    """

    from_vintage: int
    to_vintage: int
    from_code: str
    to_code: str
    relation: str
    is_exact: bool
    candidates: tuple[str, ...] = ()

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Read a row of the seed table or of the model `RegionChange`."""
        exact = row["exact"] if "exact" in row else row["is_exact"]
        return cls(
            from_vintage=int(str(row["from_vintage"])),
            to_vintage=int(str(row["to_vintage"])),
            from_code=str(row["from_code"]),
            to_code=str(row["to_code"]),
            relation=str(row["relation"]),
            is_exact=exact in {"yes", True},
            candidates=tuple(filter(None, str(row["candidates"]).split("|"))),
        )

    @property
    def successors(self) -> tuple[str, ...]:
        """Codes that the region may have afterwards."""
        return self.candidates or tuple(filter(None, (self.to_code,)))


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to one code between two neighbouring vintages.

    Attributes
    ----------
    from_vintage, to_vintage : int
        In walking order, so the first may be the later one.
    from_code : str
        The code before the step.
    to_codes : tuple of str
        The codes after it; empty where nothing is known to follow.
    relation : str
        ``same`` without a line in the table, else that line's relation (several joined by ``+``).
    status : RecodingStatus
        Certainty of this step alone.
    """

    from_vintage: int
    to_vintage: int
    from_code: str
    to_codes: tuple[str, ...]
    relation: str
    status: RecodingStatus


@dataclass(frozen=True, slots=True)
class Recoding:
    """The answer to a question for a code in another vintage.

    Attributes
    ----------
    status : RecodingStatus
        Weakest status of the steps.
    code : str or None
        The one code that follows; None if ambiguous or unknown.
    candidates : tuple of str
        All codes that may follow, sorted; just ``code`` where there is one.
    path : tuple of Step
        Steps that changed something, in walking order: the explanation.
    """

    status: RecodingStatus
    code: str | None
    candidates: tuple[str, ...]
    path: tuple[Step, ...] = ()

    @property
    def is_reliable(self) -> bool:
        """Say whether figures of the old code may be carried over without a remark."""
        return self.status in RELIABLE


class Recoder:
    """Recode NUTS codes step by step through the vintages, forwards and backwards.

    Parameters
    ----------
    changes : iterable of Change
        Lines of all change tables in question.
    known : mapping of int to set of str, optional
        Codes of each vintage. Without it no code is ever `unknown`, and a code that no line
        names counts as unchanged.
    """

    def __init__(
        self, changes: Iterable[Change], known: Mapping[int, frozenset[str]] | None = None
    ) -> None:
        self._known = known
        self._after: dict[tuple[int, str], list[Change]] = defaultdict(list)
        self._before: dict[tuple[int, str], list[Change]] = defaultdict(list)
        for change in changes:
            if change.from_code:
                self._after[change.from_vintage, change.from_code].append(change)
            for code in dict.fromkeys((*change.successors, change.to_code)):
                self._before[change.to_vintage, code].append(change)

    @classmethod
    def from_rows(cls, changes: Iterable[Row], *, codes: Iterable[Row] | None = None) -> Self:
        """Build from rows of nuts_changes.csv and, for `unknown`, of nuts_codes.csv."""
        known = None if codes is None else _codes_by_vintage(codes)
        return cls(map(Change.from_row, changes), known)

    def recode(self, code: str, *, from_vintage: int, to_vintage: int) -> Recoding:
        """Say what a code of one vintage is called in another.

        Parameters
        ----------
        code : str
            NUTS code of any level.
        from_vintage, to_vintage : int
            Years of `VINTAGES`, in either order.

        Returns
        -------
        Recoding
            Status, code or candidates, and the steps on the way.

        Raises
        ------
        UnknownVintageError
            One of the years is no vintage.

        Examples
        --------
        >>> rows = [{"from_vintage": 2013, "to_vintage": 2016, "from_code": "FR71",
        ...          "to_code": "FRK2", "relation": "recoded", "exact": "yes", "candidates": ""}]
        >>> recoding = Recoder.from_rows(rows).recode("FR71", from_vintage=2010, to_vintage=2021)
        >>> recoding.status.value, recoding.code
        ('exact', 'FRK2')
        """
        walk = vintage_steps(from_vintage, to_vintage)
        if not self._knows(code, from_vintage):
            return Recoding(RecodingStatus.UNKNOWN, None, ())
        current, path = {code}, list[Step]()
        for start, end in walk:
            steps = [self._step(each, start, end) for each in sorted(current)]
            path += [step for step in steps if step.status is not RecodingStatus.UNCHANGED]
            current = {after for step in steps for after in step.to_codes}
        return _answer(code, current, path)

    def _knows(self, code: str, vintage: int) -> bool:
        return self._known is None or code in self._known.get(vintage, frozenset())

    def _step(self, code: str, start: int, end: int) -> Step:
        if start < end:
            return self._step_forwards(code, start, end)
        return self._step_backwards(code, start, end)

    def _step_forwards(self, code: str, start: int, end: int) -> Step:
        lines = self._after.get((start, code), [])
        if not lines:
            return self._step_without_line(code, start, end)
        codes = tuple(dict.fromkeys(after for line in lines for after in line.successors))
        exact = all(line.is_exact for line in lines)
        return Step(start, end, code, codes, _relation(lines), _status(code, codes, exact=exact))

    def _step_backwards(self, code: str, start: int, end: int) -> Step:
        lines = self._before.get((start, code), [])
        if not lines:
            return self._step_without_line(code, start, end)
        codes = dict.fromkeys(line.from_code for line in lines if line.from_code)
        if self._was_there_without_line(code, end):
            codes[code] = None
        exact = all(line.is_exact and line.to_code == code for line in lines)
        return Step(
            start,
            end,
            code,
            tuple(codes),
            _relation(lines),
            _status(code, tuple(codes), exact=exact),
        )

    def _was_there_without_line(self, code: str, earlier: int) -> bool:
        """Say whether a code into which others were merged had itself existed before."""
        is_listed = self._known is not None and self._knows(code, earlier)
        return is_listed and (earlier, code) not in self._after

    def _step_without_line(self, code: str, start: int, end: int) -> Step:
        if self._knows(code, end):
            return Step(start, end, code, (code,), "same", RecodingStatus.UNCHANGED)
        relation = "discontinued" if start < end else "new"
        return Step(start, end, code, (), relation, RecodingStatus.AMBIGUOUS)


def _codes_by_vintage(rows: Iterable[Row]) -> dict[int, frozenset[str]]:
    known: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        first, last = int(str(row["first_vintage"])), int(str(row["last_vintage"]))
        for vintage, _ in [*vintage_steps(first, last), (last, last)]:
            known[vintage].add(str(row["code"]))
    return {vintage: frozenset(codes) for vintage, codes in known.items()}


def _relation(lines: Iterable[Change]) -> str:
    return "+".join(sorted({line.relation for line in lines}))


def _status(code: str, codes: tuple[str, ...], *, exact: bool) -> RecodingStatus:
    if len(codes) != 1:
        return RecodingStatus.AMBIGUOUS
    if not exact:
        return RecodingStatus.APPROXIMATE
    return RecodingStatus.UNCHANGED if codes == (code,) else RecodingStatus.EXACT


def _answer(code: str, current: set[str], path: list[Step]) -> Recoding:
    candidates = tuple(sorted(current))
    statuses = [step.status for step in path] or [RecodingStatus.UNCHANGED]
    weakest = max(statuses, key=ORDER.index)
    if len(candidates) != 1:
        return Recoding(RecodingStatus.AMBIGUOUS, None, candidates, tuple(path))
    if weakest is RecodingStatus.EXACT and candidates == (code,):
        weakest = RecodingStatus.UNCHANGED
    single = None if weakest is RecodingStatus.AMBIGUOUS else candidates[0]
    return Recoding(weakest, single, candidates, tuple(path))
