"""From dated answers about links to spells: how long each stayed alive after its funding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, get_args

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where
from alpclusters.analysis.survival.kaplan_meier import LEVEL, at, kaplan_meier
from alpclusters.analysis.survival.results import (
    DAYS_OF_YEAR,
    FloatArray,
    IntArray,
    Place,
    PlacedReading,
    Spells,
    finite,
    read_only,
)


class Answer(StrEnum):
    """What somebody said of a link on a day."""

    ALIVE = "alive"
    ENDED = "ended"
    DORMANT = "dormant"
    REOPENED = "reopened"


ANSWERS: Final = tuple(Answer)
PLACES: Final[tuple[Place, ...]] = get_args(Place.__value__)
_LIVING: Final = frozenset({Answer.ALIVE, Answer.REOPENED})


@dataclass(frozen=True, slots=True)
class _Spell:
    """One spell in days: where it begins, comes under observation, and ends or is last seen."""

    number: int
    zero: float
    seen: float
    lower: float
    upper: float
    event: bool

    @property
    def is_unseen(self) -> bool:
        """Whether it ended before anybody entered it."""
        return self.event and self.zero < self.seen and self.upper <= self.seen

    @property
    def is_unanswered(self) -> bool:
        """Whether nothing is known after it came under observation."""
        return not self.event and self.upper <= self.seen


def spells(
    link: ArrayLike,
    day: ArrayLike,
    answer: Sequence[str],
    zero: ArrayLike,
    *,
    entered: ArrayLike | None = None,
    place: Place = "middle",
) -> Spells:
    """Build spells from dated answers.

    Parameters
    ----------
    link : array_like of shape (n_answers,)
        Place of the link among ``zero``.
    day : array_like of shape (n_answers,)
        Ordinal of the day of the answer; in any order.
    answer : sequence of {'alive', 'ended', 'dormant', 'reopened'}
        Dormant ends a spell as ended does.
    zero : array_like of shape (n_links,)
        Ordinal of the day on which the funding under which the link was active ended; NaN where
        unknown.
    entered : array_like of shape (n_links,), optional
        Ordinal of the day on which the link was entered, as alive; NaN where it was known from
        the beginning. Before it nobody could have reported an end (left truncation).
    place : {'middle', 'left', 'right'}
        Where in (last alive, first ended] the events stand.

    Returns
    -------
    Spells

    Raises
    ------
    AnalysisError
        Other lengths, a day that is no number, another answer, a link that is not there.

    Notes
    -----
    A spell without an end is censored at the last answer "alive", never at today. "Alive" or
    "reopened" after an end begins a new spell on the day of that answer. Of two answers of one
    day, alive stands.

    Examples
    --------
    >>> found = spells([0, 0, 1], [366, 731, 400], ["alive", "ended", "alive"], [0, 0])
    >>> [round(years, 3) for years in found.duration.tolist()], found.event.tolist()
    ([1.502, 1.095], [1, 0])
    """
    if place not in PLACES:
        expected = ", ".join(PLACES)
        raise ScaleError("argument.not_one_of", where=Where(argument="place"), expected=expected)
    zeros = _days(zero, "zero")
    seen = np.fmax(zeros, zeros if entered is None else _days(entered, "entered", n=len(zeros)))
    said, n_contradictions = _answers_by_link(link, day, answer, n_links=len(zeros))
    undated = np.isnan(zeros)
    rows = [
        (k, spell)
        for k in np.flatnonzero(~undated).tolist()
        for spell in _spells_of(said[k], float(zeros[k]), float(seen[k]))
    ]
    known = [row for row in rows if not (row[1].is_unseen or row[1].is_unanswered)]
    begun = sum(spell.number == 1 for _, spell in rows)
    table = _table(known, place)
    return replace(
        table,
        n_links=len(zeros),
        n_undated=int(undated.sum()),
        n_unanswered=sum(spell.is_unanswered for _, spell in rows),
        n_ended_before=int((~undated).sum()) - begun,
        n_ended_unseen=sum(spell.is_unseen for _, spell in rows),
        n_contradictions=n_contradictions,
    )


def place_events(found: Spells, *, place: Place) -> Spells:
    """Put all events at another point of the stretch in which they lie.

    Parameters
    ----------
    found : Spells
        Of `spells`.
    place : {'middle', 'left', 'right'}
        The last answer "alive", the first "ended", or half way between.

    Returns
    -------
    Spells
        The same spells. An event at the left that would fall on the entry of its link stands
        one day later: who is not yet under observation cannot end.

    Raises
    ------
    ScaleError
        Another place.

    Examples
    --------
    >>> found = spells([0, 0], [366, 731], ["alive", "ended"], [0])
    >>> [round(float(place_events(found, place=p).duration[0]), 2) for p in ("left", "right")]
    [1.0, 2.0]
    """
    if place not in PLACES:
        expected = ", ".join(PLACES)
        raise ScaleError("argument.not_one_of", where=Where(argument="place"), expected=expected)
    duration = _placed(found.lower, found.upper, found.entry, place)
    conventions = replace(found.conventions, ties=f"events_at_{place}")
    return replace(found, duration=duration, place=place, conventions=conventions)


def sensitivity(
    found: Spells, *, times: Sequence[float], level: float = LEVEL
) -> tuple[PlacedReading, ...]:
    """Read the curve with all events at the left, in the middle and at the right.

    Parameters
    ----------
    found : Spells
        Of `spells`; first spells only, or all.
    times : sequence of float
        Years from time zero.
    level : float
        Of the intervals.

    Returns
    -------
    tuple of PlacedReading
        In the order of ``times``. A range of what the answers leave open, no interval of
        chance. Without censored spells left is at most right; among censored ones an event
        placed later meets fewer at risk, and left may even exceed right.

    Raises
    ------
    AnalysisError
        A time that is no number or negative, a level outside 0 to 1.

    Examples
    --------
    >>> found = spells([0, 0, 1], [366, 731, 900], ["alive", "ended", "alive"], [0, 0])
    >>> [(r.left.survival, r.middle.survival, r.right.survival)
    ...  for r in sensitivity(found, times=[1.2, 1.8])]
    [(0.5, 1.0, 1.0), (0.5, 0.5, 1.0)]
    """
    placed = [place_events(found, place=place) for place in ("left", "middle", "right")]
    curves = [kaplan_meier(one.duration, one.event, entry=one.entry, level=level) for one in placed]
    return tuple(PlacedReading(float(t), *(at(curve, t) for curve in curves)) for t in times)


def _days(values: ArrayLike, argument: str, *, n: int | None = None) -> FloatArray:
    column = np.array(values, dtype=np.float64)
    if column.ndim != 1 or (n is not None and len(column) != n):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if np.isinf(column).any():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return column


def _answers_by_link(
    link: ArrayLike, day: ArrayLike, answer: Sequence[str], *, n_links: int
) -> tuple[list[list[tuple[float, Answer]]], int]:
    days = finite(day, "day")
    places = finite(link, "link", n=len(days))
    if len(answer) != len(days):
        raise ShapeError("array.lengths_differ", where=Where(argument="answer"))
    if not np.isin(places, np.arange(n_links)).all():
        expected = f"0 to {n_links - 1}"
        raise ScaleError("argument.out_of_range", where=Where(argument="link"), expected=expected)
    said = [_read_answer(one) for one in answer]
    living = {(k, d) for k, d, one in zip(places, days, said, strict=True) if one in _LIVING}
    by_link: list[list[tuple[float, Answer]]] = [[] for _ in range(n_links)]
    n_contradictions = 0
    for k, d, one in sorted(zip(places.tolist(), days.tolist(), said, strict=True)):
        if one not in _LIVING and (k, d) in living:
            n_contradictions += 1
            continue
        by_link[int(k)].append((d, one))
    return by_link, n_contradictions


def _read_answer(value: str) -> Answer:
    if value not in ANSWERS:
        where, expected = Where(argument="answer"), ", ".join(ANSWERS)
        raise ScaleError("argument.not_one_of", where=where, found=str(value), expected=expected)
    return Answer(value)


def _spells_of(
    answers: list[tuple[float, Answer]], zero: float, entered: float
) -> Iterator[_Spell]:
    before = [answer for day, answer in answers if day < zero]
    is_open = not before or before[-1] in _LIVING
    number, begin, alive = 1, zero, max(zero, entered)
    for day, answer in answers[len(before) :]:
        if answer not in _LIVING:
            if is_open:
                seen = max(begin, entered)
                yield _Spell(number, begin, seen, min(alive, day), day, event=True)
            is_open = False
        elif is_open:
            alive = max(alive, day)
        else:
            is_open, number, begin, alive = True, number + 1, day, max(day, entered)
    if is_open:
        yield _Spell(number, begin, max(begin, entered), alive, alive, event=False)


def _table(rows: list[tuple[int, _Spell]], place: Place) -> Spells:
    found = [spell for _, spell in rows]
    lower = _years([spell.lower - spell.zero for spell in found])
    upper = _years([spell.upper - spell.zero for spell in found])
    entry = _years([spell.seen - spell.zero for spell in found])
    return Spells(
        link=_whole([k for k, _ in rows]),
        number=_whole([spell.number for spell in found]),
        duration=_placed(lower, upper, entry, place),
        event=_whole([int(spell.event) for spell in found]),
        entry=entry,
        lower=lower,
        upper=upper,
        place=place,
        n_links=0,
        n_undated=0,
        n_unanswered=0,
        n_ended_before=0,
        n_ended_unseen=0,
        n_contradictions=0,
        status="ok" if rows else "undefined",
        reasons=() if rows else ("no_spells",),
        conventions=Conventions(
            method="spells",
            ties=f"events_at_{place}",
            missing="censored_at_last_alive",
            thresholds=(("days_of_year", DAYS_OF_YEAR),),
        ),
    )


def _placed(lower: FloatArray, upper: FloatArray, entry: FloatArray, place: Place) -> FloatArray:
    if place == "left":
        on_entry = (lower <= entry) & (entry > 0) & (upper > lower)
        return read_only(np.where(on_entry, lower + 1 / DAYS_OF_YEAR, lower))
    return read_only((lower + upper) / 2 if place == "middle" else upper.copy())


def _years(days: list[float]) -> FloatArray:
    return read_only(np.array(days, dtype=np.float64) / DAYS_OF_YEAR)


def _whole(values: list[int]) -> IntArray:
    return read_only(np.array(values, dtype=np.int64))
