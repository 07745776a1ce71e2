"""Seat guests at tables round by round, and weigh language wishes against new faces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.rotation.languages import Languages, check_languages
from alpclusters.analysis.rotation.planning import build_plan
from alpclusters.analysis.rotation.results import SeatPlan, Settings, Variant
from alpclusters.analysis.rotation.search import (
    LANGUAGE_WEIGHT,
    REVISIT_WEIGHT,
    Prefer,
    cost_of_pairs,
    count_meetings,
)
from alpclusters.analysis.rotation.wishes import Guest, Pairs, Pins, check_wishes

# --- Seat guests at tables round by round: closed form first, local search for the rest -----------


MAX_LANGUAGE_WEIGHT = 100


def seat(  # noqa: PLR0913 - the wishes of a facilitator, all optional
    guests: int | Sequence[Guest],
    tables: int,
    rounds: int,
    *,
    languages: Languages | None = None,
    pins: Pins | None = None,
    apart: Pairs | None = None,
    seed: int = 0,
    language_weight: float = LANGUAGE_WEIGHT,
    prefer: Prefer = "spread",
    variant: Variant = "rotate",
    stay: bool = False,
    max_iterations: int | None = None,
) -> SeatPlan:
    """Plan who sits where, so that people meet once and visit every topic once.

    Parameters
    ----------
    guests : int or sequence of hashable
        How many, or their ids in order. Hosts stay at their table and are not guests.
    tables, rounds : int
        At least 1; at most 128 and 30.
    languages : Languages, optional
        Who speaks what and which language each table has.
    pins : mapping, optional
        ``{guest: table}`` for all rounds or ``{(guest, round): table}``; numbers from 1.
    apart : iterable of pairs, optional
        Guests who must never share a table.
    seed : int, default 0
        Of every random choice; the same seed gives the same plan on every machine.
    language_weight : float, default 3
        Price of a wrong-language seat where a repeat costs 1 and a revisit 30; 0 keeps the
        plan with the fewest repeats and only chooses who gets which seat.
    prefer : {'spread', 'few'}
        Above T(T-1) guests: no pair more often than necessary and then the fewest repeats, or
        the fewest repeats, for which some pairs share every table.
    variant : {'rotate', 'return', 'walking_hosts'}
        ``return``: the last round at the first table; ``walking_hosts``: groups stay together.
    stay : bool, default False
        Whether one guest per table may stay for all rounds (same question at every table).
    max_iterations : int, optional
        Of the local search; ``None`` takes what is done in about a second.

    Returns
    -------
    SeatPlan

    Raises
    ------
    AnalysisError
        Nobody to seat, no table, no round, too many, no whole number, unknown guests.
    DuplicateError
        A guest twice.
    ShapeError
        Languages of another number of guests or tables.
    PinConflict, ApartInfeasible
        Wishes that exclude each other.

    Notes
    -----
    Sizes of tables differ by at most one in every round. Without wishes and up to T(T-1)
    guests, 3 <= T <= 30 and R <= 4, the plan has neither repeats nor revisits, apart from
    T = 3 with R = 4 and T = 6 with R = 4 and more than 25 guests; its reasons say why.
    The certificate is counted from the finished plan and knows nothing of its construction.

    References
    ----------
    .. [1] R. C. Bose, S. S. Shrikhande, E. T. Parker, Further results on the construction of
       mutually orthogonal Latin squares, Canadian Journal of Mathematics 12 (1960), 189-203.
    .. [2] J. Brown, D. Isaacs, The World Café, 2005.

    Examples
    --------
    >>> plan = seat(24, 6, 4)
    >>> plan.repeats, plan.lower_bound, plan.revisits, plan.size_min, plan.pairs_met
    (0, 0, 0, 4, 144)
    >>> plan.rounds[0][0]
    (1, 12, 13, 23)
    """
    wishes = check_wishes(guests, tables, rounds, pins=pins, apart=apart)
    settings = Settings(language_weight, prefer, variant, stay, seed, max_iterations)
    _check_settings(settings)
    if languages is not None:
        check_languages(languages, guests=wishes.n, tables=wishes.tables)
    return build_plan(wishes, languages, settings)


def _check_settings(settings: Settings) -> None:
    weight = settings.language_weight
    if not 0 <= weight <= MAX_LANGUAGE_WEIGHT:
        code = "argument.out_of_range"
        where = Where(argument="language_weight")
        raise AnalysisError(
            code, where=where, found=str(weight), expected=f"0 – {MAX_LANGUAGE_WEIGHT}"
        )
    choices: Mapping[str, tuple[str, tuple[str, ...]]] = {
        "prefer": (settings.prefer, ("few", "spread")),
        "variant": (settings.variant, ("rotate", "return", "walking_hosts")),
    }
    for name, (value, allowed) in choices.items():
        if value not in allowed:
            code = "argument.not_one_of"
            where = Where(argument=name)
            raise AnalysisError(code, where=where, found=str(value), expected=", ".join(allowed))


# --- Language wishes against new faces: three plans side by side, never one number ----------------


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
