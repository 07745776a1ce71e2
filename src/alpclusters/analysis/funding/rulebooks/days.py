"""The days on which the law changed, as far as this project has seen them."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

FINREG_2003: Final = dt.date(2003, 1, 1)
FINREG_2013: Final = dt.date(2013, 1, 1)
FINREG_2018: Final = dt.date(2018, 8, 2)
FINREG_2024: Final = dt.date(2024, 9, 30)

PERIOD_2007: Final = dt.date(2007, 1, 1)
PERIOD_2014: Final = dt.date(2014, 1, 1)
PERIOD_2021: Final = dt.date(2021, 1, 1)
COHESION_2021: Final = dt.date(2021, 7, 1)
END_2013: Final = dt.date(2013, 12, 31)
END_2020: Final = dt.date(2020, 12, 31)
END_2027: Final = dt.date(2027, 12, 31)
NRP: Final = dt.date(2008, 1, 1)

GBER: Final = dt.date(2014, 7, 1)
M1: Final = dt.date(2017, 7, 10)
M4: Final = dt.date(2021, 8, 1)
M6: Final = dt.date(2023, 7, 1)
GBER_END: Final = dt.date(2026, 12, 31)

DE_MINIMIS_2024: Final = dt.date(2024, 1, 1)
AGRICULTURE_2024: Final = dt.date(2024, 12, 16)
AGRICULTURE_END: Final = dt.date(2032, 12, 31)
FISHERIES_END: Final = dt.date(2029, 12, 31)
DE_MINIMIS_REGISTER: Final = dt.date(2026, 1, 1)
DE_MINIMIS_END: Final = dt.date(2030, 12, 31)

# Last days of costs of the programmes of a period (1083/2006 Art. 56(1), 1303/2013 Art. 65(2),
# 2021/1060 Art. 63(2)).
COSTS_2007: Final = dt.date(2015, 12, 31)
COSTS_2014: Final = dt.date(2023, 12, 31)
COSTS_2021: Final = dt.date(2029, 12, 31)

# By the last day of an act or period: for how long aid under schemes that stood before goes on
# (651/2014 Art. 58(5), 2023/2831 Art. 8: six months), and programmes still pay. No successor is
# known.
TRANSITIONS: Final[Mapping[dt.date, dt.date]] = {
    GBER_END: dt.date(2027, 6, 30),
    END_2027: COSTS_2021,
    DE_MINIMIS_END: dt.date(2031, 6, 30),
}

_ONE: Final = dt.timedelta(days=1)


def before(day: dt.date) -> dt.date:
    """Return the last day of what ends when something new begins."""
    return day - _ONE
