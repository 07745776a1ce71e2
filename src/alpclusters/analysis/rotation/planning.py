"""Build a plan: lay out words, give them to guests, repair, search, certify."""

from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.advising import advise
from alpclusters.analysis.rotation.assignment import assign_words, keep_apart, word_costs
from alpclusters.analysis.rotation.bounds import RepeatBound, repeat_bound
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
from alpclusters.analysis.rotation.results import SeatPlan, certify_seats, frozen
from alpclusters.analysis.rotation.search import (
    REVISIT_WEIGHT,
    Costs,
    Found,
    count_meetings,
    default_iterations,
    improve,
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
    """Return a cost that no plan can beat, so that the search may stop there.

    A revisit may save repeats and wrong seats, but never a bound of 30 each: the bound of
    repeats is that with revisits allowed unless the difference is smaller than one revisit.
    """
    revisits = _revisit_bound(wishes)
    repeats = _bound(wishes, revisits_allowed=True).value
    strict = _bound(wishes, revisits_allowed=bool(revisits)).value
    if not settings.stay and strict - repeats < REVISIT_WEIGHT:
        repeats = strict
    weight = 0.0 if settings.stay else REVISIT_WEIGHT
    wrong = 0 if languages is None else wrong_at_once(languages, wishes.rounds)
    return repeats + weight * revisits + settings.language_weight * wrong


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
    bound = _bound(wishes, revisits_allowed=allowed)
    wrong, wrong_bound = _wrong_seats(found.seats, languages)
    plan = SeatPlan(
        seats=frozen(found.seats),
        tables=wishes.tables,
        guests=wishes.guests,
        certificate=certificate,
        planned=certificate,
        lower_bound=bound.value,
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


def _bound(wishes: Wishes, *, revisits_allowed: bool) -> RepeatBound:
    return repeat_bound(
        wishes.n,
        wishes.tables,
        wishes.rounds,
        revisits_allowed=revisits_allowed,
        forced=_forced(wishes),
    )
