"""The words of a text, folded, without stop words, and those that mean the same concept."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final, Self

from alpclusters.analysis.errors import AnalysisError, Where

# --- Words that say nothing by themselves, folded: a file for each language in ``stopwords`` ------


STOP_WORDS: Final = {
    file.name.removesuffix(".txt"): frozenset(file.read_text(encoding="utf-8").split())
    for file in files(__package__).joinpath("stopwords").iterdir()
    if file.name.endswith(".txt")
}


# --- The words of a text, folded: small letters, no accents, each with its place ------------------


_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in the text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text in their order; an apostrophe and a hyphen part words."""
    return [Word(fold_word(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Write a word in small letters without accents.

    Examples
    --------
    >>> fold_word("Förderregeln"), fold_word("čez"), fold_word("œuvre")
    ('forderregeln', 'cez', 'oeuvre')
    """
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


def is_stop_word(word: str, language: str) -> bool:
    """Say whether a folded word says nothing by itself in a language."""
    return len(word) == 1 or word in STOP_WORDS.get(language, frozenset())


# --- Words of several languages that mean the same concept ----------------------------------------


OPEN_END: Final = "*"
# A known word at the end of a compound: shorter ones are found by chance.
_SHORTEST_HEAD: Final = 4
_SHORTEST_OPEN_HEAD: Final = 5
COMPOUNDING: Final = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its words, each whole or open at its end, and what it means."""

    stems: tuple[str, ...]
    is_open: tuple[bool, ...]
    concept: str

    @property
    def weight(self) -> tuple[int, int]:
        """How exact it is: more words first, then more letters."""
        return len(self.stems), sum(map(len, self.stems))

    def fits(self, words: Sequence[str]) -> bool:
        """Say whether it begins at the first of these words."""
        if len(words) < len(self.stems):
            return False
        pairs = zip(words, self.stems, self.is_open, strict=False)
        return all(w.startswith(s) if is_open else w == s for w, s, is_open in pairs)


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept in a text, and which of its words say so."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms by language; made with `Glossary.of`, empty without an argument.

    Attributes
    ----------
    terms : mapping of str to mapping of str to tuple of Term
        By language and by the first stem of the term.
    n_terms : int
        How many terms there are in all languages.
    """

    terms: Mapping[str, Mapping[str, tuple[Term, ...]]] = field(default_factory=dict)
    n_terms: int = 0

    @classmethod
    def of(cls, entries: Mapping[str, Mapping[str, str]]) -> Self:
        """Build a glossary.

        Parameters
        ----------
        entries : mapping of str to mapping of str to str
            Language -> term -> concept. A term is one or more words; a word that ends with
            ``*`` also stands for all words that begin so (``förder*``).

        Examples
        --------
        >>> glossary = Glossary.of({"de": {"förder*": "funding", "über die grenze": "border"}})
        >>> [hit.concept for hit in glossary.hits(words_of("Förderung über die Grenze"), "de")]
        ['funding', 'border']
        """
        terms = {language: _indexed(by_term) for language, by_term in entries.items()}
        return cls(terms, sum(len(by_term) for by_term in entries.values()))

    def hits(self, words: Sequence[Word], language: str) -> list[Hit]:
        """Return the concepts of a text, from the left, the longest term first."""
        found: list[Hit] = []
        texts = [word.text for word in words]
        place = 0
        while place < len(texts):
            term = self._longest(texts[place:], language)
            last = place + (len(term.stems) if term else 1) - 1
            if term:
                found.append(Hit(term.concept, place, last))
            if last == place:
                found += self._heads(texts[place], term, place, language)
            place = last + 1
        return found

    def _longest(self, texts: Sequence[str], language: str) -> Term | None:
        candidates = self._beginning(texts[0], language)
        fitting = (term for term in candidates if term.fits(texts))
        return max(fitting, key=lambda term: term.weight, default=None)

    def _beginning(self, text: str, language: str) -> Iterator[Term]:
        by_stem = self.terms.get(language, {})
        for end in range(len(text), 0, -1):
            yield from by_stem.get(text[:end], ())

    def _heads(self, text: str, term: Term | None, place: int, language: str) -> list[Hit]:
        """Find a known word at the end of a compound, as in Förderregeln."""
        if language not in COMPOUNDING:
            return []
        begin = len(term.stems[0]) if term else _SHORTEST_HEAD
        for start in range(begin, len(text) - _SHORTEST_HEAD + 1):
            head = self._longest([text[start:]], language)
            if head and len(head.stems[0]) >= _shortest(head):
                return [Hit(head.concept, place, place)]
        return []


def _shortest(term: Term) -> int:
    return _SHORTEST_OPEN_HEAD if term.is_open[0] else _SHORTEST_HEAD


def _indexed(by_term: Mapping[str, str]) -> dict[str, tuple[Term, ...]]:
    index: dict[str, list[Term]] = {}
    for text, concept in by_term.items():
        term = _term(text, concept)
        index.setdefault(term.stems[0], []).append(term)
    return {stem: tuple(terms) for stem, terms in index.items()}


def _term(text: str, concept: str) -> Term:
    parts = [(word, part.endswith(OPEN_END)) for part in text.split() for word in words_of(part)]
    if not parts or not concept:
        code = "similarity.empty_term"
        raise AnalysisError(code, where=Where(argument="glossary"), found=text)
    return Term(tuple(w.text for w, _ in parts), tuple(is_open for _, is_open in parts), concept)
