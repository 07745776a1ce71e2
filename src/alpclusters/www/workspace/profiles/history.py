"""The history of a profile: who changed what when; a coordinator takes an older version back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.actors.domain.editing import (
    MODELS,
    Change,
    Version,
    revert_profile,
    version_values,
    versions,
)
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.seed_rows import REASON
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.organisation_links import LogoView, logo_of
from alpclusters.www.site.profile_words import language_of, name_of, value_words
from alpclusters.www.workspace.profiles.profile_page import own_profile, profile_context

PER_PAGE: Final = 20
KINDS: Final = {
    "organisation": gettext_lazy("Name and place"),
    "profile": gettext_lazy("Profile"),
    "label": gettext_lazy("Quality label"),
}
REASONS: Final = {
    REASON: gettext_lazy("Loaded with the facts of the program, from a public source."),
    "edit": "",
    "new": gettext_lazy("The profile was made."),
    "confirm": gettext_lazy("Everything was confirmed."),
    "claim": gettext_lazy("A claim was approved; the profile is public."),
    "member": gettext_lazy("The named members changed."),
    "label": "",
}


@dataclass(frozen=True)
class ChangeView:
    """One field side by side."""

    title: str
    before: Side
    after: Side
    logos: Sequence[LogoView | None] = ()


@dataclass(frozen=True)
class VersionView:
    """One version with its changes."""

    key: str
    kind: str
    number: int
    title: Any
    made_at: datetime
    made_by: str
    reason: Any
    is_newest: bool
    can_be_taken_back: bool
    changes: Sequence[ChangeView]


@login_required
@require_safe
def profile_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every version with what it changed."""
    cluster = own_profile(request, slug)
    page = Paginator(versions(cluster), PER_PAGE).get_page(request.GET.get("page"))
    may_revert = request.user.has_perm("actors.revert_cluster", cluster)
    context = profile_context(cluster, _("History")) | {
        "page": page,
        "versions": [_view(version, cluster) for version in page],
        "may_revert": may_revert,
    }
    return render(request, "workspace/profiles/history.html", context)


@login_required
@require_POST
def profile_revert(request: SignedInRequest, slug: str, kind: str, version: int) -> HttpResponse:
    """Take an earlier version back."""
    cluster = own_profile(request, slug)
    if not request.user.has_perm("actors.revert_cluster", cluster):
        raise PermissionDenied
    if version_values(cluster, kind, version) is None:
        raise Http404
    if revert_profile(cluster, kind, version, by=request.user):
        messages.success(request, _("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("workspace:profile-history", slug=slug)


def _view(version: Version, cluster: ClusterOrganisation) -> VersionView:
    return VersionView(
        key=f"{version.kind}-{version.number}",
        kind=version.kind,
        number=version.number,
        title=KINDS[version.kind],
        made_at=version.made_at,
        made_by=version.made_by or _("the program"),
        reason=_reason(version),
        is_newest=version.is_newest,
        can_be_taken_back=version.kind != "label" and not version.is_newest,
        changes=[_change(version, change, cluster) for change in version.changes],
    )


def _reason(version: Version) -> Any:
    if version.reason.startswith("revert:"):
        return _("An earlier version was brought back.")
    if version.kind == "label" and version.event == "+":
        return _("A label was added.")
    if version.kind == "label" and version.event == "-":
        return _("A label was removed.")
    return REASONS.get(version.reason, version.reason)


def _change(version: Version, change: Change, cluster: ClusterOrganisation) -> ChangeView:
    before, after = (value_words(change.field, v) for v in (change.before, change.after))
    left, right = compare(before, after)
    code = language_of(change.field)
    return ChangeView(
        _title(version, change.field, code),
        Side(_("Before"), left, code),
        Side(_("After"), right, code),
        [logo_of(cluster, name) for name in (change.before, change.after)]
        if change.field == "logo"
        else (),
    )


def _title(version: Version, field: str, code: str) -> str:
    label = name_of(field, MODELS[version.kind])
    return f"{label}, {dict(LANGUAGES)[code]}" if code else label
