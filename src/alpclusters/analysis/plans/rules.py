"""Parameters of recommendations, plans and monitoring, reasons of results, and days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from alpclusters.analysis.certainty.rules import CONVENTION

# --- Why a result is as it is: a stable key and the figures that a sentence names -----------------


type Param = str | int | float | dt.date


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was applied and the figures it rests on; the sentence is made elsewhere.

    Attributes
    ----------
    key : str
        Stable key such as ``delay_yellow``.
    params : mapping of str to str, int, float or date
        What the sentence names, such as ``{"days": 54}``.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        """The key, under the name that other results of the analysis use."""
        return self.key

    def as_record(self) -> dict[str, object]:
        """Return the reason as a plain mapping for JSON, dates in ISO form."""
        plain = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.params.items()
        }
        return {"key": self.key, "params": plain}


# --- Days after a day, within the calendar: somebody may type the year 9999 -----------------------


FIRST_DAY: Final = dt.date.min.toordinal()
LAST_DAY: Final = dt.date.max.toordinal()


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same date so many years later; 29 February becomes the 28th.

    Examples
    --------
    >>> years_after(dt.date(2027, 12, 31), 1)
    datetime.date(2028, 12, 31)
    >>> years_after(dt.date(2028, 2, 29), 1)
    datetime.date(2029, 2, 28)
    """
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


def days_after(day: dt.date, days: int) -> dt.date:
    """Return a day so many days later, or the first or last one of the calendar."""
    return dt.date.fromordinal(min(LAST_DAY, max(FIRST_DAY, day.toordinal() + days)))


# --- Every parameter of recommendations, plans and their monitoring, stored with each snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """The parameters of docs/methods/plan-status.md and its neighbours.

    Days are calendar days, shares lie between 0 and 1; another number is another convention.

    Attributes
    ----------
    green_share, green_least_days, green_most_days : float, int, int
        Delay that is still green: a share of the duration within two ends.
    yellow_share, yellow_least_days, yellow_most_days : float, int, int
        Delay that is still yellow.
    milestone_green_days, milestone_yellow_days, milestone_critical_days : int
        Days after its date at which an open milestone turns yellow, then red; the last for
        critical ones.
    report_interval_days, report_grace_days : int
        Without a report for longer than their sum a running action is grey.
    progress_gap : float
        Difference of report and milestones beyond which it is said.
    indicator_green, indicator_yellow : float
        Distance behind the expected share of the way that is still green, yellow.
    hold_green, hold_yellow : float
        Relative shortfall of a value that should be held.
    indicator_grace_days : int
        Added to the frequency of an indicator before its value counts as stale.
    grey_share, red_share, yellow_share_of_plan : float
        Shares of the weight from which a plan as a whole is grey (more than), red, yellow.
    fewest_raters, few_raters : int
        Below the first the probability counts as missing, below the second there is a cap.
    strong_from, conditional_from, exploratory_from : float
        Probabilities of passing as a common denominator that part the classes p1 to p4.
    agreement_from, cannot_judge_to : float
        Agreement and share of "cannot judge" beyond which there is a cap.
    proposed_from, not_common_to : float
        Probabilities from which a common denominator is proposed, to which it is none.
    anchor_similarity : float
        From here on a comment moves with its paragraph.
    override_reason_length, override_rounds : int
        Characters a person's reason needs; rounds it lasts at most.
    reminder_days : tuple of int
        Days before the close of a round.
    link_days : int
        Days after its close for which a mail link is valid.
    interreg_years : int
        Years after the end of the project for RCR79, RCR84 and RCR104, to the same date.
    convention : str
        Version of these numbers.
    """

    green_share: float = 0.10
    green_least_days: int = 14
    green_most_days: int = 60
    yellow_share: float = 0.25
    yellow_least_days: int = 30
    yellow_most_days: int = 180
    milestone_green_days: int = 14
    milestone_yellow_days: int = 60
    milestone_critical_days: int = 30
    report_interval_days: int = 182
    report_grace_days: int = 30
    progress_gap: float = 0.20
    indicator_green: float = 0.10
    indicator_yellow: float = 0.25
    hold_green: float = 0.05
    hold_yellow: float = 0.10
    indicator_grace_days: int = 30
    grey_share: float = 0.5
    red_share: float = 0.25
    yellow_share_of_plan: float = 0.25
    fewest_raters: int = 5
    few_raters: int = 10
    strong_from: float = 0.90
    conditional_from: float = 0.75
    exploratory_from: float = 0.50
    agreement_from: float = 0.5
    cannot_judge_to: float = 0.30
    proposed_from: float = 0.80
    not_common_to: float = 0.20
    anchor_similarity: float = 0.6
    override_reason_length: int = 20
    override_rounds: int = 2
    reminder_days: tuple[int, ...] = (14, 3)
    link_days: int = 30
    interreg_years: int = 1
    convention: str = CONVENTION

    def as_record(self) -> dict[str, object]:
        """Return the parameters as a plain mapping for JSON."""
        return {**asdict(self), "reminder_days": list(self.reminder_days)}


DEFAULT_RULES: Final = PlanRules()
