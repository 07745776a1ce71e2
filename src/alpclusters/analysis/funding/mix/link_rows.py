"""Rows of links between offers: exclusive, requires, paired, Seal (C17 to C19); forbidden sets."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import Link
from alpclusters.analysis.funding.mix.columns import Columns
from alpclusters.analysis.funding.mix.rows import Rows

INF: Final = float("inf")
DIFFERENT: Final = 2


def add_link_rows(rows: Rows, columns: Columns) -> None:
    """Add the rows of all links and of Seal offers."""
    places = {terms.id: i for i, terms in enumerate(columns.terms)}
    for number, link in enumerate(columns.problem.case.links):
        name = f"link:{number}"
        if link.type in ("exclusive", "alternative"):
            _add_exclusive(rows, columns, name, [places[o] for o in link.offers if o in places])
        elif link.type == "exclusive_per_partner":
            _add_per_partner(rows, columns, name, [places[o] for o in link.offers if o in places])
        elif link.type == "requires":
            _add_requires(rows, columns, name, [places.get(o) for o in link.offers])
        else:
            _add_paired(rows, columns, name, link, [places.get(o) for o in link.offers])
    used = {int(offer): i for i, offer in enumerate(columns.offers)}
    for seal, other in columns.problem.seals:
        if seal in used and other in used:
            name = f"offer:{columns.problem.case.offers[seal].id}"
            _add_exclusive(rows, columns, name, [used[seal], used[other]], "C19")


def add_forbidden(rows: Rows, columns: Columns, forbidden: Iterable[frozenset[str]]) -> None:
    """Ask for a set of offers that differs from known ones in at least two."""
    for number, known in enumerate(forbidden):
        terms = [
            (columns.y + i, -1.0 if offer.id in known else 1.0)
            for i, offer in enumerate(columns.terms)
        ]
        n_known = sum(value < 0 for _, value in terms)
        rows.add_one("forbidden", f"set:{number}", terms, float(DIFFERENT - n_known), INF)


def _add_exclusive(
    rows: Rows, columns: Columns, name: str, offers: Sequence[int], constraint: str = "C17"
) -> None:
    if len(offers) > 1:
        rows.add_one(constraint, name, [(columns.y + i, 1.0) for i in offers], -INF, 1.0)


def _add_per_partner(rows: Rows, columns: Columns, name: str, offers: Sequence[int]) -> None:
    chosen = np.isin(columns.pairs[:, 0], offers)
    for partner in np.unique(columns.pairs[chosen, 1]):
        pairs = np.flatnonzero(chosen & (columns.pairs[:, 1] == partner))
        if len(pairs) > 1:
            terms = [(columns.z + int(pair), 1.0) for pair in pairs]
            rows.add_one("C17", name, terms, -INF, 1.0)


def _add_requires(rows: Rows, columns: Columns, name: str, offers: Sequence[int | None]) -> None:
    """C18: the first needs all others; one that cannot be used bars it."""
    first, *others = offers
    if first is None:
        return
    for other in others:
        terms = [(columns.y + first, 1.0)]
        if other is not None:
            terms.append((columns.y + other, -1.0))
        rows.add_one("C18", name, terms, -INF, 0.0)


def _add_paired(
    rows: Rows, columns: Columns, name: str, link: Link, offers: Sequence[int | None]
) -> None:
    """C18: two grants in a fixed ratio on each line; a line that only one may pay is out."""
    ratio = link.ratio or (1, 1)
    found = [offer for offer in offers[:2] if offer is not None]
    if len(found) < len(offers[:2]):
        for offer in found:
            rows.add_one("C18", name, [(columns.y + offer, 1.0)], -INF, 0.0)
        return
    first, second = found
    both = [(columns.y + first, 1.0), (columns.y + second, -1.0)]
    rows.add_one("C18", name, both, 0.0, 0.0)
    cells = [np.flatnonzero(columns.cell_offer == offer) for offer in (first, second)]
    lines = [columns.problem.cells.line[part] for part in cells]
    for line in np.union1d(*lines):
        terms = [
            (int(cell), sign * float(columns.rate[cell]) * weight)
            for part, of_line, sign, weight in zip(
                cells, lines, (1.0, -1.0), (ratio[1], ratio[0]), strict=True
            )
            for cell in part[of_line == line]
        ]
        rows.add_one("C18-ratio", name, terms, 0.0, 0.0)
