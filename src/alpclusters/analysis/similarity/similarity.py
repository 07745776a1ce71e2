"""Find texts that may say the same, in one language or across several."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.similarity.vectors import Reading, read_text, vectors_of
from alpclusters.analysis.similarity.words import Glossary, Hit, Word, words_of

# --- What the comparison of texts yields: frozen records with their conventions -------------------


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two texts that may say the same; a person decides.

    Attributes
    ----------
    first, second : int
        Positions in the input; ``first`` is the smaller one.
    score : float
        Cosine between 0 and 1.
    concepts : tuple of str
        Concepts of the glossary that both contain, in alphabetical order.
    """

    first: int
    second: int
    score: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    """All pairs above the threshold.

    Attributes
    ----------
    pairs : tuple of SimilarPair
        Highest score first; equal scores by position.
    n_texts : int
        How many texts were compared.
    n_empty : int
        Of them, without a word that says something; they are in no pair.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_texts``, ``one_text``. Limited: ``no_words`` (some texts are empty). For
        information: ``no_glossary`` (only texts of one language can be similar).
    conventions : Conventions
    """

    pairs: tuple[SimilarPair, ...]
    n_texts: int
    n_empty: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return everything as a plain mapping for JSON."""
        return {
            "pairs": [asdict(pair) for pair in self.pairs],
            "n_texts": self.n_texts,
            "n_empty": self.n_empty,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Which words of two texts mean the same.

    Attributes
    ----------
    first, second : tuple of (int, int)
        Start and end of each such word in either text, in order.
    concepts : tuple of str
        What they mean, in alphabetical order.
    reasons : tuple of str
        ``nothing_shared`` if there are none.
    """

    first: tuple[Span, ...]
    second: tuple[Span, ...]
    concepts: tuple[str, ...]
    reasons: tuple[str, ...]


# --- Find texts that may say the same, in one language or across several --------------------------


# Both fixed on the half "dev" of the labelled cards (docs/methods/similarity.md).
THRESHOLD: Final = 0.5
REST_WEIGHT: Final = 0.5
NEIGHBOURS: Final = 20
_BLOCK: Final = 512


def similar_texts(
    texts: Sequence[str],
    *,
    languages: Sequence[str],
    glossary: Glossary | None = None,
    threshold: float = THRESHOLD,
    neighbours: int = NEIGHBOURS,
    rest_weight: float = REST_WEIGHT,
) -> SimilarTexts:
    """Propose pairs of short texts that may say the same; never groups by itself.

    Parameters
    ----------
    texts : sequence of str
        Cards, comments: some ten words each.
    languages : sequence of str
        Language of each text: de, en, fr, it, sl; others have no stop words.
    glossary : Glossary, optional
        Words of several languages by concept; without one only texts of one language are
        similar (``no_glossary``).
    threshold : float, default 0.5
        Least cosine of a proposed pair, above 0 and up to 1.
    neighbours : int, default 20
        A pair is kept if one is among the so many nearest of the other.
    rest_weight : float, default 0.5
        What a word outside the glossary weighs against a rare concept (1).

    Returns
    -------
    SimilarTexts

    Raises
    ------
    ShapeError
        Not one language for each text.
    AnalysisError
        A text that is no str; a threshold or number outside its range.

    Notes
    -----
    Each text is a vector of concepts (each once, weighed by inverse document frequency, the
    rarest 1) and of sequences of three to five letters of the words outside the glossary
    (TF-IDF, length ``rest_weight * sqrt(words)``). O(texts²) in blocks; 2,000 cards take about
    a second.

    References
    ----------
    .. [1] G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval,
       Information Processing & Management 24 (1988), 513-523.

    Examples
    --------
    >>> glossary = Glossary.of({"de": {"förder*": "funding", "regel*": "rule"},
    ...                         "sl": {"financir*": "funding", "pravil*": "rule"}})
    >>> found = similar_texts(
    ...     ["Förderregeln", "pravila financiranja", "ein Messestand"],
    ...     languages=["de", "sl", "de"], glossary=glossary)
    >>> [(pair.first, pair.second, round(pair.score, 2)) for pair in found.pairs]
    [(0, 1, 1.0)]
    """
    _check(texts, languages, threshold, neighbours, rest_weight)
    known = glossary or Glossary()
    readings = [read_text(t, c, known) for t, c in zip(texts, languages, strict=True)]
    vectors = vectors_of(readings, rest_weight=rest_weight) if len(texts) > 1 else None
    scored = [] if vectors is None else _nearest(vectors, threshold, neighbours)
    n_empty = sum(reading.is_empty for reading in readings)
    return SimilarTexts(
        pairs=tuple(_pair(i, j, score, readings) for score, i, j in scored),
        n_texts=len(texts),
        n_empty=n_empty,
        status=_status(len(texts), n_empty),
        reasons=_reasons(len(texts), n_empty, known),
        conventions=_conventions(threshold, neighbours, rest_weight, known),
    )


