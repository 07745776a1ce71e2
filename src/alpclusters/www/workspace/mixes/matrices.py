"""Who gets what from where: partners against used offers, with own money, sum and rate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from alpclusters.www.workspace.mixes.access import Shown
from alpclusters.www.workspace.mixes.words import plain, share


@dataclass(frozen=True)
class Head:
    """A column: an offer that is used."""

    name: str
    url: str
    is_simulated: bool
    total: str


@dataclass(frozen=True)
class MatrixCell:
    """An amount with its bar; ``url`` leads to where it can be changed."""

    amount: str
    width: str = "0"
    url: str = ""
    label: str = ""
    source: str = ""
    is_zero: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """One partner."""

    name: str
    url: str
    cells: tuple[MatrixCell, ...]
    own: MatrixCell
    total: str
    rate: str


@dataclass(frozen=True)
class Matrix:
    """The whole table with its sums."""

    heads: tuple[Head, ...]
    rows: tuple[MatrixRow, ...]
    own: str
    total: str
    rate: str


def matrix(shown: Shown, mix: Mapping[str, Any], *, may_write: bool) -> Matrix:
    """Lay a mix out as a table; columns are used offers in the order of the case."""
    grants = _grants(shown, mix["allocation"])
    used = [item["id"] for item in mix["offers"] if item["used"]]
    places = {offer: place for place, offer in enumerate(shown.offers)}
    by_offer = {item["id"]: item["grant_ct"] for item in mix["offers"]}
    heads = tuple(_head(shown, offer, places[offer], by_offer[offer]) for offer in used)
    rows = tuple(
        _row(shown, part, place, used, grants, places, may_write=may_write)
        for place, part in enumerate(mix["partners"])
    )
    cost, grant, own = (
        sum(part[key] for part in mix["partners"]) for key in ("cost_ct", "grant_ct", "own_ct")
    )
    return Matrix(heads, rows, plain(own), plain(cost), share(grant, cost))


def _head(shown: Shown, offer: str, place: int, grant_ct: int) -> Head:
    record = shown.offers[offer]
    is_simulated = any(fact.status == "demonstration" for fact in record.facts)
    url = reverse("workspace:mix_offer", args=[shown.run.pk, place])
    return Head(record.title or record.id, url, is_simulated, plain(grant_ct))


def _row(
    shown: Shown,
    part: Mapping[str, Any],
    place: int,
    used: Sequence[str],
    grants: Mapping[tuple[str, str], int],
    places: Mapping[str, int],
    *,
    may_write: bool,
) -> MatrixRow:
    partner = shown.partners[part["id"]]
    cost = part["cost_ct"]
    cells = []
    for offer in used:
        amount = grants[partner.id, offer]
        address = [shown.run.pk, place, places[offer]]
        url = reverse("workspace:mix_cell", args=address) if may_write else ""
        title = shown.offers[offer].title or offer
        cells.append(_cell(amount, cost, url, f"{partner.name}, {title}", title))
    return MatrixRow(
        partner.name,
        reverse("workspace:mix_partner", args=[shown.run.pk, place]),
        tuple(cells),
        _cell(part["own_ct"], cost),
        plain(cost),
        share(part["grant_ct"], cost),
    )


def _cell(amount: int, cost: int, url: str = "", label: str = "", source: str = "") -> MatrixCell:
    if amount == 0:
        return MatrixCell("–", url=url, label=label, source=source, is_zero=True)
    width = 100 * amount / cost if cost else 0
    return MatrixCell(plain(amount), f"{min(100, max(0, width)):.1f}", url, label, source)


def _grants(shown: Shown, allocation: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    owner = {line.id: line.partner for line in shown.case.lines}
    found: dict[tuple[str, str], int] = defaultdict(int)
    for cell in allocation:
        found[owner[cell["line"]], cell["offer"]] += cell["grant_ct"]
    return found
