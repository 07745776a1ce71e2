"""The scale a question is answered on: its kind, its steps, and what may be computed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from alpclusters.analysis.errors import ScaleError, Where

MOST_STEPS: Final = 11
"""From 0 to 10: more steps nobody tells apart on a phone."""
LARGEST_STEP: Final = 99

_REACHED: Final = 0.625
"""Of the scale from its low end, 3.5 of 1 to 5: as `decisions` asks of a measure."""

type Words = Mapping[str, str]


class Kind(StrEnum):
    """What the steps mean; an order of measures is asked for by the top three, not by a scale.

    Attributes
    ----------
    ORDERED
        Whole numbers in a row, such as 1 to 5.
    YES_NO
        0 and 1: the mean is the share of yes.
    AGREEMENT
        -1, 0 and 1: against, neither, for.
    CHOICE
        Options without an order, numbered from 1.
    """

    ORDERED = "ordered"
    YES_NO = "yes_no"
    AGREEMENT = "agreement"
    CHOICE = "choice"


_STEPS_OF: Final = {Kind.YES_NO: (0, 1), Kind.AGREEMENT: (-1, 0, 1)}


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a question, lowest first, and their words.

    Attributes
    ----------
    kind : Kind
    steps : tuple of int
        What is stored of an answer.
    labels : tuple of mapping of str to str
        For each step its words by language; without words a step is its number.
    reached : float or None
        From here on a mean counts as reached; by default five eighths of the way from the lowest
        step to the highest. None without an order.

    Raises
    ------
    ScaleError
        Steps that do not rise by one, do not belong to the kind, or are too many.

    Examples
    --------
    >>> scale = Scale(Kind.ORDERED, (1, 2, 3, 4, 5))
    >>> scale.ends, scale.reached, scale.bands
    ((1, 5), 3.5, ((1, 2), (3,), (4, 5)))
    >>> scale.accepts(5), scale.accepts(6), scale.accepts(True)
    (True, False, False)
    """

    kind: Kind
    steps: tuple[int, ...]
    labels: tuple[Words, ...] = ()
    reached: float | None = field(default=None)

    def __post_init__(self) -> None:
        _check(self.kind, self.steps)
        labels = self.labels or ({},) * len(self.steps)
        if len(labels) != len(self.steps):
            raise ScaleError("scale.labels", where=Where(argument="labels"))
        object.__setattr__(self, "labels", tuple(labels))
        if not self.has_order:
            object.__setattr__(self, "reached", None)
        elif self.reached is None:
            object.__setattr__(self, "reached", self._usual)

    @classmethod
    def read(cls, record: Any) -> Self:
        """Read a scale as it is stored.

        Parameters
        ----------
        record : mapping
            ``{"kind": "ordered", "steps": [{"value": 1, "label": {"de": "gar nicht"}}, ...]}``,
            and ``reached`` where it is not the usual.

        Examples
        --------
        >>> Scale.read({"kind": "yes_no", "steps": [{"value": 0}, {"value": 1}]}).reached
        0.625
        """
        kind = record.get("kind") if isinstance(record, Mapping) else None
        if kind not in list(Kind):
            known = ", ".join(Kind)
            raise ScaleError("scale.kind_unknown", where=Where(field="kind"), expected=known)
        steps = record.get("steps")
        rows = steps if isinstance(steps, Sequence) and not isinstance(steps, str) else ()
        if not all(isinstance(row, Mapping) for row in rows):
            raise ScaleError("scale.not_whole", where=Where(field="steps"))
        return cls(
            kind=Kind(kind),
            steps=tuple(row.get("value") for row in rows),
            labels=tuple(dict(row.get("label") or {}) for row in rows),
            reached=record.get("reached"),
        )

    def as_record(self) -> dict[str, Any]:
        """Return it as it is stored."""
        pairs = zip(self.steps, self.labels, strict=True)
        found: dict[str, Any] = {
            "kind": self.kind.value,
            "steps": [{"value": step, "label": dict(label)} for step, label in pairs],
        }
        return found if self.reached in {None, self._usual} else {**found, "reached": self.reached}

    def accepts(self, value: object) -> bool:
        """Say whether an answer is a step of this scale."""
        return isinstance(value, int) and not isinstance(value, bool) and value in self.steps

    @property
    def has_order(self) -> bool:
        """Say whether a higher step is more; a choice has options beside each other."""
        return self.kind != Kind.CHOICE

    @property
    def has_mean(self) -> bool:
        """Say whether a mean of answers means something."""
        return self.has_order

    @property
    def is_numbered(self) -> bool:
        """Say whether people see the number of a step beside its words."""
        return self.kind == Kind.ORDERED

    @property
    def is_share(self) -> bool:
        """Say whether a mean is a share, to be written as per cent: the share of yes."""
        return self.kind == Kind.YES_NO

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest step."""
        return self.steps[0], self.steps[-1]

    @property
    def bands(self) -> tuple[tuple[int, ...], ...]:
        """The steps below the middle, in it and above it; of a choice each option alone.

        Examples
        --------
        >>> Scale(Kind.ORDERED, (1, 2, 3, 4)).bands, Scale(Kind.YES_NO, (0, 1)).bands
        (((1, 2), (3, 4)), ((0,), (1,)))
        """
        return bands_of(self.steps) if self.has_order else tuple((step,) for step in self.steps)

    @property
    def agrees_from(self) -> int:
        """The lowest step above the middle: from here on an answer agrees."""
        return self.bands[-1][0]

    @property
    def _usual(self) -> float:
        low, high = self.ends
        return low + _REACHED * (high - low)

    def label(self, step: int) -> Words:
        """Return the words of a step by language."""
        return self.labels[self.steps.index(step)]

    def name(self, step: int, words: str) -> str:
        """Return what people read of a step: number and words, words alone where they say all.

        Examples
        --------
        >>> Scale(Kind.ORDERED, (1, 2)).name(2, "a lot"), Scale(Kind.YES_NO, (0, 1)).name(1, "yes")
        ('2 a lot', 'yes')
        """
        return f"{step} {words}".strip() if self.is_numbered or not words else words


@dataclass(frozen=True, slots=True)
class Joined:
    """What answers on several scales have in common, for methods that take them together.

    On one scale answers stay as they are; on different ones each is its share of the way from the
    lowest step to the highest.

    Attributes
    ----------
    points : tuple of float
    disagree_to, agree_from : float
        Up to here an answer disagrees, from here on it agrees; between them it does neither.
    is_share : bool
    """

    points: tuple[float, ...]
    disagree_to: float
    agree_from: float
    is_share: bool

    def place(self, value: int, scale: Scale) -> float:
        """Return where an answer on one of the scales lies on all of them."""
        return _share(value, scale) if self.is_share else float(value)


def join_scales(scales: Sequence[Scale]) -> Joined:
    """Join scales that have an order; at least one.

    Examples
    --------
    >>> five, yes_no = Scale(Kind.ORDERED, (1, 2, 3, 4, 5)), Scale(Kind.YES_NO, (0, 1))
    >>> join_scales([five, five]).agree_from, join_scales([five, yes_no]).points
    (4.0, (0.0, 0.25, 0.5, 0.75, 1.0))
    >>> join_scales([five, yes_no]).place(4, five)
    0.75
    """
    first = scales[0]
    if all(scale.steps == first.steps for scale in scales):
        points = tuple(float(step) for step in first.steps)
        return Joined(points, float(first.bands[0][-1]), float(first.agrees_from), is_share=False)
    shares = sorted({_share(step, scale) for scale in scales for step in scale.steps})
    low = max(_share(scale.bands[0][-1], scale) for scale in scales)
    high = min(_share(scale.agrees_from, scale) for scale in scales)
    return Joined(tuple(shares), low, high, is_share=True)


def _share(value: int, scale: Scale) -> float:
    low, high = scale.ends
    return (value - low) / (high - low)


def bands_of[T](steps: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """Part steps into those below the middle, in it and above it.

    Examples
    --------
    >>> bands_of(range(1, 8))
    ((1, 2, 3), (4,), (5, 6, 7))
    """
    half = len(steps) // 2
    parts = (steps[:half], steps[half : len(steps) - half], steps[len(steps) - half :])
    return tuple(tuple(part) for part in parts if part)


def _check(kind: Kind, steps: tuple[int, ...]) -> None:
    where = Where(field="steps")
    is_whole = all(
        isinstance(step, int) and not isinstance(step, bool) and abs(step) <= LARGEST_STEP
        for step in steps
    )
    if not is_whole:
        raise ScaleError("scale.not_whole", where=where, expected=f"±{LARGEST_STEP}")
    if len(steps) > MOST_STEPS:
        raise ScaleError("scale.too_many_steps", where=where, expected=str(MOST_STEPS))
    if len(steps) < len(("lowest", "highest")) or list(steps) != sorted(set(steps)):
        raise ScaleError("scale.not_rising", where=where)
    first = 1 if kind == Kind.CHOICE else steps[0]
    wanted = _STEPS_OF.get(kind, tuple(range(first, first + len(steps))))
    if steps != wanted:
        expected = ", ".join(map(str, wanted))
        raise ScaleError("scale.steps_of_kind", where=where, expected=expected)
