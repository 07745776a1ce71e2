"""Seat guests at tables round by round: closed form first, local search for the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.rotation.advising import advise
from alpclusters.analysis.rotation.assignment import assign_words, keep_apart, word_costs
from alpclusters.analysis.rotation.bounds import repeat_bound
from alpclusters.analysis.rotation.communities import split_by_language
from alpclusters.analysis.rotation.errors import ApartInfeasible
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import (
    BoolArray,
    Languages,
    check_languages,
    count_unserved,
    count_wrong_seats,
    interpreters,
    wrong_matrix,
    wrong_seat_bound,
)
from alpclusters.analysis.rotation.layouts import Layout
from alpclusters.analysis.rotation.pinned import lay_out_pinned
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.repair import keep_pins
from alpclusters.analysis.rotation.results import SeatPlan, certify_seats, frozen
from alpclusters.analysis.rotation.search import (
    APART_WEIGHT,
    LANGUAGE_WEIGHT,
    REVISIT_WEIGHT,
    Costs,
    Found,
    Prefer,
    count_meetings,
    default_iterations,
    improve,
    total_cost,
)
from alpclusters.analysis.rotation.variants import Variant, lay_out_variant
from alpclusters.analysis.rotation.wishes import Guest, Pairs, Pins, Wishes, check_wishes


@dataclass(frozen=True, slots=True)
class Settings:
    """How to weigh and how long to search; part of the conventions of a plan."""

    language_weight: float = LANGUAGE_WEIGHT
    prefer: Prefer = "few"
    variant: Variant = "rotate"
    stay: bool = False
    seed: int = 0
    max_iterations: int | None = None


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
    prefer: Prefer = "few",
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
    prefer : {'few', 'spread'}
        Above T(T-1) guests: the fewest repeats (some pairs share every table), or repeats
        spread over many pairs.
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
    (1, 8, 13, 20)
    """
    wishes = check_wishes(guests, tables, rounds, pins=pins, apart=apart)
    settings = Settings(language_weight, prefer, variant, stay, seed, max_iterations)
    _check_settings(settings)
    if languages is not None:
        check_languages(languages, guests=wishes.n, tables=wishes.tables)
    return build_plan(wishes, languages, settings)


def _check_settings(settings: Settings) -> None:
    weight = settings.language_weight
    if not 0 <= weight < REVISIT_WEIGHT * 10:
        code = "argument.out_of_range"
        where = Where(argument="language_weight")
        raise AnalysisError(code, where=where, found=str(weight), expected="0 – 299")
    choices: Mapping[str, tuple[str, tuple[str, ...]]] = {
        "prefer": (settings.prefer, ("few", "spread")),
        "variant": (settings.variant, ("rotate", "return", "walking_hosts")),
    }
    for name, (value, allowed) in choices.items():
        if value not in allowed:
            code = "argument.not_one_of"
            where = Where(argument=name)
            raise AnalysisError(code, where=where, found=str(value), expected=", ".join(allowed))


def build_plan(wishes: Wishes, languages: Languages | None, settings: Settings) -> SeatPlan:
    """Lay out, give words to guests, repair, search, certify."""
    layout = _laid_out(wishes, settings)
    costs = _costs(wishes, languages, settings)
    start = _given(layout, wishes, costs)
    found = _searched(start, layout, wishes, languages, costs, settings)
    _refuse_apart(found.seats, wishes)
    is_pure = _same_words(found.seats, layout.words)
    spare = layout.spare if is_pure else layout.spare[:0]
    method = layout.method if is_pure or not found.iterations else "swap search"
    made = replace(layout, spare=spare, method=method)
    return _told(found, made, wishes, languages, settings)


def _laid_out(wishes: Wishes, settings: Settings) -> Layout:
    if settings.variant != "rotate":
        return lay_out_variant(
            wishes.n, wishes.tables, wishes.rounds, variant=settings.variant, seed=settings.seed
        )
    return lay_out_pinned(wishes, stay=settings.stay, seed=settings.seed)


def _costs(wishes: Wishes, languages: Languages | None, settings: Settings) -> Costs:
    nothing = np.zeros((wishes.n, wishes.tables), dtype=np.bool_)
    return Costs(
        tables=wishes.tables,
        wrong=nothing if languages is None else wrong_matrix(languages),
        apart=wishes.apart,
        frozen=wishes.pins >= 0,
        revisit=0.0 if settings.stay else REVISIT_WEIGHT,
        language=settings.language_weight,
        prefer=settings.prefer,
    )


