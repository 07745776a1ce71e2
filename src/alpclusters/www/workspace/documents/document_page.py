"""One document: to read, to quote, with what it supports, its facts and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.documents.adding import (
    FIELDS,
    revert,
    versions,
    visible_quotations,
)
from alpclusters.platform.evidence.domain.documents.files import page_words, place_words
from alpclusters.platform.evidence.domain.documents.quoting import quote, unquote
from alpclusters.platform.evidence.domain.documents.reading import page_of, reading_of
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Activity, Document, Lesson, Quotation
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.parts import Crumb, Fact
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.templatetags.figures import number, shortdate
from alpclusters.www.workspace.documents.document_list import crumbs, document_crumb, own_document
from alpclusters.www.workspace.documents.reader import (
    LOOKS,
    Pairs,
    found_in,
    passages,
    picture_url,
    quotation_from,
    read_document,
    told,
)
from alpclusters.www.workspace.sentences import placed_sentence
from alpclusters.www.workspace.versions import version_views

# --- What is said about a document, as facts with their standing ----------------------------------


def facts_of(document: Document) -> list[Fact]:
    """Return authors, year, kind, language, licence, address and file of a document."""
    is_checked = document.standing == Standing.VERIFIED
    checked = "verified" if is_checked else "unverified"
    facts = [
        _fact(_("Authors or body"), document.authors, checked),
        _fact(_("Year"), str(document.year or ""), checked),
        Fact(_("Kind of source"), document.get_source_type_display()),
        _fact(_("Language"), language_words(document.language)),
        _fact(_("Licence"), document.licence, checked),
        Fact(_("May be shown to the public"), _("yes") if document.is_open else _("no")),
        _place(document),
    ]
    if document.read_on:
        facts.append(Fact(_("Last read on"), shortdate(document.read_on)))
    if document.file:
        size = number(max(1, document.n_bytes // 1000))
        facts.append(Fact(_("File"), f"{document.file_name} ({size} kB)"))
    if document.n_pages:
        facts.append(Fact(_("Pages"), number(document.n_pages)))
    return facts


def language_words(code: str) -> str:
    """Return the name of a language; empty where it is unknown."""
    return {**dict(LANGUAGES), "mul": _("several")}.get(code, code)


def _fact(label: str, value: str, state: str = "") -> Fact:
    return Fact(label, value, state if value else "unknown")  # type: ignore[arg-type]


def _place(document: Document) -> Fact:
    if document.address:
        return Fact(_("Web address"), document.address, url=document.address)
    return _fact(_("Where it was found"), document.locator)


# --- The versions of what is said about a document ------------------------------------------------


_TITLES: Final = {
    **{name: field_of(Document, name).verbose_name for name in FIELDS},
    "address": gettext_lazy("Web address"),
    "read_on": gettext_lazy("Last read on"),
    "standing": gettext_lazy("Checked"),
    "file_name": gettext_lazy("File"),
}


@login_required
@require_safe
def document_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show who changed what."""
    document = own_document(request, key)
    views = version_views(versions(document), titles=_TITLES, words=_words, reason=_reason)
    context = {
        "document": document,
        "versions": views,
        "crumbs": crumbs(document_crumb(document), Crumb(_("History"))),
    }
    return render(request, "workspace/documents/history.html", context)


@login_required
@require_POST
def document_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back what an earlier version said."""
    document = own_document(request, key)
    if revert(document, version=version, by=request.user):
        messages.success(request, _("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("workspace:document-history", key=key)


def _words(field: str, value: Any) -> str:
    choices = dict(getattr(Document._meta.get_field(field), "flatchoices", ()))
    if field == "language":
        return language_words(value or "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(choices.get(value, value or ""))


def _reason(version: Version) -> str:
    said = {
        "file": _("The file was uploaded."),
        "read": _("The file was read again."),
        "initiatives": _("The initiatives it is about were changed."),
    }
    if version.is_first and not version.reason:
        return _("The document was added.")
    return said.get(version.reason, version.reason)


# --- One document: to read, to quote, with what it supports; its data for the reader's script -----


UNPROCESSABLE: Final = 422
MOST_TARGETS: Final = 100


@dataclass(frozen=True)
class QuotationRow:
    """A place, and what rests on it."""

    quotation: Quotation
    place: str
    url: str
    label: str
    kind: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def document(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a document; words and pages can be tied to an activity or a lesson."""
    found = own_document(request, key)
    if request.POST.get("do") == "quote":
        return _quote(request, found)
    if request.POST.get("do") == "unquote":
        return _unquote(request, found)
    return _show(request, found)


@login_required
@require_safe
@never_cache
def document_progress(request: HttpRequest, key: str) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    found = own_document(request, key)
    if found.state != Document.State.WAITING:
        return JsonResponse({"is_over": True})
    now = reading_of(found)
    answer = {"is_over": False, "done": now.done, "total": now.total, "told": told(now)}
    return JsonResponse(answer)


