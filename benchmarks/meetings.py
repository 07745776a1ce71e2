"""Time plans of bilateral meetings, with their gap to the bound, for simulated guests."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from alpclusters.analysis.meetings import Guest, Hall, Wish, check_meetings, plan_meetings

# Guests, wishes, slots, tables.
SMALL: Final = ((20, 60, 8, 6), (50, 250, 10, 12), (150, 1_500, 16, 40))
FULL: Final = (*SMALL, (100, 800, 12, 25), (300, 3_000, 16, 80), (300, 6_000, 16, 80))
# The same hall at growing size: ten wishes a guest, a table for four guests.
GROWTH: Final = (25, 50, 100, 200, 400)
CODES: Final = ("de", "en", "fr", "it", "sl")
SHARES: Final = (0.30, 0.30, 0.15, 0.15, 0.10)

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return seconds of work, gap to the bound and what a change moves, with simulated guests."""
    plan_meetings(_hall(10, 12, 3, 3))  # the first call imports the solver
    sizes = GROWTH[:3] if small else GROWTH
    growth = [_plan(_hall(n, 10 * n, 16, max(n // 4, 1)), say) for n in sizes]
    return {
        "halls_simulated": [_plan(_hall(*size), say) for size in (SMALL if small else FULL)],
        "growth_simulated": growth,
        "growth_slope": _slope([(one["wishes"], one["cpu_s"]) for one in growth]),
        "change_simulated": _change(_hall(*SMALL[-1]), say),
    }


def _hall(n_guests: int, n_wishes: int, n_slots: int, n_tables: int) -> Hall:
    """Draw guests with one or two languages and popular ones among them; one break."""
    rng = np.random.default_rng(n_guests * 10_007 + n_wishes)
    spoken = [rng.choice(CODES, size=2, replace=False, p=SHARES) for _ in range(n_guests)]
    away = [frozenset(map(int, rng.choice(n_slots, 1) + 1)) for _ in range(n_guests)]
    guests = tuple(
        Guest(key, (*map(str, spoken[key]), "en")[: 3 if rng.random() < 0.7 else 2], away[key], 10)  # noqa: PLR2004 - seven of ten know some English
        for key in range(n_guests)
    )
    liked = 1 / np.arange(1, n_guests + 1) ** 0.5
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(n_wishes, n_guests * (n_guests - 1) // 3):
        one, other = (int(k) for k in rng.choice(n_guests, 2, replace=False, p=liked / liked.sum()))
        pairs.add((min(one, other), max(one, other)))
    wishes = tuple(Wish(*pair, int(rng.integers(1, 4))) for pair in sorted(pairs))
    return Hall(guests, wishes, n_slots, n_tables, frozenset({n_slots // 2}))


def _plan(hall: Hall, say: Say) -> dict[str, Any]:
    say(f"{len(hall.guests)} simulated guests, {len(hall.wishes)} wishes")
    plan, seconds = _timed(lambda: plan_meetings(hall))
    return {
        "guests": len(hall.guests),
        "wishes": len(hall.wishes),
        "slots": hall.n_slots,
        "tables": hall.n_tables,
        "meetings": len(plan.seats),
        "served": plan.n_served,
        "servable": plan.n_servable,
        "weight": plan.weight,
        "bound": plan.bound,
        "gap": round(1 - plan.weight / plan.bound, 5) if plan.bound else 0.0,
        "is_best": plan.is_best,
        "mistakes": len(check_meetings(hall, plan.seats)),
        "cpu_s": seconds,
    }


def _change(hall: Hall, say: Say) -> dict[str, Any]:
    """Let one guest more come with five wishes, and count the meetings that move."""
    say("one guest more")
    before = plan_meetings(hall).seats
    more = replace(
        hall,
        guests=(*hall.guests, Guest(9_999, ("en", "de"))),
        wishes=(*hall.wishes, *(Wish(9_999, key, 2) for key in range(40, 45))),
    )
    kept, seconds = _timed(lambda: plan_meetings(replace(more, before=before)))
    anew = plan_meetings(more)
    now = {(seat.pair, seat.slot) for seat in anew.seats}
    return {
        "meetings_before": len(before),
        "moved": kept.n_moved,
        "moved_without_the_earlier_plan": sum((s.pair, s.slot) not in now for s in before),
        "weight": kept.weight,
        "weight_without_the_earlier_plan": anew.weight,
        "cpu_s": seconds,
    }


def _slope(points: list[tuple[int, float]]) -> float:
    """Return the exponent of the cost: the slope in logarithms."""
    x, y = np.log([p[0] for p in points]), np.log([max(p[1], 1e-4) for p in points])
    slope = float(np.polyfit(x, y, 1)[0])
    return round(slope, 2) if math.isfinite(slope) else 0.0


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    result = work()
    return result, round(time.process_time() - started, 4)
