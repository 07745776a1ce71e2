"""Who took part in an initiative: found by name among the organisations, or a name alone."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.stakeholders.finding import find_like
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.domain.initiatives.partners import (
    add_partner,
    drop_partner,
    partners_of,
    tie_partner,
)
from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.fields import length_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.initiatives.access import frame, own_initiative

UNPROCESSABLE: Final = 422
NAME_ALONE: Final = "none"
REMOVE: Final = "remove-"
UNTIE: Final = "untie-"


class PartnerForm(forms.Form):
    """A body with its part."""

    name = input_of(Participation, "name", label=gettext_lazy("Name of the body"))
    role = input_of(Participation, "role")
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=lazy_label_of(Participation, "country"),
        max_length=length_of(Participation, "country"),
        required=False,
        help_text=gettext_lazy("Two letters, for example SI."),
        error_messages={"invalid": gettext_lazy("Write the two letters of the country.")},
    )
    town = input_of(Participation, "town")

    def clean_country(self) -> str:
        """Write it in capitals."""
        return str(self.cleaned_data["country"]).upper()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_partners(request: SignedInRequest, key: str) -> HttpResponse:
    """List who took part, name one more, take one off."""
    initiative = own_initiative(request, key)
    wish = request.POST.get("do", "")
    for start, act in ((REMOVE, _remove), (UNTIE, _untie)):
        if wish.startswith(start):
            return act(request, initiative, wish.removeprefix(start))
    form = PartnerForm(request.POST or None)
    near: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        near = _near(request, initiative, form.cleaned_data["name"])
        chosen = request.POST.get("organisation", "")
        if chosen or not near:
            return _add(request, initiative, form, _chosen(near, chosen))
    context = {
        "form": form,
        "near": near,
        "partners": partners_of(initiative),
        "remove": REMOVE,
        "untie": UNTIE,
        "none": NAME_ALONE,
        **frame(initiative, "initiative-partners"),
    }
    is_wrong = request.method == "POST" and not near
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, "workspace/initiatives/partners.html", context, status=status)


def _near(request: HttpRequest, initiative: Initiative, name: str) -> list[Organisation]:
    like = find_like(name, is_simulated=initiative.is_simulated)
    found = [match.organisation for match in like if match.is_almost]
    return [one for one in found if request.user.has_perm("actors.view_organisation", one)]


def _chosen(near: list[Organisation], chosen: str) -> Organisation | None:
    return next((one for one in near if str(one.pk) == chosen), None)


def _add(
    request: SignedInRequest,
    initiative: Initiative,
    form: PartnerForm,
    organisation: Organisation | None,
) -> HttpResponse:
    _row, is_new = add_partner(
        initiative, by=request.user, organisation=organisation, **form.cleaned_data
    )
    name = {"name": form.cleaned_data["name"]}
    if is_new:
        messages.success(request, _("Named as a partner: %(name)s") % name)
    else:
        messages.info(request, _("Named already: %(name)s") % name)
    return redirect("workspace:initiative-partners", key=initiative.key)


def _remove(request: SignedInRequest, initiative: Initiative, pk: str) -> HttpResponse:
    drop_partner(_row(initiative, pk), by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:initiative-partners", key=initiative.key)


def _untie(request: SignedInRequest, initiative: Initiative, pk: str) -> HttpResponse:
    tie_partner(_row(initiative, pk), None, by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:initiative-partners", key=initiative.key)


def _row(initiative: Initiative, pk: str) -> Participation:
    rows: dict[str, Any] = {str(row.pk): row for row in partners_of(initiative)}
    if pk not in rows:
        raise Http404
    found: Participation = rows[pk]
    return found
