"""From activities to families, a stance and a "did it last?" each, and the share that lasted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from alpclusters.analysis.certainty.rules import RULES, PlanRules
from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.errors import ScaleError, Where

# --- What lasted: families by outcome, the share that goes on with its interval, and the gaps -----


class Outcome(StrEnum):
    """What became of it after the funding, the best first."""

    LASTING = "lasting"
    TRANSFORMED = "transformed"
    ENDED = "ended"
    UNKNOWN = "unknown"


OUTCOMES: Final = tuple(Outcome)
type Gap = Literal["no_families", "no_known_outcome"]


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many of some families went on.

    Attributes
    ----------
    value : float or None
        Share lasting among families with a known outcome, 0 to 1; None below three of them.
    low, high : float or None
        Wilson's interval of it, 90 %, within 0 to 1.
    n_families : int
        All of them, with unknown outcomes.
    n_known, n_lasting : int
        With a known outcome; those that go on, as they were or in another form.
    reasons : tuple of str
        ``no_families``, ``no_known_outcome`` or ``few_known`` where there is no share.
    convention : str
    """

    value: float | None
    low: float | None
    high: float | None
    n_families: int
    n_known: int
    n_lasting: int
    reasons: tuple[str, ...]
    convention: str


def lasting_share(counts: Mapping[str, int], *, rules: PlanRules = RULES) -> Lasting:
    """Share of families that went on after the funding.

    Parameters
    ----------
    counts : mapping of str to int
        Families by outcome: lasting, transformed, ended, unknown; what is missing is 0.
    rules : PlanRules, optional
        ``fewest_known`` and ``level`` are used.

    Returns
    -------
    Lasting
        Unknown outcomes are counted and never part of the share.

    Raises
    ------
    ScaleError
        Another outcome, or a count that is no whole number from 0.

    References
    ----------
    .. [1] E. B. Wilson, Probable inference, the law of succession, and statistical inference,
       Journal of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    >>> found = lasting_share({"lasting": 2, "transformed": 1, "ended": 1, "unknown": 7})
    >>> found.value, round(found.low, 6), round(found.high, 6), found.n_families
    (0.75, 0.356168, 0.942093, 11)
    >>> lasting_share({"lasting": 2}).reasons
    ('few_known',)
    """
    _lasting_check(counts)
    lasting = counts.get(Outcome.LASTING, 0) + counts.get(Outcome.TRANSFORMED, 0)
    known = lasting + counts.get(Outcome.ENDED, 0)
    total = known + counts.get(Outcome.UNKNOWN, 0)
    reasons = _why_no_share(total, known, rules)
    low = high = value = None
    if not reasons:
        bounds = wilson_interval(lasting, known, level=rules.level)
        value, low, high = lasting / known, float(bounds.low[0]), float(bounds.high[0])
    return Lasting(value, low, high, total, known, lasting, reasons, rules.convention)


def _lasting_check(counts: Mapping[str, int]) -> None:
    for name, n in counts.items():
        if name not in OUTCOMES:
            code = "argument.not_one_of"
            where = Where(argument="counts")
            raise ScaleError(code, where=where, found=str(name), expected=", ".join(OUTCOMES))
        if not (n >= 0 and n == int(n)):
            code = "argument.out_of_range"
            raise ScaleError(code, where=Where(argument="counts", field=name), expected=">= 0")


def _why_no_share(total: int, known: int, rules: PlanRules) -> tuple[str, ...]:
    if total == 0:
        return ("no_families",)
    if known == 0:
        return ("no_known_outcome",)
    return ("few_known",) if known < rules.fewest_known else ()


def find_gaps(
    cells: Mapping[str, Mapping[str, int]], *, of: Iterable[str]
) -> tuple[tuple[str, Gap], ...]:
    """Find types that nobody did, or of which nobody knows whether they lasted.

    Parameters
    ----------
    cells : mapping of str to mapping
        Families by outcome, for each type.
    of : iterable of str
        All types there are, in the order of the answer.

    Returns
    -------
    tuple of (str, {'no_families', 'no_known_outcome'})

    Examples
    --------
    >>> find_gaps({"a": {"ended": 1}, "b": {"unknown": 2}}, of=["a", "b", "c"])
    (('b', 'no_known_outcome'), ('c', 'no_families'))
    """
    found: list[tuple[str, Gap]] = []
    for key in of:
        share = lasting_share(cells.get(key, {}))
        if share.n_families == 0:
            found.append((key, "no_families"))
        elif share.n_known == 0:
            found.append((key, "no_known_outcome"))
    return tuple(found)


# --- From activities to families: one stance, one answer to "did it last?" per family -------------


