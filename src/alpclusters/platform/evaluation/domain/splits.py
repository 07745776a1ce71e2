"""Role and region of people, and who belongs to which group of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from alpclusters.analysis.disclosure import Split, Tree
from alpclusters.platform.cafe.domain.proxies import role_parents
from alpclusters.platform.evaluation.domain.groups import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION, ROLE, SPLITS
from alpclusters.platform.evaluation.domain.tables import RatingTable
from alpclusters.platform.territory.models import Region

_COUNTRY: Final = 2  # letters of the country in the code of a region


def splits_of(table: RatingTable, people: Sequence[int]) -> list[Split]:
    """Return role and region of these people with what these belong to, in the order of SPLITS."""
    pks = {pk for person in people if (pk := table.regions.get(person)) is not None}
    codes = dict(Region.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "code"))
    parents = role_parents()
    stated = {
        REGION: [codes.get(table.regions.get(person) or 0) for person in people],
        ROLE: [_known(table.roles.get(person), parents) for person in people],
    }
    trees = {REGION: region_tree(codes.values()), ROLE: Tree(parents)}
    return [Split(name, tuple(stated[name]), trees[name]) for name in SPLITS]


def member_groups(split: Split, keys: Sequence[str]) -> dict[str, frozenset[int]]:
    """Return the people of each group with one of these keys, by their place in the split.

    A group holds everybody at or below its node who is in no finer group of these keys; the
    group of all others has the empty key.
    """
    found: dict[str, set[int]] = {key: set() for key in keys}
    for place, code in enumerate(split.codes):
        key = code
        while key is not None and key not in found:
            key = split.tree.parents.get(key)
        if (key or OTHERS) in found:
            found[key or OTHERS].add(place)
    return {key: frozenset(people) for key, people in found.items()}


def region_tree(codes: object) -> Tree:
    """Let every region belong to its country."""
    found = sorted(str(code) for code in codes)  # type: ignore[attr-defined]
    countries = sorted({code[:_COUNTRY] for code in found})
    return Tree(
        {
            **dict.fromkeys(countries),
            **{code: code[:_COUNTRY] for code in found if len(code) > _COUNTRY},
        }
    )


def _known(role: str | None, parents: Mapping[str, str | None]) -> str | None:
    """Return a role of the table; one that was taken out of it counts as not stated."""
    return role if role in parents else None
