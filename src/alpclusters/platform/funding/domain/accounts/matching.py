"""What a register says of an undertaking, for a person to confirm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.actors.models import Alias, Identifier, Organisation
from alpclusters.platform.funding.domain.accounts.undertakings import undertaking_of
from alpclusters.platform.funding.models import DeMinimisAid
from alpclusters.sources.de_minimis_registers import RegisterRow, number_forms, read_register

NUMBERED: Final = (Identifier.Scheme.VAT, Identifier.Scheme.NATIONAL)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row of a register and the organisation whose aid it may be.

    ``is_sure``: found by its number; else by its name alone. ``is_known``: in the account already.
    """

    row: RegisterRow
    organisation: Organisation
    is_sure: bool
    is_known: bool

    def stored(self) -> dict[str, Any]:
        """Return it as plain data, until a person confirms it."""
        return {
            "organisation": self.organisation.pk,
            "state": self.row.state,
            "regulation": self.row.regulation,
            "granted_on": self.row.granted_on.isoformat(),
            "amount_ct": self.row.amount_ct,
            "authority": self.row.authority,
            "reference": self.row.reference,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """All proposals of a file, the sure ones first, and how many rows could not be read."""

    source: str
    proposals: Sequence[Proposal]
    n_unread: int


def propose_aid(path: Path, *, name: str, organisation: Organisation) -> Reading:
    """Read a register for all organisations of one undertaking.

    Rows without a state count for the state of the organisation.

    Raises
    ------
    FileFormatError
        It is no such register.
    """
    members = list(
        Organisation.objects.filter(pk__in=undertaking_of(organisation)).order_by("name", "pk")
    )
    numbers = _numbers(members)
    extract = read_register(
        path,
        name=name,
        numbers=[one for found in numbers.values() for one in found],
        names=_names(members),
    )
    known = _known(members)
    proposals = [_proposal(row, members, numbers, known) for row in extract.rows]
    return Reading(
        extract.register,
        sorted(proposals, key=lambda one: (not one.is_sure, one.is_known)),
        extract.n_unread,
    )


def aid_from(stored: Mapping[str, Any], *, source: str, read_on: date) -> DeMinimisAid:
    """Return the entry that a confirmed proposal becomes."""
    values = {name: stored[name] for name in stored if name != "organisation"}
    return DeMinimisAid(
        organisation_id=stored["organisation"], source=source, read_on=read_on, **values
    )


def _numbers(members: Sequence[Organisation]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {one.pk: set() for one in members}
    known = Identifier.objects.filter(organisation__in=members, scheme__in=NUMBERED)
    for pk, value in known.order_by("pk").values_list("organisation_id", "value"):
        found[pk] |= number_forms(value)
    return found


def _names(members: Sequence[Organisation]) -> list[str]:
    other = Alias.objects.filter(organisation__in=members).order_by("pk")
    return [*(one.name for one in members), *other.values_list("name", flat=True)]


def _known(members: Sequence[Organisation]) -> set[tuple[Any, ...]]:
    aid = DeMinimisAid.objects.filter(organisation__in=members).order_by("pk")
    return set(aid.values_list("state", "granted_on", "amount_ct"))


def _proposal(
    row: RegisterRow,
    members: Sequence[Organisation],
    numbers: Mapping[int, set[str]],
    known: set[tuple[Any, ...]],
) -> Proposal:
    forms = number_forms(row.number)
    owner = next((one for one in members if forms & numbers[one.pk]), None)
    organisation = owner or members[0]
    if not row.state:
        row = replace(row, state=organisation.country)
    is_known = (row.state, row.granted_on, row.amount_ct) in known
    return Proposal(row, organisation, owner is not None, is_known)
