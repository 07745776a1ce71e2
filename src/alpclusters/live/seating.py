"""Places and seats in the database when a phone claims the number of its name card."""

from typing import Any

from alpclusters.live.claims import Carried, Seat, carry
from alpclusters.live.stores import Store, json_text, json_value, placeholders


def take_place(store: Store, event: int, person: int, number: int, *, current: int) -> None:
    """Give a person the place with this number, and with it the seats from now on.

    Who was given the place by the site at the same moment gets the one the person had.

    Parameters
    ----------
    store : Store
        In a transaction.
    event, person, number : int
    current : int
        The round at the tables when the claim was made; 0 outside the rounds.
    """
    wanted = _guest(store, "cafe_id = %s AND number = %s", (event, number))
    old = _guest(store, "cafe_id = %s AND participant_id = %s", (event, person))
    if wanted is None or (old is not None and old[0] == wanted[0]):
        return
    _exchange(store, person, wanted, old)
    new_seats = _seats(store, wanted[0])
    old_seats = _seats(store, old[0]) if old else {}
    is_named = bool(old and old[2])
    found = carry(old_seats, new_seats, current=current, is_old_named=is_named)
    _write(store, found, old[0] if old else 0, wanted[0], new_seats)


type _Guest = tuple[Any, ...]
"""Id, person, name, languages."""


def _guest(store: Store, where: str, values: tuple[int, ...]) -> _Guest | None:
    sql = f"SELECT id, participant_id, name, languages FROM cafe_guest WHERE {where}"  # noqa: S608
    rows = store.fetch(sql, values)
    return rows[0] if rows else None


def _exchange(store: Store, person: int, wanted: _Guest, old: _Guest | None) -> None:
    both = [wanted[0], old[0]] if old else [wanted[0]]
    marks = placeholders(len(both))
    store.run(f"UPDATE cafe_guest SET participant_id = NULL WHERE id IN ({marks})", both)  # noqa: S608
    languages = json_value(wanted[3]) or _languages(store, person)
    store.run(
        "UPDATE cafe_guest SET participant_id = %s, left_after = NULL, languages = %s "
        "WHERE id = %s",
        (person, json_text(languages), wanted[0]),
    )
    if old is not None and wanted[1] is not None:
        store.run("UPDATE cafe_guest SET participant_id = %s WHERE id = %s", (wanted[1], old[0]))


def _languages(store: Store, person: int) -> list[str]:
    rows = store.fetch("SELECT language FROM cafe_participant WHERE id = %s", (person,))
    return [row[0] for row in rows]


def _seats(store: Store, guest: int) -> dict[int, Seat]:
    rows = store.fetch(
        "SELECT round_index, table_id, state FROM cafe_seat WHERE guest_id = %s", (guest,)
    )
    return {round_index: (table, state) for round_index, table, state in rows}


def _write(store: Store, found: Carried, old: int, new: int, had: dict[int, Seat]) -> None:
    for round_index, (table, state) in found.taken.items():
        if round_index in had:
            store.run(
                "UPDATE cafe_seat SET table_id = %s, state = %s "
                "WHERE guest_id = %s AND round_index = %s",
                (table, state, new, round_index),
            )
        else:
            store.run(
                "INSERT INTO cafe_seat (guest_id, round_index, table_id, planned_table_id, state) "
                "SELECT %s, round_index, %s, planned_table_id, %s FROM cafe_seat "
                "WHERE guest_id = %s AND round_index = %s",
                (new, table, state, old, round_index),
            )
    for round_index in found.given_up:
        store.run(
            "DELETE FROM cafe_seat WHERE guest_id = %s AND round_index = %s", (old, round_index)
        )
    for round_index in found.freed:
        store.run(
            "UPDATE cafe_seat SET state = 'expected' WHERE guest_id = %s AND round_index = %s",
            (old, round_index),
        )
