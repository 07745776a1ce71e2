"""Organisations as legal entities: after merges, a unit counts as the body it belongs to."""

from collections.abc import Iterable, Mapping
from typing import Final

from alpclusters.analysis.plans import InterregBody
from alpclusters.platform.actors.models import Organisation, PartOf
from alpclusters.platform.network.domain.links.survival import country_of

# Units of units of units: more than this is no body anybody knows.
_MOST_STEPS: Final = 8


class Entities:
    """Finds the legal entity of organisations, two queries for all of them."""

    def __init__(self, pks: Iterable[int]) -> None:
        self._parents = _parents()
        self._merged = dict(
            Organisation.objects.exclude(merged_into=None)
            .order_by()
            .values_list("pk", "merged_into")
        )
        wanted = {step for pk in pks for step in self._way(pk)}
        rows = Organisation.objects.filter(pk__in=wanted).select_related("region")
        self._known: Mapping[int, Organisation] = {row.pk: row for row in rows.order_by("pk")}

    def _way(self, pk: int) -> list[int]:
        """Return the organisation and those above it, the legal entity last."""
        way = [pk]
        while len(way) <= _MOST_STEPS:
            above = self._merged.get(way[-1]) or self._parents.get(way[-1])
            if above is None or above in way:
                break
            way.append(above)
        return way

    def entity(self, pk: int) -> int:
        """Return the number of the legal entity."""
        return self._way(pk)[-1]

    def body(self, pk: int) -> InterregBody:
        """Return an organisation as a body with its legal entity."""
        organisation = self._known[self._merged.get(pk) or pk]
        country = country_of(organisation) or country_of(self._known[self.entity(pk)])
        return InterregBody(name=organisation.name, country=country, entity=self.entity(pk))


def _parents() -> dict[int, int]:
    rows = PartOf.objects.current().order_by()
    return dict(rows.values_list("unit", "parent"))
