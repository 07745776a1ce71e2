"""Joint approaches in public: the list, and one with its regions on a map and how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.approaches import (
    ApproachRecord,
    RegionLine,
    rate_of,
    read_approach,
)
from alpclusters.platform.policy.models import Adoption
from alpclusters.platform.policy.rules import visible_approaches, visible_recommendations
from alpclusters.platform.territory.domain.tiles import tile_of, tiles
from alpclusters.platform.worlds import of_world
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.regions.tile_maps import named_tiles
from alpclusters.www.worlds import side_of

# --- How far each region is with a joint approach, on the schematic map ---------------------------


State = Adoption.State
# State: the mark in the tile and its shade; the mark says it without colours.
LOOKS: Final = {
    State.UNKNOWN: ("?", "q0"),
    State.INFORMED: ("1", "q2"),
    State.UNDER_REVIEW: ("2", "q3"),
    State.ADOPTED: ("3", "q4"),
    State.IMPLEMENTING: ("4", "q5"),
    State.IMPLEMENTED: ("5", "q6"),
    State.NOT_APPLICABLE: ("–", "q0"),
    State.DECLINED: ("×", "q0"),
    State.DISCONTINUED: ("!", "q1"),
}
_STATES: Final = tuple(LOOKS)


@dataclass(frozen=True, slots=True)
class StateMap(TileMap):
    """A tile shows the state of its region as mark and shade; others do not take part."""

    def _state(self, tile: Tile) -> Any:
        value = self.values.get(tile.code)
        return None if value is None else _STATES[int(value)]  # type: ignore[arg-type]

    def _number(self, tile: Tile) -> str:
        state = self._state(tile)
        return LOOKS[state][0] if state is not None else ""

    def _fill(self, tile: Tile) -> str:
        state = self._state(tile)
        return LOOKS[state][1] if state is not None else "q0"

    def _words(self, tile: Tile) -> str:
        state = self._state(tile)
        if state is None:
            return translator(self.language).gettext("does not take part")
        return str(state.label)

    def _name(self, tile: Tile) -> str:
        visible = f"{tile.short} {self._number(tile)}".strip()
        return f"{visible} {tile.name} ({tile.code}): {self._words(tile)}"

    def _legend(self) -> list[tuple[str, str]]:
        found = {int(value) for value in self.values.values()}  # type: ignore[arg-type]
        return [
            (LOOKS[state][1], f"{LOOKS[state][0]} {state.label}")
            for number, state in enumerate(_STATES)
            if number in found
        ]

    @property
    def alt(self) -> str:
        """Say what is shown and how many tiles have a state."""
        text = translator(self.language)
        return text.gettext("Schematic map: %(n)s of %(m)s regions take part.") % {
            "n": len(self.values),
            "m": len(self.tiles),
        }

    def table(self) -> Table:
        """The regions that take part with their states."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Region")),
            Column(text.gettext("Code"), "code"),
            Column(self.what),
        )
        rows: tuple[Row, ...] = tuple(
            (t.name, t.code, self._words(t)) for t in self._ordered if t.code in self.values
        )
        return Table(columns, rows, name=self.title)


def state_map(lines: Sequence[RegionLine], *, caption: str) -> ChartView | None:
    """Draw the states; a large region marks all its tiles. None where no tile is marked."""
    values: dict[str, float] = {}
    # Large ones first, so that a region within one shows its own state.
    for line in sorted(lines, key=lambda one: len(one.adoption.region.code)):
        for code in _tiles_of(line.adoption.region.code):
            values[code] = _STATES.index(State(line.adoption.state))
    if not values:
        return None
    language = nearest_language(get_language())
    chart = StateMap(
        language=language,
        tiles=named_tiles(),
        values=values,
        limits=(2, 3, 4, 5, 6),
        what=_("State"),
        title=caption,
    )
    return view_of(chart, caption=caption, language=language)


def _tiles_of(code: str) -> list[str]:
    exact = tile_of(code)
    return [exact] if exact else [one.code for one in tiles() if one.code.startswith(code)]


