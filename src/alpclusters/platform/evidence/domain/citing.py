"""How an entry, a source or the whole evidence base is cited: BibTeX, CSL JSON and data for both.

Nothing here knows the addresses of pages: the caller gives them. A date is as exact as it is
known; a year alone stays a year.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote

from alpclusters.platform.evidence.models import Document, Initiative, Lesson, SourceType

PUBLISHER: Final = "AlpClusters"
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
# BibTeX counts braces even behind a backslash, so that they are written as commands.
_ESCAPES: Final[Mapping[str, str]] = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}


class Kind(StrEnum):
    """What is cited, in the words of CSL 1.0.2."""

    ENTRY = "entry"
    REPORT = "report"
    ARTICLE = "article"
    DATASET = "dataset"
    INTERVIEW = "interview"
    WEBPAGE = "webpage"


_KINDS: Final[Mapping[str, Kind]] = {
    SourceType.OWN_REPORT: Kind.REPORT,
    SourceType.EXTERNAL_EVALUATION: Kind.REPORT,
    SourceType.AUDIT: Kind.REPORT,
    SourceType.STATISTICS: Kind.DATASET,
    SourceType.PEER_REVIEWED: Kind.ARTICLE,
    SourceType.INTERVIEW: Kind.INTERVIEW,
    SourceType.WEB: Kind.WEBPAGE,
}

type Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference manager needs.

    Attributes
    ----------
    key : str
        Letters, digits and hyphens.
    authors : tuple of str
        Bodies and people as the source writes them; they are not split into first and last name.
    issued : tuple of int
        Year, year and month, or year, month and day; empty where nobody knows.
    happened : tuple of two such tuples, or empty
        When what is described went on.
    """

    kind: Kind
    key: str
    title: str
    address: str
    authors: tuple[str, ...] = ()
    container: str = ""
    issued: Parts = ()
    happened: tuple[Parts, ...] = ()
    accessed: date | None = None
    language: str = ""
    number: str = ""
    version: str = ""
    note: str = ""


# --- what is cited ------------------------------------------------------------------------------


def cite_initiative(initiative: Initiative, *, address: str, language: str) -> Citation:
    """Cite the entry of an initiative, in the version of its last change."""
    name = ": ".join(filter(None, (initiative.acronym, initiative.title)))
    programme = str(initiative.programme) if initiative.programme else ""
    return Citation(
        kind=Kind.ENTRY,
        key=f"alpclusters-initiative-{initiative.key}",
        title=name,
        address=address,
        authors=(PUBLISHER,),
        container=f"{PUBLISHER} evidence base",
        issued=_day(initiative.changed_at.date()),
        happened=_span(initiative),
        language=language,
        number=initiative.reference,
        note=_noted(programme, is_simulated=initiative.is_simulated),
    )


def cite_lesson(lesson: Lesson, *, address: str, language: str) -> Citation:
    """Cite a lesson, in the version of its last change."""
    return Citation(
        kind=Kind.ENTRY,
        key=f"alpclusters-lesson-{lesson.key}",
        title=lesson.statement,
        address=address,
        authors=(PUBLISHER,),
        container=f"{PUBLISHER} evidence base",
        issued=_day(lesson.changed_at.date()),
        language=language,
        note=_noted(is_simulated=lesson.is_simulated),
    )


def cite_document(document: Document, *, address: str) -> Citation:
    """Cite a source itself, not our entry of it; ours is the address where it has none."""
    authors = tuple(part.strip() for part in document.authors.split(";") if part.strip())
    return Citation(
        kind=_KINDS.get(document.source_type, Kind.WEBPAGE),
        key=f"alpclusters-source-{document.key}",
        title=document.title,
        address=document.address or address,
        authors=authors,
        container="" if document.address else document.locator,
        issued=(document.year,) if document.year else (),
        accessed=document.read_on,
        language="" if document.language == "mul" else document.language,
        note=_noted(is_simulated=document.is_simulated),
    )


