"""Stakeholders of the project onto the list of those who are asked to come."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.groups import helix_name, level_name
from alpclusters.platform.cafe.domain.stakeholder_lists import (
    Askable,
    Choice,
    choice_for,
    invite_stakeholders,
)
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.workspace.cafes.prepare.common import back_to, show
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.stakeholders.common import grade, own_language, place_of
from alpclusters.www.workspace.stakeholders.sentences import reason_words

MOST_CHOSEN = 500


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_stakeholders(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose stakeholders by what is missing, explain each, put the chosen on the list."""
    cafe = own_cafe(request, pk)
    if not request.user.has_perm("actors.view_stakeholders", cafe.project):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        given = request.POST.getlist("chosen")[:MOST_CHOSEN]
        made = invite_stakeholders(cafe, [int(v) for v in given if v.isdigit()], now=now)
        text = ngettext("%(n)s person added.", "%(n)s people added.", len(made))
        messages.success(request, text % {"n": len(made)})
        return back_to("cafe_invitations", cafe)
    found = choice_for(cafe, now=now)
    part = _("Choose stakeholders")
    return show(request, cafe, "cafe_invitations", _context(cafe, found), part=part)


def _context(cafe: AlpCafe, found: Choice) -> dict[str, Any]:
    return {
        "template": "stakeholders",
        "found": found,
        "proposed": _rows(found.proposed),
        "others": _rows(found.others),
        "has_map": cafe.project.stakeholders.exists(),
        "project": cafe.project,
    }


def _rows(askable: Sequence[Askable]) -> list[dict[str, Any]]:
    language = own_language()
    return [
        {
            "stakeholder": one.stakeholder,
            "person": one.person,
            "place": place_of(one.stakeholder.organisation),
            "helix": helix_name(one.seat.helix, language),
            "level": level_name(one.seat.level, language) if one.seat.level else _("unknown"),
            "influence": grade(one.stakeholder.influence),
            "interest": grade(one.stakeholder.interest),
            "why": reason_words(one.reasons),
        }
        for one in askable
    ]
