"""Search the directory: words by the database, facets and orders by arrays in memory."""

import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.columns import (
    Columns,
    Ints,
    Mask,
    Narrowing,
    read_columns,
)
from alpclusters.platform.actors.domain.directory.documents import Document, read_documents, tokens
from alpclusters.platform.actors.domain.directory.index import State, read_state, refresh_some
from alpclusters.platform.actors.domain.directory.queries import (
    MOST_LETTERS,
    Correction,
    DirectoryQuery,
    DirectoryResult,
    Facet,
    Group,
    Needle,
    Order,
    Scope,
    Way,
    read_groups,
)
from alpclusters.platform.actors.domain.directory.spelling import (
    correct,
    corrected,
    read_vocabulary,
)
from alpclusters.platform.actors.domain.directory.texts import Ids, texts
from alpclusters.platform.actors.models import IndexWord

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


# --- Organisations that are like one: the same sectors and technologies, shared words, a region
#
# Only what the two share counts, and rare things count more: a word or value that n of N
# organisations have weighs log(N / n). Candidates come from shared values and the rarest words.


# How much one shared value of each kind counts, before its rarity.
WEIGHTS: Final = {
    Facet.SECTOR: 1.0,
    Facet.TECHNOLOGY: 1.0,
    Facet.ECOSYSTEM: 0.6,
    Facet.MARKET: 0.2,
    Facet.REGION: 0.3,
    Facet.COUNTRY: 0.1,
}
WORD_WEIGHT: Final = 0.5
# A region or country alone makes nobody alike.
SUBJECTS: Final = frozenset({Facet.SECTOR, Facet.TECHNOLOGY, Facet.ECOSYSTEM})
MOST_WORDS: Final = 6
MOST_REASONS: Final = 6
COMMON_SHARE: Final = 0.05
_SHORTEST: Final = 4


class ReasonKind(StrEnum):
    """What two organisations share."""

    SECTOR = "sector"
    TECHNOLOGY = "technology"
    ECOSYSTEM = "ecosystem"
    MARKET = "market"
    REGION = "region"
    COUNTRY = "country"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Reason:
    """A shared value, as a code (`names.value_name` has its words) or as a folded word."""

    kind: ReasonKind
    value: str


class Similar(NamedTuple):
    """An organisation that is like another."""

    organisation_id: int
    score: float
    reasons: tuple[Reason, ...]


type Floats = NDArray[np.float64]
type Part = tuple[Reason, float, Ints]


def similar_organisations(organisation_id: int, limit: int = 6) -> list[Similar]:
    """Return the cluster organisations most like one, the best first, with what they share.

    Parameters
    ----------
    organisation_id : int
        Of an organisation that is in the directory; nothing is like one that is not.
    limit : int
        How many at most.
    """
    columns = read_columns(read_state())
    rows = columns.rows_of(np.array([organisation_id], dtype=np.int64))
    if not len(rows):
        return []
    own = int(rows[0])
    parts = [*_shared_values(columns, own), *_shared_words(columns, organisation_id)]
    scores = _scores(columns, parts, own)
    return [
        Similar(
            int(columns.ids[row]), round(float(scores[row]), 3), _reasons(_shared_by(parts, row))
        )
        for row in _best(scores, limit).tolist()
    ]


def _scores(columns: Columns, parts: Iterable[Part], own: int) -> Floats:
    """Add up what others share with one; who shares no subject and no word has none."""
    scores = np.zeros(columns.n)
    is_candidate = np.zeros(columns.n, dtype=np.bool_)
    for reason, weight, rows in parts:
        scores[rows] += weight
        if reason.kind == ReasonKind.WORD or Facet(reason.kind.value) in SUBJECTS:
            is_candidate[rows] = True
    scores[~is_candidate | ~columns.is_cluster] = 0
    scores[own] = 0
    return scores


def _shared_by(parts: Iterable[Part], row: int) -> list[tuple[float, Reason]]:
    return [(weight, reason) for reason, weight, rows in parts if row in rows]


def _reasons(weighed: Iterable[tuple[float, Reason]]) -> tuple[Reason, ...]:
    ordered = sorted(weighed, key=lambda pair: (-pair[0], pair[1].kind, pair[1].value))
    return tuple(reason for _, reason in ordered[:MOST_REASONS])


def _best(scores: Floats, limit: int) -> Ints:
    """Return the rows with the highest scores; equal ones in the order of names."""
    n = min(limit, int(np.count_nonzero(scores)))
    if n == 0:
        return np.empty(0, np.int64)
    least = np.partition(scores, -n)[-n]
    rows = np.flatnonzero(scores >= least)
    return rows[np.lexsort((rows, -scores[rows]))][:n]


def _shared_values(columns: Columns, row: int) -> list[Part]:
    found = []
    for facet, weight in WEIGHTS.items():
        values = columns.facets[facet]
        for code in np.unique(values.codes[values.rows == row]).tolist():
            own = values.rows[values.codes == code].astype(np.int64)
            reason = Reason(ReasonKind(facet.value), values.names[code])
            found.append((reason, weight * _rarity(len(own), columns.n), own))
    return found


def _shared_words(columns: Columns, organisation_id: int) -> list[Part]:
    documents = read_documents([organisation_id])
    if not documents:
        return []
    database = texts()
    found = []
    for word, n in _rare_words(documents[0], columns.n):
        way = Way((Needle(word, is_prefix=False),), word)
        own = columns.rows_of(database.matching([[way]], in_names=False))
        reason = Reason(ReasonKind.WORD, word)
        found.append((reason, WORD_WEIGHT * _rarity(n, columns.n), own))
    return found


def _rare_words(document: Document, n_all: int) -> Sequence[tuple[str, int]]:
    """Return its words that few others have, but at least one."""
    own = tokens(*document.names, *document.summary, document.subjects[0])
    long = [word for word in own if len(word) >= _SHORTEST and word.isalpha()]
    most = max(2, n_all * COMMON_SHARE)
    counts = IndexWord.objects.filter(word__in=long, n__gte=2, n__lte=most).order_by("n", "word")
    return list(counts.values_list("word", "n")[:MOST_WORDS])


def _rarity(n: int, n_all: int) -> float:
    return math.log((n_all + 1) / max(1, n))
