"""Pieces of a line, marks and status shapes as HTML: a shape always comes with its word."""

from typing import Final

from alpclusters.reports.blocks import Certainty, Chip, Inline, Mark, Run, Status, Text
from alpclusters.reports.cells import mark_word, status_word
from alpclusters.reports.charts.status_marks import status_shape
from alpclusters.reports.charts.svg import Markup, element, join
from alpclusters.reports.links import safe_link

_CHIP_CLASSES: Final = {
    Mark.SIMULATED: "ac-badge sim",
    Mark.UNVERIFIED: "ac-badge unv",
    Mark.WITHHELD: "ac-badge sup",
    Mark.MACHINE: "ac-badge unv",
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
    shape = status_shape(status.kind)
    words = element("span", shape, status_word(status, language), class_="r-status")
    if not status.detail:
        return words
    return join((words, element("span", status.detail, class_="r-detail")))
