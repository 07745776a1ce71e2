"""Build a plan: lay out words, give them to guests, repair, search, certify."""

import math
from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.advising import advise
from alpclusters.analysis.rotation.annealing import anneal
from alpclusters.analysis.rotation.assignment import assign_words, keep_apart, word_costs
from alpclusters.analysis.rotation.bounds import (
    repeat_bound,
    same_ways,
    spread_bound,
)
from alpclusters.analysis.rotation.communities import split_by_language
from alpclusters.analysis.rotation.errors import ApartInfeasible
from alpclusters.analysis.rotation.explaining import conventions_of, explain
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import (
    Languages,
    count_unserved,
    count_wrong_seats,
    interpreters,
    wrong_at_once,
    wrong_matrix,
    wrong_seat_bound,
)
from alpclusters.analysis.rotation.layouts import Layout
from alpclusters.analysis.rotation.pinned import lay_out_pinned
from alpclusters.analysis.rotation.repair import keep_pins
from alpclusters.analysis.rotation.results import SeatPlan, certify_seats, count_often, frozen
from alpclusters.analysis.rotation.search import (
    REVISIT_WEIGHT,
    Costs,
    Found,
    cost_of_pairs,
    count_meetings,
    default_iterations,
    improve,
    price_above_repeats,
    total_cost,
)
from alpclusters.analysis.rotation.settings import Settings
from alpclusters.analysis.rotation.variants import lay_out_variant
from alpclusters.analysis.rotation.wishes import Wishes


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
        returns_first=languages is None and not settings.stay,
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
    violated = wishes.apart.any() and (count_meetings(best) * wishes.apart).any()
    if kept and not wants_languages and not violated and _is_spread(best, wishes, settings):
        return Found(best, 0.0, 0)
    limit = settings.max_iterations
    target = _target(wishes, languages, costs, settings)
    most = default_iterations(wishes.n) if limit is None else limit
    found = improve(best, costs, target=target, max_iterations=most, seed=settings.seed)
    if costs.returns_first and found.returns > _revisit_bound(wishes):
        dear = replace(costs, revisit=price_above_repeats(best, costs))
        again = improve(best, dear, target=target, max_iterations=most, seed=settings.seed)
        found = min(found, again, key=lambda one: (one.returns, total_cost(one.seats, costs)))
    if settings.prefer == "few" or wants_languages or limit is not None:
        return found
    return anneal(found, costs, target=target, seed=settings.seed)


def _is_spread(seats: IntArray, wishes: Wishes, settings: Settings) -> bool:
    """Say whether no pair meets more often than necessary, if that is asked for."""
    if settings.prefer == "few" or wishes.n <= wishes.tables * (wishes.tables - 1):
        return True
    size = (wishes.n, wishes.tables, wishes.rounds)
    return count_often(seats) <= same_ways(*size, revisits_allowed=False)


def _target(wishes: Wishes, languages: Languages | None, costs: Costs, settings: Settings) -> float:
    """Return a cost that no plan can beat, so that the search may stop there."""
    wrong = 0 if languages is None else wrong_at_once(languages, wishes.rounds)
    return _least_of_pairs(wishes, costs, settings) + settings.language_weight * wrong


def _least_of_pairs(wishes: Wishes, costs: Costs, settings: Settings) -> float:
    """Return what repeats and revisits cost at least together.

    If k guests come back to a table, the others keep the bound of a plan without revisits.
    """
    revisits = _revisit_bound(wishes)
    free = _pair_cost(wishes.n, wishes, settings, revisits_allowed=True)
    if settings.stay:
        return free
    if revisits:
        return free + costs.revisit * revisits
    best, returning = math.inf, 0
    while returning <= wishes.n - 1 and free + costs.revisit * returning < best:
        strict = _pair_cost(wishes.n - returning, wishes, settings, revisits_allowed=False)
        best = min(best, max(free, strict) + costs.revisit * returning)
        returning += 1
    return best


def _pair_cost(n: int, wishes: Wishes, settings: Settings, *, revisits_allowed: bool) -> float:
    """Return what the pairs of n of the guests cost at least."""
    forced = _forced(wishes) if n == wishes.n else 0
    size = (n, wishes.tables, wishes.rounds)
    if settings.prefer == "few":
        return repeat_bound(*size, revisits_allowed=revisits_allowed, forced=forced).value
    bound = spread_bound(*size, revisits_allowed=revisits_allowed, forced=forced)
    every_round = cost_of_pairs(np.array(wishes.rounds), settings.prefer)
    return bound.repeats + bound.often * (int(every_round) - (wishes.rounds - 1))


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
    """Count from the finished seats and say what the counts are worth."""
    certificate = certify_seats(found.seats, wishes.tables)
    revisit_bound = _revisit_bound(wishes)
    allowed = bool(certificate.revisits or revisit_bound or settings.stay)
    size = (wishes.n, wishes.tables, wishes.rounds)
    forced = _forced(wishes)
    bound = repeat_bound(*size, revisits_allowed=allowed, forced=forced)
    wrong, wrong_bound = _wrong_seats(found.seats, languages)
    plan = SeatPlan(
        seats=frozen(found.seats),
        tables=wishes.tables,
        guests=wishes.guests,
        certificate=certificate,
        planned=certificate,
        lower_bound=bound.value,
        spread_bound=spread_bound(*size, revisits_allowed=allowed, forced=forced),
        prefer=settings.prefer,
        bound_kind=bound.kind,
        revisit_bound=revisit_bound,
        languages=languages,
        wrong_language_seats=wrong,
        wrong_language_bound=wrong_bound,
        interpreters={} if languages is None else interpreters(found.seats, languages),
        unserved=0 if languages is None else count_unserved(languages),
        method=layout.method,
        reasons=(),
        advice=advise(certificate, tables=wishes.tables, rounds=wishes.rounds),
        spare=frozen(layout.spare),
        freed=(),
        seed=settings.seed,
        iterations=found.iterations,
        conventions=conventions_of(settings, iterations=found.iterations),
    )
    return replace(plan, reasons=explain(plan, layout, wishes, settings))


def _wrong_seats(seats: IntArray, languages: Languages | None) -> tuple[int, int]:
    if languages is None:
        return 0, 0
    return count_wrong_seats(seats, languages), wrong_seat_bound(languages, seats.shape[1])
