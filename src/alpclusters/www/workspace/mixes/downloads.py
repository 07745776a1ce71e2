"""The files of a mix: proof and report as documents and tables, and the mix itself."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.funding.domain.case_offers.titles import programme_names
from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.blocks import Document
from alpclusters.reports.funding import mix_file_document
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent, written
from alpclusters.www.workspace.mixes.access import Shown, own_run
from alpclusters.www.workspace.mixes.application import application_file, offer_file
from alpclusters.www.workspace.mixes.words import language

NAMES: Final = {
    "proof": gettext_lazy("Proof sheet"),
    "report": gettext_lazy("Report with sheets of partners and applications"),
    "application": gettext_lazy("Draft of an application, as in Jems"),
    "mix": gettext_lazy("The mix as data"),
}
LONGEST_PLACE: Final = 6
DOCUMENTS: Final = ("pdf", "docx", "xlsx")
FORMATS: Final = {
    "proof": DOCUMENTS,
    "report": DOCUMENTS,
    "application": ("docx", "zip"),
    "mix": ("json",),
}
# Of a mix that breaks rules there is no sheet but the one that says so; without a mix only data.
KINDS: Final = {"failed": ("proof", "mix"), "infeasible": ("mix",)}


@dataclass(frozen=True)
class FileRow:
    """A document and the formats it comes in."""

    name: Any
    links: tuple[tuple[str, str], ...]


def files_of(run: MixRun) -> list[FileRow]:
    """List what can be taken away."""
    return [
        FileRow(
            NAMES[kind],
            tuple(
                (ending.upper(), reverse("workspace:mix_file", args=[run.pk, f"{kind}.{ending}"]))
                for ending in FORMATS[kind]
            ),
        )
        for kind in _kinds(run)
    ]


@login_required
@require_safe
def mix_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send one of the files in the reader's language."""
    shown = own_run(request, pk)
    stem, _dot, ending = name.partition(".")
    kind, _dash, place = stem.partition("-")
    if shown.run.result is None or kind not in _kinds(shown.run) or ending not in FORMATS[kind]:
        raise Http404
    if place:
        return sent(offer_file(shown, _place(kind, place, ending)))
    if kind == "application":
        return sent(application_file(shown, ending))
    if kind != "mix":
        return sent(written(_document(shown, kind, ending), ending))
    name = f"{slugify(shown.run.case.title)[:60] or 'mix'}-{pk}.json"
    return sent(TakenAway(name, CONTENT_TYPES["json"], mix_text(shown.mix).encode()))


def _place(kind: str, place: str, ending: str) -> int:
    """Return the place of the offer whose application is asked for: ``application-3.docx``."""
    is_number = place.isdecimal() and len(place) < LONGEST_PLACE
    if (kind, ending) != ("application", "docx") or not is_number:
        raise Http404
    return int(place)


def _kinds(run: MixRun) -> tuple[str, ...]:
    status = (run.result or {}).get("status")
    return KINDS.get(str(status), tuple(FORMATS))


def _document(shown: Shown, kind: str, ending: str) -> Document:
    ended = shown.run.ended_at or shown.run.asked_at
    day, mix = timezone.localdate(ended), shown.subject.mix
    return mix_file_document(
        shown.case,
        mix,
        kind=kind,
        ending=ending,
        language=language(),
        day=day,
        programmes=programme_names(shown.case, language()) if kind == "report" else None,
    )
