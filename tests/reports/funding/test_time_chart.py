"""Windows and cash over quarters: words, table, pictures without inline style."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Periods
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.charts.funding_time import CashRow, OfferBar, TimeChart

pytestmark = pytest.mark.unit

PERIODS = Periods(dt.date(2027, 7, 1), 4)
BARS = (OfferBar("Interreg", 0, 3, 24_750_000), OfferBar("Land", 1, 1, 2_000_000))
CASH = (CashRow("Organisation A", (0, 5_100_000, 9_600_000, -100_000)), CashRow("B", (0, 0, 0, 0)))


def chart(language="en", periods=PERIODS, bars=BARS, cash=CASH):
    return TimeChart(language, periods, bars, cash)


def test_table_has_the_cash_of_each_quarter_and_the_open_windows():
    table = chart().table()

    assert [column.title for column in table.columns] == [
        "Quarter",
        "Organisation A",
        "B",
        "Windows open",
    ]
    assert table.rows == (
        ("Q3 2027", 0, 0, "Interreg"),
        ("Q4 2027", -51_000, 0, "Interreg, Land"),
        ("Q1 2028", -96_000, 0, "Interreg"),
        ("Q2 2028", 1_000, 0, "as in the quarter before"),
    )


def test_worst_quarter_is_told():
    assert chart().alt == (
        "Time plan of funding, Q3 2027 to Q2 2028, offers: 2. Organisation A pays most ahead in "
        "Q1 2028: €96,000. All values are in the table."
    )


def test_nobody_pays_ahead_where_all_money_comes_at_once():
    assert chart(cash=(CashRow("B", (0, -5, 0, 0)),)).worst is None


def test_quarters_that_begin_elsewhere_are_named_by_their_month():
    moved = chart(periods=Periods(dt.date(2027, 2, 1), 4))

    assert [moved.period_name(n) for n in range(4)] == ["02/2027", "05/2027", "08/2027", "11/2027"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_pictures_are_whole_and_without_style(language):
    ET.fromstring(chart(language).standalone_svg(470))  # noqa: S314 - of our own making

    screen = chart(language).svg_rows()

    assert "style=" not in screen
    assert "96" in screen


@given(
    st.integers(1, 40),
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40),
    st.text(max_size=80),
)
def test_any_length_and_any_name_can_be_drawn(count, values, name):
    cash = (CashRow(name, tuple((values * 40)[:count])),)
    bars = (OfferBar(name, 0, count - 1, 10**9), OfferBar(name, count - 1, count - 1, 1))
    one = chart(periods=Periods(dt.date(2025, 1, 1), count), bars=bars, cash=cash)

    assert one.standalone_svg(470).startswith("<svg")
    assert one.svg_rows()
    assert len(one.table().rows) == count
