"""Read what the installation knows of a case: project, plan, action, directory."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from alpclusters.analysis.funding.case import Case
from alpclusters.platform.actors.models import Alias, Identifier, Organisation, Partner
from alpclusters.platform.funding.domain.case_offers import programme_names
from alpclusters.platform.funding.domain.casework.copying import KEPT
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.policy.domain.funding_cases import action_of
from alpclusters.platform.policy.domain.records import record_of
from alpclusters.platform.policy.models import ActionPlan, Solution
from alpclusters.reports.application.subject import ApplicationSubject, BodyPart, ProjectPart
from alpclusters.reports.funding.subject import MixSubject

ENGLISH: Final = "en"
NUTS_3: Final = 3


def read_application(
    stored: FundingCase, case: Case, mix: dict[str, Any], *, today: date, language: str
) -> ApplicationSubject:
    """Read all that an application can be filled from.

    Parameters
    ----------
    stored : FundingCase
        With its project.
    case : Case
        As it was computed.
    mix : dict
        The plain data of its ``mix.json``.
    today : date
        The day for which the plan is read.
    language : str
        One of the five codes.
    """
    action = action_of(stored)
    pk = action.pk if action else None
    plan = action.plan if action else _newest_plan(stored.project)
    solutions = Solution.objects.filter(project=stored.project).order_by("pk")
    return ApplicationSubject(
        MixSubject(case, mix, language, programme_names(case, language)),
        project=_project(stored.project),
        plan=record_of(plan, today=today) if plan else None,
        action=pk,
        bodies=_bodies(stored, case),
        typed=stored.taken.get(KEPT, {}),
        take_up=tuple(one.take_up.each() for one in _own_first(solutions, pk)),
    )


def _newest_plan(project: Project) -> ActionPlan | None:
    return project.plans.order_by("-published_at", "-pk").first()


def _own_first(solutions: Iterable[Solution], action: int | None) -> list[Solution]:
    """Return the solutions of the action; without one those of the project."""
    found = list(solutions)
    return [one for one in found if one.pilot_id == action] or found


def _project(project: Project) -> ProjectPart:
    groups = project.facts.filter(
        section__in=(ProjectFact.Section.TARGET_GROUP, ProjectFact.Section.BENEFICIARY)
    )
    return ProjectPart(
        acronym=project.acronym,
        name=project.name.each(),
        summary=project.summary.each(),
        programme=project.programme,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        target_groups=tuple(fact.value.each() for fact in groups),
    )


def _bodies(stored: FundingCase, case: Case) -> dict[str, BodyPart]:
    """Return the bodies that partners were taken from, by the partner's identifier."""
    known = {one.id for one in case.partners}
    taken = {key: pk for key, pk in (stored.taken.get("partners") or {}).items() if key in known}
    rows = (
        Organisation.objects.filter(pk__in=taken.values())
        .prefetch_related("identifiers", "aliases", "participations__initiative")
        .select_related("region")
    )
    found = {row.pk: row for row in rows}
    tasks = {row.organisation_id: row for row in stored.project.partners.all()}
    return {key: _body(found[pk], tasks.get(pk)) for key, pk in taken.items() if pk in found}


def _body(organisation: Organisation, partner: Partner | None) -> BodyPart:
    numbers = {one.scheme: one.value for one in organisation.identifiers.all()}
    region = organisation.region
    aliases: list[Alias] = list(organisation.aliases.all())
    return BodyPart(
        short_name=organisation.short_name,
        name_en=next((one.name for one in aliases if one.language == ENGLISH), ""),
        type=organisation.type,
        postcode=organisation.postcode,
        town=organisation.town,
        website=organisation.website,
        vat_number=numbers.get(Identifier.Scheme.VAT, ""),
        pic=numbers.get(Identifier.Scheme.PIC, ""),
        tasks=partner.tasks.each() if partner else {},
        experience=_earlier(organisation),
        nuts_3=region.code if region and region.level == NUTS_3 else "",
    )


def _earlier(organisation: Organisation) -> str:
    """Name the earlier projects in which a body took part, each once."""
    names = [str(one.initiative) for one in organisation.participations.all()]
    return "\n".join(dict.fromkeys(names))
