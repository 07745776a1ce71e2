"""What a page says of its numbers."""

import pytest

from alpclusters.www.truth.marks import read_marks

pytestmark = pytest.mark.unit


def test_figure_is_read_with_value_base_address_and_words():
    marks = read_marks(
        '<dl class="ac-figs"><div><dt>late</dt><dd data-figure="actions.late" data-value="2"'
        ' data-of="12" data-href="/de/t/"><a href="/de/t/">2</a><span>von 12</span></dd></div></dl>'
    )

    (figure,) = marks.figures
    assert (figure.key, figure.value, figure.of) == ("actions.late", "2", "12")
    assert (figure.href, figure.text, figure.group) == ("/de/t/", "2 von 12", 1)
    assert marks.bare == []


def test_rows_are_added_up_by_their_values():
    marks = read_marks(
        '<p data-total="people" data-value="39" data-listed="1">39</p><ul>'
        '<li data-row="people" data-value="22"></li><li data-row="people" data-value="17"></li>'
        '<li data-row="cafes"></li></ul>'
    )

    assert dict(marks.rows) == {"people": 39, "cafes": 1}
    assert marks.totals[0].is_listed


@pytest.mark.parametrize(
    "html",
    [
        '<dl class="ac-figs"><div><dt>x</dt><dd>95 %<span class="sub">y</span></dd></div></dl>',
        '<nav class="ac-trail"><li><a href="/"><span class="c">62</span></a></li></nav>',
        '<nav class="ac-trail"><li><a href="/"><span class="c">n = 22</span></a></li></nav>',
        '<p><a href="/list/">1.234</a></p>',
    ],
)
def test_number_that_nobody_can_follow_is_found(html):
    assert len(set(read_marks(html).bare)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<nav class="ac-pages"><a href="?page=2">2</a></nav>',
        '<nav class="ac-trail"><li><a href="/"><span class="c">F12</span></a></li></nav>',
        '<a href="/" data-figure="a" data-value="3"><span>3</span></a>',
    ],
)
def test_page_numbers_codes_and_marked_numbers_are_not_bare(html):
    assert read_marks(html).bare == []
