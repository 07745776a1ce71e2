"""The plans of a project as the indicators count them: who drafted, adopted and began them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import F, Min, Q

from alpclusters.analysis.plans import InterregBody, StrategyFacts
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.entities import Entities
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    DraftingBody,
    Endorsement,
    Milestone,
    ProgressReport,
)

# A body that endorses the whole plan, with or without a reservation, and dates it, adopts it.
ADOPTED: Final = (Endorsement.State.ENDORSED, Endorsement.State.WITH_RESERVATION)


def newest_plans(project: Project) -> list[ActionPlan]:
    """List the plans of a project, each in its newest published version, else in its newest."""
    found: dict[Any, ActionPlan] = {}
    for plan in project.plans.prefetch_related("drafting_bodies").order_by("version", "pk"):
        known = found.get(plan.uuid)
        if known is None or plan.is_published or not known.is_published:
            found[plan.uuid] = plan
    return sorted(found.values(), key=lambda plan: plan.pk)


def drafting_organisations(plans: Collection[ActionPlan]) -> list[int]:
    """List the organisations among the drafting bodies of plans."""
    rows = DraftingBody.objects.filter(plan__in=plans, organisation__isnull=False)
    return list(rows.order_by("pk").values_list("organisation", flat=True))


def strategy_facts(plans: Sequence[ActionPlan], entities: Entities) -> Iterator[StrategyFacts]:
    """Return plans with the days that decide about them."""
    adopted, begun = _adopted(plans), begun_on(plans)
    for plan in plans:
        yield StrategyFacts(
            name=plan.title,
            kind=plan.kind,
            bodies=tuple(_body(one, entities) for one in plan.drafting_bodies.all()),
            completed_on=plan.completed_on,
            adopted_on=adopted.get(plan.pk),
            begun_on=begun.get(plan.pk),
        )


def begun_on(plans: Sequence[ActionPlan]) -> dict[int, date]:
    """Return the first day on which something of a plan was done, by number of the plan.

    It is the first report with progress, the first milestone that was reached or the first action
    that was done; a start that was only planned is none.
    """
    sources: list[Mapping[int, date]] = [
        _first(ProgressReport.objects.filter(progress__gt=0), "action__plan", "confirmed_on"),
        _first(Milestone.objects.filter(done_on__isnull=False), "action__plan", "done_on"),
        _first(Action.objects.filter(done_on__isnull=False), "plan", "done_on"),
    ]
    found = {}
    for plan in plans:
        days = [source[plan.pk] for source in sources if plan.pk in source]
        if days:
            found[plan.pk] = min(days)
    return found


def _first(rows: Any, plan: str, day: str) -> dict[int, date]:
    return dict(rows.order_by().values_list(plan).annotate(first=Min(day)))


def _adopted(plans: Collection[ActionPlan]) -> dict[int, date]:
    of_plans = Q(plan__in=plans, state__in=ADOPTED, decided_on__isnull=False)
    # Not what was said about an earlier version; of old rows nobody knows the version.
    of_plans &= Q(version=F("plan__version")) | Q(version=None)
    return _first(Endorsement.objects.filter(of_plans), "plan", "decided_on")


def _body(one: DraftingBody, entities: Entities) -> InterregBody:
    if one.organisation_id is None:
        return InterregBody(name=one.name, country=one.country)
    entity = entities.entity(one.organisation_id)
    return InterregBody(name=one.name, country=one.country, entity=entity)
