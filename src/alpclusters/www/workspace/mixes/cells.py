"""A cell changed by hand: the costs one partner declares to one offer, checked at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

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
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.platform.funding.domain.mixing.changing import (
    adopt_alternative,
    change_cells,
    moved_ceilings,
    try_cells,
)
from alpclusters.reports.funding_ceilings import ceiling_name, limit_words, violation_sentence
from alpclusters.reports.funding_subjects import Words
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.sheets import line_name
from alpclusters.www.workspace.mixes.words import euros, language

UNPROCESSABLE: Final = 422
CENTS: Final = 100


class CellForm(forms.Form):
    """The costs a partner declares to an offer, one field for each of its cost lines."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, shown: Shown, partner: str, declared: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in shown.case.lines if line.partner == partner]
        for at, line in enumerate(self.lines):
            self.fields[f"line-{at}"] = forms.DecimalField(
                label=line_name(shown, line),
                help_text=gettext_lazy("Euros; the cost is %(amount)s.")
                % {"amount": euros(line.cost_ct)},
                min_value=0,
                max_value=Decimal(line.cost_ct) / CENTS,
                decimal_places=2,
                localize=False,
                initial=f"{Decimal(declared.get(line.id, 0)) / CENTS:.2f}",
            )

    def declared(self) -> dict[str, int]:
        """Return the declared costs by line in cents."""
        return {
            line.id: int(self.cleaned_data[f"line-{at}"] * CENTS)
            for at, line in enumerate(self.lines)
        }


@dataclass(frozen=True)
class Moved:
    """A ceiling that a change moved."""

    what: str
    limit: str
    before: str
    after: str
    slack: str
    is_broken: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mix_cell(request: SignedInRequest, pk: int, partner: int, offer: int) -> HttpResponse:
    """Change what a partner declares to an offer: look first, or keep it as a mix of one's own."""
    shown = own_run(request, pk, "funding.write_case")
    who, what = shown.partner_at(partner).id, shown.offer_at(offer).id
    declared = {
        cell["line"]: cell["declared_ct"]
        for cell in shown.mix["allocation"]
        if cell["offer"] == what
    }
    data = request.POST if request.method == "POST" else None
    form = CellForm(data, shown=shown, partner=who, declared=declared)
    if data is None:
        return _show(request, shown, form, (partner, offer))
    if not form.is_valid():
        return _show(request, shown, form, (partner, offer), status=UNPROCESSABLE)
    cells = {(what, line): amount for line, amount in form.declared().items()}
    if "keep" not in data:
        return _show(request, shown, form, (partner, offer), cells=cells)
    made = change_cells(shown.run, cells, by=request.user, now=timezone.now())
    return redirect("workspace:mix", pk=made.pk)


@login_required
@require_POST
def mix_adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an alternative as a mix of its own, with its proof."""
    shown = own_run(request, pk, "funding.write_case")
    asked = request.POST.get("mix", "")
    n = len(shown.mix["alternatives"])
    if asked not in {str(number) for number in range(1, n + 1)}:
        messages.error(request, _("There is no such mix; choose one of those shown."))
        return redirect("workspace:mix", pk=pk)
    made = adopt_alternative(shown.run, int(asked) - 1, by=request.user, now=timezone.now())
    messages.success(request, _("The mix was checked as a whole and has its own proof now."))
    return redirect("workspace:mix", pk=made.pk)


def _show(
    request: HttpRequest,
    shown: Shown,
    form: CellForm,
    place: tuple[int, int],
    *,
    cells: Mapping[tuple[str, str], int] | None = None,
    status: int = 200,
) -> HttpResponse:
    if shown.mix["status"] == "infeasible":
        raise PermissionDenied
    address = reverse("workspace:mix", args=[shown.run.pk])
    partner, offer = shown.partner_at(place[0]), shown.offer_at(place[1])
    context = frame(request, shown, "mix", Crumb(_("Mix"), address), Crumb(_("Change a cell")))
    context |= {
        "form": form,
        "partner": partner,
        "offer": offer,
        "tried": _tried(shown, cells) if cells is not None else None,
    }
    return render(request, "workspace/mixes/cell.html", context, status=status)


def _tried(shown: Shown, cells: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """Check a change without storing it."""
    tried = try_cells(shown.run, cells)
    words = language()
    subject = Words(shown.case, words).subject
    return {
        "is_valid": tried.check.valid,
        "objective": euros(tried.objective_ct),
        "difference": euros(tried.objective_ct - shown.mix["objective"]),
        "violations": [
            violation_sentence(item, shown.case, words) for item in tried.check.violations
        ],
        "moved": [
            Moved(
                f"{ceiling_name(after.rule, after.subject, words)}: {subject(after.subject)}",
                limit_words(after, _amount(after.limit_ct, after.unit), words),
                _amount(before, after.unit),
                _amount(after.used_ct, after.unit),
                _amount(after.slack_ct, after.unit),
                after.slack_ct < 0,
            )
            for before, after in moved_ceilings(shown.mix, tried.check)
        ],
    }


def _amount(value: int, unit: str) -> str:
    return str(value) if unit == "count" else euros(value)
