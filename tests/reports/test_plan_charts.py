import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.plans import (
    ActionFacts,
    ActionStatus,
    Colour,
    IndicatorFacts,
    MilestoneFacts,
    Reason,
    action_status,
    indicator_status,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.parts import STATUS_SHAPES
from alpclusters.reports.plan_words.status import (
    ORDER,
    by_urgency,
    kind_of,
    reason_text,
    reason_texts,
    status_of,
)
from tests.reports.plan_samples import (
    CHARTS,
    make_board,
    make_dependencies,
    make_logic,
    make_path,
)

pytestmark = pytest.mark.unit

TODAY = date(2026, 7, 1)
SCRIPT = "<script>alert(1)</script>"


class Line:
    """An action with a computed status, shown as it is or as somebody set it."""

    def __init__(self, status: ActionStatus, shown: Colour | None = None) -> None:
        self.status = status
        self.shown = shown or status.colour


def line(progress=0.5, *, confirmed=date(2026, 6, 30), shown=None, today=TODAY, **more):
    facts = ActionFacts(
        "1", date(2026, 1, 1), date(2026, 12, 31), progress=progress, confirmed_on=confirmed, **more
    )
    return Line(action_status(facts, today=today), shown)


@pytest.mark.parametrize("name", CHARTS)
def test_paper_is_valid_svg_with_title_and_words(name):
    chart = CHARTS[name]()

    drawing = ET.fromstring(chart.standalone_svg(440))  # noqa: S314 - ours

    texts = [e.text for e in drawing.iter() if e.tag.endswith(("title", "desc"))]
    assert all(texts)
    assert chart.alt in texts


@pytest.mark.parametrize("name", CHARTS)
def test_texts_are_escaped_on_screen_and_paper(name):
    chart = CHARTS[name](title=SCRIPT)

    assert "<script" not in chart.svg_rows() + chart.standalone_svg(440)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_styled_inline(name):
    assert " style=" not in CHARTS[name]().svg_rows()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("name", CHARTS)
def test_description_is_short_in_every_language(name, language):
    chart = CHARTS[name](language)

    assert 0 < len(chart.alt) <= 400
    assert chart.table().value_rows


def test_board_counts_all_and_draws_what_it_has():
    chart = make_board()

    assert chart.svg_rows().count('class="pb-chip"') == 2
    assert ">90<" in chart.svg_rows()
    assert "Regional: 90." in chart.alt


def test_dependencies_stand_right_of_what_they_wait_for():
    chart = make_dependencies()

    assert chart.svg_rows().count("marker-end=") == 3
    assert [row[2] for row in chart.table().value_rows] == ["X0 Pilot", "X1 Pilot", "X0 Pilot"]


def test_logic_has_one_arrow_for_each_edge():
    # One from the money, two to the indicators of the action; the plan's own has none.
    wide = make_logic().svg_rows()

    assert wide[: wide.index("</svg>")].count('class="f-none s-lake"') == 3


def test_hollow_box_is_dotted_and_impact_dashed():
    drawing = make_logic().svg_rows()

    assert drawing.count('stroke-dasharray="1.5 4"') == 1
    assert drawing.count('stroke-dasharray="5 4"') == 1


def test_letters_of_the_logic_are_large_enough_on_paper():
    drawing = make_logic().standalone_svg(166 / 25.4 * 72)

    scale = float(re.search(r"scale\(([\d.]+)\)", drawing)[1])
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)}
    assert min(sizes) * scale >= 8


def test_single_value_of_a_path_is_seen_with_its_name():
    path = replace(make_path(), values=[(date(2026, 9, 1), 1.0)])

    for drawing in (path.svg_rows(), path.standalone_svg(470)):
        assert drawing.count("<circle") == 1
        assert "reported" in drawing


def test_value_at_the_end_of_its_path_is_named_below_the_name_of_the_path():
    path = make_path()
    last_day, last = path.expected[-1]
    drawing = replace(path, values=[(last_day, last)]).standalone_svg(470)

    heights = [
        float(re.search(rf'<text[^>]* y="([\d.]+)"[^>]*>{word}<', drawing)[1])
        for word in ("expected", "reported")
    ]
    assert heights[1] - heights[0] >= 9


