"""Mixes right at the edges of the law: floors and lump sums met exactly, no margin."""

import datetime as dt
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import EarlierAid, PastAid, Wish
from alpclusters.analysis.funding.check import check_mix, recompute_bound
from alpclusters.analysis.funding.mix import build, explain_infeasible, prepare, solve
from alpclusters.analysis.funding.rulebooks import BOOKS
from tests.analysis.funding.check.pieces import LAND, case, checked, line, offer, one_firm, partner
from tests.analysis.funding.check.pieces import undertaking as firm

pytestmark = pytest.mark.unit


def solved(made):
    """Solve and have it checked: a mix of these tests breaks nothing."""
    problem = prepare(made, LAND)
    found = solve(problem)
    assert check_mix(made, found.allocation, territory=LAND).violations == ()
    return problem, found


def public(lines, offers, **more):
    """Two public bodies, whom no rule of State aid concerns."""
    return case(
        [partner("A", "public"), partner("B", "public", "AT33")],
        [firm("A", "none"), firm("B", "none")],
        lines,
        offers,
        **more,
    )


def floor_met_exactly(**more):
    """Costs of 60,000 at 50 % are just the floor of 30,000."""
    lines = [line("a", "A", 40_000), line("b", "B", 20_000)]
    return public(lines, [offer("X", 5_000, floor_ct=3_000_000)], **more)


def test_a_floor_that_rate_times_cost_meets_exactly_is_used():
    problem, found = solved(floor_met_exactly())

    assert (found.status, found.objective_ct, found.bound_ct) == ("optimal", 3_000_000, 3_000_000)
    assert recompute_bound(found.certificate, build(problem)) >= 30_000


def test_a_wish_for_an_offer_with_an_exact_floor_can_be_fulfilled():
    problem, found = solved(floor_met_exactly(wishes=(Wish("use", offer="X"),)))

    assert (found.status, found.objective_ct) == ("optimal", 3_000_000)
    assert explain_infeasible(problem).reason == ()


def test_four_vouchers_whose_floor_is_their_cap_are_all_used():
    vouchers = [offer(f"V{n}", 5_000, cap_ct=500_000, floor_ct=500_000) for n in range(4)]
    lines = [line("a", "A", 30_000), line("b", "B", 30_000)]

    _, found = solved(public(lines, vouchers))

    assert (found.status, found.objective_ct, len(found.used)) == ("optimal", 2_000_000, 4)


@pytest.mark.parametrize("bp", [3_333, 4_999, 7_777, 8_500])
def test_a_lump_sum_is_met_to_the_cent_at_a_rate_that_divides_badly(bp):
    lines = [line(f"l{n}", "A", 3_333 + n) for n in range(6)]
    lump = offer("V", bp, cap_ct=500_000, floor_ct=500_000)

    _, found = solved(public(lines, [lump]))

    assert (found.status, found.objective_ct) == ("optimal", 500_000)


def test_a_floor_that_cents_cannot_reach_is_never_called_proved():
    # A third of 33 EUR three times is 32.99 in one sum, but each of three grants is rounded down.
    lines = [line(f"l{n}", "A", 33) for n in range(3)]
    made = public(lines, [offer("X", 3_333, floor_ct=3_299)])

    _, found = solved(made)

    assert found.objective_ct == 0
    assert found.bound_ct >= 3_299
    assert found.status == "gap"


def test_a_partner_takes_part_with_less_than_one_euro():
    lines = [line("a", "A", 1_000), line("b", "B", 1_000)]
    tiny = offer("X", 10_000, min_partners=2, partner_cap_ct=50)

    _, found = solved(public(lines, [tiny]))

    assert (found.status, found.objective_ct) == ("optimal", 100)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_match_that_is_all_the_rate_leaves_open_is_met_in_cents(lines):
    # 80 % are granted and 20 % have to be matched: rounding grants down leaves open a cent more.
    costs = [line(f"l{n}", "P", euros) for n, euros in enumerate((250_000, 60_000, 77_777)[:lines])]
    matched = offer("X", 8_000, articles={"*": "DM"}, private_match_bp=2_000)
    known = PastAid("DE", dt.date(2024, 2, 1), 27_500_000)

    _, found = solved(one_firm(costs, [matched], history={"de_minimis": (known,)}))

    assert found.status == "optimal"
    assert found.objective_ct >= 2_500_000 - 2 * lines


