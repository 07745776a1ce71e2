"""Put an organisation on the map: found by its name, or made after "did you mean"."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.stakeholders.bodies import make_body
from alpclusters.platform.actors.domain.stakeholders.finding import Match, find_like
from alpclusters.platform.actors.domain.stakeholders.mapping import map_organisation
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.partnership.models import Project
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.stakeholders.common import own_project, show
from alpclusters.www.workspace.stakeholders.forms import NewBodyForm
from alpclusters.www.workspace.stakeholders.views import CHANGE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look an organisation up by its name, take it, or make a new one."""
    project = own_project(request, slug, CHANGE)
    if request.method == "POST" and request.POST.get("organisation", "").isdigit():
        bodies = Organisation.objects.current().filter(is_simulated=project.is_simulated)
        body = get_object_or_404(bodies, pk=int(request.POST["organisation"][:9]))
        return _map(request, project, body)
    name = request.GET.get("q", "").strip()[:200]
    form = NewBodyForm(request.POST or None, project_id=project.pk, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        likes = _like(project, form.cleaned_data["name"])
        if form.cleaned_data["is_other"] or not any(like.is_almost for like in likes):
            values, mark = form.cleaned_data, {"is_simulated": project.is_simulated}
            return _map(request, project, make_body(values, by=request.user, **mark))
        return _ask(request, project, form, likes)
    return _page(request, project, form, _like(project, name), name)


def _like(project: Project, name: str) -> list[Match]:
    return find_like(name, is_simulated=project.is_simulated) if name else []


def _ask(
    request: HttpRequest, project: Project, form: NewBodyForm, likes: list[Match]
) -> HttpResponse:
    """Show what is nearly the same before anything new is made."""
    put_sent(form, "is_other", "on")
    name = form.cleaned_data["name"]
    return _page(request, project, form, likes, name, doubts=True)


def _page(
    request: HttpRequest,
    project: Project,
    form: NewBodyForm,
    likes: list[Match],
    name: str,
    *,
    doubts: bool = False,
) -> HttpResponse:
    mapped = set(project.stakeholders.values_list("organisation_id", flat=True))
    context: dict[str, Any] = {
        "template": "add",
        "form": form,
        "name": name,
        "likes": [(like, like.organisation.pk in mapped) for like in likes],
        "doubts": doubts,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, project, "stakeholders", context, part=_("Add organisation"))


def _map(request: SignedInRequest, project: Project, body: Organisation) -> HttpResponse:
    today = timezone.localdate()
    one, is_new = map_organisation(project, body, by=request.user, on=today)
    text = _("On the map: %(name)s") if is_new else _("%(name)s is on the map already.")
    messages.success(request, text % {"name": body.name})
    return redirect("workspace:stakeholder-edit", slug=project.slug, pk=one.pk)
