"""For whom offers are judged: an organisation, the measure of a project, what a project intends."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, Partner
from alpclusters.platform.funding.domain.fitting.fits import Body, Fitting, Setting, fit_offers
from alpclusters.platform.funding.domain.fitting.offers import offers_for
from alpclusters.platform.funding.domain.fitting.profiles import organisation_facts
from alpclusters.platform.funding.domain.intents import Intent
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project

# What the entry of any organisation holds, and what only the profile of a cluster organisation has.
IN_ENTRY: Final = frozenset({"nuts", "country", "founded", "age", "legal_form"})
IN_PROFILE: Final = IN_ENTRY | {
    *("members", "sme_members", "large_members", "research_members", "public_members"),
    *("members_abroad", "employees", "staff", "label", "recognised", "international_strategy"),
    *("themes", "technologies", "sectors", "languages"),
}
_MONTHS: Final = 12


def fitting_offers(
    organisation: Organisation, profile: ClusterOrganisation | None, *, today: date
) -> Fitting:
    """Judge the catalogue for one organisation; its project and partners are not known.

    Parameters
    ----------
    organisation : Organisation
        With its region.
    profile : ClusterOrganisation or None
        With its labels.
    today : date
        The day on which calls are open.
    """
    body = body_of(organisation, profile, today)
    setting = Setting((body,), {}, themes=frozenset(body.facts.get("themes", ())))
    return fit_offers(offers_for(is_simulated=organisation.is_simulated), setting, today=today)


def fitting_measure(measure: Measure, *, today: date) -> Fitting:
    """Judge the catalogue for a measure: for the partners of its project.

    A measure of the catalogue belongs to no project: it is for cluster organisations anywhere, so
    their kind is known and their place is open.
    """
    project = measure.project
    if project is None:
        anybody = Body("", {"kind": "cluster"})
        return fit_offers(offers_for(is_simulated=False), Setting((anybody,), {}), today=today)
    return _of_project(project, {}, None, None, today)


def fitting_intent(intent: Intent, *, today: date) -> Fitting:
    """Judge the catalogue for what is intended: for the partners of its project, at its time."""
    starts, ends = intent.starts_on, intent.ends_on
    told: dict[str, Any] = {"levels": (intent.level,)}
    if starts:
        told["start"] = starts.isoformat()
    if ends:
        told["end"] = ends.isoformat()
    if starts and ends:
        told["months"] = (ends.year - starts.year) * _MONTHS + ends.month - starts.month + 1
    return _of_project(intent.project, told, starts, ends, today)


def body_of(organisation: Organisation, profile: ClusterOrganisation | None, today: date) -> Body:
    """Return an organisation as conditions ask it."""
    return Body(
        name=organisation.name,
        facts=organisation_facts(organisation, profile, today=today),
        in_profile=IN_PROFILE if profile else IN_ENTRY,
    )


def bodies_of(project: Project, today: date) -> Sequence[Body]:
    """Return the partners of a project, each organisation once."""
    partners = (
        Partner.objects.filter(project=project)
        .select_related("organisation__region", "organisation__cluster", "seat")
        .prefetch_related("organisation__cluster__labels")
        .order_by("order", "pk")
    )
    return list({one.organisation_id: _body(one, today) for one in partners}.values())


def _body(partner: Partner, today: date) -> Body:
    """Return a partner; where its entry has no place, the seat that the project names counts."""
    organisation = partner.organisation
    body = body_of(organisation, getattr(organisation, "cluster", None), today)
    if partner.seat is None or "nuts" in body.facts:
        return body
    seat = {"nuts": partner.seat.code, "vintage": partner.seat.last_vintage}
    return replace(body, facts={"country": partner.seat.country, **body.facts, **seat})


def _of_project(
    project: Project,
    told: dict[str, Any],
    starts: date | None,
    ends: date | None,
    today: date,
) -> Fitting:
    bodies = bodies_of(project, today)
    setting = Setting(
        bodies,
        {**told, **_transnational(bodies)},
        is_partnership=bool(bodies),
        starts=starts,
        ends=ends,
        themes=frozenset(theme for body in bodies for theme in body.facts.get("themes", ())),
    )
    return fit_offers(offers_for(is_simulated=project.is_simulated), setting, today=today)


def _transnational(bodies: Iterable[Body]) -> dict[str, bool]:
    """Say whether partners of several countries are there; one country may still be joined."""
    countries = {body.facts.get("country") for body in bodies} - {None}
    return {"transnational": True} if len(countries) > 1 else {}
