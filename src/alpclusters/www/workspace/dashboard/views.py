"""Where work begins: what to do next, and the things one works with."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.operation.daily import standings
from alpclusters.platform.operation.mail import mail_standing
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.dashboard.desk import read_desk


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Show a person's projects, next steps, AlpCafés and plans."""
    desk = read_desk(request.user)
    jobs = standings(timezone.now()) if desk.may_manage else []
    mail = mail_standing(timezone.now()) if desk.may_manage else None
    context = {
        "mail": mail if mail and (mail.is_slow or mail.n_given_up) else None,
        "desk": desk,
        "simulated": desk.simulated,
        "daily_work": min((one.finished_at for one in jobs if one.finished_at), default=None),
        "late_jobs": [_(one.label) for one in jobs if one.is_late],
        "failing_jobs": [_(one.label) for one in jobs if one.n_failures and not one.is_late],
    }
    return render(request, "workspace/dashboard/desk.html", context)
