"""From records to rows: the one place where a command becomes SQL, live, in replay and direct."""

from collections.abc import Callable
from typing import Any, Final

from alpclusters.live import seating, tables
from alpclusters.live.records import Record
from alpclusters.live.stores import Row, Store, json_text, moment_value
from alpclusters.live.words import PHONE

# Their rows carry the key themselves; all others leave a receipt.
KEYED: Final = frozenset({"rate", "top3"})
# What stands in the journal for the order of things alone.
SILENT: Final = frozenset({"phase", "void", "close"})


class Application:
    """Applies records in their order inside a transaction the caller holds.

    Ratings are gathered and written in one statement; ``finish`` writes what is left.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ratings: list[Row] = []
        # Rows of people who joined, by the number of the record.
        self.joined: dict[int, int] = {}

    def add(self, record: Record, person: int | None, *, is_superseded: bool = False) -> None:
        """Apply a record.

        Parameters
        ----------
        record : Record
            What counts.
        person : int or None
            The row of the person who acts; None where nobody does.
        is_superseded : bool
            A later record says the same thing anew: only the receipt is written.
        """
        if record.kind in SILENT:
            return
        if record.kind == "rate":
            self._ratings.append(self._rating(record, person))
            return
        if record.kind == "top3":
            tables.add_top_three(self._store, self._top_three(record, person))
            return
        is_new = tables.add_receipt(self._store, self._receipt(record))
        if is_new and not is_superseded:
            self._act(record, person)

    def finish(self) -> None:
        """Write the ratings gathered so far."""
        tables.add_ratings(self._store, self._ratings)
        self._ratings = []

    def _act(self, record: Record, person: int | None) -> None:
        if record.kind == "join":
            self.joined[record.seq] = self._join(record)
            return
        if person is not None:
            _ACTS[record.kind](self, record, person)

    def _at(self, record: Record) -> Any:
        return moment_value(self._store, record.at)

    def _rating(self, record: Record, person: int | None) -> Row:
        body, found = record.body, record.found
        value = body.get("v")
        return (
            *(record.event, person, body["m"], body["c"], record.key, record.seq, body["r"]),
            *(found.get("source", PHONE), found.get("by")),
            *(bool(found.get("informed")), bool(found.get("late"))),
            *(value, "v" in body and value is None, self._at(record)),
        )

    def _top_three(self, record: Record, person: int | None) -> Row:
        source = record.found.get("source", PHONE)
        chosen = json_text(tables.measure_keys(self._store, record.body["measures"]))
        key, seq, round_ = record.key, record.seq, record.body["r"]
        return (record.event, person, key, seq, round_, source, chosen, self._at(record))

    def _receipt(self, record: Record) -> Row:
        return (record.event, record.key, record.seq, record.kind, f"{record.digest:016x}")

    def _join(self, record: Record) -> int:
        body, at = record.body, self._at(record)
        row = (
            *(record.event, record.pid, body["recovery"], body["source"], body["language"]),
            *(None, "", "", "", False, json_text(body.get("order", []))),
            *(at, body["consent"], at, at, False),
        )
        return tables.add_participant(self._store, row)

    def _device(self, record: Record, person: int) -> None:
        tables.add_device(self._store, person, record.body["token"])

    def _comment(self, record: Record, person: int) -> None:
        body = record.body
        if not body["text"]:
            tables.drop_comment(self._store, person, body["m"])
            return
        words = (body["text"], body["language"])
        tables.set_comment(self._store, (record.event, person, body["m"], *words, self._at(record)))

    def _card(self, record: Record, person: int) -> None:
        body, found = record.body, record.found
        table = tables.table_id(self._store, record.event, found.get("table"))
        words = (body["text"], body["language"], body["author"], body["photo"])
        row = (
            *(record.event, body["id"], record.seq, person, table, found.get("round", 0)),
            *(*words, found.get("source", PHONE), "shown", "", self._at(record), None, None),
        )
        tables.set_card(self._store, row)

    def _card_gone(self, record: Record, person: int) -> None:
        tables.drop_card(self._store, record.event, record.body["id"], person)

    def _support(self, record: Record, person: int) -> None:
        body = record.body
        tables.set_support(self._store, record.event, body["id"], person, on=body["on"])

    def _profile(self, record: Record, person: int) -> None:
        values = dict(record.said)
        if "region" in values:
            values["region_id"] = tables.region_id(self._store, values.pop("region"))
        tables.set_profile(self._store, person, values, self._at(record))

    def _here(self, record: Record, person: int) -> None:
        body = record.body
        tables.set_here(self._store, person, body["round"], here=body["here"])

    def _place(self, record: Record, person: int) -> None:
        number, current = record.body["number"], record.found.get("round", 0)
        seating.take_place(self._store, record.event, person, number, current=current)

    def _feedback(self, record: Record, person: int) -> None:
        body = record.body
        answers = json_text({name: body[name] for name in ("heard", "learned", "again")})
        words = (body["text"], body["language"])
        row = (record.event, person, answers, *words, self._at(record))
        tables.set_feedback(self._store, row)

    def _order(self, record: Record, person: int) -> None:
        tables.set_order(self._store, person, json_text(record.body["measures"]))

    def _leave(self, _record: Record, person: int) -> None:
        # A rating of the same group must not come after its person is gone.
        self.finish()
        tables.drop_participant(self._store, person)


_ACTS: Final[dict[str, Callable[[Application, Record, int], None]]] = {
    "device": Application._device,  # noqa: SLF001 - the class's own table
    "comment": Application._comment,  # noqa: SLF001
    "card": Application._card,  # noqa: SLF001
    "card_gone": Application._card_gone,  # noqa: SLF001
    "support": Application._support,  # noqa: SLF001
    "profile": Application._profile,  # noqa: SLF001
    "here": Application._here,  # noqa: SLF001
    "place": Application._place,  # noqa: SLF001
    "feedback": Application._feedback,  # noqa: SLF001
    "leave": Application._leave,  # noqa: SLF001
    "order": Application._order,  # noqa: SLF001
}