def union_aid_and_de_minimis(**more):
    """The case of the finding: Union money 70 %, experimental development 35 %, de minimis."""
    offers = [
        offer("M", 7_000, origin="union_central", level="european", cap_ct=4_200_000,
              floor_ct=4_100_000),
        offer("S", 3_500, articles={"*": "GB-25-experimental"}, floor_ct=2_000_000),
        offer("D", 5_000, articles={"*": "DM"}),
    ]  # fmt: skip
    days = {"grant_date": dt.date(2026, 3, 1), "applied_on": dt.date(2024, 6, 1)}
    dated = [replace(one, **days) for one in offers]
    return one_firm([line("c", "P", 100_000)], dated, firm={"size": "medium"}, **more)


def test_all_public_money_on_a_cost_stays_within_the_most_favourable_rate():
    wishes = tuple(Wish("use", offer=name) for name in "SMD")

    _, found = solved(union_aid_and_de_minimis(wishes=wishes))

    granted = sum(cell.grant_ct for cell in found.allocation)
    assert (found.status, granted) == ("optimal", 7_000_000)


def test_de_minimis_beside_union_money_alone_is_not_bound_by_the_block_exemption():
    wishes = (Wish("avoid", offer="S"),)

    _, found = solved(union_aid_and_de_minimis(wishes=wishes))

    assert (found.status, found.objective_ct) == ("optimal", 4_200_000 + 5_000_000)


@pytest.mark.parametrize(
    ("origin", "total"), [("regional", 70_000), ("union_shared", 70_000), ("private", 95_000)]
)
def test_public_money_that_is_no_aid_counts_beside_union_money_and_private_money_does_not(
    origin, total
):
    offers = [
        offer("M", 7_000, origin="union_central", level="european", cap_ct=3_000_000),
        offer("S", 3_500, articles={"*": "GB-25-experimental"}),
        offer("N", 3_000, origin=origin),
    ]
    wishes = tuple(Wish("use", offer=name) for name in "MS")
    made = one_firm([line("c", "P", 100_000)], offers, firm={"size": "medium"}, wishes=wishes)

    _, found = solved(made)

    assert (found.status, found.objective_ct) == ("optimal", total * 100)


def operating_aid(*more):
    """A cluster's operation at half of its costs, and other offers beside it."""
    terms = {"articles": {"*": "GB-27o"}}
    lines = [line("a", "P", 100_000), line("b", "P", 100_000, category="external")]
    offers = [offer("X", 8_000, **terms), *more]
    return one_firm(lines, offers, firm={"kind": "cluster"})


def test_other_aid_on_a_cost_of_an_average_is_proved_and_passes_the_check():
    alone = operating_aid(offer("Y", 5_000, articles={"*": "GB-28"}))
    beside = replace(alone, wishes=(Wish("use", offer="X"), Wish("use", offer="Y")))

    # Half of 200,000, whether Article 28 pays it or the operation of the cluster beside it.
    for made, total in ((alone, 100_000), (beside, 100_000)):
        problem, found = solved(made)
        assert (problem.looser, found.status) == (None, "optimal")
        assert found.objective_ct == total * 100
        assert checked(made, *found.allocation).violations == ()


def test_an_offer_of_an_average_that_is_not_used_leaves_other_aid_alone():
    unused = operating_aid(offer("Y", 5_000, articles={"*": "GB-28"}))
    made = replace(unused, wishes=(Wish("avoid", offer="X"),))

    _, found = solved(made)

    assert (found.status, found.objective_ct) == ("optimal", 10_000_000)


def test_an_average_is_half_and_not_all_of_a_cost_beside_union_money():
    union = offer("M", 3_000, origin="union_central", level="european")
    made = replace(operating_aid(union), wishes=(Wish("use", offer="M"), Wish("use", offer="X")))

    _, found = solved(made)

    # On a cost with both no more than half is public; elsewhere the average may pay 80 %.
    check = checked(made, *found.allocation)
    assert (found.status, check.violations) == ("optimal", ())
    assert {c.limit_ct for c in check.ceilings if c.rule == "MR-1"} == {5_000_000}


