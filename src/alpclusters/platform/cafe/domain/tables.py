"""The tables of a hall: how many, what about, with whom as host, where they stand."""

import math
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.rotation import propose_table_languages
from alpclusters.platform.cafe.domain.preparation import changed_content
from alpclusters.platform.cafe.models import AlpCafe, Table
from alpclusters.platform.fields import fields_of

# Four to five guests talk best; three are too few for a round, more than eight split up.
GUESTS_PER_TABLE: Final = 5
FEW_GUESTS: Final = 6
MOST_TABLES: Final = 100


# What a facilitator decides about a table.
DECIDED: Final = tuple(one.name for one in fields_of(Table))


def propose_number(guests: int) -> int:
    """Return how many tables suit a number of guests: one for every five begun.

    Examples
    --------
    >>> propose_number(4), propose_number(24), propose_number(60)
    (1, 5, 12)
    """
    return 1 if guests <= FEW_GUESTS else math.ceil(guests / GUESTS_PER_TABLE)


@transaction.atomic
def lay_tables(cafe: AlpCafe, number: int) -> None:
    """Bring the hall to a number of tables; those that stay keep what was decided about them.

    Raises
    ------
    StateError
        ``cafe.table_in_use`` if a table that would go has seats, cards or summaries.
    """
    wanted = max(1, min(number, MOST_TABLES))
    surplus = cafe.tables.filter(number__gt=wanted)
    if any(_is_used(table) for table in surplus):
        raise StateError("cafe.table_in_use")
    surplus.delete()
    there = set(cafe.tables.values_list("number", flat=True))
    for index in range(1, wanted + 1):
        if index not in there:
            _new_table(cafe, index).save()
    place_in_rows(cafe)
    changed_content(cafe)


def place_in_rows(cafe: AlpCafe) -> None:
    """Let the tables stand in even rows, as on an empty plan of the room."""
    tables = list(cafe.tables.all())
    for table, (x, y) in zip(tables, grid(len(tables)), strict=True):
        table.x, table.y = x, y
    Table.objects.bulk_update(tables, ["x", "y"])


def grid(number: int) -> list[tuple[int, int]]:
    """Return positions in per cent of a room a little wider than deep.

    Examples
    --------
    >>> grid(2), grid(1)
    ([(25, 50), (75, 50)], [(50, 50)])
    """
    columns = math.ceil(math.sqrt(number * 1.5)) if number > 1 else 1
    columns = min(columns, number) or 1
    rows = math.ceil(number / columns)
    return [
        (round(100 * (i % columns + 0.5) / columns), round(100 * (i // columns + 0.5) / rows))
        for i in range(number)
    ]


@transaction.atomic
def change_table(table: Table, values: Mapping[str, Any]) -> None:
    """Store what was decided about a table, by column."""
    for name in DECIDED:
        if name in values:
            setattr(table, name, values[name])
    table.save()
    changed_content(table.cafe)


@transaction.atomic
def share_out_languages(cafe: AlpCafe) -> None:
    """Give each table one working language, in proportion to what the guests speak."""
    spoken = [guest.languages for guest in cafe.guests.filter(is_spare=False) if guest.languages]
    tables = list(cafe.tables.filter(is_open=True))
    known = [sorted(set(languages) & set(cafe.languages)) for languages in spoken]
    guests = [languages for languages in known if languages] or [[cafe.languages[0]]]
    if not tables:
        return
    for table, language in zip(tables, propose_table_languages(guests, len(tables)), strict=True):
        table.languages = [language, *(c for c in table.languages if c != language)]
    Table.objects.bulk_update(tables, ["languages"])
    changed_content(cafe)


def _new_table(cafe: AlpCafe, number: int) -> Table:
    measures = [row.measure for row in cafe.cafe_measures.select_related("measure")]
    is_about_measures = measures and cafe.round == AlpCafe.Round.MEASURES
    measure = measures[(number - 1) % len(measures)] if is_about_measures else None
    return Table(cafe=cafe, number=number, measure=measure)


def _is_used(table: Table) -> bool:
    return table.seats.exists() or table.cards.exists() or table.summaries.exists()
