"""Who may change the codebook, and the place of its pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.evidence.domain.codebook.editing import draft_of_codebook
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.www.components.parts import Crumb

CHANGE = "evidence.change_codebook"


def require_keeper(request: HttpRequest) -> None:
    """Answer 403 to people who may not change the codebook."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied


def own_draft(request: HttpRequest) -> Codebook:
    """Return the version in preparation: 404 if there is none."""
    require_keeper(request)
    draft = draft_of_codebook()
    if draft is None:
        raise Http404
    return draft


def own_code(request: HttpRequest, pk: int) -> Code:
    """Return a code of the version in preparation."""
    draft = own_draft(request)
    return get_object_or_404(Code.objects.select_related("codebook"), pk=pk, codebook=draft)


def codebook_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace to the codebook."""
    desk = Crumb(_("Workspace"), reverse("workspace:dashboard"))
    evidence = Crumb(
        pgettext("what earlier initiatives taught", "Experience"), reverse("workspace:evidence")
    )
    here = Crumb(_("Codebook"), reverse("workspace:codebook") if last else "")
    return [desk, evidence, here, *last]


def draft_crumbs(draft: Codebook, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of the version in preparation."""
    label = _("Draft of version %(number)s") % {"number": draft.number}
    return codebook_crumbs(Crumb(label, reverse("workspace:codebook-edit") if last else ""), *last)
