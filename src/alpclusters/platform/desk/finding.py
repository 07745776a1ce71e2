"""Find a person by mail or name, wherever one stands."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import InputError
from alpclusters.platform.accounts.domain.own_data import FORMER, erase_person, export_own_data
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.people import erase_known_person
from alpclusters.platform.desk.retention import Clock, clock_of, inventory
from alpclusters.platform.evaluation.domain.research_requests import erase_request
from alpclusters.platform.history import history_of

# --- How a name or an address may be written where a database knows only the letters A to Z -------


def cases_of(word: str) -> list[str]:
    """Return a word as given, small, in capitals and with capitals at the beginnings.

    SQLite takes "Ž" and "ž" for two letters, in `LIKE` as in `LOWER`.
    """
    return list(dict.fromkeys((word, word.lower(), word.upper(), word.title())))


def stored_forms(word: str) -> list[str]:
    """Return how a word may stand in what is stored, with the letters A to Z made small.

    JSON writes letters beyond ASCII as escapes, in columns of SQLite and in files.
    """
    cases = cases_of(word)
    escaped = (json.dumps(one)[1:-1] for one in cases)
    return list(dict.fromkeys(one.encode().lower().decode() for one in (*cases, *escaped)))


# --- Where people stand by name or address, with or without an account, and how each is erased


type Eraser = Callable[[Any, User | None], None]


@dataclass(frozen=True, slots=True)
class Place:
    """One table in which people are named.

    Attributes
    ----------
    label : str
        Of the model, as in the inventory.
    mails, names : tuple of str
        Fields with addresses, fields with names.
    where : str
        Related object that says where the person stands; empty if there is none.
    erase : callable
        What becomes of a row on request.
    note : str
        What tells it from other tables of the same clock, in the reader's language.
    """

    label: str
    mails: tuple[str, ...]
    names: tuple[str, ...]
    where: str
    erase: Eraser
    note: Any = ""

    @property
    def model(self) -> type[Model]:
        """The table."""
        return apps.get_model(self.label)

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields by which somebody is found."""
        return (*self.mails, *self.names)


def _delete(row: Model, _by: User | None) -> None:
    row.delete()


def _blank(*names: str) -> Eraser:
    def erase(row: Model, _by: User | None) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(names, ""))

    return erase


def _contact(row: Any, _by: User | None) -> None:
    """Take the contact out of a project and out of its earlier versions."""
    type(row).objects.filter(pk=row.pk).update(contact_name="")
    history_of(type(row)).filter(id=row.pk).update(contact_name="")


def _officer(row: Any, _by: User | None) -> None:
    """Take people off the imprint; administrators are told that it has to name others."""
    for name in ("representative", "email", "phone", "officer_name", "officer_email"):
        setattr(row, name, "")
    row.save()


PLACES: Final = (
    Place("accounts.user", ("email",), ("name",), "", lambda row, by: erase_person(row, by=by)),
    Place(
        "actors.person",
        ("email",),
        ("name",),
        "organisation",
        lambda row, _by: erase_known_person(row),
    ),
    Place("cafe.invitation", ("email",), ("name",), "cafe", _delete, _("invitation")),
    Place("cafe.guest", (), ("name",), "cafe", _blank("name")),
    Place("cafe.card", (), ("author",), "cafe", _blank("author")),
    Place("cafe.table", (), ("host_name",), "cafe", _blank("host_name"), _("host at a table")),
    Place(
        "cafe.protocolhost",
        (),
        ("name",),
        "protocol",
        _blank("name"),
        _("host in the approved protocol"),
    ),
    Place(
        "evaluation.datarequest",
        ("email",),
        ("people",),
        "cafe",
        lambda row, _by: erase_request(row),
    ),
    Place("policy.reportlink", ("email",), (), "action", _delete),
    Place("policy.consultationinvitation", ("email",), (), "consultation", _delete),
    Place("partnership.project", (), ("contact_name",), "", _contact),
    # A version from before may name somebody whom the project names no more.
    Place(
        "partnership.historicalproject",
        (),
        ("contact_name",),
        "",
        _blank("contact_name"),
        _("earlier version"),
    ),
    Place(
        "trust.responsiblebody",
        ("email", "officer_email"),
        ("representative", "officer_name"),
        "",
        _officer,
    ),
)
BY_LABEL: Final[Mapping[str, Place]] = {place.label: place for place in PLACES}


