"""Charts of plans with every mark, in any language, all content simulated."""

from datetime import date

from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.charts.plan_board import BoardCard, BoardChart, BoardRow
from alpclusters.reports.charts.plan_dependencies import Arrow, DependencyChart, Node
from alpclusters.reports.charts.plan_logic import LogicBox, LogicChart, LogicRow
from alpclusters.reports.charts.target_path import TargetPathChart


def make_board(language="en", title="Pilot"):
    late = BoardCard("X1", title, StatusKind.FAR_BEHIND, "far behind")
    done = BoardCard("X12", "Fair", StatusKind.DONE, "done")
    rows = (BoardRow("Tyrol", ((late,), ())), BoardRow("Trento", ((), (done,)), (0, 90)))
    return BoardChart(
        language, ("European", "Regional"), rows, row_title="Region", column_title="Level"
    )


def make_dependencies(language="en", title="Pilot"):
    nodes = tuple(
        Node(k, f"X{k}", title, StatusKind.ON_TRACK, "on track", "until May") for k in range(4)
    )
    return DependencyChart(language, nodes, (Arrow(0, 1), Arrow(1, 2, 5), Arrow(0, 2)))


def make_logic(language="en", title="Pilot"):
    row = LogicRow(
        (LogicBox("ERDF", "€1,000"),),
        LogicBox(title),
        (LogicBox("Pilots", "2"),),
        (LogicBox("Taken up", is_hollow=True),),
    )
    return LogicChart(language, (row,), (("impact", LogicBox("Value chains", is_hollow=True)),))


def make_path(language="en", title="Pilot"):
    expected = [(date(2026, 1, 1), 0.0), (date(2028, 12, 31), 3.0)]
    return TargetPathChart(language, expected, [(date(2027, 6, 30), 1.0)], title=title)


CHARTS = {
    "board": make_board,
    "dependencies": make_dependencies,
    "logic": make_logic,
    "path": make_path,
}
