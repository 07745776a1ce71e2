"""Invite organisations of the directory to a day of meetings, and take them off."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.stakeholders.finding import Match, find_like
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.meetings.attending import invite, take_off
from alpclusters.platform.network.models import MeetingDay
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.meetings.access import crumbs, planned_day
from alpclusters.www.workspace.meetings.letters import tell_invited
from alpclusters.www.workspace.sentences import sentence

MOST = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for organisations by name, and invite them one by one."""
    day = planned_day(request, pk)
    if request.method == "POST":
        _act(request, day)
        name = request.POST.get("q", "")[:200]
        return redirect(f"{request.path}?{urlencode({'q': name})}" if name else request.path)
    name = request.GET.get("q", "").strip()[:200]
    asked = list(day.attendances.select_related("organisation__region").order_by("-pk"))
    context = {
        "day": day,
        "name": name,
        "found": _found(day, name, {one.organisation_id for one in asked}),
        "asked": asked,
        "crumbs": crumbs(day, Crumb(_("Invite organisations"))),
        "simulated": day.is_simulated,
    }
    return render(request, "workspace/meetings/invite.html", context)


def _found(day: MeetingDay, name: str, asked: set[int]) -> list[Match]:
    """Return organisations of the same kind that are not asked yet."""
    return [
        one
        for one in find_like(name, is_simulated=day.is_simulated, limit=MOST)
        if one.organisation.pk not in asked
    ]


def _act(request: HttpRequest, day: MeetingDay) -> None:
    key = request.POST.get("organisation", "")
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0  # noqa: PLR2004 - what a key of a table holds
    organisation = Organisation.objects.select_related("cluster").filter(pk=number).first()
    if organisation is None:
        messages.error(request, _("Nothing was changed: choose one of the answers."))
        return
    try:
        if request.POST.get("do") == "take_off":
            take_off(get_object_or_404(day.attendances, organisation=organisation))
            messages.success(request, _("Taken off: %(name)s") % {"name": organisation})
        else:
            _invite(request, day, organisation)
    except StateError as error:
        messages.error(request, sentence(error))


def _invite(request: HttpRequest, day: MeetingDay, organisation: Organisation) -> None:
    made = invite(day, organisation, now=timezone.now())
    if made is None:
        return
    if day.state == MeetingDay.State.DRAFT:
        words = _("%(name)s is on the list; the mail goes when you open the day.")
        messages.success(request, words % {"name": organisation})
    elif tell_invited(made):
        messages.success(request, _("%(name)s has a mail.") % {"name": organisation})
    else:
        words = _("Nobody speaks for %(name)s here yet, so no mail was sent: ask them yourself.")
        messages.warning(request, words % {"name": organisation})
