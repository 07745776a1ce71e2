"""Say why a plan does not meet its bounds, and under which conventions it was made."""

from dataclasses import replace

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.rotation.layouts import Layout
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.results import SeatPlan
from alpclusters.analysis.rotation.search import REVISIT_WEIGHT
from alpclusters.analysis.rotation.settings import Settings
from alpclusters.analysis.rotation.wishes import Wishes

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
