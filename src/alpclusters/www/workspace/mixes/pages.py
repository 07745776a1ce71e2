"""The page of a mix: what was found, who gets what from where, what is open."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.case_files import CaseFault
from alpclusters.platform.funding.domain.mixing.explaining import unexplained, unloosened
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.beside import left_out_of
from alpclusters.www.workspace.mixes.chances import chances_of
from alpclusters.www.workspace.mixes.downloads import files_of
from alpclusters.www.workspace.mixes.matrices import matrix
from alpclusters.www.workspace.mixes.open import open_questions
from alpclusters.www.workspace.mixes.proofs import tightest, violations
from alpclusters.www.workspace.mixes.reasons import missing_rows, reason_rows
from alpclusters.www.workspace.mixes.verdicts import verdict
from alpclusters.www.workspace.mixes.waiting import state_of
from alpclusters.www.workspace.mixes.why import unpaid_of
from alpclusters.www.workspace.mixes.words import (
    LEVELS,
    OTHER_REASON,
    REASONS,
    euros,
    language,
)

MOST_CARDS: Final = 3


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario that is computed just now."""

    run: MixRun
    state: dict[str, Any]


@login_required
@require_safe
def mix(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mix, or how far its computation is, or why there is none."""
    shown = own_run(request, pk)
    run = shown.run
    context = frame(request, shown, "mix", Crumb(_("Mix")))
    if run.state in UNDER_WAY:
        return render(request, "workspace/mixes/working.html", {**context, **_working(run)})
    if run.result is None:
        told = {"why": _why(run), "faults": _faults(run)}
        return render(request, "workspace/mixes/ended.html", {**context, **told})
    context |= _found(request, shown, may_write=context["may_write"])
    return render(request, "workspace/mixes/mix.html", context)


def _working(run: MixRun) -> dict[str, Any]:
    return {"state": state_of(run), "reload": reverse("workspace:mix", args=[run.pk])}


def _why(run: MixRun) -> str:
    if run.state == MixRun.State.CANCELLED:
        return _("It was cancelled before there was a mix.")
    if (run.error or {}).get("faults"):
        return _("The case cannot be taken as it was stored. Please mend this first:")
    values = (run.error or {}).get("values") or {}
    return str(REASONS.get(str(values.get("reason", "")), OTHER_REASON))


def _faults(run: MixRun) -> list[str]:
    """Return what is wrong with the case of a run, each with its place."""
    found = (run.error or {}).get("faults") or ()
    return [
        fault_line(CaseFault(one["pointer"], one["code"], one["params"]), language())
        for one in found
    ]


def _found(request: HttpRequest, shown: Shown, *, may_write: bool) -> dict[str, Any]:
    mix = shown.mix
    chosen = _chosen(request, mix)
    part = mix["alternatives"][chosen - 1] if chosen else mix
    has_mix = mix["status"] != "infeasible"
    return {
        "verdict": verdict(shown.run, mix),
        "matrix": matrix(shown, part, may_write=may_write and not chosen) if has_mix else None,
        "tabs_of_mixes": _tabs(shown.run, mix, chosen),
        "chosen": chosen,
        "alternative": _alternative(mix, chosen),
        "violations": violations(shown, mix) if has_mix else (),
        "missing": missing_rows(shown, mix),
        "reason": reason_rows(shown, mix),
        "proof": tightest(shown) if has_mix and not chosen else (),
        "n_ceilings": len(mix["check"]["ceilings"]),
        "questions": open_questions(shown, mix),
        "levels": _levels(mix),
        "solver": mix["solver"],
        "scenarios": _running_scenarios(shown.run),
        "files": files_of(shown.run),
        "is_manual": shown.run.kind == MixRun.Kind.MANUAL,
        "is_best": shown.run.kind == MixRun.Kind.BEST,
        "left_out": left_out_of(shown),
        "chances": chances_of(shown) if has_mix and not chosen else None,
        "unused": _unused(shown, mix) if has_mix else (),
        "unpaid": unpaid_of(shown, "package") if has_mix else (),
        "n_unexplained": len(unexplained(shown.run)) + len(unloosened(shown.run)),
    }


def _chosen(request: HttpRequest, mix: dict[str, Any]) -> int:
    """Return which alternative is asked for; 0 is the mix itself."""
    asked = request.GET.get("mix", "1")
    number = int(asked) - 1 if asked.isdecimal() and len(asked) < 3 else 0  # noqa: PLR2004 - at most 6
    return number if 0 < number <= len(mix["alternatives"]) else 0


def _tabs(run: MixRun, mix: dict[str, Any], chosen: int) -> list[Tab]:
    address = reverse("workspace:mix", args=[run.pk])
    n_mixes = 1 + len(mix["alternatives"])
    if n_mixes == 1:
        return []
    return [
        Tab(str(n), f"{address}?mix={n}" if n > 1 else address, n == chosen + 1)
        for n in range(1, n_mixes + 1)
    ]


def _alternative(mix: dict[str, Any], chosen: int) -> dict[str, str] | None:
    if not chosen:
        return None
    part = mix["alternatives"][chosen - 1]
    return {"objective": euros(part["objective"]), "less": euros(part["difference_ct"])}


def _unused(shown: Shown, mix: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Return name and address of offers that are not used, and whether it is known why."""
    return [
        (
            offer.title or offer.id,
            reverse("workspace:mix_offer", args=[shown.run.pk, place]),
            shown.run.reasons.get(f"offer:{offer.id}", {}).get("state") == "done",
        )
        for place, offer in enumerate(shown.case.offers)
        if not next(part["used"] for part in mix["offers"] if part["id"] == offer.id)
    ]


def _levels(mix: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(str(LEVELS.get(one["name"], one["name"])), one["proved"]) for one in mix["levels"]]


def _running_scenarios(run: MixRun) -> list[ScenarioCard]:
    rows = run.derived.filter(kind=MixRun.Kind.SCENARIO, state__in=UNDER_WAY)
    rows = rows.defer("case_data", "result").order_by("-pk")
    return [ScenarioCard(one, state_of(one)) for one in rows[:MOST_CARDS]]
