"""The desk for requests about personal data: find, give out, erase, block; certificates."""

import io
import json
import zipfile

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.desk.erasing import block, census, erase, unblock
from alpclusters.platform.desk.finding import Hit, export, find, hits_of
from alpclusters.platform.desk.retention import CLOCKS, clock_of
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.trust.domain.bodies import responsible_body
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.models import ErasureCertificate
from alpclusters.platform.trust.signals import network_of
from alpclusters.reports.erasure import build_certificate, intro, outside, proof_sentences
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.public.documents import sent, written
from alpclusters.www.signed_in import SignedInRequest


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Search for a person; the words are sent in the body, so that no log has them."""
    words = request.POST.get("words", "")
    context = {"words": words, "hits": [], "clocks": _clocks(), "error": ""}
    context["certificates"] = ErasureCertificate.objects.order_by("-pk")[:20]
    status = 200
    if request.method == "POST":
        try:
            context["hits"] = find(words)
        except AlpClustersError as error:
            context["error"], status = phrase(error, _language()), 422
    context["is_searched"] = request.method == "POST"
    return render(request, "workspace/desk/desk.html", context, status=status)


def _clocks() -> Table:
    columns = [Column(_("What")), Column(_("How long")), Column(_("What for"))]
    rows = [[clock.title, clock.ends, clock.why] for clock in CLOCKS]
    return Table(_("Kinds of data"), columns, rows)


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@never_cache
@require_POST
def desk_export(request: SignedInRequest) -> HttpResponse:
    """Give out everything kept about a person as a ZIP with one JSON file."""
    hits = _ticked(request)
    if not hits:
        return _nothing(request)
    for user in {hit.account for hit in hits} or {None}:
        record(
            Kind.DATA_EXPORTED,
            actor=request.user,
            about=user,
            network=network_of(request),
            rows=len(hits),
        )
    text = json.dumps(export(hits), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("personal-data.json", text)
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="alpclusters-personal-data.zip"'
    return response


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@never_cache
@require_POST
def desk_erase(request: SignedInRequest) -> HttpResponse:
    """Ask once more, saying what follows; then erase and show the certificate."""
    hits = _ticked(request)
    if not hits:
        return _nothing(request)
    if "confirmed" not in request.POST:
        rows = [(clock_of(label), label, len(pks)) for label, pks in sorted(census(hits).items())]
        context = {"hits": hits, "rows": rows}
        return render(request, "workspace/desk/erase.html", context)
    try:
        made = erase(hits, by=request.user, now=timezone.now())
    except StateError as error:
        messages.error(request, phrase(error, _language()))
        return redirect("workspace:desk")
    return redirect("workspace:certificate", pk=made.pk)


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@never_cache
@require_POST
def desk_block(request: SignedInRequest) -> HttpResponse:
    """Ask once more, saying what follows; then block a person or lift the block."""
    number = request.POST.get("account", "")
    user = get_object_or_404(User, pk=int(number) if number.isdecimal() else 0)
    if "confirmed" not in request.POST:
        return render(request, "workspace/desk/block.html", {"person": user})
    try:
        (block if user.is_active else unblock)(user, by=request.user)
    except StateError as error:
        messages.error(request, phrase(error, _language()))
    else:
        messages.success(request, _("Done: %(name)s") % {"name": user})
    return redirect("workspace:desk")


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found and what became of it."""
    found = get_object_or_404(ErasureCertificate, pk=pk)
    text = translator(_language())
    rows = [(clock_of(row["table"]), row) for row in found.tables]
    context = {
        "certificate": found,
        "rows": rows,
        "intro": intro(text),
        "sentences": proof_sentences(found, text),
        "outside": outside(text),
    }
    return render(request, "workspace/desk/certificate.html", context)


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@require_safe
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - Django's
    """Send the certificate as PDF, to hand it out."""
    found = get_object_or_404(ErasureCertificate, pk=pk)
    return sent(written(build_certificate(found, responsible_body(), _language()), "pdf"))


def _ticked(request: HttpRequest) -> list[Hit]:
    return hits_of(request.POST.getlist("entry"))


def _nothing(request: HttpRequest) -> HttpResponse:
    messages.error(request, phrase(StateError("desk.nothing"), _language()))
    return redirect("workspace:desk")


def _language() -> str:
    return nearest_language(get_language())


urlpatterns = [
    path("desk/", desk, name="desk"),
    path("desk/export/", desk_export, name="desk_export"),
    path("desk/erase/", desk_erase, name="desk_erase"),
    path("desk/block/", desk_block, name="desk_block"),
    path("desk/certificates/<int:pk>/", certificate, name="certificate"),
    path("desk/certificates/<int:pk>/pdf/", certificate_pdf, name="certificate_pdf"),
]
