"""The coordinator reads requests for answers person by person, and grants or refuses them."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.cafe.rules import visible_to as visible_cafes
from alpclusters.platform.evaluation.domain.research_requests import grant, refuse
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.cafe_letters import send_decision
from alpclusters.www.site.inputs import input_of

DECIDE: Final = "evaluation.decide_requests"
ACTS: Final = {"grant": grant, "refuse": refuse}
UNPROCESSABLE: Final = 422


class DecisionForm(forms.Form):
    """Why a request is granted or refused; the recipient reads it."""

    use_required_attribute = False
    reason = input_of(DataRequest, "reason", required=True, widget=forms.Textarea({"rows": 3}))


@login_required
@require_safe
def data_requests(request: HttpRequest, pk: int) -> HttpResponse:
    """List the requests for the answers of an AlpCafé."""
    cafe = get_object_or_404(visible_cafes(request.user).select_related("project"), pk=pk)
    _require(request, cafe)
    context = {
        "cafe": cafe,
        "requests": cafe.data_requests.all(),
        "crumbs": _crumbs(cafe),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/research/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request with what granting it means; decide it."""
    rows = DataRequest.objects.filter(cafe__in=visible_cafes(request.user))
    found = get_object_or_404(rows.select_related("cafe__project", "decided_by"), pk=pk)
    _require(request, found.cafe)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_decided(request, found, form):
        return redirect("workspace:data_request", pk=pk)
    context = {
        "found": found,
        "labels": {column.name: label_of(DataRequest, column.name) for column in fields_of(found)},
        "cafe": found.cafe,
        "form": form,
        "crumbs": _crumbs(found.cafe, Crumb(found.organisation)),
        "simulated": found.cafe.is_simulated,
        "section": "cafes",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/research/page.html", context, status=status)


def _is_decided(request: HttpRequest, found: DataRequest, form: DecisionForm) -> bool:
    """Decide and write to the recipient; a decision nobody could be told of does not stand."""
    act: Any = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return False
    now = timezone.now()
    try:
        with transaction.atomic():
            reason = form.cleaned_data["reason"]
            send_decision(act(found, reason=reason, by=request.user, now=now))
    except AlpClustersError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        return False
    except OSError:  # of it are the errors of smtplib
        form.add_error(None, _("The mail could not be sent; nothing was decided. Try again later."))
        return False
    messages.success(request, _("Decided; the person who asked was told by mail."))
    return True


def _require(request: HttpRequest, cafe: AlpCafe) -> None:
    if not request.user.has_perm(DECIDE, cafe):
        raise PermissionDenied


def _crumbs(cafe: AlpCafe, *last: Crumb) -> list[Crumb]:
    address = reverse("workspace:data_requests", args=[cafe.pk]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("AlpCafés"), reverse("workspace:cafes")),
        Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk])),
        Crumb(_("Requests for research"), address),
        *last,
    ]


urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/data-requests/", data_requests, name="data_requests"),
    path("data-requests/<int:pk>/", data_request, name="data_request"),
]
