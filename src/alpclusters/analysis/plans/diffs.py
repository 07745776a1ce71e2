"""What changed between two snapshots of a plan, what matters most first, word by word."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, Where

# --- What changed in a text, word by word ---------------------------------------------------------


type PieceKind = Literal["same", "added", "removed"]
TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond so many words frequent ones are no landmarks, or equal words would cost their square.
MANY_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A stretch of text that stayed, came or went.

    Attributes
    ----------
    kind : {'same', 'added', 'removed'}
    text : str
        With its blanks.
    """

    kind: PieceKind
    text: str


def word_diff(old: str, new: str) -> tuple[WordPiece, ...]:
    """Compare two texts word by word.

    Parameters
    ----------
    old, new : str
        Texts of any length.

    Returns
    -------
    tuple of WordPiece
        In reading order, what went before what came. All that is not added gives ``old``, all
        that is not removed gives ``new``, to the letter.

    Notes
    -----
    Python's difflib on words, blanks and signs; blanks alone are no landmarks. Beyond 2,000 words
    frequent words are none either.

    References
    ----------
    .. [1] J. W. Ratcliff, D. E. Metzener, Pattern matching: the gestalt approach,
       Dr. Dobb's Journal 13 (1988), 46.

    Examples
    --------
    >>> [(one.kind, one.text) for one in word_diff("a test bench", "a shared test bench")]
    [('same', 'a '), ('added', 'shared '), ('same', 'test bench')]
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    n_head = shared_length(before, after)
    n_tail = shared_length(before[n_head:][::-1], after[n_head:][::-1])
    pieces = [
        WordPiece("same", "".join(before[:n_head])),
        *_compared(before[n_head : len(before) - n_tail], after[n_head : len(after) - n_tail]),
        WordPiece("same", "".join(before[len(before) - n_tail :])),
    ]
    return _joined([one for one in pieces if one.text])


def shared_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many tokens two sequences share at their start."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def _compared(before: Sequence[str], after: Sequence[str]) -> list[WordPiece]:
    is_long = len(before) + len(after) > MANY_WORDS
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=is_long)
    pieces = []
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(WordPiece("same", "".join(before[start:end])))
            continue
        pieces.append(WordPiece("removed", "".join(before[start:end])))
        pieces.append(WordPiece("added", "".join(after[first:last])))
    return pieces


def _joined(pieces: Sequence[WordPiece]) -> tuple[WordPiece, ...]:
    """Join neighbours of one kind."""
    return tuple(
        WordPiece(kind, "".join(one.text for one in group))
        for kind, group in groupby(pieces, key=lambda one: one.kind)
    )


# --- What changed between two snapshots of a plan, what matters most first ------------------------


type ChangeKind = Literal["added", "removed", "changed"]
type ChangeGroup = Literal["status", "object", "date", "money", "figure", "text"]
ORDER: Final[dict[ChangeGroup, int]] = {
    "status": 0,
    "object": 1,
    "date": 2,
    "money": 3,
    "figure": 4,
    "text": 5,
}
STATUS_FIELDS: Final = frozenset({
    "status", "state", "colour", "shown", "computed", "last_known", "severity", "strength",
    "denominator", "verdict",
})  # fmt: skip
MONEY_FIELDS: Final = frozenset({"currency", "amount", "money", "planned", "granted", "spent"})
ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\S{1,30})?")
TOP: Final = "plan"
NOTHING: Final[tuple[object, ...]] = (None, [], ())


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes
    ----------
    kind : {'added', 'removed', 'changed'}
    thing : str
        Name of the list it stands in, such as ``actions``; ``plan`` for the plan itself.
    uuid : str
        Of the object; empty for the plan.
    code : str
        Of the object, else of the object it belongs to.
    field : str
        Path within the object, such as ``title.de``; empty where the whole object came or went.
    old, new : object
        Before and after; None where there was nothing.
    group : {'status', 'object', 'date', 'money', 'figure', 'text'}
        The kind of content, which orders the changes.
    """

    kind: ChangeKind
    thing: str
    uuid: str
    code: str
    field: str
    old: object
    new: object
    group: ChangeGroup = "text"


@dataclass(frozen=True, slots=True)
class _Object:
    code: str
    fields: Mapping[str, object]
    whole: Mapping[str, object]


type _Key = tuple[str, str]


