"""Words in a line chart stay in the picture and apart from each other."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.reports.charts.line import Label, Line, LineChart, Point, apart, spaced, within
from alpclusters.reports.charts.parts import Axis, Tick

pytestmark = pytest.mark.unit

SIZE = 22.0
WORDS = st.sampled_from(["", "erwartet", "Q4 2027", "beobachtet nach fünf Jahren"])
LABELS = st.builds(
    Label,
    WORDS,
    st.floats(0, 480),
    st.floats(SIZE, 200),
    st.sampled_from(["start", "middle", "end"]),
)


@given(LABELS)
def test_a_label_is_moved_into_the_picture_and_not_up_or_down(label):
    moved = within(label, SIZE, 60, 480)

    left, right = moved.span(SIZE)
    assert left >= 60 - 1e-6
    assert right <= 480 + 1e-6
    assert (moved.y, moved.text) == (label.y, label.text)


@given(LABELS)
def test_a_label_inside_stays_where_it_is(label):
    moved = within(label, SIZE, 60, 480)

    assert within(moved, SIZE, 60, 480).x == pytest.approx(moved.x)


@given(st.lists(LABELS, max_size=4))
def test_labels_do_not_meet_where_there_is_room_for_them(labels):
    placed = apart(labels, SIZE, SIZE, 2_000.0)

    assert [one.text for one in placed] == [one.text for one in labels]
    for n, one in enumerate(placed):
        for other in placed[:n]:
            (left, right), (begins, ends) = one.span(SIZE), other.span(SIZE)
            is_beside = right <= begins or ends <= left
            assert is_beside or abs(one.y - other.y) >= SIZE


def test_a_label_without_room_below_goes_up():
    low = Label("erwartet", 100, 190, "start")

    first, second = apart([low, Label("gemeldet", 100, 195, "start")], SIZE, SIZE, 200)

    assert first == low
    assert second.y < low.y - SIZE


@given(st.integers(1, 40), st.sampled_from(["8", "Q2 2027"]))
def test_kept_words_of_a_row_are_evenly_spaced_and_have_room(n, text):
    row = [Label(text, 60 + 400 * k / n, 0, "middle") for k in range(n)]

    kept = spaced(row, SIZE)

    steps = {row.index(two) - row.index(one) for one, two in pairwise(kept)}
    assert kept[0] == row[0]
    assert len(steps) <= 1
    assert all(two.span(SIZE)[0] > one.span(SIZE)[1] for one, two in pairwise(kept))


def test_a_phone_sees_fewer_words_below_the_axis_and_each_is_drawn_once():
    quarters = [f"Q{1 + k % 4} {2027 + k // 4}" for k in range(6)]
    axis = Axis(0, 5, tuple(Tick(k, text) for k, text in enumerate(quarters)))
    points = tuple(Point(k, k) for k in range(6))
    drawing = LineChart("de", (Line("a", points),), "Quartal", "Euro", x_axis=axis).svg_rows()

    drawn = [
        ("".join(re.findall(r'class="([^"]*)"', start)), text)
        for start, text in re.findall(r"<text([^>]*)>(Q\d \d{4})<", drawing)
    ]
    wide = [text for kind, text in drawn if "only-n" not in kind]
    phone = [text for kind, text in drawn if "only-w" not in kind]
    assert len(phone) < len(wide)
    assert len(wide) == len(set(wide))
    assert len(phone) == len(set(phone))