def test_target_path_prints_dates_in_its_table():
    rows = make_path().table().value_rows

    assert rows[0] == ("expected", date(2026, 1, 1), 0.0)
    assert rows[-1] == ("reported", date(2027, 6, 30), 1.0)


def test_every_kind_of_status_has_its_own_shape():
    shapes = [repr(STATUS_SHAPES[kind]) for kind in StatusKind]

    assert len(set(shapes)) == len(shapes)


def test_urgent_actions_come_first():
    late, grey, delayed = line(0.2), line(0.5, confirmed=None, today=date(2026, 9, 1)), line(0.35)
    fine, done = line(), line(done_on=date(2026, 6, 1))

    found = by_urgency([done, fine, delayed, grey, late])

    assert found == [late, grey, delayed, fine, done]
    assert [kind_of(one) for one in found] == [
        StatusKind.FAR_BEHIND,
        StatusKind.NO_REPORT,
        StatusKind.DELAYED,
        StatusKind.ON_TRACK,
        StatusKind.DONE,
    ]
    assert set(ORDER) == set(StatusKind)


def test_stale_status_says_what_was_known_last():
    status = status_of(line(0.35, confirmed=None, today=date(2026, 9, 1)), "en")

    assert (status_word(status, "en"), status.detail) == (
        "no current report",
        "last known: far behind",
    )


def test_override_keeps_the_computed_status_in_small_print():
    status = status_of(line(0.2, shown=Colour.YELLOW), "en")

    assert (status_word(status, "en"), status.detail) == ("delayed", "computed: far behind")


def test_planned_action_that_will_be_late_says_both():
    late = action_status(
        ActionFacts("1", date(2026, 1, 1), date(2026, 12, 31)),
        today=date(2025, 12, 1),
        ready=date(2026, 3, 1),
    )

    assert status_word(status_of(Line(late), "en"), "en") == "planned, will be late"


STATES = st.builds(
    line,
    st.one_of(st.none(), st.floats(-0.5, 1.5)),
    confirmed=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 7, 1))),
    today=st.dates(date(2025, 6, 1), date(2028, 1, 1)),
    milestones=st.lists(
        st.builds(MilestoneFacts, st.dates(date(2026, 1, 1), date(2026, 12, 31))), max_size=3
    ).map(tuple),
    done_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
    stopped_on=st.one_of(st.none(), st.just(date(2026, 5, 1))),
)


@given(STATES, st.sampled_from(LANGUAGE_CODES))
def test_every_reason_is_a_sentence_in_every_language(one, language):
    for reason, said in zip(
        one.status.reasons, reason_texts(one.status.reasons, language), strict=True
    ):
        assert said != reason.key.replace("_", " ")
        assert said.endswith((".", "?"))
        assert "%(" not in said


@given(
    st.builds(
        IndicatorFacts,
        st.just("i"),
        st.just("increase"),
        st.just("linear"),
        st.one_of(st.none(), st.just(0.0)),
        st.just(date(2026, 1, 1)),
        st.sampled_from([(), ((date(2028, 12, 31), 100.0),)]),
        st.one_of(st.none(), st.floats(0, 200)),
        st.just(date(2027, 1, 1)),
    ),
    st.dates(date(2026, 6, 1), date(2030, 1, 1)),
)
def test_every_reason_of_an_indicator_is_a_sentence(facts, today):
    for reason in indicator_status(facts, today=today).reasons:
        said = reason_text(reason, "sl")
        assert said.endswith(".")
        assert "%(" not in said


def test_reason_names_the_action_that_was_stopped():
    reason = Reason("predecessor_stopped", {"action": "17"})

    assert reason_text(reason, "en", {"17": "X3"}) == "An action before it was stopped: X3."


def test_days_are_counted_in_the_forms_of_slovenian():
    said = [reason_text(Reason("after_end", {"days": n}), "sl") for n in (1, 2, 3, 5)]

    assert said == [
        "Načrtovani konec je bil pred 1 dnevom.",
        "Načrtovani konec je bil pred 2 dnevoma.",
        "Načrtovani konec je bil pred 3 dnevi.",
        "Načrtovani konec je bil pred 5 dnevi.",
    ]
