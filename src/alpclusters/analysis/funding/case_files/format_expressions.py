"""The shape of eligibility expressions; their meaning is the matter of ``eligibility``."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.case_files.format_pieces import ID, NUTS, SCALAR, VINTAGE
from alpclusters.analysis.funding.case_files.shapes import (
    END,
    Choice,
    Flag,
    ListOf,
    Members,
    Named,
    OneMember,
    Shape,
    Text,
    TupleOf,
    Whole,
    may,
    need,
)

LONGEST: Final = 500
EXPRESSION: Final = Named("expression")
PATH: Final = Text(120, 1, r"^[a-z][a-z0-9_]*(\[\*\])?(\.[a-z][a-z0-9_]*(\[\*\])?)*" + END)

_ALL: Final = ListOf(EXPRESSION, LONGEST)
_FIELD: Final = Members({"field": need(PATH)})
_VALUE: Final = Choice((SCALAR, _FIELD), lambda data: int(isinstance(data, dict)))
_COMPARED: Final = TupleOf((PATH, _VALUE))
_LISTED: Final = TupleOf((PATH, ListOf(SCALAR, LONGEST)))
_REGIONS: Final = Members(
    {
        "nuts": need(ListOf(NUTS, LONGEST)),
        "except": may(ListOf(NUTS, LONGEST)),
        "vintage": need(VINTAGE),
    }
)
_AREA: Final = Members({"area": need(ID)})
_TERRITORY: Final = Choice(
    (_REGIONS, _AREA), lambda data: int(isinstance(data, dict) and "area" in data)
)
_ATLEAST: Final = Members({"n": need(Whole(0, LONGEST)), "of": need(_ALL)})
_COUNT: Final = Members(
    {
        "of": need(PATH),
        "where": need(EXPRESSION),
        "ge": need(Whole(0, LONGEST)),
        "distinct": may(PATH),
    }
)
SHAPES: Final[Mapping[str, Shape]] = {
    "expression": OneMember(
        {
            **dict.fromkeys(("all", "any"), _ALL),
            "not": EXPRESSION,
            "const": Flag(),
            "known": PATH,
            "atleast": _ATLEAST,
            **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), _COMPARED),
            **dict.fromkeys(("in", "hasany", "hasall"), _LISTED),
            "within": TupleOf((PATH, _TERRITORY)),
            "count": _COUNT,
        }
    )
}
