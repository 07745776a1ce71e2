"""Organisations that are like one: the same sectors and technologies, shared words, a region.

Only what the two share counts, and rare things count more: a word or value that n of N
organisations have weighs log(N / n). Candidates come from shared values and the rarest words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.columns import Columns, Ints, read_columns
from alpclusters.platform.actors.domain.directory.documents import Document, read_documents
from alpclusters.platform.actors.domain.directory.expressions import Needle, Way
from alpclusters.platform.actors.domain.directory.index import read_state
from alpclusters.platform.actors.domain.directory.queries import Facet
from alpclusters.platform.actors.domain.directory.texts import texts
from alpclusters.platform.actors.domain.directory.tokens import tokens
from alpclusters.platform.actors.models import IndexWord

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
