"""Ratings typed for others: sheets on paper, once or twice, and guests without a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError, InputError
from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.answers import count_sources
from alpclusters.platform.cafe.domain.papers import (
    NO_RESEARCH,
    TOP_THREE,
    Difference,
    differences_of,
    enter_sheet,
    find_sheet,
    has_second_sheets,
    is_settled,
    read_progress,
    require_entry_open,
    settle_sheet,
    sheet_of_round,
)
from alpclusters.platform.cafe.models import AlpCafe, PaperSheet
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.cafe.proxying import PaperForm, Place, entry_warning, proxy_page, reason
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.cockpit import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe

# --- Enter rating sheets on paper: once, above twenty twice, and decide what differs --------------


UNPROCESSABLE = 422


@dataclass(frozen=True)
class DifferenceRow:
    """A field in which the entries differ, in words."""

    difference: Difference
    label: str
    first: str
    second: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """List what was entered; a typed number leads to its sheet."""
    cafe = own_cafe(request, pk)
    problem, typed = "", request.POST.get("number", "")
    if request.method == "POST":
        try:
            sheet = sheet_of_round(find_sheet(cafe, typed), _round(request.POST))
        except InputError as error:
            problem = sentence(error)
        else:
            return redirect(_address("cafe_paper", sheet))
    entered = cafe.paper_sheets.filter(entered_at__isnull=False).order_by("-entered_at", "-pk")
    context = {
        "progress": read_progress(cafe),
        "sources": count_sources(cafe),
        "sheets": [(sheet, is_settled(sheet)) for sheet in entered],
        "has_second": has_second_sheets(cafe),
        "round": _round(request.POST) if problem else cafe.rating_round or 1,
        "over": _over(cafe),
        "warning": entry_warning(cafe, 1),
        "problem": problem,
        "typed": typed,
        **_frame(cafe, Crumb(_("Paper sheets"))),
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "workspace/answers/papers.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Enter one sheet, the first or the second time."""
    sheet = _sheet(request, pk, number)
    if request.method != "POST":
        start = {"language": sheet.first_entry.get("language") or nearest_language(get_language())}
        return _show(request, sheet, PaperForm(cafe=sheet.cafe, round=sheet.round, initial=start))
    form = PaperForm(request.POST, cafe=sheet.cafe, round=sheet.round)
    if not form.is_valid():
        return _show(request, sheet, form, status=UNPROCESSABLE)
    try:
        differing = enter_sheet(
            sheet, form.typed(), by=_person(request), writer=gateway, now=timezone.now()
        )
    except (AlpClustersError, gateway.Busy, gateway.NotTakenError) as error:
        form.add_error(None, reason(error))
        return _show(request, sheet, form, status=UNPROCESSABLE)
    if differing:
        return redirect(_address("cafe_paper_compare", sheet))
    messages.success(request, _("Sheet %(number)s is entered.") % {"number": sheet.number})
    return redirect("workspace:cafe_papers", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Show what differs between two entries; a look at the paper decides."""
    sheet = _sheet(request, pk, number)
    if not sheet.second_entry:
        return redirect(_address("cafe_paper", sheet))
    rows = _rows(sheet)
    problem = ""
    if request.method == "POST":
        chosen = {row.difference.name: request.POST.get(row.difference.name, "") for row in rows}
        try:
            settle_sheet(sheet, chosen, by=_person(request), writer=gateway)
        except (AlpClustersError, gateway.Busy, gateway.NotTakenError) as error:
            problem = reason(error)
        else:
            messages.success(request, _("Sheet %(number)s is entered.") % {"number": sheet.number})
            return redirect("workspace:cafe_papers", pk=pk)
    context = {"sheet": sheet, "rows": rows, "problem": problem, **_frame_of_sheet(sheet)}
    status = UNPROCESSABLE if problem else 200
    return render(request, "workspace/answers/compare.html", context, status=status)


def _sheet(request: HttpRequest, pk: int, number: str) -> PaperSheet:
    cafe = own_cafe(request, pk)
    sheet: PaperSheet | None = cafe.paper_sheets.filter(number=number, round=1).first()
    if sheet is None:
        raise Http404
    sheet.cafe = cafe
    try:
        return sheet_of_round(sheet, _round(request.GET))
    except InputError as error:
        raise Http404 from error


def _round(said: Mapping[str, str]) -> int:
    """Return which rating somebody means: the second only if it is named."""
    return 2 if said.get("round") == "2" else 1


def _address(name: str, sheet: PaperSheet) -> str:
    place = reverse(f"workspace:{name}", args=[sheet.cafe_id, sheet.number])
    return f"{place}?round={sheet.round}" if sheet.round > 1 else place


def _person(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _show(
    request: HttpRequest, sheet: PaperSheet, form: PaperForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "form": form,
        "is_second": sheet.entered_at is not None,
        "over": _over(sheet.cafe),
        "warning": "" if sheet.entered_at else entry_warning(sheet.cafe, sheet.round),
        **_frame_of_sheet(sheet),
    }
    return render(request, "workspace/answers/paper.html", context, status=status)


def _over(cafe: AlpCafe) -> str:
    """Say why nothing can be entered, if nothing can."""
    try:
        require_entry_open(cafe)
    except AlpClustersError as error:
        return sentence(error)
    return ""


def _frame(cafe: AlpCafe, *last: Crumb) -> dict[str, Any]:
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    return {
        "cafe": cafe,
        "crumbs": crumbs(here, *last),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }


def _frame_of_sheet(sheet: PaperSheet) -> dict[str, Any]:
    papers_url = reverse("workspace:cafe_papers", args=[sheet.cafe_id])
    which = _("second rating") if sheet.round > 1 else _("first rating")
    both = f" · {which}" if has_second_sheets(sheet.cafe) else ""
    title = _("Sheet %(number)s") % {"number": sheet.number} + both
    crumbs_ = (Crumb(_("Paper sheets"), papers_url), Crumb(f"{sheet.number}{both}"))
    return {"title": title, **_frame(sheet.cafe, *crumbs_)}


def _rows(sheet: PaperSheet) -> Sequence[DifferenceRow]:
    form = PaperForm(cafe=sheet.cafe, round=sheet.round)
    return [_row(form, difference) for difference in differences_of(sheet)]


def _row(form: PaperForm, found: Difference) -> DifferenceRow:
    if found.name == TOP_THREE:
        names = {str(measure.pk): measure.name for measure in form.measures}
        words = [
            ", ".join(names.get(key, key) for key in text.split()) or _("none")
            for text in (found.first, found.second)
        ]
        return DifferenceRow(found, str(_("Top three")), *words)
    if found.name == NO_RESEARCH:
        words = [_("yes") if text else _("no") for text in (found.first, found.second)]
        return DifferenceRow(found, str(form[NO_RESEARCH].label), *words)
    field = form[f"q{found.name.replace(':', '-')}"]
    choices = dict(getattr(field.field, "choices", ()))
    measure = next(m.name for m in form.measures if str(m.pk) == found.name.partition(":")[0])
    first, second = (str(choices.get(text, text)) for text in (found.first, found.second))
    return DifferenceRow(found, f"{measure}: {field.label}", first, second)


# --- A facilitator types for somebody present who has no phone ------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the answers of one person in the hall."""
    cafe = own_cafe(request, pk)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {"crumbs": crumbs(here, Crumb(_("Enter for somebody"))), "section": "cafes"}
    place = Place("workspace/answers/proxy.html", context, by=request.user.pk)
    return proxy_page(request, cafe, place)


urlpatterns = [
    path("cafes/<int:pk>/proxy/", proxy, name="cafe_proxy"),
    path("cafes/<int:pk>/paper/", papers, name="cafe_papers"),
    path("cafes/<int:pk>/paper/<str:number>/", paper, name="cafe_paper"),
    path("cafes/<int:pk>/paper/<str:number>/compare/", compare, name="cafe_paper_compare"),
]
