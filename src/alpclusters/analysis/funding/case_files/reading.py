"""From JSON to a case: all that is wrong with a file in one answer, or its records."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, cast

from alpclusters.analysis.funding.case import (
    Case,
    Conversion,
    EarlierAid,
    Fact,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
    Periods,
    Rate,
    Scenario,
    SolverWishes,
    Success,
    Territory,
    Undertaking,
    Wish,
    WorkPackage,
)
from alpclusters.analysis.funding.case_files.contradictions import (
    check_bounds,
    check_days,
    check_spans,
    check_ties,
)
from alpclusters.analysis.funding.case_files.faults import CaseFault, Faults, Part, check_names
from alpclusters.analysis.funding.case_files.format import CASE, SHAPES
from alpclusters.analysis.funding.case_files.references import (
    check_conditions,
    check_places,
    check_references,
)
from alpclusters.analysis.funding.case_files.shapes import Shaper, is_too_deep

# --- From data that fit the format to the records of a case ---------------------------------------


type Data = Mapping[str, Any]

EVEN: Final = (1, 1)


def build_case(data: Data) -> Case:
    """Return the record of a case whose data were found to be in order."""
    return Case(
        title=data.get("title", ""),
        periods=build_periods(data["periods"]),
        undertakings=tuple(map(_undertaking, data["undertakings"])),
        partners=tuple(map(_partner, data["partners"])),
        work_packages=tuple(map(_work_package, data["work_packages"])),
        lines=tuple(map(_line, data["lines"])),
        offers=tuple(map(_offer, data["offers"])),
        links=tuple(map(_link, data.get("links", ()))),
        wishes=tuple(Wish(**wish) for wish in data.get("wishes", ())),
        scenarios=tuple(map(_scenario, data.get("scenarios", ()))),
        solver=SolverWishes(**data.get("solver", {})),
        rulebook=data.get("rulebook", "by-date"),
        is_simulated=data.get("is_simulated", False),
        project=_facts(data.get("project", {})),
    )


def build_periods(data: Data) -> Periods:
    """Return the quarters."""
    start: dt.date = data["start"]
    return Periods(start, data["count"])


def _undertaking(data: Data) -> Undertaking:
    past = tuple(PastAid(**aid) for aid in data.get("de_minimis", ()))
    earlier = tuple(EarlierAid(**aid) for aid in data.get("earlier_aid", ()))
    return Undertaking(**{**data, "de_minimis": past, "earlier_aid": earlier})


def _partner(data: Data) -> Partner:
    sites = tuple((site["nuts"], site["vintage"]) for site in data.get("sites", ()))
    return Partner(**{**data, "sites": sites, "facts": _facts(data.get("facts", {}))})


def _work_package(data: Data) -> WorkPackage:
    rest = _without(data, "theme")
    return WorkPackage(**{**rest, "themes": tuple(data.get("themes", data.get("theme", ())))})


def _line(data: Data) -> Line:
    converted = Conversion(**data["converted"]) if "converted" in data else None
    bonuses = tuple(data.get("bonuses", ()))
    return Line(**{**data, "bonuses": bonuses, "converted": converted})


def _offer(data: Data) -> Offer:
    rest = _without(data, "article")
    rest["articles"] = data.get("articles", data.get("article", {}))
    rest["window"] = (data["window"]["from"], data["window"]["to"])
    rest["rates"] = tuple(Rate(**rate) for rate in data["rates"])
    rest["facts"] = tuple(Fact(**fact) for fact in data.get("facts", ()))
    if "success" in data:
        rest["success"] = Success(**data["success"])
    for name in ("categories", "themes", "languages"):
        rest[name] = tuple(data.get(name, ()))
    return Offer(**rest)


def _without(data: Data, name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


def _link(data: Data) -> Link:
    ratio = data.get("ratio", EVEN if data["type"] == "paired" else None)
    return Link(
        type=data["type"],
        offers=tuple(data["offers"]),
        ratio=None if ratio is None else (ratio[0], ratio[1]),
        source=data.get("source", ""),
    )


def _scenario(data: Data) -> Scenario:
    return Scenario(data["id"], tuple(data["rejected"]), data.get("title", ""))


def _facts(data: Data) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


# --- What a reader of a case should know though it can be taken, and when it is too large to mix


MANY_OFFERS: Final = 400
TOO_MANY_TO_MIX: Final = 1_000


def case_warnings(case: Case) -> tuple[CaseFault, ...]:
    """Return what a case lacks or overdoes without being wrong.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of CaseFault
        ``many_offers`` above 400 offers (a mix takes long, filter first), and ``undecided_day``
        for each offer without a day of grant, plan or closing: the law of its grants stays open.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> case_warnings(Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ()))
    ()
    """
    found = []
    if len(case.offers) > MANY_OFFERS:
        params = {"n": len(case.offers), "high": MANY_OFFERS}
        found.append(CaseFault("/offers", "many_offers", params))
    found += [
        CaseFault(f"/offers/{place}", "undecided_day", {"found": offer.id})
        for place, offer in enumerate(case.offers)
        if offer.day is None
    ]
    return tuple(found)


def refuse_large(case: Case) -> None:
    """Refuse a case with too many offers for a mix; what fits can still be asked.

    Parameters
    ----------
    case : Case

    Returns
    -------
    None
        The case is not too large.

    Raises
    ------
    CaseError
        ``too_many_offers_mixed`` from 1,000 offers on.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> refuse_large(Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ()))
    """
    faults = Faults()
    if len(case.offers) >= TOO_MANY_TO_MIX:
        n, high = len(case.offers), TOO_MANY_TO_MIX - 1
        faults.add(("offers",), "too_many_offers_mixed", n=n, high=high)
    faults.refuse()


# --- From JSON to a case: all that is wrong with a file in one answer, or the whole case ----------


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
