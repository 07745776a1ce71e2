"""What changed the general block exemption, and from which day."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.rulebooks import days


@dataclass(frozen=True, slots=True)
class Amendment:
    """An act that changed Reg. 651/2014; ``status`` is that of its first day, None if not seen."""

    id: str
    act: str
    valid_from: dt.date | None
    status: Literal["verified", "unverified"]


# M2 prolongs to the end of 2023 and changes no figure that is used here; its day was not seen.
AMENDMENTS: Final = (
    Amendment("M1", "2017/1084", days.M1, "verified"),
    Amendment("M2", "2020/972", None, "unverified"),
    Amendment("M4", "2021/1237", days.M4, "unverified"),
    Amendment("M6", "2023/1315", days.M6, "verified"),
)
