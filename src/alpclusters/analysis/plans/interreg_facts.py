"""What the indicators of Interreg are computed from, and what they come to."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.plans.reasons import Reason

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
