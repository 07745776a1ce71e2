"""A plan of applications weighed with its chances: what to expect, the worst, and as plain data."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from alpclusters.analysis.funding.case import Allocation, Case, Territory
from alpclusters.analysis.funding.chances.plans import (
    Plan,
    PlanB,
    Remainder,
    applied_case,
    plans_b,
    secure_case,
)
from alpclusters.analysis.funding.chances.rates import (
    Chance,
    Step,
    Values,
    application_steps,
    chance_of,
    members,
    probabilities,
    spread,
)

# --- A plan of applications weighed with its chances: what to expect, the worst, and plans B ------


# More applications that may be refused have too many outcomes.
MOST_UNCERTAIN: Final = 12
# Work for the outcomes, as `Rest` counts it.
MOST_WORK: Final = 6_500
LIKELY: Final = 5
HAIR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Outcome:
    """Some applications granted and the others refused.

    Attributes
    ----------
    refused : tuple of str
    probability : float or None
        None where the chance of one application is not known.
    worth_ct : int
        Grants minus what applying has cost, of refused applications too.
    own_means_suffice : bool or None
    short_ct : int
        Own money that falls short.
    """

    refused: tuple[str, ...]
    probability: float | None
    worth_ct: int
    own_means_suffice: bool | None
    short_ct: int


@dataclass(frozen=True, slots=True)
class Part:
    """A share between 0 and 1 with its ends; the share is None where it is not exact."""

    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a plan is worth when it is not certain that all of it is granted.

    Attributes
    ----------
    chances : tuple of Chance
        Of each application, in the order of the case.
    uncertain : tuple of str
        Applications that may be refused.
    plan_ct : int
        Worth if all are granted.
    worst : Outcome
        All that may be refused is.
    expected_ct : int or None
        Mean over all outcomes, rounded down; None where a chance is not known, or where the budget
        of work did not suffice for all outcomes that matter.
    low_ct, high_ct : int
        Ends of the expected worth: every chance at its lower and at its upper end, and outcomes
        that were not computed at their least and largest worth.
    is_exact : bool
        Whether the worth of every outcome is known.
    gap : float
        The worth of an outcome may miss the best by this part.
    n_outcomes, n_computed : int
        All outcomes, and those for which the case was solved again; 0 computed where there are
        too many.
    all_granted : Part
        Probability that nothing is refused.
    own_means : Part or None
        Probability that own means suffice for the whole project; None where nobody entered any.
    likely : tuple of Outcome
        The most likely outcomes that were computed, the most likely one first.
    plans : tuple of PlanB
        For each application that may be refused.
    steps : tuple of Step
    """

    chances: tuple[Chance, ...]
    uncertain: tuple[str, ...]
    plan_ct: int
    worst: Outcome
    expected_ct: int | None
    low_ct: int
    high_ct: int
    is_exact: bool
    gap: float
    n_outcomes: int
    n_computed: int
    all_granted: Part
    own_means: Part | None
    likely: tuple[Outcome, ...]
    plans: tuple[PlanB, ...]
    steps: tuple[Step, ...]


def weigh_chances(case: Case, territory: Territory, allocation: Allocation) -> Weighed:
    """Weigh the applications of a mix with their chances.

    Parameters
    ----------
    case : Case
    territory : Territory
    allocation : tuple of Cell
        The mix: each offer of it is applied for.

    Returns
    -------
    Weighed

    Notes
    -----
    Decisions are taken not to depend on each other. In an outcome the case is solved again: what
    is refused is gone, what is granted stays, and only what one gets by right comes in. Offers that
    may refuse too are no part of the expected worth; they stand in the plans B.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> weigh_chances(case, Territory({}), ()).expected_ct
    0
    """
    return _Weighing(case, territory, allocation).weighed()


