"""Partners of a case, each with the undertaking behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.funding.case import Territory
from alpclusters.platform.actors.models import Organisation, OrganisationType, Partner
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    filled,
    item_of,
    next_id,
    put,
    without,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

# --- In which vintage a code of a region is recorded ----------------------------------------------


def vintage_of(code: str, territory: Territory) -> int | None:
    """Return the vintage in which new things are recorded, else the last that has a code, or None.

    Parameters
    ----------
    code : str
        Of NUTS, in capitals.
    territory : Territory
    """
    if code in territory.codes.get(CURRENT_VINTAGE, ()):
        return CURRENT_VINTAGE
    return max((year for year, codes in territory.codes.items() if code in codes), default=None)


# --- Partners of a case, each with the undertaking behind it --------------------------------------


CALENDAR_YEAR: Final = 1
# Fields of a partner that a form or a list fills; the rest (facts, sites) stays as it is.
FIELDS: Final = (
    "name",
    "kind",
    "nuts",
    "vintage",
    "country",
    "own_ct",
    "credit_ct",
    "vat_recoverable",
    "sites",
)


def add_partner(
    document: Document,
    values: Mapping[str, Any],
    *,
    size: str,
    facts: Mapping[str, Any] | None = None,
) -> str:
    """Add a partner with an undertaking of its own; the first one leads.

    Parameters
    ----------
    document : dict
        Changed in place.
    values : mapping
        Of `FIELDS`, and ``lead``.
    size : str
        Of its undertaking; ``none`` has no economic activity.
    facts : mapping, optional
        What eligibility may ask beyond that.

    Returns
    -------
    str
        Its identifier.
    """
    undertaking = next_id(document, "undertakings")
    document["undertakings"].append({"id": undertaking, "size": size, "de_minimis": []})
    key = next_id(document, "partners")
    is_lead = bool(values.get("lead")) or not document["partners"]
    partner = filled(
        id=key,
        undertaking=undertaking,
        **{name: values.get(name) for name in FIELDS},
        facts=dict(facts or {}),
    )
    document["partners"].append({**partner, "lead": False})
    if is_lead:
        lead(document, key)
    return key


def change_partner(
    document: Document, key: str, values: Mapping[str, Any], *, size: str | None = None
) -> None:
    """Write new values over a partner's; what is not named stays.

    Raises
    ------
    InputError
        ``funding_case.gone``.
    """
    partner = item_of(document, "partners", key)
    kept = {k: v for k, v in partner.items() if k not in values}
    new = {k: v for k, v in values.items() if k in FIELDS}
    put(document, "partners", {**kept, **filled(**new)})
    if size is not None:
        item_of(document, "undertakings", partner["undertaking"])["size"] = size
    if values.get("lead"):
        lead(document, key)
    elif "lead" in values:
        item_of(document, "partners", key)["lead"] = False


def lead(document: Document, key: str) -> None:
    """Let one partner lead, and no other."""
    for partner in document["partners"]:
        partner["lead"] = partner["id"] == key


def remove_partner(document: Document, key: str) -> None:
    """Remove a partner with its costs, its wishes, and an undertaking that nobody else shares."""
    partner = item_of(document, "partners", key)
    lines = {line["id"] for line in document["lines"] if line["partner"] == key}
    document["partners"] = without(document["partners"], id=key)
    document["lines"] = without(document["lines"], partner=key)
    document["wishes"] = [
        wish
        for wish in document["wishes"]
        if wish.get("partner") != key and wish.get("line") not in lines
    ]
    _drop_undertaking(document, partner["undertaking"])
    if partner.get("lead") and document["partners"]:
        lead(document, document["partners"][0]["id"])


def share_undertaking(document: Document, key: str, other: str) -> None:
    """Let a partner belong to the undertaking of another one, or to one of its own again.

    Two partners of one undertaking have one account of de minimis aid.

    Parameters
    ----------
    document : dict
    key : str
        The partner.
    other : str
        Whose undertaking; its own identifier gives it one of its own.
    """
    partner = item_of(document, "partners", key)
    old = partner["undertaking"]
    if other != key:
        partner["undertaking"] = item_of(document, "partners", other)["undertaking"]
    elif _n_partners(document, old) > 1:
        new = next_id(document, "undertakings")
        size = item_of(document, "undertakings", old)["size"]
        document["undertakings"].append({"id": new, "size": size, "de_minimis": []})
        partner["undertaking"] = new
    _drop_undertaking(document, old)


def set_control(document: Document, key: str, by: str, *, fiscal_year_start: int) -> None:
    """Say who controls the undertaking of a partner, and when its fiscal year begins.

    All that hang together by control are one undertaking for de minimis aid (Reg. 2023/2831
    Art. 2(2)).

    Parameters
    ----------
    document : dict
    key : str
        The partner.
    by : str
        An undertaking; empty: nobody.
    fiscal_year_start : int
        Month, 1 to 12.

    Raises
    ------
    InputError
        ``funding_case.gone``, ``funding_case.controls_itself`` (also in a circle).
    """
    partner = item_of(document, "partners", key)
    undertaking = item_of(document, "undertakings", partner["undertaking"])
    undertaking.pop("controlled_by", None)
    undertaking.pop("fiscal_year_start", None)
    if by:
        if undertaking["id"] in _controllers(document, by):
            where = Where(path="/undertakings")
            raise InputError("funding_case.controls_itself", where=where, found=partner["name"])
        undertaking["controlled_by"] = by
    if fiscal_year_start != CALENDAR_YEAR:
        undertaking["fiscal_year_start"] = fiscal_year_start


def _controllers(document: Document, key: str) -> list[str]:
    """Return an undertaking and all above it, each once."""
    found: list[str] = []
    above: str | None = key
    while above and above not in found:
        found.append(above)
        above = item_of(document, "undertakings", above).get("controlled_by")
    return found


def set_past_aid(document: Document, key: str, aid: Sequence[Mapping[str, Any]]) -> None:
    """Say which de minimis aid the undertaking of a partner had before."""
    partner = item_of(document, "partners", key)
    undertaking = item_of(document, "undertakings", partner["undertaking"])
    undertaking["de_minimis"] = sorted(
        (dict(one) for one in aid), key=lambda one: (one["granted_on"], one["state"])
    )


def undertaking_of(document: Mapping[str, Any], partner: Mapping[str, Any]) -> Item:
    """Return the undertaking behind a partner."""
    return item_of(document, "undertakings", partner["undertaking"])


def _drop_undertaking(document: Document, key: str) -> None:
    if _n_partners(document, key) == 0:
        document["undertakings"] = without(document["undertakings"], id=key)
        for one in document["undertakings"]:
            if one.get("controlled_by") == key:
                del one["controlled_by"]


def _n_partners(document: Mapping[str, Any], undertaking: str) -> int:
    return sum(1 for one in document["partners"] if one["undertaking"] == undertaking)


# --- Bodies of the directory as partners of a case: what is known is taken, the rest is asked -----


_PUBLIC: Final = (
    OrganisationType.MINISTRY,
    OrganisationType.REGIONAL_GOVERNMENT,
    OrganisationType.AGENCY,
    OrganisationType.MUNICIPALITY,
    OrganisationType.DEVELOPMENT_AGENCY,
    OrganisationType.INNOVATION_AGENCY,
)
_RESEARCH: Final = (
    OrganisationType.UNIVERSITY,
    OrganisationType.APPLIED_RESEARCH,
    OrganisationType.TECHNOLOGY_CENTRE,
)
KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_PUBLIC, "public"),
    **dict.fromkeys(_RESEARCH, "research"),
    OrganisationType.SME: "sme",
    OrganisationType.START_UP: "sme",
    OrganisationType.LARGE: "large",
    OrganisationType.CLUSTER_ORGANISATION: "cluster",
}
# Sizes are only assumed: the cautious one, which never promises more aid than there is.
SIZES: Final[Mapping[str, str]] = {"sme": "medium", "cluster": "medium", "large": "large"}
MOST_FOUND: Final = 20


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body with what a case needs of it; the place is None where nobody knows it."""

    organisation: Organisation
    region: Region | None
    is_lead: bool = False

    @property
    def country(self) -> str:
        """Two letters, or empty."""
        return self.region.country if self.region else self.organisation.country

    @property
    def is_placed(self) -> bool:
        """Say whether a case can take it: without a place no offer can be judged."""
        return bool(self.country)

    def values(self) -> dict[str, Any]:
        """Return the fields of a partner."""
        vintage = CURRENT_VINTAGE
        if self.region is not None:
            vintage = min(max(CURRENT_VINTAGE, self.region.first_vintage), self.region.last_vintage)
        return {
            "name": self.organisation.name,
            "kind": KINDS.get(self.organisation.type, "other"),
            "nuts": self.region.code if self.region else self.country,
            "vintage": vintage,
            "country": self.country,
            "lead": self.is_lead,
        }

    @property
    def size(self) -> str:
        """The assumed size of its undertaking; somebody has to check it."""
        return SIZES.get(KINDS.get(self.organisation.type, "other"), "none")

    def facts(self) -> dict[str, Any]:
        """Return what the directory knows and eligibility may ask."""
        founded = self.organisation.founded
        return {"founded": founded} if founded else {}


