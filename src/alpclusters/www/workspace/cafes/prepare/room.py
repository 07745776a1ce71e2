"""The plan of the room as a drawing: tables where they stand, guests around them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.cafe.domain.plan_records import Word
from alpclusters.platform.cafe.models import AlpCafe, Guest
from alpclusters.platform.cafe.models import Table as HallTable

WIDTH: Final = 1000
MARGIN: Final = 70
LARGEST_TABLE: Final = 44.0
DOT: Final = 15.0
ROW: Final = 230


@dataclass(frozen=True)
class Place:
    """A guest at a table: where the dot stands, and what is known."""

    number: int
    x: float
    y: float
    name: str
    languages: str
    is_wrong: bool
    is_pinned: bool
    needs_access: bool


@dataclass(frozen=True)
class Spot:
    """A table with its guests of one round."""

    table: HallTable
    x: float
    y: float
    radius: float
    places: Sequence[Place]

    @property
    def language(self) -> str:
        """The language the table works in, in capitals; empty if none was chosen."""
        return self.table.languages[0].upper() if self.table.languages else ""


@dataclass(frozen=True)
class Room:
    """The whole drawing."""

    spots: Sequence[Spot]
    width: int
    height: int

    @property
    def front(self) -> int:
        """The middle of the front wall, where the big screen is."""
        return self.width // 2


def draw_room(cafe: AlpCafe, words: Mapping[int, Word], round_index: int) -> Room:
    """Place tables and guests of a round."""
    tables = list(cafe.tables.filter(is_open=True).select_related("measure"))
    guests = list(cafe.guests.filter(is_spare=False))
    seated: dict[int, list[Guest]] = {table.number: [] for table in tables}
    for guest in guests:
        number = _table_at(words.get(guest.number), round_index)
        if number in seated:
            seated[number].append(guest)
    height = _height(tables)
    spots = [_spot(table, seated[table.number], round_index, height) for table in tables]
    return Room(spots, WIDTH, height)


def _height(tables: Sequence[HallTable]) -> int:
    rows = len({table.y for table in tables})
    return max(320, min(rows, 12) * ROW + MARGIN)


def _table_at(word: Word | None, round_index: int) -> int | None:
    return word[round_index - 1] if word and round_index <= len(word) else None


def _spot(table: HallTable, guests: Sequence[Guest], round_index: int, height: int) -> Spot:
    x = MARGIN + table.x / 100 * (WIDTH - 2 * MARGIN)
    y = MARGIN + 40 + table.y / 100 * (height - 2 * MARGIN - 20)
    circle = LARGEST_TABLE + DOT + 4
    places = [
        _place(guest, table, round_index, x, y, circle, math.tau * i / max(len(guests), 1))
        for i, guest in enumerate(guests)
    ]
    return Spot(table, round(x, 1), round(y, 1), LARGEST_TABLE, places)


def _place(
    guest: Guest, table: HallTable, round_index: int, x: float, y: float, circle: float, turn: float
) -> Place:
    is_wrong = bool(
        guest.languages and table.languages and table.languages[0] not in guest.languages
    )
    return Place(
        number=guest.number,
        x=round(x + circle * math.sin(turn), 1),
        y=round(y - circle * math.cos(turn), 1),
        name=guest.name,
        languages=", ".join(code.upper() for code in guest.languages),
        is_wrong=is_wrong,
        is_pinned=str(round_index) in guest.pins,
        needs_access=guest.needs_access,
    )
