import re
import xml.etree.ElementTree as ET
from datetime import date

import html5lib
import pytest

from alpclusters.reports.blocks import WITHHELD, Chart, Counted
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.gantt import GanttChart, GanttRow, Milestone
from alpclusters.reports.charts.heat import build_heat_table, class_words, ratio_step
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import Axis, nice_axis, rating_axis
from alpclusters.reports.charts.svg import Markup, coordinate, element, escape, percent
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.reports.colours import COLOURS
from alpclusters.reports.writers.html import STYLE_DIR, style_sheet
from tests.reports import plan_samples, samples

pytestmark = pytest.mark.unit

MAKERS = {
    "dots": samples.make_dots,
    "rounds": samples.make_rounds,
    "distribution": samples.make_distribution,
    "opinion": lambda language: samples.make_distribution(language, "opinion"),
    "bars": samples.make_bars,
    "gantt": samples.make_gantt,
    "line": samples.make_line,
    "tiles": samples.make_tiles,
    **plan_samples.CHARTS,
}
LANGUAGES = ("de", "en", "fr", "it", "sl")
HOSTILE = "<script>alert('1')</script> & \"q\" #x \x00\x1b 👍 " + "w" * 300


def hostile_charts():
    axis = rating_axis((HOSTILE, "b", HOSTILE))
    row = DotRow(HOSTILE, 2.0, 1.5, 2.5, 9)
    return [
        DotChart("de", (Tier((row,), HOSTILE, HOSTILE),), axis, HOSTILE, HOSTILE),
        DistributionChart(
            "de", (DistributionRow(HOSTILE, (1, 2), 1),), (HOSTILE, "b"), HOSTILE, HOSTILE
        ),
        BarChart("de", (Bar(HOSTILE, 1, HOSTILE),), HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        GanttChart(
            "de",
            (
                GanttRow(
                    HOSTILE, date(2026, 1, 1), date(2026, 2, 1),
                    milestones=(Milestone(date(2026, 1, 2), HOSTILE),),
                ),
            ),
            HOSTILE, date(2026, 1, 5), HOSTILE, ((date(2026, 1, 3), HOSTILE),),
        ),
        LineChart(
            "de", (Line(HOSTILE, (Point(0, 1, label=HOSTILE), Point(1, 2))),), HOSTILE, HOSTILE
        ),
        TileMap("de", (Tile("A", "<b>", HOSTILE, "AT", 0, 0),), {"A": 3}, (2,), HOSTILE),
    ]  # fmt: skip


@pytest.fixture(params=sorted(MAKERS))
def make_chart(request):
    return MAKERS[request.param]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_keeps_the_contract_in_every_language(make_chart, language):
    chart = make_chart(language)

    assert isinstance(chart, Chart)
    assert 0 < len(chart.alt) <= 400
    assert chart.table().columns
    html5lib.HTMLParser(strict=True).parseFragment(chart.svg_rows())
    ET.fromstring(chart.standalone_svg(470.6))  # noqa: S314 - made by us


def test_no_chart_carries_inline_style_or_script(make_chart):
    chart = make_chart("de")

    for markup in (chart.svg_rows(), chart.standalone_svg(360)):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:", markup)


def test_the_screen_form_uses_classes_and_the_paper_form_colours(make_chart):
    chart = make_chart("de")

    assert not re.search(r'"#[0-9A-Fa-f]{6}', chart.svg_rows())
    assert "class=" not in chart.standalone_svg(470)


def test_every_class_of_a_chart_has_a_rule(make_chart):
    used = set(re.findall(r'class="([^"]+)"', make_chart("de").svg_rows()))
    names = {name for group in used for name in group.split()}
    css = style_sheet()
    # Names that only structure: their look comes from the element they stand in.
    structural = {"plot", "b", "n", "st", "a-tile", "val", "nar", "two", "plain"}

    missing = {n for n in names - structural if not re.search(rf"\.{re.escape(n)}(?![\w-])", css)}
    assert missing == set()


def test_the_picture_is_one_image_with_a_name(make_chart):
    chart = make_chart("fr")
    drawing = chart.standalone_svg(470)
    ids = re.search(r'aria-labelledby="(\w+) (\w+)"', drawing).groups()

    assert 'role="img"' in drawing
    assert f'<title id="{ids[0]}">' in drawing
    assert f'<desc id="{ids[1]}">{escape(chart.alt)}</desc>' in drawing
    assert f'aria-label="{escape(chart.alt)}"' in chart.svg_rows()


def test_the_same_chart_gives_the_same_drawing(make_chart):
    assert make_chart("sl").standalone_svg(470) == make_chart("sl").standalone_svg(470)
    assert make_chart("sl").svg_rows() == make_chart("sl").svg_rows()


@pytest.mark.parametrize("chart", hostile_charts(), ids=lambda chart: type(chart).__name__)
def test_hostile_words_stay_words(chart):
    for markup in (chart.svg_rows(), chart.standalone_svg(470)):
        assert "<script" not in markup
        assert "\x00" not in markup
    html5lib.HTMLParser(strict=True).parseFragment(chart.svg_rows())
    ET.fromstring(chart.standalone_svg(470))  # noqa: S314


def test_the_numbers_of_the_dots_stand_in_drawing_text_and_table():
    chart = samples.make_dots("de")

    assert "<b>4,16</b> (3,99–4,34)" in chart.svg_rows()
    assert ">4,16<" in chart.standalone_svg(470)
    assert "Pilotaktion mit KMU 4,16 (3,99–4,34) n\u00a0=\u00a057" in chart.alt
    assert chart.table().value_rows[0][:2] == ("Pilotaktion mit KMU", 4.16)


def test_a_withheld_row_shows_no_number_anywhere():
    row = DotRow("Hidden", None, n=3, is_withheld=True)
    chart = DotChart("en", (Tier((row,)),), Axis(1, 5), "Measure", title="t")

    assert chart.table().value_rows == (("Hidden", WITHHELD, WITHHELD, WITHHELD),)
    assert ">3<" not in chart.standalone_svg(470)
    assert "n\u00a0=\u00a03" not in chart.svg_rows()


def test_a_withheld_bar_is_hatched_and_says_so_instead_of_a_number():
    bars = (Bar("Shown", 12.0), Bar("Hidden", None))
    chart = BarChart("en", bars, "Group", "People", title="t")
    hidden = chart.svg_rows().partition(">Hidden<")[2]

    assert chart.table().value_rows == (("Shown", 12.0), ("Hidden", WITHHELD))
    assert "Hidden: withheld." in chart.alt
    assert "<b>withheld</b>" in hidden
    assert 'fill="url(#' in hidden
    assert ">withheld<" in chart.standalone_svg(470)


def test_the_marks_of_a_dot_lie_where_the_axis_says():
    row = DotRow("a", 3.0, 2.0, 4.0, 9)
    drawing = DotChart("en", (Tier((row,)),), Axis(1, 5), "m").svg_rows()

    assert 'cx="50%"' in drawing
    assert 'x1="25%" x2="75%"' in drawing


def test_parts_of_a_distribution_fill_the_width_and_outside_stands_apart():
    row = DistributionRow("a", (0, 10, 0, 30, 60), 7)
    drawing = DistributionChart("en", (row,), tuple("abcde"), "m").svg_rows()

    starts = re.findall(r'class="f-r\d" x="([\d.]+)%" y="2" width="([\d.]+)%"', drawing)
    assert starts == [("0", "9.7"), ("10", "29.7"), ("40", "59.7")]
    assert ">7<" in drawing
    assert "n\u00a0=\u00a0100" in drawing


def test_a_scale_of_another_length_spreads_the_shades():
    row = DistributionRow("a", (1, 1, 1), 0)
    chart = DistributionChart("en", (row,), ("low", "middle", "high"), "m")

    assert re.findall(r'class="f-(r\d)" x="[\d.]+%', chart.svg_rows()) == ["r1", "r3", "r5"]


def test_a_line_chart_prints_years_without_separators():
    chart = LineChart("de", (Line("a", (Point(2013, 1), Point(2027, 5))),), "Jahr", "Zahl")

    assert [row[1] for row in chart.table().value_rows] == ["2013", "2027"]


def test_borders_run_only_between_countries():
    drawing = samples.make_tiles("de").svg_rows()

    assert re.search(r'd="M0 40h40M40 40v40M40 40h40"', drawing)


def test_a_tile_with_an_address_is_a_link_that_begins_with_what_is_seen():
    drawing = samples.make_tiles("de", links={"AT32": "/regions/AT32"}).svg_rows()

    assert 'role="group"' in drawing
    assert 'href="/regions/AT32"' in drawing
    assert 'aria-label="Sbg 4 Salzburg (AT32): Clusterorganisationen: 4"' in drawing


def test_heat_cells_carry_value_n_and_class():
    table = samples.make_heat("de")

    assert table.value_rows[0][1] == Counted(4.1, 13, 5)
    assert table.value_rows[0][3] is WITHHELD
    assert table.legend[0] == "<\u00a02,6"
    assert table.legend[1] == "2,6–2,9"
    assert table.legend[-1] == "≥\u00a04,2"


def test_a_class_of_one_whole_number_is_printed_alone():
    assert class_words((2, 3, 5), "en", 0) == ("<\u00a02", "2", "3–4", "≥\u00a05")


@pytest.mark.parametrize(
    ("ratio", "step"),
    [(0.1, -3), (0.25, -3), (0.4, -2), (0.8, -1), (1.0, 0), (1.25, 1), (1.7, 2), (2.0, 3)],
)
def test_ratios_fall_into_symmetrical_classes(ratio, step):
    assert ratio_step(ratio) == step


def test_an_empty_heat_table_still_has_its_head():
    table = build_heat_table(
        language="en", corner="m", rows=(), columns=("A",), cells=(), limits=(1, 2, 3, 4, 5)
    )

    assert [column.title for column in table.columns] == ["m", "A"]


def test_nice_axes_hold_all_values_with_round_ends():
    axis = nice_axis([3, 97])

    assert (axis.low, axis.high) == (0, 100)
    assert [tick.value for tick in axis.ticks] == [0, 25, 50, 75, 100]
    assert nice_axis([5.0, 5.0], include_zero=False).high > 5


def test_the_builder_escapes_rounds_and_leaves_out_nothing_but_none():
    assert element("b", "<&>", title='"') == '<b title="&quot;">&lt;&amp;&gt;</b>'
    assert element("b", Markup("<i>x</i>")) == "<b><i>x</i></b>"
    assert element("rect", x=1.04, y=-0.04, class_=None) == '<rect x="1" y="0"/>'
    assert coordinate(12.34) == "12.3"
    assert percent(1 / 3) == "33.33%"


def test_the_colours_of_paper_are_the_tokens_of_the_light_theme():
    css = (STYLE_DIR / "tokens.css").read_text("utf-8").split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+):(#[0-9A-F]{6})", css))
    names = {"q": "seq-", "r": "rate-", "c": "cat-", "tier": "tier-"}

    for name, value in COLOURS.items():
        match = re.fullmatch(r"(q|r|c|tier)(\d)", name)
        token = names[match[1]] + match[2] if match else name
        if token in tokens:
            assert (name, value) == (name, tokens[token])


def test_our_tokens_are_those_of_the_design(shared):
    ours = dict(re.findall(r"--([\w-]+):(#[0-9A-F]{6})", (STYLE_DIR / "tokens.css").read_text()))
    theirs = (shared / "mockups" / "tokens.css").read_text("utf-8")
    dark = dict(re.findall(r"--([\w-]+):(#[0-9A-F]{6})", theirs.split('[data-theme="dark"]')[1]))

    # The later (dark) block wins in both files, so equal here means equal in the dark theme.
    assert {name: dark.get(name, value) for name, value in ours.items()} == ours


@pytest.mark.parametrize("width", [150, 227, 360, 470])
def test_a_chart_in_a_narrow_place_stays_inside_it(make_chart, width):
    drawing = make_chart("de").standalone_svg(width)

    lengths = [float(x) for x in re.findall(r'\s(?:width|r)="(-?[\d.]+)"', drawing)]
    assert min(lengths) >= 0
    places = [float(x) for x in re.findall(r'<(?:text|circle)[^>]* c?x="(-?[\d.]+)"', drawing)]
    if "scale(" not in drawing:
        assert max(places) <= width + 1
