"""Exact reductions: offers that cannot be used leave, lines that are alike become one."""

from collections import defaultdict
from collections.abc import Collection, Hashable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.funding.case import FULL_BP, Case, Offer
from alpclusters.analysis.funding.mix.cells import FREE, Cells, IntArray
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.mix.partnerships import (
    MEMBER_STATES,
    least_partnership,
    silent_partners,
)
from alpclusters.analysis.funding.mix.problem import Dropped, Lines


def drop_offers(case: Case, law: Law, cells: Cells) -> tuple[Cells, tuple[Dropped, ...]]:
    """Leave out offers that cannot reach their floor, partners or countries with all their cells.

    Cells of partners that cannot reach their own floor leave too.
    """
    cells = _without_weak_partners(case, cells)
    dropped = []
    kept = np.ones(len(cells), dtype=np.bool_)
    costs = np.array([line.cost_ct for line in case.lines], dtype=np.int64)
    partners = line_partners(case)
    by_offer = _by_offer(cells)
    silent = silent_partners(case, law)
    for i, offer in enumerate(case.offers):
        members = by_offer.get(i, np.zeros(0, dtype=np.int64))
        grants = costs[cells.line[members]] * cells.bp[members]
        taking = {int(p) for p in np.unique(partners[cells.line[members]])}
        reason = _reason(offer, int(grants.sum()) // FULL_BP, taking)
        if reason is None:
            everybody = taking | {int(p) for p in np.flatnonzero(silent[i])}
            reason = _missing(case, everybody, offer.min_partners, least_partnership(law, offer))
        if reason is not None:
            dropped.append(Dropped(offer.id, reason))
            kept[members] = False
    return cells.where(kept), tuple(dropped)


def merge_lines(
    case: Case, cells: Cells, classes: IntArray, averages: Collection[int] = ()
) -> tuple[Cells, Lines]:
    """Make one line of those that differ in nothing but their cost; leave out lines without cells.

    Notes
    -----
    Alike: partner, period, kind of line, outside or not, and the same offers at the same rates and
    articles. A line that a wish names stays alone, and one on which what is used decides which
    ceiling holds: each line decides for itself. ``averages`` are articles of averages.
    """
    alone = {wish.line for wish in case.wishes if wish.line is not None}
    alone |= _deciding(case, cells, averages)
    offers: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    terms = (cells.offer, cells.line, cells.bp, cells.aid, cells.limit)
    for offer, line, *rest in zip(*(term.tolist() for term in terms), strict=True):
        offers[line].append((offer, *rest))
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(offers):
        line = case.lines[i]
        name = line.id if line.id in alone else ""
        alike = (line.partner, line.period, int(classes[i]), line.outside, name)
        groups[alike, tuple(offers[i])].append(i)
    members = sorted(tuple(group) for group in groups.values())
    return _renumbered(cells, members), _lines(case, members)


def _deciding(case: Case, cells: Cells, averages: Collection[int]) -> set[str]:
    """Return lines where more than one ceiling of aid is possible."""
    central = np.array([offer.origin == "union_central" for offer in case.offers])
    found = set()
    for line in np.unique(cells.line[cells.aid >= 0]).tolist():
        here = cells.line == line
        aids = set(cells.aid[here].tolist()) - {FREE}
        is_central = bool(central[cells.offer[here]].any())
        if len(aids) > 1 or is_central or not aids.isdisjoint(averages):
            found.add(case.lines[line].id)
    return found


def line_partners(case: Case) -> IntArray:
    """Return the partner of each line of a case by position."""
    numbers = {partner.id: i for i, partner in enumerate(case.partners)}
    return np.array([numbers[line.partner] for line in case.lines], dtype=np.int64)


def _by_offer(cells: Cells) -> dict[int, IntArray]:
    if not len(cells):
        return {}
    if not len(cells):
        return {}
    numbers, starts = np.unique(cells.offer, return_index=True)
    parts = np.split(np.arange(len(cells)), starts[1:])
    return dict(zip(numbers.tolist(), parts, strict=True))


def _without_weak_partners(case: Case, cells: Cells) -> Cells:
    n = len(case.partners)
    partners = line_partners(case)[cells.line]
    costs = np.array([line.cost_ct for line in case.lines], dtype=np.int64)[cells.line]
    key = cells.offer * n + partners
    sums = np.zeros(len(case.offers) * n, dtype=np.int64)
    np.add.at(sums, key, costs)
    floors = np.array(
        [offer.partner_floor(partner.id) for offer in case.offers for partner in case.partners],
        dtype=np.int64,
    )
    return cells.where((sums >= floors)[key]) if len(cells) else cells


def _reason(offer: Offer, most_ct: int, taking: set[int]) -> str | None:
    if not taking:
        return "no_cells"
    return "floor" if most_ct < offer.floor_ct else None


def _missing(case: Case, taking: set[int], partners: int, least: tuple[int, int]) -> str | None:
    countries = [case.partners[p].country for p in taking]
    if len(taking) < partners:
        return "partners"
    if len(set(countries)) < least[0]:
        return "countries"
    return "member_states" if sum(c in MEMBER_STATES for c in countries) < least[1] else None


def _renumbered(cells: Cells, members: list[tuple[int, ...]]) -> Cells:
    first = {group[0]: new for new, group in enumerate(members)}
    kept: NDArray[np.bool_] = np.isin(cells.line, list(first))
    left = cells.where(kept)
    lines = np.array([first[line] for line in left.line.tolist()], dtype=np.int64)
    return replace(left, line=lines)


def _lines(case: Case, members: list[tuple[int, ...]]) -> Lines:
    firsts = [case.lines[group[0]] for group in members]
    costs = [sum(case.lines[i].cost_ct for i in group) for group in members]
    partners = line_partners(case)
    return Lines(
        np.array([partners[group[0]] for group in members], dtype=np.int64),
        np.array([line.period for line in firsts], dtype=np.int64),
        np.array(costs, dtype=np.int64),
        np.array([line.outside for line in firsts], dtype=np.bool_),
        tuple(members),
    )
