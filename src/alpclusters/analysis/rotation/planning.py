"""Build a plan: lay out words, give them to guests, repair, search, certify, explain."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.rotation.annealing import anneal
from alpclusters.analysis.rotation.balance import keep_pins
from alpclusters.analysis.rotation.certificate import (
    Certificate,
    repeat_bound,
    same_ways,
    spread_bound,
)
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import (
    BoolArray,
    Languages,
    count_unserved,
    count_wrong_seats,
    interpreters,
    wrong_at_once,
    wrong_matrix,
    wrong_seat_bound,
)
from alpclusters.analysis.rotation.layouts import (
    Layout,
    lay_out_pinned,
    lay_out_variant,
    split_by_language,
)
from alpclusters.analysis.rotation.results import (
    Advice,
    Reason,
    SeatPlan,
    Settings,
    certify_seats,
    count_often,
    frozen,
)
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
from alpclusters.analysis.rotation.wishes import ApartInfeasible, Wishes
from alpclusters.analysis.rotation.words import is_prime_power

# --- What a facilitator may want to change about a plan; the program never does it by itself ------


FEW_GUESTS = 6
SMALL_TABLE = 3
LARGE_TABLE = 8
GUESTS_PER_TABLE = 4


def advise(certificate: Certificate, *, tables: int, rounds: int) -> tuple[Advice, ...]:
    """Name tables that are empty, small or large, and a number of tables that does better.

    Sizes after domain rules of a World Café: four to five guests, hard warning above eight and
    below three; with six guests or fewer one table and no rotation.
    """
    n = certificate.guests
    found = []
    if n <= FEW_GUESTS:
        found.append(Advice("few_guests", (("guests", n),)))
    elif n < tables:
        found.append(Advice("empty_tables", (("tables", max(n // GUESTS_PER_TABLE, 1)),)))
    sizes = [size for row in certificate.sizes for size in row]
    small = sum(size < SMALL_TABLE for size in sizes)
    large = sum(size > LARGE_TABLE for size in sizes)
    if small and n > FEW_GUESTS and n >= tables:
        found.append(Advice("small_tables", (("n", small),)))
    if large:
        found.append(Advice("large_tables", (("n", large),)))
    if certificate.repeats:
        found.extend(_fewer_tables(n, tables, rounds))
    return tuple(found)


def _fewer_tables(guests: int, tables: int, rounds: int) -> list[Advice]:
    """Name the next prime power below, if it seats all without repeats at bearable tables."""
    for fewer in range(tables - 1, rounds - 1, -1):
        if is_prime_power(fewer):
            fits = guests <= fewer * min(fewer - 1, LARGE_TABLE)
            return [Advice("fewer_tables", (("tables", fewer),))] if fits else []
    return []


# --- Give the words of a layout to guests: who gets which costs no repeat and no revisit ----------


FORBIDDEN = 1e6
PASSES = 3


def assign_words(words: IntArray, *, wrong: BoolArray, pins: IntArray) -> IntArray:
    """Return who gets which word, with the fewest wrong-language seats and broken pins.

    Parameters
    ----------
    words : array of shape (n_guests, n_rounds)
    wrong : array of shape (n_guests, n_tables)
    pins : array of shape (n_guests, n_rounds)
        -1 where free.

    Returns
    -------
    array of shape (n_guests,)
        Row of ``words`` for each guest; the identity if nothing is asked for.
    """
    if not wrong.any() and not (pins >= 0).any():
        return np.arange(len(words))
    from scipy.optimize import linear_sum_assignment

    chosen: IntArray = linear_sum_assignment(word_costs(words, wrong=wrong, pins=pins))[1]
    return chosen


def word_costs(words: IntArray, *, wrong: BoolArray, pins: IntArray) -> NDArray[np.float64]:
    """Return the wrong seats, and a million per broken pin, of each guest with each word."""
    cost = wrong[:, words].sum(axis=2).astype(np.float64)
    for round_, column in enumerate(pins.T):
        pinned = np.flatnonzero(column >= 0)
        cost[pinned] += FORBIDDEN * (column[pinned][:, None] != words[:, round_][None, :])
    return cost


def keep_apart(
    words: IntArray, chosen: IntArray, *, apart: BoolArray, costs: NDArray[np.float64]
) -> IntArray:
    """Exchange words between guests while that lowers meetings of guests to keep apart.

    Ties go to the exchange with the lowest language cost.
    """
    meet = count_meetings(words)
    np.fill_diagonal(meet, words.shape[1])
    chosen = chosen.copy()
    for _ in range(PASSES):
        troubled = np.flatnonzero(_violations(meet, chosen, apart) > 0)
        if not len(troubled):
            break
        for guest in troubled:
            _exchange(meet, chosen, apart, costs, int(guest))
    return chosen


def _violations(meet: IntArray, chosen: IntArray, apart: BoolArray) -> IntArray:
    """Return per guest the meetings with guests to avoid."""
    found: IntArray = (meet[np.ix_(chosen, chosen)] * apart).sum(axis=1)
    return found


def _exchange(
    meet: IntArray,
    chosen: IntArray,
    apart: BoolArray,
    costs: NDArray[np.float64],
    guest: int,
) -> None:
    """Make the exchange of one guest that saves most, if any saves."""
    everybody = np.arange(len(chosen))
    own = meet[:, chosen[apart[guest]]].sum(axis=1)
    pays = (meet[chosen[guest], chosen][None, :] * apart).sum(axis=1)
    had = (meet[np.ix_(chosen, chosen)] * apart).sum(axis=1)
    change = own[chosen] - own[chosen[guest]] + pays - had
    # A partner who is to be avoided is counted at the word that is given up: mend by hand.
    partners = apart[guest]
    between = meet[chosen[guest], chosen]
    itself = meet[chosen, chosen]
    change[partners] += (2 * between - itself - meet[chosen[guest], chosen[guest]])[partners]
    price = (
        costs[guest, chosen]
        - costs[guest, chosen[guest]]
        + costs[everybody, chosen[guest]]
        - costs[everybody, chosen]
    )
    price[price >= FORBIDDEN / 2] = np.inf
    change = change.astype(np.float64)
    change[~np.isfinite(price)] = np.inf
    change[guest] = 0
    best = int(np.lexsort((price, change))[0])
    if change[best] < 0:
        chosen[[guest, best]] = chosen[[best, guest]]


# --- Say why a plan does not meet its bounds, and under which conventions it was made -------------


# Reasons that explain a bound above zero and stand even where it is met.
ALWAYS = ("more_rounds_than_tables", "more_guests_than_words", "fixed_groups", "returns_to_first")


def explain(
    plan: SeatPlan, layout: Layout, wishes: Wishes, settings: Settings
) -> tuple[Reason, ...]:
    """Return the reasons, the weightiest first; none if there is nothing to explain."""
    standing = [reason for reason in layout.reasons if reason.code in ALWAYS]
    if plan.optimal:
        return tuple(standing)
    open_ones = [reason for reason in layout.reasons if reason.code not in ALWAYS]
    wished = _wished(plan, wishes, settings)
    ended = [Reason("search_ended", (("iterations", plan.iterations),))] if plan.iterations else []
    return (*standing, *open_ones, *wished, *ended)


def _wished(plan: SeatPlan, wishes: Wishes, settings: Settings) -> list[Reason]:
    """Name the wishes that may have cost repeats or revisits."""
    cost = (("repeats", plan.repeats), ("revisits", plan.revisits))
    holds = {
        "pins": (wishes.pins >= 0).any(),
        "apart": wishes.apart.any(),
        "languages": plan.languages is not None and settings.language_weight > 0,
        "stayers": settings.stay and plan.revisits > 0,
    }
    return [Reason(code, cost) for code, is_so in holds.items() if is_so]


def conventions_of(settings: Settings, *, iterations: int) -> Conventions:
    """Return the weights, the seed and the iterations of a plan."""
    weights = (
        ("repeat_weight", 1.0),
        ("language_weight", float(settings.language_weight)),
        ("revisit_weight", 0.0 if settings.stay else REVISIT_WEIGHT),
    )
    found = Conventions(method="seat", seed=settings.seed, thresholds=weights)
    return replace(found, draws=iterations) if iterations else found


# --- Build a plan: lay out words, give them to guests, repair, search, certify --------------------


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
