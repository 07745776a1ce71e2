"""Moderate the cards of all tables: hide and show, group, name, tie to measures."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.undo import undo
from alpclusters.platform.cafe.models import AlpCafe, Entry
from alpclusters.www.cafe.host.orders import is_number, read_arguments
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.cafes.views import visible_cafe
from alpclusters.www.workspace.cards.pages import Choice, read_moderation

COMMANDS: Final = frozenset(
    {
        "edit_card",
        "group_cards",
        "hide_card",
        "link_insight",
        "reject_similar",
        "rename_insight",
        "show_card",
        "ungroup_card",
    }
)


@login_required
@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cards of all tables, proposals and insights."""
    cafe = visible_cafe(request, pk)
    may_run = not cafe.is_sealed and request.user.has_perm("cafe.run_alpcafe", cafe)
    choice = Choice(request.GET.get("table", "")[:5], request.GET.get("state", "")[:8])
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {
        "page": read_moderation(cafe, choice, may_run=may_run),
        "cafe": cafe,
        "undoable": _undoable(cafe, request.GET.get("entry", "")) if may_run else None,
        "crumbs": crumbs(here, Crumb(_("Cards"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cards/cards.html", context)


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out one form of the page."""
    cafe = own_cafe(request, pk)
    back = reverse("workspace:cafe_cards", args=[cafe.pk])
    place = "".join(char for char in request.POST.get("place", "") if char.isalpha())
    try:
        entry = _carry_out(request, cafe)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return HttpResponseRedirect(f"{back}#{place}")
    return HttpResponseRedirect(f"{back}?entry={entry.pk}#{place}")


def _carry_out(request: HttpRequest, cafe: AlpCafe) -> Entry:
    command, now, by = request.POST.get("command", ""), timezone.now(), _person(request)
    if command == "undo":
        return undo(cafe, _entry(cafe, request.POST.get("entry", "")), by=by, now=now)[-1]
    if command not in COMMANDS:
        raise StateError("cafe.unknown_command", found=command)
    arguments = read_arguments(request.POST)
    arguments.setdefault("language", get_language() or "en")
    if command == "link_insight":
        number = request.POST.get("measure", "")
        arguments["measure"] = int(number) if is_number(number) else None
    return act(cafe, command, arguments, seen=None, by=by, now=now)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _entry(cafe: AlpCafe, number: str) -> Entry:
    found = cafe.entries.filter(pk=number).first() if is_number(number) else None
    if found is None:
        raise StateError("cafe.unknown_command", found=number)
    return found


def _undoable(cafe: AlpCafe, number: str) -> Entry | None:
    if not is_number(number):
        return None
    return cafe.entries.filter(pk=number, undone_by=None, undoes=None).first()
