"""Rows of offers: links, caps, floors, partners, countries, shares (C1 to C6, C13)."""

from typing import Final, Literal

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP
from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.partnerships import MEMBER_STATES
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.rows import Rows

type Form = Literal["strong", "short"]

# Who takes part declares something: a cent is the least there is.
LEAST_DECLARED: Final = 0.01
INF: Final = float("inf")


def add_offer_rows(rows: Rows, columns: Columns, form: Form) -> None:
    """Add all rows that speak of one offer."""
    if form == "strong":
        _add_links(rows, columns)
    _add_partner_sums(rows, columns)
    _add_participations(rows, columns)
    _add_caps_and_floors(rows, columns)
    _add_least_partners(rows, columns)
    _add_countries(rows, columns)
    _add_beneficiaries(rows, columns)
    _add_shares(rows, columns)


def _add_links(rows: Rows, columns: Columns) -> None:
    """C1: ``d <= c z``, with the least of all bounds on d in place of c."""
    n = len(columns.problem.cells)
    one, here = np.ones(n), np.arange(n)
    entries = [(here, here, one), (here, columns.z + columns.cell_pair, -columns.most)]
    rows.add("C1", _cell_names(columns), entries, -INF, 0.0)


def _add_partner_sums(rows: Rows, columns: Columns) -> None:
    """C1': ``sum r d <= most z`` and C4: ``least z <= sum d``, for each participation."""
    n, cells = len(columns.pairs), np.arange(len(columns.problem.cells))
    pair, here, one = columns.cell_pair, np.arange(n), np.ones(n)
    names = _pair_names(columns)
    entries = [(pair, cells, columns.rate), (here, columns.z + here, -_pair_most(columns))]
    rows.add("C1'", names, entries, -INF, 0.0)
    floors = _pair_floors(columns)
    entries = [(pair, cells, np.ones(len(cells))), (here, columns.z + here, -floors * one)]
    rows.add("C4-floor", names, entries, 0.0, INF)


def _pair_most(columns: Columns) -> FloatArray:
    most = np.zeros(len(columns.pairs))
    np.add.at(most, columns.cell_pair, columns.rate * columns.most)
    caps = np.array(
        [INF if t.partner_cap_ct is None else t.partner_cap_ct / CENTS for t in columns.terms]
    )
    return np.minimum(most, caps[columns.pairs[:, 0]]) if len(most) else most


def _pair_floors(columns: Columns) -> FloatArray:
    partners = columns.problem.case.partners
    floors = [
        columns.terms[offer].partner_floor(partners[partner].id) / CENTS
        for offer, partner in columns.pairs.tolist()
    ]
    return np.array([max(floor, LEAST_DECLARED) for floor in floors])


def _add_participations(rows: Rows, columns: Columns) -> None:
    """C2: ``z <= y``."""
    n = len(columns.pairs)
    here, one = np.arange(n), np.ones(n)
    entries = [(here, columns.z + here, one), (here, columns.y + columns.pairs[:, 0], -one)]
    rows.add("C2", _pair_names(columns), entries, -INF, 0.0)


def _add_caps_and_floors(rows: Rows, columns: Columns) -> None:
    """C3: ``floor y <= sum r d <= cap y``."""
    capped = [i for i, t in enumerate(columns.terms) if t.cap_ct is not None]
    caps = np.array([(columns.terms[i].cap_ct or 0) / CENTS for i in capped])
    rows.add("C3-cap", _names(columns, capped), _grants(columns, capped, caps), -INF, 0.0)
    floored = [i for i, t in enumerate(columns.terms) if t.floor_ct > 0]
    floors = np.array([columns.terms[i].floor_ct / CENTS for i in floored])
    rows.add("C3-floor", _names(columns, floored), _grants(columns, floored, floors), 0.0, INF)


def _grants(
    columns: Columns, offers: list[int], bound: FloatArray
) -> list[tuple[IntArray, IntArray, FloatArray]]:
    """Return ``sum r d - bound y`` for some offers."""
    place = np.full(len(columns.terms), -1)
    place[offers] = np.arange(len(offers))
    row = place[columns.cell_offer] if len(columns.terms) else columns.cell_offer
    cells = np.flatnonzero(row >= 0)
    here = np.arange(len(offers))
    used = columns.y + np.array(offers, dtype=np.int64)
    return [(row[cells], cells, columns.rate[cells]), (here, used, -bound)]


