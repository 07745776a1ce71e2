"""Rows of the model one by one: tiny cases whose best mix is worked out by hand."""

import datetime as dt

import pytest

from alpclusters.analysis.funding.case import Link, PastAid, Periods
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix import prepare, solve
from tests.analysis.funding.check.pieces import (
    LAND,
    case,
    line,
    offer,
    one_firm,
    partner,
    undertaking,
)

pytestmark = pytest.mark.unit


def best(case_, *rejected):
    """Solve, have it checked, and return grants by offer in euro with what the mix is worth."""
    found = solve(prepare(case_, LAND, rejected=rejected))
    check = check_mix(case_, found.allocation, territory=LAND, rejected=rejected)
    assert check.violations == ()
    assert found.status == "optimal"
    grants = {}
    for cell in found.allocation:
        grants[cell.offer] = grants.get(cell.offer, 0) + cell.grant_ct
    return {name: ct / 100 for name, ct in grants.items()}, found.objective_ct / 100


def two(kinds=("sme", "sme"), *, lines, offers, **more):
    """Two partners A and B; public bodies have no economic activity."""
    sizes = ["none" if kind == "public" else "small" for kind in kinds]
    names = ("A", "B")
    return case(
        [partner(name, kind) for name, kind in zip(names, kinds, strict=True)],
        [undertaking(name, size) for name, size in zip(names, sizes, strict=True)],
        lines,
        offers,
        **more,
    )


def test_paired_grants_keep_their_ratio_and_leave_lines_that_only_one_pays():
    offers = [
        offer("X", 6_000, cap_ct=3_000_000),
        offer("Y", 4_000, categories=("staff",)),
    ]
    lines = [line("a", "P", 100_000), line("b", "P", 20_000, category="external")]
    links = (Link("paired", ("X", "Y"), (3, 1)),)

    # X pays at most 30,000 and Y a third of it; alone Y could pay 40,000.
    assert best(one_firm(lines, offers, links=links)) == ({"X": 30_000, "Y": 10_000}, 40_000)


def test_one_partner_gets_no_more_than_its_share():
    lines = [line("a", "A", 100_000), line("b", "B", 10_000)]
    offers = [offer("X", 5_000, max_share_bp=6_000)]

    # B gets 5,000, two fifths; A the other three.
    assert best(two(lines=lines, offers=offers)) == ({"X": 12_500}, 12_500)


def union(name, bp, **more):
    return offer(name, bp, origin="union_central", level="european", **more)


@pytest.mark.parametrize(("cap", "total"), [(1_000_000, 70_000), (4_000_000, 80_000)])
def test_most_favourable_union_rate_bounds_aid_and_union_money(cap, total):
    aid = offer("N", 5_000, articles={"*": "GB-28"})
    lines = [line("a", "P", 100_000)]
    offers = [aid, union("U", 7_000, cap_ct=2_000_000), union("V", 8_000, cap_ct=cap)]

    # One Union grant for a body: with U all is at most 70,000; with V at most 80,000 and its cap.
    _, worth = best(one_firm(lines, offers))

    assert worth == total


def test_costs_outside_the_area_have_their_share():
    lines = [line("a", "P", 40_000), line("b", "P", 100_000, outside=True)]

    # 20,000 inside are four fifths.
    assert best(one_firm(lines, [offer("X", 5_000, outside_bp=2_000)])) == ({"X": 25_000}, 25_000)


@pytest.mark.parametrize(("own_ct", "total"), [(None, 25_000), (600_000, 15_000)])
def test_private_money_bounds_what_may_be_declared(own_ct, total):
    bodies = [partner("A", "public"), partner("B", own_ct=own_ct)]
    lines = [line("a", "A", 100_000), line("b", "B", 20_000)]
    if own_ct is not None:
        lines[1] = line("b", "B", 12_000)
    made = case(
        bodies,
        [undertaking("A", "none"), undertaking("B")],
        lines,
        [offer("X", 5_000, private_match_bp=2_000)],
    )

    # B leaves open 10,000 (6,000), a fifth of 50,000 (30,000) declared.
    assert best(made)[1] == total


def test_own_means_may_force_an_offer_that_does_not_pay():
    lines = [line("a", "P", 100_000)]
    offers = [offer("X", 5_000), offer("Y", 4_000, effort_ct=4_500_000)]
    firm = {"own_ct": 3_000_000}

    assert best(one_firm(lines, offers)) == ({"X": 50_000}, 50_000)
    assert best(one_firm(lines, offers, firm=firm))[1] == 50_000 + 40_000 - 45_000


def test_credit_bounds_what_waits_to_be_paid():
    lines = [line("a", "P", 40_000, 0), line("b", "P", 40_000, 3)]
    offers = [offer("X", 5_000, lag_periods=2)]

    # 10,000 until the second quarter after, then again 10,000.
    assert best(one_firm(lines, offers, firm={"credit_ct": 1_000_000}))[1] == 20_000


def test_money_paid_ahead_relieves_the_credit():
    lines = [line("a", "P", 40_000, 0)]
    offers = [offer("X", 5_000, lag_periods=2, prepay_bp=5_000)]

    # Half of 18,000 is there from the start.
    assert best(one_firm(lines, offers, firm={"credit_ct": 900_000}))[1] == 18_000


def test_operating_aid_of_clusters_is_half_of_the_costs_it_helps_to_pay():
    lines = [line("a", "P", 100_000), line("b", "P", 100_000, category="external")]
    terms = {"articles": {"*": "GB-27o"}}
    offers = [
        offer("X", 8_000, categories=("staff",), **terms),
        offer("Y", 2_000, categories=("external",), **terms),
    ]
    firm = {"kind": "cluster"}

    assert best(one_firm(lines, offers, firm=firm)) == ({"X": 80_000, "Y": 20_000}, 100_000)
    assert best(one_firm(lines[:1], offers, firm=firm)) == ({"X": 50_000}, 50_000)


def test_seal_offer_opens_where_its_call_refuses():
    lines = [line("a", "P", 100_000)]
    made = one_firm(lines, [union("H", 7_000, cap_ct=6_000_000), offer("S", 5_000, seal_of="H")])

    assert best(made) == ({"H": 60_000}, 60_000)
    assert best(made, "H") == ({"S": 50_000}, 50_000)


@pytest.mark.parametrize(("begins", "total"), [(7, 170_000), (1, 200_000)])
def test_old_de_minimis_counts_in_the_undertakings_own_fiscal_years(begins, total):
    terms = {"articles": {"*": "DM"}, "applied_on": dt.date(2015, 1, 1)}
    offers = [
        offer("X", 10_000, cap_ct=10_000_000, grant_date=dt.date(2015, 6, 15), **terms),
        offer("Y", 10_000, cap_ct=12_000_000, grant_date=dt.date(2015, 7, 15), **terms),
    ]
    aid = PastAid("DE", dt.date(2012, 8, 1), 15_000_000)
    history = {"de_minimis": (aid,), "fiscal_year_start": begins}
    made = one_firm(
        [line("a", "P", 300_000)], offers, history=history, periods=Periods(dt.date(2015, 10, 1), 4)
    )

    # With years from July the earlier 150,000 count beside X; with calendar years beside none.
    assert best(made)[1] == total