def cite_package(*, address: str, version: str, issued: date | None) -> Citation:
    """Cite the whole evidence base in one version."""
    return Citation(
        kind=Kind.DATASET,
        key=f"alpclusters-evidence-{version}",
        title=f"{PUBLISHER} evidence base",
        address=address,
        authors=(PUBLISHER,),
        issued=_day(issued) if issued else (),
        version=version,
    )


def _noted(*notes: str, is_simulated: bool) -> str:
    return "; ".join(filter(None, (*notes, "simulated" if is_simulated else "")))


def _day(day: date) -> Parts:
    return (day.year, day.month, day.day)


def _span(initiative: Initiative) -> tuple[Parts, ...]:
    """Return begin and end of the funding; CSL knows no end without a begin."""
    if initiative.start is None:
        return ()
    first = parts_of(initiative.start, initiative.start_precision)
    last = parts_of(initiative.end, initiative.end_precision) if initiative.end else ()
    return (first, last) if last else (first,)


def parts_of(day: date, precision: str) -> Parts:
    """Return a date as exactly as it is known."""
    n_parts = {Initiative.Precision.YEAR: 1, Initiative.Precision.MONTH: 2}
    return _day(day)[: n_parts.get(precision, 3)]  # type: ignore[call-overload]


def iso_of(parts: Parts) -> str:
    """Write a date as exactly as it is known: 2013, 2013-07, 2013-07-01."""
    return "-".join(f"{part:0{4 if place == 0 else 2}d}" for place, part in enumerate(parts))


# --- how it is written --------------------------------------------------------------------------


def csl_json(citation: Citation) -> str:
    """Write CSL JSON: a list of one item, as reference managers import it."""
    facts: dict[str, Any] = {
        "id": citation.key,
        "type": citation.kind.value,
        "title": _line(citation.title),
        "author": [{"literal": _line(name)} for name in citation.authors],
        "container-title": _line(citation.container),
        "publisher": PUBLISHER if citation.kind in {Kind.ENTRY, Kind.DATASET} else "",
        "issued": _dated(citation.issued),
        "event-date": _dated(*citation.happened),
        "accessed": _dated(_day(citation.accessed) if citation.accessed else ()),
        "URL": citation.address,
        "language": citation.language,
        "number": _line(citation.number),
        "version": citation.version,
        "note": _line(citation.note),
    }
    known = {name: value for name, value in facts.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=2) + "\n"


def _dated(*dates: Parts) -> dict[str, Any]:
    known = [list(parts) for parts in dates if parts]
    return {"date-parts": known} if known else {}


def bibtex(citation: Citation) -> str:
    """Write BibTeX in UTF-8, for classic BibTeX (year, month) and biblatex (date) alike."""
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in citation.authors),
        "title": f"{{{_escaped(citation.title)}}}",
        "howpublished": _escaped(citation.container),
        "year": str(citation.issued[0]) if citation.issued else "",
        "month": _month(citation.issued),
        "date": iso_of(citation.issued),
        "eventdate": "/".join(iso_of(parts) for parts in citation.happened),
        "number": _escaped(citation.number),
        "version": citation.version,
        "url": _url(citation.address),
        "urldate": iso_of(_day(citation.accessed)) if citation.accessed else "",
        "language": citation.language,
        "note": _escaped(citation.note),
    }
    lines = [f"  {name} = {_valued(name, value)}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{citation_key(citation.key)},", *lines, "}"]) + "\n"


def citation_key(text: str) -> str:
    """Return a key that every program takes: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]+", "-", plain).strip("-") or "alpclusters"


def _valued(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"


def _month(parts: Parts) -> str:
    return _MONTHS[parts[1] - 1] if len(parts) > 1 else ""


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in _line(text))


def _line(text: str) -> str:
    """Put a text on one line without control characters."""
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(kept.split())


def _url(address: str) -> str:
    """Write an address without letters that would end the value."""
    return quote(_line(address), safe="%/:=&?~#+!$,;'@()*[]-._")
