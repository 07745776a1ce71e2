"""The indicators of Interreg out of the data of a project, each with the list behind it."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules, Reason, years_after

# --- What the indicators of Interreg are computed from, and what they come to ---------------------


type StrategyKind = Literal["strategy", "action_plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterregBody:
    """A body that takes part.

    Attributes
    ----------
    name : str
    country : str
        Two letters.
    entity : hashable
        Of its legal entity, equal for two units of one; empty: its name.
    """

    name: str
    country: str
    entity: Hashable = ""

    @property
    def legal_entity(self) -> Hashable:
        """What counts once."""
        return self.entity or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyFacts:
    """A strategy or an action plan.

    Attributes
    ----------
    name : str
    kind : str
        ``strategy`` or ``action_plan``; nothing else counts.
    bodies : tuple of InterregBody
        Who drafted it.
    completed_on : date or None
    adopted_on : date or None
        First adoption of the whole by a body, which need not be a partner.
    begun_on : date or None
        When the first of its actions began, or a dated statement says that they do.
    """

    name: str
    kind: str
    bodies: tuple[InterregBody, ...] = ()
    completed_on: dt.date | None = None
    adopted_on: dt.date | None = None
    begun_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFacts:
    """A pilot action.

    Attributes
    ----------
    name : str
    ended_on : date or None
        None: it goes on.
    bodies : tuple of InterregBody
        Who carried it.
    """

    name: str
    ended_on: dt.date | None = None
    bodies: tuple[InterregBody, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionFacts:
    """A solution out of a pilot action.

    Attributes
    ----------
    name : str
    pilot_ended_on : date or None
        None: there was no pilot action, or it goes on.
    pilot_bodies, design_bodies : tuple of InterregBody
    take_up : str
        What others need to take it up.
    is_legal : bool
        A legal or administrative solution, which RCR104 leaves out.
    taken_up_on : date or None
        When the first body took it up or scaled it up; the body need not be a partner.
    taken_up_in : str
        The document of that body in which it stands, such as a plan or a strategy.
    """

    name: str
    pilot_ended_on: dt.date | None = None
    pilot_bodies: tuple[InterregBody, ...] = ()
    design_bodies: tuple[InterregBody, ...] = ()
    take_up: str = ""
    is_legal: bool = False
    taken_up_on: dt.date | None = None
    taken_up_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """A formal agreement to go on working together.

    Attributes
    ----------
    name : str
    signed_on : date or None
        None: the link is active, but nothing was signed.
    valid_until : date or None
        None: without an end.
    parties : tuple of InterregBody
    """

    name: str
    signed_on: dt.date | None
    valid_until: dt.date | None = None
    parties: tuple[InterregBody, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterregFacts:
    """A project with what came out of it.

    Attributes
    ----------
    ends_on : date or None
        End of the project.
    bodies : tuple of InterregBody
        Partners and associated partners of the application.
    strategies : tuple of StrategyFacts
    pilots : tuple of PilotFacts
    solutions : tuple of SolutionFacts
    agreements : tuple of AgreementFacts
    uncounted_countries : frozenset of str
        Countries whose bodies the programme does not count, such as CH.
    """

    ends_on: dt.date | None
    bodies: tuple[InterregBody, ...] = ()
    strategies: tuple[StrategyFacts, ...] = ()
    pilots: tuple[PilotFacts, ...] = ()
    solutions: tuple[SolutionFacts, ...] = ()
    agreements: tuple[AgreementFacts, ...] = ()
    uncounted_countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Something that does not count, and why.

    Attributes
    ----------
    name : str
    reason : Reason
    """

    name: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class InterregFigure:
    """One indicator with the list behind it.

    Attributes
    ----------
    code : str
    value : int or None
        None where the end of the project is not known but decides.
    counted : tuple of str
        Names of what counts, one per unit of the value.
    not_counted : tuple of NotCounted
    reasons : tuple of Reason
        Why there is no value.
    convention : str
    """

    code: str
    value: int | None
    counted: tuple[str, ...]
    not_counted: tuple[NotCounted, ...]
    reasons: tuple[Reason, ...]
    convention: str


# --- The indicators of Interreg out of the data of a project, each with the list behind it --------


