"""Reasons of a mix are asked for once, computed by the worker and kept beside each other."""

import datetime as dt
import json

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.funding.domain.mixing.asking import ask_reasons
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.explaining import (
    explain,
    explain_limits,
    unexplained,
    unloosened,
)
from alpclusters.platform.funding.domain.mixing.folders import Asked
from tests.factories.evaluation import make_project
from tests.factories.mixes import example_case, make_case, make_done_run

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TODAY = dt.date(2024, 6, 1)


@pytest.fixture
def run():
    data = example_case(wishes=[{"type": "avoid", "offer": "V"}])
    mix = json.loads(mix_text(compute(Asked(data, with_extras=False), tell=lambda _m: True)))
    return make_done_run(make_case(make_project(), data), result=mix)


def test_unused_offers_are_what_can_be_asked(run):
    assert unexplained(run) == ["offer:V"]


def test_reason_is_computed_in_a_process_and_kept(run):
    explain(run.pk, ["offer:V"], today=TODAY)

    run.refresh_from_db()
    found = run.reasons["offer:V"]
    assert (found["state"], found["obstacles"][0]["kind"]) == ("done", "avoid")
    [way] = found["ways"]
    assert (way["kind"], way["worth_ct"] > 0) == ("use", True)
    assert unexplained(run) == []


def test_used_offers_are_not_explained(run):
    used = next(offer["id"] for offer in run.result["offers"] if offer["used"])

    with pytest.raises(StateError):
        ask_reasons(run, [f"offer:{used}"])


def test_limits_that_bind_say_what_a_little_more_of_them_would_bring(run):
    explain_limits(run.pk, today=TODAY)

    run.refresh_from_db()
    found = run.reasons["limit:case.cap|offer:Y"]
    [way] = found["ways"]
    # A tenth of 30,000 euros; Y pays half of costs that nothing else pays as well.
    assert (found["state"], way["kind"], way["amount"]) == ("done", "loosen", 300_000)
    assert way["worth_ct"] >= 0
    assert unloosened(run) == []
