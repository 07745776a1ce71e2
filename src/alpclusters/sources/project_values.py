"""Amounts, days, periods and texts of projects as outside sources write them."""

import hashlib
import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import Final

from alpclusters.sources.organisation_fields import clean
from alpclusters.sources.organisation_values import day_of
from alpclusters.sources.project_records import Money

MAX_TEXT: Final = 60_000
MAX_ACRONYM: Final = 80
DIGEST: Final = 16
_SEPARATORS: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_AMBIGUOUS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_DECIMAL: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,20})?")
_PERIOD: Final = re.compile(r"\b((?:19|20)[0-9]{2})\s*[-–/]\s*((?:19|20)?[0-9]{2})\b")
_MARKUP: Final = re.compile(r"<[a-zA-Z/!?]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r"\s*\n\s*\n\s*")
_BREAKING: Final = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
)
_UNREAD: Final = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg"))
_SPREADSHEET: Final = str.maketrans({0x0B: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"})


def money_of(text: str, *, comma_is_decimal: bool, currency: str = "EUR") -> Money | None:
    """Return an amount; None for what is none. Of comma and point the last one is decimal.

    Parameters
    ----------
    text : str
    comma_is_decimal : bool
        How to read a comma followed by exactly three digits, where nothing else tells.
    currency : str

    Examples
    --------
    >>> money_of("960619,95", comma_is_decimal=True).cents
    96061995
    >>> money_of("892,228.58", comma_is_decimal=False).cents
    89222858
    >>> money_of("-5", comma_is_decimal=False) is None
    True
    """
    bare = text.translate(_SEPARATORS)
    if "," in bare:
        last = max(bare.rfind(","), bare.rfind("."))
        are_thousands = bare.count(",") > 1 and "." not in bare
        if are_thousands or (_AMBIGUOUS.fullmatch(bare) and not comma_is_decimal):
            last = len(bare)
        whole = bare[:last].replace(",", "").replace(".", "")
        bare = f"{whole}.{bare[last + 1 :]}" if last < len(bare) else whole
    return Money(Decimal(bare), currency) if _DECIMAL.fullmatch(bare) else None


def is_ambiguous(text: str) -> bool:
    """Tell whether a comma may divide thousands or decimals.

    Examples
    --------
    >>> is_ambiguous("1,500"), is_ambiguous("1,500.00")
    (True, False)
    """
    return bool(_AMBIGUOUS.fullmatch(text.translate(_SEPARATORS)))


@lru_cache(maxsize=20_000)
def date_of(text: str) -> date | None:
    """Return the day of a date: ISO, with slashes, or day first."""
    return day_of(text)


def period_of(text: str) -> str:
    """Return the period of a programme as it is shown, or nothing.

    Examples
    --------
    >>> period_of("2014 - 2020 INTERREG VB Alpine Space"), period_of("2007–13"), period_of("x")
    ('2014-2020', '2007-2013', '')
    """
    found = _PERIOD.search(text)
    if found is None:
        return ""
    first, last = found[1], found[2]
    last = last if len(last) == len(first) else first[:2] + last
    return f"{first}-{last}"


def without_period(text: str) -> str:
    """Return the name of a programme without the years in front of it.

    Examples
    --------
    >>> without_period("2014 - 2020 INTERREG VB Alpine Space "), without_period("URBACT")
    ('INTERREG VB Alpine Space', 'URBACT')
    """
    found = _PERIOD.match(text.strip())
    rest = text.strip()[found.end() :].strip(" -–:") if found else ""
    return rest or text.strip()


def acronym_of(acronym: str, title: str) -> str:
    """Return an acronym, else the beginning of the title, cut between words.

    Examples
    --------
    >>> acronym_of("", "word " * 30).endswith("word…")
    True
    """
    text = acronym or title
    if len(text) <= MAX_ACRONYM:
        return text
    head = text[: MAX_ACRONYM - 1]
    return f"{head.rsplit(' ', 1)[0] or head}…"


def key_of(*parts: str) -> str:
    """Return a stable key made of texts whose spelling may vary in case and spaces.

    Examples
    --------
    >>> key_of("Alpine Space ", "ALPINE") == key_of("ALPINE SPACE", "alpine")
    True
    """
    words = "|".join(" ".join(folded(part).split()) for part in parts)
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST]


def folded(text: str) -> str:
    """Return a text for comparison and search: small letters without accents.

    Examples
    --------
    >>> folded("Tehnološki Park ŽELEZO")
    'tehnoloski park zelezo'
    """
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small)
    return "".join(c for c in apart if not unicodedata.combining(c))


def plain_text(text: str) -> str:
    r"""Return a foreign text as plain paragraphs: entities read once, tags and scripts gone.

    Examples
    --------
    >>> plain_text("R&amp;D &lt;b&gt;text&lt;/b&gt;<script>alert(1)</script>\r\n\r\n\r\nmore")
    'R&D text\n\nmore'
    >>> plain_text("a < b &amp;lt; c")
    'a < b &lt; c'
    """
    plain = text[:MAX_TEXT]
    if "&" in plain:
        plain = unescape(plain)
    if _MARKUP.search(plain):
        plain = _without_tags(plain)
    if "\r" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    if "\n" not in plain and "\t" not in plain:
        return clean_line(plain)
    lines = [clean_line(line) for line in plain.translate(_SPREADSHEET).split("\n")]
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return a line without control characters and double spaces; entities stay."""
    return clean(text) if "&" not in text else clean(text.replace("&", "&amp;"))


def _without_tags(text: str) -> str:
    parser = _Text()
    parser.feed(text.replace("&", "&amp;"))  # entities were read before, and only once
    parser.close()
    return "".join(parser.parts)


class _Text(HTMLParser):
    """Keeps what stands between tags, but not scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)
