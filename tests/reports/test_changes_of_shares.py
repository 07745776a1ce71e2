"""Yes and no in both rounds: shares as per cent, changes in percentage points, groups likewise."""

import random
from datetime import date

import pytest

from alpclusters.analysis.consensus import Ratings, describe
from alpclusters.analysis.scales import Kind, Scale
from alpclusters.analysis.second_round import compare_rounds
from alpclusters.reports.blocks import Counted
from alpclusters.reports.charts.parts import criterion_axis
from alpclusters.reports.claims.ratings import changed
from alpclusters.reports.evaluation.second_round import _figure, round_table
from alpclusters.reports.evaluation.tables import group_tables
from alpclusters.reports.evaluation_subject import EvaluationSubject

pytestmark = pytest.mark.unit

YES_NO = Scale(Kind.YES_NO, (0, 1))
SUBJECT = EvaluationSubject(name="Test", date=date(2026, 12, 3), scales={"join": YES_NO})


def answers(share, seed):
    chance = random.Random(seed)  # noqa: S311 - invented answers
    return [(f"p{who}", "fair", int(chance.random() < share)) for who in range(40)]


@pytest.fixture
def comparison():
    first, second = (
        Ratings.from_rows(answers(share, seed), scale=(0, 1))
        for share, seed in ((0.2, 1), (0.8, 2))
    )
    return compare_rounds(first, second, scale=(0, 1))


def test_a_change_of_a_share_is_told_in_percentage_points(comparison):
    (item,) = comparison.measures
    table = round_table(comparison, SUBJECT, "de", YES_NO)

    assert table.columns[2].title == "Veränderung in Prozentpunkten"
    assert table.columns[2].decimals == 0
    assert table.rows[0][2] == pytest.approx(100 * item.change.mean)
    assert table.rows[0][3].low == pytest.approx(100 * item.change.interval.low)
    points = f"{100 * item.change.mean:.0f}"
    assert f"+{points} Prozentpunkte" in changed(comparison, SUBJECT, "de", YES_NO).text


def test_a_figure_of_two_rounds_has_per_cent_for_shares_and_points_for_changes(comparison):
    (item,) = comparison.measures
    figure = _figure(comparison, criterion_axis(YES_NO, (), "de"), SUBJECT, "de")
    table = figure.chart.table()

    kinds = [(column.kind, column.decimals) for column in table.columns[1:5]]
    assert kinds == [("percent", 0), ("percent", 0), ("number", 0), ("number", 0)]
    assert table.rows[0][3] == pytest.approx(100 * item.change.mean)
    assert f"{100 * item.agreement.mean_second:.0f}" in figure.chart.alt
    assert "%" in figure.chart.alt


def test_a_table_of_groups_holds_shares_in_per_cent():
    rows = answers(0.6, 3)
    places = {"place": {who: "north" if n % 2 else "south" for n, (who, _, _) in enumerate(rows)}}
    found = describe(Ratings.from_rows(rows, scale=(0, 1)), groups=places)
    (table,) = group_tables(
        found.measures, found, SUBJECT, "en", split="place", caption="By place", scale=YES_NO
    )

    cells = [cell for cell in table.rows[0] if isinstance(cell, Counted)]
    assert len(cells) == 2
    assert all(1 < cell.value <= 100 for cell in cells)
    assert table.note == "Share of yes in per cent, and n of the group. Empty: no ratings."