# --- Find a person by mail or name, wherever one stands -------------------------------------------


SHORTEST: Final = 3
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One row in which somebody stands.

    Attributes
    ----------
    key : str
        Model and number, for a form: ``cafe.invitation:12``.
    who : tuple of str
        Name and address as they stand there.
    where : str
        Of what organisation, AlpCafé, action or project.
    is_certain : bool
        Found by the whole address, and not by a name that others may have.
    """

    key: str
    clock: Clock
    who: tuple[str, ...]
    where: str
    is_certain: bool
    row: Any

    @property
    def account(self) -> User | None:
        """The account, if it is one."""
        return self.row if isinstance(self.row, User) else None


def find(words: str) -> list[Hit]:
    """Return where a name or an address is found, accounts first.

    Raises
    ------
    InputError
        Fewer than three characters (``desk.too_short``): that finds everybody.
    """
    wanted = words.strip()
    if len(wanted) < SHORTEST:
        code = "desk.too_short"
        raise InputError(code, found=wanted, expected=str(SHORTEST))
    return [hit for place in PLACES for hit in _hits(place, wanted)][:MOST]


def _hits(place: Place, wanted: str) -> Iterable[Hit]:
    condition = Q()
    for name, word in product(place.fields, cases_of(wanted)):
        condition |= Q(**{f"{name}__icontains": word})
    if place.label == "accounts.user":
        condition |= Q(emailaddress__email__icontains=wanted)
    rows = place.model._default_manager.filter(condition).order_by("pk").distinct()
    related = rows.select_related(place.where) if place.where else rows
    return (hit_of(place, row, wanted) for row in related[:MOST])


def hit_of(place: Place, row: Any, wanted: str = "") -> Hit:
    """Say of a row whom it names and where."""
    who = tuple(value for name in reversed(place.fields) if (value := getattr(row, name)))
    mails = {getattr(row, name).lower() for name in place.mails}
    where = str(getattr(row, place.where) or "") if place.where else ""
    if hasattr(row, "acronym"):
        where = row.acronym
    where = ", ".join(filter(None, (where, str(place.note))))
    clock = clock_of(place.label)
    assert clock is not None  # noqa: S101 - a test holds that every such table has one
    return Hit(f"{place.label}:{row.pk}", clock, who, where, wanted.lower() in mails, row)


def hits_of(keys: Iterable[str]) -> list[Hit]:
    """Return the rows that somebody ticked, as far as they are still there."""
    found = []
    for key in dict.fromkeys(keys):
        label, _, number = key.rpartition(":")
        place = BY_LABEL.get(label)
        if place is None or not number.isdecimal():
            continue
        row = place.model._default_manager.filter(pk=int(number)).first()
        if row is not None:
            found.append(hit_of(place, row))
    return found


def words_of(hits: Iterable[Hit]) -> list[str]:
    """Return every name and address that stands in some rows; former members have none."""
    accounts = {hit.account.pk for hit in hits if hit.account}
    formers = {FORMER.format(pk=pk) for pk in accounts}
    found = dict.fromkeys(word for hit in hits for word in hit.who if word not in formers)
    return [word for word in found if len(word) >= SHORTEST]


def export(hits: Iterable[Hit]) -> dict[str, Any]:
    """Return everything kept about a person as plain values for JSON; no secret is given."""
    found: dict[str, Any] = {}
    for hit in hits:
        if hit.account:
            found.setdefault("accounts", []).append(export_own_data(hit.account))
        found.setdefault(hit.key.rpartition(":")[0], []).append(_values(hit.row))
    return found


def _values(row: Model) -> dict[str, Any]:
    hidden = set(inventory()[row._meta.label_lower].get("secret", ()))
    [plain] = serializers.serialize("python", [row])
    return {name: value for name, value in plain["fields"].items() if name not in hidden}
