"""The recommendations of a project with filters, and one of them at work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, InputError
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.fields import label_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.denominators import ALLOWED, decide_denominator, proposal_of
from alpclusters.platform.policy.domain.editing.reviews import completeness_of, text_statuses
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.reasons import REASONS
from alpclusters.platform.policy.domain.recommendations import (
    derive_recommendations,
    explain_no_action,
    set_conflicts,
)
from alpclusters.platform.policy.domain.records import recommendation_line
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.domain.states import (
    DECIDED,
    EDITABLE,
    State,
    Step,
    allowed_from,
    lacks_before,
    move,
)
from alpclusters.platform.policy.domain.strengths import (
    ShownStrength,
    clear_strength,
    override_strength,
    strength_for,
    strengths_of,
    with_evidence,
)
from alpclusters.platform.policy.models import Action, Recommendation
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.recommendations.evidence import findings_view, reason_of
from alpclusters.www.public.recommendations.strength import (
    card_of,
    chips_of,
    denominator_view,
    facets_of,
    fits,
    read_chosen,
    state_badge,
    strength_view,
)
from alpclusters.www.public.trail import lessons_at, stops_of, trail_stations
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evaluations import DeriveForm, own_snapshot, snapshot_page
from alpclusters.www.workspace.recommendations.access import (
    DECIDE,
    VIEW,
    WRITE,
    lack,
    own_project,
    own_recommendation,
    page_crumbs,
    recommendation_crumbs,
    require,
    sentence,
)
from alpclusters.www.workspace.recommendations.recommendation_forms import (
    ConflictsForm,
    GroundsForm,
    ReasonForm,
    StepForm,
    StrengthForm,
)

# --- The recommendations of a project with filters; new ones from the evaluation of an AlpCafé


PAGE_SIZE = 50


@login_required
@require_safe
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the recommendations of a project with state, level, strength and findings."""
    project = own_project(request, slug)
    rows = _rows(project)
    strengths = strengths_of(rows)
    chosen = read_chosen(request.GET)
    found = [one for one in rows if fits(one, chosen, strengths)]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("workspace:recommendations", args=[slug])
    context = {
        "project": project,
        "page": page,
        "cards": [
            card_of(one, strengths[one.pk], "workspace:recommendation", _codes(one)) for one in page
        ],
        "total": len(rows),
        "facets": facets_of(rows, chosen, strengths),
        "chips": chips_of(chosen, lambda: here),
        "plans": list(project.plans.order_by("-pk")[:10]),
        "crumbs": recommendation_crumbs(project),
        "may_write": request.user.has_perm(WRITE, project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/list.html", context)


def _rows(project: Project) -> list[Recommendation]:
    actions = Action.objects.select_related("plan").order_by("plan", "order", "pk")
    rows = with_evidence(Recommendation.objects.filter(project=project))
    return list(rows.prefetch_related(Prefetch("actions", queryset=actions)).order_by("pk"))


def _codes(one: Recommendation) -> Sequence[str]:
    return list(dict.fromkeys(action.code for action in one.actions.all()))


@login_required
@require_POST
def recommendation_derive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft a recommendation for each ticked measure of a snapshot."""
    snapshot = own_snapshot(request, pk)
    require(request, WRITE, snapshot.cafe.project)
    form = DeriveForm(request.POST, evaluation=evaluation_of(snapshot))
    if not form.is_valid():
        return snapshot_page(request, snapshot, form)
    try:
        drawn = derive_recommendations(snapshot, form.chosen(), by=request.user, now=timezone.now())
    except InputError:
        form.add_error("measures", _("Of one of these measures no result can be shown."))
        return snapshot_page(request, snapshot, form)
    text = ngettext(
        "%(n)s recommendation is ready as a draft.",
        "%(n)s recommendations are ready as drafts.",
        len(drawn),
    )
    messages.success(request, text % {"n": len(drawn)})
    return redirect("workspace:recommendations", slug=snapshot.cafe.project.slug)


# --- One recommendation at work: what it rests on, how strong it is, where it may go --------------


type Act = Callable[[HttpRequest, Recommendation], str]

# Steps that policy makers decide alone.
DECISIONS: Final = (State.ADOPTED, State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)
NEEDS_REASON: Final = (State.REJECTED, State.WITHDRAWN)
STEPS: Final = {
    State.DRAFT: gettext_lazy("Reopen"),
    State.IN_CONSULTATION: gettext_lazy("Give into consultation"),
    State.REVISED: gettext_lazy("Mark as revised"),
    State.ADOPTED: gettext_lazy("Adopt"),
    State.REJECTED: gettext_lazy("Reject"),
    State.PUBLISHED: gettext_lazy("Publish"),
    State.SUPERSEDED: gettext_lazy("Replace"),
    State.WITHDRAWN: gettext_lazy("Withdraw"),
}


@dataclass(frozen=True)
class StepView:
    """A step that is possible, and what still has to hold before it."""

    to: str
    label: Any
    needs_reason: bool
    needs_successor: bool
    can_accept: bool
    lacks: Sequence[str]
    is_danger: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recommendation with all it rests on; do one thing with it."""
    is_post = request.method == "POST"
    found = own_recommendation(request, pk, WRITE if is_post else VIEW)
    if not is_post:
        return _page(request, found)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, found, status=422)
    try:
        told = act(request, found)
    except AlpClustersError as error:
        found.refresh_from_db()
        return _page(request, found, problem=sentence(error), status=422)
    except _InvalidError as error:
        return _page(request, found, problem=str(error), status=422)
    messages.success(request, told)
    return redirect("workspace:recommendation", pk=pk)


class _InvalidError(Exception):
    """A form that was not filled in; the text is for the reader."""


def _move(request: HttpRequest, found: Recommendation) -> str:
    form = StepForm(request.POST, recommendation=found)
    if not form.is_valid():
        raise _InvalidError(_("Choose a step and give its reason."))
    data = form.cleaned_data
    if data["to"] in DECISIONS and not request.user.has_perm(DECIDE, found.project):
        raise PermissionDenied
    step = Step(data["to"], data["reason"], data["successor"], data["accepts_open"])
    moved = move(found, step, by=_user(request), now=timezone.now())
    return _("%(code)s: %(state)s") % {"code": found.code, "state": moved.get_state_display()}


def _ground(request: HttpRequest, found: Recommendation) -> str:
    form = GroundsForm(request.POST, recommendation=found)
    if not form.is_valid():
        raise _InvalidError(_("Choose findings of this project."))
    chosen = list(form.cleaned_data["findings"])
    ground_recommendation(found, chosen, by=_user(request), now=timezone.now())
    return _("Saved")


def _conflicts(request: HttpRequest, found: Recommendation) -> str:
    form = ConflictsForm(request.POST, recommendation=found)
    if not form.is_valid():
        raise _InvalidError(_("Choose other recommendations of this project."))
    set_conflicts(found, list(form.cleaned_data["conflicts_with"]), by=_user(request))
    return _("Saved")


def _override(request: HttpRequest, found: Recommendation) -> str:
    data = request.POST
    override_strength(
        found, data.get("strength", ""), reason=data.get("reason", "")[:500], by=_user(request)
    )
    return _("Your strength stands beside the computed one.")


def _clear(request: HttpRequest, found: Recommendation) -> str:
    clear_strength(found, by=_user(request))
    return _("The computed strength stands alone again.")


def _denominator(request: HttpRequest, found: Recommendation) -> str:
    if not request.user.has_perm(DECIDE, found.project):
        raise PermissionDenied
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")[:500]
    decide_denominator(found, decision, reason=reason, by=_user(request))
    return _("Saved")


def _no_action(request: HttpRequest, found: Recommendation) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise _InvalidError(_("Give a reason of at most 500 characters."))
    explain_no_action(found, reason=form.cleaned_data["reason"], by=_user(request))
    return _("Saved")


ACTS: Final[Mapping[str, Act]] = {
    "move": _move,
    "ground": _ground,
    "conflicts": _conflicts,
    "override": _override,
    "clear": _clear,
    "denominator": _denominator,
    "no_action": _no_action,
}


def _user(request: HttpRequest) -> Any:
    return request.user


def steps_of(found: Recommendation) -> list[StepView]:
    """Return the steps that are possible with what each still needs."""
    return [_step(found, to) for to in allowed_from(found.state)]


def _step(found: Recommendation, to: str) -> StepView:
    codes = lacks_before(found, to)
    return StepView(
        to=to,
        label=STEPS[State(to)],
        needs_reason=to in NEEDS_REASON or found.state == State.REJECTED,
        needs_successor=to == State.SUPERSEDED,
        can_accept=bool(
            {"recommendation.contradiction_open", "recommendation.no_trail"} & {*codes}
        ),
        lacks=[lack(code) for code in codes],
        is_danger=to in NEEDS_REASON,
    )


def _page(
    request: HttpRequest, found: Recommendation, *, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = strength_for(found)
    stops = stops_of(found, seen_by=request.user)
    may_write = request.user.has_perm(WRITE, found.project)
    context = {
        "recommendation": found,
        "title": said(found, "title"),
        "parts": text_parts(found),
        "reasons": {name: reason_of(found, name) for name in REASONS},
        "state": state_badge(found),
        "problem": problem,
        "findings": findings_view(recommendation_line(found).evidence),
        "strength": strength_view(shown, in_trail=lessons_at(stops)),
        "denominator": denominator_view(found, shown),
        "done": completeness_of(text_statuses(found, RECOMMENDATION)),
        "conflicts": list(found.conflicts_with.order_by("pk")),
        "predecessors": list(found.predecessors.order_by("pk")),
        "actions": _actions(request, found),
        "trail": trail_stations(stops, found, label=found.code),
        "crumbs": page_crumbs(found),
        "may_write": may_write,
        "may_decide": request.user.has_perm(DECIDE, found.project),
        "may_edit": may_write and found.state in EDITABLE,
        "simulated": found.project.is_simulated,
        "section": "plans",
        **(_forms(found, shown) if may_write else {}),
    }
    return render(request, "workspace/recommendations/page.html", context, status=status)


def text_parts(found: Recommendation) -> list[tuple[str, Any]]:
    """Return the texts below the title that are there."""
    names = [name for name in RECOMMENDATION.texts if name != "title"]
    parts = [(label_of(found, name), said(found, name)) for name in names]
    return [(label, text) for label, text in parts if text]


def _forms(found: Recommendation, shown: ShownStrength) -> dict[str, Any]:
    grounds = GroundsForm(
        recommendation=found, initial={"findings": list(found.findings.order_by("pk"))}
    )
    conflicts = ConflictsForm(
        recommendation=found,
        initial={"conflicts_with": list(found.conflicts_with.order_by("pk"))},
    )
    return {
        "steps": steps_of(found),
        "step_form": StepForm(recommendation=found),
        "grounds": grounds,
        "conflict_form": conflicts,
        "strength_form": StrengthForm(initial={"strength": shown.shown}),
        "decisions": _decisions(found, shown),
        "asks_no_action": found.state in DECIDED,
        "no_action_form": ReasonForm(
            initial={"reason": str(reason_of(found, "no_action_reason"))}, auto_id="no_action_%s"
        ),
    }


def _decisions(found: Recommendation, shown: ShownStrength) -> list[tuple[str, Any]]:
    """Return what people may decide about the common denominator."""
    if found.region_id is not None:
        return []
    words = dict(Recommendation.Denominator.choices)
    return [(str(one), words[one]) for one in ALLOWED[proposal_of(shown.rated)]]


def _actions(request: HttpRequest, found: Recommendation) -> list[Any]:
    seen = found.actions.filter(plan__in=visible_plans(request.user)).select_related("plan")
    return list(seen.order_by("plan", "order", "pk"))
