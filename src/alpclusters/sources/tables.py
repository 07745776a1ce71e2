"""Reader of ratings as a long CSV: one row per answer, group columns beside it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings
from alpclusters.analysis.errors import InputError, RecordError
from alpclusters.sources.csv_tables import CsvTable, NotThisKindError, load_csv, normalised
from alpclusters.sources.heads import (
    AT,
    COUNTRY,
    CRITERION,
    ITEM,
    ITEM_TEXT,
    PARTICIPANT,
    REGION,
    ROUND,
    VALUE,
)
from alpclusters.sources.records import Note, Provenance

SOURCE: Final = "table"
N_ROUNDS: Final = 2
MISSING: Final = frozenset({"", "nan", "na", "n/a", "#n/a", "null"})
"""How programs write that there is nothing, in lower case."""
STRAY_SHARE: Final = 0.05
LEAST_FOR_STRAY: Final = 20
MAX_GROUPS: Final = 20
# The answer "cannot judge" as people and programs write it, compared by letters only.
CANNOT_JUDGE_WORDS: Final = (
    "cannot_judge",
    "cannot judge",
    "I cannot judge this",
    "cj",
    "k. A.",
    "kann ich nicht beurteilen",
    "je ne peux pas me prononcer",
    "non sono in grado di valutare",
    "ne morem oceniti",
)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_CANNOT: Final = frozenset(
    "".join(filter(str.isalpha, word.casefold())) for word in CANNOT_JUDGE_WORDS
)


@dataclass(frozen=True, slots=True)
class RatingTable:
    """A long table of answers, read and checked.

    Attributes
    ----------
    criteria : mapping of str to Ratings
        One per criterion, in the order of the file; the key is empty without that column. With
        two rounds: of each participant the answer of the last round in which they gave one.
    participants : tuple of str
        Everybody with an answer, in the order of the file.
    items : tuple of str
        In the order of the file.
    item_texts : mapping of str to str
        Empty without that column.
    groups : mapping of str to mapping
        Per group column, as written in the head, the group of each participant.
    last_at : int
        Greatest time in milliseconds, 0 without that column.
    skipped : int
        Rows with an empty value: no answer, counted nowhere else.
    provenance : Provenance
    notes : tuple of Note
    rounds : tuple of str
        Names of the two rounds, first and last; empty without them.
    first_round, last_round : mapping of str to Ratings
        The answers of each round, per criterion; empty without rounds.
    regions : mapping of str to str or None
        Region of each participant; empty without that column, or if it was not wanted.
    countries : mapping of str to str, or None
        Country of each region, as far as a column tells one; None without that column.
    """

    criteria: Mapping[str, Ratings]
    participants: tuple[str, ...]
    items: tuple[str, ...]
    item_texts: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str | None]]
    last_at: int
    skipped: int
    provenance: Provenance
    notes: tuple[Note, ...]
    rounds: tuple[str, ...] = ()
    first_round: Mapping[str, Ratings] = field(default_factory=dict)
    last_round: Mapping[str, Ratings] = field(default_factory=dict)
    regions: Mapping[str, str | None] = field(default_factory=dict)
    countries: Mapping[str, str] | None = None


def read_rating_table(
    path: Path,
    *,
    groups: Sequence[str] | None = None,
    scale: Sequence[float] | None = None,
) -> RatingTable:
    """Read a long CSV of ratings.

    Columns are found by name, in any order and case: participant, item, value; optional
    criterion, at (milliseconds or ISO 8601), item_text, round; every other column may be a group.
    A column ``round`` with exactly two values divides the answers into two rounds, unless
    ``groups`` names it. The table holds of each participant, item and criterion the answer of the
    last round in which there is one. Which is the last is told by
    number, by the words first and second, or else by the order of the rows.

    Parameters
    ----------
    path : Path
        Comma, semicolon, tab or bar; UTF-8, UTF-16 with mark, or Windows-1252 (with a note).
    groups : sequence of str, optional
        Group columns to use; ``None`` takes every further column with 2 to 20 groups and one
        group per participant, and notes which were left aside.
    scale : sequence of float, optional
        ``(low, high)`` or all points; ``None`` takes the values seen.

    Returns
    -------
    RatingTable

    Raises
    ------
    FileFormatError, RecordError, RecordsError
        As `load_csv`; besides a value that is neither number nor "cannot judge", one outside
        the scale, a participant in two groups, an empty participant or item.

    Notes
    -----
    Decimal comma and point are read alike. An empty value is no answer, and so are those of
    `MISSING`. Without a scale, rare values with a gap to all others are refused. "Cannot judge" is
    written as one of `CANNOT_JUDGE_WORDS`; letter case, spaces and dots do not matter.
    """
    table = load_csv(path, source=SOURCE, guess_western=True)
    _refuse_cut_end(table)
    columns = _Columns.of(table)
    answered = [row for row, value in enumerate(columns.value) if value is not None]
    if scale is not None:
        _check_scale(table, columns, scale)
    else:
        _refuse_stray(table, columns)
    rounds = _rounds(table, groups, answered)
    first, last = (_rows_of_round(table, answered, rounds, place) for place in (0, -1))
    standing = _standing_rows(columns, first, last) if rounds else answered
    split, notes = _group_columns(table, columns, groups, standing, has_rounds=bool(rounds))
    points = scale or _common_scale(columns, answered)
    regions = _regions(table, columns, groups, standing)
    return RatingTable(
        criteria=_by_criterion(columns, standing, scale, points),
        participants=tuple(dict.fromkeys(columns.participant[row] for row in standing)),
        items=tuple(dict.fromkeys(columns.item)),
        item_texts=_item_texts(table, columns.item),
        groups=split,
        last_at=max(columns.at),
        skipped=table.n_rows - len(answered),
        provenance=table.provenance,
        notes=(*table.notes, *notes),
        rounds=rounds,
        first_round=_by_criterion(columns, first, scale, points) if rounds else {},
        last_round=_by_criterion(columns, last, scale, points) if rounds else {},
        regions=regions,
        countries=_countries(table, regions, standing),
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    participant: list[str]
    item: list[str]
    criterion: list[str]
    value: list[float | str | None]
    at: list[int]

    @classmethod
    def of(cls, table: CsvTable) -> "_Columns":
        table.need(PARTICIPANT, ITEM, VALUE)
        has_criterion = table.place(*CRITERION) is not None
        has_time = table.place(*AT) is not None
        rows = table.n_rows
        return cls(
            participant=_names(table, PARTICIPANT),
            item=_names(table, ITEM),
            criterion=_names(table, CRITERION) if has_criterion else [""] * rows,
            value=table.converted(VALUE, _value, code="table.not_a_number", expected=CANNOT_JUDGE),
            at=_times(table) if has_time else [0] * rows,
        )


def _names(table: CsvTable, names: tuple[str, ...]) -> list[str]:
    return table.converted(names, _name, code="table.empty_name", expected=names[0])


def _times(table: CsvTable) -> list[int]:
    return table.converted(AT, _time, code="table.not_a_time", expected="2026-05-14T09:30:00Z")


def _name(text: str) -> str:
    if text.strip().casefold() in MISSING:
        raise NotThisKindError
    return text.strip()


def _value(text: str) -> float | str | None:
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    if bare.casefold() in MISSING:
        return None
    if _NUMBER.fullmatch(bare):
        return float(bare.replace(",", "."))
    if "".join(filter(str.isalpha, bare.casefold())) in _CANNOT:
        return CANNOT_JUDGE
    raise NotThisKindError


def _time(text: str) -> int:
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < 19:  # noqa: PLR2004 - int64
        return int(bare)
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        raise NotThisKindError from None
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000)


def _refuse_cut_end(table: CsvTable) -> None:
    """Refuse a last line without line end whose last field is empty: the file was cut there."""
    if table.text.endswith(("\n", "\r")) or table.columns[-1][-1].strip():
        return
    place = len(table.header) - 1
    code = "table.cut_end"
    line = table.lines([table.n_rows - 1])[0]
    raise RecordError(code, where=table.where(place, line=line))


def _check_scale(table: CsvTable, columns: _Columns, scale: Sequence[float]) -> None:
    points = Ratings.from_rows([], scale=scale).scale
    rows = [
        row
        for row, value in enumerate(columns.value)
        if isinstance(value, float) and value not in points
    ]
    if rows:
        expected = ", ".join(f"{point:g}" for point in points)
        table.refuse(rows, VALUE, code="table.outside_scale", expected=expected)


def _refuse_stray(table: CsvTable, columns: _Columns) -> None:
    """Ask about rare values with a gap to all others: they would silently widen the scale."""
    numbers = [value for value in columns.value if isinstance(value, float)]
    usual = _usual(numbers)
    rows = [
        row
        for row, value in enumerate(columns.value)
        if isinstance(value, float) and usual and not usual[0] <= value <= usual[-1]
    ]
    if rows:
        expected = f"{usual[0]:g} – {usual[-1]:g}"
        table.refuse(rows, VALUE, code="table.stray_value", expected=expected)


def _usual(numbers: list[float]) -> tuple[float, ...]:
    """Return the points that nearly all values lie on, in equal steps; empty if there are none.

    A value at the edge that is only rare is left to the scale: nobody may have chosen it more
    often. Beside whole steps (a slider) nothing is stray.
    """
    counts = Counter(numbers)
    if len(numbers) < LEAST_FOR_STRAY or any(value != int(value) for value in counts):
        return ()
    runs: list[list[float]] = []
    for value in sorted(counts):
        if runs and value - runs[-1][-1] == 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    longest = max(runs, key=lambda run: sum(counts[value] for value in run))
    n_outside = len(numbers) - sum(counts[value] for value in longest)
    is_stray = len(longest) > 1 and 0 < n_outside <= STRAY_SHARE * len(numbers)
    return tuple(longest) if is_stray else ()


def _by_criterion(
    columns: _Columns,
    answered: list[int],
    scale: Sequence[float] | None,
    points: Sequence[float],
) -> dict[str, Ratings]:
    order = tuple(dict.fromkeys(columns.item))
    found: dict[str, list[tuple[str, str, float | str, int]]] = {}
    for row in answered:
        value = columns.value[row]
        answer = 0.0 if value is None else value
        event = (columns.participant[row], columns.item[row], answer, columns.at[row])
        found.setdefault(columns.criterion[row], []).append(event)
    if not found:
        return {"": Ratings.from_rows([], scale=scale, measures=order)}
    return {
        name: replace(
            Ratings.from_rows(events, scale=points if len(points) > 1 else None, measures=order),
            scale_assumed=scale is None,
        )
        for name, events in found.items()
    }


def _common_scale(columns: _Columns, answered: list[int]) -> tuple[float, ...]:
    """One assumed scale for all criteria, so that their distributions can be compared."""
    values = (columns.value[row] for row in answered)
    numbers = [(0, row, value) for row, value in enumerate(values) if isinstance(value, float)]
    return Ratings.from_rows(numbers).scale


# --- rounds -------------------------------------------------------------------------------


def _rounds(table: CsvTable, wanted: Sequence[str] | None, answered: list[int]) -> tuple[str, ...]:
    """Return the first and the last round; empty if there are not two, or if they are groups."""
    is_group = bool(set(ROUND) & {normalised(name) for name in wanted or ()})
    if is_group or table.place(*ROUND) is None:
        return ()
    texts = table.column(*ROUND)
    names = list(dict.fromkeys(text for row in answered if (text := texts[row].strip())))
    if len(names) != N_ROUNDS:
        return ()
    _names(table, ROUND)  # an answer of no round belongs nowhere
    return tuple(sorted(names, key=_round_key) if _tell_order(names) else names)


def _tell_order(names: list[str]) -> bool:
    return all(_NUMBER.fullmatch(name) for name in names) or (
        {name.casefold() for name in names} == {"first", "second"}
    )


def _round_key(name: str) -> tuple[float, str]:
    number = float(name.replace(",", ".")) if _NUMBER.fullmatch(name) else 0.0
    return (number, name.casefold())


def _standing_rows(columns: _Columns, first: list[int], last: list[int]) -> list[int]:
    """Return the rows that count, in their order: the last round replaces, else the first stays."""
    keys = list(zip(columns.participant, columns.item, columns.criterion, strict=True))
    again = {keys[row] for row in last}
    return sorted([*(row for row in first if keys[row] not in again), *last])


def _rows_of_round(
    table: CsvTable, answered: list[int], rounds: tuple[str, ...], place: int
) -> list[int]:
    if not rounds:
        return answered
    texts = table.column(*ROUND)
    return [row for row in answered if texts[row].strip() == rounds[place]]


def _item_texts(table: CsvTable, items: list[str]) -> dict[str, str]:
    if table.place(*ITEM_TEXT) is None:
        return {}
    return dict(zip(items, table.column(*ITEM_TEXT), strict=True))


def _group_columns(
    table: CsvTable,
    columns: _Columns,
    wanted: Sequence[str] | None,
    answered: list[int],
    *,
    has_rounds: bool,
) -> tuple[dict[str, Mapping[str, str | None]], tuple[Note, ...]]:
    if wanted is not None:
        _check_wanted(table, wanted)
        heads = [table.header[table.place(normalised(name)) or 0] for name in wanted]
        return {head: _groups(table, columns, head, answered) for head in heads}, ()
    taken: dict[str, Mapping[str, str | None]] = {}
    left = []
    for head in _spare_heads(table, has_rounds=has_rounds):
        try:
            labels = _groups(table, columns, head, answered)
        except InputError:
            labels = {}
        fits = 2 <= len(set(labels.values())) <= MAX_GROUPS  # noqa: PLR2004 - a split has parts
        if fits:
            taken[head] = labels
        else:
            left.append(head)
    notes = (Note("table.columns_unused", {"columns": ", ".join(left)}),) if left else ()
    return taken, notes


def _spare_heads(table: CsvTable, *, has_rounds: bool) -> list[str]:
    """Return the heads that nothing else was read from."""
    known = [PARTICIPANT, ITEM, CRITERION, VALUE, AT, ITEM_TEXT, ("datetime",)]
    if has_rounds:
        known.append(ROUND)
    used = {table.place(*names) for names in known}
    return [head for place, head in enumerate(table.header) if place not in used]


def _regions(
    table: CsvTable, columns: _Columns, wanted: Sequence[str] | None, answered: list[int]
) -> dict[str, str | None]:
    """Return the region of each participant, however many regions there are."""
    place = table.place(*REGION)
    is_wanted = wanted is None or bool(set(REGION) & {normalised(name) for name in wanted})
    if place is None or not is_wanted:
        return {}
    try:
        return _groups(table, columns, table.header[place], answered)
    except InputError:
        return {}


def _countries(
    table: CsvTable, regions: Mapping[str, str | None], answered: list[int]
) -> dict[str, str] | None:
    """Return the country of each region that has one and only one."""
    if not regions or table.place(*COUNTRY) is None:
        return None
    texts, areas = table.column(*COUNTRY), table.column(*REGION)
    found: dict[str, set[str]] = {}
    for row in answered:
        found.setdefault(areas[row].strip(), set()).add(texts[row].strip())
    return {
        area: next(iter(names))
        for area, names in found.items()
        if len(names) == 1 and "" not in names
    }


def _check_wanted(table: CsvTable, wanted: Sequence[str]) -> None:
    for name in wanted:
        table.column(normalised(name))


def _label(text: str) -> str | None:
    bare = text.strip()
    return None if bare.casefold() in MISSING else bare


def _groups(
    table: CsvTable, columns: _Columns, head: str, answered: list[int]
) -> dict[str, str | None]:
    """Return the group of each participant; two different groups of one are an error."""
    texts = table.column(normalised(head))
    found: dict[str, str | None] = {}
    for row in answered:
        participant, group = columns.participant[row], _label(texts[row])
        if found.setdefault(participant, group) != group:
            place = table.place(normalised(head)) or 0
            code = "table.group_changes"
            raise RecordError(
                code,
                where=table.where(place, line=table.lines([row])[0]),
                found=group or "",
                expected=found[participant] or "",
            )
    return found
