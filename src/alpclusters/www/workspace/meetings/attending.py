"""Say that an organisation comes to a day of meetings, or that it does not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.platform.network.domain.meetings.attending import attend, stay_away
from alpclusters.platform.network.domain.meetings.days import takes_wishes
from alpclusters.platform.network.rules import speaks_for
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.meetings.access import crumbs, own_attendance
from alpclusters.www.workspace.meetings.forms import AttendanceForm

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
