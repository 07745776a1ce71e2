"""Which organisations are one single undertaking: all that hang together by control."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Q

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Alias, Identifier, Organisation
from alpclusters.platform.funding.domain.casework.documents import keep_version
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid, FundingCase
from alpclusters.platform.history import history_of, sign
from alpclusters.sources.de_minimis_registers import RegisterRow, number_forms, read_register


def single_undertakings(organisations: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return for each organisation all that are one undertaking with it, itself included.

    Parameters
    ----------
    organisations : iterable of int
        Primary keys; one that was merged into another stands for that one.
    """
    standing = standing_keys(organisations)
    group_of: dict[int, frozenset[int]] = {}
    links = ControlLink.objects.values_list("organisation_id", "controlled_by_id")
    for pair in links.order_by("pk"):
        joined = frozenset(pair).union(*(group_of.get(one, frozenset()) for one in pair))
        group_of |= dict.fromkeys(joined, joined)
    return {pk: group_of.get(now, frozenset({now})) for pk, now in standing.items()}


def undertaking_of(organisation: Organisation) -> frozenset[int]:
    """Return the organisations that are one undertaking with an organisation."""
    return single_undertakings([organisation.pk])[organisation.pk]


def standing_keys(organisations: Iterable[int]) -> dict[int, int]:
    """Return what each organisation was merged into, itself where it was not."""
    found = {pk: pk for pk in organisations}
    while merged := dict(
        Organisation.objects.filter(pk__in=set(found.values()))
        .exclude(merged_into=None)
        .order_by("pk")
        .values_list("pk", "merged_into_id")
    ):
        found = {pk: merged.get(now, now) for pk, now in found.items()}
    return found


# --- Write into the account of an organisation; the cases that count it learn that it changed -----


REASON = "account.change"


def account_of(organisation: Organisation) -> list[DeMinimisAid]:
    """Return the aid of the whole undertaking of an organisation, the newest first."""
    members = undertaking_of(organisation)
    found = DeMinimisAid.objects.filter(organisation__in=members).select_related(
        "organisation", "entered_by", "confirmed_by"
    )
    return list(found.order_by("-granted_on", "-pk"))


@transaction.atomic
def add_aid(aid: Sequence[DeMinimisAid], *, by: User | None, now: datetime) -> int:
    """Store new aid; what a register has told already is not stored twice.

    Returns
    -------
    int
        How many were new.
    """
    known = set(
        DeMinimisAid.objects.filter(organisation__in={one.organisation_id for one in aid})
        .exclude(reference="")
        .values_list("organisation_id", "source", "reference")
    )
    new = []
    for one in aid:
        key = (one.organisation_id, one.source, one.reference)
        if one.reference and key in known:
            continue
        known.add(key)
        new.append(one)
    for one in new:
        one.entered_by = by
        sign(one, by)
        one.save()
    _note(_all_of({one.organisation_id for one in new}), by=by, now=now)
    return len(new)


@transaction.atomic
def remove_aid(aid: DeMinimisAid, *, by: User | None, now: datetime) -> None:
    """Take an entry away, because it was wrong."""
    members = undertaking_of(aid.organisation)
    sign(aid, by)
    aid.delete()
    _note(members, by=by, now=now)


def confirm_aid(aid: DeMinimisAid, *, by: User, today: date) -> None:
    """Keep that the organisation says an entry is right; what counts does not change."""
    aid.confirmed_by, aid.confirmed_on = by, today
    sign(aid, by)
    aid.save(update_fields=["confirmed_by", "confirmed_on"])


@transaction.atomic
def set_control(
    organisation: Organisation,
    controlled_by: Organisation | None,
    *,
    by: User | None,
    now: datetime,
) -> None:
    """Say which organisation controls another one, or that none does.

    Raises
    ------
    StateError
        ``de_minimis.circle``: it would control itself by the links that are there.
    """
    before = undertaking_of(organisation)
    for link in ControlLink.objects.filter(organisation=organisation).order_by("pk"):
        sign(link, by)
        link.delete()
    if controlled_by is not None:
        if organisation.pk in undertaking_of(controlled_by):
            raise StateError("de_minimis.circle")
        link = ControlLink(organisation=organisation, controlled_by=controlled_by, entered_by=by)
        sign(link, by)
        link.save()
    _note(before | undertaking_of(organisation), by=by, now=now)


def _all_of(organisations: Iterable[int]) -> frozenset[int]:
    return frozenset().union(*single_undertakings(organisations).values())


def _note(organisations: frozenset[int], *, by: User | None, now: datetime) -> None:
    """Give the cases that count the account a new version: their mixes are outdated."""
    if not organisations:
        return
    for case in FundingCase.objects.select_for_update(of=("self",)).order_by("pk"):
        if not organisations.isdisjoint(case.taken.get("partners", {}).values()):
            keep_version(case, by=by, now=now, reason=REASON)


# --- Who changed the account of an undertaking, and when: the newest changes first ----------------


type Kind = Literal["added", "confirmed", "removed", "tied", "untied"]
_AID: Final[dict[str, Kind]] = {"+": "added", "~": "confirmed", "-": "removed"}
_CONTROL: Final[dict[str, Kind]] = {"+": "tied", "~": "tied", "-": "untied"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: an entry (``aid``) or a tie of two organisations (``names``).

    ``by`` is empty where the program did it, or nobody knows.
    """

    kind: Kind
    made_at: datetime
    by: str
    aid: Any = None
    names: tuple[str, str] = ("", "")


def changes_of(organisation: Organisation, *, most: int = 20) -> Sequence[Change]:
    """Return the newest changes of the account of an organisation's undertaking.

    Ties that are gone are told to both organisations that had them.
    """
    members = undertaking_of(organisation)
    aid = history_of(DeMinimisAid).filter(organisation__in=members)
    ties = history_of(ControlLink).filter(
        Q(organisation__in=members) | Q(controlled_by__in=members)
    )
    kept = [
        *aid.select_related("history_user").order_by("-history_date", "-history_id")[:most],
        *ties.select_related("history_user").order_by("-history_date", "-history_id")[:most],
    ]
    newest = sorted(kept, key=lambda one: one.history_date, reverse=True)[:most]
    names = _trail_names(newest)
    return [_change(one, names) for one in newest]


def _trail_names(kept: Sequence[Any]) -> dict[int, str]:
    wanted = {one.organisation_id for one in kept}
    wanted |= {one.controlled_by_id for one in kept if hasattr(one, "controlled_by_id")}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _change(kept: Any, names: dict[int, str]) -> Change:
    by = str(kept.history_user) if kept.history_user else ""
    if hasattr(kept, "controlled_by_id"):
        pair = names.get(kept.organisation_id, ""), names.get(kept.controlled_by_id, "")
        return Change(_CONTROL[kept.history_type], kept.history_date, by, names=pair)
    return Change(_AID[kept.history_type], kept.history_date, by, aid=kept)


# --- What a register says of an undertaking, for a person to confirm ------------------------------


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
        names=_matching_names(members),
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


def _matching_names(members: Sequence[Organisation]) -> list[str]:
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
