"""Ask why a mix does nothing for an offer or a partner, and show what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.eligibility.not_entered import lacks_conditions
from alpclusters.analysis.funding.mix.reasons import unused_subjects
from alpclusters.platform.funding.domain.mixing.asking import ask_chances, ask_reasons
from alpclusters.platform.funding.domain.mixing.chances import may_be_weighed
from alpclusters.platform.funding.domain.mixing.explaining import unexplained, unloosened
from alpclusters.reports.funding.chances import told
from alpclusters.reports.funding.reasons import explained, subject_name
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.www.workspace.mixes.mix_frame import Shown, language, own_run

OPEN: Final = frozenset({"open", "unknown"})


@login_required
@require_POST
def mix_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason of one subject, or of all that are not explained."""
    run = own_run(request, pk, "funding.write_case").run
    subject = request.POST.get("subject", "")
    try:
        ask_reasons(run, [subject] if subject else [*unexplained(run), *unloosened(run)])
    except StateError:
        messages.info(request, _("This mix does something for it already."))
    return redirect(page_of(Shown(run), subject))


@dataclass(frozen=True)
class Unpaid:
    """A work package or a cost that gets nothing, and why."""

    name: str
    why: dict[str, Any]


def page_of(shown: Shown, subject: str) -> str:
    """Return the page on which a reason stands."""
    kind, _colon, key = subject.partition(":")
    if kind == "line":
        kind, key = "partner", next((x.partner for x in shown.case.lines if x.id == key), "")
    places = {"offer": list(shown.offers), "partner": list(shown.partners)}.get(kind, [])
    if key in places:
        return reverse(f"workspace:mix_{kind}", args=[shown.run.pk, places.index(key)])
    return reverse("workspace:mix", args=[shown.run.pk])


def why_of(shown: Shown, subject: str) -> dict[str, Any]:
    """Return how far a reason is, its sentences where it is there, and conditions to enter."""
    found = shown.run.reasons.get(subject, {})
    state = found.get("state", "")
    said = None
    if state == "done":
        said = explained(shown.subject, subject, found)
    return {
        "subject": subject,
        "state": state,
        "said": said,
        "to_enter": _to_enter(shown, subject, found.get("obstacles", ())),
    }


def unpaid_of(shown: Shown, kind: str, partner: str = "") -> list[Unpaid]:
    """Return the work packages, or the costs of a partner, for which a mix does nothing."""
    cells = [(cell["offer"], cell["line"]) for cell in shown.mix["allocation"]]
    owners = {line.id: line.partner for line in shown.case.lines}
    told = shown.subject
    return [
        Unpaid(subject_name(told, subject), why_of(shown, subject))
        for subject in unused_subjects(shown.case, cells)
        if subject.startswith(f"{kind}:")
        and (not partner or owners.get(subject.partition(":")[2]) == partner)
    ]


def _to_enter(
    shown: Shown, subject: str, obstacles: Iterable[dict[str, Any]]
) -> list[tuple[str, str]]:
    """Return title and form of the offers whose conditions keep a reason open."""
    here = urlencode({"next": page_of(shown, subject)})
    keys = dict.fromkeys(one["subject"] for one in obstacles if one["kind"] in OPEN)
    return [
        (
            shown.offers[key].title or key,
            f"{reverse('workspace:funding_conditions', args=[shown.run.case_id, key])}?{here}",
        )
        for key in keys
        if key in shown.offers and lacks_conditions(shown.offers[key].eligibility)
    ]


# --- Ask what a mix is worth if not all of it is granted, and show it -----------------------------


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
