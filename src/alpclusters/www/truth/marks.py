"""What a page says of its numbers: figures read back, the totals they lead to, rows behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from alpclusters.platform.languages.codes import language_row
from alpclusters.reports.numbers import MINUS, NARROW

# --- Numbers as a page shows them, read back: 1.234, 12 %, 0,58 -----------------------------------


_NUMBER: Final = re.compile(rf"[-{MINUS}]?\d[\d.,{NARROW}]*")
_PER_CENT: Final = 100


def shows(text: str, value: float, language: str) -> bool:
    """Say whether a text shows a value, as it is or as per cent, rounded as it is written."""
    return any(
        abs(number - wanted) <= 10.0**-decimals / 2 + 1e-9
        for number, decimals in _numbers(text, language)
        for wanted in _meant(value, decimals)
    )


def _meant(value: float, decimals: int) -> Iterator[float]:
    """Return what may stand for a value: a whole number exactly, a share also as per cent."""
    if float(value).is_integer() and not decimals:
        yield value
        if value == 1:
            yield float(_PER_CENT)
        return
    if decimals:
        yield value
    yield value * _PER_CENT


def _numbers(text: str, language: str) -> Iterator[tuple[float, int]]:
    """Return the numbers of a text with how many decimals each has."""
    style = language_row(language).numbers
    for found in _NUMBER.findall(text):
        plain = found.rstrip(".," + NARROW).replace(style.group, "").replace(style.decimal, ".")
        plain = plain.replace(MINUS, "-")
        try:
            yield float(plain), len(plain.partition(".")[2])
        except ValueError:
            continue


# --- What a page says of its numbers: figures, the totals they lead to, the rows behind them ------
#
# A figure is ``<a|span data-figure="KEY" data-value="5" data-of="12">`` (around a link, its
# address is ``data-href``). Where it leads, a total says the same: ``data-total="KEY" data-
# value="5"``; each row there carries ``data-row="KEY"``, with ``data-value`` where it stands for
# several; a total with ``data-listed`` promises such rows. ``data-rests="OTHER" data-rows="22"``
# says of a figure that it is computed from so many rows: the total OTHER stands where it leads.
# ``data-why`` says why a figure has no address, ``data-here`` what the page itself is one of.


_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
# Links whose text is a number and that count nothing.
_NO_COUNTS: Final = frozenset({"ac-pages", "calendar", "breadcrumb"})
_BARE: Final = re.compile(r"^[\d.,\u202f\u00a0]*\d[\d.,\u202f\u00a0]*(\s?%)?$")
_DIGIT: Final = re.compile(r"\d")


@dataclass(slots=True)
class Mark:
    """A number on a page.

    Attributes
    ----------
    key : str
        What is counted.
    value, of : str
        The exact value and how many it is a part of, as written; empty where there is none.
    href, why : str
        Where the rows are, or why there is no such address.
    group : int
        The row of key figures it stands in; 0 for none.
    text : str
        What a reader sees.
    is_listed : bool
        Whether its rows are on the page.
    rests, rows : str
        What a computed number rests on, and how many of it.
    """

    key: str
    value: str
    of: str = ""
    href: str = ""
    why: str = ""
    group: int = 0
    text: str = ""
    is_listed: bool = False
    rests: str = ""
    rows: str = ""


@dataclass(slots=True)
class Marks:
    """All that a page says of its numbers."""

    figures: list[Mark] = field(default_factory=list)
    totals: list[Mark] = field(default_factory=list)
    rows: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    bare: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)
    next: str = ""


def read_marks(html: str) -> Marks:
    """Read the numbers of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.marks


@dataclass(slots=True)
class _Open:
    tag: str
    names: frozenset[str]
    mark: Mark | None = None
    start: int = 0
    is_link: bool = False
    counts: bool = False


class _Reader(HTMLParser):
    """Walk through a page once; ``texts`` holds what was read so far."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()
        self.stack: list[_Open] = []
        self.texts: list[str] = []
        self.n_groups = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.marks.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.marks.links.append(given["href"])
            if given.get("rel") == "next":
                self.marks.next = given["href"]
        if "data-here" in given:
            self.marks.here.add(given["data-here"])
        names = frozenset(given.get("class", "").split())
        if "ac-figs" in names:
            self.n_groups += 1
        mark = self._mark(given)
        if tag in _VOID:
            return
        is_link = tag == "a" and "href" in given
        self.stack.append(_Open(tag, names, mark, len(self.texts), is_link=is_link))

    def _mark(self, given: Mapping[str, str]) -> Mark | None:
        if "data-row" in given:
            self.marks.rows[given["data-row"]] += float(given.get("data-value") or 1)
            if "data-figure" not in given and "data-total" not in given:
                return None
        for kind, found in (("data-figure", self.marks.figures), ("data-total", self.marks.totals)):
            if kind in given:
                for one in self.stack:
                    one.counts = True
                mark = Mark(
                    given[kind],
                    given.get("data-value", ""),
                    given.get("data-of", ""),
                    given.get("href", "") or given.get("data-href", ""),
                    given.get("data-why", ""),
                    self.n_groups if self._within("ac-figs") else 0,
                    is_listed="data-listed" in given,
                    rests=given.get("data-rests", ""),
                    rows=given.get("data-rows", ""),
                )
                found.append(mark)
                return mark
        return None

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.stack:
            done = self.stack.pop()
            self._close(done)
            if done.tag == tag:
                return

    def close(self) -> None:
        super().close()
        while self.stack:
            self._close(self.stack.pop())

    def _close(self, done: _Open) -> None:
        text = " ".join(" ".join(self.texts[done.start :]).split())
        if done.mark is not None:
            done.mark.text = text
            done.counts = True
        elif not done.counts and self._is_bare(done, text):
            self.marks.bare.append(text)

    def _is_bare(self, done: _Open, text: str) -> bool:
        if any(one.mark for one in self.stack):
            return False
        if done.tag == "dd" and self._within("ac-figs"):
            return bool(_DIGIT.search(text))
        if done.tag == "span" and "c" in done.names and self._within("ac-trail"):
            # What is here is named, not counted.
            return not self._within("here") and bool(_BARE.match(text.removeprefix("n = ")))
        return done.is_link and bool(_BARE.match(text)) and not self._within(*_NO_COUNTS)

    def _within(self, *names: str) -> bool:
        return any(one.names.intersection(names) for one in self.stack)
