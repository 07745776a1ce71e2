"""Expected worth, worst case and plans B against sums by hand and against drawn decisions."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from alpclusters.analysis.funding.case import Link, Success, Wish
from alpclusters.analysis.funding.chances import weigh_chances, weighing
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.sheets import objective_ct
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory
from tests.analysis.funding.chances.plans_made import EURO, case, offer, weighed

pytestmark = pytest.mark.unit


def two(**chances):
    """Two offers on costs of 10,000 euro: 5,000 and 3,000 euro, applying costs 400 and 100."""
    return case(
        offer("X", cap_ct=5_000 * EURO, effort_ct=400 * EURO, success_bp=chances.get("x")),
        offer("Y", bp=3_000, effort_ct=100 * EURO, success_bp=chances.get("y")),
    )


def test_two_applications_by_hand():
    found = weighed(two(x=2_500, y=6_000))

    # Both: 8,000 - 500. The effort is spent in every outcome.
    assert found.plan_ct == 7_500 * EURO
    # 0.15 * 8,000 + 0.10 * 5,000 + 0.45 * 3,000 - 500 = 2,550.
    assert found.expected_ct == 2_550 * EURO
    assert (found.worst.refused, found.worst.worth_ct) == (("X", "Y"), -500 * EURO)
    assert found.all_granted.share == pytest.approx(0.15)
    assert [one.refused for one in found.likely] == [("X",), ("X", "Y"), (), ("Y",)]
    assert [one.probability for one in found.likely] == pytest.approx([0.45, 0.3, 0.15, 0.1])


def test_estimates_have_no_interval_and_statistics_have_one():
    sure = weighed(two(x=2_500, y=6_000))
    assert sure.low_ct == sure.expected_ct == sure.high_ct

    counted = case(offer("X", success=Success(5, 20, "Annual report 2025")))
    found = weighed(counted)

    # Wilson at 95 % of 5 of 20: 11.2 % to 46.9 %, on 5,000 euro.
    assert found.expected_ct == 1_250 * EURO
    assert found.low_ct == pytest.approx(559 * EURO, abs=100)
    assert found.high_ct == pytest.approx(2_344 * EURO, abs=100)


def test_a_share_stated_without_counts_has_no_interval():
    found = weighed(case(offer("X", success=Success(source="Report", share_bp=2_500))))

    assert found.low_ct == found.expected_ct == found.high_ct == 1_250 * EURO
    assert [one.kind for one in found.chances] == ["statistics"]


def test_unknown_chance_is_never_a_number():
    found = weighed(two(y=6_000))

    assert found.expected_ct is None
    assert found.likely == ()
    assert found.all_granted.share is None
    # X refused for certain, or granted for certain.
    assert (found.low_ct, found.high_ct) == (1_300 * EURO, 6_300 * EURO)


def test_offer_by_right_is_no_risk_and_comes_in_after_a_refusal():
    grant = offer("X", cap_ct=5_000 * EURO, success_bp=2_000)
    voucher = offer("V", bp=4_000, award="by_right")
    exclusive = Link("exclusive", ("X", "V"))

    found = weighed(case(grant, voucher, links=(exclusive,)))

    assert found.uncertain == ("X",)
    # 0.2 * 5,000 + 0.8 * 4,000: the voucher takes the place of the grant.
    assert found.expected_ct == 4_200 * EURO
    assert found.worst.worth_ct == 4_000 * EURO


def test_replacement_that_may_be_refused_too_is_plan_b_and_no_part_of_the_expected_worth():
    first = offer("X", cap_ct=5_000 * EURO, success_bp=2_000)
    second = offer("Y", bp=4_000, success_bp=5_000, closes=dt.date(2026, 10, 1))
    found = weighed(case(first, second, links=(Link("exclusive", ("X", "Y")),)))

    assert found.expected_ct == 1_000 * EURO
    [plan] = found.plans
    assert (plan.offer, plan.without_ct, plan.worth_ct) == ("X", 0, 4_000 * EURO)
    [added] = plan.added
    assert (added.offer, added.grant_ct, added.chance.share) == ("Y", 4_000 * EURO, 0.5)
    assert added.in_time is True
    assert plan.own_more_ct == 1_000 * EURO


def test_replacement_whose_call_closes_before_the_refusal_is_known_comes_too_late():
    first = offer("X", cap_ct=5_000 * EURO, success_bp=2_000)
    second = offer("Y", bp=4_000, closes=dt.date(2026, 8, 31))
    found = weighed(case(first, second, links=(Link("exclusive", ("X", "Y")),)))

    assert found.plans[0].added[0].in_time is False


def test_what_needs_a_refused_offer_falls_with_it():
    base, more = offer("X", success_bp=5_000), offer("Y", bp=3_000, success_bp=10_000)
    found = weighed(case(base, more, links=(Link("requires", ("Y", "X")),)))

    assert found.expected_ct == 4_000 * EURO
    assert found.worst.worth_ct == 0


def test_own_means_that_do_not_suffice_are_said_with_what_falls_short():
    given = case(offer("X", success_bp=5_000), offer("Y", bp=3_000, success_bp=8_000), own=5_500)
    found = weighed(given)

    # 10,000 of costs: X alone leaves 5,000 and suffices, Y alone 7,000 and does not.
    assert found.own_means is not None
    assert found.own_means.share == pytest.approx(0.5)
    assert (found.worst.own_means_suffice, found.worst.short_ct) == (False, 4_500 * EURO)
    plans = {plan.offer: plan for plan in found.plans}
    assert (plans["X"].own_means_suffice, plans["X"].short_ct) == (False, 1_500 * EURO)
    assert (plans["Y"].own_means_suffice, plans["Y"].own_more_ct) == (True, 3_000 * EURO)


def test_wish_for_a_refused_offer_does_not_end_the_project():
    given = case(offer("X", success_bp=5_000), wishes=(Wish("use", offer="X"),))

    assert weighed(given).worst.worth_ct == 0


def test_thirteen_uncertain_applications_are_not_enumerated_and_it_says_so():
    offers = [offer(f"O{n:02}", bp=500, success_bp=5_000) for n in range(13)]
    found = weighed(case(*offers))

    assert (found.n_outcomes, found.n_computed, found.is_exact) == (8_192, 0, False)
    assert found.expected_ct is None
    assert (found.low_ct, found.high_ct) == (found.worst.worth_ct, found.plan_ct)


def test_budget_that_does_not_suffice_leaves_an_interval_that_holds_the_truth(monkeypatch):
    offers = [offer(f"O{n}", bp=500 + 100 * n, success_bp=5_000 + 300 * n) for n in range(5)]
    whole = weighed(case(*offers))
    monkeypatch.setattr(weighing, "MOST_WORK", 20)

    found = weighed(case(*offers))

    assert whole.is_exact
    assert not found.is_exact
    assert found.n_computed < whole.n_computed
    assert found.expected_ct is None
    assert found.low_ct <= whole.expected_ct <= found.high_ct
    assert found.low_ct < found.high_ct


def drawn(rng):
    """A case with caps, floors, efforts and two costs, so that refusals change other grants."""
    offers = [
        offer(
            f"O{n}",
            bp=int(rng.integers(2, 9)) * 1_000,
            cap_ct=int(rng.integers(2, 8)) * 1_000 * EURO,
            floor_ct=int(rng.integers(0, 3)) * 500 * EURO,
            effort_ct=int(rng.integers(0, 4)) * 100 * EURO,
            **(
                {"award": "by_right"}
                if rng.random() < 0.2
                else {"success_bp": int(rng.integers(0, 10_001))}
            ),
        )
        for n in range(4)
    ]
    costs = tuple(int(c) * 1_000 for c in rng.integers(2, 10, 2))
    return case(*offers, costs=costs)


def worth_after(given, refused, plan):
    """The worth of one outcome by the ordinary search, on a case made otherwise."""
    used = {cell.offer for cell in plan}
    spent = sum(one.effort_ct for one in given.offers if one.id in used)
    kept = tuple(
        replace(one, effort_ct=0) if one.id in used else one
        for one in given.offers
        if one.id not in refused and (one.id in used or one.award == "by_right")
    )
    best = solve(prepare(replace(given, offers=kept), territory()), levels=1)
    return best.objective_ct - spent


@pytest.mark.parametrize("seed", range(12))
def test_expected_worth_is_the_mean_of_drawn_decisions(seed):
    rng = np.random.default_rng(seed)
    given = drawn(rng)
    plan = solve(prepare(given, territory())).allocation
    found = weigh_chances(given, territory(), plan)
    chances = {one.offer: one.share for one in found.chances}
    cache, worths = {}, []
    for _ in range(4_000):
        refused = frozenset(name for name in found.uncertain if rng.random() >= chances[name])
        if refused not in cache:
            cache[refused] = worth_after(given, refused, plan)
        worths.append(cache[refused])

    assert found.is_exact
    error = 4.5 * np.std(worths) / np.sqrt(len(worths)) + 1
    assert found.expected_ct == pytest.approx(np.mean(worths), abs=error)
    assert found.worst.worth_ct == pytest.approx(
        worth_after(given, set(found.uncertain), plan), abs=6
    )


@pytest.mark.parametrize("seed", range(12))
def test_expected_worth_lies_between_worst_and_plan_and_rises_with_each_chance(seed):
    given = drawn(np.random.default_rng(100 + seed))
    plan = solve(prepare(given, territory())).allocation
    found = weigh_chances(given, territory(), plan)

    assert found.plan_ct == objective_ct(given, plan)
    assert found.worst.worth_ct <= found.expected_ct <= found.plan_ct
    for place, one in enumerate(given.offers):
        if one.id not in found.uncertain:
            continue
        better = replace(one, success_bp=min(10_000, one.success_bp + 1_500))
        offers = (*given.offers[:place], better, *given.offers[place + 1 :])
        raised = weigh_chances(replace(given, offers=offers), territory(), plan)
        assert raised.expected_ct >= found.expected_ct
    for one in found.plans:
        assert found.worst.worth_ct <= one.without_ct <= one.worth_ct <= found.plan_ct
