"""The generator ``synthetic-1`` of the paper: whole numbers only, so every language gives the same.

Draws happen in the order of the text. Money is whole euro here; ``make_case`` turns an instance
into a case of the product, with a rule-book of its own (``synthetic_book``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MASK: Final = (1 << 64) - 1
REGIONS: Final = [
    "DE11",
    "DE21",
    "FRK2",
    "ITC4",
    "ITH1",
    "AT33",
    "AT32",
    "SI04",
    "CH04",
    "FRL0",
    "ITH2",
    "DE27",
]
KINDS: Final = [
    "cluster",
    "public",
    "research",
    "cluster",
    "public",
    "small",
    "cluster",
    "medium",
    "research",
    "small",
    "cluster",
    "large",
]
IN_BUSINESS: Final = ("small", "medium", "large", "cluster")
DRAWN: Final = [
    "staff",
    "staff",
    "staff",
    "external",
    "external",
    "travel",
    "equipment",
    "training",
    "fairs",
    "external",
]
CATEGORIES: Final = ["staff", "external", "travel", "equipment", "training", "fairs"]
COUNTRIES: Final = ["DE", "FR", "IT", "AT", "SI"]
NATIONS: Final = ["DE", "FR", "IT", "AT", "SI", "CH", "DE", "IT"]
RATES: Final = {
    "eu": (50, 60, 70, 75, 90),
    "interreg": (75, 80, 85),
    "national": (30, 40, 50, 60),
    "regional": (30, 40, 50, 60, 70),
}
PERIODS: Final = 12
PACKAGES: Final = 8
THEMES: Final = 6


class Splitmix:
    """The random source splitmix64."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def next(self) -> int:
        """Return the next 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        return self.next() % n

    def pick[T](self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]


@dataclass(frozen=True, slots=True)
class SyntheticLine:
    """A cost in euro of partner 0..11 in package 0..7."""

    partner: int
    package: int
    category: str
    amount: int
    quarter: int


@dataclass(frozen=True, slots=True)
class SyntheticOffer:
    """An offer; amounts in euro except ``partner_cap_ct``; ``group`` excludes per partner."""

    family: str
    area: frozenset[int]
    rate: int
    cap: int
    min_partners: int
    min_countries: int
    effort: int
    partner_effort: int
    floor: int
    categories: tuple[str, ...]
    themes: frozenset[int]
    window: tuple[int, int]
    kinds: frozenset[str]
    partner_cap_ct: int
    prepay: int
    lag: int
    basis: str
    group: int | None
    is_union: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """Partners are fixed; ``used`` is the de minimis history of each in euro."""

    seed: int
    used: tuple[int, ...]
    lines: tuple[SyntheticLine, ...]
    offers: tuple[SyntheticOffer, ...]

    def is_cell(self, offer: SyntheticOffer, line: SyntheticLine, *, filtered: bool) -> bool:
        """Say whether a line may be declared to an offer, before intensities."""
        first, last = offer.window
        return (
            line.partner in offer.area
            and line.category in offer.categories
            and KINDS[line.partner] in offer.kinds
            and first <= line.quarter <= last
            and (not filtered or line.package % THEMES in offer.themes)
            and intensity(offer.basis, KINDS[line.partner], line.category) > 0
        )

    def n_cells(self, *, filtered: bool) -> int:
        """Count the cells before offers without enough of anything are dropped."""
        return sum(
            self.is_cell(offer, line, filtered=filtered)
            for offer in self.offers
            for line in self.lines
        )


def make_instance(n_offers: int, seed: int) -> Instance:
    """Draw an instance."""
    source = Splitmix(seed)
    used = tuple(10_000 * source.below(13) if kind in IN_BUSINESS else 0 for kind in KINDS)
    lines = tuple(_lines(source))
    offers = tuple(_offer(source, n_offers) for _ in range(n_offers))
    return Instance(seed, used, lines, offers)


def intensity(basis: str, kind: str, category: str) -> int:
    """Return the greatest aid in per cent of a cost; 100 where there is none, 0 not eligible."""
    if basis in ("none", "DM") or kind in ("public", "research"):
        return 100
    if basis == "GB-20'":
        return 100 if kind == "cluster" else 80
    if kind == "cluster":
        return 50
    if category in ("staff", "equipment", "training"):
        return {"small": 70, "medium": 60, "large": 50}[kind]
    return 0 if kind == "large" else 50


def _lines(source: Splitmix) -> list[SyntheticLine]:
    found = []
    for partner in range(len(REGIONS)):
        for package in range(PACKAGES):
            for _ in range(2 + source.below(2)):
                found.append(_line(source, partner, package))  # noqa: PERF401 - draws in order
    return found


def _line(source: Splitmix, partner: int, package: int) -> SyntheticLine:
    category = DRAWN[source.below(10)]
    amount = (4 + source.below(57)) * 1_000
    amount = amount // 2 if category in ("travel", "fairs") else amount
    return SyntheticLine(partner, package, category, amount, source.below(PERIODS))


def _offer(source: Splitmix, n_offers: int) -> SyntheticOffer:
    family = _family(source.below(100))
    area = _area(source, family)
    rate = source.pick(RATES[family])
    cap = _cap(source, family)
    partners, countries = _least(source, family)
    effort, partner_effort, floor = _charges(source, family)
    categories = _categories(source)
    themes = frozenset(source.below(THEMES) for _ in range(2 + source.below(2)))
    first = source.below(7)
    window = (first, min(PERIODS - 1, first + 5 + source.below(4)))
    kinds = _kinds(source)
    partner_cap_ct = cap * 100 if partners == 1 else cap * 100 * (40 + source.below(21)) // 100
    prepay = source.pick((0, 0, 10, 20, 40))
    lag = 1 + source.below(4)
    basis = _basis(family, source.below(6))
    group = source.below(max(2, n_offers // 4)) if source.below(3) == 0 else None
    is_drawn = source.below(3) == 0  # drawn for every family, as the checksums show
    is_union = family in ("eu", "interreg") or is_drawn
    return SyntheticOffer(
        family, area, rate, cap, partners, countries, effort, partner_effort, floor, categories,
        themes, window, kinds, partner_cap_ct, prepay, lag, basis, group, is_union,
    )  # fmt: skip


def _family(drawn: int) -> str:
    for below, family in ((15, "eu"), (30, "interreg"), (60, "national")):
        if drawn < below:
            return family
    return "regional"


def _area(source: Splitmix, family: str) -> frozenset[int]:
    if family == "eu":
        return _in_countries(set(COUNTRIES))
    if family == "interreg":
        dropped = {source.below(5), source.below(5)}
        return _in_countries({c for i, c in enumerate(COUNTRIES) if i not in dropped})
    if family == "national":
        return _in_countries({source.pick(NATIONS)})
    first = source.below(12)
    if source.below(2) == 0:
        return frozenset({first})
    return frozenset({first, (first + 1 + source.below(11)) % 12})


def _in_countries(countries: set[str]) -> frozenset[int]:
    return frozenset(p for p, region in enumerate(REGIONS) if region[:2] in countries)


def _cap(source: Splitmix, family: str) -> int:
    least, n = {"eu": (30, 91), "interreg": (20, 61), "national": (5, 26), "regional": (2, 14)}[
        family
    ]
    return (least + source.below(n)) * 10_000


def _least(source: Splitmix, family: str) -> tuple[int, int]:
    if family == "eu":
        return 3 + source.below(2), 3
    return (3, 2 + source.below(2)) if family == "interreg" else (1, 1)


def _charges(source: Splitmix, family: str) -> tuple[int, int, int]:
    below = source.below
    if family == "eu":
        return (6 + below(13)) * 1_000, (2 + below(4)) * 500, (10 + below(11)) * 10_000
    if family == "interreg":
        return (5 + below(8)) * 1_000, (2 + below(3)) * 500, (8 + below(8)) * 10_000
    if family == "national":
        return (3 + below(8)) * 500, (1 + below(2)) * 500, (2 + below(3)) * 10_000
    return (1 + below(5)) * 500, 500, (1 + below(2)) * 5_000


def _categories(source: Splitmix) -> tuple[str, ...]:
    n, left = 3 + source.below(3), list(CATEGORIES)
    while len(left) > n:
        left.pop(source.below(len(left)))
    return tuple(left)


def _kinds(source: Splitmix) -> frozenset[str]:
    kinds = set(KINDS)
    if source.below(3) == 0:
        kinds.discard("large")
    if source.below(4) == 0:
        kinds -= {"public", "research"}
    elif source.below(4) == 0:
        kinds -= {"small", "medium", "large"}
    return frozenset(kinds)


def _basis(family: str, drawn: int) -> str:
    if family == "eu":
        return "none"
    if family == "interreg":
        return "GB-20'"
    return "DM" if drawn == 0 else "GBER"
