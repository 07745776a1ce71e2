"""All SQL of the hot path, for both engines; a contract test holds it against the models.

Django's deletes cascade in Python; whoever deletes here lists the tables himself
(``PERSON_PARTS``, ``CARD_PARTS``).
"""

from collections.abc import Sequence
from typing import Any, Final

from alpclusters.live.stores import Row, Store, placeholders

EVENT_COLUMNS: Final = (
    "id",
    "code",
    "state",
    "phase",
    "round_index",
    "revision",
    "content_revision",
    "ends_at",
    "paused_left_ms",
    "input_stopped_at",
    "screen",
    "announcement",
    "link_epoch",
    "in_hall",
    "n_rounds",
    "has_top_three",
    "has_feedback",
    "shows_table_cards",
    "closed_at",
    "sealed_at",
)
RATING_COLUMNS: Final = (
    "cafe_id",
    "participant_id",
    "measure_id",
    "criterion_id",
    "key",
    "seq",
    "round",
    "source",
    "entered_by_id",
    "is_informed",
    "is_late",
    "value",
    "cannot_judge",
    "received_at",
)
_RATING_TYPES: Final = (
    *("bigint",) * 4,
    *("text", "bigint", "smallint", "text", "bigint", "bool", "bool", "smallint", "bool"),
    "timestamptz",
)
PARTICIPANT_COLUMNS: Final = (
    "cafe_id",
    "token_hash",
    "recovery_hash",
    "source",
    "language",
    "region_id",
    "role",
    "level",
    "experience",
    "no_research",
    "measure_order",
    "consented_at",
    "consent_version",
    "joined_at",
    "seen_at",
    "is_simulated",
)
CARD_COLUMNS: Final = (
    "cafe_id",
    "public_id",
    "seq",
    "participant_id",
    "table_id",
    "round_index",
    "text",
    "language",
    "author",
    "photo",
    "source",
    "state",
    "hidden_reason",
    "received_at",
    "edited_at",
    "is_about_person",
)
TOP_THREE_COLUMNS: Final = (
    "cafe_id",
    "participant_id",
    "key",
    "seq",
    "round",
    "source",
    "measures",
    "received_at",
)
COMMENT_COLUMNS: Final = (
    "cafe_id",
    "participant_id",
    "measure_id",
    "text",
    "language",
    "received_at",
)
FEEDBACK_COLUMNS: Final = (
    "cafe_id",
    "participant_id",
    "answers",
    "text",
    "language",
    "received_at",
)
# What hangs on a person and on a card, in an order that breaks no foreign key.
PERSON_PARTS: Final = (
    ("cafe_rating", "participant_id"),
    ("cafe_comment", "participant_id"),
    ("cafe_topthree", "participant_id"),
    ("cafe_feedback", "participant_id"),
    ("cafe_support", "participant_id"),
    ("cafe_device", "participant_id"),
    ("cafe_papersheet", "participant_id"),
)
CARD_PARTS: Final = (
    ("cafe_support", "card_id"),
    ("cafe_insight_cards", "card_id"),
    ("cafe_similarcards", "first_id"),
    ("cafe_similarcards", "second_id"),
)
# Held while the site writes without a live process, so that two never give the same number.
_DIRECT_LOCK: Final = 0x416C7043


def _insert(table: str, columns: Sequence[str], tail: str = "") -> str:
    names = ", ".join(columns)
    return f"INSERT INTO {table} ({names}) VALUES ({placeholders(len(columns))}) {tail}"  # noqa: S608


def _upsert(table: str, columns: Sequence[str], key: Sequence[str]) -> str:
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return _insert(table, columns, f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}")


