"""The measures of an AlpCafé that say something about the people, apart from the opinions.

They are never split by role or region, and no figure joins them with another answer: "who owns a
house rates this lower" would tell two answers of a person at once, which counts that are public
cannot protect (docs/methods/disclosure.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alpclusters.analysis.consensus import MeasureDescription
from alpclusters.platform.cafe.domain.top_threes import measures_about_person
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.evaluation.domain.protection import Protected
from alpclusters.platform.evaluation.domain.records import Item, PersonItem
from alpclusters.platform.evaluation.domain.tables import RatingTable


@dataclass(frozen=True, slots=True)
class Measures:
    """What lay on the table: opinions, and statements about the person."""

    opinions: tuple[Item, ...]
    persons: tuple[PersonItem, ...]

    @property
    def everything(self) -> tuple[Item, ...]:
        """All of them; how many people came does not depend on what is an opinion."""
        return (*self.opinions, *(one.item for one in self.persons))


def read_measures(cafe: AlpCafe) -> Measures:
    """Read the measures of an AlpCafé and tell opinions from statements about the person."""
    rows = list(cafe.cafe_measures.select_related("measure"))
    about = measures_about_person(rows)
    items = [Item(row.measure.pk, row.measure.key, row.measure.name.filled()) for row in rows]
    return Measures(
        opinions=tuple(item for item in items if item.pk not in about),
        persons=tuple(PersonItem(item, about[item.pk]) for item in items if item.pk in about),
    )


def describe_persons(
    table: RatingTable, criterion: Criterion, persons: Sequence[PersonItem], protected: Protected
) -> tuple[MeasureDescription, ...]:
    """Describe what everybody answered to them on one criterion, without groups."""
    if not persons:
        return ()
    ratings = table.ratings(criterion.pk, [one.item.pk for one in persons])
    found = protected.describe(ratings, criterion.pk, criterion.scale).measures
    return tuple(replace(one, splits={}) for one in found)
