"""Texts, dates, places in sources and stances of the evidence base as the reader sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.documents.files import place_words
from alpclusters.platform.evidence.models import DocumentPage, Initiative, Quotation, Stance
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.trail.domain.kinds import TieRefusedError
from alpclusters.reports.dates import format_date, format_month_year
from alpclusters.www.components.parts import Station
from alpclusters.www.public.trail import strip_of

# --- Texts of the evidence base in the reader's language, or in another one that says so ----------


@dataclass(frozen=True)
class Said:
    """A text and, where it is not in the reader's language, the code of its own."""

    text: str = ""
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def said(thing: Any, name: str) -> Said:
    """Return a translated field: in the reader's language, else in English, else in any."""
    text = getattr(thing, name)
    return Said(str(text), "" if text.language == text.asked else text.language)


# --- Dates as exactly as they are known -----------------------------------------------------------


Precision = Initiative.Precision


def dated(day: date | None, precision: str) -> str:
    """Write a day, a month or a year; nothing where nobody knows."""
    if day is None:
        return ""
    language = nearest_language(get_language())
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return format_month_year(day, language)
    return format_date(day, language)


def period_of(initiative: Initiative) -> str:
    """Write from when to when it was funded, as far as it is known."""
    start = dated(initiative.start, initiative.start_precision)
    end = dated(initiative.end, initiative.end_precision)
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("from %(date)s") % {"date": start}
    return _("until %(date)s") % {"date": end} if end else ""


# --- Whether something speaks for a lesson: a word and a symbol -----------------------------------


_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Stance.SUPPORTS: ("plus", "good"),
    Stance.CONTRADICTS: ("minus", "warn"),
    Stance.MIXED: ("scale", ""),
}


@dataclass(frozen=True)
class StanceView:
    """A stance as a badge."""

    text: Any
    icon: str
    tone: str


def stance_view(stance: str) -> StanceView:
    """Return the badge of a stance."""
    icon, tone = _LOOKS[stance]
    return StanceView(Stance(stance).label, icon, tone)


# --- Where it is written: places in sources, each with the way to the source ----------------------


@dataclass(frozen=True)
class QuotationView:
    """A place in a source."""

    title: str
    lang: str
    url: str
    place: str
    words: str
    kind: str
    is_simulated: bool


def source_url(key: str, page: int | None = None) -> str:
    """Return the page of a source, at what rests on one of its pages if asked for."""
    return reverse("public:source", args=[key]) + (f"#page-{page}" if page else "")


def quotation_views(quotations: Sequence[Quotation]) -> list[QuotationView]:
    """Return places for reading; the documents are read along."""
    labels = page_labels(quotations)
    return [_view(row, labels.get(row.document_id, {})) for row in quotations]


def page_labels(quotations: Sequence[Quotation]) -> dict[int, dict[int, str]]:
    """Return what is printed on the quoted pages, per document (one query)."""
    wanted = {q.document_id for q in quotations if q.page is not None}
    numbers = {n for q in quotations for n in (q.page, q.page_end) if n is not None}
    if not wanted:
        return {}
    pages: QuerySet[DocumentPage] = DocumentPage.objects.filter(
        document__in=wanted, number__in=numbers
    ).exclude(label="")
    found: dict[int, dict[int, str]] = {}
    for document, number, label in pages.order_by().values_list("document_id", "number", "label"):
        found.setdefault(document, {})[number] = label
    return found


def _view(row: Quotation, labels: dict[int, str]) -> QuotationView:
    document = row.document
    known = len(document.language) == len("de")
    return QuotationView(
        title=document.title,
        lang=document.language if known else "",
        url=source_url(document.key, row.page),
        place=place_words(row, labels),
        words=row.words,
        kind=document.get_source_type_display(),
        is_simulated=document.is_simulated,
    )


# --- The trail of a thing of the evidence base ----------------------------------------------------


def strip_if_known(thing: Model, *, seen_by: Person, label: str = "") -> list[Station]:
    """Return the stations around a thing; none where the trail does not know its kind."""
    try:
        return strip_of(thing, seen_by=seen_by, label=label)
    except TieRefusedError:
        return []
