"""Step 15: how offers hang together: exclusive, required, paired, Seal of Excellence."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.records import Link
from alpclusters.analysis.funding.check.amounts import Amounts, by_partner
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import NOTHING, Findings, fault, together
from alpclusters.analysis.funding.check.ground import Ground


def link_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield the position of each link."""
    yield from ((str(at),) for at in range(len(ground.case.links)))


def links_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the links that an offer is in."""
    for at, link in enumerate(ground.case.links):
        if cell.offer in link.offers:
            yield (str(at),)


def judge_link(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check one link of the case."""
    link, pointer = ground.case.links[int(key[0])], f"/links/{key[0]}"
    used = [name for name in link.offers if amounts.is_used(name)]
    if link.type in ("exclusive", "alternative"):
        return _exclusive(used, pointer)
    if link.type == "exclusive_per_partner":
        return _exclusive_partner(ground, amounts, used, pointer)
    if link.type == "requires":
        return _requires(link, used, pointer)
    return _paired(amounts, link, pointer) if used else NOTHING


def _exclusive(used: list[str], pointer: str) -> Findings:
    if len(used) < 2:  # noqa: PLR2004 - one alone excludes nothing
        return NOTHING
    return fault("link_exclusive", pointer, "case.link", offers=", ".join(used))


def _exclusive_partner(ground: Ground, amounts: Amounts, used: list[str], pointer: str) -> Findings:
    takers = {name: set(by_partner(amounts.by_offer[name], ground)) for name in used}
    found = []
    for one, other in combinations(used, 2):
        for partner in sorted(takers[one] & takers[other]):
            offers = f"{one}, {other}"
            found.append(
                fault(
                    "link_exclusive_partner", pointer, "case.link", partner=partner, offers=offers
                )
            )
    return together(found)


def _requires(link: Link, used: list[str], pointer: str) -> Findings:
    first, rest = link.offers[0], link.offers[1:]
    missing = [name for name in rest if name not in used]
    if first not in used or not missing:
        return NOTHING
    return fault("link_requires", pointer, "case.link", offer=first, missing=", ".join(missing))


def _paired(amounts: Amounts, link: Link, pointer: str) -> Findings:
    """Two grants in a fixed ratio on each cost, to one cent each; neither is there alone."""
    missing = [name for name in link.offers if not amounts.is_used(name)]
    if missing:
        there = next(name for name in link.offers if amounts.is_used(name))
        return fault("link_paired_alone", pointer, "case.link", offer=there, missing=missing[0])
    one, other = (_by_line(amounts, name) for name in link.offers[:2])
    first, second = link.ratio or (1, 1)
    found = []
    for line in sorted({*one, *other}):
        apart = abs(one.get(line, 0) * second - other.get(line, 0) * first)
        if apart > first + second:
            figures = {"line": line, "ratio": f"{first}:{second}", "offers": ", ".join(link.offers)}
            found.append(fault("link_paired_ratio", pointer, "case.link", **figures))
    return together(found)


def _by_line(amounts: Amounts, offer: str) -> Mapping[str, int]:
    return {cell.line: cell.grant_ct for cell in amounts.by_offer[offer]}


def seal_keys(ground: Ground, _amounts: Amounts) -> Iterator[Key]:
    """Yield offers that take up a proposal which another rejected."""
    yield from ((offer.id,) for offer in ground.case.offers if offer.seal_of)


def seals_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the Seal offers that a cell's offer is or belongs to."""
    for offer in ground.case.offers:
        if offer.seal_of and cell.offer in (offer.id, offer.seal_of):
            yield (offer.id,)


def judge_seal(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """A Seal offer and the call of the Seal exclude each other (method's paper, C19)."""
    offer = ground.offers[key[0]]
    call = offer.seal_of or ""
    if not (amounts.is_used(offer.id) and amounts.is_used(call)):
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/seal_of"
    return fault("seal_with_call", pointer, "SE-1", offer=offer.id, call=call)