type StanceOf = Literal["supports", "contradicts", "mixed"]
type OutcomeOf = Literal["lasting", "transformed", "ended", "unknown"]
_STANCES = ("supports", "contradicts", "mixed")
_OUTCOMES = ("lasting", "transformed", "ended", "unknown")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one activity says about a lesson; None is unknown.

    Attributes
    ----------
    family : int
    stance : {'supports', 'contradicts', 'mixed'}
    outcome : {'lasting', 'transformed', 'ended', 'unknown'}
        After the funding.
    months : int or None
        After the end of the funding at which it was last known alive or first known dead.
    is_independent : bool or None
        Whether somebody else than the initiative itself says so.
    is_relevant : bool or None
        Whether it took place in the Alps or in a comparable area.
    is_eu_only : bool
        Whether it goes on with European follow-up money only.
    """

    family: int
    stance: StanceOf
    outcome: OutcomeOf = "unknown"
    months: int | None = None
    is_independent: bool | None = None
    is_relevant: bool | None = None
    is_eu_only: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What one family says about a lesson; None is unknown.

    Attributes
    ----------
    family : int
    stance : {'supports', 'contradicts', 'mixed'}
        Mixed where its activities differ.
    is_lasting : bool or None
        Alive at 12 months or more after the funding.
    months : int or None
        The longest at which any of it was known alive.
    is_independent, is_relevant : bool or None
    is_eu_only : bool
        Everything in it that lasts rests on European follow-up money only.
    """

    family: int
    stance: StanceOf
    is_lasting: bool | None = None
    months: int | None = None
    is_independent: bool | None = None
    is_relevant: bool | None = None
    is_eu_only: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The families behind a lesson.

    Attributes
    ----------
    value : tuple of Source
        In the order of families.
    n_pieces : int
        Activities behind them.
    reasons : tuple of str
        ``no_evidence`` where there is none.
    convention : str
    """

    value: tuple[Source, ...]
    n_pieces: int
    reasons: tuple[str, ...]
    convention: str


def gather(pieces: Iterable[Piece], *, rules: PlanRules = RULES) -> Evidence:
    """Let activities of one family speak as one.

    Parameters
    ----------
    pieces : iterable of Piece
        One per activity that bears on the lesson; the order does not matter.
    rules : PlanRules, optional
        ``lasting_months`` is used.

    Returns
    -------
    Evidence
        A family supports where all its activities do, contradicts where all do, and is mixed
        otherwise. It lasts if any of its activities is known alive (as it was or in another
        form) so many months after the funding; else it did not if any is known to have ended;
        else nobody knows. It has an independent source, or a relevant context, if any activity
        has; not, if all are known and none has; else that is unknown.

    Raises
    ------
    ScaleError
        Another stance or outcome, or months below 0.

    Notes
    -----
    Something alive at a month that is not stated, or before the twelfth month, is unknown here:
    it may yet last.

    Examples
    --------
    >>> found = gather([Piece(7, "supports", "lasting", 30), Piece(7, "mixed", "ended", 3)])
    >>> (source,) = found.value
    >>> source.stance, source.is_lasting, source.months
    ('mixed', True, 30)
    """
    by_family: defaultdict[int, list[Piece]] = defaultdict(list)
    n_pieces = 0
    for piece in pieces:
        _gathering_check(piece)
        by_family[piece.family].append(piece)
        n_pieces += 1
    value = tuple(_source(family, by_family[family], rules) for family in sorted(by_family))
    return Evidence(value, n_pieces, () if value else ("no_evidence",), rules.convention)


def _gathering_check(piece: Piece) -> None:
    for field, found, allowed in (
        ("stance", piece.stance, _STANCES),
        ("outcome", piece.outcome, _OUTCOMES),
    ):
        if found not in allowed:
            code = "argument.not_one_of"
            where = Where(argument="pieces", field=field)
            raise ScaleError(code, where=where, found=str(found), expected=", ".join(allowed))
    if piece.months is not None and not piece.months >= 0:
        code = "argument.out_of_range"
        where = Where(argument="pieces", field="months")
        raise ScaleError(code, where=where, found=str(piece.months), expected=">= 0")


def _source(family: int, pieces: Sequence[Piece], rules: PlanRules) -> Source:
    alive = [piece for piece in pieces if piece.outcome in {"lasting", "transformed"}]
    lasting = [p for p in alive if p.months is not None and p.months >= rules.lasting_months]
    has_ended = any(piece.outcome == "ended" for piece in pieces)
    return Source(
        family=family,
        stance=_stance(pieces),
        is_lasting=True if lasting else False if has_ended else None,
        months=max((p.months for p in alive if p.months is not None), default=None),
        is_independent=_any_of([piece.is_independent for piece in pieces]),
        is_relevant=_any_of([piece.is_relevant for piece in pieces]),
        is_eu_only=bool(lasting) and all(piece.is_eu_only for piece in lasting),
    )


def _stance(pieces: Sequence[Piece]) -> StanceOf:
    stances = {piece.stance for piece in pieces}
    return next(iter(stances)) if len(stances) == 1 else "mixed"


def _any_of(answers: Sequence[bool | None]) -> bool | None:
    if any(answers):
        return True
    return False if all(answer is False for answer in answers) else None
