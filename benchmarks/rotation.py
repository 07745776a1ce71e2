"""Time seat plans: plan, certificate and assignment of languages, up to 700 guests."""

import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from alpclusters.analysis.rotation import Languages, certify, seat, seat_choices

SMALL: Final = ((24, 6, 4), (120, 15, 3), (700, 30, 4))
FULL: Final = (*SMALL, (700, 20, 3), (870, 30, 4), (100, 10, 4), (50, 10, 5))
CAFES: Final = ((60, 10, 3, 0.7), (120, 15, 3, 0.6), (200, 20, 3, 0.6), (700, 30, 3, 0.6))
CODES: Final = ("de", "en", "fr", "it", "sl")
SHARES: Final = (0.35, 0.20, 0.20, 0.15, 0.10)

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return seconds of work for plans, and what languages cost, with simulated guests."""
    seat(12, 4, 3)  # the first call imports and fills caches
    return {
        "plans": [_plan(*size, say) for size in (SMALL if small else FULL)],
        "languages_simulated": [_languages(*cafe, say) for cafe in CAFES[: 2 if small else None]],
    }


def _plan(guests: int, tables: int, rounds: int, say: Say) -> dict[str, Any]:
    say(f"{guests} guests, {tables} tables, {rounds} rounds")
    plan, seconds = _timed(lambda: seat(guests, tables, rounds))
    _, certificate_s = _timed(lambda: certify(plan.rounds))
    return {
        "guests": guests,
        "tables": tables,
        "rounds": rounds,
        "method": plan.method,
        "repeats": plan.repeats,
        "lower_bound": plan.lower_bound,
        "cpu_s": seconds,
        "certificate_cpu_s": certificate_s,
    }


def _languages(guests: int, tables: int, rounds: int, share: float, say: Say) -> dict[str, Any]:
    say(f"{guests} simulated guests of five languages, {tables} tables")
    languages = _simulated(guests, tables, share)
    _, assignment_s = _timed(
        lambda: seat(guests, tables, rounds, languages=languages, language_weight=0)
    )
    found, seconds = _timed(lambda: seat_choices(guests, tables, rounds, languages=languages))
    names = ("mix_most", "balanced", "language_first")
    plans = {name: getattr(found, name) for name in names}
    return {
        "guests": guests,
        "tables": tables,
        "assignment_cpu_s": assignment_s,
        "choices_cpu_s": seconds,
        "bound": found.mix_most.wrong_language_bound,
        **{
            name: {"repeats": plan.repeats, "wrong_language_seats": plan.wrong_language_seats}
            for name, plan in plans.items()
        },
    }


def _simulated(guests: int, tables: int, share: float) -> Languages:
    """Draw a first language for everybody and English as a second one for a share."""
    rng = np.random.default_rng(1)
    first = rng.choice(CODES, size=guests, p=SHARES)
    second = rng.random(guests) < share
    spoken = [
        {str(code), "en"} if more else {str(code)} for code, more in zip(first, second, strict=True)
    ]
    return Languages.of(spoken, [CODES[table % len(CODES)] for table in range(tables)])


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    result = work()
    return result, round(time.process_time() - started, 4)
