"""Edit or remove one thing of a case: partner, work package, cost, the frame."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.rulebooks import BY_DATE
from alpclusters.platform.funding.domain.casework.costs import (
    add_cost,
    add_package,
    change_cost,
    change_package,
    converted,
    entry_of,
    remove_cost,
    remove_package,
    set_frame,
)
from alpclusters.platform.funding.domain.casework.documents import (
    CHANGED,
    Document,
    Part,
    periods_of,
)
from alpclusters.platform.funding.domain.casework.partners import remove_partner
from alpclusters.platform.funding.models import FundingCase
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_forms import (
    CaseForm,
    CostForm,
    FrameForm,
    PackageForm,
    frame_initial,
)
from alpclusters.www.workspace.funding_cases.case_frame import (
    UNPROCESSABLE,
    WRITE,
    category_label,
    changed,
    euros,
    frame,
    item_or_404,
    language,
    own_case,
    part_of,
    refused,
    version_in,
)
from alpclusters.www.workspace.initiatives.initiative_forms import written_amount
from alpclusters.www.workspace.sentences import sentence

# --- Forms about one thing of a case: partner, work package, cost, and the frame of all -----------


type Change = Callable[[Document], object]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_case_frame(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change title, duration and how law that ends is read."""
    case = own_case(request, pk, WRITE)
    initial = frame_initial(case.data)
    form = FrameForm(request.POST or None, version=case.version, initial=initial)
    title = _("Title, duration and law")
    if request.method == "POST" and form.is_valid():

        def change(document: Document) -> None:
            data = form.cleaned_data
            set_frame(document, title=data["title"], start=form.start, count=data["count"])
            document["rulebook"] = data["rulebook"]

        part: Part = lambda document: (  # noqa: E731 - a key
            document.get("title"), document["periods"], document.get("rulebook", BY_DATE)
        )  # fmt: skip
        if save(request, case, form, change, reason="case.frame", part=part):
            return redirect("workspace:funding_case", pk=pk)
    return show(request, case, form, title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_package(request: SignedInRequest, pk: int, key: str = "") -> HttpResponse:
    """Add a work package, or change one."""
    case = own_case(request, pk, WRITE)
    old = item_or_404(case, "work_packages", key) if key else {}
    initial = {**old, "themes": ", ".join(old.get("themes", []))}
    form = PackageForm(
        request.POST or None, version=case.version, initial=initial, periods=periods_of(case.data)
    )
    title = old.get("title") or _("New work package")
    if request.method == "POST" and form.is_valid():
        values = form.values()

        def change(document: Document) -> None:
            if key:
                change_package(document, key, values)
            else:
                add_package(document, values)

        reason = f"package.{'change' if key else 'add'}:{values['title']}"
        if save(request, case, form, change, reason=reason, part=part_of("work_packages", key)):
            return redirect("workspace:funding_case", pk=pk)
    return show(request, case, form, title, kind="work_packages", key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_cost(request: SignedInRequest, pk: int, key: str = "") -> HttpResponse:
    """Enter a cost, or change one with all its quarters."""
    case = own_case(request, pk, WRITE)
    missing = _missing(case.data)
    if missing and not key:
        messages.info(request, missing)
        return redirect("workspace:funding_case", pk=pk)
    form = CostForm(
        request.POST or None,
        version=case.version,
        initial=_cost_initial(case, key),
        periods=periods_of(case.data),
        partners=[(one["id"], one["name"]) for one in case.data["partners"]],
        packages=[(one["id"], one["title"]) for one in case.data["work_packages"]],
    )
    if request.method == "POST" and form.is_valid():
        values = form.stored()

        def change(document: Document) -> None:
            if key:
                change_cost(document, key, values)
            else:
                add_cost(document, values)

        reason = f"cost.{'change' if key else 'add'}"
        part: Part = lambda document: entry_of(document, key)  # noqa: E731 - a key
        if save(request, case, form, change, reason=reason, part=part):
            if "again" in request.POST:
                return redirect("workspace:funding_cost_new", pk=pk)
            return redirect("workspace:funding_case", pk=pk)
    entry = entry_of(case.data, key) if key else None
    title = _("Cost") if key else _("New cost")
    note = ""
    if entry is not None and not entry.is_even:
        note = _("The quarters have different amounts. Saving splits the whole amount evenly.")
    return show(request, case, form, title, kind="costs", key=key, note=note)


def save(
    request: SignedInRequest,
    case: FundingCase,
    form: CaseForm,
    change: Change,
    *,
    reason: str,
    part: Part | None = None,
    remember: Callable[[dict[str, Any]], object] | None = None,
) -> bool:
    """Store what a form says; if that cannot be, the form says why and True is not returned."""
    version = form.cleaned_data["version"]
    try:
        changed(
            request,
            case,
            change,
            reason=reason,
            version=version,
            part=part,
            remember=remember,
        )
    except AlpClustersError as error:
        if error.code == CHANGED:
            case.refresh_from_db()
            form.accept_version(case.version)
            form.add_error(None, _conflict_words())
        else:
            form.add_error(None, sentence(error))
        return False
    messages.success(request, _("Saved"))
    return True


def show(  # noqa: PLR0913 - what a page of a form is made of
    request: HttpRequest,
    case: FundingCase,
    form: CaseForm,
    title: str,
    *,
    kind: str = "",
    key: str = "",
    note: str = "",
    template: str = "form",
    **more: Any,
) -> HttpResponse:
    """Show a form about one thing of a case, and what is stored if somebody else changed it."""
    context = frame(request, case, "", Crumb(title))
    context |= {
        "form": form,
        "title": title,
        "kind": kind,
        "key": key,
        "note": note,
        "stored": _stored(form),
        **more,
    }
    status = UNPROCESSABLE if form.errors or more.get("has_errors") else 200
    name = f"workspace/funding_cases/{template}.html"
    return render(request, name, context, status=status)


def _conflict_words() -> str:
    return _(
        "Somebody changed this while you were writing. Their values stand beside yours below. "
        "Compare, then save again: what stands in the form then counts."
    )


def _stored(form: CaseForm) -> list[tuple[Any, str]]:
    """After a conflict: the fields in which the form differs from what it began with."""
    if not form.is_bound or not any(form.non_field_errors()):
        return []
    if _conflict_words() not in form.non_field_errors():
        return []
    return [
        (form[name].label, str(form.initial.get(name, "") or "–"))
        for name in form.changed_data
        if name != "version"
    ]


def _cost_initial(case: FundingCase, key: str) -> dict[str, Any]:
    if not key:
        partners = case.data["partners"]
        last = case.data["lines"][-1] if case.data["lines"] else {}
        partner = last.get("partner") or partners[0]["id"]
        return {"partner": partner, "wp": last.get("wp"), "economic": _is_economic(case, partner)}
    entry = entry_of(case.data, key)
    if entry is None:
        raise Http404
    line = entry.first
    initial = {
        **line,
        "start": entry.start,
        "end": entry.end,
        "amount": written_amount(entry.cost_ct),
        "currency": "EUR",
        "economic": line.get("economic", True),
    }
    foreign = converted(case.data, key)
    if foreign is not None:
        currency, amount, rate, day = foreign
        initial |= {
            "currency": currency,
            "amount": written_amount(amount),
            "rate": rate,
            "rate_on": day,
        }
    return initial


def _is_economic(case: FundingCase, partner: str) -> bool:
    undertakings = {one["id"]: one["size"] for one in case.data["undertakings"]}
    found = next(one for one in case.data["partners"] if one["id"] == partner)
    return undertakings.get(found["undertaking"]) != "none"


def _missing(data: Mapping[str, Any]) -> str:
    if not data.get("partners"):
        return _("Add a partner first.")
    if not data.get("work_packages"):
        return _("Add a work package first.")
    return ""


# --- Remove a partner, a work package or a cost: first it is said what goes with it ---------------


type Remove = Callable[[Document, str], None]
REMOVERS: Final[Mapping[str, tuple[Remove, str]]] = {
    "partners": (remove_partner, "partner.remove"),
    "work_packages": (remove_package, "package.remove"),
    "costs": (remove_cost, "cost.remove"),
}
_FIELDS: Final = {"partners": "partner", "work_packages": "wp"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_remove(request: SignedInRequest, pk: int, kind: str, key: str) -> HttpResponse:
    """Say what would go, then remove it; the history can bring it back."""
    case = own_case(request, pk, WRITE)
    if kind not in REMOVERS:
        raise Http404
    name = _name(case, kind, key)
    if request.method == "POST":
        remove, reason = REMOVERS[kind]
        try:
            changed(
                request,
                case,
                lambda document: remove(document, key),
                reason=f"{reason}:{name}",
                version=version_in(request),
            )
            messages.success(request, _("Removed: %(code)s") % {"code": name})
        except AlpClustersError as error:
            refused(request, error)
        return redirect("workspace:funding_case", pk=pk)
    context = frame(request, case, "", Crumb(_("Remove")))
    context |= {"name": name, "with_it": _with_it(case.data, kind, key)}
    return render(request, "workspace/funding_cases/remove.html", context)


def _name(case: FundingCase, kind: str, key: str) -> str:
    if kind != "costs":
        item = item_or_404(case, kind, key)
        return str(item.get("name") or item["title"])
    entry = entry_of(case.data, key)
    if entry is None:
        raise Http404
    return f"{category_label(entry.first['category'])}, {euros(entry.cost_ct)}"


def _with_it(data: Mapping[str, Any], kind: str, key: str) -> str:
    """Say which costs go too."""
    field = _FIELDS.get(kind)
    lines = [line for line in data["lines"] if field and line[field] == key]
    if not lines:
        return ""
    cost = euros(sum(line["cost_ct"] for line in lines))
    text = ngettext(
        "Its cost of %(cost)s (%(n)s line) goes with it.",
        "Its costs of %(cost)s (%(n)s lines) go with it.",
        len(lines),
    )
    return text % {"cost": cost, "n": format_integer(len(lines), language())}
