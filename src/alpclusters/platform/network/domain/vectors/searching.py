"""Find the texts that are nearest to a question, and how near each one is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.matching.nearest import RERANKED, VectorIndex, nearest
from alpclusters.platform.network.domain.vectors.centring import Strings
from alpclusters.platform.network.domain.vectors.model import Encoder, Rows, stamp_of
from alpclusters.platform.network.domain.vectors.store import StoredVectors
from alpclusters.platform.network.domain.vectors.texts import Kind, Text, comparable

type Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One id that is near, in the language of its nearest text."""

    id: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class Near:
    """How near each id of one kind is; its best text counts.

    Attributes
    ----------
    ids : array of shape (n_ids,), str
        In their order.
    languages : array of shape (n_ids,), str
        Of the text that is nearest.
    scores : array of shape (n_ids,), float32
        Cosines of centred vectors: only their order means something. Never shown as per cent.
    """

    ids: Strings
    languages: Strings
    scores: Scores

    def best(self, most: int, *, allowed: Collection[str] | None = None) -> list[int]:
        """Return the places of the nearest ids: highest score first, equal ones by id.

        Parameters
        ----------
        most : int
        allowed : collection of str, optional
            Ids among which to look; all by default.
        """
        scores = self.scores.copy()
        if allowed is not None:
            scores[~_is_among(self.ids, allowed)] = -np.inf
        n_left = int(np.count_nonzero(scores > -np.inf))
        most = min(most, n_left)
        if most == 0:
            return []
        # All that are as near as the last one wanted, so that ids decide among equals.
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        places = np.flatnonzero(scores >= least)
        return [int(p) for p in places[np.lexsort((places, -scores[places]))][:most]]


def ask(vectors: StoredVectors, texts: Sequence[Text], *, kind: Kind, encoder: Encoder) -> Near:
    """Tell how near every id of a kind is to somebody's texts.

    Parameters
    ----------
    vectors : StoredVectors
    texts : sequence of Text
        What is asked: one text, or one in each of several languages; the nearest one counts.
    kind : Kind
        Among which texts to look.
    encoder : Encoder
        ``for_one`` of `choose_encoder`, of the same stamp as the vectors.

    Raises
    ------
    StateError
        The vectors were made by another encoder.
    """
    asked = comparable(texts).values()
    rows = [place_text(vectors, text, encoder=encoder) for text in asked]
    return near_rows(vectors, rows, kind=kind)


def place_text(vectors: StoredVectors, text: Text, *, encoder: Encoder) -> Rows:
    """Encode a text that is not stored, and make it comparable.

    Raises
    ------
    StateError
        The vectors were made by another encoder.
    """
    if stamp_of(encoder) != vectors.stamp:
        raise StateError("network.other_encoder", found=encoder.name, expected=vectors.stamp.name)
    encode = encoder.encode_queries if text.kind.is_asked else encoder.encode_passages
    return vectors.space.place(encode([encoder.phrase(text)]), [text.kind], [text.language])


def resemble(vectors: StoredVectors, of: str, *, kind: Kind, among: Kind) -> Near:
    """Tell how near every id of a kind is to the stored texts of one id; encodes nothing.

    Parameters
    ----------
    vectors : StoredVectors
    of : str
        Whose texts ask; it is not left out of the answer.
    kind : Kind
        Which of its texts ask.
    among : Kind
        Among which texts to look.
    """
    asking = vectors.slice_of(kind)
    places = asking.start + np.flatnonzero(vectors.ids[asking] == of)
    return near_rows(vectors, [vectors.rows[[place]] for place in places], kind=among)