_RATING: Final = _insert("cafe_rating", RATING_COLUMNS, "ON CONFLICT (cafe_id, key) DO NOTHING")
_RATINGS: Final = (
    f"INSERT INTO cafe_rating ({', '.join(RATING_COLUMNS)}) SELECT * FROM unnest("  # noqa: S608
    + ", ".join(f"%s::{kind}[]" for kind in _RATING_TYPES)
    + ") ON CONFLICT (cafe_id, key) DO NOTHING"
)
_TOP_THREE: Final = _insert(
    "cafe_topthree", TOP_THREE_COLUMNS, "ON CONFLICT (cafe_id, key) DO NOTHING"
)
_RECEIPT: Final = _insert(
    "cafe_receipt",
    ("cafe_id", "key", "seq", "kind", "digest"),
    "ON CONFLICT (cafe_id, key) DO NOTHING",
)
_PARTICIPANT: Final = _insert("cafe_participant", PARTICIPANT_COLUMNS, "RETURNING id")
_COMMENT: Final = _upsert("cafe_comment", COMMENT_COLUMNS, ("participant_id", "measure_id"))
_FEEDBACK: Final = _upsert("cafe_feedback", FEEDBACK_COLUMNS, ("participant_id",))
_CARD: Final = _insert(
    "cafe_card",
    CARD_COLUMNS,
    "ON CONFLICT (cafe_id, public_id) DO UPDATE SET text = excluded.text, "
    "language = excluded.language, author = excluded.author, photo = excluded.photo, "
    "seq = excluded.seq, edited_at = excluded.received_at "
    "WHERE cafe_card.participant_id = excluded.participant_id AND cafe_card.state = 'shown'",
)


# ---- writing -------------------------------------------------------------------------------


def add_ratings(store: Store, rows: Sequence[Row]) -> None:
    """Insert ratings; one whose key is known stays as it is."""
    if store.is_postgres and len(rows) > 1:
        store.run(_RATINGS, [list(column) for column in zip(*rows, strict=True)])
    elif rows:
        store.many(_RATING, rows)


def add_top_three(store: Store, row: Row) -> None:
    """Insert a top three; one whose key is known stays as it is."""
    store.run(_TOP_THREE, row)


def add_receipt(store: Store, row: Row) -> bool:
    """Note that a command is in the database; False if it was already."""
    return store.run(_RECEIPT, row) > 0


def add_participant(store: Store, row: Row) -> int:
    """Insert a person and return the number of the row."""
    return int(store.fetch(_PARTICIPANT, row)[0][0])


def set_order(store: Store, participant: int, order: str) -> None:
    """Keep the order in which a person goes on."""
    store.run("UPDATE cafe_participant SET measure_order = %s WHERE id = %s", (order, participant))


def add_device(store: Store, participant: int, token_hash: str) -> None:
    """Let a further phone in."""
    store.run(
        "INSERT INTO cafe_device (participant_id, token_hash) VALUES (%s, %s) "
        "ON CONFLICT (token_hash) DO NOTHING",
        (participant, token_hash),
    )


def set_comment(store: Store, row: Row) -> None:
    """Keep the latest text of a person on a measure."""
    store.run(_COMMENT, row)


def drop_comment(store: Store, participant: int, measure: int) -> None:
    """Take a comment back."""
    store.run(
        "DELETE FROM cafe_comment WHERE participant_id = %s AND measure_id = %s",
        (participant, measure),
    )


def set_feedback(store: Store, row: Row) -> None:
    """Keep the latest feedback of a person."""
    store.run(_FEEDBACK, row)


def set_card(store: Store, row: Row) -> None:
    """Insert a card, or change it while it is its author's and not grouped."""
    store.run(_CARD, row)


def drop_card(store: Store, event: int, public_id: str, participant: int) -> None:
    """Delete a card of a person that was not grouped."""
    mine = "SELECT id FROM cafe_card WHERE cafe_id = %s AND public_id = %s AND participant_id = %s"
    values = (event, public_id, participant)
    for table, column in CARD_PARTS:
        store.run(f"DELETE FROM {table} WHERE {column} IN ({mine} AND state = 'shown')", values)  # noqa: S608
    store.run(f"DELETE FROM cafe_card WHERE id IN ({mine} AND state = 'shown')", values)  # noqa: S608


def set_support(store: Store, event: int, public_id: str, participant: int, *, on: bool) -> None:
    """Stand behind a card, or no longer."""
    if on:
        store.run(
            "INSERT INTO cafe_support (card_id, participant_id) "
            "SELECT id, %s FROM cafe_card WHERE cafe_id = %s AND public_id = %s "
            "ON CONFLICT (card_id, participant_id) DO NOTHING",
            (participant, event, public_id),
        )
        return
    store.run(
        "DELETE FROM cafe_support WHERE participant_id = %s AND card_id IN "
        "(SELECT id FROM cafe_card WHERE cafe_id = %s AND public_id = %s)",
        (participant, event, public_id),
    )


