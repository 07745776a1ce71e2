"""Pieces of a line as plain data for typst: every string fits the fonts, links are safe."""

from dataclasses import dataclass
from typing import Any, Final

from alpclusters.reports.blocks import Certainty, Chip, Inline, Mark, Run, Status, Text
from alpclusters.reports.cells import mark_word, status_word
from alpclusters.reports.characters import fit_fonts
from alpclusters.reports.links import safe_link

_LONG_WORD: Final = 45  # letters; the longest words of the seeds have 39
_CUT: Final = 12

type Data = dict[str, Any]


@dataclass(slots=True)
class PdfText:
    """Turns texts of one language into data and counts the characters it had to replace."""

    language: str
    n_replaced: int = 0

    def fit(self, text: str) -> str:
        """Return a text every font can print; what was replaced is counted."""
        fitted, missing = fit_fonts(text)
        self.n_replaced += missing
        return " ".join(_breakable(word) for word in fitted.split(" "))

    def text(self, text: Text) -> list[Data]:
        """Return the pieces of a text."""
        pieces = (Run(text),) if isinstance(text, str) else text
        return [self.piece(piece) for piece in pieces]

    def piece(self, piece: Inline) -> Data:
        """Return one piece of a line."""
        match piece:
            case Run():
                return self._run(piece)
            case Chip():
                return {"chip": piece.mark.value, "t": mark_word(piece.mark, self.language)}
            case Status():
                return self.status(piece)
            case Certainty():
                return {"letter": piece.letter, "t": self.fit(piece.words)}

    def _run(self, run: Run) -> Data:
        data: Data = {"t": self.fit(run.text)}
        flags = {"b": run.strong, "i": run.emphasis, "q": run.quiet}
        data |= {key: True for key, is_set in flags.items() if is_set}
        if run.language and run.language != self.language:
            data["lang"] = run.language
        link = safe_link(run.link)
        if link and ":" in link:
            data["link"] = link
        return data

    def status(self, status: Status) -> Data:
        """Return a status with its word and detail."""
        return {
            "status": status.kind.value,
            "t": self.fit(status_word(status, self.language)),
            "detail": self.fit(status.detail),
        }

    def marks(self, marks: tuple[Mark, ...]) -> list[Data]:
        """Return the chips of a caption."""
        return [self.piece(Chip(mark)) for mark in marks]


def _breakable(word: str) -> str:
    """Allow a break every few letters of a word no language has (an address, a test)."""
    if len(word) <= _LONG_WORD or "\u00ad" in word:
        return word
    return "\u00ad".join(word[i : i + _CUT] for i in range(0, len(word), _CUT))
