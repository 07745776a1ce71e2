"""Documents as HTML: one stand-alone file without script, and a fragment for the site."""

import re
from dataclasses import dataclass, field
from functools import singledispatchmethod
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Columns,
    Contents,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Mark,
    PageBreak,
    Panel,
    Paragraph,
    Quote,
    Station,
    Table,
    TrailBox,
    heading_levels,
    walk,
)
from alpclusters.reports.captions import (
    Numbering,
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
    foot_text,
    quoted,
    translated_by,
    version_label,
)
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.charts.svg import SITE, Markup, element, join
from alpclusters.reports.links import safe_link
from alpclusters.reports.writers.html_tables import chip_html, table_html, text_html

# --- Every block as HTML, without any inline style: for the site and for the stand-alone file -----


_LAST_LEVEL = 6


@dataclass(slots=True)
class HtmlBlocks:
    """Writes the blocks of one document; ``top`` is the HTML level of a heading of level 1.

    ``prefix`` begins every id, for pages that show more than one fragment.
    """

    language: str
    blocks: tuple[Block, ...]
    top: int = 2
    prefix: str = ""
    numbering: Numbering = field(init=False)
    _anchors: dict[int, str] = field(init=False)
    _levels: tuple[int, ...] = field(init=False)
    _seen: set[str] = field(default_factory=set)
    _n_headings: int = 0
    _n_tables: int = 0

    def __post_init__(self) -> None:
        """Begin counting and give every heading its anchor."""
        self.numbering = Numbering(self.language)
        self._levels = heading_levels(self.blocks)
        headings = [block for block in walk(self.blocks) if isinstance(block, Heading)]
        self._anchors = {i: h.anchor or f"{self.prefix}s{i + 1}" for i, h in enumerate(headings)}

    def build(self) -> Markup:
        """Return all blocks."""
        return self._all(self.blocks)

    def _all(self, blocks: tuple[Block, ...]) -> Markup:
        return join(self._block(block) for block in blocks)

    @singledispatchmethod
    def _block(self, block: object) -> Markup:
        msg = f"no HTML for {type(block).__name__}"
        raise TypeError(msg)

    @_block.register
    def _(self, block: Heading) -> Markup:
        anchor = self._anchors[self._n_headings]
        self._n_headings += 1
        level = min(self._levels[self._n_headings - 1] + self.top - 1, _LAST_LEVEL)
        return element(f"h{level}", _heading_words(block), id=anchor)

    @_block.register
    def _(self, block: Paragraph) -> Markup:
        classes = {"body": None, "lead": "r-lead", "note": "note"}[block.role]
        foreign = block.language if block.language != self.language else None
        return element("p", text_html(block.text, self.language), class_=classes, lang=foreign)

    @_block.register
    def _(self, block: Bullets) -> Markup:
        items = (element("li", text_html(item, self.language)) for item in block.items)
        return element("ol" if block.ordered else "ul", *items, class_="r-list")

    @_block.register
    def _(self, block: Table) -> Markup:
        self._n_tables += 1
        key = f"{self.prefix}t{self._n_tables}"
        return table_html(block, self.language, self.numbering, key=key)

    @_block.register
    def _(self, block: Figure) -> Markup:
        label = element("span", self.numbering.next_figure(), class_="r-number")
        chips = [part for m in block.marks for part in (" ", chip_html(m, self.language))]
        caption = element("figcaption", element("p", label, " ", block.caption, *chips))
        chart = self._unique(block.chart.svg_rows())
        note = text_html(block.note, self.language)
        words = translator(self.language).gettext("Show as table")
        values = element(
            "details", element("summary", words), table_html(block.chart.table(), self.language)
        )
        parts = (caption, chart, element("p", note, class_="note") if note else "", values)
        return element("figure", *parts, class_="ac-fig r-fig")

    def _unique(self, markup: str) -> Markup:
        """Rename the ids of a chart that stands on the page a second time."""
        for identifier in re.findall(r'\bid="(c[0-9a-f]{10}\w?)"', markup):
            name = identifier
            while name in self._seen:
                name += "x"
            self._seen.add(name)
            markup = markup.replace(identifier, name)
        return Markup(markup)

    @_block.register
    def _(self, block: KeyFigures) -> Markup:
        items = (_key_figure(item) for item in block.items)
        return element("dl", *items, class_=f"ac-figs n{len(block.items)}")

    @_block.register
    def _(self, block: LabelledPart) -> Markup:
        hint = element("span", block.hint, class_="r-hint") if block.hint else ""
        label = element("p", element("b", block.label), hint, class_="r-label")
        body = element("div", self._all(block.blocks), class_="r-body")
        return element("div", label, body, class_="r-part")

    @_block.register
    def _(self, block: Panel) -> Markup:
        title = element("p", block.title, class_="r-title") if block.title else ""
        inner = self._all(block.blocks)
        return element("div", title, inner, class_=f"r-panel {block.kind}")

    @_block.register
    def _(self, block: Columns) -> Markup:
        sides = (element("div", self._all(side)) for side in (block.left, block.right))
        return element("div", *sides, class_="r-cols")

    @_block.register
    def _(self, block: Quote) -> Markup:
        words = element("p", quoted(block.text, block.language), lang=block.language)
        parts = [words]
        if block.translation:
            by = translated_by(block, self.language)
            text = quoted(block.translation, self.language) + (f", {by}" if by else "")
            parts.append(element("p", text, class_="r-quiet"))
        return element("blockquote", *parts, class_="r-quote")

    @_block.register
    def _(self, block: TrailBox) -> Markup:
        text = translator(self.language)
        stations = (
            self._station(station, is_current=i == block.current)
            for i, station in enumerate(block.stations)
        )
        ends = element(
            "p", element("span", f"← {text.gettext('Where does this come from?')}"),
            element("span", f"{text.gettext('What became of it?')} →"), class_="r-ends",
        )  # fmt: skip
        name = text.gettext("Trail")
        return element("section", ends, element("ol", *stations), class_="r-trail", aria_label=name)

    def _station(self, station: Station, *, is_current: bool) -> Markup:
        link = safe_link(station.link)
        word = element("b", station.word)
        words = element("a", word, href=link) if link else word
        missing = translator(self.language).gettext("missing") if station.is_missing else ""
        parts = [element("span", part) for part in (missing, station.text) if part]
        if station.identifier:
            parts.append(element("small", station.identifier))
        classes = " ".join(
            name for name, holds in (("here", is_current), ("none", station.is_missing)) if holds
        )
        current = "step" if is_current else None
        return element("li", words, *parts, class_=classes or None, aria_current=current)

    @_block.register
    def _(self, block: Contents) -> Markup:
        del block
        headings = [block for block in walk(self.blocks) if isinstance(block, Heading)]
        shown = [(i, h) for i, h in enumerate(headings) if h.level <= 2]  # noqa: PLR2004
        items = (
            element(
                "li", element("a", _heading_words(h), href=f"#{self._anchors[i]}"),
                class_=f"l{h.level}",
            )
            for i, h in shown
        )  # fmt: skip
        name = translator(self.language).gettext("Contents")
        return element("nav", element("ul", *items), class_="r-toc", aria_label=name)

    @_block.register
    def _(self, block: PageBreak) -> Markup:
        del block
        return element("div", class_="r-break")


