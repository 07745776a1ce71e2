"""A question as an address and back."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from django.http import QueryDict
from django.urls import reverse

from alpclusters.www.public.addresses import with_query

type Show = Literal["overlap", "complementarity"]
_PERIOD: Final = re.compile(r"\d{4}(-\d{4})?")
_REGION: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; empty is the newest period, or all regions."""

    period: str = ""
    region: str = ""
    show: Show = "overlap"
    simulated: bool = False


def read_query(parameters: QueryDict) -> Query:
    """Read a question; what a page does not know is left out."""
    period, region = parameters.get("period", ""), parameters.get("region", "")
    is_other = parameters.get("show") == "complementarity"
    return Query(
        period=period if _PERIOD.fullmatch(period) else "",
        region=region if _REGION.fullmatch(region) else "",
        show="complementarity" if is_other else "overlap",
        simulated=parameters.get("simulated") == "1",
    )


def address(query: Query, name: str, *args: object) -> str:
    """Return the address of a page with a question behind it; what is usual is left out."""
    parameters = QueryDict(mutable=True)
    if query.period:
        parameters["period"] = query.period
    if query.region and name.startswith("policy-mix"):
        parameters["region"] = query.region
    if query.show != "overlap" and name == "synergies":
        parameters["show"] = query.show
    if query.simulated:
        parameters["simulated"] = "1"
    written = parameters.urlencode()
    url = reverse(f"public:{name}", args=args)
    return with_query(url, written)
