"""All that the document of a plan is made of, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.policy.domain.endorsing.records import LogLine
from alpclusters.platform.policy.domain.records import PlanRecord, RecommendationLine


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something a check of the plan found.

    Attributes
    ----------
    severity : {'error', 'warning', 'info'}
    code : str
        Of the action, recommendation or finding; empty for the plan itself.
    words : str
        What is missing, in the language of the document.
    is_signed_off : bool
        A policy maker let it pass, with the reason that the plan prints.
    """

    severity: str
    code: str
    words: str
    is_signed_off: bool = False


@dataclass(frozen=True, slots=True)
class StrengthLine:
    """How strongly the evidence carries a recommendation, computed and shown.

    Attributes
    ----------
    computed, shown : str
        Values of ``Recommendation.Strength``; they differ where a person overrode it.
    reasons : tuple of str
        In the language of the document.
    """

    computed: str
    shown: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CafeLine:
    """An AlpCafé the plan rests on, with the people of its newest snapshot."""

    title: Words
    held_on: date | None
    place: str
    n_people: int | None


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that stands behind a recommendation, in part or not at all."""

    body: str
    state: str
    applies: str
    decided_on: date | None
    words: str  # reservation or reason
    language: str = ""
    # The text it was about; None: not recorded. Whether that text still stands.
    version: int | None = None
    text_on: date | None = None
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class TrailCount:
    """How many documents and lessons are behind an action, and what the first is called."""

    documents: int = 0
    first_document: str = ""
    lessons: int = 0
    first_lesson: str = ""


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """A plan with what stands around it.

    Attributes
    ----------
    record : PlanRecord
    recommendations : tuple of RecommendationLine
        Those that actions of the plan carry out, in their order.
    strengths, endorsements, logs : mapping
        By number of the recommendation.
    bodies : tuple of BodyLine
        Those that were asked about the plan itself.
    log : tuple of LogLine
        What bodies decided about the plan itself, in its order.
    trails : mapping
        By number of the action.
    open_points : tuple of OpenPoint
    cafes : tuple of CafeLine
    """

    record: PlanRecord
    strengths: Mapping[int, StrengthLine] = field(default_factory=dict)
    endorsements: Mapping[int, tuple[BodyLine, ...]] = field(default_factory=dict)
    bodies: tuple[BodyLine, ...] = ()
    log: tuple[LogLine, ...] = ()
    logs: Mapping[int, tuple[LogLine, ...]] = field(default_factory=dict)
    trails: Mapping[int, TrailCount] = field(default_factory=dict)
    open_points: tuple[OpenPoint, ...] = ()
    cafes: tuple[CafeLine, ...] = ()

    @property
    def recommendations(self) -> tuple[RecommendationLine, ...]:
        """The recommendations the plan carries out, each once, by code."""
        return self.record.recommendations

    @property
    def codes(self) -> dict[str, str]:
        """The codes of the actions by the key of their status, for sentences that name them."""
        return {str(line.pk): line.code for line in self.record.outlines}