def _heading_words(heading: Heading) -> str:
    return f"{heading.code}\u2002{heading.text}" if heading.code else heading.text


def _key_figure(item: KeyFigure) -> Markup:
    note = element("dd", item.note, class_="n") if item.note else ""
    return element("div", element("dt", item.label), element("dd", item.value), note)


# --- Documents as HTML: one stand-alone file without script, and a fragment for the site ----------


STYLE_DIR: Final = Path(__file__).resolve().parent / "styles"
_STYLES: Final = ("tokens.css", "page.css", "charts.css", "plans.css", "blocks.css")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"


def body_fragment(document: Document, *, top: int = 2, prefix: str = "") -> Markup:
    """Return the blocks for a page of the site.

    No inline style and no script; classes as in ``styles/blocks.css``. ``top`` is the HTML level
    of a heading of level 1 (the page itself has the ``h1``); ``prefix`` begins every id.
    """
    inner = HtmlBlocks(document.language, document.blocks, top, prefix).build()
    return element("div", inner, class_="r-doc", lang=document.language)


def write_html(document: Document) -> str:
    """Return a complete file that opens from disk: light, dark, print, 320 px and wider."""
    head = join(_head(document))
    main = element("main", _title_block(document), body_fragment(document))
    body = element("body", main, _foot(document))
    page = element("html", element("head", head), body, lang=document.language)
    return f"<!doctype html>\n{page}\n"


