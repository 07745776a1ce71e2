"""From activities to families: one stance, one answer to "did it last?" per family."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.certainty.rules import RULES, PlanRules
from alpclusters.analysis.errors import ScaleError, Where

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
        _check(piece)
        by_family[piece.family].append(piece)
        n_pieces += 1
    value = tuple(_source(family, by_family[family], rules) for family in sorted(by_family))
    return Evidence(value, n_pieces, () if value else ("no_evidence",), rules.convention)


def _check(piece: Piece) -> None:
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
