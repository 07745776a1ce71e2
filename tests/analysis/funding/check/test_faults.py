"""Each thing that can be wrong with a mix is said, with its place in the case."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import (
    Cell,
    Link,
    PastAid,
    Rate,
    SolverWishes,
    Wish,
    WorkPackage,
)
from tests.analysis.funding.check.pieces import (
    EUROS,
    case,
    changed_offer,
    checked,
    codes,
    euro_cell,
    line,
    offer,
    one_firm,
    partner,
    room,
    undertaking,
)

pytestmark = pytest.mark.unit
D = dt.date


def plain(**more):
    """A firm with one cost of 10,000 that is no aid, and offers o and p of 50 %."""
    cost = line("l", "P", 10_000, economic=False, **more.pop("line", {}))
    first = offer("o", 5_000, **more.pop("offer", {}))
    second = offer("p", 5_000, **more.pop("other", {}))
    return one_firm([cost], [first, second], **more)


HALF = euro_cell("o", "l", 10_000, 5_000)
SECOND = euro_cell("p", "l", 10_000, 5_000)


def found(case_, *cells, **more):
    check = checked(case_, *cells, **more)
    return [(v.code, v.pointer) for v in check.violations]


def test_a_plain_mix_is_valid():
    check = checked(plain(), HALF)

    assert check.valid
    assert (check.notes, check.undecided) == ((), ())
    assert room(check, "DF-3", "line:l") == (10_000, 5_000, 5_000)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (euro_cell("?", "l", 10, 5), ("unknown_cell", "/offers")),
        (euro_cell("o", "?", 10, 5), ("unknown_cell", "/lines")),
        (euro_cell("o", "l", 0, 5), ("declared_not_positive", "/lines/0/cost_ct")),
        (euro_cell("o", "l", -10, -5), ("declared_not_positive", "/lines/0/cost_ct")),
        (euro_cell("o", "l", 10_001, 5_000), ("declared_above_cost", "/lines/0/cost_ct")),
        (euro_cell("o", "l", 10_000, 4_999), ("grant_differs", "/offers/0/rates")),
    ],
)
def test_amounts_that_cannot_be(cell, fault):
    assert fault in found(plain(), cell)


def test_a_cell_stated_twice():
    assert found(plain(), HALF, HALF) == [("duplicate_cell", "/lines/0")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"offer": {"window": (1, 3)}}, ("outside_window", "/lines/0/period")),
        ({"offer": {"categories": ("travel",)}}, ("wrong_category", "/lines/0/category")),
        ({"offer": {"themes": ("energy",)}}, ("wrong_theme", "/lines/0/wp")),
        ({"offer": {"eligibility": {"const": False}}}, ("not_eligible", "/offers/0/eligibility")),
        (
            {"offer": {"eligibility": {"eq": ["partner.label", "gold"]}}},
            ("eligibility_open", "/offers/0/eligibility"),
        ),
        ({"offer": {"rates": ()}}, ("no_rate", "/offers/0/rates")),
    ],
)
def test_a_cost_that_an_offer_does_not_pay_for(change, fault):
    assert found(plain(**change), HALF) == [fault]


def test_without_the_filter_themes_do_not_matter():
    calm = plain(offer={"themes": ("energy",)}, solver=SolverWishes(theme_filter=False))

    assert checked(calm, HALF).valid


def test_a_common_theme_is_enough():
    packages = (WorkPackage("W1", "Work", ("energy", "wood")),)

    assert checked(plain(offer={"themes": ("energy",)}, work_packages=packages), HALF).valid


def test_open_questions_pass_as_a_recorded_assumption():
    asked = plain(
        offer={"eligibility": {"eq": ["partner.label", "gold"]}},
        solver=SolverWishes(assume_open=True),
    )

    check = checked(asked, HALF)

    assert check.valid
    assert [(note.code, note.subject) for note in check.notes] == [("assumed_open", "offer:o/P")]


def test_two_grants_of_the_union_budget_for_one_beneficiary():
    central = {"origin": "union_central"}
    check = checked(
        plain(offer=central, other=central),
        euro_cell("o", "l", 5_000, 2_500),
        euro_cell("p", "l", 5_000, 2_500),
    )

    assert codes(check) == [("over_ceiling", "DF-1")]


def test_a_cost_declared_twice_to_union_and_erdf():
    check = checked(plain(offer={"origin": "union_central"}, other={"origin": "union_shared"}),
                    HALF, Cell("p", "l", 100, 50))  # fmt: skip

    assert codes(check) == [("over_ceiling", "DF-4")]
    assert room(check, "DF-2", "line:l") == (10_000, 10_000, 0)


def test_more_grants_than_the_cost():
    rich = changed_offer(plain(), "p", rates=(replace(plain().offers[0].rates[0], bp=5_001),))

    check = checked(rich, HALF, euro_cell("p", "l", 10_000, 5_001))

    assert codes(check) == [("over_ceiling", "DF-3")]


TERMS = [
    ({"cap_ct": 499_999}, "case.cap", 1),
    ({"floor_ct": 500_001}, "case.floor", 1),
    ({"partner_cap_ct": 499_999}, "case.partner_cap", 1),
    ({"partner_floor_ct": 1_000_001}, "case.partner_floor", 1),
    ({"partner_floors_ct": {"P": 1_000_002}}, "case.partner_floor", 2),
    ({"min_partners": 2}, "case.min_partners", 1),
    ({"max_partners": 0}, "case.max_partners", 1),
    ({"min_countries": 3}, "case.min_countries", 2),
    ({"min_member_states": 2}, "case.min_member_states", 1),
    ({"max_share_bp": 9_999}, "case.max_share", 50),
    ({"private_match_bp": 5_001}, "case.private_match", 100),
]


@pytest.mark.parametrize(("terms", "rule", "over"), TERMS)
def test_what_a_call_asks_is_missed_by_so_much(terms, rule, over):
    check = checked(plain(offer=terms), HALF)

    assert [(v.rule, v.over_ct) for v in check.violations] == [(rule, over)]


def test_costs_outside_the_area():
    check = checked(plain(line={"outside": True}, offer={"outside_bp": 2_000}), HALF)

    assert [(v.rule, v.over_ct) for v in check.violations] == [("case.outside", 400_000)]


def test_own_means_pay_what_nobody_grants():
    check = checked(plain(firm={"own_ct": 499_999}), HALF)

    assert [(v.rule, v.pointer, v.over_ct) for v in check.violations] == [
        ("case.own_means", "/partners/0/own_ct", 1)
    ]


def test_claims_stay_within_the_credit_until_they_are_paid():
    terms = {"prepay_bp": 2_000, "lag_periods": 2}
    firm = {"credit_ct": 400_000}

    check = checked(plain(offer=terms, firm=firm), HALF)
    less = checked(plain(offer=terms, firm={"credit_ct": 399_999}), HALF)

    used = {c.subject: c.used_ct for c in check.ceilings if c.rule == "case.credit"}
    assert used == {"partner:P@0": 400_000, "partner:P@1": 400_000}
    assert check.valid
    assert [(v.rule, v.params["period"]) for v in less.violations] == [
        ("case.credit", 0),
        ("case.credit", 1),
    ]


# --- links ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        (Link("exclusive", ("o", "p")), "link_exclusive"),
        (Link("alternative", ("o", "p")), "link_exclusive"),
        (Link("exclusive_per_partner", ("o", "p")), "link_exclusive_partner"),
        (Link("paired", ("o", "p"), (2, 1)), "link_paired_ratio"),
    ],
)
def test_offers_that_do_not_go_together(link, fault):
    assert found(plain(links=(link,)), HALF, SECOND) == [(fault, "/links/0")]


def test_a_pair_may_give_less_than_its_rate_to_keep_its_ratio():
    pair = plain(links=(Link("paired", ("o", "p"), (2, 1)),))

    assert checked(pair, HALF, euro_cell("p", "l", 10_000, 2_500)).valid


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        (Link("requires", ("o", "p")), "link_requires"),
        (Link("paired", ("o", "p"), (1, 1)), "link_paired_alone"),
    ],
)
def test_an_offer_that_needs_another(link, fault):
    assert found(plain(links=(link,)), HALF) == [(fault, "/links/0")]
    assert checked(plain(links=(Link("requires", ("p", "o")),)), HALF).valid


# --- wishes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "fault"),
    [
        (Wish("use", offer="p"), "wish_use"),
        (Wish("avoid", offer="o"), "wish_avoid"),
        (Wish("max_offers", count=0), "over_ceiling"),
        (Wish("min_total", amount_ct=500_001), "under_floor"),
        (Wish("min_partner", partner="P", amount_ct=500_001), "under_floor"),
        (Wish("fund_line", line="l", amount_ct=500_001), "under_floor"),
    ],
)
def test_a_hard_wish_that_is_missed(wish, fault):
    assert found(plain(wishes=(wish,)), HALF) == [(fault, "/wishes/0")]
    assert checked(plain(wishes=(replace(wish, weight=1),)), HALF).valid


# --- aid --------------------------------------------------------------------------------------


def aided(article: str, **more):
    cost = line("l", "P", 10_000)
    terms = {"articles": {"staff": article}, **more}
    return one_firm([cost], [offer("o", 5_000, **terms)], firm={"size": "small"})


@pytest.mark.parametrize(
    ("case_", "fault"),
    [
        (aided("GB-99"), ("unknown_article", "GB-99")),
        (aided("GB-20"), ("article_not_in_force", "GB-20")),
        (aided("GB-18", applied_on=D(2025, 1, 1)), ("incentive_effect", "GB-6")),
    ],
)
def test_aid_that_the_law_does_not_allow(case_, fault):
    assert codes(checked(case_, HALF)) == [fault]


def test_a_large_firm_gets_no_aid_for_small_ones():
    large = replace(aided("GB-18"), undertakings=(undertaking("P", "large"),))

    assert ("size_not_eligible", "GB-18") in codes(checked(large, HALF))


def test_the_day_of_the_law_is_the_day_of_the_grant():
    assert checked(aided("GB-20", grant_date=D(2021, 7, 31)), HALF).valid


def test_without_a_day_of_application_the_incentive_effect_is_undecided():
    check = checked(aided("GB-18", applied_on=None), HALF)

    assert check.valid
    assert [note.code for note in check.undecided] == ["application_day_unknown"]


def test_without_a_day_of_the_grant_the_law_is_undecided():
    check = checked(aided("GB-18", grant_date=None), HALF)

    assert [note.code for note in check.undecided] == ["grant_day_unknown"]


def test_before_the_block_exemption_of_2014_aid_is_undecided():
    check = checked(aided("GB-18", grant_date=D(2012, 5, 1)), HALF)

    assert check.valid is None
    assert [note.code for note in check.undecided] == ["law_unknown"]


def test_a_named_book_judges_every_grant():
    old = replace(aided("GB-20", grant_date=D(2024, 1, 1)), rulebook="RB-2014")

    check = checked(old, HALF)

    assert check.valid
    assert {c.book for c in check.ceilings} == {"RB-2014"}


def test_awards_above_the_threshold_will_be_published():
    cost = line("l", "P", 1_000_000, article="GB-25-fundamental")
    grant = offer("o", 5_000, articles={"*": "GB-25-fundamental"})

    check = checked(one_firm([cost], [grant]), euro_cell("o", "l", 1_000_000, 500_000))

    assert ("publication", "GB-9") in [(note.code, note.rule) for note in check.notes]


# --- single undertakings, years, road freight -------------------------------------------------


def family(day: dt.date, *, month: int = 1, **more):
    """Q is controlled by P; the aid of both counts together."""
    partners = [partner("P", **more), partner("Q")]
    history = (PastAid("DE", D(2021, 3, 1), 150_000 * EUROS),)
    undertakings = [
        undertaking("P", de_minimis=history, fiscal_year_start=month),
        undertaking("Q", controlled_by="UP"),
    ]
    grant = offer("o", 10_000, articles={"*": "DM"}, grant_date=day)
    made = case(partners, undertakings, [line("l", "Q", 100_000)], [grant])
    return checked(made, euro_cell("o", "l", 100_000, 100_000))


def test_undertakings_under_one_control_share_an_account():
    assert room(family(D(2023, 6, 1)), "DM-1", "undertaking:UP/DE@2023-06-01") == (
        200_000,
        250_000,
        -50_000,
    )


def test_the_fiscal_year_begins_where_the_undertaking_says():
    """In April: 1 March 2021 is in the year 2020/21, June 2023 in 2023/24: not counted."""
    assert (
        room(family(D(2023, 6, 1), month=4), "DM-1", "undertaking:UP/DE@2023-06-01")[1] == 100_000
    )


def test_road_freight_had_a_lower_limit_until_2023():
    freight = family(D(2023, 6, 1), month=4, facts={"road_freight": True})

    assert room(freight, "DM-1", "undertaking:UP/DE@2023-06-01") == (100_000, 100_000, 0)


def test_a_grant_of_a_leap_day_counts_until_the_end_of_february():
    history = (PastAid("DE", D(2024, 2, 29), 250_000 * EUROS),)

    def grant_on(day):
        grant = offer("o", 10_000, articles={"*": "DM"}, grant_date=day)
        made = one_firm([line("l", "P", 60_000)], [grant], history={"de_minimis": history})
        return checked(made, euro_cell("o", "l", 60_000, 60_000)).valid

    assert not grant_on(D(2027, 2, 28))
    assert grant_on(D(2027, 3, 1))


def test_an_account_is_checked_on_later_days_of_others_too():
    history = (PastAid("DE", D(2025, 6, 1), 250_000 * EUROS),)
    grant = offer("o", 10_000, articles={"*": "DM"}, grant_date=D(2025, 1, 1))
    made = one_firm([line("l", "P", 60_000)], [grant], history={"de_minimis": history})

    check = checked(made, euro_cell("o", "l", 60_000, 60_000))

    assert [v.params["on"] for v in check.violations] == ["2025-06-01"]


# --- Interreg ---------------------------------------------------------------------------------


def interreg(*partners, **more):
    terms = {"origin": "union_shared", "level": "macro_regional", **more}
    lines = [line(p.id.lower(), p.id, 10_000) for p in partners]
    undertakings = [undertaking(p.id, "none") for p in partners]
    made = case(partners, undertakings, lines, [offer("o", 5_000, **terms)])
    return checked(made, *(euro_cell("o", one.id, 10_000, 5_000) for one in lines))


def test_a_partnership_within_one_country_is_no_interreg_project():
    check = interreg(partner("A", lead=True), partner("B"))

    assert [(v.rule, v.params["what"]) for v in check.violations] == [("IR-P2", "countries")]


def test_interreg_europe_wants_three_countries():
    check = interreg(
        partner("A", lead=True), partner("B", nuts="SI04"), programme="interreg-europe-2127"
    )

    assert [(v.rule, v.over_ct) for v in check.violations] == [("IR-P2", 1)]


def test_only_one_partner_leads_and_none_is_a_note():
    two = interreg(partner("A", lead=True), partner("B", nuts="SI04", lead=True))
    none = interreg(partner("A"), partner("B", nuts="SI04"))

    assert codes(two) == [("several_leads", "IR-L")]
    assert none.valid
    assert [note.code for note in none.notes] == ["no_lead"]


def test_a_rate_above_that_of_the_programme_is_no_breach_of_one_project():
    generous = (Rate(5_000), Rate(8_500))
    check = interreg(partner("A", lead=True), partner("B", nuts="SI04"), rates=generous)

    assert check.valid
    assert [(note.code, note.rule) for note in check.notes] == [("programme_rate", "IR-80")]


@pytest.mark.parametrize(("day", "rule"), [(D(2018, 5, 1), "IR-O14"), (D(2024, 5, 1), "IR-O21")])
def test_costs_outside_the_area_of_interreg_are_a_note(day, rule):
    abroad = plain(
        line={"outside": True},
        offer={"origin": "union_shared", "level": "cross_border", "grant_date": day},
    )

    assert rule in [note.rule for note in checked(abroad, HALF).notes]


def test_federal_swiss_money_without_a_pair_is_a_note():
    swiss = plain(offer={"origin": "ch", "grants_from": "CH"})

    assert [(n.code, n.rule) for n in checked(swiss, HALF).notes] == [("swiss_pair", "CH-3")]


def test_private_money_is_spent_once():
    """Two offers want 30 % each of 10,000; the firm has 5,000 of its own."""
    terms = {"private_match_bp": 3_000}
    costs = [line("l", "P", 10_000, economic=False), line("m", "P", 10_000, economic=False)]
    offers = [offer("o", 5_000, **terms), offer("p", 5_000, **terms)]
    cells = (euro_cell("o", "l", 10_000, 5_000), euro_cell("p", "m", 10_000, 5_000))

    rich = checked(one_firm(costs, offers, firm={"own_ct": 1_000_000}), *cells)
    poor = checked(one_firm(costs, offers, firm={"own_ct": 500_000}), *cells)

    assert rich.valid
    missing = [(v.rule, v.over_ct) for v in poor.violations if v.rule == "case.private_match"]
    assert missing == [("case.private_match", 100_000)]


def test_private_money_moves_between_partners_so_that_all_are_served():
    """o can take money of P or Q, p only of P: the flow gives P to p."""
    terms = {"private_match_bp": 5_000}
    partners = [partner("P", own_ct=500_000), partner("Q", own_ct=500_000)]
    costs = [line(name, who, 10_000, economic=False)
             for name, who in (("a", "P"), ("b", "Q"), ("c", "P"))]  # fmt: skip
    offers = [offer("o", 5_000, private_match_bp=2_500), offer("p", 5_000, **terms)]
    cells = [euro_cell("o", "a", 10_000, 5_000), euro_cell("o", "b", 10_000, 5_000),
             euro_cell("p", "c", 10_000, 5_000)]  # fmt: skip
    made = case(partners, [undertaking("P"), undertaking("Q")], costs, offers)

    check = checked(made, *cells)

    assert [v.rule for v in check.violations] == ["case.own_means"]


def test_a_negative_amount_hides_nothing():
    check = checked(plain(), HALF, SECOND, Cell("p", "l", 1, -1))

    assert {code for code, _ in codes(check)} >= {"duplicate_cell", "declared_not_positive"}
