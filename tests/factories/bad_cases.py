"""Cases that cannot be taken: each with the place of its fault and how its sentence begins."""

from copy import deepcopy
from typing import Any, Final

from tests.factories.mixes import example_case

# name: (JSON Pointer, beginning of the sentence in English)
BAD_CASES: Final = {
    "negative_cost": ("/lines/1/cost_ct", "The cost is negative (-5)."),
    "unknown_nuts": ("/partners/0/nuts", "The region “AT36” does not exist in NUTS 2021."),
    "overlapping_windows": (
        "/offers/4/id",
        "The offer “X” stands twice, and its windows overlap.",
    ),
    "contradictory_links": (
        "/links/1/offers",
        "“X” would bring in offers that exclude each other: X, Y.",
    ),
    "circle_of_links": ("/links/1/offers", "The offers need one another in a circle"),
    "floor_over_cap": ("/offers/0/floor_ct", "The least grant (1000 cents) is more"),
    "rate_over_100": ("/offers/0/rates/0/bp", "The rate 11000 is more than 100 per cent."),
    "thousand_offers": ("/offers", "There are 1000 offers; a mix can be made of at most 999."),
    "too_many_offers": ("/offers", "There are 1001 offers; at most 1000 are read."),
}


def bad_case(name: str) -> dict[str, Any]:
    """Return the tiny example with one fault."""
    data = example_case()
    spoil: Any = globals()[f"_{name}"]
    spoil(data)
    return data


def _negative_cost(data: dict[str, Any]) -> None:
    data["lines"][1]["cost_ct"] = -5


def _unknown_nuts(data: dict[str, Any]) -> None:
    data["partners"][0]["nuts"] = "AT36"


def _overlapping_windows(data: dict[str, Any]) -> None:
    data["offers"].append(deepcopy(data["offers"][0]))


def _contradictory_links(data: dict[str, Any]) -> None:
    both = ["X", "Y"]
    data["links"] = [{"type": "requires", "offers": both}, {"type": "exclusive", "offers": both}]


def _circle_of_links(data: dict[str, Any]) -> None:
    pairs = (["X", "Y"], ["Y", "X"])
    data["links"] = [{"type": "requires", "offers": pair} for pair in pairs]


def _floor_over_cap(data: dict[str, Any]) -> None:
    data["offers"][0].update(floor_ct=1_000, cap_ct=5)


def _rate_over_100(data: dict[str, Any]) -> None:
    data["offers"][0]["rates"] = [{"bp": 11_000}]


def _thousand_offers(data: dict[str, Any], n: int = 1_000) -> None:
    one = data["offers"][1]
    data |= {"offers": [{**one, "id": f"O{k}"} for k in range(n)], "links": []}


def _too_many_offers(data: dict[str, Any]) -> None:
    _thousand_offers(data, 1_001)
