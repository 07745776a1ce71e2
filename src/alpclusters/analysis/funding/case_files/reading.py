"""From JSON to a case: all that is wrong with a file in one answer, or the whole case."""

import datetime as dt
from typing import Final, cast

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.case_files.bounds import check_bounds
from alpclusters.analysis.funding.case_files.building import build_case
from alpclusters.analysis.funding.case_files.conditions import check_conditions
from alpclusters.analysis.funding.case_files.days import check_days
from alpclusters.analysis.funding.case_files.faults import Faults
from alpclusters.analysis.funding.case_files.format import CASE
from alpclusters.analysis.funding.case_files.format_expressions import SHAPES
from alpclusters.analysis.funding.case_files.names import check_names
from alpclusters.analysis.funding.case_files.parts import Part
from alpclusters.analysis.funding.case_files.places import check_places
from alpclusters.analysis.funding.case_files.references import check_references
from alpclusters.analysis.funding.case_files.shaping import Shaper, is_too_deep
from alpclusters.analysis.funding.case_files.spans import check_spans
from alpclusters.analysis.funding.case_files.ties import check_ties

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
