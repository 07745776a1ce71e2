"""Whom one would like to meet: those who come, what one shares with them, what both sides say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.meetings.attending import coming
from alpclusters.platform.network.domain.meetings.days import takes_wishes
from alpclusters.platform.network.domain.meetings.wishes import (
    Sides,
    decline,
    said_of,
    shared_with,
    wish,
    withdraw,
)
from alpclusters.platform.network.models import Attendance, MeetingWish
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.meetings.access import crumbs, own_attendance
from alpclusters.www.workspace.meetings.forms import WEIGHTS, WishForm
from alpclusters.www.workspace.sentences import sentence

# What two have in common is named up to this many.
MOST_NAMED: Final = 4


@dataclass(frozen=True)
class OtherView:
    """Another organisation of the day, and what both said."""

    attendance: Attendance
    sides: Sides
    shared: Sequence[str]
    n_more: int
    has_language: bool
    weight: int

    @property
    def order(self) -> tuple[Any, ...]:
        """First who waits for an answer, then what both want, then who shares most."""
        return (
            not self.sides.waits_for_me,
            not self.sides.is_mutual,
            not self.sides.waits_for_them,
            -len(self.shared) - self.n_more,
            self.attendance.organisation.name,
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_wishes(request: HttpRequest, pk: int, organisation: int) -> HttpResponse:
    """List who comes; ask for a meeting, answer, take it back."""
    own = own_attendance(request, pk, organisation)
    if own.state != Attendance.State.COMES:
        return redirect("workspace:meeting-attend", pk=pk, organisation=organisation)
    if request.method == "POST":
        _act(request, own)
        return redirect("workspace:meeting-wishes", pk=pk, organisation=organisation)
    views = _views(own)
    context = {
        "day": own.day,
        "own": own,
        "views": views,
        "n_waiting": sum(view.sides.waits_for_me for view in views),
        "n_mutual": sum(view.sides.is_mutual for view in views),
        "is_open": takes_wishes(own.day, now=timezone.now()),
        "weights": WEIGHTS,
        "labels": {
            "looks_for": label_of(Attendance, "looks_for"),
            "weight": label_of(MeetingWish, "weight"),
        },
        "crumbs": crumbs(own.day, Crumb(_("Wishes"))),
        "simulated": own.day.is_simulated,
    }
    return render(request, "workspace/meetings/wishes.html", context)


def _views(own: Attendance) -> list[OtherView]:
    said, language = said_of(own), get_language() or "en"
    others = [one for one in coming(own.day) if one.pk != own.pk]
    return sorted((_view(own, one, said, language) for one in others), key=lambda v: v.order)


def _view(own: Attendance, one: Attendance, said: Mapping[int, Sides], language: str) -> OtherView:
    sides = said.get(one.pk, Sides())
    names = shared_with(own.organisation, one.organisation).names(language)
    return OtherView(
        one,
        sides,
        names[:MOST_NAMED],
        max(0, len(names) - MOST_NAMED),
        bool(set(own.languages) & set(one.languages)),
        sides.mine.weight if sides.mine else 2,
    )


def _act(request: HttpRequest, own: Attendance) -> None:
    form = WishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: choose one of the answers."))
        return
    other = get_object_or_404(
        Attendance.objects.select_related("organisation"),
        pk=form.cleaned_data["other"],
        day=own.day,
    )
    now, did = timezone.now(), form.cleaned_data["do"]
    try:
        if did == "wish":
            made = wish(own, other, weight=form.cleaned_data["weight"], now=now)
            messages.success(request, _words(made.state == made.State.ACCEPTED) % _named(other))
        elif did == "decline":
            decline(own, other, now=now)
            messages.success(request, _("Declined: %(name)s") % _named(other))
        else:
            withdraw(own, other, now=now)
            messages.success(request, _("Taken back: %(name)s") % _named(other))
    except StateError as error:
        messages.error(request, sentence(error))


def _words(is_mutual: bool) -> str:  # noqa: FBT001 - private
    if is_mutual:
        return _("You and %(name)s both want to meet.")
    return _("%(name)s is asked for a meeting.")


def _named(other: Attendance) -> dict[str, str]:
    return {"name": other.organisation.name}
