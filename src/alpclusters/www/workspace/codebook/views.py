"""The codebook in the workspace: versions, a new one, its publication."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evidence.domain.codebook.editing import (
    begin_draft,
    discard_draft,
    draft_of_codebook,
    publish_draft,
    set_note,
)
from alpclusters.platform.evidence.domain.codebook.proposals import (
    ENOUGH_INITIATIVES,
    n_initiatives_coded,
)
from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.models import Codebook
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.codebook import read_changes
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.codebook.access import (
    codebook_crumbs,
    draft_crumbs,
    own_draft,
    require_keeper,
)
from alpclusters.www.workspace.codebook.forms import NoteForm
from alpclusters.www.workspace.codebook.lists import field_rows, proposal_rows
from alpclusters.www.workspace.sentences import sentence


@login_required
@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Show versions, the draft if there is one, and what use suggests."""
    require_keeper(request)
    current = current_codebook()
    context = {
        "versions": Codebook.objects.filter(published_at__isnull=False)
        .select_related("published_by")
        .order_by("-number"),
        "draft": draft_of_codebook(),
        "current": current,
        "proposals": proposal_rows(current),
        "n_coded": n_initiatives_coded(),
        "enough": ENOUGH_INITIATIVES,
        "crumbs": codebook_crumbs(),
    }
    return render(request, "workspace/codebook/list.html", context)


@login_required
@require_POST
def codebook_begin(request: SignedInRequest) -> HttpResponse:
    """Begin a new version from the current one."""
    require_keeper(request)
    try:
        begin_draft(by=request.user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return redirect("workspace:codebook")
    return redirect("workspace:codebook-edit")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_edit(request: SignedInRequest) -> HttpResponse:
    """Show the codes of the draft, and say what is new in it."""
    draft = own_draft(request)
    form = NoteForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        set_note(draft, form.cleaned_data["note"], by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:codebook-edit")
    context = {
        "draft": draft,
        "form": form,
        "fields": field_rows(draft),
        "crumbs": draft_crumbs(draft),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/codebook/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_publish(request: SignedInRequest) -> HttpResponse:
    """Show what changes with the draft, then make it the current version."""
    draft = own_draft(request)
    refusal = ""
    if request.method == "POST":
        try:
            publish_draft(draft, by=request.user, now=timezone.now())
        except AlpClustersError as error:
            refusal = sentence(error)
        else:
            messages.success(request, _("The new version is published."))
            return redirect("workspace:codebook")
    context = {
        "draft": draft,
        "changes": read_changes(current_codebook(), draft),
        "refusal": refusal,
        "crumbs": draft_crumbs(draft, Crumb(_("Publish"))),
    }
    status = 422 if refusal else 200
    return render(request, "workspace/codebook/publish.html", context, status=status)


@login_required
@require_POST
def codebook_discard(request: SignedInRequest) -> HttpResponse:
    """Throw the draft away."""
    discard_draft(own_draft(request), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("workspace:codebook")
