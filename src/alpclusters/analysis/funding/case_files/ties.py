"""Links between offers that cannot all hold."""

from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.needs import Needs
from alpclusters.analysis.funding.case_files.parts import Part, parts

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
