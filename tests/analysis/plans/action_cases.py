"""Random actions, and short ways to make one."""

import datetime as dt

from hypothesis import strategies as st

from alpclusters.analysis.plans import ActionFacts, MilestoneFacts

START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31))
SHARES = st.one_of(st.none(), st.floats(0, 1))
COLOURS = ("green", "yellow", "red")


def day(text):
    return dt.date.fromisoformat(text)


def an_action(key="a", starts_on=START, ends_on=END, **known):
    return ActionFacts(key, starts_on, ends_on, **known)


MILESTONES = st.lists(
    st.builds(
        MilestoneFacts,
        due=DATES,
        weight=st.integers(0, 5),
        done_on=st.one_of(st.none(), DATES),
        critical=st.booleans(),
    ),
    max_size=4,
).map(tuple)


@st.composite
def open_actions(draw):
    """An action that is neither done nor stopped."""
    starts_on = draw(DATES)
    return ActionFacts(
        "a",
        starts_on,
        starts_on + dt.timedelta(days=draw(st.integers(0, 900))),
        progress=draw(SHARES),
        milestones=draw(MILESTONES),
        confirmed_on=draw(st.one_of(st.none(), DATES)),
    )