def set_profile(store: Store, participant: int, values: dict[str, Any], seen_at: Any) -> None:
    """Store what a person says of themselves; only the named columns change."""
    columns = {**values, "seen_at": seen_at}
    named = ", ".join(f"{name} = %s" for name in columns)
    store.run(
        f"UPDATE cafe_participant SET {named} WHERE id = %s",  # noqa: S608 - our own names
        (*columns.values(), participant),
    )


def set_here(store: Store, participant: int, round_index: int, *, here: bool) -> None:
    """Note that a person found the table; "I cannot find it" takes that back."""
    state, before = ("here", ("expected", "absent")) if here else ("expected", ("here", "here"))
    store.run(
        "UPDATE cafe_seat SET state = %s WHERE round_index = %s AND state IN (%s, %s) "
        "AND guest_id IN (SELECT id FROM cafe_guest WHERE participant_id = %s)",
        (state, round_index, *before, participant),
    )


def drop_participant(store: Store, participant: int) -> None:
    """Delete a person with everything."""
    cards = "SELECT id FROM cafe_card WHERE participant_id = %s"
    for table, column in CARD_PARTS:
        store.run(f"DELETE FROM {table} WHERE {column} IN ({cards})", (participant,))  # noqa: S608
    store.run("DELETE FROM cafe_card WHERE participant_id = %s", (participant,))
    for table, column in PERSON_PARTS:
        store.run(f"DELETE FROM {table} WHERE {column} = %s", (participant,))  # noqa: S608
    store.run(
        "UPDATE cafe_guest SET participant_id = NULL WHERE participant_id = %s", (participant,)
    )
    store.run("DELETE FROM cafe_participant WHERE id = %s", (participant,))


def mark_segment(store: Store, name: str, seq: int) -> None:
    """Note that every record of a closed segment is in the database."""
    store.run(
        "INSERT INTO cafe_receipt (cafe_id, key, seq, kind, digest) "
        "SELECT CAST(NULL AS bigint), CAST(%s AS varchar(32)), CAST(%s AS bigint), 'segment', '' "
        "WHERE NOT EXISTS "
        "(SELECT 1 FROM cafe_receipt WHERE cafe_id IS NULL AND key = %s)",
        (name, seq, name),
    )


def catch_up_phase(store: Store, event: int, revision: int, values: dict[str, Any]) -> None:
    """Bring an AlpCafé that came from an older backup to the phase the journal knows."""
    named = ", ".join(f"{name} = %s" for name in values)
    store.run(
        f"UPDATE cafe_alpcafe SET {named}, revision = %s "  # noqa: S608 - our own names
        "WHERE id = %s AND revision < %s AND sealed_at IS NULL",
        (*values.values(), revision, event, revision),
    )


def lock_direct(store: Store) -> None:
    """Let one process of the site at a time give numbers; SQLite's transactions do it anyway."""
    if store.is_postgres:
        store.fetch("SELECT 1 FROM pg_advisory_xact_lock(%s)", (_DIRECT_LOCK,))


# ---- reading -------------------------------------------------------------------------------


def last_seq(store: Store) -> int:
    """Return the highest number any row has."""
    tables = ("cafe_rating", "cafe_topthree", "cafe_card", "cafe_receipt")
    return max(
        int(store.fetch(f"SELECT COALESCE(MAX(seq), 0) FROM {table}")[0][0])  # noqa: S608
        for table in tables
    )


def marked_segments(store: Store) -> set[str]:
    """Return the segments of the journal of which every record is in the database."""
    rows = store.fetch("SELECT key FROM cafe_receipt WHERE cafe_id IS NULL AND kind = 'segment'")
    return {row[0] for row in rows}


def event_rows(store: Store, event: int | None = None) -> list[tuple[Any, ...]]:
    """Read one AlpCafé, or all that are not sealed."""
    names = ", ".join(EVENT_COLUMNS)
    if event is None:
        return store.fetch(f"SELECT {names} FROM cafe_alpcafe WHERE sealed_at IS NULL ORDER BY id")  # noqa: S608
    return store.fetch(f"SELECT {names} FROM cafe_alpcafe WHERE id = %s", (event,))  # noqa: S608


def unsealed_events(store: Store) -> set[int]:
    """Return the AlpCafés into which something may still be written."""
    return {row[0] for row in store.fetch("SELECT id FROM cafe_alpcafe WHERE sealed_at IS NULL")}


