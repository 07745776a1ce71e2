"""What the search knows of an offer: taken out of its terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from alpclusters.analysis.funding.case.records import Kind

KINDS: Final[tuple[str, ...]] = get_args(Kind.__value__)
_KIND: Final = "partner.kind"
_FACES: Final = {"all": all, "any": any}


@dataclass(frozen=True, slots=True)
class SearchFields:
    """Fields of `Offer` that follow from its terms; a best rate of None is unknown."""

    kinds: list[str]
    categories: list[str]
    themes: list[str]
    best_rate_bp: int | None
    cap_ct: int | None


def search_fields(terms: Mapping[str, Any]) -> SearchFields:
    """Take out of the terms what the search asks for.

    Parameters
    ----------
    terms : mapping
        Terms of an offer as the catalogue keeps them.

    Returns
    -------
    SearchFields
        ``kinds`` are those that the condition does not rule out whatever else is true of a body,
        and for which some rate is above 0, or no rate is known.
    """
    rates = terms.get("rates", [])
    return SearchFields(
        kinds=[kind for kind in KINDS if _may_get(terms, kind)],
        categories=list(terms.get("categories") or []),
        themes=list(terms.get("themes") or []),
        best_rate_bp=max((rate["bp"] for rate in rates), default=None),
        cap_ct=terms.get("cap_ct"),
    )


def _may_get(terms: Mapping[str, Any], kind: str) -> bool:
    if not may_hold(terms.get("eligibility", {"const": True}), kind):
        return False
    if "rates" not in terms:
        return True  # nobody knows the rate
    # The first rate that holds is taken: behind one that must hold nothing is reached.
    for rate in terms.get("rates", []):
        answers = _answers(rate.get("when", {"const": True}), kind)
        if True in answers and rate["bp"] > 0:
            return True
        if answers == {True}:
            return False
    return False


def may_hold(expression: Mapping[str, Any], kind: str) -> bool:
    """Say whether a condition can hold for bodies of a kind; only their kind is looked at."""
    return True in _answers(expression, kind)


def _answers(expression: Mapping[str, Any], kind: str) -> frozenset[bool]:
    """Return the answers that are possible: what does not ask the kind may be either."""
    ((name, value),) = expression.items()
    if name in _FACES:
        return _combined(_FACES[name], [_answers(one, kind) for one in value])
    if name == "not":
        return frozenset(not answer for answer in _answers(value, kind))
    if name == "const":
        return frozenset({bool(value)})
    if name in {"eq", "ne", "in"} and value[0] == _KIND:
        return frozenset({_asked(name, value[1], kind)})
    return frozenset({True, False})


def _asked(name: str, wanted: Any, kind: str) -> bool:
    if name == "in":
        return kind in wanted
    return (kind == wanted) is (name == "eq")


def _combined(face: Any, parts: list[frozenset[bool]]) -> frozenset[bool]:
    low = face(_every(parts, low=True))
    high = face(_every(parts, low=False))
    return frozenset({low, high})


def _every(parts: list[frozenset[bool]], *, low: bool) -> Iterator[bool]:
    for part in parts:
        yield min(part) if low else max(part)
