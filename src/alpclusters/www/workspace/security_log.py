"""Administrators and data protection officers read what happened to the installation."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.fields import label_of
from alpclusters.platform.trust.models import ResponsibleBody, SecurityEvent

# --- What to look for in the security log ---------------------------------------------------------


class LogFilter(forms.Form):
    """Kind, person and days."""

    kind = forms.ChoiceField(label=_("What happened"), required=False)
    person = forms.CharField(label=_("Person"), max_length=254, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", _("Everything")), *SecurityEvent.Kind.choices]
        # Whoever looks for something knows that a filter may stay empty.
        for field in fields.values():
            field.is_awaited = True

    def found(self) -> QuerySet[SecurityEvent]:
        """Return the entries that fit, the newest first."""
        events = SecurityEvent.objects.select_related("actor", "about").order_by("-number")
        if not self.is_valid():
            return events.none()
        data = self.cleaned_data
        if data["kind"]:
            events = events.filter(kind=data["kind"])
        if data["person"]:
            wanted = Q()
            for who in ("actor", "about"):
                wanted |= Q(**{f"{who}__name__icontains": data["person"]})
                wanted |= Q(**{f"{who}__email__icontains": data["person"]})
            events = events.filter(wanted)
        if data["since"]:
            events = events.filter(at__date__gte=data["since"])
        if data["until"]:
            events = events.filter(at__date__lte=data["until"])
        return events


# --- Administrators and data protection officers read what happened to the installation's safety


ON_A_PAGE: Final = 50
FACTORS: Final = {
    "totp": gettext_lazy("App on the phone"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Recovery codes"),
}


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@require_safe
def security_log(request: HttpRequest) -> HttpResponse:
    """List entries, the newest first."""
    form = LogFilter(request.GET)
    page = Paginator(form.found(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(event, ", ".join(words_of(event.detail))) for event in page]
    last = SecurityEvent.objects.order_by("-number").first()
    context = {"form": form, "page": page, "rows": rows, "last": last}
    return render(request, "workspace/security_log/log.html", context)


def words_of(detail: Mapping[str, Any]) -> Iterator[str]:
    """Say in words what an entry holds beside its kind."""
    if detail.get("role"):
        yield str(dict(Role.choices).get(detail["role"], detail["role"]))
    for key in ("project", "region"):
        if detail.get(key):
            yield str(detail[key])
    if detail.get("factor"):
        yield str(FACTORS.get(detail["factor"], detail["factor"]))
    if "devices" in detail:
        n = detail["devices"]
        yield ngettext("%(n)s device", "%(n)s devices", n) % {"n": n}
    if "plan" in detail:
        yield gettext("%(plan)s, version %(n)s") % {"plan": detail["plan"], "n": detail["version"]}
    if "cafe" in detail:
        numbers = {"cafe": detail["cafe"], "n": detail["evaluation"]}
        yield gettext("AlpCafé %(cafe)s, evaluation %(n)s") % numbers
    if "n" in detail:
        n = detail["n"]
        yield ngettext(
            "%(n)s try from this network within the hour",
            "%(n)s tries from this network within the hour",
            n,
        ) % {"n": n}
    if "rows" in detail:
        n = detail["rows"]
        yield ngettext("%(n)s entry", "%(n)s entries", n) % {"n": n}
    yield from map(_label, detail.get("fields", ()))


def _label(field: str) -> str:
    return label_of(ResponsibleBody, field)


urlpatterns = [path("security-log/", security_log, name="security_log")]
