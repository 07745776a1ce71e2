"""What a case names is there: identifiers, codes of regions, terms of conditions."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.case_files.faults import (
    Faults,
    Part,
    Pointer,
    ids,
    nearest,
    parts,
)
from alpclusters.analysis.funding.eligibility.checking import check_expression

# --- Identifiers: each stands for one thing, and what is named is there ---------------------------


KINDS: Final = ("undertakings", "partners", "work_packages", "lines", "offers", "scenarios")
# (part, its member, the kind of part that the member names)
SINGLE: Final = (
    ("undertakings", "controlled_by", "undertakings"),
    ("partners", "undertaking", "undertakings"),
    ("lines", "partner", "partners"),
    ("lines", "wp", "work_packages"),
    ("offers", "seal_of", "offers"),
    ("wishes", "offer", "offers"),
    ("wishes", "partner", "partners"),
    ("wishes", "line", "lines"),
)
SEVERAL: Final = (("links", "offers", "offers"), ("scenarios", "rejected", "offers"))


def check_references(data: Part, faults: Faults) -> None:
    """Note identifiers that stand twice and names of nothing."""
    for kind in KINDS:
        _check_unique(data, kind, faults)
    known = {kind: ids(data, kind) for kind in KINDS}
    for at, name, kind in _named(data):
        if name not in known[kind]:
            close = nearest(name, known[kind])
            faults.add(at, "unknown_ref", found=name, kind=kind, nearest=close)
    for at, part in parts(data, "undertakings"):
        if "id" in part and part.get("controlled_by") == part["id"]:
            faults.add((*at, "controlled_by"), "controls_itself", found=part["id"])


def _named(data: Part) -> Iterator[tuple[Pointer, str, str]]:
    for kind, member, named in SINGLE:
        for at, part in parts(data, kind):
            if member in part:
                yield (*at, member), part[member], named
    for kind, member, named in SEVERAL:
        for at, part in parts(data, kind):
            for place, name in enumerate(part.get(member, ())):
                if isinstance(name, str):
                    yield (*at, member, place), name, named


def _check_unique(data: Part, kind: str, faults: Faults) -> None:
    first = ids(data, kind)
    for at, part in parts(data, kind):
        if "id" not in part or first[part["id"]] == at[1]:
            continue
        code, before = "duplicate_id", first[part["id"]]
        if kind == "offers" and _overlap(data["offers"][before], part):
            code = "windows_overlap"
        faults.add((*at, "id"), code, found=part["id"], first=f"/{kind}/{before}")


def _overlap(one: Part, other: Part) -> bool:
    a, b = one.get("window", {}), other.get("window", {})
    if not all("from" in window and "to" in window for window in (a, b)):
        return False
    return bool(a["from"] <= b["to"] and b["from"] <= a["to"])


# --- Codes of regions and programme areas, where the tables of territory are at hand --------------


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


# --- The conditions of offers: what ``eligibility`` finds wrong with them, as faults of the case


CODES: Final[Mapping[str, str]] = {
    "wrong_type": "type_mismatch",
    "wrong_shape": "type_mismatch",
    "not_an_expression": "not_one_key",
    "unknown_operator": "unknown_key",
    "negative": "negative_amount",
    "not_a_day": "bad_date",
    "unknown_code": "bad_nuts",
}


def check_conditions(data: Part, faults: Faults) -> None:
    """Note conditions that cannot be evaluated: too deep, unknown fields, wrong types."""
    for at, expression in _conditions(data):
        for fault in check_expression(expression):
            steps = tuple(_step(step) for step in fault.pointer.split("/")[1:])
            faults.add((*at, *steps), CODES.get(fault.code, fault.code), **fault.params)


def _conditions(data: Part) -> Iterator[tuple[Pointer, object]]:
    """Yield the conditions that have their shape; one with gaps has faults already."""
    for at, offer in parts(data, "offers"):
        if "eligibility" in offer and not _has_gap(offer["eligibility"]):
            yield (*at, "eligibility"), offer["eligibility"]
        for place, rate in enumerate(offer.get("rates", ())):
            if rate and "when" in rate and not _has_gap(rate["when"]):
                yield (*at, "rates", place, "when"), rate["when"]


def _has_gap(expression: object) -> bool:
    if isinstance(expression, Mapping):
        return any(map(_has_gap, expression.values()))
    if isinstance(expression, list):
        return any(map(_has_gap, expression))
    return expression is None


def _step(text: str) -> str | int:
    return int(text) if text.isdecimal() else text.replace("~1", "/").replace("~0", "~")
