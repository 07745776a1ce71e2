"""The command `trail`: where a thing comes from and what became of it."""

import json

import pytest

from alpclusters.cli import main
from alpclusters.platform.policy.models import FundingLine
from tests.factories.evaluation import make_measure
from tests.factories.evidence import make_activity, make_document, make_initiative, make_quotation
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def plan():
    plan = make_plan(("fair", "pilot"), published=True)
    measure = make_measure("pilot")
    document = make_document("report", initiatives=[make_initiative("about-report")])
    make_quotation(document, activity=make_activity(measure_type=measure.type_key), page=4)
    document.measures.add(measure)
    FundingLine.objects.create(action=plan.actions.get(code="X2"), source="Purse", amount_cents=1)
    return plan


@pytest.mark.usefixtures("plan")
def test_trail_of_an_action_is_printed_both_ways(capsys):
    assert main(["trail", "action:X2", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    up = {stop["station"]: [thing["name"] for thing in stop["things"]]
          for stop in told["towards_source"]}  # fmt: skip
    down = {stop["station"]: [thing["name"] for thing in stop["things"]]
            for stop in told["towards_use"]}  # fmt: skip
    assert told["object"]["kind"] == "action"
    assert (up["recommendation"], up["measure"], up["source"]) == (
        ["E2"], ["Pilot action"], ["Report report"],
    )  # fmt: skip
    assert next(iter(up)) == "recommendation"
    assert down == {"funding": ["Purse"], "value": []}
    assert "value" in told["open"]


@pytest.mark.usefixtures("plan")
def test_measure_leads_on_to_its_action_in_the_language_asked_for(capsys):
    assert main(["trail", "measure:pilot", "--language", "de"]) == 0

    out = capsys.readouterr().out
    assert "Maßnahme" in out
    assert "X2" in out
    assert "X1" not in out


def test_drafts_are_hidden_from_the_public_alone(capsys):
    make_plan(("fair",))

    assert main(["trail", "measure:fair", "--json", "--public"]) == 0
    public = json.loads(capsys.readouterr().out)
    assert main(["trail", "measure:fair", "--json"]) == 0
    everything = json.loads(capsys.readouterr().out)

    def actions(told):
        return next(s["n"] for s in told["towards_use"] if s["station"] == "action")

    assert (actions(public), actions(everything)) == (0, 1)


def test_unknown_thing_is_refused_with_what_to_do(capsys):
    assert main(["trail", "person:1", "--language", "en"]) == 2

    assert "measure" in capsys.readouterr().err
