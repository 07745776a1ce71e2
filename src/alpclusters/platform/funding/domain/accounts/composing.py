"""The document of a case with the accounts of its partners: what is judged and computed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from typing import Any

from alpclusters.platform.funding.domain.accounts.planned import counted_plans
from alpclusters.platform.funding.domain.accounts.undertakings import single_undertakings
from alpclusters.platform.funding.domain.casework.documents import Document, Item, find
from alpclusters.platform.funding.models import DeMinimisAid, FundingCase


def computed_data(case: FundingCase, *, without: Collection[int] = ()) -> Mapping[str, Any]:
    """Return the document of a case, completed by the accounts of de minimis aid.

    Parameters
    ----------
    case : FundingCase
    without : collection of int
        Other cases whose plans do not count, though somebody chose so.

    Notes
    -----
    Aid of agriculture and fisheries counts with the general one, that for services of general
    economic interest does not. What the case itself says of the same aid (state, day, amount)
    is the same aid. What other cases plan counts where somebody chose it, and says that it is
    planned. Partners that are one undertaking by their accounts are so in the case.
    """
    data: Document = case.data
    owners = {
        key: pk for key, pk in case.taken.get("partners", {}).items() if find(data, "partners", key)
    }
    if not owners:
        return data
    document = deepcopy(data)
    groups = single_undertakings(owners.values())
    aid = _aid_by_organisation(frozenset().union(*groups.values()))
    planned = counted_plans(case, without=without)
    for group in dict.fromkeys(groups.values()):
        keys = [key for key, pk in owners.items() if groups[pk] == group]
        undertakings = _undertakings(document, keys)
        _tie(document, undertakings)
        known = Counter(_key(one) for item in undertakings for one in item.get("de_minimis", []))
        new = [one for pk in sorted(group) for one in aid[pk] if not _is_known(one, known)]
        # A plan that was granted meanwhile is that grant, and counts once.
        granted = Counter(_key(one) for pk in group for one in aid[pk])
        plans = [one for pk in sorted(group) for one in planned.get(pk, ())]
        new += [one for one in plans if not _is_known(one, granted)]
        undertakings[0]["de_minimis"] = sorted(
            [*undertakings[0].get("de_minimis", []), *new],
            key=lambda one: (one["granted_on"], one["state"], one["amount_ct"]),
        )
    return document


def _aid_by_organisation(organisations: frozenset[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    counting = DeMinimisAid.objects.filter(organisation__in=organisations)
    for one in counting.exclude(regulation=DeMinimisAid.Regulation.SGEI).order_by("pk"):
        declared = "self" if one.source == DeMinimisAid.Source.TYPED else "register"
        found[one.organisation_id].append(
            {
                "state": one.state,
                "granted_on": one.granted_on.isoformat(),
                "amount_ct": one.amount_ct,
                "declared": declared,
            }
        )
    return found


def _undertakings(document: Document, partners: Iterable[str]) -> list[Item]:
    """Return the undertakings of some partners, each once."""
    wanted = [(find(document, "partners", key) or {})["undertaking"] for key in partners]
    return [
        item
        for name in dict.fromkeys(wanted)
        if (item := find(document, "undertakings", name)) is not None
    ]


def _tie(document: Document, undertakings: list[Item]) -> None:
    """Let the first undertaking control the others, where they are not one already."""
    top = _top(document, undertakings[0])
    for other in undertakings[1:]:
        mine = _top(document, other)
        if mine is not top:
            mine["controlled_by"] = top["id"]


def _top(document: Document, undertaking: Item) -> Item:
    """Return the undertaking that controls another one in the end."""
    seen = {undertaking["id"]}
    while (by := undertaking.get("controlled_by")) and by not in seen:
        above = find(document, "undertakings", by)
        if above is None:
            break
        seen.add(by)
        undertaking = above
    return undertaking


def _key(aid: Mapping[str, Any]) -> tuple[Any, ...]:
    return aid["state"], aid["granted_on"], aid["amount_ct"]


def _is_known(aid: Mapping[str, Any], known: Counter[tuple[Any, ...]]) -> bool:
    """Say whether the case has this aid itself; each entry of the case stands for one."""
    if known[_key(aid)] == 0:
        return False
    known[_key(aid)] -= 1
    return True
