"""Read what the document of a plan is made of; what nobody may see in public stays out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.models import Snapshot, stored_number
from alpclusters.platform.policy.domain.coverage import coverage_of
from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text, thing_of
from alpclusters.platform.policy.domain.endorsing.records import (
    LogLine,
    earlier_of,
    steps_by_recommendation,
    steps_of,
)
from alpclusters.platform.policy.domain.records import PlanRecord, RecommendationLine, record_of
from alpclusters.platform.policy.domain.strengths import ShownStrength, strengths_of, with_evidence
from alpclusters.platform.policy.models import ActionPlan, Endorsement, Recommendation
from alpclusters.platform.tracing.domain.stations import Station, Stop, stations_for
from alpclusters.reports.plan_words.coverage import issue_sentence, issue_thing
from alpclusters.reports.plan_words.strength import strength_sentences

# --- All that the document of a plan is made of, read once ----------------------------------------


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


# --- Read what the document of a plan is made of; what nobody may see in public stays out ---------


_SPOKEN = (
    Endorsement.State.ENDORSED,
    Endorsement.State.WITH_RESERVATION,
    Endorsement.State.DECLINED,
    Endorsement.State.WITHDRAWN,
)


def read_subject(plan: ActionPlan, *, today: date, language: str) -> PlanSubject:
    """Read a plan with strengths, endorsements, trails, open points and AlpCafés.

    Parameters
    ----------
    plan : ActionPlan
    today : date
        The day for which status is computed.
    language : str
        Of the sentences and of the names on the trail.
    """
    record = record_of(plan, today=today)
    return PlanSubject(
        record,
        strengths=_strengths(record, language),
        endorsements=_endorsements(record),
        bodies=_bodies(plan),
        log=steps_of(plan.endorsements.all()),
        logs=steps_by_recommendation([line.pk for line in record.recommendations]),
        trails=read_trails(plan, language),
        open_points=_open_points(plan, today, language),
        cafes=_cafes(record),
    )


def read_trails(plan: ActionPlan, language: str) -> dict[int, TrailCount]:
    """Count documents and lessons behind each action, as the public sees them."""
    actions = list(plan.actions.all())
    with override(language):
        found = stations_for(actions, seen_by=AnonymousUser())
    return {pk: _trail({stop.station: stop for stop in stops}) for pk, stops in found.items()}


def _trail(stops: Mapping[Station, Stop]) -> TrailCount:
    source, lesson = stops[Station.SOURCE], stops[Station.LESSON]
    return TrailCount(
        documents=source.n,
        first_document=source.refs[0].label if source.refs else "",
        lessons=lesson.n,
        first_lesson=lesson.refs[0].label if lesson.refs else "",
    )


def _strengths(record: PlanRecord, language: str) -> dict[int, StrengthLine]:
    pks = [line.pk for line in record.recommendations]
    rows = with_evidence(Recommendation.objects.filter(pk__in=pks))
    return {pk: strength_line(shown, language) for pk, shown in strengths_of(rows).items()}


def strength_line(shown: ShownStrength, language: str) -> StrengthLine:
    """Return the strength of a recommendation with its reasons as sentences."""
    return StrengthLine(
        computed=str(shown.result.strength),
        shown=shown.shown,
        reasons=strength_sentences(shown.result, language),
    )


def _endorsements(record: PlanRecord) -> dict[int, tuple[BodyLine, ...]]:
    pks = [line.pk for line in record.recommendations]
    rows = Endorsement.objects.filter(recommendation__in=pks, state__in=_SPOKEN)
    rows = rows.select_related("recommendation")
    found: dict[int, list[BodyLine]] = {}
    for row in rows.order_by("decided_on", "pk"):
        line = body_line(row, thing_of(row))
        found.setdefault(row.recommendation_id or 0, []).append(line)
    return {pk: tuple(lines) for pk, lines in found.items()}


def _bodies(plan: ActionPlan) -> tuple[BodyLine, ...]:
    """Return the bodies asked about the plan, and those that decided about an earlier version."""
    rows = list(plan.endorsements.all())
    return tuple(body_line(row, plan) for row in (*rows, *earlier_of(plan, rows)))


def body_line(row: Endorsement, thing: Recommendation | ActionPlan) -> BodyLine:
    """Return what a body decided, in its own words, and about which text."""
    return BodyLine(
        body=row.body,
        state=row.state,
        applies=row.applies,
        decided_on=row.decided_on,
        words=row.reservation or row.reason,
        language=row.language,
        version=row.version,
        text_on=row.text_on,
        is_current=is_about_current_text(row, thing),
    )


def _open_points(plan: ActionPlan, today: date, language: str) -> tuple[OpenPoint, ...]:
    coverage = coverage_of(plan, today=today)
    return tuple(
        OpenPoint(
            issue.severity,
            issue_thing(issue, language),
            issue_sentence(issue, language),
            is_signed_off=issue.key in coverage.signed_keys,
        )
        for issue in coverage.issues
    )


def _cafes(record: PlanRecord) -> tuple[CafeLine, ...]:
    snapshots = {line.snapshot for line in record.evidence if line.snapshot is not None}
    counted = Snapshot.objects.filter(pk__in=snapshots).order_by("number")
    people = dict(
        counted.annotate(people=stored_number("n_people")).values_list("cafe_id", "people")
    )
    rows = AlpCafe.objects.filter(pk__in=people).order_by("held_on", "pk")
    return tuple(
        CafeLine(cafe.title.each(), cafe.held_on, cafe.place, people[cafe.pk]) for cafe in rows
    )
