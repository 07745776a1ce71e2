"""Which things are in the data package: what a visitor may see, each with its permanent key."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.evidence.rules import (
    visible_documents,
    visible_initiatives,
    visible_lessons,
)
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.measures.rules import visible_to

type Keys = dict[int, str]


@dataclass(frozen=True)
class Scope:
    """Numbers of rows with their keys, in the order of the keys.

    The order is that of the code points: no database's own way of sorting tells in the bytes.
    """

    base: str
    initiatives: Keys
    activities: Keys
    lessons: Keys
    documents: Keys
    measures: Keys
    families: Keys = field(default_factory=dict)

    def address(self, folder: str, key: str, anchor: str = "") -> str:
        """Return the permanent address of a page."""
        return f"{self.base}/{DEFAULT_LANGUAGE}/{folder}/{key}/{anchor}"


def read_scope(base: str) -> Scope:
    """Read what is published; ``base`` is the address of the site without a slash at its end."""
    visitor = AnonymousUser()
    initiatives = _sorted(dict(visible_initiatives(visitor).order_by().values_list("pk", "key")))
    lessons = _sorted(dict(visible_lessons(visitor).order_by().values_list("pk", "key")))
    documents = _sorted(dict(visible_documents(visitor).order_by().values_list("pk", "key")))
    return Scope(
        base=base,
        initiatives=initiatives,
        activities=_activities(initiatives),
        lessons=lessons,
        documents=documents,
        measures=_sorted(dict(visible_to(visitor).order_by().values_list("pk", "key"))),
        families=_families(initiatives),
    )


def _sorted(keys: Keys) -> Keys:
    return dict(sorted(keys.items(), key=lambda item: item[1]))


def _activities(initiatives: Keys) -> Keys:
    published = Activity.objects.published().order_by()
    rows = published.values_list("initiative_id", "number", "pk")
    named = sorted((initiatives[parent], number, pk) for parent, number, pk in rows)
    return {pk: f"{key}/{number}" for key, number, pk in named}


def _families(initiatives: Keys) -> Keys:
    """Name each family by its first initiative that is in the package."""
    rows = Initiative.objects.filter(family__isnull=False).order_by("pk")
    named: Keys = {}
    for pk, family in rows.values_list("pk", "family"):
        if pk in initiatives and family is not None:
            named.setdefault(family, initiatives[pk])
    return named
