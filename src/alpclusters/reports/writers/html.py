"""Documents as HTML: one stand-alone file without script, and a fragment for the site."""

from pathlib import Path
from typing import Final

from alpclusters.reports.blocks import Document, Mark
from alpclusters.reports.captions import (
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
    foot_text,
    version_label,
)
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.charts.svg import SITE, Markup, element, join
from alpclusters.reports.writers.html_blocks import HtmlBlocks
from alpclusters.reports.writers.html_pieces import chip_html

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
