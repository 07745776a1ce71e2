"""How something is cited: as a sentence to copy and as files for reference managers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.citing import (
    Citation,
    Parts,
    bibtex,
    citation_key,
    csl_json,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date, format_month_year

FORMATS: Final = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "json": ("CSL JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
}


@dataclass(frozen=True)
class CiteView:
    """What the component ``cite`` shows."""

    sentence: str
    bibtex: str
    address: str
    files: Sequence[tuple[str, str]]


def cite_view(cite: Callable[[str], Citation], name: str, *args: object) -> CiteView:
    """Put a citation into the reader's language; ``name`` is the page of its files."""
    citation = cite(nearest_language(get_language()))
    files = [
        (label, reverse(name, args=[*args, kind])) for kind, (label, *_rest) in FORMATS.items()
    ]
    return CiteView(sentence_of(citation), bibtex(citation), citation.address, files)


def sentence_of(citation: Citation) -> str:
    """Write a reference as one line: who, when, what, where."""
    authors = ", ".join(citation.authors) or _("without a named author")
    year = str(citation.issued[0]) if citation.issued else _("undated")
    end = "" if citation.title.endswith((".", "!", "?")) else "."
    parts = [f"{authors} ({year}): {citation.title}{end}"]
    if citation.container:
        parts.append(f"{citation.container}.")
    if citation.version:
        parts.append(_("Version %(number)s.") % {"number": citation.version})
    if len(citation.issued) > 1:
        parts.append(_("As of %(date)s.") % {"date": _dated(citation.issued)})
    parts.append(citation.address)
    if citation.accessed:
        parts.append("({})".format(_("read on %(date)s") % {"date": _day(citation.accessed)}))
    return " ".join(parts)


def _dated(parts: Parts) -> str:
    language = nearest_language(get_language())
    if len(parts) == len(("year", "month")):
        return format_month_year(date(parts[0], parts[1], 1), language)
    return format_date(date(*parts), language)


def _day(day: date) -> str:
    return format_date(day, nearest_language(get_language()))


def sent_citation(citation: Citation, kind: str) -> HttpResponse:
    """Send a citation as a file."""
    if kind not in FORMATS:
        raise Http404
    _label, content_type, write = FORMATS[kind]
    response = HttpResponse(write(citation), content_type=content_type)
    name = citation_key(citation.key)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
