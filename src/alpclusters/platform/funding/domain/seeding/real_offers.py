"""Real instruments of ``seeds/real_offers.csv``: their terms follow from who, where, how much.

A condition is entered only as far as the source read says it; what it leaves open keeps the
condition that nothing answers, so that nobody is told "fits" too early.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from alpclusters.analysis.funding.eligibility.not_entered import NOT_ENTERED
from alpclusters.platform.funding.domain.seeding.tables import offer_fields, read_table
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row

_UNION: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_VINTAGE: Final = 2021
_ENTERED: Final = "entered"
_ELSEWHERE: Final = "*"
_COUNTRY: Final = 2

type Expression = dict[str, Any]


def real_offers() -> Iterator[tuple[Row, dict[str, Any]]]:
    """Return each row of the table with the fields of its offer, without programme and call."""
    modes = {row["key"]: row for row in read_table("application_modes")}
    for row in read_table("real_offers"):
        terms = terms_of_row(row)
        said = offer_fields({**row, **_summaries(row, modes)}, terms)
        yield row, {**said, "source_url": row["source_url"]}


def terms_of_row(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the terms that a row states; a rate nobody read is left out, never 0.

    Examples
    --------
    >>> row = dict.fromkeys(("area_partly", "more", "article", "cap_eur", "floor_eur", "rates",
    ...     "cost_from_eur", "cost_to_eur", "min_partners", "min_countries", "costs_until"), "")
    >>> row |= {"who": "sme", "area": "SI", "origin": "national", "grants_from": "SI"}
    >>> terms_of_row(row)["eligibility"]
    {'all': [{'in': ['partner.kind', ['sme']]}, {'in': ['partner.country', ['SI']]}]}
    """
    terms: dict[str, Any] = {
        "origin": row["origin"],
        "grants_from": row["grants_from"],
        "eligibility": {"all": list(_conditions(row))},
    }
    if row["rates"]:
        terms["rates"] = [_rate(part) for part in row["rates"].split(";")]
    if row["article"]:
        terms["article"] = {"*": row["article"]}
    amounts = {"cap_ct": row["cap_eur"], "floor_ct": row["floor_eur"]}
    terms |= {name: _cents(euro) for name, euro in amounts.items() if euro}
    counts = ("min_partners", "min_countries")
    terms |= {name: int(row[name]) for name in counts if row[name]}
    return terms | ({"ends": row["costs_until"]} if row["costs_until"] else {})


def _conditions(row: Mapping[str, str]) -> Iterator[Expression]:
    if row["who"]:
        yield {"in": ["partner.kind", row["who"].split()]}
    if where := list(_places(row["area"], row["area_partly"])):
        yield where[0] if len(where) == 1 else {"any": where}
    if row["cost_from_eur"]:
        yield {"ge": ["project.total_cost_ct", _cents(row["cost_from_eur"])]}
    if row["cost_to_eur"]:
        yield {"le": ["project.total_cost_ct", _cents(row["cost_to_eur"])]}
    if row["more"] or not row["who"]:
        yield dict(NOT_ENTERED)


def _places(sure: str, partly: str) -> Iterator[Expression]:
    """Sure places hold; where only parts belong, or others may, the question stays open."""
    yield from _within(sure)
    if partly == _ELSEWHERE:
        yield dict(NOT_ENTERED)
        return
    for place in _within(partly):
        yield {"all": [place, dict(NOT_ENTERED)]}


def _within(codes: str) -> Iterator[Expression]:
    named = [
        code for word in codes.split() for code in (_UNION.split() if word == "EU" else [word])
    ]
    countries = [code for code in named if len(code) == _COUNTRY]
    regions = [code for code in named if len(code) > _COUNTRY]
    if countries:
        yield {"in": ["partner.country", countries]}
    if regions:
        yield {"within": ["partner.nuts", {"nuts": regions, "vintage": _VINTAGE}]}


def _rate(written: str) -> dict[str, Any]:
    """Read "kind sme=50", "size small=60", "country CH=0", "non_profit=100" or "70"."""
    when, _, percent = written.strip().rpartition("=")
    rate: dict[str, Any] = {"bp": int(Decimal(percent) * 100)}
    name, *values = when.split() or [""]
    if values:
        rate["when"] = {"in": [f"partner.{name}", values]}
    elif name:
        rate["when"] = {"eq": [f"partner.{name}", True]}
    return rate


def _cents(euro: str) -> int:
    return int(Decimal(euro) * 100)


def _summaries(row: Row, modes: Mapping[str, Row]) -> Row:
    """Say how one applies, and how far the conditions are entered."""
    said = [row["mode"]] if row["more"] or not row["who"] else [row["mode"], _ENTERED]
    names = [f"summary_{code}" for code in LANGUAGE_CODES]
    return {name: " ".join(modes[key][name] for key in said) for name in names}
