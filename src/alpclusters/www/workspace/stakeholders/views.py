"""The list of stakeholders of a project, and one of them with judgement and involvement."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.consent import is_valid
from alpclusters.platform.actors.domain.stakeholders.bodies import fill_facts
from alpclusters.platform.actors.domain.stakeholders.mapping import change_stakeholder
from alpclusters.platform.actors.models import Stakeholder
from alpclusters.platform.cafe.domain.stakeholders.involvement import involvement_of
from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.stakeholders.common import own_project, show
from alpclusters.www.workspace.stakeholders.forms import StakeholderForm
from alpclusters.www.workspace.stakeholders.lists import as_context, read_list

PAGE_SIZE: Final = 25
CHANGE: Final = "actors.change_stakeholders"


@login_required
@require_safe
def stakeholders(request: HttpRequest, slug: str) -> HttpResponse:
    """List the stakeholders of a project, narrowed by the address."""
    project = own_project(request, slug)
    found = read_list(project, request.GET)
    page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "template": "list",
        "page": page,
        "query": request.GET.urlencode(),
        "has_historic": ProjectFact.objects.filter(key="stakeholders").exists(),
        **as_context(found),
    }
    return show(request, project, "stakeholders", context)


def own_stakeholder(project: Project, pk: int) -> Stakeholder:
    """Return a stakeholder of a project, else 404."""
    rows = project.stakeholders.select_related("organisation__region", "person", "mapped_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Judge a stakeholder, or take it off the map."""
    project = own_project(request, slug, CHANGE)
    one = own_stakeholder(project, pk)
    if request.method == "POST" and request.POST.get("do") == "remove":
        name = one.organisation.name
        one.delete()
        messages.success(request, _("Taken off the map: %(name)s") % {"name": name})
        return redirect("workspace:stakeholders", slug=slug)
    form = StakeholderForm(request.POST or None, stakeholder=one)
    if request.method == "POST" and form.is_valid():
        _store(request, one, form)
        messages.success(request, _("Saved"))
        return redirect("workspace:stakeholder-edit", slug=slug, pk=pk)
    context = {"template": "edit", "form": form, **_around(project, one)}
    context["status"] = 422 if request.method == "POST" else 200
    return show(request, project, "stakeholders", context, part=one.organisation.name)


def _store(request: SignedInRequest, one: Stakeholder, form: StakeholderForm) -> None:
    data: dict[str, Any] = form.cleaned_data
    fill_facts(one.organisation, data, by=request.user)
    change_stakeholder(one, data, by=request.user, on=data["mapped_on"])


def _around(project: Project, one: Stakeholder) -> dict[str, Any]:
    """Return what stands beside the form: AlpCafés and people of the organisation."""
    now = timezone.now()
    people = one.organisation.people.prefetch_related("consents").order_by("name", "pk")
    return {
        "one": one,
        "parts": involvement_of(project, [one]).get(one.organisation_id, ()),
        "people": [p for p in people if any(is_valid(c, now) for c in p.consents.all())],
    }
