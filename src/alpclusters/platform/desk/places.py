"""Where people stand by name or address, with or without an account, and how each is erased."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.domain.own_data import erase_person
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.people import erase_known_person
from alpclusters.platform.evaluation.domain.research_requests import erase_request
from alpclusters.platform.history import history_of

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
