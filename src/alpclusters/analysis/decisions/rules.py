"""Thresholds of deciding: derived from the scale where they are not stated, checked, and told."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.conventions import LEVEL, Conventions
from alpclusters.analysis.errors import check_range

MIN_ANSWERS: Final = 10  # of a measure
MIN_IN_GROUP: Final = 5  # answers of one group on a measure
HALF: Final = 0.5
_VALUED: Final = 0.625  # of the scale, from its low end: 3.5 of 1 to 5
_AGAINST: Final = 0.25  # of the scale, from its low end: 2 of 1 to 5
_APART: Final = 0.25  # of the scale: greatest less least group
_LOWER: Final = 0.125  # of the scale: a group below the others


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds on a scale from ``low`` on of a ``width``; ``against`` is None for votes."""

    threshold: float
    middle: float
    against: float | None
    against_share: float
    certain: float
    width: float
    low: float = 0.0

    @classmethod
    def on_scale(
        cls,
        scale: tuple[float, ...],
        threshold: float | None,
        middle: float | None,
        against: float | None,
        against_share: float,
        certain: float,
    ) -> "Rules":
        """Take what is not stated from the scale."""
        low, high = (scale[0], scale[-1]) if scale else (0.0, 1.0)

        def at(stated: float | None, share: float, argument: str) -> float:
            value = low + share * (high - low) if stated is None else float(stated)
            check_range(argument, low <= value <= high, f"{low:g} .. {high:g}")
            return value

        rules = cls(
            at(threshold, _VALUED, "threshold"),
            at(middle, HALF, "middle"),
            at(against, _AGAINST, "against"),
            against_share,
            certain,
            high - low,
            low,
        )
        rules.check_shares()
        return rules

    @property
    def apart(self) -> float:
        """How far the greatest and the least group lie apart where a measure divides."""
        return _APART * self.width

    @property
    def lower(self) -> float:
        """How far a group lies below the others where it is called lower."""
        return _LOWER * self.width

    def check_shares(self) -> None:
        """Refuse shares outside 0 to 1."""
        for argument in ("against_share", "certain"):
            check_range(argument, 0 <= getattr(self, argument) <= 1, "0 .. 1")

    def conventions(
        self, method: str, scale: tuple[float, ...], draws: int | None, seed: int
    ) -> Conventions:
        """Say how decisions were computed."""
        named = {
            "threshold": self.threshold,
            "middle": self.middle,
            "against": self.against,
            "against_share": self.against_share,
            "certain": self.certain,
            "apart": self.apart,
            "lower": self.lower,
            "min_answers": MIN_ANSWERS,
            "min_in_group": MIN_IN_GROUP,
        }
        thresholds = tuple((name, float(one)) for name, one in named.items() if one is not None)
        return Conventions(
            method=method,
            scale=scale,
            level=LEVEL,
            intervals=(("groups", "simulated_equal_tailed"),),
            missing="cannot_judge_left_out_and_reported",
            seed=seed,
            draws=draws,
            thresholds=thresholds,
        )
