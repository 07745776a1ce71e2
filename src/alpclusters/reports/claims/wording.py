"""Sentences about results: said from one place, and found again in what is published.

A wording is registered under a key. `say` fills it in, `find` reads it back out of a text, so that
a check can ask of every sentence on a page whether the stored result still carries it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer

_PLACE: Final = re.compile(r"%\((?P<name>\w+)\)s")
_NAME: Final = r"\S.*?"
_NUMBER: Final = r"[−+]?\d+(?:[., ]\d{3})*(?:[.,]\d+)?"
_VALUES: Final = {
    "n": rf"(?:n = )?{_NUMBER}",
    "share": rf"{_NUMBER}(?: ?%)?",
    "here": rf"{_NUMBER}(?: ?%)?",
    "value": rf"{_NUMBER}(?: ?%)?",
    "interval": r"[\d.,–−% \w]+?",
    **dict.fromkeys(("k", "all", "mean", "known", "lasting", "supporting"), _NUMBER),
    **dict.fromkeys(("gamma", "threshold", "effective"), _NUMBER),
    **dict.fromkeys(("families", "against", "mixed", "change"), _NUMBER),
}
_SPACES: Final = re.compile(r"\s+")
_TELLING: Final = 15  # letters
_COUNTS: Final = (0, 1, 2, 3, 5, 1_000_000)
"""Numbers that between them take every plural form of the five languages."""

type _Form = tuple[tuple[str, ...], re.Pattern[str]]

KINDS: dict[str, "Wording"] = {}
"""All sentences about results by key; the modules beside this one fill it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that a result carries.

    Attributes
    ----------
    kind : str
        Key of its wording.
    text : str
        As it stands on the page, in one language.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind of sentence.

    Attributes
    ----------
    kind : str
    one, many : str
        The English text with its places; ``many`` is empty where nothing is counted.
    count : str
        The place whose number decides between both.
    options : mapping of str to tuple of str
        Of a place that takes one of some texts only: these, in English.
    """

    kind: str
    one: str
    many: str = ""
    count: str = "n"
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_telling(self) -> bool:
        """Say whether enough of it is fixed to know it by chance nowhere else."""
        return bool(self.options) or len(_PLACE.sub("", self.one)) >= _TELLING

    def say(self, language: str, **values: str | int) -> str:
        """Return the sentence; whole numbers are written as the language writes them."""
        text = translator(language)
        counted = values.get(self.count, 0)
        number = counted if isinstance(counted, int) else 0
        words = text.ngettext(self.one, self.many, number) if self.many else text.gettext(self.one)
        return words % {name: _shown(value, language) for name, value in values.items()}

    def claim(self, language: str, **values: str | int) -> Claim:
        """Return the sentence with its kind."""
        return Claim(self.kind, self.say(language, **values))


def register(
    kind: str,
    words: str | tuple[str, str],
    *,
    count: str = "n",
    options: Mapping[str, tuple[str, ...]] | None = None,
) -> Wording:
    """Add a kind of sentence.

    Parameters
    ----------
    kind : str
        ``subject.what``, in English, for ever.
    words : str or (str, str)
        From ``gettext_noop`` or ``ngettext_noop``.
    count : str
        The place that is counted.
    options : mapping of str to tuple of str, optional
        Of a place that takes one of some texts only: these, from ``gettext_noop``.
    """
    one, many = words if isinstance(words, tuple) else (words, "")
    KINDS[kind] = Wording(kind, one, many, count, options or {})
    return KINDS[kind]


@lru_cache(maxsize=20_000)
def find(text: str, language: str) -> tuple[Claim, ...]:
    """Return the sentences about results in one paragraph, heading or caption.

    A sentence begins where the text does, or after the end of another one, or after a label
    ("Effect: ...").
    """
    line = normal(text)
    return tuple(
        Claim(kind, match.group("claim"))
        for kind, forms in _patterns(language).items()
        for fixed, pattern in forms
        if all(words in line for words in fixed)
        for match in pattern.finditer(line)
    )


def normal(text: str) -> str:
    """Return a text as it is compared: every run of white space is one space."""
    return _SPACES.sub(" ", text).strip()


def texts_of(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Return the sentences that a result carries, by kind, as they are compared."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        found.setdefault(claim.kind, set()).add(normal(claim.text))
    return found


def _shown(value: str | int, language: str) -> str:
    return format_integer(value, language) if isinstance(value, int) else value


@cache
def _patterns(language: str) -> dict[str, tuple[_Form, ...]]:
    return {
        kind: tuple(
            _pattern(words, _options(wording, language))
            for words in sorted(_forms(wording, language))
        )
        for kind, wording in KINDS.items()
    }


def _forms(wording: Wording, language: str) -> set[str]:
    text = translator(language)
    if not wording.many:
        return {text.gettext(wording.one)}
    return {text.ngettext(wording.one, wording.many, n) for n in _COUNTS}


def _options(wording: Wording, language: str) -> dict[str, str]:
    """Return what finds each place that takes one of some texts only."""
    text = translator(language)
    return {
        place: "(?:" + "|".join(re.escape(normal(text.gettext(one))) for one in texts) + ")"
        for place, texts in wording.options.items()
    }


def _pattern(words: str, options: Mapping[str, str]) -> _Form:
    """Turn a sentence with places into what finds it, after its fixed words were seen."""
    parts, end = [], 0
    line = normal(words).replace("%%", "%")
    for place in _PLACE.finditer(line):
        value = options.get(place["name"]) or _VALUES.get(place["name"], _NAME)
        parts += [re.escape(line[end : place.start()]), value]
        end = place.end()
    last = line[end:]
    if not last and parts[-1] == _NAME:
        parts[-1] = r"\S.*"  # nothing tells where the last name ends: all that follows
    closing = r"(?!\w)" if last and last[-1].isalnum() else ""
    start = r"(?:^|(?<=\()|(?<=[.:;·!?…)] )|(?<=\d ))"
    fixed = tuple(filter(None, (part.strip() for part in _PLACE.split(line)[::2])))
    return fixed, re.compile(f"{start}(?P<claim>{''.join(parts)}{re.escape(last)}){closing}")