def find_nearest(
    vectors: StoredVectors,
    row: Rows,
    *,
    kind: Kind,
    most: int,
    allowed: Collection[str] | None = None,
) -> list[Hit]:
    """Find the nearest ids of a kind, without telling how near all others are.

    Exact: where the index cannot prove that nobody is nearer, all products are taken.

    Parameters
    ----------
    vectors : StoredVectors
    row : array or csr_array of shape (1, dim)
        Comparable already: of ``vectors.rows``, or of `place_text`.
    kind : Kind
    most : int
        How many ids.
    allowed : collection of str, optional
        Ids among which to look; all by default.

    Returns
    -------
    list of Hit
        Highest score first; equal ones by id.
    """
    if most < 1:
        return []
    mask = _rows_of(vectors, kind, allowed)
    n_allowed = int(np.count_nonzero(mask))
    wanted = min(2 * most, n_allowed)
    while vectors.index is not None and wanted:
        hits = _nearest_ids(vectors.index, vectors, row, mask, wanted)
        if hits is None:
            break
        # Several languages of one id take places of others: look further.
        if len(hits) > most or wanted == n_allowed:
            return hits[:most]
        wanted = min(4 * wanted, n_allowed)
    near = near_rows(vectors, [row], kind=kind)
    places = near.best(most, allowed=allowed)
    return [_hit(near.ids[p], near.languages[p], near.scores[p]) for p in places]


def near_rows(vectors: StoredVectors, asked: Sequence[Rows], *, kind: Kind) -> Near:
    """Tell how near every id of a kind is to rows that are comparable already.

    Without a row that asks, or without a text of the kind, nobody is near.
    """
    part = vectors.slice_of(kind)
    of = np.asarray(vectors.of[part])
    if not asked or not len(of):
        nobody = np.zeros(0, str)
        return Near(nobody, nobody, np.zeros(0, np.float32))
    scores = np.max([_product(vectors, part, row) for row in asked], axis=0)
    best = np.full(len(vectors.named), -np.inf, np.float32)
    np.maximum.at(best, of, scores)
    there = np.flatnonzero(np.isfinite(best))
    text = np.zeros(len(vectors.named), np.intp)
    # From the last to the first, so that of equal texts the first one stays.
    nearest = np.flatnonzero(scores == best[of])[::-1]
    text[of[nearest]] = nearest
    return Near(vectors.named[there], vectors.languages[part][text[there]], best[there])


def _nearest_ids(
    index: VectorIndex, vectors: StoredVectors, row: Rows, mask: NDArray[np.bool_], wanted: int
) -> list[Hit] | None:
    """Return the ids of the nearest rows, each once; None where the index is not certain."""
    found = nearest(index, np.asarray(row)[0], wanted, allowed=mask, rerank=max(RERANKED, wanted))
    if not found.is_certain:
        return None
    hits: dict[str, Hit] = {}
    for place, score in zip(found.rows, found.scores, strict=True):
        hit = _hit(vectors.ids[place], vectors.languages[place], score)
        hits.setdefault(hit.id, hit)
    return sorted(hits.values(), key=lambda hit: (-hit.score, hit.id))


def _rows_of(
    vectors: StoredVectors, kind: Kind, allowed: Collection[str] | None
) -> NDArray[np.bool_]:
    mask = np.zeros(vectors.n_texts, bool)
    part = vectors.slice_of(kind)
    mask[part] = True
    if allowed is not None:
        mask[part] = _is_among(vectors.named, allowed)[vectors.of[part]]
    return mask


def _hit(of: str, language: str, score: float) -> Hit:
    return Hit(str(of), str(language), float(score))


def _is_among(ids: Strings, wanted: Collection[str]) -> NDArray[np.bool_]:
    """Say which of the sorted ids are wanted; looking up a few beats sorting all."""
    is_among = np.zeros(len(ids), bool)
    looked_up = np.array(sorted(wanted), str)
    places = np.searchsorted(ids, looked_up)
    is_there = places < len(ids)
    places, looked_up = places[is_there], looked_up[is_there]
    is_among[places[ids[places] == looked_up]] = True
    return is_among


def _product(vectors: StoredVectors, part: slice, row: Rows) -> Scores:
    """Return the cosines of a part of the rows with one row."""
    if vectors.columns is not None:
        asked = csr_array(row)
        # A hundred columns of a million: all rows need not be touched.
        product = vectors.columns[:, asked.indices] @ asked.data
        return np.asarray(product, np.float32)[part]
    dense: Scores = np.asarray(vectors.rows[part]) @ np.asarray(row)[0]
    return dense
