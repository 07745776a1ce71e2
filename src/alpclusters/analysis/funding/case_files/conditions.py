"""The conditions of offers: what ``eligibility`` finds wrong with them, as faults of the case."""

from collections.abc import Iterator, Mapping
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.parts import Part, parts
from alpclusters.analysis.funding.eligibility.checking import check_expression

CODES: Final[Mapping[str, str]] = {
    "wrong_type": "type_mismatch",
    "wrong_shape": "type_mismatch",
    "not_an_expression": "not_one_key",
    "unknown_operator": "unknown_key",
    "negative": "negative_amount",
    "not_a_day": "bad_date",
    "unknown_code": "bad_nuts",
}


def check_conditions(data: Part, faults: Faults) -> None:
    """Note conditions that cannot be evaluated: too deep, unknown fields, wrong types."""
    for at, expression in _conditions(data):
        for fault in check_expression(expression):
            steps = tuple(_step(step) for step in fault.pointer.split("/")[1:])
            faults.add((*at, *steps), CODES.get(fault.code, fault.code), **fault.params)


def _conditions(data: Part) -> Iterator[tuple[Pointer, object]]:
    """Yield the conditions that have their shape; one with gaps has faults already."""
    for at, offer in parts(data, "offers"):
        if "eligibility" in offer and not _has_gap(offer["eligibility"]):
            yield (*at, "eligibility"), offer["eligibility"]
        for place, rate in enumerate(offer.get("rates", ())):
            if rate and "when" in rate and not _has_gap(rate["when"]):
                yield (*at, "rates", place, "when"), rate["when"]


def _has_gap(expression: object) -> bool:
    if isinstance(expression, Mapping):
        return any(map(_has_gap, expression.values()))
    if isinstance(expression, list):
        return any(map(_has_gap, expression))
    return expression is None


def _step(text: str) -> str | int:
    return int(text) if text.isdecimal() else text.replace("~1", "/").replace("~0", "~")
