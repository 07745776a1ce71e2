"""Rows of a chart of dots: one measure each, grouped into tiers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DotRow:
    """One measure: estimate, ends of its interval, people behind it, share of "cannot judge".

    ``value=None`` with ``is_withheld`` hides a group of fewer than five. ``first`` is the estimate
    of the first round (paired people); then ``low`` and ``high`` bound the *change*.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    cannot_judge: float | None = None
    rank: tuple[int, int] | None = None
    first: float | None = None
    is_withheld: bool = False

    @property
    def change(self) -> float | None:
        """Second minus first estimate."""
        if self.value is None or self.first is None:
            return None
        return self.value - self.first

    @property
    def is_changed(self) -> bool:
        """Whether the interval of the change excludes zero."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


@dataclass(frozen=True, slots=True)
class Tier:
    """Rows that cannot be told apart; an empty title draws no heading."""

    rows: tuple[DotRow, ...]
    title: str = ""
    words: str = ""
