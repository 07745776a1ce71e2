"""The rules as the method's paper states them, by day."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.rulebooks import (
    AMENDMENTS,
    BOOKS,
    RULES,
    RuleBookError,
    book_on,
    load_rules,
    rules_on,
    view_book,
)
from alpclusters.analysis.funding.rulebooks.records import Rule

pytestmark = pytest.mark.unit
D = dt.date
PAPER = {
    *("DF-1", "DF-2", "DF-3", "DF-4", "CF-1", "SE-0", "SE-1", "SE-2", "MR-1"),
    *("GB-17", "GB-18", "GB-19", "GB-20", "GB-20'", "GB-20a", "GB-25-fundamental"),
    *("GB-25-industrial", "GB-25-experimental", "GB-25-feasibility", "GB-25a", "GB-27i", "GB-27o"),
    *("GB-19a", "GB-19b", "GB-26", "GB-26a", "GB-29", "DM-9", "DM-10", "DM-11"),
    *("GB-27w", "GB-28", "GB-28a", "GB-31", "GB-4.2", "GB-6", "GB-7", "GB-9"),
    *("CU-1", "CU-2", "CU-3", "CU-4", "CU-5"),
    *(f"DM-{n}" for n in range(9)),
    *("IR-85", "IR-80", "IR-P2", "IR-L", "IR-O14", "IR-O21", "CO-15", "CO-63", "CO-EL"),
    *("CH-1", "CH-2", "CH-3", "FR-20"),
}


def test_every_rule_of_the_paper_is_there_and_no_other():
    assert {rule.id for rule in RULES} == PAPER


def figure(rule_id: str, day: dt.date, name: str) -> int | str | None:
    rule = rules_on(day).get(rule_id)
    return rule and rule.params.get(name)


@pytest.mark.parametrize(
    ("rule_id", "before", "since"),
    [
        ("GB-17", 750_000_000, 825_000_000),
        ("GB-18", 200_000_000, 220_000_000),
        ("GB-19", 200_000_000, 220_000_000),
        ("GB-20'", 200_000_000, 220_000_000),
        ("GB-20a", 2_000_000, 2_200_000),
        ("GB-25-fundamental", 4_000_000_000, 5_500_000_000),
        ("GB-25-industrial", 2_000_000_000, 3_500_000_000),
        ("GB-25-experimental", 1_500_000_000, 2_500_000_000),
        ("GB-25-feasibility", 750_000_000, 825_000_000),
        ("GB-27i", 750_000_000, 1_000_000_000),
        ("GB-27o", 750_000_000, 1_000_000_000),
        ("GB-28", 500_000_000, 1_000_000_000),
        ("GB-28a", 20_000_000, 22_000_000),
        ("GB-31", 200_000_000, 300_000_000),
    ],
)
def test_ceilings_rise_on_the_first_of_july_2023(rule_id, before, since):
    assert figure(rule_id, D(2023, 6, 30), "ceiling_ct") == before
    assert figure(rule_id, D(2023, 7, 1), "ceiling_ct") == since


# Ceilings since July 2023 that somebody read.
SEEN = {"GB-17", "GB-18", "GB-19", "GB-19b", "GB-20'", "GB-20a"}


def test_ceilings_since_2023_are_unverified_but_where_somebody_read_them():
    rules = [r for r in rules_on(D(2023, 7, 1)).values() if "ceiling_ct" in r.params]

    assert {r.id for r in rules if "ceiling_ct" not in r.unverified_params} == SEEN
    held = rules_on(D(2020, 7, 1)).values()
    # Articles 26 and 29 are from memory.
    before = [r for r in held if "ceiling_ct" in r.params and r.id not in {"GB-26", "GB-29"}]
    assert {r.id for r in before if "ceiling_ct" in r.unverified_params} == set()
    assert {r.status for r in before} == {"verified"}


def test_what_was_written_anew_in_2023_and_nobody_read_is_unverified():
    written_anew = {"bonus_collaboration_bp", "bonus_dissemination_bp", "max_bp"}

    for rule_id in ("GB-25-industrial", "GB-25-experimental"):
        before, since = (rules_on(day)[rule_id] for day in (D(2023, 6, 30), D(2023, 7, 1)))
        assert not written_anew & set(before.unverified_params)
        assert written_anew <= set(since.unverified_params)


@pytest.mark.parametrize(
    ("rule_id", "days"),
    [
        ("GB-20", (D(2014, 7, 1), D(2021, 7, 31))),
        ("GB-20'", (D(2021, 8, 1), D(2026, 12, 31))),
        ("GB-20a", (D(2021, 8, 1), D(2026, 12, 31))),
        ("SE-0", (D(2017, 7, 10), D(2021, 7, 31))),
        ("DM-0", (D(2007, 1, 1), D(2013, 12, 31))),
        ("DM-1", (D(2014, 1, 1), D(2023, 12, 31))),
        ("DM-2", (D(2024, 1, 1), D(2030, 12, 31))),
        ("DM-8", (D(2026, 1, 1), D(2030, 12, 31))),
        ("IR-80", (D(2021, 1, 1), D(2027, 12, 31))),
        ("CO-EL", (D(2007, 1, 1), D(2027, 12, 31))),
        ("DF-1", (D(2003, 1, 1), None)),
        ("DF-4", (D(2014, 1, 1), None)),
    ],
)
def test_a_rule_holds_from_day_to_day(rule_id, days):
    versions = [rule for rule in RULES if rule.id == rule_id]

    assert (min(v.valid_from for v in versions), versions[-1].valid_to) == days


def test_de_minimis_limits():
    assert figure("DM-1", D(2023, 12, 31), "limit_ct") == 20_000_000
    assert figure("DM-2", D(2024, 1, 1), "limit_ct") == 30_000_000
    assert "DM-1" not in rules_on(D(2024, 1, 1))


def test_acts_of_the_double_funding_rule_by_day():
    days = (D(2010, 1, 1), D(2013, 1, 1), D(2018, 8, 2), D(2024, 9, 29), D(2024, 9, 30))

    assert [(r := rules_on(day)["DF-1"]).act for day in days] == [
        "1605/2002",
        "966/2012",
        "2018/1046",
        "2018/1046",
        "2024/2509",
    ]
    assert r.status == "unverified"


def test_books_are_views_by_period():
    assert [book_on(day) and book_on(day).id for day in
            (D(2006, 12, 31), D(2007, 1, 1), D(2013, 12, 31), D(2014, 1, 1), D(2020, 12, 31),
             D(2021, 1, 1), D(2050, 1, 1))] == [
        None, "RB-2007", "RB-2007", "RB-2014", "RB-2014", "RB-2021", "RB-2021"
    ]  # fmt: skip
    assert rules_on(D(2006, 12, 31)) == {}


@given(st.dates(D(2007, 1, 1), D(2030, 12, 31)))
def test_the_rules_of_a_day_are_those_whose_days_hold_it(day):
    assert rules_on(day) == {rule.id: rule for rule in RULES if rule.holds_on(day)}


def test_what_is_unverified_names_a_figure_or_a_part_of_the_rule():
    parts = {"article", "valid_from", "valid_to", "text", "limits"}

    for rule in RULES:
        assert set(rule.unverified_params) <= set(rule.params) | parts, rule.id


def test_amendments_stand_in_order_with_the_day_of_each():
    days = {a.id: (a.act, a.valid_from, a.status) for a in AMENDMENTS}

    assert days["M1"] == ("2017/1084", D(2017, 7, 10), "verified")
    assert days["M4"] == ("2021/1237", D(2021, 8, 1), "unverified")
    assert days["M6"] == ("2023/1315", D(2023, 7, 1), "verified")


# --- contradictions ---------------------------------------------------------------------------


def rule(start: dt.date, end: dt.date | None, rule_id: str = "X-1") -> Rule:
    return Rule(rule_id, "1/2000", "1", "rule.X-1", "", start, end)


def test_two_rules_of_one_id_on_one_day_are_refused():
    with pytest.raises(RuleBookError, match=r"rulebook\.overlap") as caught:
        load_rules([rule(D(2020, 1, 1), None), rule(D(2021, 1, 1), D(2022, 1, 1))])

    assert caught.value.values == {"first": "2020-01-01", "second": "2021-01-01"}


def test_one_day_in_common_is_enough():
    with pytest.raises(RuleBookError, match=r"rulebook\.overlap"):
        load_rules([rule(D(2020, 1, 1), D(2020, 12, 31)), rule(D(2020, 12, 31), None)])


def test_versions_that_follow_one_another_are_loaded_in_order():
    first, second = rule(D(2020, 1, 1), D(2020, 12, 31)), rule(D(2021, 1, 1), None)

    assert load_rules([second, first]) == (first, second)


def test_other_ids_may_share_days():
    assert len(load_rules([rule(D(2020, 1, 1), None), rule(D(2020, 1, 1), None, "X-2")])) == 2


def test_a_rule_that_ends_before_it_begins_is_refused():
    with pytest.raises(RuleBookError, match=r"rulebook\.reversed"):
        load_rules([rule(D(2021, 1, 1), D(2020, 1, 1))])


def test_a_book_of_contradictions_is_refused_as_a_whole():
    twice = [*RULES, replace(RULES[0], valid_from=D(2022, 1, 1))]

    with pytest.raises(RuleBookError):
        view_book("RB-X", D(2021, 1, 1), None, twice)


def test_books_hold_every_rule_of_their_days():
    assert {rule.id for book in BOOKS for rule in book.rules} == PAPER
