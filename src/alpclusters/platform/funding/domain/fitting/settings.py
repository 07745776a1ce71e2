"""For whom offers are judged: an organisation, the measure of a project, what a project intends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from alpclusters.platform.actors.domain.judging import LabelState, Term, label_state
from alpclusters.platform.actors.models import (
    ClusterOrganisation,
    Organisation,
    OrganisationType,
    Partner,
)
from alpclusters.platform.funding.domain.fitting.fits import (
    Body,
    Fitting,
    Setting,
    fit_offers,
    offers_for,
)
from alpclusters.platform.funding.domain.intents import Intent
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project

# --- What an organisation's entry and profile say, as conditions of eligibility ask it ------------


# Development and innovation agencies, chambers and unknown bodies may be public or private: which
# one it is stays an open question.
KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys((OrganisationType.SME, OrganisationType.START_UP), "sme"),
    OrganisationType.LARGE: "large",
    **dict.fromkeys(
        (
            OrganisationType.UNIVERSITY,
            OrganisationType.APPLIED_RESEARCH,
            OrganisationType.TECHNOLOGY_CENTRE,
        ),
        "research",
    ),
    **dict.fromkeys(
        (
            OrganisationType.MINISTRY,
            OrganisationType.REGIONAL_GOVERNMENT,
            OrganisationType.AGENCY,
            OrganisationType.MUNICIPALITY,
        ),
        "public",
    ),
    OrganisationType.CLUSTER_ORGANISATION: "cluster",
    **dict.fromkeys(
        (
            OrganisationType.ASSOCIATION,
            OrganisationType.BUSINESS_ASSOCIATION,
            OrganisationType.INCUBATOR,
            OrganisationType.BANK,
            OrganisationType.FUND,
            OrganisationType.INVESTOR,
        ),
        "other",
    ),
}
_ECEI: Final = ("gold", "silver", "bronze")
_MEMBERS: Final = ("n_sme", "n_large", "n_research", "n_public", "n_civil", "n_other")

type Facts = dict[str, Any]


def organisation_facts(
    organisation: Organisation, profile: ClusterOrganisation | None, *, today: date
) -> Facts:
    """Return what is known of a body; what is not known is left out and stays an open question.

    Parameters
    ----------
    organisation : Organisation
        With its region.
    profile : ClusterOrganisation or None
        Of a cluster organisation, with its labels.
    today : date
        For the age and the labels.
    """
    told = _entry(organisation, today)
    if profile is not None:
        told |= {"kind": "cluster", **_profile(profile, today)}
    return {name: value for name, value in told.items() if value not in (None, "", ())}


def _entry(organisation: Organisation, today: date) -> Facts:
    region = organisation.region
    return {
        "id": f"organisation-{organisation.pk}",
        "kind": KINDS.get(organisation.type),
        "size": "large" if organisation.type == OrganisationType.LARGE else None,
        "nuts": region.code if region else None,
        "vintage": region.last_vintage if region else None,
        "country": organisation.country or (region.country if region else None),
        "founded": organisation.founded,
        "age": today.year - organisation.founded if organisation.founded else None,
        "legal_form": organisation.legal_form,
    }


def _profile(profile: ClusterOrganisation, today: date) -> Facts:
    return {
        "members": _sum(profile),
        "sme_members": profile.n_sme,
        "large_members": profile.n_large,
        "research_members": profile.n_research,
        "public_members": profile.n_public,
        "members_abroad": profile.n_abroad,
        "employees": profile.staff_heads,
        "staff": None if profile.staff_fte is None else int(profile.staff_fte),
        "label": _label(profile, today),
        "recognised": profile.is_recognised,
        "international_strategy": _answer(profile.international_strategy),
        "themes": tuple(dict.fromkeys((*_words(profile.ecosystem), *profile.technologies))),
        "technologies": tuple(profile.technologies),
        "sectors": tuple(profile.sectors),
        "languages": tuple(profile.languages),
    }


def _sum(profile: ClusterOrganisation) -> int | None:
    """Return all members where every group is counted; else nobody knows how many there are."""
    counts = [getattr(profile, name) for name in _MEMBERS]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _label(profile: ClusterOrganisation, today: date) -> str | None:
    """Return the best valid label; none only where somebody confirmed the profile without one."""
    valid = {
        label.level.lower()
        for label in profile.labels.all()
        if label_state(Term(label.valid_from, label.valid_to), today=today) is LabelState.VALID
    }
    best = next((level for level in _ECEI if level in valid), None)
    return best or ("none" if profile.confirmed_on else None)


def _answer(word: str) -> bool | None:
    return word == ClusterOrganisation.YesNo.YES if word else None


def _words(word: str) -> tuple[str, ...]:
    return (word,) if word else ()


# --- For whom offers are judged: an organisation, the measure of a project, what a project intends


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
