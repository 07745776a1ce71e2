"""The days of meetings one plans, and those one is asked to; a new one, and changes of one."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.meetings.attending import days_attended_by
from alpclusters.platform.network.domain.meetings.days import change_day, create_day, days_of
from alpclusters.platform.network.models import Attendance, MeetingDay
from alpclusters.platform.partnership.models import Project
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.meetings.access import crumbs, planned_day, planned_projects
from alpclusters.www.workspace.meetings.forms import DayForm

PER_PAGE: Final = 30
UNPROCESSABLE: Final = 422


@login_required
@require_safe
def meeting_days(request: SignedInRequest) -> HttpResponse:
    """List the days, the latest first."""
    if not request.user.has_perm("network.view_meeting_day"):
        raise PermissionDenied
    projects = planned_projects(request)
    planned = days_of(projects) if projects != [] else MeetingDay.objects.none()
    page = Paginator(_counted(planned), PER_PAGE).get_page(request.GET.get("page"))
    asked = list(_counted(days_attended_by(request.user))[:PER_PAGE])
    context = {
        "page": page,
        "asked": asked,
        "labels": {name: label_of(MeetingDay, name) for name in ("title", "held_on")},
        "plans": projects != [],
        "crumbs": crumbs(),
        "simulated": any(day.is_simulated for day in (*page.object_list, *asked)),
    }
    return render(request, "workspace/meetings/list.html", context)


def _counted(days: QuerySet[MeetingDay]) -> QuerySet[MeetingDay]:
    comes = Q(attendances__state=Attendance.State.COMES)
    return days.select_related("project").annotate(
        n_coming=Count("attendances", filter=comes, distinct=True),
        n_meetings=Count("meetings", distinct=True),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_day_new(request: SignedInRequest) -> HttpResponse:
    """Begin to prepare a day."""
    projects = _projects(request)
    form = DayForm(request.POST or None, projects=projects)
    if request.method == "POST" and form.is_valid():
        project = form.cleaned_data["project"]
        made = create_day(project, form.facts(), by=request.user, now=timezone.now())
        messages.success(request, _("The day is prepared. Now invite organisations."))
        return redirect("workspace:meeting-invite", pk=made.pk)
    return _form(request, form, {"day": None, "crumbs": crumbs(None, Crumb(_("New day")))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_day_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was decided."""
    day = planned_day(request, pk)
    projects = Project.objects.filter(pk=day.project_id)
    form = DayForm(request.POST or None, projects=projects, day=day)
    if request.method == "POST" and form.is_valid():
        change_day(day, form.facts())
        messages.success(request, _("Saved."))
        return redirect("workspace:meeting-day", pk=pk)
    return _form(request, form, {"day": day, "crumbs": crumbs(day, Crumb(_("Edit")))})


def _projects(request: HttpRequest) -> QuerySet[Project]:
    own = planned_projects(request)
    if own == []:
        raise PermissionDenied
    rows = Project.objects.running().order_by("acronym", "pk")
    return rows if own is None else rows.filter(pk__in=own)


def _form(request: HttpRequest, form: DayForm, context: dict[str, Any]) -> HttpResponse:
    day = context["day"]
    back = reverse("workspace:meeting-day", args=[day.pk]) if day else None
    values = {
        "form": form,
        "back": back or reverse("workspace:meeting-days"),
        "simulated": bool(day and day.is_simulated),
        **context,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/meetings/form.html", values, status=status)
