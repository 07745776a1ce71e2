"""The page behind the mail link by which a body endorses; opening it changes nothing."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text, is_askable
from alpclusters.platform.policy.domain.endorsing.deciding import (
    DECIDED,
    Decision,
    decide,
    find_endorsement,
    mark_seen,
    withdraw,
)
from alpclusters.platform.policy.models import Endorsement
from alpclusters.reports.errors import phrase
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

# --- What a body says about a recommendation or a plan --------------------------------------------


State = Endorsement.State
_CHOICES: Final = [
    (State.ENDORSED, _("We endorse it")),
    (State.WITH_RESERVATION, _("We endorse it with a reservation")),
    (State.DECLINED, _("We do not endorse it")),
]


class DecisionForm(forms.Form):
    """The decision of a body."""

    use_required_attribute = False
    applies = forms.ChoiceField(
        label=lazy_label_of(Endorsement, "applies"),
        choices=Endorsement.Applies.choices,
        widget=forms.RadioSelect,
    )
    state = forms.ChoiceField(
        label=lazy_label_of(Endorsement, "state"), choices=_CHOICES, widget=forms.RadioSelect
    )
    reservation = input_of(Endorsement, "reservation", widget=forms.Textarea({"rows": 3}))
    reason = input_of(Endorsement, "reason", widget=forms.Textarea({"rows": 3}))
    mandate = input_of(Endorsement, "mandate", required=True)
    decided_on = input_of(Endorsement, "decided_on", form_class=Day, required=True)
    document = input_of(Endorsement, "document", assume_scheme="https")

    def clean(self) -> dict[str, Any] | None:
        """A reservation and a refusal say what about."""
        data = self.cleaned_data
        if data.get("state") == State.WITH_RESERVATION and not data.get("reservation"):
            self.add_error("reservation", _("Write what the reservation is about."))
        if data.get("state") == State.DECLINED and not data.get("reason"):
            self.add_error("reason", _("Write why, in one sentence."))
        return data

    def decision(self) -> Decision:
        """Return what was said."""
        return Decision(**self.cleaned_data)


class WithdrawalForm(forms.Form):
    """Taking a decision back."""

    use_required_attribute = False
    reason = input_of(
        Endorsement, "reason", help_text="", required=True, widget=forms.Textarea({"rows": 3})
    )


# --- The page behind the mail link by which a body endorses; opening it changes nothing -----------


UNPROCESSABLE = 422
NOT_FOUND = 404
TEMPLATE = "public/endorsements/page.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a body is asked about, store its decision, take it back."""
    found = find_endorsement(token)
    if found is None:
        return render(request, TEMPLATE, {"endorsement": None}, status=NOT_FOUND)
    if request.method != "POST":
        return _page(request, found, DecisionForm(initial=_today()), WithdrawalForm())
    form = DecisionForm(request.POST)
    back = WithdrawalForm(request.POST)
    try:
        is_done = _act(request, found, form, back)
    except AlpClustersError as error:
        messages.error(request, phrase(error, nearest_language(get_language())))
        is_done = True
    if is_done:
        return redirect("public:endorse", token=token)
    return _page(request, found, form, back, status=UNPROCESSABLE)


def _act(
    request: HttpRequest, found: Endorsement, form: DecisionForm, back: WithdrawalForm
) -> bool:
    now = timezone.now()
    match request.POST.get("do"):
        case "seen":
            mark_seen(found, by_link=True, now=now)
            messages.success(request, gettext("Thank you. You can decide later by the same link."))
        case "withdraw" if back.is_valid():
            reason = back.cleaned_data["reason"]
            on = timezone.localdate(now)
            withdraw(found, reason=reason, on=on, by=None, by_link=True, now=now)
            messages.success(request, gettext("Withdrawn."))
        case "decide" if form.is_valid():
            decide(found, form.decision(), by=None, by_link=True, now=now)
            messages.success(request, gettext("Thank you, your decision is stored."))
        case _:
            return False
    return True


def _today() -> dict[str, Any]:
    return {"decided_on": timezone.localdate()}


def _page(
    request: HttpRequest,
    found: Endorsement,
    form: DecisionForm,
    back: WithdrawalForm,
    *,
    status: int = 200,
) -> HttpResponse:
    thing: Any = found.plan or found.recommendation
    is_current = is_about_current_text(found, thing)
    context = {
        "endorsement": found,
        "title": said(thing, "title"),
        "text": said(thing, "summary" if found.plan else "text"),
        "thing": thing,
        "form": form,
        "back": back,
        "is_decided": found.state in DECIDED,
        "is_current": is_current,
        "may_decide": is_current or (found.version is None and is_askable(thing)),
        "is_withdrawn": found.state == Endorsement.State.WITHDRAWN,
        "simulated": thing.project.is_simulated,
        "section": "plans",
    }
    return render(request, TEMPLATE, context, status=status)


urlpatterns: list[URLPattern] = [
    path("endorse/<str:token>/", endorse, name="endorse"),
]
