"""Reading a case: every fault with its pointer, all of them at once, and nothing else raised."""

import copy
import datetime as dt

import pytest
from hypothesis import example as of
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import PastAid
from alpclusters.analysis.funding.case_files import (
    CaseError,
    case_data,
    case_digest,
    case_warnings,
    read_case,
    refuse_large,
)
from alpclusters.platform.funding.domain.territory import territory
from tests.analysis.funding.case.case_examples import (
    NAMES,
    REMOVED,
    changed,
    example,
    faults_of,
    spoilt_cases,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_read_whole_and_written_back(name):
    data = example(name)
    before = copy.deepcopy(data)

    case = read_case(data, territory=territory())

    assert data == before
    assert case.is_simulated
    assert read_case(case_data(case), territory=territory()) == case
    assert case_digest(read_case(case_data(case))) == case_digest(case)


def test_what_is_read_are_the_records():
    case = read_case(example("partnership"))

    assert [partner.country for partner in case.partners] == ["DE", "IT", "FR", "AT", "CH"]
    assert sum(line.cost_ct for line in case.lines) == 46_000_000
    assert case.undertakings[3].de_minimis == (
        PastAid("AT", dt.date(2024, 5, 14), 19_200_000, "self"),
    )
    assert case.offers[0].window == (1, 9)
    assert case.partners[2].facts == {
        "label": "bronze",
        "members": 60,
        "themes": ("materials", "ict"),
        "recognised": None,
    }
    assert case.links[2].ratio == (1, 1)


def test_digest_depends_on_every_value_and_not_on_the_spelling():
    case = read_case(example())
    other = read_case(changed("lines/0/cost_ct", 6_000_001))
    same = read_case(changed("lines/0/cost_ct", 6_000_000.0))

    assert case_digest(case) != case_digest(other)
    assert case_digest(case) == case_digest(same)
    assert len(case_digest(case)) == 64


def test_names_of_the_paper_are_read_and_not_written():
    data = example()
    data["work_packages"][0]["theme"] = ["wood"]
    data["offers"][0]["article"] = data["offers"][0].pop("articles")

    case = read_case(data)

    assert case.work_packages[0].themes == ("wood",)
    assert case.offers[0].articles == {"*": "GB-20'"}
    assert "article" not in case_data(case)["offers"][0]


def test_both_names_at_once_are_refused():
    data = changed("offers/0/article", {"*": "none"})

    assert faults_of(data) == [("/offers/0/article", "unwanted_field")]


@pytest.mark.parametrize(
    ("path", "value", "pointer", "code"),
    [
        ("lines/0/cost_ct", -5, "/lines/0/cost_ct", "negative_cost"),
        ("lines/0/cost_ct", True, "/lines/0/cost_ct", "type_mismatch"),
        ("lines/0/cost_ct", "60000", "/lines/0/cost_ct", "type_mismatch"),
        ("lines/0/cost_ct", 1.5, "/lines/0/cost_ct", "type_mismatch"),
        ("lines/0/cost_ct", float("nan"), "/lines/0/cost_ct", "not_finite"),
        ("lines/0/cost_ct", 10**400, "/lines/0/cost_ct", "too_large"),
        ("lines/0/cost_ct", None, "/lines/0/cost_ct", "type_mismatch"),
        ("lines/0/cost_ct", REMOVED, "/lines/0", "missing_field"),
        ("lines/0/colour", 1, "/lines/0/colour", "unknown_key"),
        ("lines/0/a~b/c", 1, "", ""),
        ("lines/0/economic", 1, "/lines/0/economic", "type_mismatch"),
        ("lines/0/partner", "C", "/lines/0/partner", "unknown_ref"),
        ("lines/0/wp", "WP9", "/lines/0/wp", "unknown_ref"),
        ("lines/1/id", "a1", "/lines/1/id", "duplicate_id"),
        ("lines/0/period", 4, "/lines/0/period", "period_outside"),
        ("lines/0/period", -1, "/lines/0/period", "period_outside"),
        ("lines/0/period", 40, "/lines/0/period", "period_outside"),
        ("partners/0/nuts", "AT99", "/partners/0/nuts", "unknown_nuts"),
        ("partners/0/nuts", "at33", "/partners/0/nuts", "bad_nuts"),
        ("partners/0/nuts", "ZZ11", "/partners/0/country", "country_mismatch"),
        ("partners/0/vintage", 2020, "/partners/0/vintage", "unknown_value"),
        ("partners/0/country", "DE", "/partners/0/country", "country_mismatch"),
        ("partners/0/name", "a\x07b", "/partners/0/name", "bad_text"),
        ("partners/0/name", "a\ud800b", "/partners/0/name", "bad_text"),
        ("partners/0/name", "", "/partners/0/name", "bad_length"),
        ("partners/0/id", "A\n", "/partners/0/id", "bad_id"),
        ("undertakings/0/controlled_by", "U-A", "/undertakings/0/controlled_by", "controls_itself"),
        ("offers/0/window", {"from": 3, "to": 1}, "/offers/0/window", "window_reversed"),
        ("offers/0/window/to", 7, "/offers/0/window/to", "period_outside"),
        ("offers/0/rates/0/bp", 10_001, "/offers/0/rates/0/bp", "rate_over_100"),
        ("offers/0/rates/0/bp", -1, "/offers/0/rates/0/bp", "negative_rate"),
        ("offers/0/rates", [], "/offers/0/rates", "too_few_items"),
        ("offers/0/floor_ct", 9_000_001, "/offers/0/floor_ct", "floor_over_cap"),
        (
            "offers/0/success",
            {"granted": 5, "applied": 4, "source": "Report"},
            "/offers/0/success/granted",
            "more_granted",
        ),
        ("offers/0/success", {"granted": 5}, "/offers/0/success", "missing_field"),
        ("offers/0/success", {"source": "Report"}, "/offers/0/success", "missing_field"),
        (
            "offers/0/success",
            {"share_bp": 2_500, "applied": 4, "source": "Report"},
            "/offers/0/success/applied",
            "unwanted_field",
        ),
        ("offers/0/award", "lottery", "/offers/0/award", "unknown_value"),
        ("offers/0/cap_ct", -1, "/offers/0/cap_ct", "negative_amount"),
        ("offers/0/max_partners", 1, "/offers/0/min_partners", "minimum_over_maximum"),
        ("offers/1/id", "X", "/offers/1/id", "windows_overlap"),
        ("offers/0/grant_date", "2025-02-30", "/offers/0/grant_date", "bad_date"),
        ("offers/0/grant_date", "2025-2-3", "/offers/0/grant_date", "bad_date"),
        ("offers/0/grant_date", "2006-12-31", "/offers/0/grant_date", "rulebook_gap"),
        ("offers/0/eligibility", {"all": [{}]}, "/offers/0/eligibility/all/0", "not_one_key"),
        ("offers/0/eligibility", {"al": []}, "/offers/0/eligibility/al", "unknown_key"),
        ("offers/0/seal_of", "Q", "/offers/0/seal_of", "unknown_ref"),
        ("rulebook", "RB-1999", "/rulebook", "rulebook_gap"),
        ("currency", "CHF", "/currency", "unknown_value"),
        ("schema", "alpclusters-case/2", "/schema", "unknown_value"),
        ("periods/start", "2025-01-02", "/periods/start", "not_first_day"),
        ("periods/count", 41, "/periods/count", "out_of_range"),
        ("periods/length", "month", "/periods/length", "unknown_value"),
        ("solver", {"gap": 2}, "/solver/gap", "out_of_range"),
        ("solver", {"gap": float("inf")}, "/solver/gap", "not_finite"),
        ("wishes", [{"type": "use"}], "/wishes/0", "missing_field"),
        (
            "wishes",
            [{"type": "use", "offer": "X", "count": 1}],
            "/wishes/0/count",
            "unwanted_field",
        ),
        ("scenarios", [{"id": "s", "rejected": ["Q"]}], "/scenarios/0/rejected/0", "unknown_ref"),
    ],
)
def test_each_fault_is_named_at_its_place(path, value, pointer, code):
    if not code:
        data = example()
        data["lines"][0]["a~b/c"] = 1
        pointer, code = "/lines/0/a~0b~1c", "unknown_key"
    else:
        data = changed(path, value)

    assert (pointer, code) in faults_of(data, territory=territory())


@pytest.mark.parametrize("data", [None, 1, True, "case", [], [[]], float("nan")])
def test_what_is_no_object_is_refused(data):
    assert [pointer for pointer, _ in faults_of(data)] == [""]


def test_all_faults_come_in_one_answer_and_in_the_order_of_the_file():
    data = example()
    data["lines"][2]["cost_ct"] = -1
    data["lines"][0]["partner"] = "Z9"
    data["offers"][3]["rates"][0]["bp"] = 20_000
    data["partners"][1]["nuts"] = "SI99"

    found = faults_of(data, territory=territory())

    assert found == [
        ("/lines/0/partner", "unknown_ref"),
        ("/lines/2/cost_ct", "negative_cost"),
        ("/offers/3/rates/0/bp", "rate_over_100"),
        ("/partners/1/nuts", "unknown_nuts"),
    ]


def test_more_than_two_hundred_faults_are_counted():
    data = example()
    data["lines"] = [{**data["lines"][0], "id": f"l{n}", "cost_ct": -1} for n in range(250)]

    with pytest.raises(CaseError) as caught:
        read_case(data)

    assert (len(caught.value.faults), caught.value.n_more) == (200, 50)


def test_unknown_code_comes_with_codes_that_look_alike():
    with pytest.raises(CaseError) as caught:
        read_case(changed("partners/0/nuts", "AT36"), territory=territory())

    fault = caught.value.faults[0]
    assert fault.params["found"] == "AT36"
    assert fault.params["nearest"] == "AT31, AT32, AT33"


def test_code_of_a_country_that_the_tables_leave_out_is_taken():
    data = changed("partners/0/nuts", "PL21")
    data["partners"][0]["country"] = "PL"

    assert faults_of(data, territory=territory()) == []


def test_code_in_a_condition_is_checked_too():
    place = {"nuts": ["AT33", "AT77"], "vintage": 2021}
    data = changed("offers/0/eligibility", {"within": ["partner.nuts", place]})

    pointer = "/offers/0/eligibility/within/1/nuts/1"
    assert faults_of(data, territory=territory()) == [(pointer, "unknown_nuts")]


def test_unknown_programme_area_is_named():
    data = changed("offers/0/eligibility", {"within": ["partner.nuts", {"area": "alps"}]})

    pointer = "/offers/0/eligibility/within/1/area"
    assert faults_of(data, territory=territory()) == [(pointer, "unknown_ref")]


def test_types_in_a_condition_are_checked_when_it_is_read():
    expression = {"all": [{"const": True}, {"lt": ["partner.employees", "many"]}]}

    found = faults_of(changed("offers/0/eligibility", expression))

    assert found == [("/offers/0/eligibility/all/1/lt/1", "type_mismatch")]


def test_condition_without_end_is_refused_and_not_followed():
    expression = {"const": True}
    for _ in range(5_000):
        expression = {"not": expression}

    assert faults_of(changed("offers/0/eligibility", expression)) == [("", "too_deep")]


def test_condition_of_depth_thirteen_is_too_deep():
    expression = {"const": True}
    for _ in range(12):
        expression = {"not": expression}

    codes = [code for _, code in faults_of(changed("offers/0/eligibility", expression))]

    assert codes == ["too_deep"]


def offers(n):
    one = example()["offers"][1]
    return changed("offers", [{**one, "id": f"O{number}"} for number in range(n)])


def test_a_thousand_offers_are_read_with_a_warning_and_not_mixed():
    case = read_case(offers(1_000))

    assert [warning.code for warning in case_warnings(case)] == ["many_offers"]
    with pytest.raises(CaseError) as caught:
        refuse_large(case)
    assert caught.value.faults[0].as_record() == {
        "pointer": "/offers",
        "code": "too_many_offers_mixed",
        "params": {"n": 1_000, "high": 999},
        "message_key": "case.too_many_offers_mixed",
    }


def test_more_than_a_thousand_offers_are_refused():
    assert faults_of(offers(1_001)) == [("/offers", "too_many_offers")]


def test_four_hundred_offers_need_no_warning():
    assert case_warnings(read_case(offers(400))) == ()


def test_offer_without_a_day_is_warned_of():
    data = changed("offers/0/grant_date", REMOVED)

    assert [(w.pointer, w.code) for w in case_warnings(read_case(data))] == [
        ("/offers/0", "undecided_day")
    ]


def case_or_error(data):
    try:
        return read_case(data, territory=territory())
    except CaseError as error:
        return error


@given(spoilt_cases())
def test_whatever_the_json_is_only_the_documented_error_is_raised(data):
    found = case_or_error(data)

    if isinstance(found, CaseError):
        assert found.faults
        assert all(fault.pointer == "" or fault.pointer[0] == "/" for fault in found.faults)
    else:
        assert read_case(case_data(found), territory=territory()) == found


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
@of({"schema": "alpclusters-case/1", "offers": [None, 1, []], "links": [{"offers": [None]}]})
@of({1: 2, None: 3})
def test_any_json_at_all_is_answered(data):
    assert faults_of(data)
