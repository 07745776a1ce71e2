"""Fetch a day of meetings with the right one has to it, and the place of its pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay
from alpclusters.platform.network.rules import speaks_for
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.www.components.parts import Crumb

PLANNERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.FACILITATOR)


def planned_projects(request: HttpRequest) -> list[int] | None:
    """Return the projects whose meetings one plans; None is all of them."""
    return project_ids(request.user, *PLANNERS)


def plans(request: HttpRequest, day: MeetingDay) -> bool:
    """Say whether one plans this day."""
    return bool(request.user.has_perm("network.plan_meetings", day.project))


def planned_day(request: HttpRequest, pk: int) -> MeetingDay:
    """Return a day that one plans: 403 for others, who may know that it exists."""
    day = seen_day(request, pk)
    if not plans(request, day):
        raise PermissionDenied
    return day


def seen_day(request: HttpRequest, pk: int) -> MeetingDay:
    """Return a day one plans or is asked to; others do not exist, nor do drafts for the asked."""
    rows = MeetingDay.objects.select_related("project", "cafe")
    day = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("network.view_meeting_day", day):
        raise Http404
    if day.state == MeetingDay.State.DRAFT and not plans(request, day):
        raise Http404
    return day


def own_attendance(request: HttpRequest, pk: int, organisation: int) -> Attendance:
    """Return the attendance of an organisation one speaks for, or whose day one plans."""
    day = seen_day(request, pk)
    rows = Attendance.objects.select_related("organisation__cluster", "user")
    attendance = get_object_or_404(rows, day=day, organisation=organisation)
    attendance.day = day
    if not (speaks_for(request.user, attendance.organisation) or plans(request, day)):
        raise Http404
    return attendance


def planned_meeting(request: HttpRequest, pk: int, meeting: int) -> Meeting:
    """Return a meeting of a day that one plans."""
    day = planned_day(request, pk)
    rows = Meeting.objects.select_related("first__organisation", "second__organisation")
    found = get_object_or_404(rows, pk=meeting, day=day)
    found.day = day
    return found


def crumbs(day: MeetingDay | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of meetings."""
    days = reverse("workspace:meeting-days") if day or last else ""
    steps = [Crumb(_("Workspace"), reverse("workspace:dashboard")), Crumb(_("Meetings"), days)]
    if day is not None:
        url = reverse("workspace:meeting-day", args=[day.pk]) if last else ""
        steps.append(Crumb(day.title, url))
    return [*steps, *last]
