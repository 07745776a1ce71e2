"""From JSON to a case: all that is wrong with a file in one answer, or the whole case."""

import datetime as dt
from typing import Final, cast

from alpclusters.analysis.funding.case import Case, Territory
from alpclusters.analysis.funding.case_files.contradictions import (
    check_bounds,
    check_days,
    check_spans,
    check_ties,
)
from alpclusters.analysis.funding.case_files.faults import Faults, Part, check_names
from alpclusters.analysis.funding.case_files.format import CASE, SHAPES
from alpclusters.analysis.funding.case_files.reading import build_case
from alpclusters.analysis.funding.case_files.references import (
    check_conditions,
    check_places,
    check_references,
)
from alpclusters.analysis.funding.case_files.shapes import Shaper, is_too_deep

BOOKS: Final = ("RB-2007", "RB-2014", "RB-2021")
FIRST_DAY: Final = dt.date(2007, 1, 1)


def read_case(data: object, *, territory: Territory | None = None) -> Case:
    """Read a case of the format ``alpclusters-case/1``.

    Parameters
    ----------
    data : JSON value
        What a JSON parser returns; it is left alone.
    territory : Territory, optional
        Known codes by vintage, and programme areas. Without it, codes of regions are taken as
        they are.

    Returns
    -------
    Case

    Raises
    ------
    CaseError
        Anything is wrong. ``faults`` holds everything that was found, in the order of the file
        and with JSON Pointers, at most 200; ``n_more`` counts the rest. No other error is raised
        whatever the JSON is.

    Notes
    -----
    First each value is held against its shape (the JSON Schema of `case_schema` is made from the
    same shapes), then what fits is checked for what no schema says: names, windows, links,
    bounds, days, conditions, codes. O(size of the file), and the square of the offers that are
    linked.

    Examples
    --------
    >>> read_case({"schema": "alpclusters-case/1"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    alpclusters...CaseError: case.faults (path='', found='missing_field')
    """
    faults = Faults()
    shaped = _shaped(data, faults)
    if shaped is not None:
        _check(shaped, territory, faults)
    faults.refuse()
    return build_case(cast("Part", shaped))


def _shaped(data: object, faults: Faults) -> Part | None:
    if is_too_deep(data):
        faults.add((), "too_deep", limit=60)
        return None
    taken = Shaper(faults, SHAPES).take(data, CASE, ())
    return taken if isinstance(taken, dict) else None


def _check(data: Part, territory: Territory | None, faults: Faults) -> None:
    check_names(data, faults)
    check_references(data, faults)
    check_spans(data, faults)
    check_bounds(data, faults)
    check_ties(data, faults)
    check_days(data, BOOKS, FIRST_DAY, faults)
    check_conditions(data, faults)
    check_places(data, territory, faults)
