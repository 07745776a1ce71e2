"""The monitoring of one plan, and its rounds: opened, whom to ask, letters, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.reports import n_waiting
from alpclusters.platform.policy.domain.monitoring.rounds import (
    Answers,
    DueLetter,
    Mail,
    answers_of,
    close_round,
    due_letters,
    move_round,
    note_sent,
    open_round,
    set_address,
    token_of,
)
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.domain.records.lines import ActionOutline
from alpclusters.platform.policy.domain.records.plans import last_report, record_of, today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    Override,
    ReportLink,
)
from alpclusters.reports.captions import kept_sentence
from alpclusters.reports.dates import format_date
from alpclusters.reports.plan_monitoring.document import verdict_sentence
from alpclusters.reports.plan_words.status import by_urgency
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.monitoring.changes import StatusBadge, here, status_badge
from alpclusters.www.workspace.monitoring.report_forms import (
    MONITOR,
    UNPROCESSABLE,
    AddressesForm,
    RoundForm,
    explain,
    monitoring_crumbs,
    own_plan,
    own_round,
)

# --- Mails of a reporting round, each in the language of its reader -------------------------------


def send_letter(due: DueLetter, *, now: datetime) -> bool:
    """Send one mail and note it; one that the server refuses is due again the next time."""
    try:
        _send(due)
    except OSError:  # of it are the errors of smtplib
        return False
    note_sent(due, now=now)
    return True


def _send(due: DueLetter) -> None:
    link = due.link
    language = nearest_language(link.language)
    with translation.override(language):
        parts = _first(link) if due.mail == Mail.FIRST else _reminder(link, language)
        subject = (
            _("How does action %(code)s stand?")
            if due.mail == Mail.FIRST
            else _("Reminder: how does action %(code)s stand?")
        ) % {"code": link.action.code}
        body = "\n\n".join([*parts, *_closing(link, language)]) + "\n"
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[link.email]).send()


def _first(link: ReportLink) -> Sequence[str]:
    return [
        _("Good day,"),
        _("your organisation carries out this action of the plan “%(plan)s”:")
        % {"plan": link.round.plan.title},
        f"{link.action.code}: {link.action.title}",
        *_simulated(link),
        _("Please tell us in five minutes how it stands, without an account:"),
    ]


def _reminder(link: ReportLink, language: str) -> Sequence[str]:
    day = format_date(link.round.closes_on, language)
    return [
        _("Good day,"),
        _("we have no report yet on this action of the plan “%(plan)s”:")
        % {"plan": link.round.plan.title},
        f"{link.action.code}: {link.action.title}",
        *_simulated(link),
        _("The round closes on %(day)s. Without a report the plan says that nobody answered.")
        % {"day": day},
    ]


def _simulated(link: ReportLink) -> Sequence[str]:
    if not link.round.plan.is_simulated:
        return ()
    return (_("The plan is simulated: it only serves to try the software."),)


def _closing(link: ReportLink, language: str) -> Sequence[str]:
    days = {
        "closes": format_date(link.round.closes_on, language),
        "ends": format_date(link.expires_on, language),
    }
    return [
        _address(link, language),
        _("Please answer until %(closes)s. The link is for this action alone; please do not pass "
          "it on. It works until %(ends)s, then your address is deleted.") % days,
        *_kept(link, language),
    ]  # fmt: skip


def _kept(link: ReportLink, language: str) -> Sequence[str]:
    """Send the head of the chain out: who has it sees later whether a report was changed."""
    last = last_report(link.round.plan)
    if last is None:
        return ()
    why = _("Whoever keeps this mail can have it checked later that no report was changed.")
    return (f"{kept_sentence(last, language)}\n{why}",)


def _address(link: ReportLink, language: str) -> str:
    with translation.override(language):
        path = reverse("public:report-by-mail", args=[token_of(link)])
    return f"{settings.CONFIGURATION.address}{path}"


# --- The monitoring of one plan: rounds, actions with their status, values that wait, reports kept


PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class ActionRow:
    """An action with what is computed, what is shown, and when it was last reported on."""

    line: ActionOutline
    title: str
    badge: StatusBadge
    override: Override | None
    reported_on: date | None

    @property
    def can_report(self) -> bool:
        """Whether there is something to report."""
        return self.line.done_on is None and self.line.stopped_on is None


@login_required
@require_safe
def monitoring(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a plan stands, its rounds and the reports that were kept."""
    return monitoring_page(request, own_plan(request, pk))


def monitoring_page(
    request: HttpRequest, plan: ActionPlan, form: RoundForm | None = None
) -> HttpResponse:
    """Show the page; with a form that has errors, answer 422."""
    today = today_of(plan, timezone.now())
    rounds = _rounds(plan)
    page, rows = _rows(request, plan, today)
    # It reads every report that was kept: only on request.
    verdict = verify_plan(plan) if "verify" in request.GET else None
    language = nearest_language(get_language())
    context = {
        "plan": plan,
        "today": today,
        "rounds": rounds,
        "open_round": next((one for one in rounds if one.closed_at is None), None),
        "form": form or RoundForm(today=today),
        "page": page,
        "rows": rows,
        "n_waiting": n_waiting(plan),
        "snapshots": list(plan.snapshots.defer("content").order_by("-number")[:PAGE_SIZE]),
        "verdict": verdict,
        "verdict_said": verdict_sentence(verdict, language) if verdict else "",
        "may_monitor": request.user.has_perm(MONITOR, plan),
        "crumbs": monitoring_crumbs(plan),
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    status = 422 if form is not None else 200
    return render(request, "workspace/monitoring/plan.html", context, status=status)


def _rounds(plan: ActionPlan) -> Sequence[MonitoringRound]:
    answered = Count("reports__action", distinct=True)
    asked = Count("links", filter=~Q(links__sent_at=None), distinct=True)
    return list(plan.rounds.annotate(n_answered=answered, n_asked=asked).order_by("-number"))


def _rows(request: HttpRequest, plan: ActionPlan, today: date) -> tuple[Page[Any], list[ActionRow]]:
    """Return a page of the actions, the urgent ones first."""
    lines = by_urgency(record_of(plan, today=today, only=()).outlines)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    pks = [line.pk for line in page]
    reported, overrides = _reported(pks), _overrides(pks)
    rows = [
        ActionRow(
            line,
            here(line.title),
            status_badge(line),
            overrides.get(line.pk),
            reported.get(line.pk),
        )
        for line in page
    ]
    return page, rows


def _reported(pks: Sequence[int]) -> dict[int, date]:
    rows = Action.objects.filter(pk__in=pks, reports__isnull=False).order_by("pk")
    return dict(rows.annotate(last=Max("reports__confirmed_on")).values_list("pk", "last"))


def _overrides(pks: Sequence[int]) -> dict[int, Override]:
    rows = Override.objects.filter(action__in=pks, ended_at=None).order_by("made_at", "pk")
    return {one.action_id: one for one in rows}


# --- Open a round, say whom to ask, send the letters, close it ------------------------------------


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
