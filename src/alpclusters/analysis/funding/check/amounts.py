"""A mix in cents, looked up by offer, by line and by partner."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check.ground import Ground

type Place = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """The cells of a mix.

    Attributes
    ----------
    cells : mapping of (str, str) to Cell
        By offer and line, as stated; also those that the case does not know.
    doubled : frozenset of (str, str)
        Cells that were stated twice; the last stands.
    by_offer, by_line, by_partner : mapping of str to sequence of Cell
        Cells with a declared cost above 0 whose offer and line the case knows, in order of offer
        and line. Amounts below 0 are violations and hide nothing here: they are left out.
    """

    cells: Mapping[Place, Cell]
    doubled: frozenset[Place]
    by_offer: Mapping[str, Sequence[Cell]]
    by_line: Mapping[str, Sequence[Cell]]
    by_partner: Mapping[str, Sequence[Cell]]

    def is_used(self, offer: str) -> bool:
        """Say whether something is declared to an offer."""
        return offer in self.by_offer

    def grants(self, offer: str) -> int:
        """Return what an offer grants in all."""
        return sum(cell.grant_ct for cell in self.by_offer.get(offer, ()))

    def takes_part(self, offer: str, partner: str, ground: Ground) -> bool:
        """Say whether a partner declares something to an offer."""
        cells = self.by_offer.get(offer, ())
        return any(ground.lines[cell.line].partner == partner for cell in cells)


def amounts_of(cells: Iterable[Cell], ground: Ground) -> Amounts:
    """Look up cells by what they are about."""
    stated: dict[Place, Cell] = {}
    doubled: set[Place] = set()
    for cell in cells:
        place = (cell.offer, cell.line)
        if place in stated:
            doubled.add(place)
        stated[place] = cell
    return _indexed(stated, frozenset(doubled), ground)


def changed(amounts: Amounts, cell: Cell, ground: Ground) -> Amounts:
    """Return a mix with one cell changed, added, or removed (nothing declared, nothing granted)."""
    place = (cell.offer, cell.line)
    cells = {**amounts.cells, place: cell}
    if cell.declared_ct == 0 and cell.grant_ct == 0:
        del cells[place]
    return _indexed(cells, amounts.doubled - {place}, ground)


def cells_of_group(amounts: Amounts, group: str, ground: Ground) -> list[Cell]:
    """Return the cells of all partners of a single undertaking."""
    partners = ground.partners_of.get(group, ())
    return [cell for partner in partners for cell in amounts.by_partner.get(partner, ())]


def by_partner(cells: Iterable[Cell], ground: Ground) -> Mapping[str, list[Cell]]:
    """Return cells by the partner whose cost they pay."""
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[ground.lines[cell.line].partner].append(cell)
    return found


def _indexed(cells: Mapping[Place, Cell], doubled: frozenset[Place], ground: Ground) -> Amounts:
    by_offer: dict[str, list[Cell]] = defaultdict(list)
    by_line: dict[str, list[Cell]] = defaultdict(list)
    known = [cell for cell in cells.values() if _counts(cell, ground)]
    for cell in sorted(known):
        by_offer[cell.offer].append(cell)
        by_line[cell.line].append(cell)
    partners = by_partner(sorted(known), ground)
    return Amounts(cells, doubled, dict(by_offer), dict(by_line), dict(partners))


def _counts(cell: Cell, ground: Ground) -> bool:
    is_known = cell.offer in ground.offers and cell.line in ground.lines
    return is_known and cell.declared_ct > 0 and cell.grant_ct >= 0
