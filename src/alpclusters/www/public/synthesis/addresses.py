"""A question as an address and back: the address holds all of it."""

from dataclasses import replace
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.platform.evidence.domain.synthesis.queries import (
    FILTERS,
    HORIZONS,
    SPLITS,
    Dimension,
    SynthesisQuery,
)
from alpclusters.www.public.addresses import with_query

LONGEST: Final = 60
# A value that stands for "not stated": an empty one stands for "all".
NONE: Final = "-"


def read_query(parameters: QueryDict) -> SynthesisQuery:
    """Read a question; what the page does not know is left out."""
    by = parameters.get("by", "")
    return SynthesisQuery(
        by=Dimension(by) if by in SPLITS else Dimension.OUTCOME,
        chosen={d: v for d in FILTERS if (v := _value(parameters, d)) is not None},
        months=_months(parameters.get("months", "")),
        is_simulated=parameters.get("simulated") == "1",
    )


def _value(parameters: QueryDict, dimension: Dimension) -> str | None:
    value = parameters.get(dimension.value, "")
    if not value or len(value) > LONGEST or "\x00" in value:
        return None
    return "" if value == NONE else value


def _months(text: str) -> int:
    known = {str(months): months for months in HORIZONS}
    return known.get(text, 0)


def write_query(query: SynthesisQuery) -> str:
    """Write a question; what is usual is left out, so that one question has one address."""
    parameters = QueryDict(mutable=True)
    if query.by != Dimension.OUTCOME:
        parameters["by"] = query.by.value
    for dimension in FILTERS:
        if dimension in query.chosen:
            parameters[dimension.value] = query.chosen[dimension] or NONE
    if query.months:
        parameters["months"] = str(query.months)
    if query.is_simulated:
        parameters["simulated"] = "1"
    return parameters.urlencode()


def address(query: SynthesisQuery, name: str = "public:evidence", *args: object) -> str:
    """Return the address of a page with a question behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return with_query(url, written)


def without(query: SynthesisQuery, dimension: Dimension) -> SynthesisQuery:
    """Take one filter away."""
    return replace(query, chosen={d: v for d, v in query.chosen.items() if d != dimension})


def only(query: SynthesisQuery, dimension: Dimension, value: str) -> SynthesisQuery:
    """Choose one value of a filter."""
    return replace(query, chosen={**query.chosen, dimension: value})