def _given(layout: Layout, wishes: Wishes, costs: Costs) -> IntArray:
    """Give the words to guests and keep the pins."""
    chosen = assign_words(layout.words, wrong=costs.wrong, pins=wishes.pins)
    if wishes.apart.any():
        prices = word_costs(layout.words, wrong=costs.wrong, pins=wishes.pins)
        chosen = keep_apart(layout.words, chosen, apart=wishes.apart, costs=prices)
    return keep_pins(layout.words[chosen], wishes.pins, tables=wishes.tables)


def _searched(
    start: IntArray,
    layout: Layout,
    wishes: Wishes,
    languages: Languages | None,
    costs: Costs,
    settings: Settings,
) -> Found:
    """Search only where a bound is not met or wishes pay for themselves."""
    if settings.variant != "rotate":
        return Found(start, 0.0, 0)
    starts = [start]
    wants_languages = languages is not None and settings.language_weight > 0
    if wants_languages and languages is not None and not (wishes.pins >= 0).any():
        starts.append(split_by_language(languages, wishes.rounds, seed=settings.seed))
    best = min(starts, key=lambda seats: total_cost(seats, costs))
    kept = _same_words(best, layout.words) and not layout.searchable
    violated = bool((count_meetings(best) * wishes.apart).any())
    if kept and not wants_languages and not violated and settings.prefer == "few":
        return Found(best, 0.0, 0)
    limit = settings.max_iterations
    return improve(
        best,
        costs,
        target=_target(wishes, languages, settings),
        max_iterations=default_iterations(wishes.n) if limit is None else limit,
        seed=settings.seed,
    )


def _target(wishes: Wishes, languages: Languages | None, settings: Settings) -> float:
    """Return a cost that no plan can beat, so that the search may stop there."""
    revisits = _revisit_bound(wishes)
    repeats = repeat_bound(
        wishes.n, wishes.tables, wishes.rounds, revisits_allowed=True, forced=_forced(wishes)
    ).value
    strict = repeat_bound(wishes.n, wishes.tables, wishes.rounds).value
    if not revisits and not settings.stay and strict - repeats < REVISIT_WEIGHT:
        repeats = max(repeats, strict)
    weight = 0.0 if settings.stay else REVISIT_WEIGHT
    wrong = 0 if languages is None else wrong_seat_bound(languages, wishes.rounds)
    return repeats + weight * revisits + min(settings.language_weight, weight / 2) * wrong


def _revisit_bound(wishes: Wishes) -> int:
    """Return the revisits that rounds beyond tables and pins force."""
    bound = 0
    for row in wishes.pins:
        pinned = row[row >= 0]
        free = wishes.rounds - len(pinned)
        bound += wishes.rounds - min(wishes.tables, len(set(pinned.tolist())) + free)
    return bound


def _forced(wishes: Wishes) -> int:
    """Return the repeats between guests who are pinned to the same tables."""
    pinned = wishes.pins[(wishes.pins >= 0).any(axis=1)]
    meetings = count_meetings(pinned)
    return int(np.maximum(meetings - 1, 0).sum()) // 2


def _refuse_apart(seats: IntArray, wishes: Wishes) -> None:
    broken = np.argwhere(np.triu(count_meetings(seats) * wishes.apart) > 0)
    if len(broken):
        code = "seat.apart_not_found"
        who = ", ".join(f"{a + 1}-{b + 1}" for a, b in broken)
        raise ApartInfeasible(code, found=who)


def _same_words(seats: IntArray, words: IntArray) -> bool:
    return sorted(map(tuple, seats.tolist())) == sorted(map(tuple, words.tolist()))


def _told(
    found: Found,
    layout: Layout,
    wishes: Wishes,
    languages: Languages | None,
    settings: Settings,
) -> SeatPlan:
    certificate = certify_seats(found.seats, wishes.tables)
    revisit_bound = _revisit_bound(wishes)
    allowed = certificate.revisits > 0 or revisit_bound > 0 or settings.stay
    bound = repeat_bound(
        wishes.n,
        wishes.tables,
        wishes.rounds,
        revisits_allowed=allowed,
        forced=_forced(wishes),
    )
    plan = SeatPlan(
        seats=frozen(found.seats),
        tables=wishes.tables,
        guests=wishes.guests,
        certificate=certificate,
        planned=certificate,
        lower_bound=bound.value,
        bound_kind=bound.kind,
        revisit_bound=revisit_bound,
        **_spoken(found.seats, languages, wishes.rounds),  # type: ignore[arg-type]
        method=layout.method,
        reasons=layout.reasons,
        advice=advise(certificate, tables=wishes.tables, rounds=wishes.rounds),
        spare=frozen(layout.spare),
        freed=(),
        seed=settings.seed,
        iterations=found.iterations,
        conventions=_conventions(settings, found.iterations),
    )
    return replace(plan, reasons=_reasons(plan, wishes, settings))
