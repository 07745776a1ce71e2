"""Why an offer is not used, by how much, and what the cheapest change brings."""

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
    Periods,
    Rate,
    Undertaking,
    Wish,
    WorkPackage,
)
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.reasons import explain_unused, unused_subjects
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory

pytestmark = pytest.mark.unit
START = dt.date(2025, 1, 1)
EURO = 100


def offer(key="O", **terms) -> Offer:
    """Half of all costs, from an Austrian region, no State aid."""
    usual = {
        "rates": (Rate(5_000),),
        "eligibility": {"all": []},
        "articles": {"*": "none"},
        "grant_date": dt.date(2024, 12, 1),
        "applied_on": dt.date(2024, 6, 30),
    }
    window = terms.pop("window", (0, 3))
    return Offer(key, "p", "regional", "regional", "AT", window, **{**usual, **terms})


def body(key="A", **fields) -> Partner:
    usual = {"kind": "sme", "nuts": "AT32", "vintage": 2021, "country": "AT"}
    said = {**usual, **fields}
    return Partner(key, f"Body {key}", f"U-{key}", **said)


def case(*offers, costs=(31_500,), partners=None, aid=(), links=(), wishes=(), period=0) -> Case:
    """One small firm (or some bodies) with a cost each, in euro."""
    bodies = partners or tuple(body(chr(ord("A") + i)) for i in range(len(costs)))
    number = count()
    return Case(
        "A case",
        Periods(START, 4),
        tuple(Undertaking(b.undertaking, "small", aid) for b in bodies),
        bodies,
        (WorkPackage("W", "All"),),
        tuple(
            Line(f"L{next(number)}", b.id, "W", "staff", period, cost * EURO)
            for b, cost in zip(bodies, costs, strict=True)
        ),
        tuple(offers),
        links,
        wishes,
    )


def why(given: Case, key="O", *, today=None, kind="offer"):
    """Explain an offer that the best mix of a case does not use."""
    best = solve(prepare(given, territory()))
    used = {cell.offer for cell in best.allocation}
    assert kind != "offer" or key not in used
    return explain_unused(
        given, territory(), f"{kind}:{key}", worth_ct=best.objective_ct, used=used, today=today
    )


def test_offer_for_two_partners_says_that_one_more_is_missing_and_what_it_brings():
    found = why(case(offer(min_partners=2), costs=(10_000,)))

    [obstacle], [way] = found.obstacles, found.ways
    assert (obstacle.kind, obstacle.needed, obstacle.found) == ("partners", 2, 1)
    assert (way.kind, way.amount, way.worth_ct) == ("partners", 1, 5_000 * EURO)


def test_offer_names_all_numbers_it_lacks_and_what_partners_who_bring_both_are_worth():
    found = why(case(offer(min_partners=3, min_countries=2), costs=(10_000,)))

    assert [(o.kind, o.needed, o.found) for o in found.obstacles] == [
        ("partners", 3, 1),
        ("countries", 2, 1),
    ]
    [way] = found.ways
    assert (way.kind, way.amount, way.countries) == ("partners", 2, 1)
    assert way.worth_ct == 5_000 * EURO


def test_offer_that_lacks_partners_names_the_grant_it_does_not_reach_as_well():
    found = why(case(offer(min_partners=2, floor_ct=8_000 * EURO), costs=(10_000,)))

    assert [(o.kind, o.needed, o.found) for o in found.obstacles] == [
        ("floor", 8_000 * EURO, 5_000 * EURO),
        ("partners", 2, 1),
    ]
    assert [(w.kind, w.amount, w.worth_ct) for w in found.ways] == [
        ("cost", 6_000 * EURO, None),
        ("partners", 1, None),
    ]


def test_offer_of_another_quarter_names_the_partners_it_lacks_as_well():
    found = why(case(offer(window=(2, 3), min_partners=2), costs=(10_000,)))

    assert [(o.kind, o.needed, o.found) for o in found.obstacles] == [
        ("quarter", None, None),
        ("partners", 2, 1),
    ]


def test_floor_says_how_much_is_reached_and_which_cost_would_reach_it():
    found = why(case(offer(floor_ct=30_000 * EURO)))

    [obstacle], [way] = found.obstacles, found.ways
    assert (obstacle.kind, obstacle.needed, obstacle.found) == (
        "floor",
        30_000 * EURO,
        15_750 * EURO,
    )
    assert (way.kind, way.subject, way.amount) == ("cost", "A", 28_500 * EURO)
    assert way.worth_ct in {None, 30_000 * EURO}


def test_cost_above_the_floor_was_computed():
    [way] = why(case(offer(floor_ct=3_000_000, cap_ct=4_000_000, effort_ct=10_000))).ways

    assert way.worth_ct is None or way.worth_ct > 0


