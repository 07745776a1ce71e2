"""Read all recommendations and results of a project."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import override

from alpclusters.platform.evaluation.domain.across import Across, across_project
from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.denominators import Proposals, proposals_of
from alpclusters.platform.policy.domain.endorsing.bindings import thing_of
from alpclusters.platform.policy.domain.endorsing.records import LogLine, steps_by_recommendation
from alpclusters.platform.policy.domain.interreg.reading import InterregReading, read_interreg
from alpclusters.platform.policy.domain.records import RecommendationLine
from alpclusters.platform.policy.domain.records.actions import recommendation_of
from alpclusters.platform.policy.domain.strengths import ShownStrength, strengths_of, with_evidence
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Adoption,
    AdoptionStep,
    Endorsement,
    Finding,
    Recommendation,
)
from alpclusters.platform.territory.models import Region
from alpclusters.reports.plan.reading import BodyLine, body_line

# --- What the evaluation of all recommendations and results of a project is made of ---------------


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


# --- Read all recommendations and results of a project --------------------------------------------


def read_recommendations(project: Project, *, today: date, language: str) -> RecommendationsSubject:
    """Read a project for the evaluation of its recommendations and results.

    Parameters
    ----------
    project : Project
    today : date
        The day that stands on it.
    language : str
        Of the names that the indicators of Interreg count.
    """
    across = across_project(project)
    named = {region for one in across.criteria for region in one.regions}
    rows = list(with_evidence(project.recommendations.order_by("pk")))
    with override(language):
        interreg = read_interreg(project)
    return RecommendationsSubject(
        project=project.slug,
        acronym=project.acronym,
        title=project.name.each(),
        publisher=_publisher(project),
        is_simulated=project.is_simulated,
        day=today,
        recommendations=tuple(
            recommendation_of(one, one.findings.all()) for one in _with_sources(project)
        ),
        actions=_actions(project),
        strengths=strengths_of(rows),
        endorsements=_endorsements(project),
        logs=steps_by_recommendation([one.pk for one in rows]),
        across=across,
        proposals=proposals_of(project),
        approaches=_approaches(project),
        interreg=interreg,
        region_names={r.code: r.name.each() for r in Region.objects.filter(code__in=named)},
    )


def _with_sources(project: Project) -> list[Recommendation]:
    related = ("measure", "criterion", "snapshot__cafe", "lesson", "consultation")
    findings = Finding.objects.select_related(*related).defer("snapshot__data").order_by("pk")
    rows = project.recommendations.prefetch_related(Prefetch("findings", queryset=findings))
    return sorted(rows, key=lambda one: (len(one.code), one.code))


def _publisher(project: Project) -> str:
    plan = ActionPlan.objects.filter(project=project).exclude(publisher="").order_by("pk").first()
    return plan.publisher if plan else ""


def _actions(project: Project) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    ties = Action.objects.filter(recommendations__project=project).order_by("pk")
    for pk, code in ties.values_list("recommendations", "code"):
        found[pk].append(code)
    return {pk: tuple(dict.fromkeys(codes)) for pk, codes in found.items()}


def _endorsements(project: Project) -> dict[int, tuple[BodyLine, ...]]:
    found: dict[int, list[BodyLine]] = defaultdict(list)
    rows = Endorsement.objects.filter(recommendation__project=project).exclude(
        state__in=[Endorsement.State.INVITED, Endorsement.State.SEEN]
    )
    for row in rows.select_related("recommendation").order_by("decided_on", "pk"):
        found[row.recommendation_id or 0].append(body_line(row, thing_of(row)))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _approaches(project: Project) -> tuple[ApproachLine, ...]:
    steps = AdoptionStep.objects.order_by("happened_on", "pk")
    adoptions = (
        Adoption.objects.select_related("region")
        .prefetch_related(Prefetch("steps", queryset=steps))
        .order_by("pk")
    )
    rows = project.joint_approaches.prefetch_related(Prefetch("adoptions", queryset=adoptions))
    return tuple(
        ApproachLine(
            one.code,
            one.title.each(),
            tuple(_adoption(adoption) for adoption in one.adoptions.all()),
        )
        for one in rows.order_by("pk")
    )


def _adoption(adoption: Adoption) -> AdoptionLine:
    steps = list(adoption.steps.all())
    last = steps[-1] if steps else None
    return AdoptionLine(
        region=adoption.region.name.each(),
        state=adoption.state,
        since=last.happened_on if last else None,
        was_implemented=any(step.state == Adoption.State.IMPLEMENTED for step in steps),
        reason=last.reason if last else "",
    )
