"""Narrow by facets and count what each value would leave."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np

from alpclusters.platform.actors.domain.directory.columns import Columns, Ints, Mask, Values
from alpclusters.platform.actors.domain.directory.queries import Facet, Freshness

DAYS_OF_YEAR: Final = 366
type Chosen = Mapping[Facet, frozenset[str]]


class Narrowing:
    """What the chosen values leave; a facet's own choice is left out of its counts.

    Parameters
    ----------
    columns : Columns
    found : ndarray of bool
        Rows that the words and the scope leave.
    chosen : mapping of Facet to frozenset of str
    today : date
    """

    def __init__(self, columns: Columns, found: Mask, chosen: Chosen, today: date) -> None:
        self._columns = columns
        self._found = found
        self._values = {**columns.facets, Facet.FRESHNESS: freshness(columns, today)}
        self._values[Facet.LABEL] = _valid(columns.facets[Facet.LABEL], today)
        self._fits = {
            facet: self._fit(self._values[facet], wanted)
            for facet, wanted in chosen.items()
            if wanted
        }

    def _fit(self, values: Values, wanted: frozenset[str]) -> Mask:
        takes = np.zeros(len(values.names) + 1, dtype=np.bool_)
        code_of = values.code_of
        for value in wanted & code_of.keys():
            takes[code_of[value]] = True
        fits = np.zeros(self._columns.n, dtype=np.bool_)
        fits[values.rows[takes[values.codes]]] = True
        return fits

    def left(self, *, but: Facet | None = None) -> Mask:
        """Return the rows that fit all choices, or all but one facet's."""
        left = self._found
        for facet, fits in self._fits.items():
            if facet != but:
                left = left & fits
        return left

    def counts(self) -> dict[Facet, dict[str, int]]:
        """Count each facet's values; values without hits are left out."""
        whole = self.left()
        return {
            facet: self._count(
                self._values[facet], self.left(but=facet) if facet in self._fits else whole
            )
            for facet in Facet
        }

    @staticmethod
    def _count(values: Values, left: Mask) -> dict[str, int]:
        n = len(values.names)
        counted = np.bincount(values.codes[left[values.rows]], minlength=n)
        return {values.names[code]: int(counted[code]) for code in np.flatnonzero(counted)}


def freshness(columns: Columns, today: date) -> Values:
    """Sort organisations by when somebody last confirmed them."""
    names = tuple(sorted(Freshness))
    places = {name: code for code, name in enumerate(names)}
    confirmed: Ints = columns.numbers["confirmed"]
    is_new = confirmed >= today.toordinal() - DAYS_OF_YEAR
    old = np.where(confirmed > 0, places[Freshness.OLDER], places[Freshness.NEVER])
    codes = np.where(is_new, places[Freshness.YEAR], old).astype(np.int32)
    return Values(names, np.arange(columns.n, dtype=np.int32), codes)


def _valid(values: Values, today: date) -> Values:
    """Leave out what has run out, and what is the same twice on one organisation."""
    if values.until is None or not len(values.rows):
        return values
    counts = (values.until == 0) | (values.until >= today.toordinal())
    pairs = np.unique(np.stack([values.rows[counts], values.codes[counts]], axis=1), axis=0)
    return Values(values.names, pairs[:, 0], pairs[:, 1])
