"""A run that waits or is computed: how far it is, and how to end it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY, cancel_run
from alpclusters.platform.funding.models import JointRun, MixRun
from alpclusters.www.workspace.mixes.access import own_run
from alpclusters.www.workspace.mixes.words import progress_words

# The bar shows how much of the gap is closed, from 30 per cent down to none.
WIDEST_GAP: Final = 0.3
FULL: Final = 100


@login_required
@require_safe
def mix_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell a script how far a run is."""
    return JsonResponse(state_of(own_run(request, pk).run))


@login_required
@require_POST
def mix_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End a run; the best mix so far is kept."""
    run = own_run(request, pk, "funding.write_case").run
    cancel_run(run, now=timezone.now())
    messages.info(request, _("The computation ends; the best mix until then is kept."))
    return redirect("workspace:mix", pk=run.base_id or pk)


def state_of(run: MixRun | JointRun) -> dict[str, Any]:
    """Say how far a run is, in words and as a bar."""
    is_over = run.state not in UNDER_WAY
    gap = run.progress.get("gap")
    done = 0 if gap is None else round(FULL * (1 - min(float(gap), WIDEST_GAP) / WIDEST_GAP))
    told = _("Waits for the worker.")
    if run.state == MixRun.State.RUNNING:
        told = progress_words(run.progress)
    if run.cancel_asked:
        told = _("Ends after this step.")
    return {
        "is_over": is_over,
        "done": done,
        "total": FULL if gap is not None else 0,
        "told": str(run.get_state_display()) if is_over else told,
    }
