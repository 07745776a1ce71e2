"""Words that every writer prints the same way: numbered captions, page heads and feet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import language_row
from alpclusters.reports.blocks import Document, Quote
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.dates import format_date
from alpclusters.reports.identity import SHOWN_DIGITS, document_digest
from alpclusters.reports.numbers import format_integer

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.records import SnapshotRef

_OPENING: Final = tuple("„“«»")


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
    """Return the version with its word and the day of its text: "Version 1.2 of 1 May 2026"."""
    text = translator(document.language)
    if document.text_on is None:
        return text.gettext("Version %(version)s") % {"version": document.version}
    day = format_date(document.text_on, document.language)
    words = text.gettext("Version %(version)s of %(date)s")
    return words % {"version": document.version, "date": day}


def head_text(document: Document) -> str:
    """Return the page head: short title, version, and "draft" while it is one."""
    parts = [document.short_title or document.title, version_label(document)]
    if document.draft:
        parts.append(translator(document.language).gettext("Draft"))
    return " · ".join(parts)


def foot_text(document: Document) -> str:
    """Return the page foot: the day, the snapshot, and the first digits of the document's hash."""
    text = translator(document.language)
    day = format_date(document.date, document.language)
    parts = [text.gettext("As of %(date)s") % {"date": day}]
    shown = short_digest(document.digest) or document.snapshot
    if shown:
        parts.append(text.gettext("Snapshot %(number)s") % {"number": shown})
    digits = short_digest(document_digest(document))
    parts.append(text.gettext("Hash %(digits)s") % {"digits": digits})
    return " · ".join(parts)


def short_digest(digest: str) -> str:
    """Return the first 12 digits of a hash in groups of four."""
    return " ".join(digest[i : i + 4] for i in range(0, min(len(digest), SHOWN_DIGITS), 4))


def page_words(language: str) -> str:
    """Return "Page {k} of {n}" in the language, with the two places still open."""
    words = translator(language).gettext("Page %(number)s of %(count)s")
    return words % {"number": "{k}", "count": "{n}"}


type Facts = tuple[tuple[str, str], ...]


def cover_facts(document: Document) -> tuple[Facts, Facts]:
    """Return what the cover's foot lists: publisher and own facts; version, days, licence."""
    text = translator(document.language)
    own = document.cover.facts if document.cover else ()
    left = ((text.gettext("Publisher"), document.publisher), *own)
    day = format_date(document.date, document.language)
    days: Facts = ((text.gettext("Date"), day),)
    if document.text_on is not None:
        text_day = format_date(document.text_on, document.language)
        days = ((text.gettext("Text dated"), text_day), (text.gettext("As of"), day))
    right = (
        (text.gettext("Version"), document.version),
        *days,
        (text.gettext("Licence"), document.licence),
    )
    return tuple(fact for fact in left if fact[1]), tuple(fact for fact in right if fact[1])


def colon(language: str) -> str:
    """Return the colon of the language: French sets a no-break space before it."""
    return language_row(language).colon


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
    return language_row(language).quotes.format(words)


def translated_by(quote: Quote, language: str) -> str:
    """Return who translated: "translation: machine", or nothing."""
    if not quote.translated_by:
        return ""
    return translator(language).gettext("translation: %(who)s") % {"who": quote.translated_by}


def digest_sentences(document: Document) -> list[str]:
    """Return the full hashes with their names: of the document, its snapshot, the last report."""
    text = translator(document.language)
    words = text.gettext("Hash of this document (SHA-256): %(digest)s")
    found = [words % {"digest": grouped(document_digest(document))}]
    if document.digest:
        words = text.gettext("Hash of the snapshot (SHA-256): %(digest)s")
        found.append(words % {"digest": grouped(document.digest)})
    if document.last_report is not None:
        found.append(kept_sentence(document.last_report, document.language))
    return found


def kept_sentence(last: "SnapshotRef", language: str) -> str:
    """Name the last report that is kept for good, with its hash: the head of its chain."""
    words = translator(language).gettext(
        "Last kept report: number %(number)s of %(date)s, hash (SHA-256): %(digest)s"
    )
    day = format_date(last.made_on, language)
    number = format_integer(last.number, language)
    return words % {"number": number, "date": day, "digest": grouped(last.digest)}


def grouped(digest: str) -> str:
    """Return a hash in groups of eight digits: it can be read out, and breaks without a hyphen."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def file_name(document: Document, extension: str, *, digest: str = "", kind: str = "") -> str:
    """Return the name of the file: ac_plan_demo_2026-07-01_v1.2_0f3a95c1d2e4_de.pdf.

    ``kind`` and ``digest`` are given where the same is printed in the template of others.
    """
    stem = "_".join(
        (
            "ac",
            kind or document.kind,
            _safe(document.project),
            document.date.isoformat(),
            f"v{_safe(document.version)}",
            (digest or document_digest(document))[:SHOWN_DIGITS],
            document.language,
        )
    )
    return f"{stem}.{extension}"


def _safe(text: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in text)
    return kept.strip("-.")[:40] or "x"
