"""Scales and axes: from values to shares of the width, and the ticks with their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from alpclusters.analysis.scales import Scale
from alpclusters.reports.numbers import format_figure

_STEPS: Final = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis and the word that anchors it ("4", "rather")."""

    value: float
    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear axis from ``low`` to ``high`` with its ticks; shares are written as per cent."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    is_share: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the low end and 1 at the high end, never outside."""
        span = self.high - self.low
        return 0.0 if span <= 0 else min(1.0, max(0.0, (value - self.low) / span))


def rating_axis(anchors: Sequence[str], *, first: int = 1, low: int | None = None) -> Axis:
    """Return the axis of ratings from ``first`` on with the words of each step.

    ``low=2`` cuts the empty end off in documents, where no estimate lies below.
    """
    begin = first if low is None else low
    ticks = (Tick(i, str(i), word) for i, word in enumerate(anchors, start=first))
    shown = tuple(tick for tick in ticks if tick.value >= begin)
    return Axis(begin, first + len(anchors) - 1, shown)


def criterion_axis(scale: Scale, words: Sequence[str], language: str) -> Axis:
    """Return the axis of a criterion: a tick for each step, with its words."""
    said = words if len(words) == len(scale.steps) else ("",) * len(scale.steps)
    ticks = tuple(
        Tick(step, format_figure(step, scale, language, 0), word)
        for step, word in zip(scale.steps, said, strict=True)
    )
    return Axis(*scale.ends, ticks, is_share=scale.is_share)


def nice_axis(values: Sequence[float], *, include_zero: bool = True, n_steps: int = 4) -> Axis:
    """Return an axis with round ends that holds all values; the ticks carry no text yet."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if include_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high <= low:
        high = low + 1
    step = nice_step((high - low) / n_steps)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(Tick(i * step, "") for i in range(first, last + 1))
    return Axis(first * step, last * step, ticks)


def nice_step(raw: float) -> float:
    """Return the smallest round step (1, 2, 2.5, 5 times a power of ten) not below ``raw``."""
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in _STEPS if step * power >= raw * (1 - 1e-9))
