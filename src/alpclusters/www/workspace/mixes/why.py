"""Ask why a mix does nothing for an offer or a partner, and show what was found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.mixing.explaining import ask_reasons, unexplained
from alpclusters.reports.funding.reasons import explained
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.www.workspace.mixes.access import Shown, own_run
from alpclusters.www.workspace.mixes.words import language


@login_required
@require_POST
def mix_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of one subject, or of all that are not explained."""
    run = own_run(request, pk, "funding.write_case").run
    subject = request.POST.get("subject", "")
    try:
        ask_reasons(run, [subject] if subject else unexplained(run))
    except StateError:
        messages.info(request, _("This mix does something for it already."))
    kind, _colon, key = subject.partition(":")
    shown = Shown(run)
    places = {"offer": list(shown.offers), "partner": list(shown.partners)}.get(kind, [])
    if key in places:
        return redirect(f"workspace:mix_{kind}", pk=pk, place=places.index(key))
    return redirect("workspace:mix", pk=pk)


def why_of(shown: Shown, subject: str) -> dict[str, Any]:
    """Return how far a reason is, and its sentences where it is there."""
    found = shown.run.reasons.get(subject, {})
    state = found.get("state", "")
    said = None
    if state == "done":
        said = explained(MixSubject(shown.case, shown.mix, language()), found)
    return {"subject": subject, "state": state, "said": said}