INTERREG_CODES: Final = (
    *("RCO83", "RCO84", "RCO87", "RCO116"),
    *("RCR79", "RCR84", "RCR104"),
)
JOINT_KINDS: Final = frozenset({"strategy", "action_plan"})
FEWEST_COUNTRIES: Final = 2


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def interreg_figures(
    facts: InterregFacts, *, rules: PlanRules = DEFAULT_RULES
) -> dict[str, InterregFigure]:
    """Count what the programmes ask for, and say what does not count and why.

    Parameters
    ----------
    facts : InterregFacts
        The project with its bodies, strategies, pilot actions, solutions and agreements.
    rules : PlanRules
        ``interreg_years`` after the end of the project for RCR79, RCR84 and RCR104.

    Returns
    -------
    dict
        Figure by code: RCO83 strategies and action plans jointly developed, RCO84 pilot actions
        developed jointly and implemented, RCO87 organisations cooperating across borders, RCO116
        jointly developed solutions, RCR79 joint strategies and action plans taken up, RCR84
        organisations cooperating after the project, RCR104 solutions taken up or up-scaled.

    Notes
    -----
    RCR79 is never more than RCO83, and RCR104 never more than RCO116. A legal entity counts once;
    its country is that of the first of its bodies. RCO83, RCO84 and all results need the end of
    the project, RCO116 only a pilot action that has ended, by the end of the project where that
    is known. Linear, RCR84 in the sum of the squares of parties.

    References
    ----------
    .. [1] docs/methods/interreg-indicators.md, convention ap-1.

    Examples
    --------
    >>> from datetime import date
    >>> bodies = (InterregBody(name="BWcon", country="DE"),
    ...           InterregBody(name="ecoplus", country="AT"))
    >>> plan = StrategyFacts(name="Joint plan", kind="action_plan", bodies=bodies,
    ...                      completed_on=date(2026, 6, 30))
    >>> found = interreg_figures(InterregFacts(ends_on=date(2026, 12, 31), bodies=bodies,
    ...                                        strategies=(plan,)))
    >>> {code: one.value for code, one in found.items()}
    {'RCO83': 1, 'RCO84': 0, 'RCO87': 2, 'RCO116': 0, 'RCR79': 0, 'RCR84': 0, 'RCR104': 0}
    >>> found["RCR79"].not_counted[0].reason.key
    'not_adopted'
    """
    joint = _sorted_out(facts.strategies, lambda one: _why_not_joint(one, facts))
    taken_up = _sorted_out(facts.strategies, lambda one: _why_not_taken_up(one, facts, rules))
    piloted = _sorted_out(facts.pilots, lambda one: _why_no_pilot(one, facts))
    solved = _sorted_out(facts.solutions, lambda one: _why_no_solution(one, facts))
    scaled_up = _sorted_out(facts.solutions, lambda one: _why_not_scaled_up(one, facts, rules))
    found = {
        "RCO83": _dated("RCO83", joint, facts, rules),
        "RCO84": _dated("RCO84", piloted, facts, rules),
        "RCO87": _cooperating(facts, rules),
        "RCO116": _figure("RCO116", solved, rules),
        "RCR79": _dated("RCR79", taken_up, facts, rules),
        "RCR84": _dated("RCR84", _going_on(facts, rules), facts, rules),
        "RCR104": _dated("RCR104", scaled_up, facts, rules),
    }
    return {code: found[code] for code in INTERREG_CODES}


type _Sorted = tuple[tuple[str, ...], tuple[NotCounted, ...]]


def _sorted_out[T: _Named](things: Sequence[T], why_not: Callable[[T], Reason | None]) -> _Sorted:
    judged = [(one.name, why_not(one)) for one in things]
    counted = tuple(name for name, reason in judged if reason is None)
    return counted, tuple(NotCounted(name, reason) for name, reason in judged if reason)


def _figure(code: str, found: _Sorted, rules: PlanRules) -> InterregFigure:
    return InterregFigure(
        code=code,
        value=len(found[0]),
        counted=found[0],
        not_counted=found[1],
        reasons=(),
        convention=rules.convention,
    )


def _dated(code: str, found: _Sorted, facts: InterregFacts, rules: PlanRules) -> InterregFigure:
    """Return the figure, without a value where the end of the project is not known."""
    if facts.ends_on is not None:
        return _figure(code, found, rules)
    return InterregFigure(
        code=code,
        value=None,
        counted=(),
        not_counted=found[1],
        reasons=(Reason("no_project_end"),),
        convention=rules.convention,
    )


def _countries(bodies: Iterable[InterregBody], facts: InterregFacts) -> set[str]:
    return {one.country for one in bodies} - facts.uncounted_countries


def _too_few_countries(
    key: str, bodies: Sequence[InterregBody], facts: InterregFacts
) -> Reason | None:
    countries = _countries(bodies, facts)
    if len(countries) >= FEWEST_COUNTRIES:
        return None
    return Reason(key, {"n": len(countries), "countries": ", ".join(sorted(countries))})


def _why_not_joint(one: StrategyFacts, facts: InterregFacts) -> Reason | None:
    if one.kind not in JOINT_KINDS:
        return Reason("other_kind", {"kind": one.kind})
    few = _too_few_countries("drafted_in_one_country", one.bodies, facts)
    if few is not None:
        return few
    if facts.ends_on is None:
        return Reason("no_project_end")
    if one.completed_on is None:
        return Reason("not_completed")
    if one.completed_on > facts.ends_on:
        return Reason("completed_late", {"on": one.completed_on, "until": facts.ends_on})
    return None