def sheet(store: Store, event: int) -> tuple[dict[int, str], dict[int, Any]]:
    """Read the measures (row and key) and the criteria (row and scale) in their order."""
    measures = store.fetch(
        "SELECT c.measure_id, m.key FROM cafe_cafemeasure c "
        "JOIN measures_measure m ON m.id = c.measure_id "
        'WHERE c.cafe_id = %s ORDER BY c."order", c.id',
        (event,),
    )
    criteria = store.fetch(
        "SELECT c.criterion_id, k.scale FROM cafe_cafecriterion c "
        "JOIN cafe_criterion k ON k.id = c.criterion_id "
        'WHERE c.cafe_id = %s ORDER BY c."order", c.id',
        (event,),
    )
    return dict(measures), dict(criteria)


def measure_keys(store: Store, measures: Sequence[int]) -> list[str]:
    """Return the keys of measures in the order given."""
    if not measures:
        return []
    sql = f"SELECT id, key FROM measures_measure WHERE id IN ({placeholders(len(measures))})"  # noqa: S608
    keys = dict(store.fetch(sql, measures))
    return [keys[measure] for measure in measures]


def table_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the tables: id, number, host, languages, way, topic by language."""
    return store.fetch(
        "SELECT id, number, host_name, languages, way, topic FROM cafe_table "
        "WHERE cafe_id = %s ORDER BY number",
        (event,),
    )


def release_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the releases: block, from, to."""
    return store.fetch(
        "SELECT block, visible_from, visible_to FROM cafe_release "
        "WHERE cafe_id = %s ORDER BY visible_from, id",
        (event,),
    )


def people_rows(store: Store, event: int, only: int | None = None) -> list[tuple[Any, ...]]:
    """Read the people: id, hashes of the token and of the recovery code, language, order."""
    names = "SELECT id, token_hash, recovery_hash, language, measure_order FROM cafe_participant"
    if only is not None:
        return store.fetch(f"{names} WHERE cafe_id = %s AND id = %s", (event, only))
    return store.fetch(f"{names} WHERE cafe_id = %s ORDER BY id", (event,))


def device_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the further phones: person, hash of the token."""
    return store.fetch(
        "SELECT d.participant_id, d.token_hash FROM cafe_device d "
        "JOIN cafe_participant p ON p.id = d.participant_id WHERE p.cafe_id = %s ORDER BY d.id",
        (event,),
    )


def guest_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the places: id, number, languages, person, whether a name stands on the card."""
    return store.fetch(
        "SELECT id, number, languages, participant_id, name <> '' FROM cafe_guest "
        "WHERE cafe_id = %s ORDER BY number",
        (event,),
    )


