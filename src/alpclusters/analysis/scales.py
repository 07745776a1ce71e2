"""The scale a question is answered on: its kind, its steps, and what may be computed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from alpclusters.analysis.errors import ScaleError, Where

MOST_STEPS: Final = 11
"""From 0 to 10: more steps nobody tells apart on a phone."""
LARGEST_STEP: Final = 99

type Words = Mapping[str, str]


class Kind(StrEnum):
    """What the steps mean; an order of measures is asked for by the top three, not by a scale.

    Attributes
    ----------
    ORDERED
        Steps that rise, such as 1 to 5.
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
        From here on a mean counts as reached; by default above the middle. None without an order.

    Raises
    ------
    ScaleError
        Steps that do not rise, do not belong to the kind, or are too many.

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
            object.__setattr__(self, "reached", _above_middle(self.bands))

    @classmethod
    def read(cls, record: Any) -> Self:
        """Read a scale as it is stored.

        Parameters
        ----------
        record : mapping
            ``{"kind": "ordered", "steps": [{"value": 1, "label": {"de": "gar nicht"}}, ...]}``,
            and ``reached`` where it is not the middle.

        Examples
        --------
        >>> Scale.read({"kind": "yes_no", "steps": [{"value": 0}, {"value": 1}]}).reached
        0.5
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
        is_usual = self.reached is None or self.reached == _above_middle(self.bands)
        return found if is_usual else {**found, "reached": self.reached}

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

    def label(self, step: int) -> Words:
        """Return the words of a step by language."""
        return self.labels[self.steps.index(step)]


def bands_of(steps: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Part steps into those below the middle, in it and above it.

    Examples
    --------
    >>> bands_of(range(1, 8))
    ((1, 2, 3), (4,), (5, 6, 7))
    """
    half = len(steps) // 2
    parts = (steps[:half], steps[half : len(steps) - half], steps[len(steps) - half :])
    return tuple(tuple(part) for part in parts if part)


def _above_middle(bands: tuple[tuple[int, ...], ...]) -> float:
    return (bands[-2][-1] + bands[-1][0]) / 2


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
    wanted = tuple(range(1, len(steps) + 1)) if kind == Kind.CHOICE else _STEPS_OF.get(kind)
    if wanted is not None and steps != wanted:
        expected = ", ".join(map(str, wanted))
        raise ScaleError("scale.steps_of_kind", where=where, expected=expected)
