"""Parts of a case that cannot all hold: bounds, needs, links of offers, quarters and days."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Part, Pointer, parts
from alpclusters.analysis.funding.rulebooks.days import BY_DATE, READINGS

# --- Bounds of offers and wishes that contradict themselves ---------------------------------------


NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "use": ("offer",),
    "avoid": ("offer",),
    "min_total": ("amount_ct",),
    "min_partner": ("partner", "amount_ct"),
    "max_offers": ("count",),
    "fund_line": ("line", "amount_ct"),
}
FREE: Final = {"type", "weight"}


def check_bounds(data: Part, faults: Faults) -> None:
    """Note floors above caps, and wishes with too little or too much said."""
    for at, offer in parts(data, "offers"):
        floor, cap = offer.get("floor_ct", 0), offer.get("cap_ct")
        if cap is not None and floor > cap:
            faults.add((*at, "floor_ct"), "floor_over_cap", found=floor, high=cap)
        least, most = offer.get("min_partners", 1), offer.get("max_partners")
        if most is not None and least > most:
            faults.add((*at, "min_partners"), "minimum_over_maximum", found=least, high=most)
        _check_success(at, offer, faults)
    for at, wish in parts(data, "wishes"):
        if "type" not in wish:
            continue
        for name in NEEDED[wish["type"]]:
            if name not in wish:
                faults.add(at, "missing_field", field=name)
        for name in wish.keys() - FREE - set(NEEDED[wish["type"]]):
            faults.add((*at, name), "unwanted_field", field=name, kind=wish["type"])


def _check_success(at: Pointer, offer: Part, faults: Faults) -> None:
    """Note statistics with more grants than applications, and chances of what nobody refuses."""
    said = offer.get("success") or {}
    granted, applied = said.get("granted"), said.get("applied")
    for name in ("granted", "applied") if said else ():
        if "share_bp" not in said and name not in said:
            faults.add((*at, "success"), "missing_field", field=name)
        if "share_bp" in said and name in said:
            faults.add((*at, "success", name), "unwanted_field", field=name, kind="share_bp")
    if granted is not None and applied is not None and granted > applied:
        faults.add((*at, "success", "granted"), "more_granted", found=granted, high=applied)
    if offer.get("award") == "by_right":
        for name in ("success", "success_bp"):
            if name in offer:
                faults.add((*at, name), "unwanted_field", field=name, kind="by_right")


# --- What offers bring in with them: by need, and by being paired ---------------------------------


AT_MOST: Final = 1


class Needs:
    """Offers as a graph; sets of offers are bits of whole numbers, as there may be a thousand."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._next: dict[str, dict[str, Pointer]] = {}
        self._pairs: dict[str, list[str]] = {}
        self._closed: dict[str, int] | None = None
        self._circles: list[tuple[Pointer, str]] = []

    def add(self, offer: str, needed: str, at: Pointer) -> None:
        """Say that an offer needs another."""
        self._know(offer, needed)
        self._next[offer].setdefault(needed, at)

    def join(self, one: str, other: str) -> None:
        """Say that two offers are nothing without each other."""
        self._know(one, other)
        self._pairs[one].append(other)
        self._pairs[other].append(one)

    def circles(self) -> list[tuple[Pointer, str]]:
        """Return the links that close a circle of needs, with an offer on it."""
        self._close()
        return self._circles

    def brings(self, apart: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
        """Return the first offer that would bring in two of some that exclude one another."""
        closed = self._close()
        mask = sum(self._bits.get(name, 0) for name in apart)
        for offer, brought in closed.items():
            if (brought & mask).bit_count() > AT_MOST:
                both = tuple(name for name in apart if brought & self._bits.get(name, 0))
                return offer, both
        return None

    def _know(self, *offers: str) -> None:
        for offer in offers:
            self._bits.setdefault(offer, 1 << len(self._bits))
            self._next.setdefault(offer, {})
            self._pairs.setdefault(offer, [])

    def _close(self) -> dict[str, int]:
        """Return what each offer brings in, itself included, as bits; walked once, depth first."""
        if self._closed is None:
            self._closed = {}
            for offer in self._bits:
                self._walk(offer, self._closed)
        return self._closed

    def _walk(self, start: str, closed: dict[str, int]) -> None:
        open_ = {start: self._around(start)}
        while open_ and start not in closed:
            offer = next(reversed(open_))
            for other, at in open_[offer]:
                if other in open_ and at is not None:
                    self._circles.append((at, other))
                elif other not in closed and other not in open_:
                    open_[other] = self._around(other)
                    break
            else:
                del open_[offer]
                closed[offer] = self._union(offer, closed)
        self._spread(closed)

    def _around(self, offer: str) -> Iterator[tuple[str, Pointer | None]]:
        yield from self._next[offer].items()
        yield from ((other, None) for other in self._pairs[offer])

    def _union(self, offer: str, closed: dict[str, int]) -> int:
        mask = self._bits[offer]
        for other in (*self._next[offer], *self._pairs[offer]):
            mask |= closed.get(other, self._bits[other])
        return mask

    def _spread(self, closed: dict[str, int]) -> None:
        """Give paired offers what the other one brings in."""
        for offer in [offer for offer, others in self._pairs.items() if others]:
            if offer in closed:
                closed[offer] = self._union(offer, closed)


# --- Links between offers that cannot all hold ----------------------------------------------------


APART: Final = ("exclusive", "alternative")
PAIR: Final = 2
# Over all links; circles are looked for in time that grows with them.
MOST_NAMED: Final = 20_000


def check_ties(data: Part, faults: Faults) -> None:
    """Note circles of needs, needs of what is excluded, and pairs that are none."""
    named = sum(len(link.get("offers", ())) for _, link in parts(data, "links"))
    if named > MOST_NAMED:
        faults.add(("links",), "too_many_items", n=named, high=MOST_NAMED)
        return
    needs = Needs()
    for at, link in parts(data, "links"):
        _check_link(at, link, faults)
        _take(at, link, needs)
    for at, offer in needs.circles():
        faults.add((*at, "offers"), "link_cycle", found=offer)
    _check_contradictions(data, needs, faults)


def _check_link(at: Pointer, link: Part, faults: Faults) -> None:
    names = link.get("offers", ())
    for place, name in enumerate(names):
        if name and name in names[:place]:
            first = f"{place}"
            faults.add((*at, "offers", place), "duplicate_id", found=name, first=first)
    if link.get("type") == "paired" and len(names) > PAIR:
        faults.add((*at, "offers"), "wrong_count", n=len(names), expected=PAIR)
    if "ratio" in link and link.get("type", "paired") != "paired":
        faults.add((*at, "ratio"), "unwanted_field", field="ratio", kind=link["type"])


def _take(at: Pointer, link: Part, needs: Needs) -> None:
    names = [name for name in link.get("offers", ()) if name]
    if link.get("type") == "requires" and names:
        for other in names[1:]:
            needs.add(names[0], other, at)
    if link.get("type") == "paired" and len(names) == PAIR:
        needs.join(names[0], names[1])


def _check_contradictions(data: Part, needs: Needs, faults: Faults) -> None:
    """Note where one offer would bring in two that exclude each other."""
    for at, link in parts(data, "links"):
        if link.get("type") not in APART:
            continue
        apart = [name for name in dict.fromkeys(link.get("offers", ())) if name]
        if found := needs.brings(apart):
            offer, both = found
            faults.add((*at, "offers"), "link_contradiction", found=offer, both=", ".join(both))


# --- Quarters and days of a case: inside its time, and the right way round ------------------------


def check_spans(data: Part, faults: Faults) -> None:
    """Note quarters outside the case and spans whose end lies before their start."""
    count = data.get("periods", {}).get("count")
    for at, period in _periods(data):
        if count is not None and period >= count:
            faults.add(at, "period_outside", found=period, low=0, high=count - 1)
    for at, first, last in _spans(data):
        if first > last:
            faults.add(at, "window_reversed", first=first, last=last)
    for at, offer in parts(data, "offers"):
        if "opens" in offer and "closes" in offer and offer["opens"] > offer["closes"]:
            ends = {"first": str(offer["opens"]), "last": str(offer["closes"])}
            faults.add((*at, "closes"), "window_reversed", **ends)


def _periods(data: Part) -> Iterator[tuple[Pointer, int]]:
    for at, line in parts(data, "lines"):
        if "period" in line:
            yield (*at, "period"), line["period"]
    for at, package in parts(data, "work_packages"):
        for end in ("start", "end"):
            if end in package:
                yield (*at, end), package[end]
    for at, offer in parts(data, "offers"):
        for end, period in offer.get("window", {}).items():
            yield (*at, "window", end), period


def _spans(data: Part) -> Iterator[tuple[Pointer, int, int]]:
    for at, offer in parts(data, "offers"):
        window = offer.get("window", {})
        if "from" in window and "to" in window:
            yield (*at, "window"), window["from"], window["to"]
    for at, package in parts(data, "work_packages"):
        if "start" in package and "end" in package:
            yield (*at, "end"), package["start"], package["end"]


# --- Whether the rule-books cover the days of a case ----------------------------------------------


# In the order in which they count: as granted, as planned, the end of the call.
DAYS: Final = ("grant_date", "decided_on", "closes")


def check_days(data: Part, books: tuple[str, ...], first: dt.date, faults: Faults) -> None:
    """Note a rule-book that does not exist, and grants on days that no book covers."""
    book = data.get("rulebook", BY_DATE)
    if book not in (*READINGS, *books):
        expected = ", ".join((*READINGS, *books))
        faults.add(("rulebook",), "rulebook_gap", found=book, expected=expected)
    for at, offer in parts(data, "offers"):
        name = next((name for name in DAYS if name in offer), None)
        if name is not None and offer[name] < first:
            day = {"found": str(offer[name]), "expected": f"{first} –"}
            faults.add((*at, name), "rulebook_gap", **day)
