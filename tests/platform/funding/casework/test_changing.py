"""Changes of a case: all of it or nothing, one version each, nobody's work lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.funding.case_files import CaseError, case_data, read_case
from alpclusters.platform.funding.domain.casework import (
    change_case,
    check_case,
    delete_case,
    duplicate_case,
    import_case,
)
from alpclusters.platform.funding.domain.casework.conditions import answer, take_back
from alpclusters.platform.funding.domain.casework.copying import bring_back, versions_of
from alpclusters.platform.funding.domain.casework.costs import (
    add_cost,
    add_package,
    change_cost,
    entries_of,
    remove_cost,
    remove_package,
    set_frame,
    split,
    totals_of,
)
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.platform.funding.domain.casework.offers import add_link, add_wish, remove_link
from alpclusters.platform.funding.domain.casework.partners import (
    add_partner,
    change_partner,
    remove_partner,
    set_past_aid,
    share_undertaking,
)
from alpclusters.platform.funding.models import FundingCase
from tests.factories.evaluation import NOW
from tests.factories.mixes import example_case, make_case
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

COST = {"partner": "A", "wp": "WP1", "category": "staff", "start": 0, "end": 2, "cost_ct": 10_000}
PLACE = {"nuts": "AT32", "vintage": 2021, "country": "AT"}


@pytest.fixture
def case():
    return make_case(make_project())


def do(case, change, *, version=None, **more):
    version = case.version if version is None else version
    return change_case(case, change, version=version, by=None, now=NOW, reason="test", **more)


def test_cost_over_three_quarters_becomes_three_lines_with_the_rest_in_the_last(case):
    changed = do(case, lambda document: add_cost(document, COST))

    (entry,) = [one for one in entries_of(changed.data) if one.key == "L1"]
    assert [(line["id"], line["period"], line["cost_ct"]) for line in entry.lines] == [
        ("L1-1", 0, 3333),
        ("L1-2", 1, 3333),
        ("L1-3", 2, 3334),
    ]
    assert entry.is_even
    assert check_case(changed.data).faults == ()


@given(st.integers(0, 10**12), st.integers(1, 40))
def test_splitting_keeps_the_sum_and_differs_only_in_the_last_part(amount, n):
    parts = split(amount, n)

    assert sum(parts) == amount
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < n


def test_changed_cost_stays_at_its_place_and_loses_wishes_for_lines_that_are_gone(case):
    do(case, lambda d: add_cost(d, COST))
    wish = {"type": "fund_line", "line": "L1-3", "amount_ct": 5}
    with_wish = do(case, lambda d: add_wish(d, wish), version=2)

    changed = do(with_wish, lambda d: change_cost(d, "L1", {**COST, "end": 1}))

    assert [one.key for one in entries_of(changed.data)][-1] == "L1"
    assert [line["cost_ct"] for line in changed.data["lines"][-2:]] == [5000, 5000]
    assert changed.data["wishes"] == []


def test_removed_partner_takes_costs_wishes_and_undertaking_along(case):
    wish = {"type": "min_partner", "partner": "B", "amount_ct": 100}
    case = do(case, lambda d: add_wish(d, wish))

    changed = do(case, lambda d: remove_partner(d, "B"))

    assert [partner["id"] for partner in changed.data["partners"]] == ["A"]
    assert {line["partner"] for line in changed.data["lines"]} == {"A"}
    assert len(changed.data["undertakings"]) == 1
    assert changed.data["wishes"] == []
    assert check_case(changed.data).faults == ()


def test_if_the_lead_goes_the_next_one_leads(case):
    changed = do(case, lambda d: (change_partner(d, "A", {"lead": True}), remove_partner(d, "A")))

    assert [(p["id"], p["lead"]) for p in changed.data["partners"]] == [("B", True)]


def test_partners_of_one_undertaking_share_its_account_and_part_again(case):
    aid = [{"state": "AT", "granted_on": "2025-01-01", "amount_ct": 100}]
    shared = do(case, lambda d: (set_past_aid(d, "A", aid), share_undertaking(d, "B", "A")))

    apart = do(shared, lambda d: share_undertaking(d, "B", "B"))

    first, second = shared.data["partners"]
    assert first["undertaking"] == second["undertaking"]
    assert len(shared.data["undertakings"]) == 1
    first, second = apart.data["partners"]
    assert first["undertaking"] != second["undertaking"]
    assert find(apart.data, "undertakings", first["undertaking"])["de_minimis"] == aid
    assert check_case(apart.data).faults == ()


def test_unknown_money_is_left_out_and_zero_is_kept(case):
    values = {"name": "New", "kind": "sme", **PLACE, "own_ct": 0, "credit_ct": None}

    changed = do(case, lambda d: add_partner(d, values, size="small"))

    partner = changed.data["partners"][-1]
    assert partner["own_ct"] == 0
    assert "credit_ct" not in partner


def test_answer_is_a_fact_null_when_nobody_knows_and_open_again_when_taken_back(case):
    known = do(case, lambda d: answer(d, "A", "recognised", value=True))
    asked = do(known, lambda d: answer(d, "A", "turnover_ct", None))

    back = do(asked, lambda d: take_back(d, "A", "recognised"))

    assert find(asked.data, "partners", "A")["facts"] == {"recognised": True, "turnover_ct": None}
    assert find(back.data, "partners", "A")["facts"] == {"turnover_ct": None}
    with pytest.raises(InputError, match="own_field"):
        do(back, lambda d: answer(d, "A", "kind", "sme"))


def test_links_are_of_two_offers_and_stand_once(case):
    linked = do(case, lambda d: add_link(d, "exclusive", ["X", "Y"]))

    for offers, code in (
        (["Y", "X"], "link_twice"),
        (["X", "X"], "link_of_two"),
        (["X"], "of_two"),
    ):
        with pytest.raises(InputError, match=code):
            do(linked, lambda d, offers=offers: add_link(d, "exclusive", offers))
    with pytest.raises(InputError, match="gone"):
        do(linked, lambda d: add_link(d, "exclusive", ["X", "unknown"]))
    assert do(linked, lambda d: remove_link(d, 0)).data["links"] == []


def test_time_cannot_become_shorter_than_what_lies_in_it(case):
    long = do(case, lambda d: set_frame(d, title="T", start=NOW.date(), count=9))
    later = do(long, lambda d: add_cost(d, {**COST, "start": 5, "end": 6}))

    with pytest.raises(StateError, match="periods_used"):
        do(later, lambda d: set_frame(d, title="T", start=NOW.date(), count=6))

    assert do(later, lambda d: set_frame(d, title="T", start=NOW.date(), count=7)).version == 4


def test_what_fails_halfway_leaves_everything_as_it_was(case):
    before = FundingCase.objects.get(pk=case.pk).data

    def half(document):
        add_package(document, {"title": "New"})
        remove_cost(document, "no such cost")

    with pytest.raises(InputError):
        do(case, half)

    stored = FundingCase.objects.get(pk=case.pk)
    assert (stored.data, stored.version, stored.history.count()) == (before, 1, 1)


def test_second_editor_of_the_same_part_is_told_and_loses_nothing(case):
    part = lambda d: find(d, "partners", "A")  # noqa: E731 - a key
    do(case, lambda d: change_partner(d, "A", {"name": "First"}), part=part)

    with pytest.raises(StateError) as caught:
        do(case, lambda d: change_partner(d, "A", {"name": "Second"}), version=1, part=part)

    assert caught.value.code == "funding_case.changed_meanwhile"
    stored = FundingCase.objects.get(pk=case.pk)
    assert find(stored.data, "partners", "A")["name"] == "First"


def test_editors_of_different_parts_do_not_hinder_each_other(case):
    do(case, lambda d: change_partner(d, "A", {"name": "New A"}))

    changed = do(
        case,
        lambda d: change_partner(d, "B", {"name": "New B"}),
        version=1,
        part=lambda d: find(d, "partners", "B"),
    )

    assert [p["name"] for p in changed.data["partners"]] == ["New A", "New B"]
    assert changed.version == 3


def test_change_of_nothing_makes_no_version(case):
    assert do(case, lambda _document: None).version == 1


def test_history_says_what_was_done_and_can_bring_back(case):
    changed = do(case, lambda d: remove_package(d, "WP1"))

    brought = bring_back(changed, versions_of(case, most=9)[-1].number, version=2, by=None, now=NOW)

    assert [(v.version, v.reason, v.cost_ct) for v in versions_of(case, most=9)] == [
        (3, "case.back:1", totals_of(case.data).total_ct),
        (2, "test", 0),
        (1, "", totals_of(case.data).total_ct),
    ]
    assert totals_of(brought.data) == totals_of(case.data)
    assert bring_back(brought, 0, version=3, by=None, now=NOW) is None


def test_totals_add_up_by_everything(case):
    totals = totals_of(case.data)

    for sums in (totals.by_partner, totals.by_category, totals.by_package, totals.by_period):
        assert sum(sums.values()) == totals.total_ct
    assert totals.by_partner == {"A": 10_000_000, "B": 8_000_000}


def test_copy_is_of_its_own(case):
    copy = duplicate_case(case, title="Copy", by=None, now=NOW)
    do(copy, lambda d: remove_partner(d, "B"))

    case.refresh_from_db()
    assert len(case.data["partners"]) == 2
    assert (copy.title, copy.data["title"], copy.version) == ("Copy", "Copy", 1)


def test_deleted_case_leaves_no_history(case):
    pk, history = case.pk, case.history.model.objects
    delete_case(case, by=None)

    assert not FundingCase.objects.filter(pk=pk).exists()
    assert not history.filter(id=pk).exists()


@pytest.mark.parametrize("name", ["tiny", "partnership", "innovation-cluster"])
def test_examples_of_the_documentation_come_in_and_go_out_the_same(name):
    data = example_case(name)

    case = import_case(data, make_project(), by=None, now=NOW)

    assert case_data(read_case(case.data)) == case_data(read_case(data))


def test_file_with_faults_is_refused_whole():
    data = example_case()
    data["lines"][0]["cost_ct"] = -1
    data["partners"][0]["nuts"] = "AT9Z"

    with pytest.raises(CaseError) as caught:
        import_case(data, make_project(), by=None, now=NOW)

    assert {(fault.pointer, fault.code) for fault in caught.value.faults} == {
        ("/partners/0/nuts", "unknown_nuts"),
        ("/lines/0/cost_ct", "negative_cost"),
    }
    assert not FundingCase.objects.exists()