def style_sheet() -> str:
    """Return the style sheet of the stand-alone file."""
    return "\n".join((STYLE_DIR / name).read_text("utf-8").strip() for name in _STYLES)


def _head(document: Document) -> list[Markup]:
    parts = [
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("title", document_title(document)),
        _meta("description", document.description or document.subtitle),
        _meta("author", document.publisher),
        _meta("keywords", ", ".join(document_keywords(document))),
        _meta("date", document.date.isoformat()),
        element("style", Markup(style_sheet())),
    ]
    return [part for part in parts if part]


def _meta(name: str, content: str) -> Markup:
    return element("meta", name=name, content=content) if content else Markup("")


def _title_block(document: Document) -> Markup:
    language = document.language
    kicker = document.cover.kicker if document.cover else document.kicker
    chip = (
        chip_html(Mark.SIMULATED, language, simulated_label(language)) if document.simulated else ""
    )
    top = element("p", brand_mark(), element("b", "AlpClusters"), chip, class_="r-brand")
    parts = [
        top,
        element("p", kicker, class_="r-kicker") if kicker else "",
        element("h1", document.title),
        element("p", document.subtitle, class_="r-subtitle") if document.subtitle else "",
        _facts(document),
        element("p", document.cover.statement, class_="note") if document.cover else "",
    ]
    return element("header", *parts, class_="r-cover")


def _facts(document: Document) -> Markup:
    left, right = cover_facts(document)
    pairs = (
        element("div", element("dt", label), element("dd", words)) for label, words in left + right
    )
    return element("dl", *pairs, class_="r-facts")


def _foot(document: Document) -> Markup:
    lines = [f"{document.title} · {version_label(document)}", foot_text(document)]
    lines += [line for line in (document.foot_note, *digest_sentences(document)) if line]
    return element("footer", *(element("p", line) for line in lines), class_="r-foot")


def brand_mark() -> Markup:
    """Return the mark: two peaks, and the link between them."""
    ridge = element(
        "path", d="M4 31 14 14.5 21.5 24 29.5 8.5 36.5 28", attributes=SITE("none", "lake"),
        stroke_width=3.4, stroke_linejoin="round", stroke_linecap="round",
    )  # fmt: skip
    link = element("path", d="M14 14.5 29.5 8.5", attributes=SITE("none", "lake"), stroke_width=1.8)
    places = ((4, 31, 3.6), (14, 14.5, 4.2), (21.5, 24, 3.4), (36.5, 28, 3.4))
    nodes = [element("circle", cx=x, cy=y, r=r, attributes=SITE("lake")) for x, y, r in places]
    peak = element(
        "circle", cx=29.5, cy=8.5, r=5.4, attributes=SITE("larch", "surface"), stroke_width=2
    )
    return element("svg", ridge, link, *nodes, peak, viewBox="0 0 40 40", aria_hidden="true")
