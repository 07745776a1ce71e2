"""What an organisation's entry and profile say, as conditions of eligibility ask it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from alpclusters.platform.actors.domain.judging import LabelState, Term, label_state
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType

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
