"""Cases that people weigh together: who is the same, asked, computed, cancelled, forgotten."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.joint.asking import ask_joint, common_undertakings
from alpclusters.platform.funding.domain.joint.performing import cancel_joint, perform_joint
from alpclusters.platform.funding.domain.mixing.runs import SILENT_FOR
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid, JointRun
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.joint import make_joint_case, make_joint_run
from tests.factories.mixes import NOW
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def planner(project):
    return make_user_with(Role.PARTNER_COORDINATOR, project=project)


@pytest.fixture
def firm():
    return make_organisation(name="Sawmill")


@pytest.fixture
def pair(project, firm):
    return [make_joint_case(project, firm, title) for title in ("Bridge", "Attic")]


def test_cases_with_the_same_organisation_have_it_in_common(pair):
    (common,) = common_undertakings(pair)

    assert (common.name, common.cases) == ("Sawmill", {case.pk for case in pair})
    assert {name for _, name in common.members} == {"UP"}


def test_organisations_that_hang_together_by_control_are_one(project, firm):
    daughter = make_organisation(name="Workshop")
    pair = [make_joint_case(project, firm, "A"), make_joint_case(project, daughter, "B")]
    assert common_undertakings(pair) == []

    ControlLink.objects.create(organisation=daughter, controlled_by=firm)

    assert [one.name for one in common_undertakings(pair)] == ["Sawmill"]


def test_worker_stores_what_both_get_alone_and_together(pair, planner):
    run = ask_joint(pair, by=planner, now=NOW)
    assert (run.state, run.asked_by, str(run)) == ("waiting", planner, "Attic + Bridge")

    perform_joint(run.pk)

    run.refresh_from_db()
    found = run.result
    assert (run.state, found["status"]) == ("done", "optimal")
    assert (found["alone_ct"], found["together_ct"], found["lost_ct"]) == (
        16_000_000, 10_000_000, 6_000_000,
    )  # fmt: skip
    assert [one["over_ct"] for one in found["accounts"]] == [6_000_000]


def test_the_same_cases_are_weighed_once_until_one_of_them_changes(pair, planner):
    first = ask_joint(pair, by=planner, now=NOW)
    again = ask_joint(pair[::-1], by=planner, now=NOW)
    pair[0].data["lines"][0]["cost_ct"] = 7_000_000
    pair[0].save()
    other = ask_joint(pair, by=planner, now=NOW)

    assert first == again != other
    assert DBTaskResult.objects.count() == 2


def test_what_the_account_of_the_organisation_says_counts_for_both(pair, planner, firm):
    DeMinimisAid.objects.create(
        organisation=firm, state="DE", granted_on=NOW.date().replace(year=2024, month=9),
        amount_ct=4_000_000, read_on=NOW.date(),
    )  # fmt: skip
    run = ask_joint(pair, by=planner, now=NOW)

    perform_joint(run.pk)

    run.refresh_from_db()
    assert (run.result["together_ct"], run.result["learnt"]) == (6_000_000, [])


def test_a_plan_of_a_chosen_case_that_counts_already_is_not_counted_twice(pair, planner, firm):
    planned = {
        "organisation": firm.pk, "state": "DE", "granted_on": "2025-02-01", "amount_ct": 8_000_000,
    }  # fmt: skip
    pair[0].taken["planned"] = {str(pair[1].pk): [planned]}
    pair[0].save()
    run = ask_joint(pair, by=planner, now=NOW)

    perform_joint(run.pk)

    run.refresh_from_db()
    assert run.result["alone_ct"] == 16_000_000


def test_cases_of_two_projects_are_refused(pair, planner, firm):
    other = make_joint_case(make_project(), firm, "C")

    with pytest.raises(StateError, match=r"joint\.projects"):
        ask_joint([pair[0], other], by=planner, now=NOW)


def test_cases_without_a_common_undertaking_are_refused(project, pair, planner):
    other = make_joint_case(project, make_organisation(name="Dairy"), "C")

    with pytest.raises(StateError, match=r"joint\.nothing_common"):
        ask_joint([pair[0], other], by=planner, now=NOW)


def test_a_case_with_faults_stores_nothing(pair, planner):
    pair[0].data["lines"][0]["cost_ct"] = -1
    pair[0].save()

    with pytest.raises(CaseError):
        ask_joint(pair, by=planner, now=NOW)

    assert not JointRun.objects.exists()


def test_a_run_that_waits_is_cancelled_at_once_and_not_computed(pair):
    run = make_joint_run(pair)

    cancel_joint(run, now=NOW)
    perform_joint(run.pk)

    run.refresh_from_db()
    assert (run.state, run.result) == ("cancelled", None)


def test_a_run_without_a_word_for_long_has_failed(pair):
    run = make_joint_run(pair, state="running", started_at=NOW)

    cancel_joint(run, now=NOW + SILENT_FOR + timedelta(seconds=1))

    run.refresh_from_db()
    assert (run.state, run.error["values"]) == ("failed", {"reason": "gone"})


def test_a_run_that_a_worker_left_behind_has_failed(pair):
    run = make_joint_run(pair, state="running", started_at=NOW)

    perform_joint(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error["code"]) == ("failed", "mix.worker_ended")


def test_what_was_weighed_with_a_case_goes_with_it(project, pair, firm):
    others = [make_joint_case(project, firm, title) for title in "CD"]
    make_joint_run(pair)
    kept = make_joint_run(others)

    pair[1].delete()

    assert list(JointRun.objects.all()) == [kept]