def last_day_after(ends_on: dt.date, *, rules: PlanRules = DEFAULT_RULES) -> dt.date:
    """Return the last day for results: the same date of a later year, also in leap years."""
    return years_after(ends_on, rules.interreg_years)


def _why_not_taken_up(one: StrategyFacts, facts: InterregFacts, rules: PlanRules) -> Reason | None:
    why_not = _why_not_joint(one, facts)
    if why_not is not None or facts.ends_on is None:
        return why_not
    until = last_day_after(facts.ends_on, rules=rules)
    for key, day in (("adopted", one.adopted_on), ("begun", one.begun_on)):
        if day is None:
            return Reason(f"not_{key}")
        if day > until:
            return Reason(f"{key}_late", {"on": day, "until": until})
    return None


def _why_no_pilot(one: PilotFacts, facts: InterregFacts) -> Reason | None:
    if one.ended_on is None:
        return Reason("no_finished_pilot")
    if facts.ends_on is not None and one.ended_on > facts.ends_on:
        return Reason("pilot_late", {"on": one.ended_on, "until": facts.ends_on})
    return _too_few_countries("pilot_in_one_country", one.bodies, facts)


def _why_no_solution(one: SolutionFacts, facts: InterregFacts) -> Reason | None:
    pilot = PilotFacts(name=one.name, ended_on=one.pilot_ended_on, bodies=one.pilot_bodies)
    why_not = _why_no_pilot(pilot, facts)
    why_not = why_not or _too_few_countries("designed_in_one_country", one.design_bodies, facts)
    if why_not is None and not one.take_up.strip():
        return Reason("no_take_up_note")
    return why_not


def _why_not_scaled_up(one: SolutionFacts, facts: InterregFacts, rules: PlanRules) -> Reason | None:
    why_not = _why_no_solution(one, facts)
    if why_not is not None or facts.ends_on is None:
        return why_not
    if one.is_legal:
        return Reason("legal_solution")
    if one.taken_up_on is None:
        return Reason("not_taken_up")
    until = last_day_after(facts.ends_on, rules=rules)
    if one.taken_up_on > until:
        return Reason("taken_up_late", {"on": one.taken_up_on, "until": until})
    return None if one.taken_up_in.strip() else Reason("taken_up_without_document")


def _cooperating(facts: InterregFacts, rules: PlanRules) -> InterregFigure:
    counted, left_out = [], []
    seen: dict[Hashable, str] = {}
    for one in facts.bodies:
        if one.country in facts.uncounted_countries:
            reason = Reason("country_not_counted", {"country": one.country})
            left_out.append(NotCounted(one.name, reason))
        elif one.legal_entity in seen:
            same = Reason("same_legal_entity", {"as": seen[one.legal_entity]})
            left_out.append(NotCounted(one.name, same))
        else:
            seen[one.legal_entity] = one.name
            counted.append(one.name)
    return _figure("RCO87", (tuple(counted), tuple(left_out)), rules)


def _going_on(facts: InterregFacts, rules: PlanRules) -> _Sorted:
    members = _members(facts)
    going_on: set[Hashable] = set()
    left_out = []
    for one in facts.agreements:
        bound = _bound(one, members)
        reason = _why_no_agreement(one, bound, facts, rules)
        if reason is None:
            going_on |= bound
        else:
            left_out.append(NotCounted(one.name, reason))
    return tuple(members[key].name for key in members if key in going_on), tuple(left_out)


def _members(facts: InterregFacts) -> dict[Hashable, InterregBody]:
    """Return the legal entities that RCO87 counts."""
    members: dict[Hashable, InterregBody] = {}
    for one in facts.bodies:
        if one.country not in facts.uncounted_countries:
            members.setdefault(one.legal_entity, one)
    return members


def _bound(one: AgreementFacts, members: Mapping[Hashable, InterregBody]) -> set[Hashable]:
    """Return the members that are bound to one of another country."""
    parties = {body.legal_entity for body in one.parties} & members.keys()
    return {
        key
        for key in parties
        if any(members[other].country != members[key].country for other in parties)
    }


def _why_no_agreement(
    one: AgreementFacts, bound: set[Hashable], facts: InterregFacts, rules: PlanRules
) -> Reason | None:
    if facts.ends_on is None:
        return Reason("no_project_end")
    if one.signed_on is None:
        return Reason("active_without_agreement")
    until = last_day_after(facts.ends_on, rules=rules)
    if one.signed_on > until:
        return Reason("signed_late", {"on": one.signed_on, "until": until})
    if one.valid_until is not None and one.valid_until <= facts.ends_on:
        return Reason("not_valid_after", {"until": one.valid_until})
    return None if bound else Reason("agreement_in_one_country")
