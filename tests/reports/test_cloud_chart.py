import re
from xml.etree import ElementTree as ET

import pytest

from alpclusters.reports.charts.cloud import CloudChart
from alpclusters.reports.charts.groups import GroupMark, PlacedPeople

pytestmark = pytest.mark.unit

CLOUD = (
    PlacedPeople(-1.0, 0.1, 10),
    PlacedPeople(-0.1, 0.9, 12),
    PlacedPeople(0.1, -0.4, 11),
    PlacedPeople(1.0, 0.0, 10),
)
LONG = "A measure with a name that is longer than half of the drawing could ever hold in two lines"


def chart(**fields):
    return CloudChart("en", CLOUD, "Fair <joint>", "Voucher (Effect)", title="Opinions", **fields)


def test_people_are_counted_by_fifths_of_the_axis():
    assert [part.n for part in chart().parts()] == [10, 0, 23, 0, 10]
    assert chart().table().value_rows[0] == ("at the left end", 10)


def test_every_person_has_a_mark_and_every_fifth_with_people_can_be_reached_by_keyboard():
    drawing = chart().svg_rows()

    assert drawing.count("<circle") == 43
    assert re.findall(r'id="(lies-\d)"', drawing) == ["lies-1", "lies-3", "lies-5"]
    assert drawing.count('tabindex="0"') == 3
    assert 'aria-label="in the middle: 23 people"' in drawing
    assert "<title>at the right end: 10 people</title>" in drawing
    # What can be reached inside would be hidden by a picture.
    assert drawing.startswith("<svg")
    assert 'role="group"' in drawing.split(">")[0]


def test_ends_are_named_escaped_and_without_numbers():
    drawing = chart().svg_rows()

    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert words == ["Fair &lt;joint&gt;", "Voucher (Effect)"]
    assert "style=" not in drawing


def test_declared_groups_stand_at_the_axis_and_hide_none_of_each_other():
    places = (("A", -0.2), ("B", -0.2), ("C", -0.1), ("D", 0.9))
    groups = tuple(GroupMark(x, x, 20, (PlacedPeople(at, 0.1, 20),)) for x, at in places)

    drawing = chart(groups=groups).svg_rows()

    letters = re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([A-D])</text>', drawing)
    height = {letter: float(y) for y, letter in letters}
    assert len({height[x] for x in "ABC"}) == 3
    assert height["A"] == height["D"]


def test_document_drawing_is_xml_and_long_names_end_with_a_mark_of_omission():
    root = ET.fromstring(CloudChart("en", CLOUD, LONG, LONG).standalone_svg(400))  # noqa: S314 - our own text

    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    words = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert sum(word.endswith("…") for word in words) == 2
    assert len(words) == 4
