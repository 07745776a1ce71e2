"""Search the directory: words by the database, facets and orders by arrays in memory."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.platform.actors.domain.directory.columns import Columns, Ints, Mask, read_columns
from alpclusters.platform.actors.domain.directory.counting import Narrowing
from alpclusters.platform.actors.domain.directory.expressions import Group, read_groups
from alpclusters.platform.actors.domain.directory.index import State, read_state, refresh_some
from alpclusters.platform.actors.domain.directory.queries import (
    MOST_LETTERS,
    Correction,
    DirectoryQuery,
    DirectoryResult,
    Facet,
    Order,
    Scope,
)
from alpclusters.platform.actors.domain.directory.spelling import (
    correct,
    corrected,
    read_vocabulary,
)
from alpclusters.platform.actors.domain.directory.texts import Ids, texts

# The better, the higher: typed words in the name before other languages before other texts.
ELSEWHERE, NAME_FOREIGN, NAME, NAME_START, NAME_WHOLE = 1, 2, 3, 4, 5
KEPT_ANSWERS: Final = 32


@dataclass(frozen=True)
class Found:
    """Rows that the words leave, and how well each fits; without words all, equally."""

    columns: Columns
    scores: Ints
    groups: Sequence[Group]
    corrections: Sequence[Correction]
    is_settled: bool
    is_simulated: bool = False

    @property
    def mask(self) -> Mask:
        """The rows that fit."""
        return self.scores > 0


def search(query: DirectoryQuery) -> DirectoryResult:
    """Find organisations; one page, with the counts of all facets."""
    found = find(query)
    in_scope = _in_scope(found, query.scope)
    narrowed = Narrowing(found.columns, in_scope, query.chosen, query.today)
    left = narrowed.left()
    counts = narrowed.counts()
    start = max(0, query.page - 1) * query.size
    return DirectoryResult(
        query=replace(query, simulated=found.is_simulated),
        ids=_ordered(found, left, query.order, start, query.size).tolist(),
        total=int(np.count_nonzero(left)),
        facets=counts,
        scopes=_scopes(found, query),
        groups=found.groups,
        corrections=found.corrections,
        n_regionless=_n_regionless(narrowed, counts),
        is_settled=found.is_settled,
    )


def _n_regionless(narrowed: Narrowing, counts: dict[Facet, dict[str, int]]) -> int:
    placed = sum(counts[Facet.REGION].values())
    return int(np.count_nonzero(narrowed.left(but=Facet.REGION))) - placed


def matching_ids(query: DirectoryQuery) -> Ids:
    """Return all organisations that fit, in order: for exports, feeds and maps."""
    found = find(query)
    left = Narrowing(found.columns, _in_scope(found, query.scope), query.chosen, query.today).left()
    return _ordered(found, left, query.order, 0, found.columns.n)


def find(query: DirectoryQuery) -> Found:
    """Look for the words alone, corrected where nobody knows them."""
    state = _settled_state()
    columns = read_columns(state)
    invented = columns.numbers["is_simulated"] > 0
    is_simulated = _is_simulated(query.simulated, invented)
    own = invented == is_simulated
    text = query.text[:MOST_LETTERS]
    groups = read_groups(text, exact=query.exact)
    if not groups:
        return Found(columns, own.astype(np.int64), (), (), not state.has_todo, is_simulated)
    scores = _scored(columns, groups) * own
    corrections: Sequence[Correction] = ()
    if not query.exact and not scores.any():
        corrections = correct(text, groups, read_vocabulary(state))
        if corrections:
            groups = read_groups(corrected(text, corrections), exact=False)
            scores = _scored(columns, groups) * own
    return Found(columns, scores, groups, corrections, not state.has_todo, is_simulated)


def _is_simulated(asked: bool | None, invented: Mask) -> bool:  # noqa: FBT001 - what a query says
    return asked if asked is not None else bool(invented.size and invented.all())


def _settled_state() -> State:
    state = read_state()
    if state.has_todo and refresh_some():
        return read_state()
    return state


def _in_scope(found: Found, scope: Scope) -> Mask:
    return found.mask & found.columns.is_cluster if scope == Scope.CLUSTERS else found.mask


def _scopes(found: Found, query: DirectoryQuery) -> dict[Scope, int]:
    left = Narrowing(found.columns, found.mask, query.chosen, query.today).left()
    clusters = int(np.count_nonzero(left & found.columns.is_cluster))
    return {Scope.CLUSTERS: clusters, Scope.ALL: int(np.count_nonzero(left))}


# --- scores -----------------------------------------------------------------------------------

_answers: OrderedDict[tuple[str, tuple[Group, ...]], Ints] = OrderedDict()


def forget_answers() -> None:
    """Drop remembered answers, for measurements."""
    _answers.clear()


def _scored(columns: Columns, groups: tuple[Group, ...]) -> Ints:
    """Rate all rows, remembering the last few questions: a facet asks for the same words."""
    key = (columns.token, groups)
    found = _answers.get(key)
    if found is None:
        found = _answers[key] = _rate(columns, groups)
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return found


def _rate(columns: Columns, groups: tuple[Group, ...]) -> Ints:
    scores = np.zeros(columns.n, dtype=np.int64)
    database = texts()
    every = [group.ways for group in groups]
    own = [group.own for group in groups]
    scores[columns.rows_of(database.matching(every, in_names=False))] = ELSEWHERE
    if not scores.any():
        return scores
    if any(group.foreign for group in groups):
        scores[columns.rows_of(database.matching(every, in_names=True))] = NAME_FOREIGN
    named = columns.rows_of(database.matching(own, in_names=True))
    scores[named] = NAME
    _rate_starts(columns, groups, named, scores)
    return scores


def _rate_starts(columns: Columns, groups: tuple[Group, ...], named: Ints, scores: Ints) -> None:
    """Lift names that begin with the first word, and those that are the words."""
    starts = tuple(way.needles[0].text for way in groups[0].own)
    whole = {" ".join(n.text for g in groups for n in g.own[i].needles) for i in (0, -1)}
    names = columns.sort_names
    for row in named.tolist():
        if names[row].startswith(starts):
            scores[row] = NAME_WHOLE if names[row] in whole else NAME_START


# --- order ------------------------------------------------------------------------------------


def _ordered(found: Found, left: Mask, order: Order, start: int, size: int) -> Ids:
    """Return one stretch of the ordered hits; rows are in the order of names already."""
    rows = np.flatnonzero(left)
    end = start + size
    keys = _keys(found, rows, order)
    if keys is not None:
        # Equal keys stay in the order of names: the row is the last part of the number.
        combined = keys * np.int64(found.columns.n + 1) + rows
        if end < len(rows):
            first = np.argpartition(combined, end - 1)[:end]
            rows, combined = rows[first], combined[first]
        rows = rows[np.argsort(combined, kind="stable")]
    ids: Ids = found.columns.ids[rows[start:end]]
    return ids


def _keys(found: Found, rows: Ints, order: Order) -> Ints | None:
    """Return numbers of which the small ones come first; None for the order of names."""
    columns = found.columns
    if order == Order.NAME or (order == Order.RELEVANCE and not found.groups):
        return None
    if order == Order.RELEVANCE:
        return -found.scores[rows]
    if order == Order.COUNTRY:
        values = columns.facets[Facet.COUNTRY]
        keys = np.full(columns.n, len(values.names), dtype=np.int64)
        keys[values.rows] = values.codes
        return keys[rows]
    return -columns.numbers[order.value][rows]
