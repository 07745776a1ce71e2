"""Enter and change the scheme of a region, for those who keep the catalogue."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AnalysisError, StateError
from alpclusters.platform.funding.domain.schemes import change_scheme, create_scheme
from alpclusters.platform.funding.models import RegionalScheme, Status
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.schemes.access import CONFLICT, UNPROCESSABLE, crumbs, require_keeper
from alpclusters.www.workspace.schemes.forms import (
    ChangeForms,
    SchemeForm,
    change_values,
    stored_changes,
)
from alpclusters.www.workspace.sentences import placed_sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regional_new(request: HttpRequest) -> HttpResponse:
    """Enter the scheme of a region."""
    require_keeper(request)
    return _handle(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regional_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change the scheme of a region."""
    require_keeper(request)
    return _handle(request, get_object_or_404(RegionalScheme, key=key))


def _handle(request: HttpRequest, scheme: RegionalScheme | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = SchemeForm(posted, scheme=scheme)
    changes = ChangeForms(posted, initial=change_values(scheme), prefix="change")
    if posted is None:
        return _page(request, form, changes, scheme)
    # Both, so that all errors are told at once.
    if not all([form.is_valid(), changes.is_valid()]):
        return _page(request, form, changes, scheme, status=UNPROCESSABLE)
    try:
        _save(form, changes, scheme)
    except (AnalysisError, StateError) as error:
        form.add_error(None, placed_sentence(error))
        status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
        return _page(request, form, changes, scheme, status=status)
    messages.success(request, _("Saved."))
    return redirect("workspace:schemes")


def _save(form: SchemeForm, changes: Any, scheme: RegionalScheme | None) -> None:
    facts, now = form.facts(stored_changes(changes, scheme)), timezone.now()
    if scheme is None:
        create_scheme(facts, now=now)
    else:
        change_scheme(scheme, facts, version=form.cleaned_data["version"], now=now)


def _page(
    request: HttpRequest,
    form: SchemeForm,
    changes: Any,
    scheme: RegionalScheme | None,
    *,
    status: int = 200,
) -> HttpResponse:
    name = _("Edit scheme") if scheme else _("Enter a scheme")
    context = {
        "form": form,
        "changes": changes,
        "scheme": scheme,
        "crumbs": crumbs(Crumb(name)),
        "simulated": bool(scheme and scheme.status == Status.DEMONSTRATION),
    }
    return render(request, "workspace/schemes/regional.html", context, status=status)
