"""Profiles of cluster organisations: those one keeps, and their parts to fill in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.actors.domain.confirmations import confirm
from alpclusters.platform.actors.domain.editing import change_profile, newest_version
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.profiles.access import edit_url, own_profile, profile_context
from alpclusters.www.workspace.profiles.conflicts import conflicts_of
from alpclusters.www.workspace.profiles.forms import PartForm
from alpclusters.www.workspace.profiles.pages import read_overview, read_profiles
from alpclusters.www.workspace.profiles.parts import BY_KEY, Part, part_after


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
