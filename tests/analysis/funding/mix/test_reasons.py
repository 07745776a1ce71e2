"""Why an offer is not used, by how much, and what the cheapest change brings."""

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.analysis.funding.case.records import (
    Case,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
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


def test_partner_without_costs_or_offers_is_told():
    plain = case(offer())
    idle = replace(plain, partners=(*plain.partners, body("Z")), undertakings=(
        *plain.undertakings, Undertaking("U-Z", "small")))  # fmt: skip

    assert [o.kind for o in why(idle, "Z", kind="partner").obstacles] == ["no_costs"]

    elsewhere = {"within": ["partner.nuts", {"nuts": ["AT"], "vintage": 2021}]}
    abroad = body("B", nuts="SI042", country="SI")
    given = case(offer(eligibility=elsewhere), costs=(10_000, 5_000), partners=(body(), abroad))

    assert [o.kind for o in why(given, "B", kind="partner").obstacles] == ["no_offer"]


def test_nothing_of_that_name_is_refused():
    with pytest.raises(AnalysisError):
        explain_unused(case(offer()), territory(), "offer:nobody", worth_ct=0)


def test_subjects_are_unused_offers_and_partners_without_a_grant():
    given = case(offer(), offer("R"), costs=(1, 2))

    assert unused_subjects(given, [("O", "L0")]) == ("offer:R", "partner:B")
