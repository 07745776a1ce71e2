"""Who took part in an initiative: a name, tied to an organisation where one is known."""

from typing import Final

from django.db import models, transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Identifier, Organisation
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.initiatives.editing import PARTNERS, noted
from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.models import Initiative, Participation, Programme
from alpclusters.platform.evidence.signals import participations_changed
from alpclusters.platform.history import sign
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.worlds import check_one_world

# --- Under which key a body that takes part is known: the same text wherever it takes part --------


LENGTH: Final = 120


def body_key(name: str, country: str = "", *, pic: str = "", keep: str = "") -> str:
    """Return the key of a body.

    Parameters
    ----------
    name, country : str
    pic : str
        Participant code of the EU; it wins.
    keep : str
        Number of the partner at keep.eu.

    Examples
    --------
    >>> body_key("Università  di Trento", "IT"), body_key("x", pic="999905974")
    ('universita di trento:it', 'pic:999905974')
    """
    if pic:
        return f"pic:{pic}"
    if keep:
        return f"keep:{keep}"
    tail = f":{country.lower()}"
    return " ".join(fold(name).split())[: LENGTH - len(tail)] + tail


# --- Who took part in an initiative: a name, tied to an organisation where one is known -----------


# How the history tells what a version changed beside the fields.
NAMED: Final = "partner+:"
TAKEN_OFF: Final = "partner-:"
CHANGED: Final = "partner~:"


def partners_of(initiative: Initiative) -> list[Participation]:
    """Return who took part, the lead first."""
    rows = initiative.participations.select_related("organisation", "region")
    lead_first = models.Case(
        models.When(role=Participation.Role.LEAD, then=0), default=1, output_field=_INTEGER
    )
    return list(rows.order_by(lead_first, "order", "pk"))


@transaction.atomic
def add_partner(
    initiative: Initiative,
    *,
    name: str,
    by: User,
    role: str = Participation.Role.PARTNER,
    country: str = "",
    town: str = "",
    organisation: Organisation | None = None,
) -> tuple[Participation, bool]:
    """Name a body that took part.

    Returns
    -------
    tuple of Participation and bool
        False if this body stands there with the same role.

    Raises
    ------
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    check_one_world(initiative, [organisation] if organisation else [])
    key = _key(name, country, organisation)
    there = initiative.participations.filter(body_key=key, role=role).first()
    if there is not None:
        return there, False
    last = initiative.participations.aggregate(n=models.Max("order"))["n"]
    row = Participation.objects.create(
        initiative=initiative,
        organisation=organisation,
        body_key=key,
        name=name[:300],
        role=role,
        order=0 if last is None else last + 1,
        country=country,
        town=town,
        region=organisation.region if organisation else None,
    )
    _note(initiative, by, f"{NAMED}{name}")
    return row, True


@transaction.atomic
def tie_partner(row: Participation, organisation: Organisation | None, *, by: User) -> None:
    """Say which organisation a body is, or that it is none; the name of the source stays.

    Raises
    ------
    InputError
        One is simulated, the other is not (``worlds.mixed``).
    """
    check_one_world(row.initiative, [organisation] if organisation else [])
    row.organisation = organisation
    row.body_key = _key(row.name, row.country, organisation)
    row.save(update_fields=["organisation", "body_key"])
    _note(row.initiative, by, f"{CHANGED}{row.name}")


@transaction.atomic
def drop_partner(row: Participation, *, by: User) -> None:
    """Take a body off; the organisation itself stays."""
    row.delete()
    _note(row.initiative, by, f"{TAKEN_OFF}{row.name}")


def _key(name: str, country: str, organisation: Organisation | None) -> str:
    if organisation is None:
        return body_key(name, country)
    codes = organisation.identifiers.filter(scheme=Identifier.Scheme.PIC).order_by("pk")
    pic = codes.values_list("value", flat=True).first() or ""
    return body_key(organisation.name, organisation.country, pic=pic)


def _note(initiative: Initiative, by: User, reason: str) -> None:
    """Make a version that tells of the partner; nothing else of the row changes."""
    initiative.edited_fields = noted(initiative.edited_fields, [PARTNERS])
    sign(initiative, by, reason=reason)
    initiative.save(update_fields=["edited_fields", "changed_at"])
    refresh_families([initiative.pk])
    participations_changed.send(Participation, initiative_id=initiative.pk)


_INTEGER: Final = models.IntegerField()


# --- Programmes that pay for initiatives: found by name and period, else made ---------------------


def ensure_programme(
    name: str, period: str = "", *, family: str = Programme.Family.OTHER_EU
) -> Programme:
    """Return the programme with a name in a period."""
    name, period = " ".join(name.split()), period.strip()
    found = Programme.objects.filter(name__iexact=name, period=period).order_by("pk").first()
    if found:
        return found
    key = free_key(Programme, f"{name} {period}", fallback="programme")
    return Programme.objects.create(key=key, name=name, period=period, family=family)
