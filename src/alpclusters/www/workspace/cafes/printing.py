"""Everything an AlpCafé needs on paper: chosen in one form, printed as one PDF."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.print_reading import read_event
from alpclusters.platform.cafe.domain.sheet_numbers import issue_sheets
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.reports.event_print import (
    NothingToPrintError,
    Part,
    PrintChoice,
    part_name,
    print_event,
)
from alpclusters.www.public.documents import TakenAway, sent
from alpclusters.www.workspace.cafes.prepare.common import show
from alpclusters.www.workspace.cafes.running import own_cafe

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
