"""The lines of a plan: change on one page, two who edited, sources of money, move, remove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.models import Offer
from alpclusters.platform.policy.domain.actions import (
    edit_action,
    end_action,
    move_action,
    remove_action,
)
from alpclusters.platform.policy.domain.merging import ActionConflictError, rebased
from alpclusters.platform.policy.domain.parts import (
    MixSources,
    find_offers,
    mixes_of,
    offers_by_key,
)
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.platform.worlds import stated_world
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.trail import strip_of
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.policy.action_form import (
    MORE,
    ActionForms,
    EndForm,
    end_initial,
    with_more_rows,
    with_rows,
)
from alpclusters.www.workspace.policy.action_rows import KINDS, amount_text
from alpclusters.www.workspace.policy.plan_forms import own_action, plan_crumbs
from alpclusters.www.workspace.policy.plans import Line, conflict_line, conflict_lines

# --- Sources of money taken over into the form: an offer that was looked up, a computed mix -------


SEARCH: Final = "search_offers"
WORDS: Final = "offer_words"
TAKE: Final = "take_offer"
TAKE_MIX: Final = "take_mix"
KIND: Final = "funding"
_LONGEST: Final = 200


def taken(action: Action, data: QueryDict) -> QueryDict:
    """Return what was sent with the chosen sources as further rows."""
    if key := data.get(TAKE):
        offer = Offer.objects.published().filter(key=key).first()
        return with_rows(data, KIND, [_row_of(offer, action)] if offer else [])
    if run := data.get(TAKE_MIX):
        return with_rows(data, KIND, _mix_rows(action, run))
    return data


def _mix_rows(action: Action, run: str) -> list[dict[str, str]]:
    mix = next((one for one in mixes_of(action) if str(one.run) == run), None)
    if mix is None:
        return []
    offers = offers_by_key([key for key, _cents in mix.grants])
    return [
        {
            **(_row_of(offers[key], action) if key in offers else _row(key, "")),
            "amount_cents": amount_text(cents),
        }
        for key, cents in mix.grants
    ]


def _row_of(offer: Offer, action: Action) -> dict[str, str]:
    """Name an offer; one of the other world only in words, without a tie."""
    is_own = stated_world(offer) is action.plan.is_simulated
    return _row(offer.title, offer.key if is_own else "")


def _row(source: str, key: str) -> dict[str, str]:
    return {"source": source[:_LONGEST], "offer": key, "currency": "EUR", "status": "idea"}


# --- What the page of an action shows: sections in the order of the plan, each with its rows ------


SECTIONS: Final = (
    ("background", _("Background")),
    ("action", _("Action")),
    ("players", _("Players")),
    ("time", _("Time and milestones")),
    ("costs", _("Costs")),
    ("funding", _("Funding sources")),
    ("indicators", _("Indicators")),
    ("risks", _("Risks")),
    ("end", _("Done or stopped")),
)


@dataclass(frozen=True)
class Lookup:
    """What was looked for among the offers, and what was found."""

    words: str = ""
    offers: Sequence[Offer] = field(default_factory=tuple)
    was_asked: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> "Lookup":
        """Look for offers by the words that were sent."""
        words = data.get(WORDS, "")[:200]
        return cls(words, find_offers(words), was_asked=bool(words.strip()))


def page_context(action: Action, forms: ActionForms, lookup: Lookup | None) -> dict[str, Any]:
    """Return what the template needs beside crumbs and rights."""
    mixes: Sequence[MixSources] = mixes_of(action)
    return {
        "action": action,
        "forms": forms,
        "form": forms.form,
        "rows": forms.rows,
        "sections": SECTIONS,
        "lookup": lookup or Lookup(),
        "mixes": mixes,
        "simulated": action.plan.is_simulated,
        "section": "plans",
    }


# --- Two people edited an action: what each wrote, side by side -----------------------------------


_SECTION_OF: Final = {"milestones": "time", "dependencies": "time"}


def action_conflict_lines(forms: ActionForms, conflict: ActionConflictError) -> list[Line]:
    """List what cannot be merged: fields by their label, rows by their section."""
    names = dict(SECTIONS)
    rows = [
        conflict_line(names[_SECTION_OF.get(kind, kind)], _words(one.theirs), _words(one.mine))
        for kind, one in conflict.rows
    ]
    return [*conflict_lines(forms.form, conflict.fields), *rows]


def _words(row: object) -> str:
    """Write a row in one line; a row that is gone says so."""
    if row is None:
        return gettext("removed")
    if isinstance(row, Mapping):
        return " · ".join(str(value) for value in row.values() if value)
    return str(row)


# --- The lines of a plan: change on one page, say how they ended, move, remove --------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a line of a plan with all its parts, or remove it."""
    found = own_action(request, pk)
    if found.plan.is_published:
        return _refused(request, found.plan)
    if request.method != "POST":
        return _page(request, found, ActionForms(found))
    if request.POST.get("decision") == "remove":
        return _remove(request, found)
    if request.POST.get(MORE) in KINDS:
        longer = with_more_rows(request.POST, request.POST[MORE])
        return _page(request, found, ActionForms(found, longer, is_checked=False))
    if any(request.POST.get(name) for name in (TAKE, TAKE_MIX)) or SEARCH in request.POST:
        filled = ActionForms(found, taken(found, request.POST), is_checked=False)
        return _page(request, found, filled, Lookup.of(request.POST))
    return _save(request, found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say when an action was done or stopped, and why; in a published plan too."""
    found = own_action(request, pk)
    form = EndForm(
        request.POST or None, original=found.plan.source_language, initial=end_initial(found)
    )
    if request.method == "POST" and form.is_valid():
        end_action(found, changes=form.changes(), by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect(_plan_address(found))
    context = {
        "action": found,
        "form": form,
        "crumbs": plan_crumbs(found.plan, Crumb(found.code)),
        "simulated": found.plan.is_simulated,
        "section": "plans",
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/policy/action_end.html", context, status=status)


@login_required
@require_POST
def action_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a line up or down within its level."""
    found = own_action(request, pk)
    try:
        move_action(found, up=request.POST.get("direction") == "up", by=request.user)
    except StateError:
        return _refused(request, found.plan)
    return redirect(_plan_address(found))


def _save(request: SignedInRequest, found: Action) -> HttpResponse:
    forms = ActionForms(found, request.POST)
    if not forms.is_valid():
        return _page(request, found, forms, status=422)
    try:
        edit_action(
            found,
            forms.form.chosen(),
            changes=forms.changes(),
            parts=forms.parts(),
            version=forms.version,
            base=forms.base,
            by=request.user,
            now=timezone.now(),
        )
    except ActionConflictError as conflict:
        return _conflict(request, forms, conflict)
    messages.success(request, gettext("Saved"))
    return redirect(_plan_address(found))


def _conflict(
    request: HttpRequest, forms: ActionForms, conflict: ActionConflictError
) -> HttpResponse:
    """Show both texts; the form keeps what was typed, and saved again that stands."""
    lines = action_conflict_lines(forms, conflict)
    again = request.POST.copy()
    if forms.base is None:
        again["version"] = str(conflict.theirs.version)
    else:
        again["base"] = rebased(forms.base, conflict)
    mine = ActionForms(conflict.theirs, again, is_checked=False)
    return _page(request, conflict.theirs, mine, conflict=lines, status=409)


def _page(
    request: HttpRequest,
    found: Action,
    forms: ActionForms,
    lookup: Lookup | None = None,
    *,
    conflict: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **page_context(found, forms, lookup),
        "trail": strip_of(found, seen_by=request.user, label=found.code),
        "may_plan_funding": request.user.has_perm("funding.plan", found.plan.project),
        "crumbs": plan_crumbs(found.plan, Crumb(found.code)),
        "conflict": conflict,
    }
    return render(request, "workspace/policy/action.html", context, status=status)


def _plan_address(found: Action) -> str:
    return f"{reverse('workspace:plan', args=[found.plan_id])}#{found.code}"


def _remove(request: HttpRequest, found: Action) -> HttpResponse:
    code, plan = found.code, found.plan_id
    remove_action(found)
    messages.success(request, gettext("Removed: %(code)s") % {"code": code})
    return redirect("workspace:plan", pk=plan)


def _refused(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    messages.error(
        request, gettext("A published plan is not edited. Withdraw it or begin a new version.")
    )
    return redirect("workspace:plan", pk=plan.pk)
