"""Propose pairs of organisations that may be one; a person decides, and what was decided stays."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.likeness import (
    Body,
    Key,
    Likeness,
    Progress,
    candidate_pairs,
    compare_bodies,
)
from alpclusters.platform.actors.domain.names import word_set
from alpclusters.platform.actors.domain.units import is_within, parents_by_unit, set_parent
from alpclusters.platform.actors.models import (
    Alias,
    DuplicateProposal,
    Identifier,
    Organisation,
    PartOf,
)
from alpclusters.sources.register_numbers import TIDY, tidy_vat

BATCH: Final = 1000
# A host of more bodies than this is shared: a ministry's or a provider's.
MOST_ON_HOST: Final = 3

type PkPair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A likely pair by the numbers of its organisations."""

    first: int
    second: int
    likeness: Likeness


def propose_duplicates(
    progress: Progress | None = None, *, among: Collection[int] | None = None
) -> int:
    """Look for pairs that may be one and queue them; return how many are new.

    Parameters
    ----------
    progress : callable, optional
        Called with the blocks of names done and their number.
    among : collection of int, optional
        Numbers of new or changed organisations: only pairs with one of them are looked for.

    Notes
    -----
    What a person called different never returns, also not through merged organisations. A pair
    that nobody decided and that is no longer likely leaves the queue.
    """
    found = find_likely(read_bodies(), among=among, progress=progress)
    return _store(found, among)


def find_likely(
    bodies: Sequence[Body],
    *,
    among: Collection[int] | None = None,
    progress: Progress | None = None,
) -> list[Found]:
    """Return the pairs a person should look at, the likeliest first."""
    pairs = candidate_pairs(bodies, among=among, progress=progress)
    compared = ((bodies[a], bodies[b]) for a, b in pairs)
    likely = (Found(a.pk, b.pk, compare_bodies(a, b)) for a, b in compared)
    return sorted(
        (one for one in likely if one.likeness.is_likely or one.likeness.may_be_unit),
        key=lambda found: (-found.likeness.score, found.first, found.second),
    )


def read_bodies() -> list[Body]:
    """Read what is compared of every organisation that was not merged into another."""
    names, numbers = _other_names(), _identifiers()
    rows = list(
        Organisation.objects.current()
        .order_by("pk")
        .values("pk", "name", "country", "postcode", "town", "website", "is_simulated")
    )
    often = Counter(host_of(row["website"]) for row in rows)
    return [
        Body(
            pk=row["pk"],
            names=(row["name"], *names.get(row["pk"], ())),
            country=row["country"],
            postcode=row["postcode"],
            town=row["town"],
            host=_own_host(row["website"], often),
            identifiers=frozenset(numbers.get(row["pk"], ())),
            is_simulated=row["is_simulated"],
        )
        for row in rows
    ]


