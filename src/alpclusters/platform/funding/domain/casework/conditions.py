"""Offers whose conditions nobody entered: entering them for one case, correcting, taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED, lacks_conditions
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    filled,
    find,
    item_of,
    put,
)
from alpclusters.platform.funding.domain.casework.partners import FIELDS

FACT: Final = "terms"
# Terms that entered conditions may change; taking them back puts these back as they were.
TERMS: Final = (
    "eligibility", "rates", "cap_ct", "floor_ct", "min_partners", "min_countries", "closes",
    "facts",
)  # fmt: skip
# Where a case remembers, beside its document, what was entered and what stood there before.
ENTERED: Final = "conditions"
type Taken = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a person read in the source; None and nothing leave a term as it is.

    Attributes
    ----------
    source : str
        Where it stands.
    kinds, sizes : sequence of str
        Who may apply; nothing: everybody.
    places : sequence of str
        Codes of regions or states in one of which the seat lies; nothing: as entered before.
    vintage : int
        Of these codes.
    rate_bp, cap_ct, floor_ct, min_partners, min_countries : int or None
    closes : date or None
        Last day to apply.
    """

    source: str
    kinds: Sequence[str] = ()
    sizes: Sequence[str] = ()
    places: Sequence[str] = ()
    vintage: int = 2024
    rate_bp: int | None = None
    cap_ct: int | None = None
    floor_ct: int | None = None
    min_partners: int | None = None
    min_countries: int | None = None
    closes: date | None = None

    def said(self) -> dict[str, Any]:
        """Return them as JSON can keep them, to be shown and corrected."""
        return {**asdict(self), "closes": self.closes.isoformat() if self.closes else None}

    def expression(self) -> Item:
        """Return them as a condition of eligibility."""
        parts: list[Item] = []
        if self.kinds:
            parts.append({"in": ["partner.kind", list(self.kinds)]})
        if self.sizes:
            parts.append({"in": ["partner.size", list(self.sizes)]})
        if self.places:
            zone = {"nuts": list(self.places), "vintage": self.vintage}
            parts.append({"within": ["partner.nuts", zone]})
        return {"all": parts}


def entered_conditions(
    document: Mapping[str, Any], taken: Mapping[str, Any], key: str
) -> dict[str, Any] | None:
    """Return what was entered of an offer of a case and still holds, as it was said; or None.

    A newer version of the offer, taken from the catalogue since, has conditions of its own.
    """
    record: dict[str, Any] | None = taken.get(ENTERED, {}).get(key)
    offer = find(document, "offers", key)
    if record is None or offer is None or lacks_conditions(offer.get("eligibility")):
        return None
    is_same = record["version"] == taken.get("offers", {}).get(key)
    return record["said"] if is_same else None


def enter_conditions(
    document: Document, taken: Taken, key: str, conditions: Conditions, *, today: date
) -> None:
    """Put what somebody read in place of the part that nobody entered, with its source.

    Conditions that were entered before are replaced.

    Parameters
    ----------
    document : dict
        Changed in place; the catalogue stays as it is.
    taken : dict
        What the case remembers of the catalogue; changed in place.
    key : str
        The offer.
    conditions : Conditions
    today : date
        When it was read.

    Raises
    ------
    InputError
        ``funding_case.gone``.
    """
    if entered_conditions(document, taken, key) is not None:
        take_conditions_back(document, taken, key)
    offer = item_of(document, "offers", key)
    taken.setdefault(ENTERED, {})[key] = {
        "version": taken.get("offers", {}).get(key),
        "said": conditions.said(),
        "before": {name: offer[name] for name in TERMS if name in offer},
    }
    fact = {
        "name": FACT,
        "source": conditions.source,
        "status": "unverified",
        "checked_on": today.isoformat(),
    }
    terms = filled(
        cap_ct=conditions.cap_ct,
        floor_ct=conditions.floor_ct,
        min_partners=conditions.min_partners,
        min_countries=conditions.min_countries,
        closes=conditions.closes.isoformat() if conditions.closes else None,
        rates=None if conditions.rate_bp is None else [{"bp": conditions.rate_bp}],
    )
    said = _replaced(offer["eligibility"], conditions.expression())
    put(
        document,
        "offers",
        {**offer, **terms, "eligibility": said, "facts": [*offer.get("facts", []), fact]},
    )


def take_conditions_back(document: Document, taken: Taken, key: str) -> None:
    """Put an offer of a case back as the catalogue had it; nothing where nothing was entered.

    Parameters
    ----------
    document, taken : dict
        Changed in place.
    key : str
        The offer.

    Raises
    ------
    InputError
        ``funding_case.gone``.
    """
    offer = item_of(document, "offers", key)
    if entered_conditions(document, taken, key) is None:
        return
    before = taken[ENTERED].pop(key)["before"]
    kept = {name: value for name, value in offer.items() if name not in TERMS}
    put(document, "offers", {**kept, **before})


def _replaced(expression: Any, new: Item) -> Any:
    if expression == NOT_ENTERED:
        return new
    if isinstance(expression, Mapping):
        return {op: _replaced(operand, new) for op, operand in expression.items()}
    if isinstance(expression, list):
        return [_replaced(part, new) for part in expression]
    return expression


# --- Answers to open questions: facts of a partner, or of the project -----------------------------


# What the form of a partner asks, so that no fact can contradict it.
OWN_FIELDS: Final = frozenset({*FIELDS, "id", "undertaking", "lead", "sites", "size", "facts"})


def answer(document: Document, owner: str, field: str, value: Any) -> None:
    """Keep an answer; None says that somebody asked and nobody knows.

    Parameters
    ----------
    document : dict
        Changed in place.
    owner : str
        Identifier of a partner; empty for the project.
    field : str
        ``turnover_ct``, without what it belongs to.
    value
        Text, whole number, yes or no, a list of texts, or None.

    Raises
    ------
    InputError
        ``funding_case.gone``, or ``funding_case.own_field`` for what the partner's form asks.
    """
    if owner and field in OWN_FIELDS:
        raise InputError("funding_case.own_field", where=Where(path="/partners"), found=field)
    _facts(document, owner)[field] = value


def take_back(document: Document, owner: str, field: str) -> None:
    """Forget an answer: the question is open again."""
    _facts(document, owner).pop(field, None)


def _facts(document: Document, owner: str) -> Item:
    if not owner:
        facts: Item = document.setdefault("project", {})
        return facts
    partner = item_of(document, "partners", owner)
    own: Item = partner.setdefault("facts", {})
    return own
