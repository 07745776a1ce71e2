"""The protocol: read the draft, type what no machine knows, approve, take versions away."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.cafe.models import AlpCafe, Protocol
from alpclusters.platform.evaluation.domain.protocol_records import NOTES
from alpclusters.platform.evaluation.domain.protocols import (
    LONGEST_NOTE,
    approve,
    approved_versions,
    next_number,
    notes_of,
    public_version,
    write_notes,
)
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.cafes.papers import draft_document, version_document
from alpclusters.www.public.documents import sent, written
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.cafes.views import visible_cafe

FORMATS: Final = ("pdf", "docx")
LABELS: Final = {
    "purpose": gettext_lazy("Purpose"),
    "open_points": gettext_lazy("Open points, and who takes them"),
    "next_steps": gettext_lazy("What happens next"),
    "incidents": gettext_lazy("Incidents"),
}
HELP: Final = {
    "purpose": gettext_lazy("Empty: the purpose of the preparation."),
    "open_points": gettext_lazy("One point per line, with the person or body who takes it."),
    "next_steps": gettext_lazy("One step per line, with its date."),
    "incidents": gettext_lazy("For example “network lost from 14:02 to 14:06”."),
}


class NotesForm(forms.Form):
    """What no machine knows, in each language of the AlpCafé."""

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        own = nearest_language(get_language())
        codes = [code for code, _name in LANGUAGES if code in cafe.languages]
        # The language of the page comes first; the others are folded.
        self.codes = sorted(codes, key=lambda code: code != own)
        kwargs.setdefault("initial", _initial(notes_of(cafe)))
        super().__init__(*args, **kwargs)
        for name in NOTES:
            for code in self.codes:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=dict(LANGUAGES)[code],
                    required=False,
                    max_length=LONGEST_NOTE,
                    widget=forms.Textarea({"rows": 3, "lang": code}),
                )

    def groups(self) -> list[tuple[str, Any, Any, list[Any]]]:
        """Return name, title, help and fields of each note."""
        return [
            (name, LABELS[name], HELP[name], [self[f"{name}_{code}"] for code in self.codes])
            for name in NOTES
        ]

    def notes(self) -> dict[str, dict[str, str]]:
        """Return what was typed by note and language."""
        data = self.cleaned_data
        return {name: {c: data.get(f"{name}_{c}", "") for c in self.codes} for name in NOTES}


def _initial(notes: dict[str, Any]) -> dict[str, str]:
    return {f"{name}_{code}": text for name, words in notes.items() for code, text in words.items()}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the protocol as it would be approved, and take the notes."""
    cafe = own_cafe(request, pk)
    form = NotesForm(request.POST or None, cafe=cafe)
    if request.method == "POST" and form.is_valid():
        write_notes(cafe, form.notes(), timezone.now())
        messages.success(request, _("Saved"))
        return redirect("workspace:cafe_protocol", pk=pk)
    status = 422 if request.method == "POST" else 200
    context = {
        "cafe": cafe,
        "form": form,
        "versions": approved_versions(cafe),
        "public": public_version(cafe),
        "next_number": next_number(cafe),
        "languages": [(c, name) for c, name in LANGUAGES if c in cafe.languages],
        "crumbs": crumbs(
            Crumb(cafe.title, reverse("workspace:cafe", args=[pk])), Crumb(_("Protocol"))
        ),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/protocol.html", context, status=status)


@login_required
@require_POST
def cafe_protocol_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the draft a version that stands."""
    cafe = own_cafe(request, pk)
    if not cafe.is_closed:
        raise PermissionDenied
    version = approve(cafe, request.user, timezone.now())
    text = _("Version %(n)s is approved. It is public once the evaluation is released.")
    messages.success(request, text % {"n": version.number})
    return redirect("workspace:cafe_protocol", pk=pk)


@login_required
@require_safe
def cafe_protocol_file(
    request: HttpRequest,
    pk: int,
    number: int,
    language: str,
    format: str,  # noqa: A002
) -> HttpResponse:
    """Send a version, or the draft under the number 0; results are hidden until the end."""
    if language not in dict(LANGUAGES) or format not in FORMATS:
        raise Http404
    if number == 0:
        cafe = own_cafe(request, pk)
        if not cafe.is_closed:
            raise PermissionDenied
        return sent(written(draft_document(cafe, language, now=timezone.now()), format))
    cafe = visible_cafe(request, pk)
    versions = Protocol.objects.filter(cafe=cafe, approved_at__isnull=False)
    return sent(
        written(version_document(get_object_or_404(versions, number=number), language), format)
    )
