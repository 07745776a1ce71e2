"""The regions of the Alpine area, one region, and what became of its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.territory.domain.lookups import RECORDED, current_recoder
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.recoding import Recoding, RecodingStatus, Step
from alpclusters.platform.territory.domain.tiles import tiles
from alpclusters.platform.territory.models import (
    CURRENT_VINTAGE,
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    Standing,
)
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Cell, Column, Tab, Table
from alpclusters.www.public.regions.region_page import read_page, side_of_region
from alpclusters.www.public.regions.tile_maps import UNVERIFIED, VERIFIED, area_map

# --- What the page of all regions shows: the areas to choose from, the map of one, its regions


DEFAULT_AREA: Final = "alpine-space-2021-2027"


@dataclass(frozen=True)
class RegionList:
    """The page of all regions."""

    tabs: Sequence[Tab]
    area: ProgrammeArea | None
    status: str
    claim: str
    n_regions: int
    map: ChartView | None
    sources: Sequence[str]
    table: Table | None


def read_list(key: str, *, inside: str = "") -> RegionList:
    """Read the areas and the regions of the chosen one, all or those in one region."""
    areas = list(ProgrammeArea.objects.prefetch_related("area_regions"))
    area = _chosen(areas, key)
    if area is None:
        return RegionList([], None, "", "", 0, None, [], None)
    rows = Region.objects.filter(code=inside).order_by("-last_vintage", "-pk")
    around = rows.first() if inside else None
    members = [m for m in area.area_regions.all() if not around or m.code.startswith(around.code)]
    n_regions = ngettext("%(n)s region", "%(n)s regions", len(members)) % {"n": len(members)}
    claim = f"{area.name}, {around.name}: {n_regions}" if around else f"{area.name}: {n_regions}"
    return RegionList(
        tabs=[_tab(a, a is area) for a in areas],
        area=area,
        status=_status(area),
        claim=claim,
        n_regions=len(members),
        map=None if around else area_map(area_values(area), area=area.name, caption=claim),
        sources=sorted({r.source for r in area.area_regions.all()}),
        table=_table(area, members),
    )


def area_values(area: ProgrammeArea) -> dict[str, float]:
    """Return per tile whether its region belongs to an area, verified or not."""
    surest = VERIFIED if _status(area) == Standing.VERIFIED else UNVERIFIED
    unsure = {r.code for r in area.area_regions.all() if r.status != Standing.VERIFIED}
    return {
        t.code: UNVERIFIED if t.code in unsure or area.key in t.unverified_areas else surest
        for t in tiles()
        if area.key in t.areas
    }


def _chosen(areas: Sequence[ProgrammeArea], key: str) -> ProgrammeArea | None:
    by_key = {a.key: a for a in areas}
    return by_key.get(key) or by_key.get(DEFAULT_AREA) or next(iter(areas), None)


def _status(area: ProgrammeArea) -> str:
    """Return the surest status any region of the area has."""
    statuses = {r.status for r in area.area_regions.all()}
    return Standing.VERIFIED if Standing.VERIFIED in statuses else Standing.UNVERIFIED


def _tab(area: ProgrammeArea, is_current: bool) -> Tab:  # noqa: FBT001 - a tab is current or not
    return Tab(area.name, f"{reverse('public:regions')}?area={area.key}", is_current)


def _table(area: ProgrammeArea, members: Sequence[ProgrammeAreaRegion]) -> Table:
    """List regions in the codes of the area's own time."""
    named = Region.objects.filter(code__in=[m.code for m in members])
    names = {r.code: r.name for r in named.in_vintage(area.nuts_vintage)} | {
        r.code: r.name for r in named.current()
    }
    columns = [Column(_("Region")), Column(_("Code")), Column(_("Country")), Column(_("Status"))]
    rows = [
        [
            Cell(
                names.get(m.code, m.code),
                url=reverse("public:region", args=[m.code]),
                row=("regions", 1),
            ),
            m.code,
            country_name(m.code[:2], get_language()),
            m.get_status_display(),
        ]
        for m in members
    ]
    caption = _("%(area)s, codes of NUTS %(vintage)s") % {
        "area": area.name,
        "vintage": area.nuts_vintage,
    }
    return Table(caption, columns, rows)


# --- Ask what a NUTS code of one vintage is called in another -------------------------------------


YEARS: Final = [(year, f"NUTS {year}") for year in RECORDED]
TONES: Final = {
    RecodingStatus.UNCHANGED: "good",
    RecodingStatus.EXACT: "good",
    RecodingStatus.APPROXIMATE: "warn",
    RecodingStatus.AMBIGUOUS: "warn",
    RecodingStatus.UNKNOWN: "bad",
}
RELATIONS: Final = {
    "renamed": gettext_lazy("renamed"),
    "recoded": gettext_lazy("new code, same area"),
    "merged": gettext_lazy("merged"),
    "boundary": gettext_lazy("boundary moved"),
    "split": gettext_lazy("split"),
    "discontinued": gettext_lazy("discontinued"),
    "new": gettext_lazy("new"),
    "same": gettext_lazy("same"),
}