def host_of(website: str) -> str:
    """Return the host of an address without www."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def open_proposals() -> QuerySet[DuplicateProposal]:
    """List the pairs that wait for a decision: put off ones last, then the likeliest first."""
    waiting = DuplicateProposal.objects.filter(
        state=DuplicateProposal.State.PROPOSED,
        first__merged_into=None,
        second__merged_into=None,
    )
    return waiting.select_related("first__region", "second__region").order_by(
        F("decided_at").asc(nulls_first=True), "-score", "pk"
    )


def call_different(proposal: DuplicateProposal, *, by: User, now: datetime) -> None:
    """Say that two organisations are two: the pair never returns."""
    _decide(proposal, DuplicateProposal.State.DIFFERENT, by=by, now=now)


@transaction.atomic
def call_unit(
    proposal: DuplicateProposal,
    unit: Organisation,
    *,
    by: User,
    now: datetime,
    reason: str = "",
) -> PartOf:
    """Say that one of a pair is a unit of the other: they stay two, joined, and never return.

    Raises
    ------
    StateError
        As in `units.set_parent`.
    """
    parent = proposal.second if unit == proposal.first else proposal.first
    made = set_parent(unit, parent, by=by, now=now, reason=reason)
    _decide(proposal, DuplicateProposal.State.UNIT, by=by, now=now)
    return made


def put_off(proposal: DuplicateProposal, *, by: User, now: datetime) -> None:
    """Leave a pair for later: it goes to the end of the queue."""
    _decide(proposal, DuplicateProposal.State.PROPOSED, by=by, now=now)


def _decide(proposal: DuplicateProposal, state: str, *, by: User, now: datetime) -> None:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_at = now
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _other_names() -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pk, name in Alias.objects.order_by("pk").values_list("organisation", "name"):
        found.setdefault(pk, []).append(name)
    return found


def _identifiers() -> Mapping[int, list[Key]]:
    found: dict[int, list[Key]] = {}
    rows = Identifier.objects.order_by("pk").values_list(
        "organisation", "organisation__country", "scheme", "issuer", "value"
    )
    for pk, country, scheme, issuer, value in rows:
        key = key_of(scheme, issuer, value, country)
        if key is not None:
            found.setdefault(pk, []).append(key)
    return found


def key_of(scheme: str, issuer: str, value: str, country: str = "") -> Key | None:
    """Write numbers alike: AT U-123 and ATU123; None for what fails its check digits.

    Only national numbers depend on who gave them.
    """
    if scheme == Identifier.Scheme.VAT:
        number = tidy_vat(value, country)
        return (scheme, number[:2], number) if number else None
    if scheme in TIDY:
        number = TIDY[scheme](value)
        return (scheme, "", number) if number else None
    plain = "".join(c for c in value.upper() if c.isalnum())
    return scheme, issuer.upper() if scheme == Identifier.Scheme.NATIONAL else "", plain


def _own_host(website: str, often: Counter[str]) -> str:
    host = host_of(website)
    is_shared = often[host] > MOST_ON_HOST or host in word_set("shared_host")
    return "" if is_shared else host


@transaction.atomic
def _store(found: Sequence[Found], among: Collection[int] | None) -> int:
    roots = _merged()
    there = list(DuplicateProposal.objects.order_by("pk"))
    decided = {_roots(p, roots) for p in there if p.state != DuplicateProposal.State.PROPOSED}
    parents = parents_by_unit()
    waiting = {
        (p.first_id, p.second_id): p for p in there if p.state == DuplicateProposal.State.PROPOSED
    }
    apart = (f for f in found if not _are_joined(f, parents))
    likely = [f for f in apart if (f.first, f.second) not in decided]
    fresh = [f for f in likely if (f.first, f.second) not in waiting]
    _refresh(likely, waiting)
    _drop_unlikely(likely, {k: p for k, p in waiting.items() if not set(k) & set(roots)}, among)
    DuplicateProposal.objects.bulk_create((_row(f) for f in fresh), batch_size=BATCH)
    return len(fresh)


def _are_joined(found: Found, parents: Mapping[int, int]) -> bool:
    pair = found.first, found.second
    return is_within(parents, *pair) or is_within(parents, *pair[::-1])


def _merged() -> Mapping[int, int]:
    rows = Organisation.objects.exclude(merged_into=None).order_by("pk")
    return {pk: into for pk, into in rows.values_list("pk", "merged_into") if into}


def _roots(proposal: DuplicateProposal, roots: Mapping[int, int]) -> PkPair:
    """Return the pair as it is called now that organisations were merged."""
    first, second = _root(proposal.first_id, roots), _root(proposal.second_id, roots)
    return min(first, second), max(first, second)


def _root(pk: int, roots: Mapping[int, int]) -> int:
    while pk in roots:
        pk = roots[pk]
    return pk


def _row(found: Found) -> DuplicateProposal:
    return DuplicateProposal(
        first_id=found.first,
        second_id=found.second,
        score=found.likeness.score,
        reasons=list(found.likeness.reasons),
    )


def _refresh(found: Iterable[Found], waiting: Mapping[PkPair, DuplicateProposal]) -> None:
    changed = []
    for one in found:
        proposal = waiting.get((one.first, one.second))
        reasons = list(one.likeness.reasons)
        if proposal and (proposal.score, proposal.reasons) != (one.likeness.score, reasons):
            proposal.score, proposal.reasons = one.likeness.score, reasons
            changed.append(proposal)
    DuplicateProposal.objects.bulk_update(changed, ["score", "reasons"], batch_size=BATCH)


def _drop_unlikely(
    found: Iterable[Found],
    waiting: Mapping[PkPair, DuplicateProposal],
    among: Collection[int] | None,
) -> None:
    likely = {(one.first, one.second) for one in found}
    asked = None if among is None else set(among)
    gone = [
        proposal.pk
        for pair, proposal in waiting.items()
        if pair not in likely and (asked is None or asked & set(pair)) and not proposal.decided_at
    ]
    for start in range(0, len(gone), BATCH):
        DuplicateProposal.objects.filter(pk__in=gone[start : start + BATCH]).delete()
