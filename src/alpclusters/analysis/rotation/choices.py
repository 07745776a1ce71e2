"""Language wishes against new faces: three plans side by side, never one number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.rotation.languages import Languages
from alpclusters.analysis.rotation.results import SeatPlan
from alpclusters.analysis.rotation.search import (
    REVISIT_WEIGHT,
    Prefer,
    cost_of_pairs,
    count_meetings,
)
from alpclusters.analysis.rotation.seating import seat
from alpclusters.analysis.rotation.wishes import Guest, Pairs, Pins

ChoiceName = Literal["mix_most", "balanced", "language_first"]
CHOICES: Final[Mapping[ChoiceName, float]] = MappingProxyType(
    {"mix_most": 0.0, "balanced": 3.0, "language_first": 10.0}
)


@dataclass(frozen=True, slots=True, eq=False)
class SeatChoices:
    """Three plans for the same guests.

    Attributes
    ----------
    mix_most : SeatPlan
        Fewest repeats; languages only decide who gets which seat.
    balanced : SeatPlan
        A wrong-language seat weighs as much as three repeats.
    language_first : SeatPlan
        As much as ten.
    """

    mix_most: SeatPlan
    balanced: SeatPlan
    language_first: SeatPlan

    def as_record(self) -> list[dict[str, object]]:
        """Return the figures of each plan for JSON, without its rounds."""
        return [_figures(name, getattr(self, name)) for name in CHOICES]


def seat_choices(  # noqa: PLR0913 - the wishes of a facilitator
    guests: int | Sequence[Guest],
    tables: int,
    rounds: int,
    *,
    languages: Languages,
    pins: Pins | None = None,
    apart: Pairs | None = None,
    seed: int = 0,
    prefer: Prefer = "spread",
    max_iterations: int | None = None,
) -> SeatChoices:
    """Plan three times: mixing most, balanced, language first.

    Parameters
    ----------
    guests, tables, rounds, languages, pins, apart, seed, prefer, max_iterations
        As in `seat`; the iterations are those of each search.

    Returns
    -------
    SeatChoices
        Each is the best of the three by its own weights.

    Raises
    ------
    AnalysisError
        As `seat`.

    Examples
    --------
    >>> speakers = Languages.of([["de"], ["it"]] * 8, ["de", "it", "de", "it"])
    >>> found = seat_choices(16, 4, 2, languages=speakers, max_iterations=50)
    >>> found.mix_most.repeats, found.language_first.wrong_language_seats
    (4, 0)
    """
    plans = [
        seat(
            guests,
            tables,
            rounds,
            languages=languages,
            pins=pins,
            apart=apart,
            seed=seed,
            language_weight=weight,
            prefer=prefer,
            max_iterations=max_iterations,
        )
        for weight in CHOICES.values()
    ]
    mix_most, balanced, language_first = (
        min(plans, key=lambda plan, weight=weight: _cost(plan, weight))  # type: ignore[misc]
        for weight in (1e-3, *list(CHOICES.values())[1:])
    )
    return SeatChoices(mix_most, balanced, language_first)


def _cost(plan: SeatPlan, weight: float) -> float:
    wrong = weight * plan.wrong_language_seats
    meetings = np.triu(count_meetings(plan.seats), 1)
    pairs = int(cost_of_pairs(meetings, plan.prefer).sum())
    return pairs + REVISIT_WEIGHT * plan.revisits + wrong


def _figures(name: str, plan: SeatPlan) -> dict[str, object]:
    return {
        "name": name,
        "repeats": plan.repeats,
        "lower_bound": plan.lower_bound,
        "revisits": plan.revisits,
        "wrong_language_seats": plan.wrong_language_seats,
        "wrong_language_bound": plan.wrong_language_bound,
        "interpreters": {code: list(n) for code, n in plan.interpreters.items()},
    }
