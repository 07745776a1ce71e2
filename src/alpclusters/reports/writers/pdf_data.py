"""Turn a document into plain data for the typst template: texts are strings, never markup."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatchmethod
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
    plain,
)
from alpclusters.reports.captions import (
    Numbering,
    cover_facts,
    digest_sentences,
    document_keywords,
    document_title,
    foot_text,
    head_text,
    page_words,
    quoted,
    translated_by,
)
from alpclusters.reports.cells import (
    mark_word,
    simulated_label,
)
from alpclusters.reports.characters import fit_fonts
from alpclusters.reports.links import safe_link
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.ridge import ridge_layers
from alpclusters.reports.writers.pdf_tables import Data, PdfTables, PdfText

MM: Final = 72 / 25.4
FULL_WIDTH: Final = 166 * MM
PART_WIDTH: Final = 127 * MM
PANEL_INSET: Final = 10.0
# A labelled part of so few letters stays on one page; it has a dozen lines at most.
_SHORT_PART: Final = 900


@dataclass(slots=True)
class PdfData:
    """Collects the data of one document, its figures as SVG and what had to be replaced."""

    document: Document
    figures: dict[str, str] = field(default_factory=dict)
    _levels: Iterator[int] = field(init=False)
    text: PdfText = field(init=False)
    tables: PdfTables = field(init=False)

    def __post_init__(self) -> None:
        """Begin counting."""
        has_title = self.document.cover is None
        levels = heading_levels(self.document.blocks, below=int(has_title))
        self._levels = iter(levels)
        self.text = PdfText(self.document.language)
        self.tables = PdfTables(self.text, Numbering(self.document.language))

    def fit(self, text: str) -> str:
        """Return a text every font can print."""
        return self.text.fit(text)

    @property
    def _language(self) -> str:
        return self.document.language

    def build(self) -> Data:
        """Return everything the template reads."""
        document, text = self.document, translator(self._language)
        blocks = self._blocks(document.blocks, FULL_WIDTH)
        data: Data = {
            "title": self.fit(document.title),
            "meta_title": self.fit(document_title(document)),
            "subtitle": self.fit(document.subtitle),
            "kicker": self.fit(document.kicker),
            "lang": self._language,
            "author": self.fit(document.publisher),
            "description": self.fit(document.description or document.subtitle),
            "keywords": [self.fit(word) for word in document_keywords(document)],
            "date": [document.date.year, document.date.month, document.date.day],
            "head": self.fit(head_text(document)),
            "foot": self.fit(foot_text(document)),
            "foot_note": self.fit(document.foot_note),
            "page": page_words(self._language),
            "simulated": simulated_label(self._language) if document.simulated else "",
            "economy": document.economy,
            "dense": document.is_dense,
            "contents_title": text.gettext("Contents"),
            "withheld": mark_word(Mark.WITHHELD, self._language),
            "continued": text.gettext("(continued)"),
            "trail": {
                "left": text.gettext("Where does this come from?"),
                "title": text.gettext("Trail"),
                "right": text.gettext("What became of it?"),
                "missing": text.gettext("missing"),
            },
            "cover": self._cover(),
            "blocks": blocks,
        }
        data["replaced"] = self._replaced_note()
        return data

    def _replaced_note(self) -> str:
        if not self.text.n_replaced:
            return ""
        words = translator(self._language).gettext(
            "Characters that the fonts of this document lack are shown as □: %(count)s."
        )
        return words % {"count": format_integer(self.text.n_replaced, self._language)}

    def _cover(self) -> Data | None:
        cover = self.document.cover
        if cover is None:
            return None
        return {
            "kicker": self.fit(cover.kicker),
            "facts": [
                [[self.fit(label), self.fit(words)] for label, words in side]
                for side in cover_facts(self.document)
            ],
            "statement": self.fit(cover.statement),
            "digests": [self.fit(words) for words in digest_sentences(self.document)],
            "ridge": [[list(point) for point in layer] for layer in ridge_layers()],
        }

    # --- blocks ---------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...], width: float) -> list[Data]:
        return [self._block(block, width) for block in blocks]

    @singledispatchmethod
    def _block(self, block: object, width: float) -> Data:
        msg = f"no layout for {type(block).__name__} at {width} pt"
        raise TypeError(msg)

    @_block.register
    def _(self, block: Heading, width: float) -> Data:  # noqa: ARG002 - one signature for all
        return {
            "kind": "heading", "level": next(self._levels), "t": self.fit(block.text),
            "code": self.fit(block.code), "same_page": block.same_page,
        }  # fmt: skip

    @_block.register
    def _(self, block: Paragraph, width: float) -> Data:  # noqa: ARG002
        words = self.text.text(block.text)
        return {
            "kind": "paragraph",
            "role": block.role,
            "text": words,
            "lang": block.language or "",
        }

    @_block.register
    def _(self, block: Bullets, width: float) -> Data:  # noqa: ARG002
        items = [self.text.text(item) for item in block.items]
        return {"kind": "list", "ordered": block.ordered, "items": items}

    @_block.register
    def _(self, block: Table, width: float) -> Data:
        return self.tables.build(block, width)

    @_block.register
    def _(self, block: Figure, width: float) -> Data:
        name = f"figure-{len(self.figures) + 1}.svg"
        svg, missing = fit_fonts(block.chart.standalone_svg(width))
        self.text.n_replaced += missing
        self.figures[name] = svg
        number = self.tables.numbering.next_figure() if block.caption else ""
        return {
            "kind": "figure", "file": name, "width": width,
            "number": number, "caption": self.fit(block.caption),
            "note": self.text.text(block.note), "alt": self.fit(block.alt or block.chart.alt),
            "marks": self.text.marks(block.marks),
        }  # fmt: skip

    @_block.register
    def _(self, block: KeyFigures, width: float) -> Data:  # noqa: ARG002
        items = [
            {"value": self.fit(k.value), "label": self.fit(k.label), "note": self.fit(k.note)}
            for k in block.items
        ]
        return {"kind": "key-figures", "items": items}

    @_block.register
    def _(self, block: LabelledPart, width: float) -> Data:
        inner = self._blocks(block.blocks, width - (FULL_WIDTH - PART_WIDTH))
        label, hint = self.fit(block.label), self.fit(block.hint)
        keep = _is_short(block)
        return {"kind": "part", "label": label, "hint": hint, "blocks": inner, "keep": keep}

    @_block.register
    def _(self, block: Panel, width: float) -> Data:
        inner = self._blocks(block.blocks, width - 2 * PANEL_INSET)
        title = self.fit(block.title)
        return {"kind": "panel", "panel": block.kind, "title": title, "blocks": inner}

    @_block.register
    def _(self, block: Columns, width: float) -> Data:
        half = (width - 6 * MM) / 2
        sides = [self._blocks(side, half) for side in (block.left, block.right)]
        return {"kind": "columns", "sides": sides}

    @_block.register
    def _(self, block: Quote, width: float) -> Data:  # noqa: ARG002
        data: Data = {
            "kind": "quote", "lang": block.language,
            "t": self.fit(quoted(block.text, block.language)), "translation": "", "by": "",
        }  # fmt: skip
        if block.translation:
            data["translation"] = self.fit(quoted(block.translation, self.text.language))
            data["by"] = self.fit(translated_by(block, self.text.language))
        return data

    @_block.register
    def _(self, block: TrailBox, width: float) -> Data:  # noqa: ARG002
        stations = [self._station(station) for station in block.stations]
        return {"kind": "trail", "stations": stations, "current": block.current}

    def _station(self, station: Station) -> Data:
        link = safe_link(station.link)
        return {
            "word": self.fit(station.word), "t": self.fit(station.text),
            "id": self.fit(station.identifier), "missing": station.is_missing,
            "link": link if link and ":" in link else None,
        }  # fmt: skip

    @_block.register
    def _(self, block: Contents, width: float) -> Data:  # noqa: ARG002
        return {"kind": "contents"}

    @_block.register
    def _(self, block: PageBreak, width: float) -> Data:  # noqa: ARG002
        return {"kind": "pagebreak"}


def _is_short(part: LabelledPart) -> bool:
    """Whether a labelled part holds text only, and little of it."""
    letters = 0
    for block in part.blocks:
        match block:
            case Paragraph():
                letters += len(plain(block.text))
            case Bullets():
                letters += sum(len(plain(item)) for item in block.items)
            case _:
                return False
    return letters <= _SHORT_PART
