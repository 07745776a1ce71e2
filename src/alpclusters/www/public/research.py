"""Ask for the answers of an AlpCafé for research, fetch them, confirm that they were erased."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.records import REGION, ROLE
from alpclusters.platform.evaluation.domain.research_requests import (
    TERMS,
    Asked,
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
from alpclusters.www.public.guarded_forms import GuardedForm
from alpclusters.www.site.cafe_letters import tell_deciders
from alpclusters.www.site.inputs import input_of

# --- What a researcher writes who asks for the answers of an AlpCafé person by person -------------


class RequestForm(GuardedForm):
    """Who asks, what for, how the data are kept safe, and until when."""

    use_required_attribute = False
    organisation = input_of(
        DataRequest, "organisation", widget=forms.TextInput({"autocomplete": "organization"})
    )
    people = input_of(DataRequest, "people", widget=forms.Textarea({"rows": 2}))
    email = input_of(DataRequest, "email", widget=forms.EmailInput({"autocomplete": "email"}))
    purpose = input_of(DataRequest, "purpose", widget=forms.Textarea({"rows": 4}))
    safeguards = input_of(DataRequest, "safeguards", widget=forms.Textarea({"rows": 3}))
    until = input_of(
        DataRequest, "until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    accepts = forms.BooleanField(label=_("All who are named accept the terms"))

    def asked(self) -> Asked:
        """Return the request in the words of the domain."""
        names = ("organisation", "people", "email", "purpose", "safeguards", "until")
        data = {name: self.cleaned_data[name] for name in names}
        return Asked(**data, language=nearest_language(get_language()))


# --- What the public and the coordinator read of a request ----------------------------------------


@dataclass(frozen=True)
class RecordRow:
    """One line of the public record; it names no person."""

    request: DataRequest
    fields: str

    @property
    def is_deleted(self) -> bool:
        """Say whether the recipient confirmed that nothing is left."""
        return self.request.deleted_at is not None


def record_rows(requests: Sequence[DataRequest]) -> list[RecordRow]:
    """Return what is public of requests that were granted."""
    return [RecordRow(one, fields_words(one.fields)) for one in requests]


def fields_words(fields: Sequence[str]) -> str:
    """Say what a file holds of each person."""
    n = len([name for name in fields if name not in {REGION, ROLE}])
    parts = [ngettext("answer to %(n)s question", "answers to %(n)s questions", n) % {"n": n}]
    if REGION in fields:
        parts.append(gettext("group of regions"))
    if ROLE in fields:
        parts.append(gettext("group of roles"))
    return ", ".join(parts)


def terms() -> list[str]:
    """Return the terms in the language of the page."""
    return [gettext(term) for term in TERMS]


# --- Ask for the answers of an AlpCafé for research, fetch them, confirm that they were deleted


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
            Crumb(gettext("AlpCafés"), reverse("public:cafes")),
            Crumb(found.title, reverse("public:cafe", args=[pk])),
            Crumb(gettext("Answers for research")),
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
    text = gettext("Your request was sent. The coordinator decides; the answer comes by mail.")
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
            messages.success(
                request, gettext("Thank you. The record says that the data are deleted.")
            )
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


urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/research-data/", cafe_research, name="cafe_research"),
    path("research-data/<str:token>/", research_data, name="research_data"),
    path("research-data/<str:token>/data.zip", research_file, name="research_file"),
]
