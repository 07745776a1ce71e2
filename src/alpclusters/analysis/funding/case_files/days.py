"""Whether the rule-books cover the days of a case."""

import datetime as dt
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults
from alpclusters.analysis.funding.case_files.parts import Part, parts
from alpclusters.analysis.funding.rulebooks.readings import BY_DATE, READINGS

# In the order in which they count: as granted, as planned, the end of the call.
DAYS: Final = ("grant_date", "decided_on", "closes")


def check_days(data: Part, books: tuple[str, ...], first: dt.date, faults: Faults) -> None:
    """Note a rule-book that does not exist, and grants on days that no book covers."""
    book = data.get("rulebook", BY_DATE)
    if book not in (*READINGS, *books):
        expected = ", ".join((*READINGS, *books))
        faults.add(("rulebook",), "rulebook_gap", found=book, expected=expected)
    for at, offer in parts(data, "offers"):
        name = next((name for name in DAYS if name in offer), None)
        if name is not None and offer[name] < first:
            day = {"found": str(offer[name]), "expected": f"{first} –"}
            faults.add((*at, name), "rulebook_gap", **day)
