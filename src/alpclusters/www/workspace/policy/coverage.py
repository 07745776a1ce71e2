"""Let errors pass with a reason; say why a measure gets no recommendation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.coverage import leave_out, sign_off, take_back_sign_off
from alpclusters.platform.policy.domain.plans import today_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.policy.access import SIGN_OFF, WRITE, own_plan, require

LONGEST_REASON = 500


@login_required
@require_POST
def plan_sign_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the errors of a plan pass with a reason, or take that back."""
    plan = own_plan(request, pk)
    require(request, SIGN_OFF, plan.project)
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        if request.POST.get("decision") == "take_back":
            take_back_sign_off(plan, by=request.user)
            messages.success(request, _("The errors stop publication again."))
        else:
            now = timezone.now()
            sign_off(plan, reason=reason, by=request.user, today=today_of(plan, now))
            messages.success(request, _("Noted. The reason is printed in the plan."))
    except InputError:
        messages.error(request, _("Give a reason. It is printed in the plan."))
    except StateError:
        messages.error(
            request, _("A published plan is not edited. Withdraw it or begin a new version.")
        )
    return redirect("workspace:plan", pk=pk)


@login_required
@require_POST
def plan_left_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why a measure that people rated among the best gets no recommendation."""
    plan = own_plan(request, pk, WRITE)
    key = request.POST.get("measure", "")[:120]
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        leave_out(plan, key, reason=reason, by=request.user)
        messages.success(request, _("Saved"))
    except StateError:
        messages.error(
            request, _("A published plan is not edited. Withdraw it or begin a new version.")
        )
    return redirect("workspace:plan", pk=pk)
