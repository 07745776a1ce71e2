"""Labels of a cluster organisation: add, change, take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.platform.actors.domain.editing import remove_label, save_label
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.profiles.access import own_profile, profile_context
from alpclusters.www.workspace.profiles.pages import read_labels
from alpclusters.www.workspace.profiles.parts import BY_KEY, part_after
from alpclusters.www.workspace.profiles.parts_reach import LabelForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_labels(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the labels and add one."""
    cluster = own_profile(request, slug)
    return _edit(request, cluster, ClusterLabel(cluster=cluster))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_label(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a label."""
    cluster = own_profile(request, slug)
    return _edit(request, cluster, get_object_or_404(cluster.labels, pk=pk))


@login_required
@require_POST
def profile_label_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a label away; the history keeps it."""
    cluster = own_profile(request, slug)
    remove_label(get_object_or_404(cluster.labels, pk=pk), by=request.user)
    messages.success(request, _("Label removed."))
    return redirect("workspace:profile-labels", slug=slug)


def _edit(
    request: SignedInRequest, cluster: ClusterOrganisation, label: ClusterLabel
) -> HttpResponse:
    form = LabelForm(request.POST or None, label=label if label.pk else None)
    if request.method == "POST" and form.is_valid():
        save_label(label, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:profile-labels", slug=cluster.slug)
    after = part_after("labels")
    context = profile_context(cluster, BY_KEY["labels"].title) | {
        "part": BY_KEY["labels"],
        "form": form,
        "label": label if label.pk else None,
        "labels": read_labels(cluster),
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/labels.html", context, status=status)
