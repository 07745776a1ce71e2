"""Runs that people ask for: asked once, computed by the worker, kept, cancelled, failed."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.mixing import processes as parents
from alpclusters.platform.funding.domain.mixing.asking import ask_mix, ask_scenario
from alpclusters.platform.funding.domain.mixing.runs import (
    SILENT_FOR,
    cancel_run,
    fail_lost,
    latest_run,
    perform,
)
from alpclusters.platform.funding.models import MixRun
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import (
    BEST_CT,
    NOW,
    example_case,
    make_case,
    make_done_run,
    make_run,
    tiny_mix,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def case(project):
    return make_case(project)


@pytest.fixture
def planner(project):
    return make_user_with(Role.PARTNER_COORDINATOR, project=project)


def n_waiting() -> int:
    return DBTaskResult.objects.count()


def test_asked_mix_waits_for_the_worker(case, planner):
    run = ask_mix(case, by=planner, now=NOW)

    assert (run.state, run.kind, run.asked_by, run.case_version) == ("waiting", "best", planner, 1)
    assert n_waiting() == 1


def test_mix_asked_twice_is_one_run(case, planner):
    first, second = (ask_mix(case, by=planner, now=NOW) for _ in range(2))

    assert (first.pk, n_waiting()) == (second.pk, 1)


def test_stored_mix_of_the_same_case_and_seed_is_not_computed_again(case, planner):
    done = make_done_run(case)

    assert ask_mix(case, by=planner, now=NOW) == done
    assert ask_mix(case, by=planner, now=NOW, anew=True) != done


def test_another_seed_is_another_run(case, planner):
    done = make_done_run(case)
    case.data["solver"] = {"seed": 2}
    case.save()

    assert ask_mix(case, by=planner, now=NOW) != done


def test_case_with_faults_stores_nothing(case, planner):
    case.data["lines"][0]["cost_ct"] = -1
    case.save()

    with pytest.raises(CaseError):
        ask_mix(case, by=planner, now=NOW)

    assert (MixRun.objects.count(), n_waiting()) == (0, 0)


def test_worker_stores_the_whole_mix(case, planner):
    run = ask_mix(case, by=planner, now=NOW)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error) == ("done", None)
    assert run.result == tiny_mix()
    assert abs(run.result["objective"] - BEST_CT) < 10


def test_older_runs_are_kept(case, planner):
    older = make_done_run(case)
    newer = ask_mix(case, by=planner, now=NOW, anew=True)

    perform(newer.pk)

    assert set(case.runs.filter(state="done")) == {older, newer}


def test_run_that_a_dead_worker_left_has_failed_and_has_no_mix(case):
    run = make_run(case, state="running", started_at=NOW)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.state, run.result) == ("failed", None)
    assert run.error == {"code": "mix.worker_ended", "values": {"reason": "gone"}}


def test_killed_process_fails_its_run(case, monkeypatch):
    killed = [parents.sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(parents, "_command", lambda _folder: killed)
    run = make_run(case)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.state, run.result) == ("failed", None)
    assert run.error == {"code": "mix.worker_ended", "values": {"reason": "killed"}}


def test_cancelled_run_that_waited_never_begins(case):
    run = make_run(case)

    cancel_run(run, now=NOW)
    perform(run.pk)

    run.refresh_from_db()
    assert (run.state, run.result) == ("cancelled", None)


def test_cancelled_run_keeps_the_best_mix_until_then(case, monkeypatch):
    run = make_run(case)
    monkeypatch.setattr(
        "alpclusters.platform.funding.domain.mixing.runs.compute_mix",
        lambda *_case, **_options: {**tiny_mix(), "status": "cancelled"},
    )

    perform(run.pk)

    run.refresh_from_db()
    assert (run.state, run.result["status"]) == ("cancelled", "cancelled")
    assert run.result["allocation"] == tiny_mix()["allocation"]


def test_wish_to_cancel_is_noted_for_the_worker(case):
    run = make_run(case, state="running", started_at=NOW)

    cancel_run(run, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.cancel_asked) == ("running", True)


def test_run_whose_worker_is_silent_has_failed(case):
    silent = make_run(case, state="running", started_at=NOW)
    heard = make_run(
        case, state="running", started_at=NOW, progress={"heard_at": (NOW + SILENT_FOR).isoformat()}
    )

    n_failed = fail_lost(case.pk, now=NOW + SILENT_FOR + timedelta(seconds=1))

    silent.refresh_from_db()
    heard.refresh_from_db()
    assert (n_failed, silent.state, heard.state) == (1, "failed", "running")


def test_scenario_starts_from_a_mix_and_leaves_it_alone(case, planner):
    base = make_done_run(case)

    run = ask_scenario(base, ("X",), by=planner, now=NOW)
    perform(run.pk)

    run.refresh_from_db()
    base.refresh_from_db()
    assert (run.kind, run.base, run.changes) == ("scenario", base, {"rejected": ["X"]})
    assert not any(item["used"] for item in run.result["offers"] if item["id"] == "X")
    assert base.result == tiny_mix()


def test_same_scenario_is_asked_once(case, planner):
    base = make_done_run(case)

    first, second = (ask_scenario(base, ("X",), by=planner, now=NOW) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("rejected", [(), ("nobody",)])
def test_scenario_without_an_offer_of_the_case_is_refused(case, planner, rejected):
    with pytest.raises(StateError):
        ask_scenario(make_done_run(case), rejected, by=planner, now=NOW)


def test_scenario_of_a_run_without_a_mix_is_refused(case, planner):
    with pytest.raises(StateError):
        ask_scenario(make_run(case), ("X",), by=planner, now=NOW)


def test_pages_open_with_the_run_under_way_else_the_last_mix(case):
    assert latest_run(case) is None
    done = make_done_run(case)
    make_run(case, state="failed")
    assert latest_run(case) == done
    waiting = make_run(case)
    assert latest_run(case) == waiting


def test_other_cases_with_the_same_data_have_runs_of_their_own(project, case, planner):
    make_done_run(case)
    other = make_case(project, example_case())

    assert ask_mix(other, by=planner, now=NOW).case == other
