"""The report: one sheet for each partner and application, scenarios side by side."""

import datetime as dt

import pytest

from alpclusters.platform.funding.domain.mixing.computing import EXTRA_WORK
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import Bullets, Figure, Heading, tables, walk
from alpclusters.reports.funding import build_report, write_mix_file
from tests.reports.funding.mixes_made import case_of, changed, mix_of

pytestmark = pytest.mark.integration

DAY = dt.date(2026, 11, 26)
SCENARIO = {
    "id": "without:X",
    "rejected": ["X"],
    "objective": 8_849_999,
    "bound": 8_850_000,
    "status": "optimal",
    "loss_ct": 7_699_998,
    "dropped": ["X"],
    "added": [],
}
OTHER = {
    "objective": 16_499_997,
    "difference_ct": 50_000,
    "offers": [{"id": "X", "used": True}, {"id": "Y", "used": False}],
}


@pytest.fixture(scope="module")
def case():
    return case_of()


@pytest.fixture(scope="module")
def mix(case):
    return mix_of(case, scenarios=(SCENARIO,), alternatives=(OTHER,))


@pytest.fixture(scope="module")
def document(case, mix):
    return build_report(case, mix, "en", day=DAY)


def named(document, name):
    return next(table for table in tables(document) if table.name == name)


def test_each_partner_and_each_used_offer_has_its_sheet(document):
    headings = [block.text for block in walk(document.blocks) if isinstance(block, Heading)]

    for wanted in (
        "Simulated agency A",
        "Simulated firm B",
        "Cooperation grant X (simulated)",
        "Grant V of a foundation (simulated)",
    ):
        assert headings.count(wanted) == 1


def test_sheet_of_a_partner_lists_each_cost_once_and_who_pays(document):
    table = named(document, "Simulated firm B")

    rows = [(row[0], row[3], row[4]) for row in table.value_rows]

    assert rows == [
        ("b1", 50_000, "Grant V of a foundation (simulated)"),
        ("b1", None, "Cooperation grant X (simulated)"),
        ("b1", None, "Grant Z for firms (simulated)"),
        ("b2", 30_000, "Grant V of a foundation (simulated)"),
        ("b2", None, "Grant Z for firms (simulated)"),
    ]
    assert sum(cost or 0 for _, cost, _ in rows) == table.total[3] == 80_000


def test_sheet_of_an_application_adds_up(document):
    table = named(document, "Grant Y for public bodies (simulated)")

    assert [row[1:] for row in table.value_rows] == [(60_000, 30_000, 0.5)]
    assert table.total[1:] == (60_000, 30_000, 0.5)


def test_scenarios_stand_beside_the_plan(document):
    rows = named(document, "Scenarios").value_rows

    assert rows[0][0] == "as planned"
    assert rows[1][:2] == (
        "without “Cooperation grant X (simulated)”",
        "Cooperation grant X (simulated)",
    )
    assert [float(value) for value in rows[1][2:4]] == [88_499.99, 76_999.98]
    assert rows[1][4] == "<\u00a00.0001%"
    assert rows[1][5] == "proved best"


def test_alternatives_name_what_they_leave_out(document):
    ((number, worth, less, without, with_),) = named(document, "Alternatives").value_rows

    assert (number, float(worth), less, with_) == ("2", 164_999.97, 500, "–")
    assert "Grant Y" in without


def words_of(case, mix):
    blocks = walk(build_report(case, mix, "en", day=DAY).blocks)
    return [words for block in blocks if isinstance(block, Bullets) for words in block.items]


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        ((), "No other mixes nearly as good were looked for."),
        ((OTHER,), "Only one other mix nearly as good was looked for; there may be more."),
    ],
)
def test_report_of_a_large_case_says_what_was_not_searched(case, mix, others, wanted):
    work = EXTRA_WORK // max(1, len(others)) + (not others)
    large = changed(mix, beside="some", alternatives=list(others), scenarios=[])

    found = words_of(case, large | {"solver": {**mix["solver"], "work": work}})

    assert wanted in found
    assert "For 4 large offers it was not examined what their refusal would cost." in found


def test_report_of_a_mix_stored_before_claims_nothing(case, mix):
    old = {name: part for name, part in mix.items() if name != "beside"}
    old |= {"scenarios": [], "solver": {**mix["solver"], "work": EXTRA_WORK + 1}}

    assert not any("was not examined" in words for words in words_of(case, old))


@pytest.mark.parametrize("beside", ["all", None])
def test_report_is_silent_where_all_was_searched_or_nothing_was_to_be(case, mix, beside):
    large = {**mix["solver"], "work": EXTRA_WORK + 1}

    found = words_of(case, changed(mix, beside=beside, solver=large))

    assert not any("looked for" in words for words in found)


def test_note_of_the_time_plan_says_who_is_not_in_it(case, mix):
    (some, *_) = mix["partners"]
    many = [{**some, "id": f"P{n}", "cash": [n * 100, 0, 0, 0]} for n in range(1, 8)]

    blocks = walk(build_report(case, changed(mix, partners=many), "en", day=DAY).blocks)

    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    assert [row.label for row in figure.chart.cash] == ["P7", "P6", "P5", "P4", "P3"]
    assert "Shown: the five partners who pay most ahead (paying ahead: 7)." in str(figure.note)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_all_files_are_made_in_every_language(case, mix, language):
    for ending, magic in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        data = write_mix_file(case, mix, kind="report", ending=ending, language=language, day=DAY)
        assert data.startswith(magic)
