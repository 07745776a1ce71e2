"""Open, close and reopen an AlpCafé."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.counts import count_cafe
from alpclusters.platform.cafe.domain.events import close_cafe, open_cafe, reopen_cafe
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.views import visible_cafe


def own_cafe(request: HttpRequest, pk: int) -> AlpCafe:
    """Return an AlpCafé the person may run: 404 if not visible, 403 if not allowed."""
    found = visible_cafe(request, pk)
    if not request.user.has_perm("cafe.run_alpcafe", found):
        raise PermissionDenied
    return found


@login_required
@require_POST
def cafe_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people join and rate."""
    found = own_cafe(request, pk)
    return _change(
        request,
        lambda: open_cafe(found, by=request.user, now=timezone.now()),
        _("The AlpCafé is open. People can join with the code."),
        pk,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end the rating on all phones."""
    found = own_cafe(request, pk)
    if request.method != "POST":
        context = {
            "cafe": found,
            "counts": count_cafe(found),
            "crumbs": crumbs(_crumb(found), Crumb(_("Close"))),
            "simulated": found.is_simulated,
            "section": "cafes",
        }
        return render(request, "workspace/cafes/close.html", context)
    return _change(
        request,
        lambda: close_cafe(found, by=request.user, now=timezone.now()),
        _("The AlpCafé is closed. You can evaluate it now, or open it again."),
        pk,
    )


@login_required
@require_POST
def cafe_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take ratings again after a close that came too early."""
    found = own_cafe(request, pk)
    return _change(
        request,
        lambda: reopen_cafe(found, by=request.user),
        _("The AlpCafé is open again."),
        pk,
    )


def _crumb(cafe: AlpCafe) -> Crumb:
    return Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))


def _change(request: HttpRequest, act: Callable[[], AlpCafe], text: str, pk: int) -> HttpResponse:
    try:
        act()
    except StateError as error:
        messages.error(request, state_text(error))
    else:
        messages.success(request, text)
    return redirect("workspace:cafe", pk=pk)


def state_text(error: StateError) -> str:
    """Say why the AlpCafé could not change its state."""
    texts = {
        "cafe.not_in_preparation": _("The AlpCafé was opened before."),
        "cafe.nothing_to_rate": _("Choose at least one measure and one criterion first."),
        "cafe.not_open": _("The AlpCafé is not open."),
        "cafe.not_closed": _("The AlpCafé is not closed."),
    }
    return texts.get(error.code, error.code)
