"""Keep a report for good outside a round, or answer a wrong one by a correcting one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.monitoring.snapshots import (
    correct_snapshot,
    take_snapshot,
)
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.monitoring.access import (
    UNPROCESSABLE,
    explain,
    monitoring_crumbs,
    own_plan,
    own_snapshot,
)
from alpclusters.www.workspace.monitoring.forms import CorrectionForm


@login_required
@require_POST
def snapshot_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the plan as it is now."""
    plan = own_plan(request, pk, to_change=True)
    made = take_snapshot(plan, now=timezone.now())
    messages.success(request, _("The report is kept. Nobody can change it any more."))
    return redirect("public:plan-report", slug=plan.slug, number=made.number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was wrong; a new report with the figures of today follows."""
    snapshot = own_snapshot(request, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = correct_snapshot(
                snapshot, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except (InputError, StateError) as error:
            form.add_error("reason", explain(error))
        else:
            messages.success(request, _("The correcting report is kept."))
            return redirect("public:plan-report", slug=made.plan.slug, number=made.number)
    label = _("Correct report %(number)s") % {"number": snapshot.number}
    context = {
        "plan": snapshot.plan,
        "snapshot": snapshot,
        "form": form,
        "crumbs": monitoring_crumbs(snapshot.plan, Crumb(label)),
        "simulated": snapshot.plan.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/monitoring/correct.html", context, status=status)
