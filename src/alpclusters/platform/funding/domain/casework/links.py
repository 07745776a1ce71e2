"""How the offers of a case hang together, what the partnership wishes, and how to search."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    filled,
    item_of,
    next_free,
)

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
