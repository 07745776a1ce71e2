"""What the coverage checks find of a plan; let errors pass with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.coverage import (
    Check,
    Coverage,
    Issue,
    On,
    Severity,
    leave_out,
    sign_off,
    take_back_sign_off,
)
from alpclusters.platform.policy.domain.coverage import coverage_of as checked
from alpclusters.platform.policy.domain.plans import today_of
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.plan_words.coverage import issue_sentence, issue_thing, severity_words
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.policy.plan_forms import SIGN_OFF, WRITE, own_plan, require

# --- What the coverage checks find of a plan, as the workspace shows it: grouped, each with a link


MOST_OPEN: Final = 12
"""A longer list of warnings is folded."""
ICONS: Final = {
    Severity.ERROR: ("circle-alert", "bad"),
    Severity.WARNING: ("triangle-alert", "warn"),
    Severity.INFO: ("info", "info"),
}


@dataclass(frozen=True)
class IssueLine:
    """One issue: what it is about, what is wrong, where to mend it.

    ``measure_key`` is set where a reason for leaving a measure out can be given.
    """

    key: str
    thing: str
    sentence: str
    url: str
    is_signed: bool
    measure_key: str


@dataclass(frozen=True)
class IssueGroup:
    """The issues of one severity."""

    severity: str
    name: str
    icon: str
    tone: str
    lines: Sequence[IssueLine]
    is_open: bool


@dataclass(frozen=True)
class CoveragePage:
    """All that a page says about the coverage of a plan."""

    groups: Sequence[IssueGroup]
    n_open_errors: int
    n_signed: int
    signed_reason: str
    left_out: Sequence[tuple[str, str]]
    may_write: bool
    may_sign: bool


def coverage_page(plan: ActionPlan, *, may_write: bool, may_sign: bool) -> CoveragePage:
    """Check a plan and prepare what was found; links only for those who may mend."""
    found = checked(plan, today=today_of(plan, timezone.now()))
    may_mend = may_write and not plan.is_published
    groups = [_group(plan, found, severity, may_mend=may_mend) for severity in Severity]
    return CoveragePage(
        groups=[group for group in groups if group.lines],
        n_open_errors=len(found.open_errors),
        n_signed=len(found.signed_errors),
        signed_reason=found.signed_reason,
        left_out=sorted(found.left_out.items()),
        may_write=may_mend,
        may_sign=may_sign and not plan.is_published,
    )


def error_lines_of(plan: ActionPlan) -> list[IssueLine]:
    """Return the errors that stop publication."""
    found = checked(plan, today=today_of(plan, timezone.now()))
    return [_line(plan, found, issue, may_mend=True) for issue in found.open_errors]


def _group(plan: ActionPlan, found: Coverage, severity: Severity, *, may_mend: bool) -> IssueGroup:
    icon, tone = ICONS[severity]
    lines = [_line(plan, found, issue, may_mend=may_mend) for issue in found.of(severity)]
    name = severity_words(severity, nearest_language(get_language()))
    is_open = severity is Severity.ERROR or len(lines) <= MOST_OPEN
    return IssueGroup(severity.value, name, icon, tone, lines, is_open)


def _line(plan: ActionPlan, found: Coverage, issue: Issue, *, may_mend: bool) -> IssueLine:
    language = nearest_language(get_language())
    is_left = issue.check is Check.ORPHAN_MEASURE
    return IssueLine(
        key=issue.key,
        thing=issue_thing(issue, language),
        sentence=issue_sentence(issue, language),
        url=_address(plan, issue) if may_mend else "",
        is_signed=issue.key in found.signed_keys,
        measure_key=issue.code if is_left and may_mend else "",
    )


def _address(plan: ActionPlan, issue: Issue) -> str:
    """Return the page on which an issue is mended."""
    match issue.on:
        case On.ACTION:
            page = reverse("workspace:action_edit", args=[issue.pk])
            return f"{page}#{issue.part}" if issue.part else page
        case On.RECOMMENDATION:
            return reverse("workspace:recommendation", args=[issue.pk])
        case On.MEASURE:
            return reverse("workspace:recommendations", args=[plan.project.slug])
        case On.EVIDENCE:
            return reverse("workspace:cafes")
    if issue.check is Check.NO_ACTIONS:
        return f"{reverse('workspace:plan', args=[plan.pk])}#add"
    return reverse("workspace:plan_edit", args=[plan.pk])


# --- Let errors pass with a reason; say why a measure gets no recommendation ----------------------


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
