"""Codes of regions and programme areas, where the tables of territory are at hand."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.nearest import nearest
from alpclusters.analysis.funding.case_files.parts import Part, parts

# NUTS writes EL and UK where the country codes are GR and GB.
SAME: Final = {"EL": "GR", "UK": "GB"}
# Countries with codes of Eurostat; the tables at hand hold only some of them, and a code of
# the others can be neither known nor unknown.
COUNTRIES: Final = frozenset(
    {
        *("AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR"),
        *("HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MD", "ME", "MK", "MT", "NL", "NO"),
        *("PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA", "UK", "XK"),
    }
)
MEMORY: Final = 512


def check_places(data: Part, territory: Territory | None, faults: Faults) -> None:
    """Note codes that the vintage does not have, and countries other than their code says."""
    for at, partner in parts(data, "partners"):
        _check_country(at, partner, faults)
    if territory is None:
        return
    for at, code, vintage in _codes(data):
        known = territory.codes.get(vintage, frozenset())
        if not _is_known(code, known):
            close = _nearest(code, known)
            faults.add(at, "unknown_nuts", found=code, vintage=vintage, nearest=close)
    for at, area in _areas(data):
        if area not in territory.areas:
            close = nearest(area, territory.areas)
            faults.add(at, "unknown_ref", found=area, kind="areas", nearest=close)


def _is_known(code: str, known: frozenset[str]) -> bool:
    country = code[:2]
    return code in known or (country not in known and country in COUNTRIES)


def _check_country(at: Pointer, partner: Part, faults: Faults) -> None:
    if "nuts" not in partner or "country" not in partner:
        return
    country, of_code = partner["country"], partner["nuts"][:2]
    if SAME.get(country, country) != SAME.get(of_code, of_code):
        faults.add((*at, "country"), "country_mismatch", found=country, expected=of_code)


@lru_cache(maxsize=MEMORY)
def _nearest(code: str, codes: frozenset[str]) -> str:
    at_home = [other for other in codes if other[:2] == code[:2]]
    return nearest(code, at_home or codes)


def _codes(data: Part) -> Iterator[tuple[Pointer, str, int]]:
    """Yield the codes of seats, sites, costs and conditions, each with its vintage."""
    yield from _partner_codes(data)
    vintages = {
        partner.get("id"): partner["vintage"]
        for _, partner in parts(data, "partners")
        if "vintage" in partner
    }
    for at, line in parts(data, "lines"):
        if "place" in line and line.get("partner") in vintages:
            yield (*at, "place"), line["place"], vintages[line["partner"]]
    yield from _condition_codes(data)


def _partner_codes(data: Part) -> Iterator[tuple[Pointer, str, int]]:
    for at, partner in parts(data, "partners"):
        if "nuts" in partner and "vintage" in partner:
            yield (*at, "nuts"), partner["nuts"], partner["vintage"]
        for place, site in enumerate(partner.get("sites", ())):
            if site and "nuts" in site and "vintage" in site:
                yield (*at, "sites", place, "nuts"), site["nuts"], site["vintage"]


def _condition_codes(data: Part) -> Iterator[tuple[Pointer, str, int]]:
    for at, region in _regions(data):
        for name in ("nuts", "except"):
            for place, code in enumerate(region.get(name, ())):
                if code and "vintage" in region:
                    yield (*at, name, place), code, region["vintage"]


def _areas(data: Part) -> Iterator[tuple[Pointer, str]]:
    for at, region in _regions(data):
        if "area" in region:
            yield (*at, "area"), region["area"]


def _regions(data: Part) -> Iterator[tuple[Pointer, Part]]:
    """Yield what ``within`` names in all expressions of the offers."""
    for at, offer in parts(data, "offers"):
        yield from _within(offer.get("eligibility"), (*at, "eligibility"))
        for place, rate in enumerate(offer.get("rates", ())):
            if rate:
                yield from _within(rate.get("when"), (*at, "rates", place, "when"))


def _within(expression: Any, at: Pointer) -> Iterator[tuple[Pointer, Part]]:
    if isinstance(expression, list):
        for place, one in enumerate(expression):
            yield from _within(one, (*at, place))
    if not isinstance(expression, dict):
        return
    for name, inside in expression.items():
        if name == "within" and isinstance(inside, list) and isinstance(inside[-1], dict):
            yield (*at, name, len(inside) - 1), inside[-1]
        else:
            yield from _within(inside, (*at, name))
