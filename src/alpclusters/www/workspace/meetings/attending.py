"""What an organisation says of a day: whether it comes, whom it would meet, what took place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.introductions.answering import Met
from alpclusters.platform.network.domain.meetings.afterwards import (
    follow_up,
    is_over,
    say_held,
    say_rest_held,
    to_follow_up,
)
from alpclusters.platform.network.domain.meetings.attending import attend, coming, stay_away
from alpclusters.platform.network.domain.meetings.days import SlotTime, takes_wishes, times_by_slot
from alpclusters.platform.network.domain.meetings.wishes import (
    Sides,
    decline,
    said_of,
    shared_with,
    wish,
    withdraw,
)
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay, MeetingWish
from alpclusters.platform.network.rules import speaks_for
from alpclusters.reports.dates import format_date
from alpclusters.reports.meetings import span_words
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.meetings.days import (
    WEIGHTS,
    AttendanceForm,
    WishForm,
    crumbs,
    own_attendance,
    planned_day,
)
from alpclusters.www.workspace.sentences import sentence

# --- Say that an organisation comes to a day of meetings, or that it does not ---------------------


UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_attend(request: SignedInRequest, pk: int, organisation: int) -> HttpResponse:
    """Answer the invitation; who plans the day may write down what was said by telephone."""
    attendance = own_attendance(request, pk, organisation)
    is_own = speaks_for(request.user, attendance.organisation)
    if request.method == "POST" and request.POST.get("do") == "stay_away":
        n = stay_away(attendance)
        messages.success(request, _away(n))
        return redirect("workspace:meeting-day", pk=pk)
    form = AttendanceForm(request.POST or None, attendance=attendance, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        attend(attendance, form.facts(), by=request.user if is_own else None)
        messages.success(request, _("Noted. Now say whom you would like to meet."))
        if takes_wishes(attendance.day, now=timezone.now()):
            return redirect("workspace:meeting-wishes", pk=pk, organisation=organisation)
        return redirect("workspace:meeting-day", pk=pk)
    context = {
        "form": form,
        "day": attendance.day,
        "attendance": attendance,
        "is_own": is_own,
        "crumbs": crumbs(attendance.day, Crumb(attendance.organisation.name)),
        "simulated": attendance.day.is_simulated,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/meetings/attend.html", context, status=status)


def _away(n: int) -> str:
    said = _("Noted: the organisation does not come.")
    if not n:
        return said
    gone = ngettext(
        "%(n)s meeting was taken out of the plan.", "%(n)s meetings were taken out of the plan.", n
    )
    return f"{said} {gone % {'n': n}}"


# --- Whom one would like to meet: those who come, what one shares with them, what both sides say


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
        _wishing_act(request, own)
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


def _wishing_act(request: HttpRequest, own: Attendance) -> None:
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


# --- After the day: say what took place, and have both sides asked what came of it ----------------


@dataclass(frozen=True)
class HeldRow:
    """A meeting with when it was."""

    meeting: Meeting
    when: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_after(request: HttpRequest, pk: int) -> HttpResponse:
    """List the meetings; say of each whether it took place."""
    day = planned_day(request, pk)
    if request.method == "POST":
        try:
            _after_act(request, day)
        except AlpClustersError as error:
            messages.error(request, sentence(error))
        return redirect("workspace:meeting-after", pk=pk)
    return render(request, "workspace/meetings/after.html", _context(day))


def _after_act(request: HttpRequest, day: MeetingDay) -> None:
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "rest":
        n = say_rest_held(day, now=now)
        words = ngettext("Noted of %(n)s meeting.", "Noted of %(n)s meetings.", n)
        messages.success(request, words % {"n": n})
    elif do in {"held", "missed"}:
        say_held(_meeting(request, day), held=do == "held", now=now)
        messages.success(request, _("Noted."))
    elif do == "follow_up_all":
        for one in to_follow_up(day):
            follow_up(one, now=now, words=_met(day, one))
        messages.success(request, _("All are asked after 3 and 12 months."))
    elif do == "follow_up":
        one = _meeting(request, day)
        follow_up(one, now=now, words=_met(day, one))
        messages.success(request, _("Both sides are asked after 3 and 12 months."))


def _met(day: MeetingDay, meeting: Meeting) -> Met:
    """Say where they met in the language of the day's planner, for both sides to read."""
    language = nearest_language(get_language())
    times = times_by_slot(day)
    begins = times[meeting.slot].begins if meeting.slot in times else times[1].begins
    with translation.override(language):
        words = {"title": day.title, "day": format_date(day.held_on, language)}
        return Met(_("Met at “%(title)s” on %(day)s.") % words, language, begins)


def _meeting(request: HttpRequest, day: MeetingDay) -> Meeting:
    key = request.POST.get("meeting", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):  # noqa: PLR2004 - what a key of a table holds
        raise Http404
    found = get_object_or_404(Meeting, pk=key, day=day)
    found.day = day
    return found


def _context(day: MeetingDay) -> dict[str, Any]:
    rows = day.meetings.select_related("first__organisation", "second__organisation")
    meetings = list(rows.order_by("slot", "table"))
    times, language = times_by_slot(day), get_language() or "en"
    states = [one.state for one in meetings]
    return {
        "day": day,
        "rows": [HeldRow(one, _when(one, times, language)) for one in meetings],
        "is_over": is_over(day, now=timezone.now()),
        "n_held": states.count(Meeting.State.HELD),
        "n_missed": states.count(Meeting.State.MISSED),
        "n_open": states.count(Meeting.State.PLANNED),
        "n_followed": sum(one.introduction_id is not None for one in meetings),
        "crumbs": crumbs(day, Crumb(_("After the day"))),
        "simulated": day.is_simulated,
    }


def _when(one: Meeting, times: Mapping[int, SlotTime], language: str) -> str:
    return span_words(times[one.slot], language) if one.slot in times else "–"
