"""Find a person by mail or name, wherever one stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from django.core import serializers
from django.db.models import Model, Q

from alpclusters.analysis.errors import InputError
from alpclusters.platform.accounts.domain.own_data import FORMER, export_own_data
from alpclusters.platform.accounts.models import User
from alpclusters.platform.desk.places import BY_LABEL, PLACES, Place
from alpclusters.platform.desk.retention import Clock, clock_of, inventory
from alpclusters.platform.desk.spellings import cases_of

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
