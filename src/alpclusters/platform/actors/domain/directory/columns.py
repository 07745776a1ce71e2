"""The facets and orders of all organisations as arrays, kept in the memory of each process.

A process reads rows that are newer than what it holds. Versions carry a token: one that was
rolled back, or belongs to another database, is never mistaken for one that is there.
"""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, compress
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.index import State
from alpclusters.platform.actors.domain.directory.queries import Facet, Freshness
from alpclusters.platform.actors.domain.sectors import is_sector, section_of
from alpclusters.platform.actors.models import IndexedOrganisation, IndexVersion

type Ints = NDArray[np.int64]
type Mask = NDArray[np.bool_]
type Row = tuple[Any, ...]

FIELDS: Final = (
    "organisation_id", "is_gone", "is_cluster", "is_simulated", "sort_name", "country", "region",
    "ecosystem", "standing", "sectors", "technologies", "labels", "markets", "confirmed",
    "changed", "completeness",
)  # fmt: skip
_AT: Final = {name: place for place, name in enumerate(FIELDS)}
NUMBERS: Final = ("confirmed", "changed", "completeness", "is_simulated")
# More changed rows than these are read with all others.
MOST_MERGED: Final = 2_000
SINGLE: Final = {
    Facet.COUNTRY: "country",
    Facet.REGION: "region",
    Facet.ECOSYSTEM: "ecosystem",
    Facet.STANDING: "standing",
}


@dataclass(frozen=True)
class Values:
    """The values of one facet: pairs of a row and a value, and until when a pair counts.

    ``until`` is None where values do not run out.
    """

    names: tuple[str, ...]
    rows: NDArray[np.int32]
    codes: NDArray[np.int32]
    until: NDArray[np.int32] | None = None

    @property
    def code_of(self) -> dict[str, int]:
        """Where a value stands among the names."""
        return {name: code for code, name in enumerate(self.names)}


@dataclass(frozen=True)
class Columns:
    """All organisations of the index at one version; rows are in the order of their names."""

    version: int
    token: str
    ids: Ints
    is_cluster: Mask
    sort_names: Sequence[str]
    numbers: Mapping[str, Ints]
    facets: Mapping[Facet, Values]
    by_id: tuple[Ints, Ints] = field(repr=False)

    @property
    def n(self) -> int:
        """How many organisations there are."""
        return len(self.ids)

    def is_of(self, state: State) -> bool:
        """Say whether they are those of a state."""
        return (self.version, self.token) == (state.version, state.token)

    def rows_of(self, ids: Ints) -> Ints:
        """Return the rows of organisations; what the columns do not hold is left out."""
        known, rows = self.by_id
        if not len(known):
            return np.empty(0, np.int64)
        places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        found: Ints = rows[places[known[places] == ids]]
        return found


