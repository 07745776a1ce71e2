"""Offers of the catalogue in a case: a copy with its version, and what is newer by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.funding.domain.case_offers import offer_data
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    filled,
    find,
    item_of,
    next_free,
    periods_of,
    put,
    without,
)
from alpclusters.platform.funding.models import Offer

# Days that belong to the case: a new version of the catalogue does not change them.
OWN_DAYS: Final = ("applied_on", "decided_on", "grant_date")
# An estimate is of this case alone; the others are the case's where the catalogue does not say.
CHANCES: Final = ("success_bp", "success", "award")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an offer in the case, and in the catalogue today; None is absent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class NewerVersion:
    """An offer that changed in the catalogue since the case took it.

    ``changes`` is empty where only words beside the terms changed; ``is_gone`` where the catalogue
    has it no more, or it lies outside the time of the case now.
    """

    offer_id: str
    title: str
    taken: int
    newest: int
    changes: tuple[FieldChange, ...] = ()
    is_gone: bool = False


def take_offers(
    document: Document, versions: dict[str, int], offers: Iterable[Offer]
) -> tuple[list[str], list[str]]:
    """Copy offers into a case, each with the version it has now.

    Parameters
    ----------
    document : dict
        Changed in place.
    versions : dict of str to int
        What the case remembers of the catalogue; changed in place.
    offers : iterable of Offer
        With programme and call.

    Returns
    -------
    tuple of two lists of str
        Titles of those taken, and of those whose time lies outside the case.
    """
    periods = periods_of(document)
    taken: list[str] = []
    outside: list[str] = []
    for offer in offers:
        data = offer_data(offer, periods)
        if data is None:
            outside.append(offer.title)
            continue
        old = find(document, "offers", data["id"]) or {}
        put(document, "offers", {**_chance(old), **data, **_own(old)})
        versions[offer.key] = offer.version
        taken.append(offer.title)
    return taken, outside


def leave_offer(document: Document, versions: dict[str, int], key: str) -> None:
    """Take an offer out of a case, with the links, wishes and scenarios that name it."""
    item_of(document, "offers", key)
    document["offers"] = without(document["offers"], id=key)
    document["links"] = [link for link in document["links"] if key not in link["offers"]]
    document["wishes"] = without(document["wishes"], offer=key)
    for scenario in document["scenarios"]:
        scenario["rejected"] = [one for one in scenario["rejected"] if one != key]
    document["scenarios"] = [one for one in document["scenarios"] if one["rejected"]]
    for offer in document["offers"]:
        if offer.get("seal_of") == key:
            del offer["seal_of"]
    versions.pop(key, None)


def set_days(document: Document, key: str, days: Mapping[str, str | None]) -> None:
    """Say when the partnership applied, and when a grant is decided; None is unknown."""
    offer = item_of(document, "offers", key)
    kept = {k: v for k, v in offer.items() if k not in days}
    put(document, "offers", {**kept, **filled(**days)})


def set_chance(document: Document, key: str, chance: Mapping[str, Any]) -> None:
    """Say how likely a grant is: ``success_bp``, ``success`` or ``award``; nothing is unknown."""
    offer = item_of(document, "offers", key)
    kept = {name: value for name, value in offer.items() if name not in CHANCES}
    put(document, "offers", {**kept, **chance})


def newer_versions(document: Mapping[str, Any], versions: Mapping[str, int]) -> list[NewerVersion]:
    """Compare the offers of a case with the catalogue, in one query.

    Parameters
    ----------
    document : mapping
    versions : mapping of str to int
        As taken.
    """
    taken = [offer for offer in document.get("offers", []) if offer["id"] in versions]
    newest = {
        offer.key: offer
        for offer in Offer.objects.filter(key__in=[one["id"] for one in taken])
        .select_related("programme", "call")
        .order_by("pk")
    }
    found = [_compared(one, versions[one["id"]], newest.get(one["id"]), document) for one in taken]
    return [one for one in found if one is not None]


def _compared(
    old: Item, version: int, offer: Offer | None, document: Mapping[str, Any]
) -> NewerVersion | None:
    title = str(old.get("title", old["id"]))
    if offer is None or not offer.is_published:
        return NewerVersion(old["id"], title, version, version, is_gone=True)
    if offer.version <= version:
        return None
    data = offer_data(offer, periods_of(document))
    if data is None:
        return NewerVersion(old["id"], title, version, offer.version, is_gone=True)
    return NewerVersion(old["id"], title, version, offer.version, _changes(old, data))


def _changes(old: Item, new: Item) -> tuple[FieldChange, ...]:
    names = sorted((old.keys() | new.keys()) - {*OWN_DAYS, *CHANCES[:1]})
    pairs = [(name, old.get(name), new.get(name)) for name in names]
    return tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])


def _own(old: Mapping[str, Any]) -> Item:
    return {name: old[name] for name in (*OWN_DAYS, *CHANCES[:1]) if name in old}


def _chance(old: Mapping[str, Any]) -> Item:
    return {name: old[name] for name in CHANCES if name in old}


# --- How the offers of a case hang together, what the partnership wishes, and how to search -------


PAIR: Final = 2
MOST_SCENARIOS: Final = 50


def add_link(
    document: Document, kind: str, offers: Sequence[str], *, ratio: Sequence[int] | None = None
) -> None:
    """Tie offers to each other.

    Parameters
    ----------
    document : dict
    kind : str
        A LinkType of the records of a case.
    offers : sequence of str
        Identifiers, at least two; the order counts for ``requires`` and ``paired``.
    ratio : pair of int, optional
        Of ``paired``: grant of the first to grant of the second.

    Raises
    ------
    InputError
        ``funding_case.gone``, ``funding_case.link_of_two``, ``funding_case.link_twice``.
    """
    for key in offers:
        item_of(document, "offers", key)
    unique = list(dict.fromkeys(offers))
    if len(unique) < PAIR or (kind == "paired" and len(unique) != PAIR):
        where = Where(path="/links")
        raise InputError("funding_case.link_of_two", where=where, found=str(len(unique)))
    link = filled(type=kind, offers=unique, ratio=list(ratio or ()))
    if any(_same(link, other) for other in document["links"]):
        raise InputError("funding_case.link_twice", where=Where(path="/links"))
    document["links"].append(link)


def remove_link(document: Document, place: int) -> None:
    """Untie: the place counts from 0."""
    _remove(document, "links", place)


def add_wish(document: Document, values: Mapping[str, Any]) -> None:
    """Add what the partnership wants; without a weight it must be, with one it costs to miss it.

    Raises
    ------
    InputError
        ``funding_case.gone``, ``funding_case.wish_twice``.
    """
    for kind, name in (("offers", "offer"), ("partners", "partner"), ("lines", "line")):
        if values.get(name):
            item_of(document, kind, values[name])
    wish = filled(
        **{
            name: values.get(name)
            for name in ("type", "offer", "partner", "line", "amount_ct", "count", "weight")
        }
    )
    if wish in document["wishes"]:
        raise InputError("funding_case.wish_twice", where=Where(path="/wishes"))
    document["wishes"].append(wish)


def remove_wish(document: Document, place: int) -> None:
    """Take a wish back: the place counts from 0."""
    _remove(document, "wishes", place)


def set_solver(document: Document, values: Mapping[str, Any]) -> None:
    """Say how to search: seed, gap, whether themes count, whether open questions are assumed."""
    known = {k: v for k, v in document.get("solver", {}).items() if k not in values}
    names = ("seed", "work_limit", "gap", "theme_filter", "assume_open")
    document["solver"] = {**known, **filled(**{n: values[n] for n in names if n in values})}


def add_scenario(document: Document, title: str, rejected: Sequence[str]) -> None:
    """Ask what happens if offers are rejected; a name stands for one scenario.

    Parameters
    ----------
    document : dict
    title : str
        What people call it.
    rejected : sequence of str
        Identifiers of offers.

    Raises
    ------
    InputError
        ``funding_case.gone``, ``funding_case.scenario_twice``, ``funding_case.many_scenarios``.
    """
    for offer in rejected:
        item_of(document, "offers", offer)
    where, wanted = Where(path="/scenarios"), sorted(set(rejected))
    there = document["scenarios"]
    if any(one.get("title") == title or sorted(one["rejected"]) == wanted for one in there):
        raise InputError("funding_case.scenario_twice", where=where, found=title)
    if len(there) >= MOST_SCENARIOS:
        expected = str(MOST_SCENARIOS)
        raise InputError("funding_case.many_scenarios", where=where, expected=expected)
    key = next_free("S", (one["id"] for one in there))
    there.append({"id": key, "rejected": list(dict.fromkeys(rejected)), "title": title})


def remove_scenario(document: Document, place: int) -> None:
    """Ask no more what happens without some offers: the place counts from 0."""
    _remove(document, "scenarios", place)


def _remove(document: Document, kind: str, place: int) -> None:
    if not 0 <= place < len(document[kind]):
        raise InputError("funding_case.gone", where=Where(path=f"/{kind}"), found=str(place))
    del document[kind][place]


def _same(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Say whether two links tie the same; the order counts where it has a meaning."""
    if first["type"] != second["type"]:
        return False
    if first["type"] in {"requires", "paired"}:
        return list(first["offers"]) == list(second["offers"])
    return set(first["offers"]) == set(second["offers"])