def bodies_of(project: Project) -> list[KnownBody]:
    """Return the partners of a project as bodies, the lead partner first."""
    partners = project.partners.select_related("organisation__region", "seat", "region")
    known = [
        KnownBody(
            partner.organisation,
            partner.seat or partner.organisation.region or partner.region,
            is_lead=partner.role == Partner.Role.LEAD,
        )
        for partner in partners.order_by("order", "pk")
    ]
    return sorted(known, key=lambda body: not body.is_lead)


def named_among(bodies: Iterable[KnownBody], name: str) -> KnownBody | None:
    """Return the one of some bodies that is called so, or None if none or several are."""
    wanted = name.strip().casefold()
    if not wanted:
        return None
    found = [
        body
        for body in bodies
        if wanted in {body.organisation.name.casefold(), body.organisation.short_name.casefold()}
    ]
    return found[0] if len(found) == 1 else None


def body_named(name: str) -> KnownBody | None:
    """Return the one body of the directory that is called so, or None if none or several are."""
    wanted = name.strip()
    if not wanted:
        return None
    same = Q(name__iexact=wanted) | Q(short_name__iexact=wanted)
    found = list(_current().filter(same).order_by("pk")[:2])
    return KnownBody(found[0], found[0].region) if len(found) == 1 else None


def find_bodies(words: str) -> list[KnownBody]:
    """Find bodies of the public directory whose name has every word."""
    found = _current().filter(is_listed=True)
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    return [KnownBody(one, one.region) for one in found.order_by("name", "pk")[:MOST_FOUND]]


def body_with(pk: int, *, project: Project) -> KnownBody | None:
    """Return a listed body or one of the project's partners by its number."""
    for body in bodies_of(project):
        if body.organisation.pk == pk:
            return body
    found = _current().filter(pk=pk, is_listed=True).first()
    return KnownBody(found, found.region) if found else None


def without_twice(bodies: Iterable[KnownBody]) -> list[KnownBody]:
    """Return bodies, each once."""
    return list({body.organisation.pk: body for body in reversed(list(bodies))}.values())[::-1]


def _current() -> Any:
    return Organisation.objects.filter(merged_into__isnull=True).select_related("region")