class _Weighing:
    """One plan with its outcomes."""

    def __init__(self, case: Case, territory: Territory, allocation: Allocation) -> None:
        self.plan, self.territory = Plan(case, allocation), territory
        applied = frozenset(self.plan.sheets)
        chances = {offer.id: chance_of(offer) for offer in case.offers}
        self.chances = tuple(chances[name] for name in self.plan.sheets)
        self.uncertain = tuple(one for one in self.chances if not one.is_certain)
        self.ready = applied_case(case, applied)
        certain = frozenset(name for name, one in chances.items() if one.is_certain)
        self._secure = Remainder(secure_case(self.ready, applied, certain), territory)
        self._found: dict[int, Outcome] = {}
        self._work = 0

    def weighed(self) -> Weighed:
        """Compute outcomes as far as the budget goes, then what follows from them."""
        m = len(self.uncertain)
        is_counted = m <= MOST_UNCERTAIN
        worst = self._outcome(2**m - 1)
        self._outcome(0)
        singles: dict[str, int | None] = dict.fromkeys(one.offer for one in self.uncertain)
        if is_counted:
            singles |= {
                one.offer: self._outcome(1 << i).worth_ct for i, one in enumerate(self.uncertain)
            }
            self._compute()
        is_exact = is_counted and self._is_exact()
        is_known = all(one.share is not None for one in self.chances)
        low, high = self._expected() if is_counted else (worst.worth_ct, self.plan.worth_ct)
        return Weighed(
            self.chances,
            tuple(one.offer for one in self.uncertain),
            self.plan.worth_ct,
            worst,
            self._mean() if is_exact and is_known else None,
            low,
            high,
            is_exact,
            self._secure.gap,
            2**m,
            len(self._found) if is_counted else 0,
            self._all_granted(),
            self._own_means(is_counted=is_counted),
            self._likely() if is_counted and is_known else (),
            plans_b(self.plan, self.ready, self.territory, singles),
            application_steps(self.plan.case, self.plan.sheets),
        )

    def _compute(self) -> None:
        """Solve the likely outcomes first; those that follow from others need no solving."""
        order = np.argsort(-spread([one.share for one in self.uncertain]), kind="stable")
        for outcome in order.tolist():
            if self._work > MOST_WORK:
                return
            low, high = self._worths().bounds()
            sure, maybe = self._means().bounds()
            if low[outcome] != high[outcome] or sure[outcome] != maybe[outcome]:
                self._outcome(outcome)

    def _outcome(self, outcome: int) -> Outcome:
        if outcome not in self._found:
            refused = tuple(self.uncertain[i].offer for i in members(outcome, len(self.uncertain)))
            rest = self._secure.without(refused)
            self._work += rest.work
            self._found[outcome] = Outcome(
                refused,
                self._probability(outcome),
                self.plan.worth_of_ct(rest, refused) if outcome else self.plan.worth_ct,
                rest.own_means_suffice,
                rest.short_ct,
            )
        return self._found[outcome]

    def _probability(self, outcome: int) -> float | None:
        shares = [one.share for one in self.uncertain]
        found = 1.0
        for i, share in enumerate(shares):
            if share is None:
                return None
            found *= 1.0 - share if outcome >> i & 1 else share
        return found

    def _worths(self) -> Values:
        values = Values(len(self.uncertain))
        for outcome, found in self._found.items():
            values.put(outcome, found.worth_ct)
        return values

    def _means(self) -> Values:
        """Return whether own means suffice, 1 or 0: a refusal never makes them suffice."""
        values = Values(len(self.uncertain))
        for outcome, found in self._found.items():
            values.put(outcome, int(found.own_means_suffice is not False))
        return values

    def _is_exact(self) -> bool:
        low, high = self._worths().bounds()
        return bool((low == high).all())

    def _mean(self) -> int:
        low, _high = self._worths().bounds()
        weights = probabilities([one.share or 0.0 for one in self.uncertain])
        return int(np.floor(weights @ low + HAIR))

    def _expected(self) -> tuple[int, int]:
        low, high = self._worths().bounds()
        least = probabilities([one.low for one in self.uncertain]) @ low
        most = probabilities([one.high for one in self.uncertain]) @ high
        return int(np.floor(least + HAIR)), int(np.ceil(most - HAIR))

    def _all_granted(self) -> Part:
        shares = [one.share for one in self.chances]
        known = [share for share in shares if share is not None]
        return Part(
            float(np.prod(known)) if len(known) == len(shares) else None,
            float(np.prod([one.low for one in self.chances])),
            float(np.prod([one.high for one in self.chances])),
        )

    def _own_means(self, *, is_counted: bool) -> Part | None:
        if self._found[0].own_means_suffice is None:
            return None
        if not is_counted:
            return Part(None, 0.0, 1.0)
        low, high = self._means().bounds()
        shares = [one.share for one in self.uncertain]
        is_known = bool((low == high).all()) and None not in shares
        return Part(
            float(probabilities([share or 0.0 for share in shares]) @ low) if is_known else None,
            float(probabilities([one.low for one in self.uncertain]) @ low),
            float(probabilities([one.high for one in self.uncertain]) @ high),
        )

    def _likely(self) -> tuple[Outcome, ...]:
        order = sorted(self._found.items(), key=lambda item: (-(item[1].probability or 0), item[0]))
        return tuple(found for _outcome, found in order[:LIKELY])


# --- A weighed plan as plain data: what is stored, and what the command writes as JSON ------------


SCHEMA: Final = "alpclusters-chances/1"


def chances_part(weighed: Weighed) -> dict[str, Any]:
    """Return a weighed plan as JSON has it: cents, shares between 0 and 1, days as text."""
    found: dict[str, Any] = _plain(asdict(weighed))
    return {"schema": SCHEMA, **found}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
