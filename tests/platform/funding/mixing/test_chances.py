"""Chances of a mix are weighed once, in a process of their own, and kept with the mix."""

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.casework.offers import set_chance
from alpclusters.platform.funding.domain.mixing.asking import ask_chances
from alpclusters.platform.funding.domain.mixing.explaining import weigh
from tests.factories.evaluation import make_project
from tests.factories.mixes import example_case, make_case, make_done_run, make_run, tiny_mix

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def run():
    data = example_case()
    for offer in data["offers"]:
        offer["success_bp"] = 5_000
    return make_done_run(make_case(make_project(), data))


def test_wish_is_kept_and_asked_once(run):
    assert run.chances == {}

    ask_chances(run)
    run.refresh_from_db()
    assert run.chances == {"state": "waiting"}

    run.chances = {"state": "done", "expected_ct": 1}
    run.save(update_fields=["chances"])
    ask_chances(run)
    run.refresh_from_db()
    assert run.chances["state"] == "done"


def test_result_is_computed_in_a_process_and_kept(run):
    weigh(run.pk)

    run.refresh_from_db()
    found = run.chances
    assert (found["state"], found["is_exact"]) == ("done", True)
    grants = sum(offer["grant_ct"] for offer in run.result["offers"])
    efforts = sum(offer["effort_ct"] for offer in run.result["offers"])
    # More than half of the grants: costs that a refusal frees are declared to another offer.
    assert grants / 2 - efforts < found["expected_ct"] < grants - efforts
    assert found["worst"]["worth_ct"] == -efforts
    assert len(found["plans"]) == len(found["uncertain"]) == 4


def test_run_without_a_mix_cannot_be_weighed():
    with pytest.raises(StateError):
        ask_chances(make_run(make_case(make_project())))


def test_mix_of_nothing_cannot_be_weighed(run):
    run.result = {**tiny_mix(), "allocation": []}

    with pytest.raises(StateError):
        ask_chances(run)


def test_chance_of_an_offer_is_replaced_as_a_whole():
    document = example_case()
    key = document["offers"][0]["id"]

    set_chance(document, key, {"award": "competitive", "success_bp": 4_000})
    set_chance(document, key, {"award": "by_right"})

    offer = document["offers"][0]
    assert offer["award"] == "by_right"
    assert "success_bp" not in offer
