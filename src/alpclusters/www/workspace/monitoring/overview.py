"""The monitoring of one plan: rounds, actions with their status, values that wait, reports kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.values import n_waiting
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.domain.records.lines import ActionOutline
from alpclusters.platform.policy.domain.records.plans import record_of, today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    Override,
)
from alpclusters.reports.plan_monitoring.verdicts import verdict_sentence
from alpclusters.reports.plan_status import by_urgency
from alpclusters.www.public.monitoring.changes import StatusBadge, here, status_badge
from alpclusters.www.workspace.monitoring.access import MONITOR, monitoring_crumbs, own_plan
from alpclusters.www.workspace.monitoring.forms import RoundForm

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
