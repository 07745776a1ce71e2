"""From data that fit the format to the records of a case."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.analysis.funding.case.records import (
    Case,
    Conversion,
    EarlierAid,
    Fact,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
    Rate,
    Scenario,
    SolverWishes,
    Success,
    Undertaking,
    Wish,
    WorkPackage,
)

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
