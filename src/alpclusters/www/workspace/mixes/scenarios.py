"""Scenarios side by side: what the mix is worth if an offer is refused, and what replaces it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.mixing.asking import ask_scenario
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY
from alpclusters.platform.funding.models import MixRun
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.beside import left_out_of
from alpclusters.www.workspace.mixes.waiting import state_of
from alpclusters.www.workspace.mixes.words import DASH, euros, share

UNPROCESSABLE = 422


class RejectedForm(forms.Form):
    """Which of the used offers are refused."""

    use_required_attribute = False
    rejected = forms.MultipleChoiceField(
        label=gettext_lazy("Offers that are refused"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one offer.")},
    )

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = [item["id"] for item in shown.mix["offers"] if item["used"]]
        field: Any = self.fields["rejected"]
        field.choices = [(offer, shown.offers[offer].title or offer) for offer in used]


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario beside the others."""

    name: str
    url: str
    objective: str
    loss: str
    rate: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    is_valid: bool | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mix_scenarios(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show scenarios side by side, or ask for another one."""
    shown = own_run(request, pk)
    if request.method != "POST":
        return _show(request, shown, RejectedForm(shown=shown))
    if not request.user.has_perm("funding.write_case", shown.run.case):
        raise PermissionDenied
    form = RejectedForm(request.POST, shown=shown)
    if not form.is_valid():
        return _show(request, shown, form, status=UNPROCESSABLE)
    rejected = tuple(form.cleaned_data["rejected"])
    try:
        ask_scenario(shown.run, rejected, by=request.user, now=timezone.now())
    except StateError:
        messages.error(request, _("There is no mix yet from which a scenario could start."))
        return redirect("workspace:mix", pk=pk)
    messages.success(request, _("The scenario is being computed; you can go on working."))
    return redirect("workspace:mix", pk=pk)


def _show(
    request: HttpRequest, shown: Shown, form: RejectedForm, *, status: int = 200
) -> HttpResponse:
    address = reverse("workspace:mix", args=[shown.run.pk])
    context = frame(request, shown, "mix", Crumb(_("Mix"), address), Crumb(_("Scenarios")))
    derived = shown.run.derived.filter(kind=MixRun.Kind.SCENARIO).defer("case_data")
    asked = list(derived.order_by("-pk")[:12])
    context |= {
        "form": form,
        "is_best": shown.run.kind == MixRun.Kind.BEST,
        "left_out": left_out_of(shown),
        "rows": [_base(shown), *_stored(shown), *_asked(shown, asked)],
        "under_way": [(run, state_of(run)) for run in asked if run.state in UNDER_WAY],
    }
    return render(request, "workspace/mixes/scenarios.html", context, status=status)


def _base(shown: Shown) -> ScenarioRow:
    mix = shown.mix
    return ScenarioRow(
        _("All offers are granted"), "", euros(mix["objective"]), DASH, _rate(mix), (), (),
        is_valid=mix["check"]["valid"],
    )  # fmt: skip


def _stored(shown: Shown) -> list[ScenarioRow]:
    titles = {scenario.id: scenario.title for scenario in shown.case.scenarios}
    return [
        _row(shown, part, "", part["rejected"], title=titles.get(part["id"], ""))
        for part in shown.mix["scenarios"]
    ]


def _asked(shown: Shown, runs: list[MixRun]) -> list[ScenarioRow]:
    rows = []
    for run in runs:
        if run.result is None:
            continue
        part = {**run.result, **changes(shown.mix, run.result)}
        address = reverse("workspace:mix", args=[run.pk])
        rows.append(_row(shown, part, address, run.changes.get("rejected", [])))
    return rows


def changes(base: dict[str, Any], mix: dict[str, Any]) -> dict[str, Any]:
    """Say how a mix differs from another one: loss, offers that fall out, offers that come in."""
    before = {item["id"] for item in base["offers"] if item["used"]}
    after = {item["id"] for item in mix["offers"] if item["used"]}
    return {
        "loss_ct": base["objective"] - (mix["objective"] or 0),
        "dropped": sorted(before - after),
        "added": sorted(after - before),
    }


def _row(
    shown: Shown, part: dict[str, Any], url: str, rejected: list[str], *, title: str = ""
) -> ScenarioRow:
    names = _("Without %(offers)s") % {
        "offers": ", ".join(_title(shown, offer) for offer in rejected)
    }
    has_mix = part["status"] != "infeasible"
    dropped = [offer for offer in part["dropped"] if offer not in rejected]
    return ScenarioRow(
        f"{title}: {names}" if title else names,
        url,
        euros(part["objective"]) if has_mix else _("no mix fits any more"),
        euros(part["loss_ct"]) if has_mix else DASH,
        _rate(part) if has_mix else DASH,
        tuple(_title(shown, offer) for offer in dropped) if has_mix else (),
        tuple(_title(shown, offer) for offer in part["added"]),
        is_valid=part["check"]["valid"],
    )


def _rate(part: dict[str, Any]) -> str:
    cost = sum(one["cost_ct"] for one in part["partners"])
    return share(sum(one["grant_ct"] for one in part["partners"]), cost)


def _title(shown: Shown, offer: str) -> str:
    return shown.offers[offer].title or offer
