"""Bring names of organisations to one form: legal forms, accents, words of five languages.

Names are only compared in this form; what people read stays as it was written. Facts about words
(legal forms, head words, places) stand in ``seeds/name_words.csv``.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from alpclusters.platform.seed_rows import read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
LONGEST_FORM: Final = 5  # words of a legal form or a place
SHORTEST_PART: Final = 3  # letters before "cluster" in a compound
LONGEST_ACRONYM: Final = 6
COMPOUNDS: Final = ("cluster", "netzwerk")

_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "’": "'", "‘": "'"}
)
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_INITIALS: Final = re.compile(r"(?<!\w)(?:\w\.\s?){2,}")
_BLANKS: Final = re.compile(r"[^\w&]+|_+")
_UMLAUTS: Final = re.compile(r"([aou])e")


@dataclass(frozen=True, slots=True)
class NormalName:
    """A name as it is compared.

    Attributes
    ----------
    text : str
        The tokens in alphabetical order, blanks between them.
    tokens : tuple of str
        Words in their order, without legal form and stop words.
    legal_form : str
        The legal form that stood at the end, in its common spelling; empty without one.
    acronyms : frozenset of str
        Tokens that were written in capitals among others that were not.
    """

    text: str
    tokens: tuple[str, ...]
    legal_form: str
    acronyms: frozenset[str]


def normalise(name: str, country: str = "") -> NormalName:
    """Return a name in the form in which it is compared.

    Parameters
    ----------
    name : str
        As somebody wrote it.
    country : str, default ""
        Where the body is: some words name a place only there (Monaco, in Germany, is Munich).

    Examples
    --------
    >>> normalise("Univerza v Ljubljani").text
    'ljubljana university'
    >>> normalise("Veneto Innovazione S.p.A.").legal_form
    'spa'
    >>> normalise("AG Holz").tokens, normalise("Holz AG").tokens
    (('ag', 'holz'), ('holz',))
    >>> normalise("Politecnico di Monaco", "DE").text, normalise("Ville de Monaco").text
    ('munich polytechnic', 'city monaco')
    """
    return _normalised(name, country if country in _countries_of_places() else "")


@lru_cache(maxsize=200_000)
def _normalised(name: str, country: str) -> NormalName:
    words, legal_form = _without_legal_form(_words(name))
    stops = word_set("stop")
    kept = [w for w in words if w not in stops] or words[-1:]
    tokens = _places(_heads(_collapsed(_apart(kept))), country)
    return NormalName(
        " ".join(sorted(tokens)), tuple(tokens), legal_form, _acronyms(name) & frozenset(tokens)
    )


@cache
def word_set(kind: str) -> frozenset[str]:
    """Return the words of one kind as they stand in normalised names."""
    return frozenset(form for _word, form in _forms(kind))


def fold_name(text: str) -> str:
    """Return a text in small letters without accents.

    Examples
    --------
    >>> fold_name("Žužemberk"), fold_name("Straße")
    ('zuzemberk', 'strasse')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _words(name: str) -> list[str]:
    text = fold_name(name)
    text = _BRACKETS.sub(" ", text) if _BRACKETS.sub("", text).strip() else text
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    text = _BLANKS.sub(" ", text).strip()
    return text.split() or [text]


def _without_legal_form(words: list[str]) -> tuple[list[str], str]:
    """Strip legal forms from the end, as many as there are; one word always stays."""
    common = _legal_forms()
    legal_form = ""
    while length := _length_of_form(words, common):
        legal_form = common["".join(words[-length:])]
        words = words[:-length]
    return words, legal_form


def _length_of_form(words: Sequence[str], common: dict[str, str]) -> int:
    for length in range(min(LONGEST_FORM, len(words) - 1), 0, -1):
        if "".join(words[-length:]) in common:
            return length
    return 0


def _apart(words: Iterable[str]) -> list[str]:
    """Take compounds such as Mechatronikcluster apart."""
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    for end in COMPOUNDS:
        if word.endswith(end) and len(word) - len(end) >= SHORTEST_PART:
            return [word.removesuffix(end), end]
        if word.startswith(end) and len(word) - len(end) > SHORTEST_PART:
            return [end, word.removeprefix(end)]
    return [word]


def _collapsed(words: Iterable[str]) -> list[str]:
    """Write ä, ae and a alike, on both sides of a comparison."""
    return [_UMLAUTS.sub(r"\1", word) for word in words]


def _heads(words: Iterable[str]) -> list[str]:
    known = _head_words()
    return [known.get(word, word) for word in words]


def _places(words: list[str], country: str) -> list[str]:
    """Give places of several names the one they are compared by."""
    known = _place_names(country)
    found: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(3, 0, -1) if tuple(words[at : at + n]) in known), 0)
        found.append(known[tuple(words[at : at + length])] if length else words[at])
        at += length or 1
    return found


def _acronyms(name: str) -> frozenset[str]:
    if name.isupper():
        return frozenset()
    words = re.findall(r"\w+", name)
    short = [w for w in words if w.isupper() and 1 < len(w) <= LONGEST_ACRONYM and w.isalpha()]
    return frozenset(_collapsed(fold_name(word) for word in short))


@cache
def _rows(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = read_rows(SEEDS / "name_words.csv")
    return tuple((r["word"], tuple(r["forms"].split("|"))) for r in rows if r["kind"] == kind)


@cache
def _forms(kind: str) -> tuple[tuple[str, str], ...]:
    """Pairs of common word and form; stop words stay as written, all else goes through the mill."""
    rows = _rows(kind)
    if kind in {"stop", "shared_host"}:
        return tuple((word, form) for word, forms in rows for form in forms)
    if kind == "head":
        return tuple((w, f) for w, forms in rows for f in _collapsed([w, *forms]))
    if kind == "place":
        return tuple((word.replace(" ", ""), word.replace(" ", "")) for word, _forms in rows)
    return tuple((w, f) for w, forms in rows for f in _heads(_collapsed(forms)))


@cache
def _legal_forms() -> dict[str, str]:
    rows = _rows("legal_form")
    return {form.replace(" ", ""): word for word, forms in rows for form in (word, *forms)}


@cache
def _head_words() -> dict[str, str]:
    return {form: word for word, form in _forms("head")}


@cache
def _countries_of_places() -> frozenset[str]:
    """Countries in which a word names a place that it does not name elsewhere."""
    kinds = {row["kind"] for row in read_rows(SEEDS / "name_words.csv")}
    return frozenset(kind.removeprefix("place_") for kind in kinds if kind.startswith("place_"))


@cache
def _place_names(country: str) -> dict[tuple[str, ...], str]:
    stops = word_set("stop")
    known: dict[tuple[str, ...], str] = {}
    for word, forms in (*_rows("place"), *(_rows(f"place_{country}") if country else ())):
        for form in (word, *forms):
            words = _heads(_collapsed(w for w in fold_name(form).split() if w not in stops))
            known[tuple(words)] = word.replace(" ", "")
    return known