class _Memory:
    """What one process holds."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.columns: Columns | None = None


_memory: Final = _Memory()


def read_columns(state: State) -> Columns:
    """Return the columns at a state of the index, reading only what changed since."""
    held = _memory.columns
    if held and held.is_of(state):
        return held
    with _memory.lock:
        held = _memory.columns
        if not held or not held.is_of(state):
            held = _memory.columns = _newer(held, state)
        return held


def forget() -> None:
    """Drop what this process holds."""
    with _memory.lock:
        _memory.columns = None


def _newer(held: Columns | None, state: State) -> Columns:
    rows = IndexedOrganisation.objects.order_by()
    if held and held.version <= state.version and _is_ancestor(held):
        newer = rows.filter(version__gt=held.version).values_list(*FIELDS)
        changed = list(newer[: MOST_MERGED + 1])
        if len(changed) <= MOST_MERGED:
            return merged(held, changed, state)
    every = rows.filter(is_gone=False).values_list(*FIELDS)
    return build_columns(every.iterator(chunk_size=10_000), state)


def _is_ancestor(held: Columns) -> bool:
    return IndexVersion.objects.filter(version=held.version, token=held.token).exists()


def build_columns(rows: Iterable[Row], state: State) -> Columns:
    """Make the arrays of some rows."""
    ordered = sorted(rows, key=lambda row: (row[_AT["sort_name"]], row[0]))
    by_field = dict(zip(FIELDS, zip(*ordered, strict=True), strict=True)) if ordered else {}
    read = {name: by_field.get(name, ()) for name in FIELDS}
    ids = np.array(read["organisation_id"], dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    return Columns(
        version=state.version,
        token=state.token,
        ids=ids,
        is_cluster=np.array(read["is_cluster"], dtype=np.bool_),
        sort_names=read["sort_name"],
        numbers={name: np.array(read[name], dtype=np.int64) for name in NUMBERS},
        facets=_facets(read),
        by_id=(ids[order], order),
    )


def _facets(read: Mapping[str, Sequence[Any]]) -> dict[Facet, Values]:
    found = {facet: _single(read[name]) for facet, name in SINGLE.items()}
    sectors = [text.split("|") if text else () for text in read["sectors"]]
    found[Facet.SECTOR] = _several([_divisions(codes) for codes in sectors])
    found[Facet.SECTION] = _several([_sections(codes) for codes in sectors])
    found[Facet.TECHNOLOGY] = _several(_split(read["technologies"]))
    found[Facet.MARKET] = _several(_split(read["markets"]))
    found[Facet.LABEL] = _dated(_split(read["labels"]))
    return found


def _split(texts: Iterable[str]) -> list[Sequence[str]]:
    return [text.split("|") if text else () for text in texts]


def _divisions(codes: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(c[:2] for c in codes if c[:2].isdigit())) if codes else ()


def _sections(codes: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(section_of(c) for c in codes if is_sector(c))) if codes else ()


def _single(texts: Sequence[str]) -> Values:
    names = tuple(sorted(set(texts) - {""}))
    code_of = {name: code for code, name in enumerate(names)}
    codes = np.array([code_of.get(text, -1) for text in texts], dtype=np.int32)
    rows = np.flatnonzero(codes >= 0).astype(np.int32)
    return Values(names, rows, codes[rows])


def _several(values: Sequence[Sequence[str]]) -> Values:
    names = tuple(sorted(set(chain.from_iterable(values))))
    code_of = {name: code for code, name in enumerate(names)}
    pairs = [(row, code_of[v]) for row, own in enumerate(values) for v in own]
    table = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Values(names, np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))


def _dated(values: Sequence[Sequence[str]]) -> Values:
    """Read "ecei gold@740000": a value and the last day on which it counts."""
    parted = [[text.rpartition("@") for text in own] for own in values]
    plain = _several([[name for name, _, _ in own] for own in parted])
    until = np.array([int(day) for own in parted for _, _, day in own], dtype=np.int32)
    return Values(plain.names, plain.rows, plain.codes, until)


# --- a few changed rows -------------------------------------------------------------------------


def merged(held: Columns, changed: Sequence[Row], state: State) -> Columns:
    """Put changed rows among those that are held, and take out those that are gone."""
    ids = np.array([row[0] for row in changed], dtype=np.int64)
    stays = ~np.isin(held.ids, ids)
    added = build_columns([row for row in changed if not row[_AT["is_gone"]]], state)
    kept_names = list(compress(held.sort_names, stays.tolist()))
    places = _places(kept_names, held.ids[stays], added)
    kept_to = np.arange(len(kept_names)) + np.searchsorted(
        places, np.arange(len(kept_names)), "right"
    )
    added_to = places + np.arange(added.n)
    moved = np.full(held.n, -1, dtype=np.int64)
    moved[stays] = kept_to
    join = _Join(stays, kept_to, added_to)
    every = join.of(held.ids, added.ids)
    order = np.argsort(every, kind="stable")
    return Columns(
        version=state.version,
        token=state.token,
        ids=every,
        is_cluster=join.of(held.is_cluster, added.is_cluster),
        sort_names=_inserted(kept_names, places, added.sort_names),
        numbers={n: join.of(held.numbers[n], added.numbers[n]) for n in NUMBERS},
        facets={
            facet: _joined(values, added.facets[facet], moved, added_to)
            for facet, values in held.facets.items()
        },
        by_id=(every[order], order),
    )


@dataclass(frozen=True)
class _Join:
    """Where rows that stay and rows that are added come to lie."""

    stays: Mask
    kept_to: Ints
    added_to: Ints

    def of[T: np.generic](self, held: NDArray[T], added: NDArray[T]) -> NDArray[T]:
        """Join one column."""
        whole = np.empty(len(self.kept_to) + len(self.added_to), dtype=held.dtype)
        whole[self.kept_to] = held[self.stays]
        whole[self.added_to] = added
        return whole


def _places(names: Sequence[str], ids: Ints, added: Columns) -> Ints:
    """Return before which kept row each added one stands."""
    pairs = zip(added.sort_names, added.ids.tolist(), strict=True)
    return np.array([_place(names, ids, name, pk) for name, pk in pairs], dtype=np.int64)


def _place(names: Sequence[str], ids: Ints, name: str, pk: int) -> int:
    first, last = bisect_left(names, name), bisect_right(names, name)
    return first + int(np.searchsorted(ids[first:last], pk))


def _inserted(names: Sequence[str], places: Ints, added: Sequence[str]) -> list[str]:
    whole: list[str] = []
    done = 0
    for place, name in zip(places.tolist(), added, strict=True):
        whole += names[done:place]
        whole.append(name)
        done = place
    whole += names[done:]
    return whole


def _joined(held: Values, added: Values, moved: Ints, added_to: Ints) -> Values:
    names = tuple(sorted({*held.names, *added.names}))
    code_of = {name: code for code, name in enumerate(names)}
    stays = moved[held.rows] >= 0
    rows = np.concatenate([moved[held.rows[stays]], added_to[added.rows]]).astype(np.int32)
    codes = np.concatenate([
        _recoded(held.names, code_of)[held.codes[stays]],
        _recoded(added.names, code_of)[added.codes],
    ])  # fmt: skip
    if held.until is None or added.until is None:
        return Values(names, rows, codes)
    return Values(names, rows, codes, np.concatenate([held.until[stays], added.until]))


def _recoded(names: Sequence[str], code_of: Mapping[str, int]) -> NDArray[np.int32]:
    return np.array([code_of[name] for name in names], dtype=np.int32)


# --- Narrow by facets and count what each value would leave ---------------------------------------


DAYS_OF_YEAR: Final = 366
type Chosen = Mapping[Facet, frozenset[str]]


class Narrowing:
    """What the chosen values leave; a facet's own choice is left out of its counts.

    Parameters
    ----------
    columns : Columns
    found : ndarray of bool
        Rows that the words and the scope leave.
    chosen : mapping of Facet to frozenset of str
    today : date
    """

    def __init__(self, columns: Columns, found: Mask, chosen: Chosen, today: date) -> None:
        self._columns = columns
        self._found = found
        self._values = {**columns.facets, Facet.FRESHNESS: freshness(columns, today)}
        self._values[Facet.LABEL] = _valid(columns.facets[Facet.LABEL], today)
        self._fits = {
            facet: self._fit(self._values[facet], wanted)
            for facet, wanted in chosen.items()
            if wanted
        }

    def _fit(self, values: Values, wanted: frozenset[str]) -> Mask:
        takes = np.zeros(len(values.names) + 1, dtype=np.bool_)
        code_of = values.code_of
        for value in wanted & code_of.keys():
            takes[code_of[value]] = True
        fits = np.zeros(self._columns.n, dtype=np.bool_)
        fits[values.rows[takes[values.codes]]] = True
        return fits

    def left(self, *, but: Facet | None = None) -> Mask:
        """Return the rows that fit all choices, or all but one facet's."""
        left = self._found
        for facet, fits in self._fits.items():
            if facet != but:
                left = left & fits
        return left

    def counts(self) -> dict[Facet, dict[str, int]]:
        """Count each facet's values; values without hits are left out."""
        whole = self.left()
        return {
            facet: self._count(
                self._values[facet], self.left(but=facet) if facet in self._fits else whole
            )
            for facet in Facet
        }

    @staticmethod
    def _count(values: Values, left: Mask) -> dict[str, int]:
        n = len(values.names)
        counted = np.bincount(values.codes[left[values.rows]], minlength=n)
        return {values.names[code]: int(counted[code]) for code in np.flatnonzero(counted)}


def freshness(columns: Columns, today: date) -> Values:
    """Sort organisations by when somebody last confirmed them."""
    names = tuple(sorted(Freshness))
    places = {name: code for code, name in enumerate(names)}
    confirmed: Ints = columns.numbers["confirmed"]
    is_new = confirmed >= today.toordinal() - DAYS_OF_YEAR
    old = np.where(confirmed > 0, places[Freshness.OLDER], places[Freshness.NEVER])
    codes = np.where(is_new, places[Freshness.YEAR], old).astype(np.int32)
    return Values(names, np.arange(columns.n, dtype=np.int32), codes)


def _valid(values: Values, today: date) -> Values:
    """Leave out what has run out, and what is the same twice on one organisation."""
    if values.until is None or not len(values.rows):
        return values
    counts = (values.until == 0) | (values.until >= today.toordinal())
    pairs = np.unique(np.stack([values.rows[counts], values.codes[counts]], axis=1), axis=0)
    return Values(values.names, pairs[:, 0], pairs[:, 1])
