"""Days of the demonstration, counted from the day it is made, so that it stays alive."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns the numbers of the seeds into days; negative ones lie before ``now``."""

    now: datetime

    def day(self, offset: str) -> date:
        """Return the day a number of days away."""
        return self.moment(offset).date()

    def day_or_none(self, offset: str) -> date | None:
        """Return the day, or nothing for an empty cell."""
        return self.day(offset) if offset else None

    def moment(self, offset: str | int) -> datetime:
        """Return the moment a number of days away."""
        return self.now + timedelta(days=int(offset))

    def year(self, offset: str) -> int:
        """Return the calendar year a number of years away."""
        return self.now.year + int(offset)
