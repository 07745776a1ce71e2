"""Guests: pasted, counted or taken from the registrations; each with languages and wishes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import RecordsError
from alpclusters.platform.cafe.domain.guests import (
    Line,
    add_guests,
    add_registered,
    add_unnamed,
    change_guest,
    parse_list,
    remove_all,
    remove_guest,
    table_sums,
)
from alpclusters.platform.cafe.models import AlpCafe, Guest, Invitation
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, sentences, show
from alpclusters.www.workspace.cafes.running import own_cafe

PAGE_SIZE = 100
MOST_AT_ONCE = 700
# What is proposed for the first places, and when there are some already.
FIRST_GUESTS = 40
MORE_GUESTS = 5


class ListForm(forms.Form):
    """A pasted list."""

    lines = forms.CharField(
        label=gettext_lazy("One guest per line: name; languages"),
        max_length=60_000,
        widget=forms.Textarea(
            {"rows": 6, "placeholder": "Maria Huber; de, it\nJanez Kranjc *; sl"}
        ),
        help_text=gettext_lazy(
            "Languages as de, en, fr, it, sl. An asterisk asks for a table within reach of a "
            "wheelchair. The name stands on the name card only and is deleted later."
        ),
    )

    def clean_lines(self) -> list[Line]:
        """Read the list; each wrong line is named."""
        try:
            return parse_list(self.cleaned_data["lines"])
        except RecordsError as error:
            raise ValidationError(sentences(error)) from error


class CountForm(forms.Form):
    """How many places without a name are added."""

    number = forms.IntegerField(
        label=gettext_lazy("Places without a name"), min_value=1, max_value=MOST_AT_ONCE
    )


class GuestForm(forms.Form):
    """One guest."""

    name = input_of(Guest, "name")
    languages = forms.MultipleChoiceField(
        label=lazy_label_of(Guest, "languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_access = input_of(Guest, "needs_access")

    def __init__(self, *args: Any, cafe: AlpCafe, guest: Guest, **kwargs: Any) -> None:
        self.n_rounds = cafe.n_rounds
        initial: dict[str, Any] = {name: getattr(guest, name) for name in self.base_fields}
        initial |= {f"pin_{index}": table for index, table in guest.pins.items()}
        super().__init__(*args, **kwargs | {"initial": initial})
        tables = [(table.number, str(table.number)) for table in cafe.tables.filter(is_open=True)]
        for index in range(1, cafe.n_rounds + 1):
            self.fields[f"pin_{index}"] = forms.TypedChoiceField(
                label=_("Round %(n)s") % {"n": index},
                choices=[("", _("as the plan says")), *tables],
                coerce=int,
                empty_value=None,
                required=False,
            )

    @property
    def pins_label(self) -> str:
        """What is above the fields of the rounds."""
        return label_of(Guest, "pins")

    @property
    def pin_fields(self) -> list[Any]:
        """The fields of the fixed tables, one for each round."""
        return [self[f"pin_{index}"] for index in range(1, self.n_rounds + 1)]

    def line(self) -> Line:
        """Return the guest in the words of the domain."""
        data = self.cleaned_data
        return Line(data["name"].strip(), tuple(data["languages"]), data["needs_access"])

    def pins(self) -> dict[str, int]:
        """Return the fixed tables by round."""
        rounds = range(1, self.n_rounds + 1)
        return {str(i): t for i in rounds if (t := self.cleaned_data[f"pin_{i}"]) is not None}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_guests(request: HttpRequest, pk: int) -> HttpResponse:
    """List the guests and add more."""
    cafe = own_cafe(request, pk)
    wish = request.POST.get("do")
    form = ListForm(request.POST if wish == "list" else None)
    count = CountForm(request.POST if wish == "count" else None)
    if request.method == "POST" and _done(request, cafe, form, count):
        return back_to("cafe_guests", cafe)
    return show(request, cafe, "cafe_guests", _context(request, cafe, form, count))


def _done(request: HttpRequest, cafe: AlpCafe, form: ListForm, count: CountForm) -> bool:
    """Do what was asked for; say whether the page is left."""
    if form.is_bound:
        return form.is_valid() and _added(
            request, lambda: add_guests(cafe, form.cleaned_data["lines"])
        )
    if count.is_bound:
        return count.is_valid() and _added(
            request, lambda: add_unnamed(cafe, count.cleaned_data["number"])
        )
    _do(request, cafe)
    return True


def _context(
    request: HttpRequest, cafe: AlpCafe, form: ListForm, count: CountForm
) -> dict[str, Any]:
    guests = list(cafe.guests.filter(is_spare=False))
    count.initial["number"] = MORE_GUESTS if guests else FIRST_GUESTS
    registered = cafe.invitations.filter(state=Invitation.State.REGISTERED).count()
    return {
        "form": form,
        "count": count,
        "page": Paginator(guests, PAGE_SIZE).get_page(request.GET.get("page")),
        "n_guests": len(guests),
        "n_unknown": sum(not guest.languages for guest in guests),
        "sums": sorted(table_sums(guests).items()),
        "n_registered": registered,
        "n_spare": cafe.guests.filter(is_spare=True).count(),
        "status": 422 if form.is_bound or count.is_bound else 200,
    }


def _do(request: HttpRequest, cafe: AlpCafe) -> None:
    wish = request.POST.get("do")
    if wish == "registered":
        _added(request, lambda: add_registered(cafe))
    elif wish == "remove_all":
        attempt(request, lambda: remove_all(cafe), _("All guests and the seat plan are removed."))


def _added(request: HttpRequest, add: Callable[[], list[Guest]]) -> bool:
    made: list[Guest] = []
    if not attempt(request, lambda: made.extend(add()), ""):
        return False
    text = ngettext("%(n)s guest added.", "%(n)s guests added.", len(made))
    messages.success(request, text % {"n": len(made)})
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_guest(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one guest; fixed tables hold from the next plan on."""
    cafe = own_cafe(request, pk)
    guest = get_object_or_404(cafe.guests.all(), number=number)
    if request.method == "POST" and request.POST.get("do") == "remove":
        attempt(request, lambda: remove_guest(guest), _("Guest removed; the others keep theirs."))
        return back_to("cafe_guests", cafe)
    form = GuestForm(request.POST or None, cafe=cafe, guest=guest)
    if request.method == "POST" and form.is_valid():
        change_guest(guest, form.line(), pins=form.pins())
        messages.success(request, _("Saved"))
        return back_to("cafe_guests", cafe)
    context = {
        "template": "guest",
        "form": form,
        "guest": guest,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_guests", context, part=_("Guest %(n)s") % {"n": guest.number})
