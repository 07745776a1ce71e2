"""The curve of what lasts: steps, band, names on the line, and the table beside it."""

import re
from xml.etree import ElementTree as ET

import pytest

from alpclusters.reports.blocks import Interval
from alpclusters.reports.charts.survival import SurvivalChart, SurvivalRow, SurvivalStep
from alpclusters.reports.colours import COLOURS

pytestmark = pytest.mark.unit

STEPS = (
    SurvivalStep(6, 0.9, 0.85, 0.95),
    SurvivalStep(18, 0.6, 0.5, 0.7),
    SurvivalStep(54, 0.1, 0.0, 0.2),
)
ROWS = (
    SurvivalRow(12, 0.9, 0.85, 0.95, 300, 0.8, 0.95),
    SurvivalRow(24, 0.6, None, None, 200),
)


def chart(**fields):
    values = {"until": 48.0, "named": ((12, "90% a"), (48, "60% b")), **fields}
    return SurvivalChart("en", STEPS, rows=ROWS, x_title="Months after", y_title="last", **values)


def texts(drawing):
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def test_axis_has_years_in_months_and_shares_from_nothing_to_all():
    found = texts(chart().svg_rows())

    assert found[:5] == ["0", "12", "24", "36", "48"]
    assert found[5:8] == ["0%", "50%", "100%"]


def test_long_curves_have_few_marks():
    assert texts(chart(until=130.0).svg_rows())[:6] == ["0", "24", "48", "72", "96", "120"]


def test_line_goes_in_steps_and_ends_with_the_observation():
    points = chart()._drawn().lines[0].points

    assert [(p.x, p.y) for p in points] == [(0, 1), (6, 0.9), (12, 0.9), (18, 0.6), (48.0, 0.6)]
    assert points[-1].low == 0.5


def test_two_values_are_named_the_later_one_below_the_line():
    drawing = ET.fromstring(chart().svg_rows())  # noqa: S314 - ours
    labels = {e.text: e for e in drawing.iter() if e.tag.endswith("text") and e.text}

    early, late = labels["90% a"], labels["60% b"]

    assert early.get("text-anchor") == "start"
    assert late.get("text-anchor") == "end"
    assert float(late.get("y")) > float(early.get("y"))


def test_name_beyond_the_end_is_left_out():
    assert "60% b" not in chart(until=24.0).svg_rows()


def test_table_says_interval_range_and_how_many_are_still_observed():
    table = chart().table()

    assert table.rows == (
        ("12", 0.9, Interval(0.85, 0.95), Interval(0.8, 0.95), 300),
        ("24", 0.6, None, None, 200),
    )


def test_description_names_the_values_and_the_document_is_drawn_without_classes():
    assert chart().alt == (
        "Curve in steps, last by Months after. 12: 90%. 24: 60%. All values are in the table."
    )
    paper = chart().standalone_svg(400)
    assert "class=" not in paper
    assert COLOURS["c1"] in paper


def test_line_begins_where_enough_are_observed():
    points = chart(since=10.0)._drawn().lines[0].points

    assert [(p.x, p.y) for p in points] == [(10.0, 0.9), (12, 0.9), (18, 0.6), (48.0, 0.6)]


def test_curve_without_an_event_is_a_line_at_the_top():
    flat = SurvivalChart("en", (), until=12.0, rows=(), x_title="m", y_title="s")

    assert [(p.x, p.y) for p in flat._drawn().lines[0].points] == [(0, 1), (12.0, 1)]
