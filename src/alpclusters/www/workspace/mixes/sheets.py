"""The sheet of a partner and that of an offer; a cell of them changed by hand."""

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
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.funding.case import Line, Offer, Partner
from alpclusters.platform.funding.domain.mixing.changing import (
    adopt_alternative,
    change_cells,
    moved_ceilings,
    try_cells,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding.front import closed_words
from alpclusters.reports.funding.limits import ceilings_of
from alpclusters.reports.funding_words.findings import (
    Words,
    ceiling_name,
    limit_words,
    violation_sentence,
)
from alpclusters.reports.funding_words.rules import fact_words
from alpclusters.www.components.parts import Column, Crumb, Fact, Figure, Table
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import category_label, quarter_name
from alpclusters.www.workspace.mixes.mix_frame import (
    DASH,
    Shown,
    euros,
    frame,
    language,
    own_run,
    plain,
    share,
)
from alpclusters.www.workspace.mixes.proofs import CeilingRow, rows_of
from alpclusters.www.workspace.mixes.scenarios import unpaid_of, why_of

# --- The sheet of a partner and the application sheet of an offer ---------------------------------


@login_required
@require_safe
def mix_partner(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Show what one partner spends, gets from where, and pays itself."""
    shown = own_run(request, pk)
    partner = shown.partner_at(place)
    part = shown.mix["partners"][place]
    context = frame(request, shown, "mix", *_way(shown), Crumb(partner.name))
    context |= {
        "partner": partner,
        "why": None if part["grant_ct"] else why_of(shown, f"partner:{partner.id}"),
        "unpaid": unpaid_of(shown, "line", partner.id),
        "sums": _partner_figures(part),
        "table": _partner_table(shown, partner),
        "proof": _ceilings(shown, _subjects(partner, shown)),
    }
    return render(request, "workspace/mixes/partner.html", context)


@login_required
@require_safe
def mix_offer(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Show what an application to one offer says: who declares which cost for which grant."""
    shown = own_run(request, pk)
    offer = shown.offer_at(place)
    part = next(item for item in shown.mix["offers"] if item["id"] == offer.id)
    context = frame(request, shown, "mix", *_way(shown), Crumb(offer.title or offer.id))
    context |= {
        "offer": offer,
        "is_demonstration": any(fact.status == "demonstration" for fact in offer.facts),
        "is_used": part["used"],
        "why": None if part["used"] else why_of(shown, f"offer:{offer.id}"),
        "sums": _offer_figures(part),
        "terms": _terms(shown, offer),
        "table": _offer_table(shown, offer),
        "proof": _ceilings(shown, {f"offer:{offer.id}"}),
        "sources": [
            (fact_words(fact.name, language()), fact_words(fact.source, language()), fact)
            for fact in offer.facts
        ],
    }
    return render(request, "workspace/mixes/offer.html", context)


def _way(shown: Shown) -> list[Crumb]:
    return [Crumb(_("Mix"), reverse("workspace:mix", args=[shown.run.pk]))]


def _partner_figures(part: dict[str, Any]) -> list[Figure]:
    of_costs = _("%(share)s of the costs") % {"share": share(part["grant_ct"], part["cost_ct"])}
    return [
        Figure(_("Costs"), euros(part["cost_ct"], 0)),
        Figure(_("Grants"), euros(part["grant_ct"], 0), of_costs),
        Figure(_("Own money"), euros(part["own_ct"], 0)),
    ]


def _offer_figures(part: dict[str, Any]) -> list[Figure]:
    rate = share(part["grant_ct"], part["declared_ct"])
    return [
        Figure(_("Declared costs"), euros(part["declared_ct"], 0)),
        Figure(pgettext("amount", "Grant"), euros(part["grant_ct"], 0), rate),
        Figure(_("Effort of applying"), euros(part["effort_ct"], 0)),
    ]


def _partner_table(shown: Shown, partner: Partner) -> Table:
    columns = [
        Column(_("Cost")),
        Column(_("Offer")),
        Column(_("Cost (euros)"), is_number=True),
        Column(_("Declared (euros)"), is_number=True),
        Column(_("Grant (euros)"), is_number=True),
    ]
    rows = []
    cells = _by_line(shown)
    for line in shown.case.lines:
        if line.partner != partner.id:
            continue
        found = cells.get(line.id, [])
        rows += [
            [
                line_name(shown, line),
                shown.offers[cell["offer"]].title or cell["offer"],
                plain(line.cost_ct),
                plain(cell["declared_ct"]),
                plain(cell["grant_ct"]),
            ]
            for cell in found
        ] or [[line_name(shown, line), DASH, plain(line.cost_ct), DASH, DASH]]
    return Table(_("Costs and grants line by line"), columns, rows)


def _offer_table(shown: Shown, offer: Offer) -> Table:
    columns = [
        Column(_("Partner")),
        Column(_("Cost")),
        Column(_("Declared (euros)"), is_number=True),
        Column(_("Grant (euros)"), is_number=True),
    ]
    lines = {line.id: line for line in shown.case.lines}
    cells = [cell for cell in shown.mix["allocation"] if cell["offer"] == offer.id]
    rows = [
        [
            shown.partners[lines[cell["line"]].partner].name,
            line_name(shown, lines[cell["line"]]),
            plain(cell["declared_ct"]),
            plain(cell["grant_ct"]),
        ]
        for cell in cells
    ]
    total = [
        _("Sum"),
        "",
        plain(sum(cell["declared_ct"] for cell in cells)),
        plain(sum(cell["grant_ct"] for cell in cells)),
    ]
    return Table(_("What is applied for"), columns, rows, total)


def line_name(shown: Shown, line: Line) -> str:
    """Name a cost by category, work package and quarter."""
    titles = {package.id: package.title for package in shown.case.work_packages}
    quarter = quarter_name(shown.case.periods, line.period)
    return f"{category_label(line.category)}, {titles.get(line.wp, line.wp)}, {quarter}"


def _terms(shown: Shown, offer: Offer) -> list[Fact]:
    """Return the amounts and days of an offer; those that are not stated are left out."""
    closed = closed_words(shown.subject, offer, today=timezone.localdate())
    found = [
        (_("Application until"), closed or _day(offer.closes)),
        (pgettext("of a grant", "Decision"), _day(offer.decided_on or offer.grant_date)),
        (_("Grant at most"), _known(offer.cap_ct)),
        (_("Grant at least"), _known(offer.floor_ct or None)),
        (_("Grant for each partner at most"), _known(offer.partner_cap_ct)),
        (_("Partners at least"), str(offer.min_partners)),
        (_("Countries at least"), str(offer.min_countries)),
    ]
    return [Fact(label, value) for label, value in found if value]


def _day(day: Any) -> str:
    return format_date(day, language()) if day else ""


def _known(amount: int | None) -> str:
    return "" if amount is None else euros(amount)


def _subjects(partner: Partner, shown: Shown) -> set[str]:
    lines = {f"line:{line.id}" for line in shown.case.lines if line.partner == partner.id}
    return lines | {f"partner:{partner.id}", f"undertaking:{partner.undertaking}"}


def _ceilings(shown: Shown, subjects: set[str]) -> list[CeilingRow]:
    """Return the ceilings of some subjects; parts of one (``undertaking:U1/DE``) count too."""
    found = (
        one
        for one in ceilings_of(shown.subject)
        if one.subject in subjects or one.subject.partition("/")[0] in subjects
    )
    return rows_of(shown, found)


def _by_line(shown: Shown) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for cell in shown.mix["allocation"]:
        found.setdefault(cell["line"], []).append(cell)
    return found


# --- A cell changed by hand: the costs one partner declares to one offer, checked at once ---------


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
