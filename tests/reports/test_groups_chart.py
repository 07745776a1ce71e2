import re
from xml.etree import ElementTree as ET

import pytest

from alpclusters.reports.charts.groups import GroupMark, GroupsChart, PlacedPeople

pytestmark = pytest.mark.unit

GROUPS = (
    GroupMark("A", "Group A", 12, (PlacedPeople(-0.8, 0.2, 7), PlacedPeople(-0.6, 0.4, 5))),
    GroupMark("B", "Group <B>", 6, (PlacedPeople(0.9, -0.5, 6),)),
)


def chart(**fields):
    return GroupsChart("en", GROUPS, title="2 opinion groups, stable", **fields)


def test_every_person_has_a_mark_with_the_shape_of_the_group():
    drawing = chart().svg_rows().split("<ul")[0]

    assert (drawing.count("<circle"), drawing.count("<polygon")) == (12, 6)


def test_declared_groups_have_one_mark_each():
    drawing = chart(is_people=False).svg_rows().split("<ul")[0]

    assert (drawing.count("<circle"), drawing.count("<polygon")) == (2, 1)


def test_axes_have_no_numbers():
    drawing = chart().svg_rows().split("<ul")[0]

    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert sorted(set(words)) == [
        "A",
        "B",
        "Group &lt;B&gt;",
        "Group A",
        "n\xa0=\xa012",
        "n\xa0=\xa06",
    ]


def test_names_are_escaped_and_nothing_carries_a_style():
    drawing = chart().svg_rows()

    assert "<B>" not in drawing
    assert "style=" not in drawing


def test_table_lists_groups_with_their_people():
    assert chart().table().value_rows == (("Group A", 12), ("Group <B>", 6))


def test_document_drawing_is_xml_with_title_and_description():
    root = ET.fromstring(chart().standalone_svg(400))  # noqa: S314 - our own text

    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert float(root.get("width")) <= 400


def test_marks_and_labels_stay_inside_the_picture():
    corners = tuple(
        GroupMark(letter, f"A rather long name {letter}", 9, (PlacedPeople(x, y, 9),))
        for letter, x, y in (("A", -1, -1), ("B", 1, 1), ("C", -1, 1), ("D", 1, -1))
    )
    drawing = GroupsChart("en", corners).svg_rows().split("<ul")[0]

    xs = [float(x) for x in re.findall(r'(?:\bc?x)="(-?[\d.]+)"', drawing)]
    ys = [float(y) for y in re.findall(r'(?:\bc?y)="(-?[\d.]+)"', drawing)]
    assert 0 <= min(xs) <= max(xs) <= 520
    assert 10 <= min(ys) <= max(ys) <= 392