def seat_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the seats: guest, round, table, state."""
    return store.fetch(
        "SELECT s.guest_id, s.round_index, s.table_id, s.state FROM cafe_seat s "
        "JOIN cafe_guest g ON g.id = s.guest_id WHERE g.cafe_id = %s "
        "ORDER BY s.round_index, g.number",
        (event,),
    )


def card_rows(store: Store, event: int) -> list[tuple[Any, ...]]:
    """Read the cards: public id, person, table, state, seq."""
    return store.fetch(
        "SELECT public_id, participant_id, table_id, state, seq FROM cafe_card "
        "WHERE cafe_id = %s ORDER BY id",
        (event,),
    )


def rating_rows(
    store: Store, event: int, keys: Sequence[str] | None = None
) -> list[tuple[Any, ...]]:
    """Read ratings: key, seq, person, measure, criterion, round, value, cannot judge."""
    sql = (
        "SELECT key, seq, participant_id, measure_id, criterion_id, round, value, cannot_judge "
        "FROM cafe_rating WHERE cafe_id = %s"
    )
    return _keyed(store, sql, event, keys)


def top_three_rows(
    store: Store, event: int, keys: Sequence[str] | None = None
) -> list[tuple[Any, ...]]:
    """Read top threes: key, seq, person, round, measures."""
    sql = "SELECT key, seq, participant_id, round, measures FROM cafe_topthree WHERE cafe_id = %s"
    return _keyed(store, sql, event, keys)


def receipt_rows(
    store: Store, event: int, keys: Sequence[str] | None = None
) -> list[tuple[Any, ...]]:
    """Read receipts: key, seq, digest."""
    sql = "SELECT key, seq, digest FROM cafe_receipt WHERE cafe_id = %s"
    return _keyed(store, sql, event, keys)


def _keyed(store: Store, sql: str, event: int, keys: Sequence[str] | None) -> list[tuple[Any, ...]]:
    if keys is None:
        return store.fetch(f"{sql} ORDER BY seq, id", (event,))
    some = f"{sql} AND key IN ({placeholders(len(keys))}) ORDER BY seq, id"
    return store.fetch(some, (event, *keys))


def region_id(store: Store, code: str) -> int | None:
    """Find the row of a region; of several vintages the newest."""
    rows = store.fetch(
        "SELECT id FROM territory_region WHERE code = %s ORDER BY first_vintage DESC, id DESC "
        "LIMIT 1",
        (code,),
    )
    return rows[0][0] if rows else None


def table_id(store: Store, event: int, number: int | None) -> int | None:
    """Find the row of a table by its number."""
    sql = "SELECT id FROM cafe_table WHERE cafe_id = %s AND number = %s"
    rows = store.fetch(sql, (event, number)) if number is not None else []
    return rows[0][0] if rows else None


def all_ids(store: Store, table: str) -> set[int]:
    """Return the numbers of all rows of a table that records refer to."""
    return {row[0] for row in store.fetch(f"SELECT id FROM {table}")}  # noqa: S608


def regions(store: Store) -> dict[str, int]:
    """Read the regions by code; of a code with several rows the newest."""
    rows = store.fetch("SELECT code, id FROM territory_region ORDER BY first_vintage, id")
    return dict(rows)


def participant_ids(store: Store, event: int) -> dict[str, int]:
    """Read the rows of people by the hash of their token."""
    rows = store.fetch(
        "SELECT token_hash, id FROM cafe_participant WHERE cafe_id = %s AND token_hash IS NOT NULL",
        (event,),
    )
    return dict(rows)


def known_keys(store: Store, event: int) -> set[str]:
    """Return the keys of all commands that are in the database."""
    found: set[str] = set()
    for table in ("cafe_rating", "cafe_topthree", "cafe_receipt"):
        rows = store.fetch(
            f"SELECT key FROM {table} WHERE cafe_id = %s AND key IS NOT NULL",  # noqa: S608
            (event,),
        )
        found.update(row[0] for row in rows)
    return found


# ---- one person ----------------------------------------------------------------------------


def answers_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read a person's ratings in their order: round, measure, criterion, value, cannot judge."""
    return store.fetch(
        "SELECT round, measure_id, criterion_id, value, cannot_judge FROM cafe_rating "
        "WHERE participant_id = %s ORDER BY seq, id",
        (participant,),
    )


def top_threes_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read a person's top threes in their order: round, measures."""
    return store.fetch(
        "SELECT round, measures FROM cafe_topthree WHERE participant_id = %s ORDER BY seq, id",
        (participant,),
    )


def comments_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read a person's comments: measure, text."""
    return store.fetch(
        "SELECT measure_id, text FROM cafe_comment WHERE participant_id = %s ORDER BY id",
        (participant,),
    )


def cards_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read a person's cards: public id, text, language, author, photo, state, round, supports."""
    return store.fetch(
        "SELECT c.public_id, c.text, c.language, c.author, c.photo, c.state, c.round_index, "
        "(SELECT COUNT(*) FROM cafe_support s WHERE s.card_id = c.id) FROM cafe_card c "
        "WHERE c.participant_id = %s ORDER BY c.id",
        (participant,),
    )


def supported_by(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read the cards a person supports: public id."""
    return store.fetch(
        "SELECT c.public_id FROM cafe_support s JOIN cafe_card c ON c.id = s.card_id "
        "WHERE s.participant_id = %s ORDER BY s.id",
        (participant,),
    )


def feedback_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read a person's feedback: answers, text, language."""
    return store.fetch(
        "SELECT answers, text, language FROM cafe_feedback WHERE participant_id = %s",
        (participant,),
    )


def profile_of(store: Store, participant: int) -> list[tuple[Any, ...]]:
    """Read what a person said: region, role, level, experience, language, no research."""
    return store.fetch(
        "SELECT r.code, p.role, p.level, p.experience, p.language, p.no_research "
        "FROM cafe_participant p "
        "LEFT JOIN territory_region r ON r.id = p.region_id WHERE p.id = %s",
        (participant,),
    )
