"""Report on an action when signed in, correct its status, decide about reported values."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.reports import (
    decide_value,
    end_override,
    latest_report,
    report_progress,
    set_override,
    waiting_values,
)
from alpclusters.platform.policy.domain.monitoring.rounds import open_round_of
from alpclusters.platform.policy.domain.monitoring.snapshots import correct_snapshot, take_snapshot
from alpclusters.platform.policy.domain.records.lines import ActionOutline
from alpclusters.platform.policy.domain.records.plans import record_of, today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    IndicatorValue,
    Override,
    ProgressReport,
)
from alpclusters.reports.plan_words.status import reason_texts
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.monitoring.changes import language, status_badge
from alpclusters.www.public.recommendations.evidence import reason_of
from alpclusters.www.public.reporting import ReportForm
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.monitoring.report_forms import (
    MONITOR,
    UNPROCESSABLE,
    CorrectionForm,
    OverrideForm,
    RejectionForm,
    explain,
    monitoring_crumbs,
    own_action,
    own_override,
    own_plan,
    own_snapshot,
    own_value,
)

PAGE_SIZE: Final = 50
MOST_OVERRIDES: Final = 20


@dataclass(frozen=True)
class WaitingValue:
    """A value that waits, with the form that decides about it."""

    value: IndicatorValue
    form: RejectionForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how an action stands; what was said before is listed."""
    action = own_action(request, pk)
    now = timezone.now()
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        action=action,
        today=today_of(action.plan, now),
        last=latest_report(action),
    )
    if request.method == "POST" and form.is_valid() and _store(request, action, form):
        return redirect("workspace:monitoring", pk=action.plan_id)
    context = {
        "action": action,
        "plan": action.plan,
        "form": form,
        "is_over": action.done_on is not None or action.stopped_on is not None,
        "reports": action.reports.select_related("round").order_by("-confirmed_on", "-pk")[:20],
        "crumbs": monitoring_crumbs(action.plan, Crumb(f"{action.code} {_('Report')}")),
        "simulated": action.plan.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/monitoring/report.html", context, status=status)


def _store(request: SignedInRequest, action: Action, form: ReportForm) -> bool:
    try:
        report_progress(
            action,
            form.said(nearest_language(get_language())),
            way=ProgressReport.Way.LOGIN,
            round_=open_round_of(action.plan),
            by=request.user,
            now=timezone.now(),
        )
    except (InputError, StateError) as error:
        form.add_error(None, explain(error))
        return False
    messages.success(request, _("The report is stored."))
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_override(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show why an action stands as it does, and set another status beside it."""
    action = own_action(request, pk)
    line = _line(action)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _set(request, action, line, form):
        return redirect("workspace:monitoring", pk=action.plan_id)
    context = {
        "action": action,
        "plan": action.plan,
        "badge": status_badge(line),
        "reasons": reason_texts(line.status.reasons, language(), _names(action)),
        "form": form,
        "overrides": [
            (one, reason_of(one, "reason"))
            for one in action.overrides.order_by("-made_at", "-pk")[:MOST_OVERRIDES]
        ],
        "crumbs": monitoring_crumbs(action.plan, Crumb(f"{action.code} {_('Status')}")),
        "simulated": action.plan.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/monitoring/override.html", context, status=status)


def _line(action: Action) -> ActionOutline:
    record = record_of(action.plan, today=today_of(action.plan, timezone.now()), only=())
    return next(line for line in record.outlines if line.pk == action.pk)


def _names(action: Action) -> dict[str, str]:
    """Name the actions before it by their codes."""
    rows = action.dependencies.select_related("before")
    return {str(one.before_id): one.before.code for one in rows}


def _set(request: SignedInRequest, action: Action, line: ActionOutline, form: OverrideForm) -> bool:
    try:
        set_override(
            action,
            line.status,
            **form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
    except (InputError, StateError) as error:
        form.add_error(None, explain(error))
        return False
    messages.success(request, _("Saved. The computed status stays beside it."))
    return True


@login_required
@require_POST
def override_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the computed status again."""
    override: Override = own_override(request, pk)
    end_override(override, now=timezone.now())
    messages.success(request, _("The computed status is shown again."))
    return redirect("workspace:monitoring", pk=override.action.plan_id)


@login_required
@require_safe
def plan_values(request: HttpRequest, pk: int) -> HttpResponse:
    """List the reported values of a plan, those that wait first."""
    return _values_page(request, own_plan(request, pk))


def _values_page(
    request: HttpRequest, plan: ActionPlan, about: IndicatorValue | None = None, error: str = ""
) -> HttpResponse:
    """Show the page; with an error about one value, answer 422."""
    rows = IndicatorValue.objects.filter(indicator__plan=plan)
    decided = rows.exclude(status=IndicatorValue.Status.REPORTED).select_related("indicator")
    page = Paginator(decided.order_by("-reported_at", "-pk"), PAGE_SIZE)
    waiting = waiting_values(plan)
    context = {
        "plan": plan,
        "waiting": [_waiting(one, about, error) for one in waiting[:PAGE_SIZE]],
        "n_waiting": len(waiting),
        "page": page.get_page(request.GET.get("page")),
        "may_monitor": request.user.has_perm(MONITOR, plan),
        "crumbs": monitoring_crumbs(plan, Crumb(_("Reported values"))),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "workspace/monitoring/values.html", context, status=status)


def _waiting(value: IndicatorValue, about: IndicatorValue | None, error: str) -> WaitingValue:
    is_meant = about is not None and about.pk == value.pk
    # The same field many times on a page: the name stays, each has its own id.
    form = RejectionForm({"note": ""} if is_meant else None, auto_id=f"value_{value.pk}_%s")
    if is_meant:
        form.add_error("note", error)
    return WaitingValue(value, form)


@login_required
@require_POST
def value_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject a value; a rejection needs a reason."""
    value = own_value(request, pk)
    plan = value.indicator.plan
    form = RejectionForm(request.POST)
    if not form.is_valid():
        return _values_page(request, plan, value, str(form.errors["note"][0]))
    try:
        decide_value(value, request.POST.get("decision", ""), note=form.cleaned_data["note"])
    except (InputError, StateError) as error:
        return _values_page(request, plan, value, explain(error))
    messages.success(request, _("Saved"))
    return redirect("workspace:plan-values", pk=plan.pk)


# --- Keep a report for good outside a round, or answer a wrong one by a correcting one ------------


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
