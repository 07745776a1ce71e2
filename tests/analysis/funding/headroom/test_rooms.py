"""The room of a de minimis account by day, against a count of every single day."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.funding.headroom import Grant, headroom

pytestmark = pytest.mark.unit
D = dt.date
ONE = dt.timedelta(days=1)
TODAY = D(2026, 12, 2)
GRANTS = st.lists(
    st.builds(
        Grant,
        st.dates(D(2023, 6, 1), D(2029, 6, 1)),
        st.integers(0, 20_000_000),
        st.sampled_from(["general", "agriculture", "fisheries", "sgei"]),
    ),
    max_size=8,
)
LEAP = Grant(D(2024, 2, 29), 20_000_000)
# Written here once more, from the articles.
LIMITS = {"general": 30_000_000, "agriculture": 5_000_000, "sgei": 75_000_000}
TOGETHER = {
    "general": {"general", "agriculture", "fisheries"},
    "agriculture": {"agriculture"},
    "sgei": {"general", "agriculture", "fisheries", "sgei"},
}


def days_before(day, years):
    """The last day that lies three years or more before a day, found by walking back."""
    wanted = (day.year - years, day.month, day.day)
    while (day.year, day.month, day.day) > wanted:
        day -= ONE
    return day


def day_by_day(grants, regulation, first, last):
    """Return the room of each day: every day is looked at, nothing is reckoned ahead."""
    counting = [one for one in grants if one.regulation in TOGETHER[regulation]]
    days = [first + ONE * n for n in range((last - first).days + 1 + 3 * 366)]
    windows = {day: days_before(day, 3) for day in days}
    used = {
        day: sum(one.amount_ct for one in counting if windows[day] < one.day <= day) for day in days
    }
    granted = {one.day for one in counting}
    rooms = {}
    for n, day in enumerate(days[: (last - first).days + 1]):
        later = [t for t in days[n + 1 :] if t in granted and windows[t] < day]
        rooms[day] = max(min(LIMITS[regulation] - used[t] for t in [day, *later]), 0)
    return rooms


@given(GRANTS, st.sampled_from(sorted(LIMITS)), st.dates(D(2025, 1, 1), D(2027, 6, 30)))
@example([LEAP], "general", D(2027, 2, 28))
@example([LEAP], "general", D(2027, 3, 1))
@example([Grant(D(2025, 2, 28), 1), Grant(D(2028, 2, 29), 30_000_000)], "general", D(2027, 1, 1))
@pytest.mark.slow
def test_room_and_free_days_are_those_of_a_count_of_every_day(grants, regulation, on):
    last = D(2030, 12, 31)
    rooms = day_by_day(grants, regulation, on, last)
    risen, most = [], rooms[on]
    for day, room in rooms.items():
        if room > most:
            most = room
            risen.append((day, room))

    found = headroom(grants, regulation, on=on)

    assert found.room_ct == rooms[on]
    free = [(one.day, one.room_ct) for one in found.releases if one.day <= last]
    assert free == risen


def test_grant_of_a_leap_day_counts_to_the_end_of_february_three_years_on():
    assert headroom([LEAP], "general", on=D(2027, 2, 28)).room_ct == 10_000_000
    assert headroom([LEAP], "general", on=D(2027, 3, 1)).room_ct == 30_000_000


def test_grant_that_is_certain_for_a_later_day_takes_its_room_before_that_day_too():
    later = Grant(D(2028, 1, 1), 25_000_000)

    assert headroom([later], "general", on=TODAY).room_ct == 5_000_000
    assert headroom([later], "general", on=TODAY).used_ct == 0


def test_fisheries_count_by_fiscal_years_of_the_undertaking():
    granted = [Grant(D(2024, 6, 30), 3_000_000, "fisheries")]

    found = headroom(granted, "fisheries", on=TODAY, fiscal_year_start=7)

    # The year that began in July 2023 and the two after it.
    assert (found.room_ct, found.releases) == (3_000_000, ())
    assert headroom(granted, "fisheries", on=TODAY).releases[0].day == D(2027, 1, 1)


def test_day_without_known_law_has_no_room_and_no_rule():
    found = headroom([], "general", on=D(2031, 1, 1))

    assert (found.rule, found.room_ct) == (None, 0)


def test_nothing_is_promised_for_days_after_the_end_of_the_act():
    granted = [Grant(D(2028, 5, 1), 30_000_000)]

    assert headroom(granted, "general", on=D(2029, 1, 1)).releases == ()
