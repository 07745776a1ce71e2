"""Every threshold of the certainty of a lesson in one place, stored with each result."""

from dataclasses import asdict, dataclass
from typing import Final

CONVENTION: Final = "ap-1"


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The parameters of docs/methods/certainty.md; another number is another convention.

    Attributes
    ----------
    overlap : float
        Jaccard index of partner bodies from which two initiatives are one family.
    follow_months : int
        The same lead and type of measure within so many months of the other's end.
    amount : tuple of int
        Supporting families from which 0, 1 and 2 grades are taken off; fewer take 3.
    lasting_months : int
        Months after the funding from which something counts as lasting (Interreg's RCR84).
    alpha_good, alpha_fair : float
        Krippendorff (2004): reliable, tentative.
    share_small, share_large : float
        Shares of contradicting families between which contradiction weighs more.
    bonus_families, bonus_months : int
        So many supporting families alive so long lift a grade, where nothing speaks against it.
    best_by_bonus, best_coded_once : int
        The points (3 is B) beyond which neither a bonus nor single coding leads.
    level : float
        Of the interval of a share.
    fewest_known : int
        Families with a known outcome from which a share is shown.
    fewest_units : int
        Doubly coded units from which an agreement is computed.
    convention : str
    """

    overlap: float = 0.5
    follow_months: int = 24
    amount: tuple[int, int, int] = (5, 3, 2)
    lasting_months: int = 12
    alpha_good: float = 0.800
    alpha_fair: float = 0.667
    share_small: float = 0.25
    share_large: float = 0.5
    bonus_families: int = 3
    bonus_months: int = 36
    best_by_bonus: int = 3
    best_coded_once: int = 3
    level: float = 0.90
    fewest_known: int = 3
    fewest_units: int = 10
    convention: str = CONVENTION

    def as_record(self) -> dict[str, object]:
        """Return the parameters as a plain mapping for JSON."""
        return asdict(self)


RULES: Final = PlanRules()


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was applied, what it changed, and the numbers it rests on.

    Attributes
    ----------
    rule : str
        Stable key such as ``amount``.
    change : int
        Grades taken off (negative) or added; 0 where the rule found nothing wrong.
    numbers : tuple of (str, float)
        Named numbers, such as ``("supporting", 4.0)``.
    """

    rule: str
    change: int = 0
    numbers: tuple[tuple[str, float], ...] = ()

    @property
    def code(self) -> str:
        """The key, under the name that other results of the analysis use."""
        return self.rule

    def as_record(self) -> dict[str, object]:
        """Return the reason as a plain mapping for JSON."""
        return {"rule": self.rule, "change": self.change, "numbers": dict(self.numbers)}
