"""A rule of law with its act, article, days of validity and how sure it is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it held from one day to another (both count; None is open).

    Attributes
    ----------
    id : str
        As in the method's paper: ``DM-2``, ``GB-25``, ``CU-3``; one id may have several versions
        whose days do not overlap.
    act, article : str
        ``651/2014``, ``8(3)``.
    text_key : str
        Key of its text in five languages.
    formula : str
        What is compared, in the notation of the documentation.
    params : mapping of str to int or str
        Whole numbers in cents, basis points, months; read by the optimiser and by the checker,
        each with code of its own.
    status : {"verified", "unverified"}
        Whether the figure was seen in its source; ``unverified_params`` names single figures that
        were not.
    ends : date or None
        The last day of its act, where a case reads the rule beyond it (`readings`).
    checked_on, checked_by : date or None, str
        When it was last compared with a text, and where that stands (`checked`).
    """

    id: str
    act: str
    article: str
    text_key: str
    formula: str
    valid_from: dt.date
    valid_to: dt.date | None
    params: Mapping[str, int | str] = field(default_factory=dict)
    status: Literal["verified", "unverified"] = "unverified"
    unverified_params: tuple[str, ...] = ()
    source: str = ""
    ends: dt.date | None = None
    checked_on: dt.date | None = None
    checked_by: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Say whether it is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A view of the rules that were valid at some time between two days."""

    id: str
    valid_from: dt.date
    valid_to: dt.date | None
    rules: tuple[Rule, ...]

    def on(self, day: dt.date) -> Mapping[str, Rule]:
        """Return the rules that hold on a day by their id."""
        return {rule.id: rule for rule in self.rules if rule.holds_on(day)}