# --- What pages on a joint approach show: its regions, and the rate with what belongs to it -------


# State: icon and tone of its badge.
BADGES: Final = {
    "unknown": ("circle-help", "unv"),
    "informed": ("info", ""),
    "under_review": ("search", ""),
    "adopted": ("check", "good"),
    "implementing": ("play", "info"),
    "implemented": ("circle-check", "good"),
    "not_applicable": ("minus", ""),
    "declined": ("x", "bad"),
    "discontinued": ("ban", "warn"),
}


def badge_of(state: str) -> tuple[str, str]:
    """Return icon and tone of a state."""
    return BADGES[state]


def rate_figures(record: ApproachRecord) -> Sequence[Figure]:
    """Return the adoption rate with its n, the number unknown and those left out."""
    language, rate = nearest_language(get_language()), record.rate
    share = format_percent(rate.rate, language) if rate.rate is not None else "–"
    of = _("%(n)s of %(all)s regions to which it applies; convention %(name)s") % {
        "n": format_integer(rate.n_adopted, language),
        "all": format_integer(rate.n_addressees, language),
        "name": rate.convention,
    }
    return [
        Figure(
            pgettext("joint approach", "Adopted"),
            share,
            of,
            key="adopted",
            exact=rate.n_adopted,
            n=rate.n_addressees,
            convention=rate.convention,
            is_listed=True,
        ),
        Figure(
            _("Not known"),
            format_integer(rate.n_unknown, language),
            _("counted as not adopted"),
            key="unknown",
            exact=rate.n_unknown,
            is_listed=True,
        ),
        Figure(
            _("Does not apply"),
            format_integer(rate.n_not_applicable, language),
            _("left out"),
            key="not-applicable",
            exact=rate.n_not_applicable,
            is_listed=True,
        ),
    ]


def region_rows(record: ApproachRecord) -> list[dict[str, Any]]:
    """Return the lines of the table of regions."""
    return [
        {
            "adoption": line.adoption,
            "steps": line.steps,
            "last": line.steps[-1] if line.steps else None,
            "counts": line.counts_as,
            "icon": badge_of(line.adoption.state)[0],
            "tone": badge_of(line.adoption.state)[1],
            "is_overdue": line.is_overdue,
        }
        for line in record.lines
    ]


# --- Joint approaches in public: the list, and one with its regions on a map and in a table -------


PAGE_SIZE: Final = 24


@require_safe
def approaches(request: HttpRequest) -> HttpResponse:
    """List the joint approaches one may see."""
    side = side_of(request, visible_approaches(request.user))
    rows = of_world(visible_approaches(request.user), is_simulated=side.is_simulated)
    rows = rows.select_related("project")
    rows = rows.prefetch_related("adoptions__steps").order_by("-project", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, said(one, "title"), rate_of(list(one.adoptions.all()))) for one in page],
        "crumbs": [
            Crumb(_("Recommendations"), reverse("public:recommendations")),
            Crumb(_("Joint approaches")),
        ],
        "side": side,
        "simulated": side.is_simulated,
        "section": "plans",
    }
    return render(request, "public/approaches/list.html", context)


@require_safe
def approach(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who adopts what until when, and how far each region is."""
    rows = visible_approaches(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    record = read_approach(found, today=timezone.localdate())
    seen = visible_recommendations(request.user).filter(approaches=found)
    context = {
        "approach": found,
        "title": said(found, "title"),
        "objective": said(found, "objective"),
        "figures": rate_figures(record),
        "map": state_map(record.lines, caption=_("State by region")),
        "rows": region_rows(record),
        "recommendations": list(seen.order_by("pk")),
        "crumbs": [
            Crumb(_("Recommendations"), reverse("public:recommendations")),
            Crumb(_("Joint approaches"), reverse("public:approaches")),
            Crumb(found.code),
        ],
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/approaches/page.html", context)


urlpatterns: list[URLPattern] = [
    path("approaches/", approaches, name="approaches"),
    path("approaches/<int:pk>/", approach, name="approach"),
]
