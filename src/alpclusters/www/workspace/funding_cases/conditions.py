"""Enter the conditions of an offer for one case, where the catalogue does not have them."""

from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.platform.funding.domain.case_offers.titles import offer_titles
from alpclusters.platform.funding.domain.casework.conditions import (
    Conditions,
    enter_conditions,
    lacks_conditions,
)
from alpclusters.platform.funding.domain.casework.documents import Document, Item
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.reports.funding_conditions import expression_words
from alpclusters.www.workspace.funding_cases.access import WRITE, item_or_404, own_case, part_of
from alpclusters.www.workspace.funding_cases.editing import save, show
from alpclusters.www.workspace.funding_cases.forms import CaseForm, SitesField
from alpclusters.www.workspace.funding_cases.words import KINDS, SIZES, language
from alpclusters.www.workspace.initiatives.money import Money, written

FULL_BP: Final = 100


class ConditionsForm(CaseForm):
    """Who may apply, for how much, and where it says so."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Who may apply"),
        choices=[*KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: any kind of body."),
    )
    sizes = forms.MultipleChoiceField(
        label=gettext_lazy("Sizes that may apply"),
        choices=[*SIZES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: any size."),
    )
    places = SitesField(
        label=gettext_lazy("Seat in one of these"),
        help_text=gettext_lazy(
            "Codes of NUTS with commas, for example AT, ITH1. Empty: nothing beyond what is "
            "entered already."
        ),
    )
    rate = forms.DecimalField(
        label=gettext_lazy("Funding rate in per cent"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Empty: as the catalogue has it."),
    )
    cap = Money(label=gettext_lazy("Highest grant in euro"))
    floor = Money(label=gettext_lazy("Lowest grant in euro"))
    min_partners = forms.IntegerField(
        label=gettext_lazy("Partners at least"), min_value=1, max_value=99, required=False
    )
    min_countries = forms.IntegerField(
        label=gettext_lazy("Countries at least"), min_value=1, max_value=40, required=False
    )
    closes = forms.DateField(
        label=gettext_lazy("Application until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=gettext_lazy("Where this stands"),
        max_length=300,
        help_text=gettext_lazy("Address or document with page. It stays with the offer."),
    )

    def conditions(self) -> Conditions:
        """Return what was read."""
        data = self.cleaned_data
        rate = data["rate"]
        return Conditions(
            source=data["source"],
            kinds=data["kinds"],
            sizes=data["sizes"],
            places=[one["nuts"] for one in data["places"]],
            vintage=CURRENT_VINTAGE,
            rate_bp=None if rate is None else round(rate * FULL_BP),
            cap_ct=data["cap"],
            floor_ct=data["floor"],
            min_partners=data["min_partners"],
            min_countries=data["min_countries"],
            closes=data["closes"],
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_conditions(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the source says; the copy of the offer in this case then can be decided."""
    case = own_case(request, pk, WRITE)
    offer = item_or_404(case, "offers", key)
    if not lacks_conditions(offer["eligibility"]):
        return redirect("workspace:funding_case_fits", pk=pk)
    form = ConditionsForm(request.POST or None, version=case.version, initial=_initial(offer))
    title = offer_titles(case.data, language()).get(key, key)
    if request.method == "POST" and form.is_valid():

        def change(document: Document) -> None:
            enter_conditions(document, key, form.conditions(), today=timezone.localdate())

        if save(
            request,
            case,
            form,
            change,
            reason=f"offer.conditions:{title}",
            part=part_of("offers", key),
        ):
            return redirect("workspace:funding_case_fits", pk=pk)
    return show(
        request,
        case,
        form,
        title,
        template="conditions",
        known=expression_words(offer["eligibility"], language()),
        facts=[fact for fact in offer.get("facts", []) if fact.get("source")],
    )


def _initial(offer: Item) -> dict[str, Any]:
    rates = offer.get("rates") or []
    is_one = len(rates) == 1 and set(rates[0]) == {"bp"}
    return {
        "rate": rates[0]["bp"] / FULL_BP if is_one else None,
        "cap": written(offer.get("cap_ct")),
        "floor": written(offer.get("floor_ct") or None),
        "min_partners": offer.get("min_partners"),
        "min_countries": offer.get("min_countries"),
        "closes": offer.get("closes"),
    }
