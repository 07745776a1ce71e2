"""Why nothing fits: what is missing in money, and a set of wishes that cannot all hold."""

import pytest

from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.mix.infeasible import explain_infeasible
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory
from tests.analysis.funding.mix.small import example, partners, problem

pytestmark = pytest.mark.unit
HIGH = {"type": "min_partner", "partner": "A", "amount_ct": 9_000_000}
NO_V, NO_Y = ({"type": "avoid", "offer": offer} for offer in "VY")


def without(case, kept):
    """Drop all wishes but some."""
    return [wish for i, wish in enumerate(case.wishes) if f"wish:{i}" in kept]


def test_case_with_a_mix_has_no_reason():
    found = explain_infeasible(problem())

    assert (found.missing, found.reason) == ((), ())


def test_own_means_that_fall_short_are_told_in_cents():
    # B costs 80,000; X may pay 60,000 of it at most and needs A beside it.
    wishes = [{"type": "avoid", "offer": offer} for offer in "VZ"]

    found = explain_infeasible(problem(partners=partners(B=1_000_000), wishes=wishes))

    [short] = [item for item in found.missing if item.group == "own_means"]
    assert (short.subject, short.missing_ct) == ("partner:B", 1_000_000)


def test_reason_is_irreducible():
    wishes = [HIGH, NO_V, NO_Y, {"type": "use", "offer": "Z"}]
    case = example(wishes=wishes)
    assert solve(problem(wishes=wishes)).status == "infeasible"

    found = explain_infeasible(problem(wishes=wishes))

    subjects = {item.subject for item in found.reason}
    assert (subjects, found.is_irreducible) == ({"wish:0", "wish:1", "wish:2"}, True)
    for left_out in subjects:
        kept = [wishes[int(one.removeprefix("wish:"))] for one in subjects - {left_out}]
        assert solve(problem(wishes=kept)).status == "optimal"
    assert case.wishes[3] == Wish("use", offer="Z")


def test_missing_amount_makes_the_wish_possible():
    [item] = explain_infeasible(problem(wishes=[HIGH, NO_V, NO_Y])).missing
    lower = {**HIGH, "amount_ct": HIGH["amount_ct"] - item.missing_ct}

    assert solve(problem(wishes=[lower, NO_V, NO_Y])).status == "optimal"
    assert item.missing_ct == 1_500_000


def test_wish_for_an_offer_that_fits_nobody_is_its_own_reason():
    case = example(wishes=[{"type": "use", "offer": "Y"}])
    refused = prepare(case, territory(), rejected=("Y",))

    [item] = explain_infeasible(refused).reason

    assert (item.group, item.subject, item.missing_ct) == ("wish", "wish:0", None)
    assert item.cause


def test_tie_between_offers_can_be_the_reason():
    links = [{"type": "exclusive", "offers": ["X", "Y"]}]
    wishes = [{"type": "use", "offer": offer} for offer in "XY"]

    found = explain_infeasible(problem(links=links, wishes=wishes))

    assert {item.subject for item in found.reason} == {"link:0", "wish:0", "wish:1"}


def test_soft_wish_is_never_a_reason():
    soft = {**HIGH, "amount_ct": 10**9, "weight": 100}

    assert explain_infeasible(problem(wishes=[soft])).reason == ()