def _add_least_partners(rows: Rows, columns: Columns) -> None:
    """C5: participations between the least and the greatest number of partners.

    Partners that take part without support count for the least number only.
    """
    for i, terms in enumerate(columns.terms):
        pairs = np.flatnonzero(columns.pairs[:, 0] == i)
        silent = int(columns.problem.silent[columns.offers[i]].sum())
        least = max(terms.min_partners - silent, 1)
        taking = [(columns.z + int(pair), 1.0) for pair in pairs]
        used = columns.y + i
        rows.add_one("C5", f"offer:{terms.id}", [*taking, (used, -float(least))], 0.0, INF)
        if terms.max_partners is not None and terms.max_partners < len(pairs):
            most = -float(terms.max_partners)
            rows.add_one("C5-most", f"offer:{terms.id}", [*taking, (used, most)], -INF, 0.0)


def _add_countries(rows: Rows, columns: Columns) -> None:
    """C5: a country is present through one of its partners; so many have to be."""
    place = {key: columns.v + i for i, key in enumerate(columns.countries)}
    taking: dict[tuple[int, str], list[tuple[int, float]]] = {}
    for offer, pair, country in columns.presences:
        taking.setdefault((offer, country), []).append((columns.z + pair, -1.0))
    for (offer, country), terms in taking.items():
        if not _is_silent(columns, offer, country):
            name = f"offer:{columns.terms[offer].id}:{country}"
            rows.add_one("C5-country", name, [(place[offer, country], 1.0), *terms], -INF, 0.0)
    for offer in dict.fromkeys(offer for offer, _ in columns.countries):
        present = [(at, 1.0) for (o, _), at in place.items() if o == offer]
        least = columns.problem.least[int(columns.offers[offer])][0]
        least -= len(_silent_countries(columns, offer) - {c for o, c in place if o == offer})
        name = f"offer:{columns.terms[offer].id}"
        used = (columns.y + offer, -float(least))
        rows.add_one("C5-countries", name, [*present, used], 0.0, INF)


def _is_silent(columns: Columns, offer: int, country: str) -> bool:
    return country in _silent_countries(columns, offer)


def _silent_countries(columns: Columns, offer: int) -> set[str]:
    silent = columns.problem.silent[columns.offers[offer]]
    return {columns.problem.case.partners[p].country for p in np.flatnonzero(silent)}


def _add_beneficiaries(rows: Rows, columns: Columns) -> None:
    """C5: so many beneficiaries from Member States (Reg. 2021/1059 Art. 23(1))."""
    partners = columns.problem.case.partners
    for i, terms in enumerate(columns.terms):
        least = columns.problem.least[int(columns.offers[i])][1]
        if least:
            taking = [
                (columns.z + pair, 1.0)
                for pair, (offer, partner) in enumerate(columns.pairs.tolist())
                if offer == i and partners[partner].country in MEMBER_STATES
            ]
            used = (columns.y + i, -float(least))
            rows.add_one("C5-states", f"offer:{terms.id}", [*taking, used], 0.0, INF)


def _add_shares(rows: Rows, columns: Columns) -> None:
    """C6: one partner's part of the grant; C13: the part for costs outside the area."""
    outside = columns.problem.lines.is_outside[columns.problem.cells.line]
    for i, terms in enumerate(columns.terms):
        cells = np.flatnonzero(columns.cell_offer == i)
        if terms.max_share_bp is not None:
            for partner in np.unique(columns.cell_partner[cells]):
                of_partner = columns.cell_partner[cells] == partner
                name = f"offer:{terms.id}:{columns.problem.case.partners[int(partner)].id}"
                _add_share(rows, columns, ("C6", name), cells, of_partner, terms.max_share_bp)
        if terms.outside_bp is not None:
            name = f"offer:{terms.id}"
            _add_share(rows, columns, ("C13", name), cells, outside[cells], terms.outside_bp)


def _add_share(
    rows: Rows,
    columns: Columns,
    name: tuple[str, str],
    cells: IntArray,
    part: BoolArray,
    share_bp: int,
) -> None:
    if not part.any() or share_bp >= FULL_BP:
        return
    values = columns.rate[cells] * (part.astype(np.float64) - share_bp / FULL_BP)
    where = np.zeros(len(cells), dtype=np.int64)
    rows.add(name[0], (name[1],), [(where, cells, values)], -INF, 0.0)


def _cell_names(columns: Columns) -> list[str]:
    cells = columns.problem.cells
    return [f"cell:{o}:{x}" for o, x in zip(cells.offer.tolist(), cells.line.tolist(), strict=True)]


def _pair_names(columns: Columns) -> list[str]:
    partners = columns.problem.case.partners
    return [f"offer:{columns.terms[o].id}:{partners[p].id}" for o, p in columns.pairs.tolist()]


def _names(columns: Columns, offers: list[int]) -> list[str]:
    return [f"offer:{columns.terms[i].id}" for i in offers]
