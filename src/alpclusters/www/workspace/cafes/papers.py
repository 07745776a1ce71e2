"""An AlpCafé on paper: everything for the hall as one PDF, and the protocol afterwards."""

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

from alpclusters.platform.cafe.domain.papers import issue_sheets
from alpclusters.platform.cafe.domain.print_records import read_event
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
from alpclusters.reports.event_print.document import (
    NothingToPrintError,
    Part,
    PrintChoice,
    part_name,
    print_event,
)
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.cafes.papers import draft_document, version_document
from alpclusters.www.public.documents import TakenAway, sent, written
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.cafes.cockpit import crumbs, visible_cafe
from alpclusters.www.workspace.cafes.prepare.common import show
from alpclusters.www.workspace.cafes.running import own_cafe

# --- Everything an AlpCafé needs on paper: chosen in one form, printed as one PDF -----------------


MOST_SHEETS: Final = 200
MOST_LARGE: Final = 50
MOST_CARDS: Final = 400
# Paper for one guest in five, as the checklist says.
PAPER_SHARE: Final = 5


class PrintForm(forms.Form):
    """Which parts, in which language, and how many sheets in each."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of what belongs to no table and no guest"), choices=LANGUAGES
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"), widget=forms.CheckboxSelectMultiple
    )
    n_qr_cards = forms.IntegerField(
        label=gettext_lazy("QR cards"), min_value=1, max_value=MOST_CARDS
    )
    n_card_templates = forms.IntegerField(
        label=gettext_lazy("Cards to write on"), min_value=1, max_value=MOST_CARDS
    )
    only_changed = forms.BooleanField(
        label=gettext_lazy("Name cards only of guests whose tables changed with the last plan"),
        required=False,
    )

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        self.codes = [code for code, _name in LANGUAGES if code in cafe.languages]
        n_guests = cafe.guests.filter(is_spare=False).count() or PAPER_SHARE
        kwargs.setdefault("initial", self._initial(n_guests))
        super().__init__(*args, **kwargs)
        language = nearest_language(get_language())
        parts: Any = self.fields["parts"]
        parts.choices = [(part.value, part_name(part, language)) for part in Part]
        for code in self.codes:
            name = dict(LANGUAGES)[code]
            self.fields[f"sheets_{code}"] = _amount(name, MOST_SHEETS)
            self.fields[f"large_{code}"] = _amount(name, MOST_LARGE)

    def _initial(self, n_guests: int) -> dict[str, Any]:
        paper = -(-n_guests // PAPER_SHARE)
        each = -(-paper // max(1, len(self.codes)))
        return {
            "language": nearest_language(get_language()),
            "parts": [part.value for part in Part],
            "n_qr_cards": n_guests,
            "n_card_templates": min(MOST_CARDS, 3 * n_guests),
            **{f"sheets_{code}": each for code in self.codes},
            **{f"large_{code}": 1 if code == self.codes[0] else 0 for code in self.codes},
        }

    @property
    def sheets(self) -> list[Any]:
        """The fields for the number of rating sheets, one for each language."""
        return [self[f"sheets_{code}"] for code in self.codes]

    @property
    def large_sheets(self) -> list[Any]:
        """The same in large print."""
        return [self[f"large_{code}"] for code in self.codes]

    def wanted(self, kind: str) -> dict[str, int]:
        """Return how many sheets are wanted by language; ``kind`` is sheets or large."""
        found = {code: self.cleaned_data.get(f"{kind}_{code}") or 0 for code in self.codes}
        return {code: n for code, n in found.items() if n}


def _amount(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what to print, and print it."""
    cafe = own_cafe(request, pk)
    if cafe.is_sealed:
        # The key is destroyed: no code leads into this AlpCafé any more.
        return show(request, cafe, "cafe_print", {"form": None})
    form = PrintForm(request.POST or None, cafe=cafe)
    if request.method == "POST" and form.is_valid():
        try:
            return sent(_printed(cafe, form))
        except NothingToPrintError:
            messages.error(request, _("There is nothing to print yet: choose more, or prepare it."))
    status = 422 if request.method == "POST" else 200
    return show(request, cafe, "cafe_print", {"form": form, "status": status})


def _printed(cafe: AlpCafe, form: PrintForm) -> TakenAway:
    data = form.cleaned_data
    parts = tuple(Part(value) for value in Part if value in data["parts"])
    sheets, large = _numbered(cafe, form, parts)
    choice = PrintChoice(
        language=data["language"],
        parts=parts,
        n_qr_cards=data["n_qr_cards"],
        n_card_templates=data["n_card_templates"],
        sheets=sheets,
        large_sheets=large,
        only_changed=data["only_changed"],
    )
    name = f"ac_print_{cafe.pk}_{cafe.held_on.isoformat()}_{data['language']}.pdf"
    return TakenAway(name, "application/pdf", print_event(read_event(cafe), choice))


type Numbers = dict[str, list[str]]


def _numbered(cafe: AlpCafe, form: PrintForm, parts: tuple[Part, ...]) -> tuple[Numbers, Numbers]:
    """Give every sheet a number of its own, those in large print included."""
    if not cafe.cafe_measures.exists() or not cafe.cafe_criteria.exists():
        return {}, {}
    plain = form.wanted("sheets") if Part.RATING_SHEETS in parts else {}
    large = form.wanted("large") if Part.LARGE_SHEETS in parts else {}
    n_all = sum(plain.values()) + sum(large.values())
    numbers = iter([sheet.number for sheet in issue_sheets(cafe, n_all)] if n_all else [])
    return (
        {code: [next(numbers) for _place in range(n)] for code, n in plain.items()},
        {code: [next(numbers) for _place in range(n)] for code, n in large.items()},
    )


# --- The protocol: read the draft, type what no machine knows, approve, take versions away --------


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
