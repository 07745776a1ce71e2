"""The conditions of an offer for one case, and its chance."""

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.platform.funding.domain.case_offers import offer_titles
from alpclusters.platform.funding.domain.casework.conditions import (
    ENTERED,
    Conditions,
    enter_conditions,
    entered_conditions,
    take_conditions_back,
)
from alpclusters.platform.funding.domain.casework.copying import since_version
from alpclusters.platform.funding.domain.casework.documents import Item
from alpclusters.platform.funding.domain.casework.offers import CHANCES
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.reports.funding_words.conditions import expression_words
from alpclusters.reports.numbers import format_percent
from alpclusters.www.public.funding.terms import success_words
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_forms import CaseForm, SitesField
from alpclusters.www.workspace.funding_cases.case_frame import (
    KINDS,
    SIZES,
    WRITE,
    changed,
    item_or_404,
    language,
    own_case,
    part_of,
    refused,
    version_in,
)
from alpclusters.www.workspace.funding_cases.editing import save, show
from alpclusters.www.workspace.initiatives.initiative_forms import Money, written_amount

# --- The conditions of an offer for one case, where the catalogue does not have them --------------


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
        localize=True,
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
def funding_conditions(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the source says; what was entered is shown, corrected, or taken back."""
    case = own_case(request, pk, WRITE)
    offer = item_or_404(case, "offers", key)
    entered = entered_conditions(case.data, case.taken, key)
    back = _back(request, case)
    if entered is None and not lacks_conditions(offer["eligibility"]):
        return redirect(back)
    title = offer_titles(case.data, language()).get(key, key)
    initial = _initial(offer) if entered is None else _said(entered)
    if "take_back" in request.POST and entered is not None:
        _take_back(request, case, key, title)
        return redirect(back)
    form = ConditionsForm(request.POST or None, version=case.version, initial=initial)
    if request.method == "POST" and form.is_valid() and _enter(request, case, form, key, title):
        return redirect(back)
    return show(
        request,
        case,
        form,
        title,
        template="conditions",
        known=expression_words(offer["eligibility"], language()),
        facts=[fact for fact in offer.get("facts", []) if fact.get("source")],
        entered=entered and since_version(case, lambda one: _record(one.taken, key)),
        back=back,
    )


def _enter(
    request: SignedInRequest, case: FundingCase, form: ConditionsForm, key: str, title: str
) -> bool:
    taken = deepcopy(case.taken)
    return save(
        request,
        case,
        form,
        lambda document: enter_conditions(
            document, taken, key, form.conditions(), today=timezone.localdate()
        ),
        reason=f"offer.conditions:{title}",
        part=part_of("offers", key),
        remember=lambda kept: kept.setdefault(ENTERED, {}).update({key: _record(taken, key)}),
    )


def _take_back(request: SignedInRequest, case: FundingCase, key: str, title: str) -> None:
    taken = deepcopy(case.taken)
    try:
        changed(
            request,
            case,
            lambda document: take_conditions_back(document, taken, key),
            reason=f"offer.conditions_back:{title}",
            version=version_in(request),
            part=part_of("offers", key),
            remember=lambda kept: kept.setdefault(ENTERED, {}).pop(key, None),
        )
    except AlpClustersError as error:
        refused(request, error)
        return
    messages.success(request, _("Taken back: the offer stands as the catalogue has it."))


def _back(request: HttpRequest, case: FundingCase) -> str:
    """Return the page to go on with: the one that led here, else what fits."""
    wanted = request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    return reverse("workspace:funding_case_fits", args=[case.pk])


def _record(taken: Mapping[str, Any], key: str) -> Any:
    return taken.get(ENTERED, {}).get(key)


def _initial(offer: Item) -> dict[str, Any]:
    rates = offer.get("rates") or []
    is_one = len(rates) == 1 and set(rates[0]) == {"bp"}
    return _shown(
        {
            "rate_bp": rates[0]["bp"] if is_one else None,
            "cap_ct": offer.get("cap_ct"),
            "floor_ct": offer.get("floor_ct") or None,
            "min_partners": offer.get("min_partners"),
            "min_countries": offer.get("min_countries"),
            "closes": offer.get("closes"),
        }
    )


def _said(entered: Mapping[str, Any]) -> dict[str, Any]:
    places = [{"nuts": code} for code in entered["places"]]
    return {
        **_shown(entered),
        "kinds": entered["kinds"],
        "sizes": entered["sizes"],
        "places": places,
        "source": entered["source"],
    }


def _shown(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return rate, amounts, numbers and days as the form shows them."""
    rate = terms["rate_bp"]
    return {
        "rate": None if rate is None else _plain(Decimal(rate) / FULL_BP),
        "cap": written_amount(terms["cap_ct"]),
        "floor": written_amount(terms["floor_ct"]),
        "min_partners": terms["min_partners"],
        "min_countries": terms["min_countries"],
        "closes": terms["closes"],
    }


def _plain(value: Decimal) -> Decimal:
    """Leave out decimals that say nothing: 50, 62.5."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


# --- The chance of each offer of a case: an estimate of one's own, statistics, or by right --------


FULL_PERCENT: Final = 100
MOST_APPLICATIONS: Final = 1_000_000


class ChanceForm(forms.Form):
    """How likely a grant is, and how one knows."""

    use_required_attribute = False
    offer = forms.ChoiceField(label=gettext_lazy("Offer"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What is known"),
        choices=[
            ("statistics", gettext_lazy("statistics of the programme")),
            ("estimate", gettext_lazy("an estimate of your own")),
            ("by_right", gettext_lazy("by right: whoever meets the conditions gets it")),
            ("unknown", gettext_lazy("nothing")),
        ],
    )
    granted = forms.IntegerField(
        label=gettext_lazy("Applications granted"),
        min_value=0,
        max_value=MOST_APPLICATIONS,
        required=False,
    )
    applied = forms.IntegerField(
        label=gettext_lazy("Applications handed in"),
        min_value=1,
        max_value=MOST_APPLICATIONS,
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=500, required=False)
    checked_on = forms.DateField(
        label=gettext_lazy("Read on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Own estimate in per cent"),
        min_value=0,
        max_value=FULL_PERCENT,
        required=False,
        help_text=gettext_lazy("For this case only; it is marked as your own estimate."),
    )

    NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
        "statistics": ("granted", "applied", "source", "checked_on"),
        "estimate": ("percent",),
    }

    def __init__(self, *args: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.choices = offers

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs; a figure without its base and source is none."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.NEEDS.get(data.get("kind", ""), ()):
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Please enter this too."))
        granted, applied = data.get("granted"), data.get("applied")
        if granted is not None and applied is not None and granted > applied:
            self.add_error("granted", _("More cannot be granted than were handed in."))
        return data

    def stored(self) -> dict[str, Any]:
        """Return it as an offer of a case has it."""
        data = self.cleaned_data
        if data["kind"] == "by_right":
            return {"award": "by_right"}
        if data["kind"] == "estimate":
            return {"award": "competitive", "success_bp": data["percent"] * FULL_PERCENT}
        if data["kind"] == "unknown":
            return {}
        success = {name: data[name] for name in ("granted", "applied", "source")}
        success["checked_on"] = data["checked_on"].isoformat()
        return {"award": "competitive", "success": success}


def chance_rows(data: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, str]]:
    """List what is known of the chances of a case."""
    return [
        {"title": titles.get(one["id"], one["id"]), "words": _words(one)}
        for one in data.get("offers", [])
        if any(name in one for name in CHANCES)
    ]


def _words(offer: Mapping[str, Any]) -> str:
    if offer.get("award") == "by_right":
        return _("by right: whoever meets the conditions gets it")
    if "success_bp" in offer:
        share = format_percent(offer["success_bp"] / FULL_PERCENT**2, language())
        return _("%(share)s, own estimate") % {"share": share}
    success = offer.get("success")
    if not success:
        return _("not known")
    return success_words(success)
