"""Edit the texts of measures in five languages; see and bring back earlier versions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.platform.measures.domain.editing import (
    change_measure,
    revert_measure,
    version_texts,
)
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.measures.forms import MeasureForm
from alpclusters.www.workspace.measures.history import read_history
from alpclusters.www.workspace.measures.lists import read_rows


@login_required
@require_safe
def measures(request: SignedInRequest) -> HttpResponse:
    """List the measures whose texts a person may change."""
    if not request.user.has_perm("measures.change_measure"):
        raise PermissionDenied
    return render(request, "workspace/measures/list.html", {"rows": read_rows(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Change the texts of a measure; a conflict with another person shows both."""
    measure = own_measure(request, key)
    form = MeasureForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        is_changed = change_measure(measure, texts=form.cleaned_texts(), by=request.user)
        messages.success(request, _("Saved") if is_changed else _("Nothing was changed."))
        return redirect("workspace:measure_history", key=key)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "measure": measure}
    return render(request, "workspace/measures/edit.html", context, status=status)


@login_required
@require_safe
def measure_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show the versions of a measure with what each changed."""
    measure = own_measure(request, key)
    context = {"measure": measure, "versions": read_history(measure)}
    return render(request, "workspace/measures/history.html", context)


@login_required
@require_POST
def measure_revert(request: SignedInRequest, key: str, version: int) -> HttpResponse:
    """Bring back the texts of an earlier version."""
    measure = own_measure(request, key)
    if version_texts(measure, version) is None:
        raise Http404
    if revert_measure(measure, history_id=version, by=request.user):
        messages.success(request, _("Earlier version brought back. It can be undone below."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("workspace:measure_history", key=key)


def own_measure(request: HttpRequest, key: str) -> Measure:
    """Return a measure the person may change: 404 if not visible, 403 if not allowed."""
    measure = get_object_or_404(visible_to(request.user), key=key)
    if not request.user.has_perm("measures.change_measure", measure):
        raise PermissionDenied
    return measure