def test_wrong_place_fits_nobody():
    elsewhere = {"within": ["partner.nuts", {"nuts": ["SI"], "vintage": 2021}]}

    found = why(case(offer(eligibility=elsewhere)))

    assert [one.kind for one in found.obstacles] == ["not_eligible"]


def test_missing_answer_is_open_and_not_a_no():
    found = why(case(offer(eligibility={"eq": ["offer.conditions_coded", True]})))

    assert [one.kind for one in found.obstacles] == ["open"]


def test_call_that_closed_says_on_which_day():
    closed = offer(closes=dt.date(2024, 5, 1), applied_on=None, min_partners=2)

    [obstacle] = why(case(closed), today=dt.date(2024, 6, 1)).obstacles

    assert (obstacle.kind, obstacle.day) == ("closed", dt.date(2024, 5, 1))


def test_costs_in_other_quarters_can_be_moved():
    found = why(case(offer(window=(2, 3)), costs=(10_000,)))

    assert [one.kind for one in found.obstacles] == ["quarter"]
    assert [(way.kind, way.amount, way.worth_ct) for way in found.ways] == [
        ("quarter", 2, 5_000 * EURO)
    ]


def test_other_kinds_of_cost_are_told():
    assert [o.kind for o in why(case(offer(categories=("travel",)))).obstacles] == ["category"]


def test_exclusive_offer_names_its_rival_and_the_loss():
    links = (Link("exclusive", ("O", "R")),)
    better = offer("R", rates=(Rate(6_000),))

    found = why(case(offer(), better, costs=(10_000,), links=links))

    [obstacle], [way] = found.obstacles, found.ways
    assert (obstacle.kind, obstacle.subject) == ("exclusive", "R")
    assert (way.kind, way.worth_ct) == ("use", -1_000 * EURO)


def test_applying_that_costs_more_than_it_brings_says_both_and_the_cost_that_pays_off():
    found = why(case(offer(effort_ct=6_000 * EURO), costs=(10_000,)))

    [obstacle] = found.obstacles
    assert (obstacle.kind, obstacle.needed, obstacle.found) == (
        "effort",
        6_000 * EURO,
        5_000 * EURO,
    )
    assert {(way.kind, way.worth_ct) for way in found.ways} == {
        ("use", -1_000 * EURO),
        ("cost", 0),
    }
    [cost] = [way for way in found.ways if way.kind == "cost"]
    assert cost.amount == 2_000 * EURO


def test_full_de_minimis_account_cites_the_article_and_says_when_it_is_free():
    aid = (PastAid("AT", dt.date(2024, 3, 1), 300_000 * EURO, "self"),)

    found = why(case(offer(articles={"*": "DM"}), aid=aid))

    [obstacle] = found.obstacles
    assert (obstacle.kind, obstacle.needed) == ("de_minimis", 300_000 * EURO)
    assert "2023/2831" in obstacle.act
    [wait] = [way for way in found.ways if way.kind == "wait"]
    assert (wait.day, wait.worth_ct) == (dt.date(2027, 3, 1), 15_750 * EURO)


def test_application_after_the_start_of_work_is_late():
    late = offer(articles={"*": "GB-28"}, applied_on=dt.date(2025, 2, 1))

    found = why(case(late))

    [obstacle] = found.obstacles
    assert (obstacle.kind, obstacle.day) == ("late", dt.date(2025, 2, 1))
    assert [(way.kind, way.day) for way in found.ways] == [("apply_before", START)]


def test_wish_to_do_without_an_offer_is_told():
    wished = case(offer(), wishes=(Wish("avoid", offer="O"),))

    assert [one.kind for one in why(wished).obstacles] == ["avoid"]


def test_offer_whose_costs_another_pays_better_is_displaced():
    found = why(case(offer(rates=(Rate(4_000),)), offer("R", rates=(Rate(10_000),))))

    assert found.obstacles[0].kind in {"displaced", "as_good"}
    assert [way.kind for way in found.ways] == ["use"]


@pytest.mark.parametrize(
    ("cost", "terms", "least", "loss"),
    [
        (50_000, {}, 1_000, 1_500),  # 2,500 of cost that the other offer would pay in full
        (50_000, {"floor_ct": 5_000 * EURO}, 5_000, 7_500),
        (50_000, {"cap_ct": 500 * EURO}, 100, 150),
        (2_000, {}, 100, 150),
    ],
)
def test_mix_forced_to_use_an_offer_grants_a_sensible_amount_and_says_which(
    cost, terms, least, loss
):
    # What a fund of the Union takes of a cost, its programmes do not.
    forced = replace(offer(rates=(Rate(4_000),), **terms), origin="union_shared")
    better = replace(offer("R", rates=(Rate(10_000),)), level="eu", origin="union_central")
    given = case(forced, better, costs=(cost,))

    [way] = why(given).ways

    assert (way.kind, way.amount, way.worth_ct) == ("use", least * EURO, -loss * EURO)