class RecodeForm(forms.Form):
    """A code, the vintage it is of, the vintage wanted."""

    code = forms.RegexField(
        r"^[A-Za-z]{2}[A-Za-z0-9]{0,3}$",
        max_length=5,
        label=gettext_lazy("NUTS code, such as FR71"),
        error_messages={
            "invalid": gettext_lazy("A NUTS code has two letters and up to three more characters.")
        },
    )
    from_vintage = forms.TypedChoiceField(
        choices=YEARS, coerce=int, label=gettext_lazy("Code of"), initial=2006
    )
    to_vintage = forms.TypedChoiceField(
        choices=YEARS, coerce=int, label=gettext_lazy("Wanted"), initial=CURRENT_VINTAGE
    )


@dataclass(frozen=True)
class Answer:
    """What the recoder found, in words."""

    tone: str
    claim: str
    candidates: Sequence[Cell]
    steps: Table | None


def answer_for(asked: Mapping[str, Any]) -> Answer:
    """Recode and say how far the answer can be relied on."""
    code = asked["code"].upper()
    found = current_recoder().recode(
        code, from_vintage=asked["from_vintage"], to_vintage=asked["to_vintage"]
    )
    words = {
        "code": code,
        "from": asked["from_vintage"],
        "to": asked["to_vintage"],
        "new": found.code or "",
    }
    return Answer(
        TONES[found.status],
        _claim(found) % words,
        _candidates(found, asked["to_vintage"]),
        _steps(found.path),
    )


def _claim(found: Recoding) -> str:
    match found.status:
        case RecodingStatus.UNCHANGED:
            return _("%(code)s (NUTS %(from)s) is also %(new)s in NUTS %(to)s.")
        case RecodingStatus.EXACT:
            return _("%(code)s (NUTS %(from)s) is exactly %(new)s in NUTS %(to)s.")
        case RecodingStatus.APPROXIMATE:
            return _(
                "%(code)s (NUTS %(from)s) is roughly %(new)s in NUTS %(to)s: the boundary moved."
            )
        case RecodingStatus.AMBIGUOUS if found.candidates:
            return _("%(code)s (NUTS %(from)s) has several possible codes in NUTS %(to)s.")
        case RecodingStatus.AMBIGUOUS:
            return _("%(code)s (NUTS %(from)s) has no successor in NUTS %(to)s.")
    return _("%(code)s is not a code of NUTS %(from)s in our tables.")


def _candidates(found: Recoding, vintage: int) -> list[Cell]:
    rows = Region.objects.in_vintage(vintage).filter(code__in=found.candidates)
    names = {r.code: r.name for r in rows}
    return [
        Cell(f"{code} {names.get(code, '')}".strip(), url=reverse("public:region", args=[code]))
        for code in found.candidates
    ]


def _steps(path: Sequence[Step]) -> Table | None:
    if not path:
        return None
    columns = [
        Column(_("Step")),
        Column(_("Before")),
        Column(_("After")),
        Column(_("What happened")),
    ]
    rows = [
        [
            f"{step.from_vintage}–{step.to_vintage}",
            step.from_code,
            ", ".join(step.to_codes) or "–",
            ", ".join(str(RELATIONS.get(part, part)) for part in step.relation.split("+")),
        ]
        for step in path
    ]
    caption = ngettext("%(n)s step", "%(n)s steps", len(path)) % {"n": len(path)}
    return Table(caption, columns, rows)


# --- The regions of the Alpine area, one region, and what became of its code ----------------------


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Show which regions a programme area covers, as a map and as a table."""
    page = read_list(request.GET.get("area", ""), inside=request.GET.get("in", ""))
    context = {"page": page, "form": RecodeForm()}
    return render(request, "public/regions/list.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show one region: its codes and names, its programme areas, what happens there."""
    if code != code.upper():
        return redirect("public:region", code=code.upper(), permanent=True)
    rows = list(Region.objects.filter(code=code).order_by("-last_vintage", "-pk"))
    if not rows:
        raise Http404
    side = side_of_region(request, rows)
    page = read_page(rows, is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "regions"}
    return render(request, "public/regions/page.html", context)


@require_safe
def recode(request: HttpRequest) -> HttpResponse:
    """Say what a code of one vintage is called in another."""
    form = RecodeForm(request.GET or None)
    answer = answer_for(form.cleaned_data) if form.is_bound and form.is_valid() else None
    context = {"form": form, "answer": answer, "section": "regions"}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "public/regions/recode.html", context, status=status)


urlpatterns = [
    path("regions/", regions, name="regions"),
    path("regions/recode/", recode, name="recode"),
    path("regions/<slug:code>/", region, name="region"),
]
