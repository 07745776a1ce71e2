"""Pictures, matrices and windows of a network: marks, names, tables; and the files of graphs."""

import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.reports.blocks import Chart
from alpclusters.reports.charts.network import Edge, Mark, NetworkPicture, place_labels, strengths
from alpclusters.reports.charts.network_matrix import MatrixChart, RatioCell, WindowChart, WindowRow
from alpclusters.reports.network_files import Node, Tie, graphml, network_json, ties_csv

HOSTILE = '<script>&"\x00]]>'


def picture(name: str = "Verbund", language: str = "en") -> NetworkPicture:
    marks = (
        Mark(0.5, 0.5, name, "AT", "Austria", 1.0, is_centre=True),
        Mark(0.0, 0.1, "Rete", "IT", "Italy", 0.5, url="/en/x/"),
        Mark(1.0, 0.9, "Mreža", "SI", "Slovenia"),
    )
    return NetworkPicture(language, marks, (Edge(0, 1, 3, 1.0), Edge(1, 2, 1, 0.3)), "Title")


def matrix() -> MatrixChart:
    none = RatioCell(None, 7, is_self=True)
    low, hidden = RatioCell(0.2, 1, is_missing=True), RatioCell(1.83, 947, is_withheld=True)
    return MatrixChart(
        "en", ("Austria", "Italy", "Liechtenstein"), ("AT", "IT", "LI"),
        ((none, low, hidden), (low, none, hidden), (hidden, hidden, hidden)), title="T", note="N",
    )  # fmt: skip


def test_of_a_withheld_pair_neither_ratio_nor_ties_stand_anywhere():
    chart = matrix()

    drawn = chart.standalone_svg(470) + chart.svg_rows()
    assert "0.2" in drawn
    assert [word for word in ("1.8", "947") if word in drawn] == []
    assert "1.83" not in str(chart.table()) + str(chart.alt)


def windows() -> WindowChart:
    rows = (
        WindowRow("2014–2020", 0.64, 0.6, 0.7, 0.75, 40_925),
        WindowRow("2021–2027", None),
    )
    return WindowChart("en", rows, "Share", kind="percent", title="Share")


CHARTS = [picture, matrix, windows]


@pytest.mark.parametrize("make", CHARTS)
def test_every_chart_is_a_chart_and_valid(make):
    chart = make()

    assert isinstance(chart, Chart)
    ET.fromstring(chart.standalone_svg(470))  # noqa: S314 - made by us
    rows = chart.svg_rows().replace("<br>", "<br/>")
    ET.fromstring(f"<div>{rows}</div>")  # noqa: S314 - made by us
    assert len(chart.alt) <= 400
    assert chart.table().value_rows
    for markup in (chart.svg_rows(), chart.standalone_svg(470)):
        assert "style=" not in markup


@pytest.mark.parametrize("make", CHARTS)
def test_drawings_are_the_same_every_time(make):
    assert make().standalone_svg(470) == make().standalone_svg(470)


def test_hostile_names_are_escaped():
    drawn = picture(HOSTILE).svg_rows()

    assert "<script>" not in drawn
    ET.fromstring(f"<div>{drawn}</div>")  # noqa: S314 - made by us


def test_all_ties_stand_in_the_table_the_strongest_first():
    rows = picture().table().value_rows

    assert rows == (("Verbund", "Rete", 3), ("Rete", "Mreža", 1))


def test_names_with_an_address_are_links_and_every_mark_has_a_number():
    drawn = picture().svg_rows()

    assert 'href="/en/x/"' in drawn
    assert all(f">{number}<" in drawn for number in (1, 2, 3))


def test_matrix_shows_nothing_of_a_withheld_cell_and_names_the_missing_pair():
    drawn = matrix().standalone_svg(470)

    assert "Missing: Austria – Italy." in matrix().alt
    assert drawn.count(">7<") == 2


def test_windows_say_value_interval_expectation_and_n():
    drawn = windows().svg_rows()

    assert "64%" in drawn
    assert "60–70%" in drawn
    assert "expected 75%" in drawn
    assert "40,925" in drawn
    assert [column.title for column in windows().table().columns] == [
        "Period", "Share", "95% interval", "Expected", "Ties",
    ]  # fmt: skip


def test_equal_weights_are_all_thin():
    assert strengths([2, 2, 2]) == [0.2, 0.2, 0.2]
    assert strengths([1, 4]) == [0.25, 1.0]
    assert strengths([]) == []


place = st.tuples(st.floats(0, 800), st.floats(0, 600), st.floats(4, 12))


@given(st.lists(place, max_size=25))
def test_labels_stay_inside_their_frame(places):
    texts = [f"Organisation {number}" for number in range(len(places))]

    for label in place_labels(places, texts, 13, (820, 620)):
        left, top, right, bottom = label.box
        assert left >= 0
        assert top >= -1e-9
        assert right <= 821
        assert bottom <= 622


texts = st.text(max_size=12)


@given(st.lists(texts, min_size=1, max_size=8), st.data())
def test_graphml_comes_back_as_it_was(names, data):
    nodes = [Node(f"n{k}", name, "AT", "Austria", 1) for k, name in enumerate(names)]
    ends = st.integers(0, len(names) - 1)
    pairs = {tuple(sorted(p)) for p in data.draw(st.lists(st.tuples(ends, ends), max_size=8))}
    ties = [Tie(f"n{one}", f"n{two}", 2.0, 2015) for one, two in sorted(pairs) if one != two]
    about = {"title": "<&>"}

    written = b"".join(graphml(nodes, ties, about))
    graph = nx.read_graphml(io.BytesIO(written))

    assert set(graph.nodes) == {node.key for node in nodes}
    assert {tuple(sorted(edge)) for edge in graph.edges} == {
        tuple(sorted((tie.first, tie.second))) for tie in ties
    }
    assert json.loads(b"".join(network_json(nodes, ties, about)))["about"] == about


def test_many_ties_come_in_pieces():
    pieces = list(ties_csv(Tie(f"n{k}", f"n{k + 1}", 1.0) for k in range(20_000)))

    assert len(pieces) > 3
    assert b"".join(pieces).count(b"\r\n") == 20_001
