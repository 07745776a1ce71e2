"""The command that says what plans lack."""

import json

import pytest

from alpclusters import cli
from alpclusters.platform.policy.domain.coverage import sign_off
from alpclusters.platform.policy.models import ActionPlan
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def answer(capsys, *arguments):
    status = cli.main(["--language", "en", "coverage", *arguments])
    return status, capsys.readouterr()


def test_plan_without_errors_gives_0_and_lists_its_warnings(capsys):
    plan = make_plan()

    status, printed = answer(capsys, "--plan", plan.slug)

    assert status == 0
    assert "Errors: they stop publication: 0" in printed.out
    assert "X1: No costs are given." in printed.out


def test_plan_with_an_error_gives_1_and_says_which(capsys):
    plan = make_plan()
    plan.actions.update(responsible="")

    status, printed = answer(capsys)

    assert status == 1
    assert "X1: The responsible body is missing." in printed.out


def test_error_that_was_signed_off_gives_0_with_the_reason(capsys):
    plan = make_plan()
    plan.actions.update(responsible="")
    sign_off(plan, reason="The ministry is being formed.", by=None, today=NOW.date())

    status, printed = answer(capsys)

    assert status == 0
    assert "The ministry is being formed." in printed.out


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_json_has_keys_and_sentences(capsys, language):
    plan = make_plan()
    plan.actions.update(responsible="")
    change_texts(plan.actions.all(), title={"sl": ""})

    status = cli.main(["--language", language, "coverage", "--json"])
    record = json.loads(capsys.readouterr().out)

    (found,) = record["plans"]
    issues = {issue["key"]: issue for issue in found["issues"]}
    assert (status, record["schema"], found["plan"]) == (1, "alpclusters-coverage/1", plan.slug)
    assert issues["no_owner:X1"]["severity"] == "error"
    assert issues["language_missing:X1"]["languages"] == ["sl"]
    assert all("%(" not in issue["sentence"] for issue in found["issues"])


def test_unknown_plan_is_wrong_input(capsys):
    status, printed = answer(capsys, "--plan", "nowhere")

    assert status == 2
    assert "nowhere" in printed.err


def test_without_any_plan_there_is_nothing_to_check(capsys):
    status, printed = answer(capsys)

    assert not ActionPlan.objects.exists()
    assert (status, printed.out.strip()) == (0, "There is no action plan yet.")
