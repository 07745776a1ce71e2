"""Words that every writer prints the same way: numbered captions, page heads and feet."""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Document, Quote
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.dates import format_date

_OPENING: Final = tuple("„“«»")
_QUOTES: Final = {
    "de": "„{}“",
    "en": "“{}”",
    "fr": "«\u202f{}\u202f»",
    "it": "«{}»",
    "sl": "»{}«",
}


@dataclass(slots=True)
class Numbering:
    """Counts figures and tables in reading order; one per written document."""

    language: str
    figures: int = 0
    tables: int = 0

    def next_figure(self) -> str:
        """Return the label of the next figure: "Figure 1"."""
        self.figures += 1
        word = translator(self.language).pgettext("numbered caption", "Figure")
        return f"{word}\u00a0{self.figures}"

    def next_table(self) -> str:
        """Return the label of the next table: "Table 1"."""
        self.tables += 1
        word = translator(self.language).pgettext("numbered caption", "Table")
        return f"{word}\u00a0{self.tables}"


def document_title(document: Document) -> str:
    """Return the title for metadata, with the word "simulated" where it belongs."""
    if not document.simulated:
        return document.title
    return f"{document.title} – {simulated_label(document.language)}"


def document_keywords(document: Document) -> tuple[str, ...]:
    """Return the keywords for metadata; simulated documents say so here too."""
    extra = (simulated_label(document.language),) if document.simulated else ()
    return (*document.keywords, *extra)


def version_label(document: Document) -> str:
    """Return the version with its word: "Version 1.2"."""
    words = translator(document.language).gettext("Version %(version)s")
    return words % {"version": document.version}


def head_text(document: Document) -> str:
    """Return the page head: short title, version, and "draft" while it is one."""
    parts = [document.short_title or document.title, version_label(document)]
    if document.draft:
        parts.append(translator(document.language).gettext("Draft"))
    return " · ".join(parts)


def foot_text(document: Document) -> str:
    """Return the page foot: date and snapshot (first 12 digits of its hash, else its number)."""
    text = translator(document.language)
    day = format_date(document.date, document.language)
    parts = [text.gettext("As of %(date)s") % {"date": day}]
    shown = short_digest(document.digest) or document.snapshot
    if shown:
        parts.append(text.gettext("Snapshot %(number)s") % {"number": shown})
    return " · ".join(parts)


def short_digest(digest: str) -> str:
    """Return the first 12 digits of a hash in groups of four."""
    return " ".join(digest[i : i + 4] for i in range(0, min(len(digest), 12), 4))


def page_words(language: str) -> str:
    """Return "Page {k} of {n}" in the language, with the two places still open."""
    words = translator(language).gettext("Page %(number)s of %(count)s")
    return words % {"number": "{k}", "count": "{n}"}


type Facts = tuple[tuple[str, str], ...]


def cover_facts(document: Document) -> tuple[Facts, Facts]:
    """Return what the cover's foot lists: publisher and own facts; version, date, licence."""
    text = translator(document.language)
    own = document.cover.facts if document.cover else ()
    left = ((text.gettext("Publisher"), document.publisher), *own)
    right = (
        (text.gettext("Version"), document.version),
        (text.gettext("Date"), format_date(document.date, document.language)),
        (text.gettext("Licence"), document.licence),
    )
    return tuple(fact for fact in left if fact[1]), tuple(fact for fact in right if fact[1])


def colon(language: str) -> str:
    """Return the colon of the language: French sets a no-break space before it."""
    return "\u00a0: " if language == "fr" else ": "


def withheld_reason(language: str) -> str:
    """Return why a cell is withheld, in a way that does not tell which of the two reasons."""
    return translator(language).gettext(
        "fewer than five people, or a cell that protects such a group. Both look the same on "
        "purpose."
    )


def quoted(words: str, language: str) -> str:
    """Set words of a person into the quotation marks of their language, once."""
    if words[:1] in _OPENING:
        return words
    return _QUOTES.get(language, _QUOTES["en"]).format(words)


def translated_by(quote: Quote, language: str) -> str:
    """Return who translated: "translation: machine", or nothing."""
    if not quote.translated_by:
        return ""
    return translator(language).gettext("translation: %(who)s") % {"who": quote.translated_by}


def digest_sentence(document: Document) -> str:
    """Return the full hash of the snapshot with its name, or nothing."""
    if not document.digest:
        return ""
    words = translator(document.language).gettext("Hash of the snapshot (SHA-256): %(digest)s")
    return words % {"digest": document.digest}


def file_name(document: Document, extension: str) -> str:
    """Return the file name: ac_plan_demo_2026-07-01_v1.2_de.pdf."""
    stem = "_".join(
        (
            "ac",
            document.kind,
            _safe(document.project),
            document.date.isoformat(),
            f"v{_safe(document.version)}",
            document.language,
        )
    )
    return f"{stem}.{extension}"


def _safe(text: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in text)
    return kept.strip("-.")[:40] or "x"
