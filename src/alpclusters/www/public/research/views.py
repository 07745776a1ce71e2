"""Ask for the answers of an AlpCafé for research, fetch them, confirm that they were deleted."""

from contextlib import suppress
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.research_requests import (
    ask_for_data,
    confirm_deletion,
    fetch,
    find_request,
    may_fetch,
    public_record,
)
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.cafes.events import public_cafes
from alpclusters.www.public.documents import TakenAway, sent
from alpclusters.www.public.research.forms import RequestForm
from alpclusters.www.public.research.words import record_rows, terms
from alpclusters.www.site.research_letters import tell_deciders

UNPROCESSABLE: Final = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_research(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the terms, the form and who got answers; 403 before an evaluation is public."""
    found = get_object_or_404(public_cafes(), pk=pk)
    if found.snapshot_pk is None:  # type: ignore[attr-defined]  # of `public_cafes`
        raise PermissionDenied
    form = RequestForm(request.POST or None)
    if request.method == "POST" and (form.is_program or _is_kept(request, found, form)):
        return redirect("public:cafe_research", pk=pk)
    context = {
        "cafe": found,
        "form": form,
        "terms": terms(),
        "labels": {name: label_of(DataRequest, name) for name in ("organisation", "purpose")},
        "rows": record_rows(list(public_record(found))),
        "crumbs": [
            Crumb(_("AlpCafés"), reverse("public:cafes")),
            Crumb(found.title, reverse("public:cafe", args=[pk])),
            Crumb(_("Answers for research")),
        ],
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "public/research/ask.html", context, status=status)


def _is_kept(request: HttpRequest, cafe: AlpCafe, form: RequestForm) -> bool:
    if not form.is_valid():
        return False
    try:
        asked = ask_for_data(cafe, form.asked(), now=timezone.now())
    except AlpClustersError as error:
        form.add_error(None, _say(error))
        return False
    # A mail that does not leave loses nothing: the request waits on the workspace too.
    with suppress(OSError):  # of it are the errors of smtplib
        tell_deciders(asked)
    text = _("Your request was sent. The coordinator decides; the answer comes by mail.")
    messages.success(request, text)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def research_data(request: HttpRequest, token: str) -> HttpResponse:
    """Offer the file to its recipient, and take the word that it was deleted."""
    found = _found(token)
    if request.method == "POST":
        try:
            confirm_deletion(found, now=timezone.now())
        except StateError as error:
            messages.error(request, _say(error))
        else:
            messages.success(request, _("Thank you. The record says that the data are deleted."))
        return redirect("public:research_data", token=token)
    context = {
        "found": found,
        "cafe": found.cafe,
        "token": token,
        "terms": terms(),
        "may_fetch": may_fetch(found, timezone.now()),
        "simulated": found.cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "public/research/link.html", context)


@never_cache
@require_safe
def research_file(request: HttpRequest, token: str) -> HttpResponse:
    """Make the file anew and send it; where that is not possible the page says why."""
    found = _found(token)
    try:
        content = fetch(found, now=timezone.now())
    except StateError as error:
        messages.error(request, _say(error))
        return redirect("public:research_data", token=token)
    name = f"alpcafe_{found.cafe_id}_research-{found.pk}.zip"
    return sent(TakenAway(name, "application/zip", content))


def _found(token: str) -> DataRequest:
    found = find_request(token)
    if found is None:
        raise Http404
    return found


def _say(error: AlpClustersError) -> str:
    return phrase(error, nearest_language(get_language()))
