"""Pieces of a line, marks and status shapes as HTML: a shape always comes with its word."""

from typing import Final

from alpclusters.reports.blocks import Certainty, Chip, Inline, Mark, Run, Status, StatusKind, Text
from alpclusters.reports.cells import mark_word, status_word
from alpclusters.reports.charts.svg import SITE, Markup, element, join
from alpclusters.reports.links import safe_link

_CHIP_CLASSES: Final = {
    Mark.SIMULATED: "ac-badge sim",
    Mark.UNVERIFIED: "ac-badge unv",
    Mark.WITHHELD: "ac-badge sup",
    Mark.MACHINE: "ac-badge unv",
}
_TICK: Final = ("M4.5 8.5 7 11l4.8-5.4", "none", "surface", 2.0)
_CIRCLE: Final = "M{left} 8a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0Z"
_SHAPES: Final = {
    StatusKind.PLANNED: ((_CIRCLE.format(left=2, r=6, d=12), "none", "ink2", 2.0),),
    StatusKind.ON_TRACK: ((_CIRCLE.format(left=0.5, r=7.5, d=15), "good", "", 0.0), _TICK),
    StatusKind.DELAYED: (
        ("M8 1.2 15.2 14.6H.8Z", "larch", "ink", 1.2),
        ("M8 5.6v4.2M8 11.8v1", "none", "ink", 1.8),
    ),
    StatusKind.FAR_BEHIND: (
        ("M8 .4 15.6 8 8 15.6.4 8Z", "danger", "", 0.0),
        ("M5 8h6", "none", "surface", 2.0),
    ),
    StatusKind.NO_REPORT: (
        ("M1.5 1.5h13v13h-13Z", "surface", "strong", 1.0),
        ("M2 6 6 2M2 10l8-8M2 14 14 2M6 14l8-8M10 14l4-4", "none", "strong", 1.0),
    ),
    StatusKind.DONE: (("M.8.8h14.4v14.4H.8Z", "lake", "", 0.0), _TICK),
    StatusKind.STOPPED: (
        ("M1.8 1.8h12.4v12.4H1.8Z", "none", "ink2", 1.8),
        ("M4.5 11.5l7-7", "none", "ink2", 1.8),
    ),
}


def text_html(text: Text, language: str) -> Markup:
    """Return a text with its runs, chips and statuses."""
    if isinstance(text, str):
        return _lines(text)
    return join(_piece(piece, language) for piece in text)


def _lines(text: str) -> Markup:
    first, *others = text.split("\n")
    return join((first, *(part for line in others for part in (element("br"), line))))


def _piece(piece: Inline, language: str) -> Markup:
    match piece:
        case Run():
            return _run(piece, language)
        case Chip():
            return chip_html(piece.mark, language)
        case Status():
            return status_html(piece, language)
        case Certainty():
            letter = element("b", piece.letter, class_="r-letter")
            return element("span", letter, f" {piece.words}", class_="r-certainty")


def _run(run: Run, language: str) -> Markup:
    foreign = run.language if run.language and run.language != language else None
    inner = _lines(run.text)
    if run.strong:
        inner = element("strong", inner)
    if run.emphasis:
        inner = element("em", inner)
    link = safe_link(run.link)
    if link:
        return element("a", inner, href=link, lang=foreign)
    if foreign or run.quiet:
        return element("span", inner, lang=foreign, class_="r-quiet" if run.quiet else None)
    return inner


def chip_html(mark: Mark, language: str, words: str = "") -> Markup:
    """Return an honest mark as a badge with its word."""
    return element("span", words or mark_word(mark, language), class_=_CHIP_CLASSES[mark])


def status_html(status: Status, language: str) -> Markup:
    """Return a status: shape, word, detail on a line of its own."""
    drawn = (_path(*path) for path in _SHAPES[status.kind])
    shape = element("svg", *drawn, viewBox="0 0 16 16", class_="r-shape", aria_hidden="true")
    words = element("span", shape, status_word(status, language), class_="r-status")
    if not status.detail:
        return words
    return join((words, element("span", status.detail, class_="r-detail")))


def _path(d: str, fill: str, stroke: str, width: float) -> Markup:
    return element("path", d=d, attributes=SITE(fill, stroke), stroke_width=width or None)