def test_partner_forced_to_get_something_gets_a_sensible_amount():
    only_one = (Link("exclusive", ("O", "R")),)
    at_home = {"within": ["partner.nuts", {"nuts": ["AT"], "vintage": 2021}]}
    given = case(
        offer(eligibility=ABROAD), offer("R", eligibility=at_home), costs=(90_000, 10_000),
        partners=(body(), body("B", nuts="SI042", country="SI")), links=only_one,
    )  # fmt: skip

    [way] = why(given, "B", kind="partner").ways

    assert (way.kind, way.amount, way.worth_ct) == ("use", 1_000 * EURO, -40_000 * EURO)


def test_partner_without_costs_or_offers_is_told():
    plain = case(offer())
    idle = replace(plain, partners=(*plain.partners, body("Z")), undertakings=(
        *plain.undertakings, Undertaking("U-Z", "small")))  # fmt: skip

    assert [o.kind for o in why(idle, "Z", kind="partner").obstacles] == ["no_costs"]

    elsewhere = {"within": ["partner.nuts", {"nuts": ["AT"], "vintage": 2021}]}
    abroad = body("B", nuts="SI042", country="SI")
    given = case(offer(eligibility=elsewhere), costs=(10_000, 5_000), partners=(body(), abroad))

    assert why(given, "B", kind="partner").obstacles[0].kind == "no_offer"


def test_nothing_of_that_name_is_refused():
    with pytest.raises(AnalysisError):
        explain_unused(case(offer()), territory(), "offer:nobody", worth_ct=0)


def test_subjects_are_unused_offers_and_partners_without_a_grant():
    given = case(offer(), offer("R"), costs=(1, 2))

    assert unused_subjects(given, [("O", "L0")]) == ("offer:R", "partner:B")


ABROAD = {"within": ["partner.nuts", {"nuts": ["SI"], "vintage": 2021}]}


def test_offer_that_fits_nobody_names_the_partner_for_whom_meeting_its_conditions_brings_most():
    found = why(case(offer(eligibility=ABROAD), costs=(10_000, 20_000)))

    assert [one.kind for one in found.obstacles] == ["not_eligible"]
    assert [(way.kind, way.subject, way.worth_ct) for way in found.ways] == [
        ("fit", "B", 10_000 * EURO),
        ("fit", "A", 5_000 * EURO),
    ]


def test_offer_for_two_that_fits_nobody_needs_all_of_them_to_meet_its_conditions():
    found = why(case(offer(eligibility=ABROAD, min_partners=2), costs=(10_000, 20_000)))

    assert [(way.kind, way.subject, way.worth_ct) for way in found.ways] == [
        ("fit", "O", 15_000 * EURO)
    ]


def test_open_offer_says_what_good_answers_would_bring():
    found = why(case(offer(eligibility={"eq": ["partner.legal_form", "gmbh"]}), costs=(10_000,)))

    assert [one.kind for one in found.obstacles] == ["open"]
    assert [(way.kind, way.worth_ct) for way in found.ways] == [("answer", 5_000 * EURO)]


def test_open_offer_without_a_rate_names_the_way_but_computes_nothing():
    unknown = offer(eligibility={"eq": ["offer.conditions_coded", True]}, rates=())

    assert [(w.kind, w.worth_ct) for w in why(case(unknown)).ways] == [("answer", None)]


def test_offer_for_other_costs_says_which_cost_could_be_planned_as_which():
    found = why(case(offer(categories=("travel", "equipment")), costs=(10_000,)))

    [way] = found.ways
    assert (way.kind, way.subject, way.to, way.amount, way.worth_ct) == (
        "category",
        "A",
        "travel",
        10_000 * EURO,
        5_000 * EURO,
    )


def test_offer_of_other_themes_says_what_one_of_its_themes_would_bring():
    found = why(case(offer(themes=("wood",)), costs=(10_000,)))

    assert [one.kind for one in found.obstacles] == ["theme"]
    assert [(way.kind, way.worth_ct) for way in found.ways] == [("theme", 5_000 * EURO)]


def test_own_means_that_do_not_suffice_say_whose_and_how_much_is_missing():
    poor = (body(own_ct=1_000 * EURO),)
    given = case(offer(partner_floor_ct=10_000 * EURO), costs=(10_000,), partners=poor)

    found = why(given)

    [obstacle] = found.obstacles
    assert (obstacle.kind, obstacle.subject) == ("own_means", "A")
    assert (obstacle.needed, obstacle.found) == (5_000 * EURO, 1_000 * EURO)
    assert [(way.kind, way.subject, way.amount, way.worth_ct) for way in found.ways] == [
        ("own_means", "A", 4_000 * EURO, 5_000 * EURO)
    ]


