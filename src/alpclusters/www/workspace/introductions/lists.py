"""The introductions of one's organisations: what to answer, what was asked, what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.introductions.answering import introductions_of
from alpclusters.platform.network.domain.introductions.follow_ups import furthest
from alpclusters.platform.network.models import FollowUp, Introduction
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.www.components.parts import Tab
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.introductions.access import introduction_crumbs

PAGE_SIZE: Final = 25
RECEIVED: Final = "received"
SENT: Final = "sent"


@dataclass(frozen=True)
class IntroductionRow:
    """One introduction in a list."""

    introduction: Introduction
    is_received: bool
    outcome: str


@login_required
@require_safe
def introductions(request: SignedInRequest) -> HttpResponse:
    """List the introductions of the organisations one speaks for."""
    # Coordinators come by for the figures; what is written between two sides is not theirs.
    sees_figures = request.user.has_perm("network.view_outcomes")
    if not sees_figures and not request.user.has_perm("network.view_introductions"):
        raise PermissionDenied
    own = set(spoken_for_by(request.user).values_list("pk", flat=True))
    side = SENT if request.GET.get("side") == SENT else RECEIVED
    every = introductions_of(request.user)
    shown = every.filter(asking__in=own) if side == SENT else every.filter(asked__in=own)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(page, is_received=side == RECEIVED)
    context = {
        "page": page,
        "rows": rows,
        "side": side,
        "tabs": _tabs(side),
        "outcome_label": label_of(FollowUp, "outcome"),
        "crumbs": introduction_crumbs(),
        "simulated": any(row.introduction.is_simulated for row in rows),
    }
    return render(request, "workspace/introductions/list.html", context)


def _rows(page: Iterable[Introduction], *, is_received: bool) -> Sequence[IntroductionRow]:
    shown = list(page)
    told = FollowUp.objects.filter(introduction__in=[one.pk for one in shown]).exclude(outcome="")
    outcomes: dict[int, list[str]] = {}
    for pk, outcome in told.order_by("pk").values_list("introduction", "outcome"):
        outcomes.setdefault(pk, []).append(outcome)
    labels = dict(FollowUp.Outcome.choices)
    return [
        IntroductionRow(one, is_received, str(labels.get(furthest(outcomes.get(one.pk, [])), "")))
        for one in shown
    ]


def _tabs(side: str) -> list[Tab]:
    here = reverse("workspace:introductions")
    return [
        Tab(_("Received"), here, is_current=side == RECEIVED),
        Tab(_("Sent"), f"{here}?side={SENT}", is_current=side == SENT),
    ]
