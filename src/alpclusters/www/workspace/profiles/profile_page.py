"""Profiles of cluster organisations: those one keeps, and their parts to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.completeness import Completeness
from alpclusters.platform.actors.domain.confirmations import confirm
from alpclusters.platform.actors.domain.editing import change_profile, newest_version
from alpclusters.platform.actors.domain.judging import (
    RuleResult,
    Term,
    Validation,
    freshness,
    judge,
    label_state,
)
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.models import Claim, ClusterLabel, ClusterOrganisation
from alpclusters.platform.actors.rules import in_care_of, is_coordinator, kept_by, visible_to
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Crumb, Side
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.profile_words import (
    FRESHNESS,
    LABEL_STATES,
    OUTCOMES,
    RESULTS,
    RULES,
    WHY,
    language_of,
    name_of,
    points,
    value_words,
)
from alpclusters.www.workspace.profiles.part_forms import PartForm
from alpclusters.www.workspace.profiles.parts import BY_KEY, PARTS, Part, part_after, part_of

# --- Fetch a profile with the right to change it: 404 if not visible, 403 if not allowed ----------


def visible_profile(request: HttpRequest, slug: str) -> ClusterOrganisation:
    """Return a profile one may see."""
    rows = visible_to(request.user).select_related("organisation__region")
    return get_object_or_404(rows.prefetch_related("labels"), slug=slug)


def own_profile(request: HttpRequest, slug: str) -> ClusterOrganisation:
    """Return a profile one may change."""
    cluster = visible_profile(request, slug)
    if not request.user.has_perm("actors.change_cluster", cluster):
        raise PermissionDenied
    return cluster


def profile_context(cluster: ClusterOrganisation, *steps: Any) -> dict[str, Any]:
    """Return what every page of a profile shows: its way here, and whether it is simulated."""
    here = list(steps)
    last = Crumb(here.pop()) if here else None
    name = Crumb(cluster.organisation.name, "" if last is None else edit_url(cluster))
    crumbs = [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Profiles"), reverse("workspace:profiles")),
        name,
    ]
    return {
        "cluster": cluster,
        "organisation": cluster.organisation,
        "simulated": cluster.organisation.is_simulated,
        "crumbs": [*crumbs, last] if last else crumbs,
    }


def edit_url(cluster: ClusterOrganisation) -> str:
    """Return the address of the page on which a profile is edited."""
    return reverse("workspace:profile-edit", args=[cluster.slug])


# --- What somebody else saved in a part, beside what one is about to save -------------------------


@dataclass(frozen=True)
class Conflict:
    """One field with both values."""

    title: str
    theirs: Side
    mine: Side


def conflicts_of(form: PartForm) -> list[Conflict]:
    """Return the fields that somebody else changed; only after a conflict."""
    if not form.is_conflict:
        return []
    mine = form.changes()
    return [_conflict(name, theirs, mine.get(name)) for name, theirs in form.theirs.items()]


def _conflict(name: str, theirs: Any, mine: Any) -> Conflict:
    left, right = compare(value_words(name, theirs), value_words(name, mine))
    code = language_of(name)
    return Conflict(
        name_of(name),
        Side(_("Saved by somebody else"), left, code),
        Side(_("Your text"), right, code),
    )


# --- What the pages of a profile show, ready to read ----------------------------------------------


MOST_FOUND = 30


@dataclass(frozen=True)
class Sign:
    """A word with its badge."""

    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class Missing:
    """A fact that is missing, and where it is filled in."""

    name: str
    url: str


@dataclass(frozen=True)
class RuleRow:
    """One validation rule."""

    text: Any
    sign: Sign
    missing: Sequence[Missing]


@dataclass(frozen=True)
class Next:
    """The next most useful field."""

    name: str
    why: Any
    points: str
    url: str


@dataclass(frozen=True)
class PartRow:
    """A part with how much of it is filled."""

    part: Part
    url: str
    n_filled: int
    n_required: int


@dataclass(frozen=True)
class Overview:
    """The page on which a manager begins."""

    cluster: ClusterOrganisation
    completeness: int
    next: Next | None
    parts: Sequence[PartRow]
    rules: Sequence[RuleRow]
    result: Sign
    validation: Validation
    freshness: Sign


def read_overview(cluster: ClusterOrganisation) -> Overview:
    """Judge a profile and say what comes next."""
    found = judge(cluster)
    slug = cluster.slug
    return Overview(
        cluster=cluster,
        completeness=found.completeness.score,
        next=_next(found.completeness, slug),
        parts=[_part(part, slug, found.profile.filled) for part in PARTS],
        rules=[_rule(rule, slug) for rule in found.validation.rules],
        result=Sign(*RESULTS[found.validation.result.value]),
        validation=found.validation,
        freshness=Sign(*FRESHNESS[found.freshness.value]),
    )


def _next(completeness: Completeness, slug: str) -> Next | None:
    if not completeness.field:
        return None
    part = part_of(completeness.field)
    return Next(
        name=name_of(completeness.field),
        why=WHY[completeness.group],
        points=points(completeness.gain),
        url=part.url(slug) if part else "#confirm",
    )


def _part(part: Part, slug: str, filled: frozenset[str]) -> PartRow:
    n_filled = len(filled.intersection(part.required))
    return PartRow(part, part.url(slug), n_filled, len(part.required))


def _rule(rule: RuleResult, slug: str) -> RuleRow:
    missing = []
    for field in rule.missing:
        part = part_of(field)
        missing.append(Missing(name_of(field), part.url(slug) if part else ""))
    return RuleRow(RULES[rule.key], Sign(*OUTCOMES[rule.outcome.value]), missing)


@dataclass(frozen=True)
class LabelRow:
    """A label with what it is worth today."""

    label: ClusterLabel
    name: str
    sign: Sign


def read_labels(cluster: ClusterOrganisation, *, today: date | None = None) -> list[LabelRow]:
    """Return the labels of a profile, newest first."""
    day = today or timezone.localdate()
    return [_label(label, day) for label in cluster.labels.all()]


def _label(label: ClusterLabel, today: date) -> LabelRow:
    language = get_language()
    scheme = choice_label("label_scheme", label.scheme, language)
    level = choice_label("label_level", label.level, language)
    state = label_state(Term(label.valid_from, label.valid_to), today=today)
    name = f"{scheme}: {level}" if label.level else scheme
    return LabelRow(label, name, Sign(*LABEL_STATES[state.value]))


@dataclass(frozen=True)
class ProfileRow:
    """A profile in a list."""

    cluster: ClusterOrganisation
    freshness: Sign


@dataclass(frozen=True)
class Profiles:
    """What a person keeps, asked for, coordinates and finds."""

    kept: Sequence[ProfileRow]
    asked: Sequence[Claim]
    in_care: Sequence[ProfileRow]
    n_in_care: int
    found: Sequence[ClusterOrganisation]
    query: str
    n_claims: int
    may_add: bool
    coordinates: bool


def read_profiles(user: User, query: str) -> Profiles:
    """Read the lists of the start page in a fixed number of queries."""
    coordinates = bool(is_coordinator(user))
    care = in_care_of(user)
    claims = Claim.objects.filter(user=user).exclude(state=Claim.State.APPROVED)
    waiting = Claim.objects.filter(state=Claim.State.PENDING)
    return Profiles(
        kept=_rows(kept_by(user)),
        asked=list(claims.select_related("cluster__organisation")[:MOST_FOUND]),
        in_care=_rows(care.order_by("-organisation__changed_at", "pk")) if coordinates else [],
        n_in_care=care.count() if coordinates else 0,
        found=_found(user, query),
        query=query,
        n_claims=waiting.filter(cluster__in=care).count() if coordinates else 0,
        may_add=user.has_perm("actors.add_cluster"),
        coordinates=coordinates,
    )


def _rows(clusters: Any) -> list[ProfileRow]:
    today = timezone.localdate()
    rows = clusters.select_related("organisation")[:MOST_FOUND]
    return [
        ProfileRow(row, Sign(*FRESHNESS[freshness(row.confirmed_on, today=today).value]))
        for row in rows
    ]


def _found(user: User, query: str) -> list[ClusterOrganisation]:
    if not query:
        return []
    named = visible_to(user).filter(organisation__name__icontains=query)
    return list(named.select_related("organisation__region")[:MOST_FOUND])


# --- Profiles of cluster organisations: those one keeps, and their parts to fill in ---------------


@login_required
@require_safe
def profiles(request: SignedInRequest) -> HttpResponse:
    """List the profiles a person keeps, asked for or coordinates, and find others."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = read_profiles(request.user, query)
    shown = [row.cluster for row in (*found.kept, *found.in_care)]
    simulated = any(one.organisation.is_simulated for one in (*shown, *found.found))
    context = {"page": found, "simulated": simulated}
    return render(request, "workspace/profiles/list.html", context)


