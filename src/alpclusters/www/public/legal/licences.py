"""Whose data and whose works this site stands on."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from alpclusters.platform.territory.domain.boundaries import ATTRIBUTION
from alpclusters.sources.boundaries import LICENCE as BOUNDARIES
from alpclusters.sources.postcodes import LICENCE as POSTCODES
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.legal.parts import Link, Page, Section


def licences_page() -> Page:
    """Return the page."""
    return Page(
        _("Sources and licences"),
        _("Facts carry their source where they stand. Here are the sources as a whole."),
        [_data(), _historic(), _own(), _software()],
    )


def _data() -> Section:
    columns = [Column(_("Data")), Column(_("Source")), Column(_("Licence and changes"))]
    rows: list[list[Any]] = [
        [
            _("NUTS codes and their changes"),
            Cell(
                "European Commission, Eurostat: NUTS correspondence tables 2006–2024",
                url="https://ec.europa.eu/eurostat/web/nuts",
                lang="en",
            ),
            _("reuse with acknowledgement (CC BY 4.0); selection, one row per span of years"),
        ],
        [
            _("Names of countries"),
            Cell("Unicode CLDR", url="https://cldr.unicode.org", lang="en"),
            _("compared, not copied"),
        ],
        [
            _("Programme areas"),
            _("pages and drafts of the Alpine Space programmes; EUSALP: an encyclopedia article"),
            _("facts in own words; the source stands beside every region"),
        ],
        [
            _("Partners of AlpClusters 2020"),
            Cell("keep.eu", url="https://keep.eu", lang="en"),
            _("credit: keep.eu; capitals of names and codes of regions changed"),
        ],
        [
            _("Earlier initiatives and their partners"),
            Cell("keep.eu", url="https://keep.eu", lang="en"),
            _("credit: keep.eu; country codes by ISO, addresses left out, double rows joined"),
        ],
        [
            _("Earlier initiatives, other facts"),
            _("public pages; each initiative names its own"),
            _("facts in own words, unverified until somebody confirms them"),
        ],
        *_fetched(),
    ]
    return Section(_("Data of others"), table=Table(_("Data, sources, licences"), columns, rows))


def _fetched() -> list[list[Any]]:
    """Name what an operator may have fetched; no installation brings it along."""
    return [
        [
            _("Boundaries of regions, where the operator fetched them"),
            Cell("GISCO", url=BOUNDARIES.address),
            _("%(notice)s; not for commercial use; cut to the Alps, outlines thinned")
            % {"notice": _(ATTRIBUTION)},
        ],
        [
            _("Postcodes and their regions, where the operator fetched them"),
            Cell(POSTCODES.attribution, url=POSTCODES.address, lang="en"),
            _("CC BY-SA 4.0; selection, codes carried over to NUTS 2021"),
        ],
    ]


def _historic() -> Section:
    sources = (
        "up2europe.com, Steinbeis Transfer magazine 1/2015, steinbeis-europa.de, issuu.com, "
        "austriainnovativ.at, kunststoff-magazin.de, regiosuisse.ch"
    )
    return Section(
        _("What is told of the historic project"),
        [
            _(
                "The project description in German is the source of the verified facts. The "
                "unverified ones were read in archived copies of public pages: %(sources)s."
            )
            % {"sources": sources}
        ],
    )


def _own() -> Section:
    return Section(
        _("Our own"),
        [
            _(
                "The catalogue of measures, the criteria with their words, the tile map and all "
                "texts are our own work under EUPL-1.2. What partnerships enter belongs to them; "
                "they say under which licence others may use it."
            )
        ],
    )


def _software() -> Section:
    fonts = static("vendor/fonts/OFL-source-sans-3.txt")
    display = static("vendor/fonts/OFL-schibsted-grotesk.txt")
    return Section(
        _("Software, fonts and icons"),
        [
            _(
                "The program stands on free software: Python, Django, NumPy, SciPy, Typst and "
                "others. The documentation lists every package with its licence (docs/licences.md)."
            )
        ],
        links=[
            Link("Source Sans 3 (SIL Open Font License 1.1)", fonts, "en"),
            Link("Schibsted Grotesk (SIL Open Font License 1.1)", display, "en"),
            Link("Lucide (ISC)", static("LICENSE-lucide.txt"), "en"),
        ],
    )