@login_required
@require_safe
def document_page(request: HttpRequest, key: str, number: int) -> JsonResponse:
    """Send one page for the script of the reader."""
    found = own_document(request, key)
    page = page_of(found, number)
    if page is None:
        raise Http404
    parts = passages(page.text, request.GET.get("find", "")[:200])
    place = page_words(found, number, page.label)
    answer = {
        "number": number,
        "place": place,
        "passages": [[part.text, part.kind == "added"] for part in parts],
        "empty": _("This page has no text: it is a picture, or empty."),
        "picture": picture_url(found, number),
        "alt": _("Picture of %(place)s; its text stands beside it.") % {"place": place},
    }
    return JsonResponse(answer)


@login_required
@require_safe
def document_find(request: HttpRequest, key: str) -> JsonResponse:
    """Look for words in all pages, for the script of the reader."""
    found = own_document(request, key)
    words = request.GET.get("find", "")[:200]
    if not words.strip():
        return JsonResponse({"told": "", "hits": []})
    result = found_in(found, words)
    hits = [
        {
            "number": hit.number,
            "place": hit.place,
            "n": hit.n,
            "before": hit.before,
            "words": hit.words,
            "after": hit.after,
        }
        for hit in result.hits
    ]
    return JsonResponse({"told": result.told, "hits": hits})


def _quote(request: SignedInRequest, found: Document) -> HttpResponse:
    kind, _dash, number = request.POST.get("target", "").partition("-")
    pk = int(number) if number.isdecimal() else 0
    targets: dict[str, Any] = {
        "activity": Activity.objects.filter(pk=pk, initiative__documents=found).first(),
        "lesson": Lesson.objects.filter(pk=pk).first(),
    }
    aim = {kind: targets[kind]} if kind in targets else {}
    try:
        quote(found, by=request.user, **quotation_from(request.POST), **aim)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
        return _show(request, found, status=UNPROCESSABLE)
    messages.success(request, _("Saved"))
    page = request.POST.get("page", "").strip()
    return redirect(f"{request.path}?page={int(page)}#supports" if page else request.path)


def _unquote(request: SignedInRequest, found: Document) -> HttpResponse:
    number = request.POST.get("quotation", "")
    own = {str(one.pk): one for one in visible_quotations(found, request.user.pk)}
    row = own.get(number)
    if row is not None:
        unquote(row, request.user)
        messages.success(request, _("The quotation is taken back."))
    return redirect("workspace:document", key=found.key)


def _show(request: SignedInRequest, found: Document, *, status: int = 200) -> HttpResponse:
    rows = _rows(found, request.user.pk)
    icon, tone = LOOKS[Document.State(found.state)]
    targets = _targets(found)
    context: dict[str, Any] = {
        "document": found,
        "reader": read_document(
            request,
            found,
            quote_url=request.get_full_path() if targets else "",
            targets=targets,
            quoted=request.POST.dict() if status == UNPROCESSABLE else None,
        ),
        "facts": facts_of(found),
        "initiatives": list(found.initiatives.order_by("acronym", "pk")),
        "rows": rows,
        "is_quoted": found.quotations.exists(),
        "n_activities": len({r.quotation.activity_id for r in rows if r.quotation.activity_id}),
        "n_lessons": len({r.quotation.lesson_id for r in rows if r.quotation.lesson_id}),
        "icon": icon,
        "tone": tone,
        "reading": reading_of(found),
        "told": told(reading_of(found)),
        "crumbs": crumbs(Crumb(found.title)),
    }
    return render(request, "workspace/documents/document.html", context, status=status)


def _targets(found: Document) -> Pairs:
    """Return what a place in this document can be tied to."""
    activities = Activity.objects.filter(initiative__documents=found).select_related("initiative")
    near = list(activities.order_by("initiative__acronym", "number", "pk")[:MOST_TARGETS])
    lessons = Lesson.objects.filter(bearings__activity__in=[one.pk for one in near]).distinct()
    named = [(f"activity-{one.pk}", f"{one.initiative.acronym}: {one.name}") for one in near]
    learnt = [(f"lesson-{one.pk}", one.statement) for one in lessons.order_by("pk")[:MOST_TARGETS]]
    return [*named, *learnt]


def _rows(found: Document, user_id: int) -> Sequence[QuotationRow]:
    rows = visible_quotations(found, user_id)
    wanted = {number for row in rows for number in (row.page, row.page_end) if number}
    labels = dict(found.pages.filter(number__in=wanted).values_list("number", "label"))
    return [_row(row, labels) for row in rows]


def _row(quotation: Quotation, labels: dict[int, str]) -> QuotationRow:
    place = place_words(quotation, labels)
    if quotation.activity is not None:
        initiative = quotation.activity.initiative
        url = reverse("public:initiative", args=[initiative.key])
        anchor = f"{url}#activity-{quotation.activity.number}"
        label = f"{initiative.acronym}: {quotation.activity.name}"
        return QuotationRow(quotation, place, anchor, label, _("Activity"))
    lesson = quotation.lesson
    url = reverse("public:lesson", args=[lesson.key]) if lesson else ""
    return QuotationRow(quotation, place, url, str(lesson), _("Lesson"))