def shared_words(
    first: str, second: str, *, languages: tuple[str, str], glossary: Glossary
) -> SharedWords:
    """Tell which words of two texts mean the same, to mark them for a reader.

    Parameters
    ----------
    first, second : str
    languages : tuple of (str, str)
        Language of each.
    glossary : Glossary

    Returns
    -------
    SharedWords

    Raises
    ------
    AnalysisError
        A text that is no str.

    Examples
    --------
    >>> glossary = Glossary.of({"de": {"förder*": "funding"}, "sl": {"financir*": "funding"}})
    >>> shared_words("Die Förderung", "brez financiranja", languages=("de", "sl"),
    ...              glossary=glossary)
    SharedWords(first=((4, 13),), second=((5, 17),), concepts=('funding',), reasons=())
    """
    _check_texts([first, second])
    words = [words_of(first), words_of(second)]
    hits = [glossary.hits(w, c) for w, c in zip(words, languages, strict=True)]
    concepts = {hit.concept for hit in hits[0]} & {hit.concept for hit in hits[1]}
    spans = [_spans(w, h, concepts) for w, h in zip(words, hits, strict=True)]
    reasons = () if concepts else ("nothing_shared",)
    return SharedWords(spans[0], spans[1], tuple(sorted(concepts)), reasons)


def _spans(words: Sequence[Word], hits: Sequence[Hit], concepts: set[str]) -> tuple[Span, ...]:
    found = {(words[h.first].start, words[h.last].end) for h in hits if h.concept in concepts}
    return tuple(sorted(found))


def _nearest(vectors: csr_array, threshold: float, neighbours: int) -> list[tuple[float, int, int]]:
    best = {pair for block in _blocks(vectors, threshold, neighbours) for pair in block}
    return sorted(best, key=lambda row: (-row[0], row[1], row[2]))


def _blocks(
    vectors: csr_array, threshold: float, neighbours: int
) -> Iterator[list[tuple[float, int, int]]]:
    n_texts = vectors.shape[0]
    turned = vectors.T.tocsr()
    for start in range(0, n_texts, _BLOCK):
        cosines = (vectors[start : start + _BLOCK] @ turned).toarray()
        # Rounded, so that the order of the sums does not show.
        cosines = np.minimum(np.round(cosines, 6), 1.0)
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = 0.0
        yield [
            pair
            for row, line in enumerate(cosines)
            for pair in _line(start + row, line, threshold, neighbours)
        ]


def _line(
    place: int, cosines: np.ndarray, threshold: float, neighbours: int
) -> list[tuple[float, int, int]]:
    near = np.flatnonzero(cosines >= threshold)
    order = near[np.argsort(-cosines[near], kind="stable")][:neighbours]
    return [(float(cosines[j]), min(place, int(j)), max(place, int(j))) for j in order]


def _pair(i: int, j: int, score: float, readings: Sequence[Reading]) -> SimilarPair:
    shared = readings[i].concepts.keys() & readings[j].concepts.keys()
    return SimilarPair(i, j, score, tuple(sorted(shared)))


def _check(
    texts: Sequence[str],
    languages: Sequence[str],
    threshold: float,
    neighbours: int,
    rest_weight: float,
) -> None:
    if len(texts) != len(languages):
        raise ShapeError(
            "languages.lengths",
            where=Where(argument="languages"),
            found=str(len(languages)),
            expected=str(len(texts)),
        )
    _check_texts(texts)
    _check_range("threshold", threshold, is_in=0 < threshold <= 1)
    _check_range("neighbours", neighbours, is_in=neighbours >= 1)
    _check_range("rest_weight", rest_weight, is_in=rest_weight >= 0)


def _check_texts(texts: Sequence[str]) -> None:
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            code = "similarity.not_a_text"
            raise AnalysisError(code, where=Where(argument="texts", row=row))


def _check_range(name: str, value: float, *, is_in: bool) -> None:
    if not is_in:
        code = "similarity.out_of_range"
        raise AnalysisError(code, where=Where(argument=name), found=str(value))


def _status(n_texts: int, n_empty: int) -> Status:
    if n_texts <= 1:
        return "undefined"
    return "limited" if n_empty else "ok"


def _reasons(n_texts: int, n_empty: int, glossary: Glossary) -> tuple[str, ...]:
    found = {
        "no_texts": n_texts == 0,
        "one_text": n_texts == 1,
        "no_words": n_empty > 0,
        "no_glossary": glossary.n_terms == 0,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _conventions(
    threshold: float, neighbours: int, rest_weight: float, glossary: Glossary
) -> Conventions:
    return Conventions(
        method="similar_texts",
        missing="texts_without_words_left_out",
        ties="by_position",
        thresholds=(
            ("cosine", threshold),
            ("neighbours", float(neighbours)),
            ("rest_weight", rest_weight),
            ("terms", float(glossary.n_terms)),
        ),
    )