def test_credit_that_does_not_suffice_is_told_from_own_means():
    poor = (body(credit_ct=100 * EURO),)
    paid_late = offer(partner_floor_ct=10_000 * EURO, lag_periods=2)

    found = why(case(paid_late, costs=(10_000,), partners=poor))

    assert [(one.kind, one.subject) for one in found.obstacles] == [("credit", "A")]
    assert [(way.kind, way.subject, way.worth_ct) for way in found.ways] == [
        ("credit", "A", 5_000 * EURO)
    ]


def test_closed_call_says_what_its_next_round_would_bring():
    closed = offer(closes=dt.date(2024, 5, 1), applied_on=None, min_partners=2)

    found = why(case(closed, costs=(10_000,)), today=dt.date(2024, 6, 1))

    assert [(way.kind, way.worth_ct) for way in found.ways] == [("next_call", None)]


def test_partner_without_an_offer_hears_of_each_offer_why_and_what_would_help():
    elsewhere = {"within": ["partner.nuts", {"nuts": ["AT"], "vintage": 2021}]}
    abroad = body("B", nuts="SI042", country="SI")
    given = case(offer(eligibility=elsewhere), costs=(10_000, 5_000), partners=(body(), abroad))

    found = why(given, "B", kind="partner")

    assert [(o.kind, o.subject) for o in found.obstacles] == [("no_offer", "B"), ("unfit", "O")]
    assert [(way.kind, way.subject, way.to, way.worth_ct) for way in found.ways] == [
        ("fit", "B", "O", 2_500 * EURO)
    ]


def test_cost_of_another_kind_or_time_says_which_offer_would_take_it_then():
    given = case(
        offer(categories=("travel",)), offer("R", window=(2, 3)), costs=(10_000,), period=0
    )

    found = why(given, "L0", kind="line")

    assert [(o.kind, o.subject) for o in found.obstacles] == [
        ("no_offer", "L0"),
        ("other_costs", "O"),
        ("other_time", "R"),
    ]
    assert {(way.kind, way.to, way.worth_ct) for way in found.ways} == {
        ("category", "travel", 5_000 * EURO),
        ("quarter", "R", 5_000 * EURO),
    }


def test_work_package_that_gets_nothing_has_a_reason_and_a_way():
    found = why(case(offer(categories=("travel",)), costs=(10_000,)), "W", kind="package")

    assert [o.kind for o in found.obstacles] == ["no_offer", "other_costs"]
    assert [way.kind for way in found.ways] == ["category"]


def test_costs_that_get_nothing_are_subjects_once_for_all_their_quarters():
    given = case(offer(), costs=(10, 20))
    more = (
        Line("S0", "A", "W", "travel", 0, 100),
        Line("S1", "A", "W", "travel", 1, 100),
        Line("V0", "A", "V", "staff", 0, 100),
    )
    given = replace(
        given, lines=(*given.lines, *more),
        work_packages=(*given.work_packages, WorkPackage("V", "Later")),
    )  # fmt: skip

    found = unused_subjects(given, [("O", "L0"), ("O", "L1")])

    assert found == ("package:V", "line:S0")


def test_offer_whose_law_has_ended_says_what_the_scenario_of_a_prolonged_act_would_bring():
    later = offer(articles={"*": "GB-28"}, grant_date=dt.date(2027, 3, 1), applied_on=None)

    found = why(case(later, costs=(10_000,)))

    assert [one.kind for one in found.obstacles] == ["no_law"]
    assert ("prolonged", 5_000 * EURO) in {(way.kind, way.worth_ct) for way in found.ways}


def test_partner_for_whom_an_offer_is_open_is_not_told_that_it_does_not_fit():
    given = case(offer(eligibility={"eq": ["partner.legal_form", "gmbh"]}), costs=(10_000,))

    found = why(given, "A", kind="partner")

    assert [(o.kind, o.subject) for o in found.obstacles] == [("no_offer", "A"), ("unknown", "O")]
    assert [(way.kind, way.worth_ct) for way in found.ways] == [("answer", 5_000 * EURO)]


@pytest.mark.parametrize(
    ("terms", "lacking"),
    [({"min_partners": 7}, ("partners", 7, 1)), ({"floor_ct": 10**8}, ("floor", 10**8, 500_000))],
)
def test_offer_whose_law_has_ended_says_what_it_lacks_even_if_that_were_prolonged(terms, lacking):
    later = offer(articles={"*": "GB-28"}, grant_date=dt.date(2027, 3, 1), applied_on=None, **terms)

    found = why(case(later, costs=(10_000,)))

    assert [one.kind for one in found.obstacles] == ["no_law", lacking[0]]
    assert (found.obstacles[1].needed, found.obstacles[1].found) == lacking[1:]
    # Worth is computed under no law that nobody knows.
    assert {way.worth_ct for way in found.ways} == {None}
