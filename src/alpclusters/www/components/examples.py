"""The page that shows every component in each state, with invented data."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import segno
from django import forms
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.blocks import WITHHELD, Marker
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.parts import rating_axis
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import (
    Cell,
    Chip,
    Column,
    Criterion,
    Crumb,
    Facet,
    FacetOption,
    Fact,
    Figure,
    Option,
    Phase,
    Side,
    Station,
    Tab,
    Table,
)

# --- Invented data for the component page; the strip on the page says that it is ------------------


HERE = "#top"

QUESTION = _("How effective is this measure in building cooperation across borders?")

ANCHORS = (
    Option(1, _("not effective")),
    Option(2, _("slightly effective")),
    Option(3, _("moderately effective")),
    Option(4, _("rather effective")),
    Option(5, _("very effective")),
)

BLANK = Criterion("blank", _("Effectiveness"), ANCHORS, QUESTION)
CHOSEN = replace(BLANK, name="chosen", value=4, saved="saved")
OFFLINE = replace(BLANK, name="offline", value="cj", saved="device")
CLOSED = replace(BLANK, name="closed", value=3, disabled=True)


class ExampleForm(forms.Form):
    """One field of each kind."""

    body = forms.CharField(
        label=_("Responsible body"),
        help_text=_("Authority or organisation that carries out the action"),
        initial="Land Salzburg",
    )
    end = forms.DateField(label=_("End of the action"), help_text=_("Day, month, year"))
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[
            ("european", _("European")),
            ("macro", _("macro-regional")),
            ("national", _("national")),
            ("regional", _("regional")),
        ],
    )
    region = forms.CharField(
        label=_("Region"),
        help_text=_("Fixed by the AlpCafé"),
        initial="Salzburg (AT32)",
        disabled=True,
        required=False,
    )
    helix = forms.ChoiceField(
        label=_("Who are you?"),
        widget=forms.RadioSelect,
        choices=[
            ("business", _("Business")),
            ("research", _("Research")),
            ("policy", _("Policy")),
        ],
    )
    why = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("I consent to the anonymous analysis of my ratings."))


def filled_form() -> ExampleForm:
    """Return the form as it comes back with errors."""
    form = ExampleForm({"body": "", "level": "regional", "end": "31. 6. 2027"}, prefix="wrong")
    form.errors.pop("end", None)
    form.add_error("end", _("There is no 31 June. Did you mean 30 June?"))
    return form


def _stations() -> tuple[Station, ...]:
    return (
        Station(pgettext_lazy("trail", "Source"), "41", HERE),
        Station(pgettext_lazy("trail", "Activity"), "128", HERE),
        Station(pgettext_lazy("trail", "Lesson"), "37", HERE),
        Station(pgettext_lazy("trail", "Measure"), "26", "", "here"),
        Station(pgettext_lazy("trail", "Card"), "94", HERE),
        Station(pgettext_lazy("trail", "Rating"), "n = 58", HERE),
        Station(pgettext_lazy("trail", "Finding"), "19", HERE),
        Station(pgettext_lazy("trail", "Recommendation"), "20", HERE),
        Station(pgettext_lazy("trail", "Action"), "12", HERE),
        Station(pgettext_lazy("trail", "Funding"), "9", HERE),
        Station(pgettext_lazy("trail", "Value"), "", "", "missing"),
    )


def _table() -> Table:
    return Table(
        caption=_("Effectiveness by region"),
        columns=(
            Column(_("Region")),
            Column(_("Estimate"), is_number=True),
            Column("n", is_number=True),
        ),
        rows=(
            ("Salzburg", "4,2", "13"),
            (Cell("Lombardia", HERE, lang="it"), "4,0", "12"),
            ("Ticino", Cell("", suppressed=True), "< 5"),
        ),
    )


def _facet() -> Facet:
    return Facet(
        "country",
        _("Country"),
        (
            FacetOption("AT", _("Austria"), 32, is_chosen=True),
            FacetOption("IT", _("Italy"), 29),
            FacetOption("LI", _("Liechtenstein"), 0),
        ),
    )


def _sides() -> tuple[Side, Side]:
    before, after = compare(
        "Demonstrators are funded if a consortium confirms operation.",
        "Demonstrators are funded only if a named owner confirms operation for five years.",
    )
    return (
        Side(_("Version 2"), before, lang="en"),
        Side(_("Version 3"), after, lang="en"),
    )


def _heat() -> Table:
    return Table(
        caption=_("Effectiveness by region"),
        columns=(Column(_("Measure")), Column("Salzburg"), Column("Ticino"), Column("Lombardia")),
        rows=(
            (
                _("Voucher for first contacts"),
                Cell("4,2", note="n = 13", shade="q6"),
                Cell("3,6", note="n = 9", shade="q4"),
                Cell("2,8", note="n = 12", shade="q2"),
            ),
            (
                "Pilot",
                Cell("3,1", note="n = 13", shade="q3"),
                Cell("", suppressed=True),
                Cell("4,0", note="n = 12", shade="q5"),
            ),
        ),
    )


def _dots() -> ChartView:
    language = nearest_language(get_language())
    rows = (
        DotRow("Salzburg", 4.2, 3.9, 4.5, n=13, cannot_judge=0.08),
        DotRow("Lombardia", 4.0, 3.6, 4.4, n=12, cannot_judge=0.14),
        DotRow("Ticino", None, is_withheld=True),
    )
    chart = DotChart(
        language,
        (Tier(rows),),
        rating_axis([str(option.anchor) for option in ANCHORS]),
        str(_("Region")),
    )
    return view_of(chart, caption=str(_("Effectiveness by region")), language=language)


def _shares() -> ChartView:
    language = nearest_language(get_language())
    rows = (
        DistributionRow("Salzburg", (0, 1, 3, 6, 4), 1),
        DistributionRow("Lombardia", (1, 2, 5, 3, 1), 2),
        DistributionRow("Ticino", None),
    )
    answers = tuple(str(option.anchor) for option in ANCHORS)
    chart = DistributionChart(language, rows, answers, str(_("Region")))
    return view_of(chart, caption=str(_("Effectiveness by region")), language=language)


def _map() -> ChartView:
    language = nearest_language(get_language())
    tiles = (
        Tile("AT32", "Sbg", "Salzburg", "AT", 0, 0),
        Tile("ITC4", "Lom", "Lombardia", "IT", 1, 0),
        Tile("CH07", "Tic", "Ticino", "CH", 2, 0),
    )
    values: dict[str, float | Marker] = {"AT32": 4, "ITC4": 9, "CH07": WITHHELD}
    chart = TileMap(language, tiles, values, (2, 3, 5, 7, 10), str(_("People")))
    return view_of(chart, caption=str(_("People by region")), language=language)


def _code() -> SafeString:
    picture = segno.make("https://example.org/cafe/K7M3QX", error="m")
    svg = picture.svg_inline(svgclass=None, lineclass=None, omitsize=True, border=0)
    return mark_safe(svg)  # noqa: S308 - drawn from a constant


@dataclass(frozen=True)
class Examples:
    """Everything the component page shows; each attribute goes into one tag."""

    crumbs: tuple[Crumb, ...] = (Crumb(_("Components")),)
    stations: tuple[Station, ...] = field(default_factory=_stations)
    table: Table = field(default_factory=_table)
    facet: Facet = field(default_factory=_facet)
    heat: Table = field(default_factory=_heat)
    dots: ChartView = field(default_factory=_dots)
    shares: ChartView = field(default_factory=_shares)
    map: ChartView = field(default_factory=_map)
    code: SafeString = field(default_factory=_code)
    shades: tuple[tuple[str, str], ...] = (("q2", "< 3"), ("q4", "3–4"), ("q6", "> 4"))
    sides: tuple[Side, Side] = field(default_factory=_sides)
    chips: tuple[Chip, ...] = (Chip("Salzburg", HERE), Chip("Ticino", HERE))
    grades: tuple[str, ...] = ("A", "B", "C", "D", "")
    moment: datetime = datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
    bounds: tuple[float, float] = (3.9, 4.5)
    phases: tuple[Phase, ...] = (
        Phase(_("Arrival"), "done"),
        Phase(_("Introduction"), "skipped"),
        Phase(_("Round 1"), "here"),
        Phase(_("Rating")),
        Phase(_("Results")),
    )
    facts: tuple[Fact, ...] = (
        Fact(_("Lead partner"), "Region Alpha", "verified", _("Application form"), HERE),
        Fact(_("Start"), "11/2017", "unverified"),
        Fact(_("Contact"), state="unknown"),
    )
    figures: tuple[Figure, ...] = (
        Figure(_("People"), "64", _("from 5 regions")),
        Figure(_("Ratings"), "904", _("2 criteria, 8 measures")),
        Figure(_("Cannot judge"), "12 %", "60 / 512"),
        Figure(_("Agreement"), "0,58", _("0 divided, 1 agreed")),
    )
    tabs: tuple[Tab, ...] = (
        Tab(_("Effectiveness"), HERE, is_current=True, count="8"),
        Tab(_("Durability"), HERE, count="8"),
        Tab(_("Together"), HERE),
    )
    blank: Criterion = BLANK
    chosen: Criterion = CHOSEN
    offline: Criterion = OFFLINE
    closed: Criterion = CLOSED

    @property
    def page(self) -> Page[Any]:
        """The middle of a long list."""
        return Paginator(range(200), 10).page(9)

    @property
    def palettes(self) -> list[tuple[Any, list[str]]]:
        """The classes of the data palettes, by name."""
        return [
            (_("Sequential"), [f"q{i}" for i in range(1, 7)]),
            (_("Diverging"), ["dn3", "dn2", "dn1", "d0", "dp1", "dp2", "dp3"]),
            (_("Rating 1 to 5"), [f"r{i}" for i in range(1, 6)]),
            (_("Groups"), [f"c{i}" for i in range(1, 8)]),
            (_("Tiers"), [f"tier{i}" for i in range(1, 4)]),
        ]

    @property
    def icons(self) -> list[str]:
        """Names of the icons of the sprite."""
        return _ICONS.split()


_ICONS = """
search menu languages chevron-right chevron-down arrow-right arrow-left check x info
triangle-alert circle-alert circle-check clock timer users user map map-pin table-2 download
printer flask-conical circle-help eye-off link share-2 rss calendar play pause skip-forward
undo-2 monitor wifi-off wifi save trash-2 pencil plus minus sun-moon file-text external-link
layers list filter messages-square armchair hand flag target coins scale ban rotate-ccw bell
quote git-branch network sliders-horizontal lock ellipsis copy
"""


# --- The page that shows every component in each state, and two frames it cannot show inside ------


ERRORS = (400, 403, 404, 500)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all components in the current language with example data."""
    context = {
        "ex": Examples(),
        "form": ExampleForm(),
        "wrong_form": filled_form(),
        "simulated": True,
        "section": "",
    }
    return render(request, "components/index.html", context)


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Show the frame of the phone pages with one rating."""
    return render(request, "components/phone_example.html", {"ex": Examples(), "simulated": True})


@require_safe
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show an error page as the server would, with its status."""
    if status not in ERRORS:
        raise Http404
    return render(request, f"{status}.html", {"exception": ""}, status=status)


# --- Addresses of the component page; included only where COMPONENTS_PAGE is on -------------------


app_name = "components"
urlpatterns = [
    path("", index, name="index"),
    path("phone/", phone, name="phone"),
    path("error/<int:status>/", error, name="error"),
]
