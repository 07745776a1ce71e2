"""Tell statements about the person from opinions, among the measures and cards of an AlpCafé."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.person_marks import COMMAND
from alpclusters.platform.cafe.domain.running import act
from alpclusters.www.cafe.host.orders import is_number
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.cafes.views import visible_cafe
from alpclusters.www.workspace.persons.pages import read_persons

ANSWERS: Final[dict[str, bool | None]] = {"person": True, "opinion": False, "undecided": None}
KINDS: Final = ("measure", "card")


@login_required
@require_safe
def persons(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to decide, what was decided, and all other statements."""
    cafe = visible_cafe(request, pk)
    may_run = not cafe.is_sealed and request.user.has_perm("cafe.run_alpcafe", cafe)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {
        "page": read_persons(cafe, may_run=may_run),
        "cafe": cafe,
        "crumbs": crumbs(here, Crumb(_("Statements about the people"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/persons/persons.html", context)


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out one button of the page."""
    cafe = own_cafe(request, pk)
    if not isinstance(request.user, User):
        raise PermissionDenied
    arguments: dict[str, object] = {"about": ANSWERS.get(request.POST.get("about", ""), "")}
    for kind in KINDS:
        if is_number(request.POST.get(kind, "")):
            arguments[kind] = int(request.POST[kind])
    try:
        act(cafe, COMMAND, arguments, seen=None, by=request.user, now=timezone.now())
    except AlpClustersError as error:
        messages.error(request, sentence(error))
    return HttpResponseRedirect(reverse("workspace:cafe_persons", args=[cafe.pk]))
