"""How strongly the evidence carries a recommendation, and how many took it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final, Literal

from alpclusters.analysis.errors import NotFiniteError, ScaleError, Where
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules, Reason

type Letter = Literal["A", "B", "C", "D", "none"]
type ProbabilityClass = Literal["p0", "p1", "p2", "p3", "p4"]


class Strength(StrEnum):
    """From the weakest to the strongest."""

    NOT_ASSESSABLE = "not_assessable"
    NOT_SUPPORTED = "not_supported"
    EXPLORATORY = "exploratory"
    CONDITIONAL = "conditional"
    STRONG = "strong"


ORDER: Final = tuple(Strength)
_S, _C, _E = Strength.STRONG, Strength.CONDITIONAL, Strength.EXPLORATORY
_NO, _UNKNOWN = Strength.NOT_SUPPORTED, Strength.NOT_ASSESSABLE
CLASSES: Final[tuple[ProbabilityClass, ...]] = ("p1", "p2", "p3", "p4", "p0")
TABLE: Final[dict[str, tuple[Strength, ...]]] = {
    "A": (_S, _C, _E, _NO, _C),
    "B": (_S, _C, _E, _NO, _C),
    "C": (_C, _C, _E, _NO, _E),
    "D": (_C, _E, _E, _NO, _E),
    "none": (_E, _E, _E, _NO, _UNKNOWN),
}
ACROSS_COUNTRIES: Final = frozenset({"macro_regional", "european"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthFacts:
    """What a recommendation rests on.

    Attributes
    ----------
    certainty : {'A', 'B', 'C', 'D', 'none'}
        The best among the linked lessons that support it.
    probability : float or None
        That the rated measure passes as a common denominator, or that it passes in the region.
    n : int
        People who judged.
    agreement : float or None
        Tastle and Wierman's, 0 to 1; None where it is unknown.
    cannot_judge : float or None
        Share of "cannot judge", 0 to 1.
    countries : int
        From so many countries they come.
    level : str
        Of the recommendation, such as ``macro_regional``.
    conflict_open : bool
        It contradicts an adopted recommendation.
    contradiction_open : bool
        Evidence against it that nobody answered.
    """

    certainty: Letter = "none"
    probability: float | None = None
    n: int = 0
    agreement: float | None = None
    cannot_judge: float | None = None
    countries: int = 0
    level: str = ""
    conflict_open: bool = False
    contradiction_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthResult:
    """The strength and how it came about.

    Attributes
    ----------
    strength : Strength
    probability_class : {'p0', 'p1', 'p2', 'p3', 'p4'}
        ``p0``: no probability, or fewer people than needed.
    caps : tuple of str
        Keys of the caps that lowered it.
    reasons : tuple of Reason
        The cell of the table, then every cap that applies, also those that changed nothing.
    convention : str
    """

    strength: Strength
    probability_class: ProbabilityClass
    caps: tuple[str, ...]
    reasons: tuple[Reason, ...]
    convention: str


def strength_of(facts: StrengthFacts, *, rules: PlanRules = DEFAULT_RULES) -> StrengthResult:
    """Say how strongly the evidence carries a recommendation.

    Parameters
    ----------
    facts : StrengthFacts
        Certainty of its lessons, rating of people, open questions.
    rules : PlanRules
        Limits of the classes and caps.

    Returns
    -------
    StrengthResult
        Strength, class of the probability, caps that lowered it, reasons.

    Raises
    ------
    ScaleError
        ``plans.unknown_value``, ``plans.not_a_share``.
    NotFiniteError
        ``plans.not_finite``: NaN where None is meant.

    Notes
    -----
    Caps are not added: the lowest one wins, and none lifts. Those about the people apply only
    where their ratings count.

    References
    ----------
    .. [1] docs/methods/plan-strength.md, convention ap-1.

    Examples
    --------
    >>> found = strength_of(StrengthFacts(certainty="A", probability=0.92, n=12, agreement=0.45))
    >>> print(found.strength, found.probability_class, found.caps)
    conditional p1 ('agreement_low',)
    """
    _check(facts)
    grade = _class_of(facts, rules)
    base = TABLE[facts.certainty][CLASSES.index(grade)]
    caps = _caps(facts, rules, is_rated=grade != "p0")
    strength = min([base, *(limit for limit, _ in caps)], key=ORDER.index)
    lowering = [reason.key for limit, reason in caps if limit is strength and limit is not base]
    return StrengthResult(
        strength=strength,
        probability_class=grade,
        caps=tuple(lowering),
        reasons=(_cell(facts, grade), *(reason for _, reason in caps)),
        convention=rules.convention,
    )


def _check(facts: StrengthFacts) -> None:
    if facts.certainty not in TABLE:
        raise ScaleError(
            "plans.unknown_value",
            where=Where(field="certainty"),
            found=str(facts.certainty),
            expected=", ".join(TABLE),
        )
    for name in ("probability", "agreement", "cannot_judge"):
        value: float | None = getattr(facts, name)
        if value is not None and not isfinite(value):
            raise NotFiniteError("plans.not_finite", where=Where(field=name))
        if value is not None and not 0 <= value <= 1:
            raise ScaleError("plans.not_a_share", where=Where(field=name), found=f"{value:g}")


def _class_of(facts: StrengthFacts, rules: PlanRules) -> ProbabilityClass:
    if facts.probability is None or facts.n < rules.fewest_raters:
        return "p0"
    limits = (rules.strong_from, rules.conditional_from, rules.exploratory_from)
    return CLASSES[sum(facts.probability < limit for limit in limits)]


def _cell(facts: StrengthFacts, grade: ProbabilityClass) -> Reason:
    params: dict[str, str | int | float] = {"certainty": facts.certainty, "n": facts.n}
    if facts.probability is None:
        return Reason("not_rated", params)
    params["probability"] = facts.probability
    return Reason("too_few_raters" if grade == "p0" else "rated", params)


def _caps(
    facts: StrengthFacts, rules: PlanRules, *, is_rated: bool
) -> list[tuple[Strength, Reason]]:
    found = _caps_of_people(facts, rules) if is_rated else []
    if facts.conflict_open:
        found.append((_C, Reason("conflict_open")))
    if facts.contradiction_open:
        found.append((_E, Reason("contradiction_open")))
    return found


def _caps_of_people(facts: StrengthFacts, rules: PlanRules) -> list[tuple[Strength, Reason]]:
    found: list[tuple[Strength, Reason]] = []
    if facts.n < rules.few_raters:
        found.append((_C, Reason("few_raters", {"n": facts.n})))
    if facts.agreement is not None and facts.agreement < rules.agreement_from:
        found.append((_C, Reason("agreement_low", {"agreement": facts.agreement})))
    if facts.cannot_judge is not None and facts.cannot_judge > rules.cannot_judge_to:
        found.append((_C, Reason("many_cannot_judge", {"share": facts.cannot_judge})))
    if facts.level in ACROSS_COUNTRIES and facts.countries == 1:
        found.append((_C, Reason("one_country")))
    return found


# --- How many of those addressed took something up; never the rate alone --------------------------


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