def books_with_a_rise(day, bp):
    """Return the law with another intensity of Art. 28 in its versions from a day on."""

    def risen(rule):
        is_it = rule.id == "GB-28" and rule.valid_from >= day
        return replace(rule, params={**rule.params, "small_bp": bp}) if is_it else rule

    return [replace(book, rules=tuple(risen(rule) for rule in book.rules)) for book in BOOKS]


def test_an_intensity_that_rose_between_two_grants_is_not_called_proved_at_the_lower_one():
    terms = {"articles": {"*": "GB-28"}, "applied_on": dt.date(2022, 6, 1)}
    offers = [
        offer("O", 5_000, grant_date=dt.date(2023, 6, 1), **terms),
        offer("N", 6_000, grant_date=dt.date(2023, 8, 1), cap_ct=1_500_000, **terms),
    ]
    made = one_firm([line("c", "P", 100_000)], offers)

    found = solve(prepare(made, LAND, books=books_with_a_rise(dt.date(2023, 7, 1), 6_000)))

    # Both together may come to 60,000 under the later law; the model of mixes allows 50,000.
    assert (found.status, found.objective_ct, found.bound_ct) == ("gap", 5_000_000, 6_000_000)
    assert not any(level.is_proved for level in found.levels)


def test_a_cost_counts_in_an_average_though_nothing_is_declared_for_it():
    terms = {"articles": {"*": "GB-27o"}, "origin": "union_shared", "level": "regional"}
    lines = [line("a", "P", 100_000), line("b", "P", 100_000, category="external")]
    offers = [
        offer("X", 8_000, **terms),
        offer("M", 10_000, origin="union_central", level="european", categories=("external",)),
    ]

    _, found = solved(one_firm(lines, offers, firm={"kind": "cluster"}))

    # X could pay for b too, so half of 200,000 bounds its 80,000; M pays all of b.
    assert (found.status, found.objective_ct) == ("optimal", 18_000_000)


def test_an_average_holds_for_each_partner_also_where_two_are_one_undertaking():
    terms = {"articles": {"*": "GB-27o"}}
    bodies = [partner(name, "cluster") for name in "AB"]
    firms = [firm("A"), firm("B", controlled_by="UA")]
    lines = [line("a", "A", 100_000), line("b", "B", 100_000, category="external")]
    offers = [
        offer("X", 8_000, categories=("staff",), **terms),
        offer("Y", 2_000, categories=("external",), **terms),
    ]

    _, found = solved(case(bodies, firms, lines, offers))

    assert (found.status, found.objective_ct) == ("optimal", 5_000_000 + 2_000_000)


# --- aid that was granted before -----------------------------------------------------------------


def advice(granted: dt.date):
    """Aid for advice that covers all, of which an undertaking gets 220,000 in three years."""
    day = dt.date(2025, 2, 1)
    terms = {"articles": {"*": "GB-28a"}, "grant_date": day, "applied_on": dt.date(2024, 6, 1)}
    early = (EarlierAid("GB-28a", granted, 12_000_000),)
    costs, history = [line("l", "P", 200_000)], {"earlier_aid": early}
    return one_firm(costs, [offer("O", 10_000, **terms)], history=history)


def test_aid_granted_earlier_leaves_the_rest_of_its_ceiling():
    _, found = solved(advice(dt.date(2023, 6, 1)))

    assert (found.status, found.objective_ct) == ("optimal", 10_000_000)


@pytest.mark.parametrize(
    ("granted", "most"),
    [(dt.date(2022, 2, 1), 20_000_000), (dt.date(2022, 2, 2), 10_000_000)],
    ids=["three years ago", "a day less"],
)
def test_aid_of_three_years_ago_no_longer_fills_the_ceiling(granted, most):
    _, found = solved(advice(granted))

    assert (found.status, found.objective_ct) == ("optimal", most)
