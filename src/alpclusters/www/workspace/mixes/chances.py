"""Ask what a mix is worth if not all of it is granted, and show it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.mixing.asking import ask_chances
from alpclusters.platform.funding.domain.mixing.chances import may_be_weighed
from alpclusters.reports.funding.chances import told
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.www.workspace.mixes.access import Shown, own_run
from alpclusters.www.workspace.mixes.words import language


@login_required
@require_POST
def mix_chances(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what a mix is worth if not all of it is granted."""
    run = own_run(request, pk, "funding.write_case").run
    try:
        ask_chances(run)
    except StateError:
        messages.error(request, _("There is nothing to apply for in this mix."))
    response = redirect("workspace:mix", pk=pk)
    response["Location"] += "#chances"
    return response


def chances_of(shown: Shown) -> dict[str, Any] | None:
    """Return how far it is, and its words where it is there; None where nothing can be weighed."""
    if not may_be_weighed(shown.run):
        return None
    found = shown.run.chances
    state = found.get("state", "")
    if state != "done":
        return {"state": state, "said": None}
    subject = MixSubject(shown.case, shown.mix, language())
    return {"state": state, "said": told(subject, found, today=timezone.localdate())}
