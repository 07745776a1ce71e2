"""Members that a cluster organisation names: found by name, never made twice silently."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.members import drop_member, members_of, name_member
from alpclusters.platform.actors.domain.organisations import ensure_organisation
from alpclusters.platform.actors.domain.stakeholders.finding import find_like
from alpclusters.platform.actors.models import ClusterMember, ClusterOrganisation, Organisation
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.profiles.access import own_profile, profile_context
from alpclusters.www.workspace.profiles.fields import year_field
from alpclusters.www.workspace.profiles.parts import BY_KEY, part_after

REMOVE = "remove-"


class MemberForm(forms.Form):
    """The name of a member, and since when."""

    name = input_of(Organisation, "name", label=gettext_lazy("Name of the member"))
    since = year_field(lazy_label_of(ClusterMember, "since"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_named(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the named members, add one, take one out."""
    cluster = own_profile(request, slug)
    wish = request.POST.get("do", "")
    if wish.startswith(REMOVE):
        return _remove(request, cluster, wish.removeprefix(REMOVE))
    form = MemberForm(request.POST or None)
    near: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        found = _found(request, cluster.organisation, form.cleaned_data["name"])
        if isinstance(found, Organisation):
            return _add(request, cluster, found, form.cleaned_data["since"])
        near = found
    status = 422 if request.method == "POST" else 200
    context = _shown(cluster, form, near)
    return render(request, "workspace/profiles/named.html", context, status=status)


def _found(
    request: SignedInRequest, own: Organisation, name: str
) -> Organisation | list[Organisation]:
    """Return the organisation that is meant, or those it may be."""
    like = find_like(name, is_simulated=own.is_simulated)
    near = [match.organisation for match in like if match.is_almost]
    chosen = request.POST.get("organisation", "")
    for organisation in near:
        if str(organisation.pk) == chosen or organisation.name.casefold() == name.casefold():
            return organisation
    if near and "new" not in request.POST:
        return near
    return ensure_organisation(name, by=request.user, is_simulated=own.is_simulated)


def _add(
    request: SignedInRequest, cluster: ClusterOrganisation, found: Organisation, since: int | None
) -> HttpResponse:
    if name_member(cluster, found, since=since, by=request.user):
        messages.success(request, _("Named as a member: %(name)s") % {"name": found.name})
    else:
        messages.info(request, _("Named already: %(name)s") % {"name": found.name})
    return redirect("workspace:profile-named", slug=cluster.slug)


def _remove(request: SignedInRequest, cluster: ClusterOrganisation, pk: str) -> HttpResponse:
    members = {str(member.pk): member for member in members_of(cluster)}
    if pk not in members:
        raise Http404
    drop_member(members[pk], by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:profile-named", slug=cluster.slug)


def _shown(
    cluster: ClusterOrganisation, form: MemberForm, near: list[Organisation]
) -> dict[str, Any]:
    part, after = BY_KEY["named"], part_after("named")
    return profile_context(cluster, part.title) | {
        "part": part,
        "members": members_of(cluster),
        "form": form,
        "near": near,
        "remove": REMOVE,
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }
