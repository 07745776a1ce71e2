"""How many of those addressed took something up; never the rate alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules

TAKEN_UP: Final = frozenset({"adopted", "implementing", "implemented"})
STATES: Final = TAKEN_UP | {
    "unknown", "informed", "under_review", "not_applicable", "declined", "discontinued",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """How far one addressee is.

    Attributes
    ----------
    state : str
        ``unknown``, ``informed``, ``under_review``, ``adopted``, ``implementing``,
        ``implemented``, ``not_applicable``, ``declined`` or ``discontinued``.
    was_implemented : bool
        It was carried out before it was discontinued.
    """

    state: str
    was_implemented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionRate:
    """The rate with what belongs to it.

    Attributes
    ----------
    n_adopted : int
        Adopted, being carried out, carried out, also if discontinued after that.
    n_addressees : int
        Those to whom it applies, the unknown ones included: what the rate is divided by.
    n_not_applicable, n_unknown : int
    rate : float or None
        None where it applies to nobody.
    convention : str
    """

    n_adopted: int
    n_addressees: int
    n_not_applicable: int
    n_unknown: int
    rate: float | None
    convention: str


def adoption_rate(
    states: Sequence[AdoptionFacts], *, rules: PlanRules = DEFAULT_RULES
) -> AdoptionRate:
    """Count who took something up.

    Parameters
    ----------
    states : sequence of AdoptionFacts
        One per addressee.
    rules : PlanRules
        For the convention it carries.

    Returns
    -------
    AdoptionRate
        Counts and the rate among those to whom it applies.

    Raises
    ------
    ScaleError
        ``plans.unknown_value``: no state that exists.

    Examples
    --------
    >>> found = adoption_rate([AdoptionFacts("adopted"), AdoptionFacts("unknown"),
    ...                        AdoptionFacts("not_applicable")])
    >>> found.n_adopted, found.n_addressees, found.n_unknown, found.rate
    (1, 2, 1, 0.5)
    """
    for one in states:
        if one.state not in STATES:
            raise ScaleError(
                "plans.unknown_value",
                where=Where(field="state"),
                found=one.state,
                expected=", ".join(sorted(STATES)),
            )
    n_adopted = sum(_is_taken_up(one) for one in states)
    n_left_out = sum(one.state == "not_applicable" for one in states)
    n_addressees = len(states) - n_left_out
    return AdoptionRate(
        n_adopted=n_adopted,
        n_addressees=n_addressees,
        n_not_applicable=n_left_out,
        n_unknown=sum(one.state == "unknown" for one in states),
        rate=n_adopted / n_addressees if n_addressees else None,
        convention=rules.convention,
    )


def _is_taken_up(one: AdoptionFacts) -> bool:
    return one.state in TAKEN_UP or (one.state == "discontinued" and one.was_implemented)
