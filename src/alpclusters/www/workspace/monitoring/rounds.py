"""Open a round, say whom to ask, send the letters, close it."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.monitoring.links import due_letters, set_address
from alpclusters.platform.policy.domain.monitoring.rounds import (
    Answers,
    answers_of,
    close_round,
    move_round,
    open_round,
)
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import Action, MonitoringRound
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.monitoring.access import (
    MONITOR,
    UNPROCESSABLE,
    explain,
    monitoring_crumbs,
    own_plan,
    own_round,
)
from alpclusters.www.workspace.monitoring.forms import AddressesForm, RoundForm
from alpclusters.www.workspace.monitoring.letters import send_letter
from alpclusters.www.workspace.monitoring.overview import monitoring_page


@login_required
@require_POST
def round_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the next round; the letters go out once it is said whom to ask."""
    plan = own_plan(request, pk, to_change=True)
    form = RoundForm(request.POST, today=today_of(plan, timezone.now()))
    if not form.is_valid():
        return monitoring_page(request, plan, form)
    try:
        made = open_round(plan, **form.cleaned_data)
    except (InputError, StateError) as error:
        form.add_error(None, explain(error))
        return monitoring_page(request, plan, form)
    messages.success(request, _("The round is open. Say now whom to ask about each action."))
    return redirect("workspace:monitoring-round", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who was asked and who answered; store whom to ask."""
    round_ = own_round(request, pk, to_change=request.method == "POST")
    answers = answers_of(round_)
    form = _addresses(round_, answers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _store(request, round_, form)
        return redirect("workspace:monitoring-round", pk=pk)
    return _page(request, round_, answers, form)


def _addresses(
    round_: MonitoringRound, answers: Answers, data: QueryDict | None = None
) -> AddressesForm:
    missing = {action.pk for action in answers.missing}
    return AddressesForm(
        data,
        actions=answers.asked,
        links=list(round_.links.order_by("pk")),
        answered={action.pk for action in answers.asked} - missing,
    )


def _store(request: HttpRequest, round_: MonitoringRound, form: AddressesForm) -> None:
    for one in form.changed_addresses():
        set_address(round_, one.action, email=one.email, language=one.language)
    n_sent = _send_due(round_)
    if n_sent:
        text = ngettext("Saved. %(n)s letter was sent.", "Saved. %(n)s letters were sent.", n_sent)
        messages.success(request, text % {"n": n_sent})
    else:
        messages.success(request, _("Saved"))


def _send_due(round_: MonitoringRound) -> int:
    """Send the letters of this round that are due now; the daily command sends the others."""
    now = timezone.now()
    due = [one for one in due_letters(now) if one.link.round_id == round_.pk]
    return sum(send_letter(one, now=now) for one in due)


def _page(
    request: HttpRequest,
    round_: MonitoringRound,
    answers: Answers,
    form: AddressesForm,
    dates: RoundForm | None = None,
) -> HttpResponse:
    plan = round_.plan
    today = today_of(plan, timezone.now())
    label = _("Round %(number)s") % {"number": round_.number}
    context = {
        "plan": plan,
        "round": round_,
        "is_open": round_.closed_at is None,
        "has_begun": round_.opens_on <= today,
        "answers": answers,
        "form": form,
        "dates": dates or RoundForm(today=today, round_=round_),
        "snapshot": round_.snapshots.defer("content").order_by("-number").first(),
        "may_monitor": request.user.has_perm(MONITOR, plan),
        "crumbs": monitoring_crumbs(plan, Crumb(label)),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if form.errors or (dates and dates.errors) else 200
    return render(request, "workspace/monitoring/round.html", context, status=status)


@login_required
@require_POST
def round_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the dates of an open round."""
    round_ = own_round(request, pk, to_change=True)
    dates = RoundForm(request.POST, today=today_of(round_.plan, timezone.now()), round_=round_)
    if dates.is_valid():
        try:
            move_round(round_, **dates.cleaned_data)
        except (InputError, StateError) as error:
            dates.add_error(None, explain(error))
        else:
            messages.success(request, _("Saved"))
            return redirect("workspace:monitoring-round", pk=pk)
    answers = answers_of(round_)
    return _page(request, round_, answers, _addresses(round_, answers), dates)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, naming who has not answered; then close the round and keep its report."""
    round_ = own_round(request, pk, to_change=True)
    if request.method == "POST":
        try:
            snapshot = close_round(round_, now=timezone.now())
        except StateError as error:
            messages.error(request, explain(error))
            return redirect("workspace:monitoring-round", pk=pk)
        messages.success(request, _("The round is closed and its report is kept."))
        return redirect("public:plan-report", slug=round_.plan.slug, number=snapshot.number)
    missing: Sequence[Action] = answers_of(round_).missing
    context = {
        "plan": round_.plan,
        "round": round_,
        "missing": missing,
        "is_open": round_.closed_at is None,
        "crumbs": monitoring_crumbs(round_.plan, Crumb(_("Close the round"))),
        "simulated": round_.plan.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/monitoring/close.html", context)
