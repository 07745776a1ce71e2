"""Pieces of a line in a DOCX: runs with their language, chips in brackets, links."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.reports.blocks import Certainty, Chip, Inline, Mark, Run, Status, Text
from alpclusters.reports.cells import mark_word, status_word
from alpclusters.reports.characters import clean_text
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.links import safe_link
from alpclusters.reports.writers.docx_styles import SIMULATED, STATUS, UNVERIFIED, WITHHELD
from alpclusters.reports.writers.docx_xml import add_link, set_language

_CHIP_STYLES: Final = {
    Mark.SIMULATED: SIMULATED,
    Mark.UNVERIFIED: UNVERIFIED,
    Mark.WITHHELD: WITHHELD,
    Mark.MACHINE: UNVERIFIED,
}


@dataclass(frozen=True, slots=True)
class DocxText:
    """Writes texts of one language into paragraphs."""

    language: str

    def write(self, paragraph: Any, text: Text, language: str | None = None) -> Any:
        """Add a text to a paragraph and return the paragraph."""
        pieces = (Run(text),) if isinstance(text, str) else text
        for piece in pieces:
            self._piece(paragraph, piece, language)
        return paragraph

    def _piece(self, paragraph: Any, piece: Inline, language: str | None) -> None:
        match piece:
            case Run():
                self._run(paragraph, piece, language)
            case Chip():
                self.chip(paragraph, piece.mark)
            case Status():
                words = f"[{status_word(piece, self.language)}]"
                paragraph.add_run(clean_text(words), style=STATUS)
                if piece.detail:
                    paragraph.add_run(clean_text(f"\n{piece.detail}"))
            case Certainty():
                paragraph.add_run(f"[{piece.letter}] ", style=STATUS)
                paragraph.add_run(clean_text(piece.words)).bold = True

    def chip(self, paragraph: Any, mark: Mark, words: str = "") -> None:
        """Add a mark: shaded words in brackets, so that they stay when colours go."""
        text = words or mark_word(mark, self.language)
        paragraph.add_run(clean_text(f"[{text}]"), style=_CHIP_STYLES[mark])

    def _run(self, paragraph: Any, run: Run, language: str | None) -> None:
        made = paragraph.add_run(clean_text(run.text))
        made.bold, made.italic = run.strong or None, run.emphasis or None
        if run.quiet:
            _colour(made, "ink2")
        foreign = run.language or language
        if foreign and foreign != self.language:
            set_language(made, foreign)
        link = safe_link(run.link)
        if link and ":" in link:
            _colour(made, "lake")
            made.underline = True
            add_link(paragraph, link).append(made._r)  # noqa: SLF001 - moved into the link


def _colour(run: Any, name: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(COLOURS[name].lstrip("#"))