@login_required
@require_safe
def profile_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how complete a profile is, what comes next, and its parts."""
    cluster = own_profile(request, slug)
    context = profile_context(cluster) | {"page": read_overview(cluster)}
    return render(request, "workspace/profiles/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_part(request: SignedInRequest, slug: str, part: str) -> HttpResponse:
    """Fill in one part; what is right is saved even where something else is wrong."""
    cluster = own_profile(request, slug)
    chosen = BY_KEY.get(part)
    if chosen is None or chosen.form is None:
        raise Http404
    if request.method != "POST":
        return _show(request, cluster, chosen, chosen.form(cluster=cluster))
    form = chosen.form(request.POST, request.FILES, cluster=cluster)
    if form.is_valid():
        _save(request, cluster, form)
        return redirect(_next_url(request, cluster, chosen))
    if "version" not in form.errors and not form.is_conflict:
        _save_what_is_right(request, cluster, form)
    return _show(request, cluster, chosen, form, status=422)


@login_required
@require_POST
def profile_confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that everything is still right."""
    cluster = own_profile(request, slug)
    confirm(cluster, by=request.user, today=timezone.localdate())
    messages.success(request, _("Confirmed. Thank you: others see that this is up to date."))
    return redirect("workspace:profile-edit", slug=slug)


def _save_what_is_right(
    request: SignedInRequest, cluster: ClusterOrganisation, form: PartForm
) -> None:
    if _save(request, cluster, form, say=False):
        messages.info(request, _("What is right is saved. Please look at the rest."))
        # The next attempt starts from what was just saved.
        put_sent(form, "version", newest_version(cluster))


def _save(
    request: SignedInRequest, cluster: ClusterOrganisation, form: PartForm, *, say: bool = True
) -> bool:
    is_changed = change_profile(cluster, form.changes(), by=request.user, reason="edit")
    if say:
        messages.success(request, _("Saved") if is_changed else _("Nothing was changed."))
    return is_changed


def _next_url(request: HttpRequest, cluster: ClusterOrganisation, part: Part) -> str:
    after = part_after(part.key)
    if "next" in request.POST and after:
        return after.url(cluster.slug)
    return edit_url(cluster)


def _show(
    request: HttpRequest,
    cluster: ClusterOrganisation,
    part: Part,
    form: PartForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = profile_context(cluster, part.title) | {
        "part": part,
        "form": form,
        "after": part_after(part.key),
        "conflicts": conflicts_of(form),
    }
    return render(request, "workspace/profiles/part.html", context, status=status)
