"""What the evaluation of all recommendations and results of a project is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alpclusters.platform.evaluation.domain.across import Across
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.policy.domain.denominators import Proposals
from alpclusters.platform.policy.domain.endorsing.records import LogLine
from alpclusters.platform.policy.domain.interreg.reading import InterregReading
from alpclusters.platform.policy.domain.records import RecommendationLine
from alpclusters.platform.policy.domain.strengths import ShownStrength
from alpclusters.reports.plan.subject import BodyLine


@dataclass(frozen=True, slots=True)
class AdoptionLine:
    """How far one region is with a joint approach.

    Attributes
    ----------
    region : Words
    state : str
    since : date or None
        Of the last step.
    was_implemented : bool
    reason : str
    """

    region: Words
    state: str
    since: date | None
    was_implemented: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ApproachLine:
    """A joint approach with its regions."""

    code: str
    title: Words
    adoptions: tuple[AdoptionLine, ...]


@dataclass(frozen=True, slots=True)
class RecommendationsSubject:
    """A project with all its recommendations and results.

    Attributes
    ----------
    project, acronym, title, publisher : str
    is_simulated : bool
    day : date
        The day it was read.
    recommendations : tuple of RecommendationLine
        In every state, rejected ones with their reason.
    actions : mapping
        By number of the recommendation: codes of the actions that carry it out.
    strengths : mapping
        By number of the recommendation.
    endorsements, logs : mapping
        By number of the recommendation; logs hold every step of every body.
    across : Across
        The released evaluations together.
    proposals : Proposals
        Common denominators.
    approaches : tuple of ApproachLine
    interreg : InterregReading
    region_names : mapping of str to Words
        By code.
    """

    project: str
    acronym: str
    title: Words
    publisher: str
    is_simulated: bool
    day: date
    recommendations: tuple[RecommendationLine, ...]
    actions: Mapping[int, tuple[str, ...]]
    strengths: Mapping[int, ShownStrength]
    endorsements: Mapping[int, tuple[BodyLine, ...]]
    logs: Mapping[int, tuple[LogLine, ...]]
    across: Across
    proposals: Proposals
    approaches: tuple[ApproachLine, ...]
    interreg: InterregReading
    region_names: Mapping[str, Words] = field(default_factory=dict)