def diff_snapshots(
    old: Mapping[str, object], new: Mapping[str, object], *, ignore: Collection[str] = ()
) -> tuple[Change, ...]:
    """List what changed between two snapshots of one plan.

    Parameters
    ----------
    old, new : mapping
        Contents as read from JSON. Objects are mappings with a ``uuid`` in a list, at any depth;
        they are matched by list name and uuid, wherever they stand.
    ignore : collection of str
        Names of fields that are left out at every depth, such as ``reasons``.

    Returns
    -------
    tuple of Change
        Status first, then what came and went, dates, money, other figures, texts; within each in
        the order of the new snapshot.

    Raises
    ------
    AnalysisError
        ``plans.not_canonical``: a snapshot is no mapping.

    Notes
    -----
    Linear in the size of both. An object that came or went is one change; what stands in it is
    not listed once more.

    Examples
    --------
    >>> old = {"actions": [{"uuid": "1", "code": "A1", "status": "green", "title": {"de": "x"}}]}
    >>> new = {"actions": [{"uuid": "1", "code": "A1", "status": "red", "title": {"de": "y"}}]}
    >>> [(one.code, one.field, one.old, one.new) for one in diff_snapshots(old, new)]
    [('A1', 'status', 'green', 'red'), ('A1', 'title.de', 'x', 'y')]
    """
    for name, content in (("old", old), ("new", new)):
        if not isinstance(content, Mapping):
            raise AnalysisError("plans.not_canonical", where=Where(argument=name))
    before, after = _objects(old, frozenset(ignore)), _objects(new, frozenset(ignore))
    found = list(_came_and_went(before, after))
    for key, one in after.items():
        if key in before:
            found.extend(_changed_fields(key, before[key], one))
    return tuple(sorted(found, key=lambda change: ORDER[change.group]))


def _objects(content: Mapping[str, object], ignore: frozenset[str]) -> dict[_Key, _Object]:
    """Take a snapshot apart into its objects; parents stand before what is in them."""
    found: dict[_Key, _Object] = {}
    waiting: list[tuple[str, str, Mapping[str, object]]] = [(TOP, "", content)]
    while waiting:
        thing, parent_code, whole = waiting.pop()
        code = str(whole.get("code") or parent_code)
        uuid = "" if thing == TOP and whole is content else str(whole.get("uuid", ""))
        fields: dict[str, object] = {}
        inside = []
        for path, value in _flat(whole, "", ignore):
            if _is_list_of_objects(value):
                name = path.rpartition(".")[2]
                inside += [(name, code, one) for one in value]  # type: ignore[attr-defined]
            else:
                fields[path] = value
        found.setdefault((thing, uuid), _Object(code, fields, whole))
        waiting += reversed(inside)
    return found


def _flat(
    whole: Mapping[str, object], prefix: str, ignore: frozenset[str]
) -> Iterator[tuple[str, object]]:
    for name, value in whole.items():
        if name in ignore or (name == "uuid" and not prefix):
            continue
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.", ignore)
        else:
            yield f"{prefix}{name}", value


def _is_list_of_objects(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(one, Mapping) and "uuid" in one for one in value)
    )


def _came_and_went(
    before: Mapping[_Key, _Object], after: Mapping[_Key, _Object]
) -> Iterator[Change]:
    yield from _unmatched("removed", before, after)
    yield from _unmatched("added", after, before)


def _unmatched(
    kind: ChangeKind, here: Mapping[_Key, _Object], there: Mapping[_Key, _Object]
) -> Iterator[Change]:
    for (thing, uuid), one in here.items():
        if (thing, uuid) in there:
            continue
        old, new = (one.whole, None) if kind == "removed" else (None, one.whole)
        yield Change(kind, thing, uuid, one.code, "", old, new, "object")


def _changed_fields(key: _Key, before: _Object, after: _Object) -> Iterator[Change]:
    for path in {**after.fields, **before.fields}:
        old, new = before.fields.get(path), after.fields.get(path)
        if old == new and type(old) is type(new):
            continue
        # An empty list and no list say the same: its objects came or went and are listed.
        if old in NOTHING and new in NOTHING:
            continue
        yield Change("changed", *key, after.code, path, old, new, _group(path, old, new))


def _group(path: str, old: object, new: object) -> ChangeGroup:
    """Tell what kind of content a field has, by its name and its values."""
    parts = path.split(".")
    names = {parts[0], parts[-1]}
    if names & STATUS_FIELDS:
        return "status"
    values = [one for one in (old, new) if one is not None]
    if values and all(_is_date(one) for one in values):
        return "date"
    if names & MONEY_FIELDS or parts[-1].endswith("_cents"):
        return "money"
    if values and all(isinstance(one, int | float) for one in values):
        return "figure"
    return "text"


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return ISO_DATE.fullmatch(value) is not None
    return isinstance(value, dt.date)
