"""A mix changed by hand is checked at once, and never called valid when it is not."""

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.analysis.funding.check import check_mix
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.mixing.changing import (
    adopt_alternative,
    change_cells,
    moved_ceilings,
    try_cells,
)
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import MixRun
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import NOW, example_case, make_case, make_done_run, make_run, tiny_mix

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def run(project):
    return make_done_run(make_case(project))


@pytest.fixture
def planner(project):
    return make_user_with(Role.PARTNER_COORDINATOR, project=project)


def one_cell(offer: str) -> dict:
    return next(cell for cell in tiny_mix()["allocation"] if cell["offer"] == offer)


def test_less_in_a_cell_stays_valid_and_is_worth_less(run):
    cell = one_cell("V")

    tried = try_cells(run, {("V", cell["line"]): cell["declared_ct"] - 100_000})

    assert tried.check.valid
    assert tried.objective_ct == tiny_mix()["objective"] - 70_000


def test_more_than_the_cost_breaks_a_rule(run):
    cell = one_cell("X")

    tried = try_cells(run, {("X", cell["line"]): 10**9})

    assert not tried.check.valid
    assert tried.check.violations


def test_fast_answer_is_that_of_the_whole_check(run):
    cell = one_cell("X")
    changes = {("X", cell["line"]): cell["declared_ct"] // 2}

    tried = try_cells(run, changes)

    case = read_case(run.case_data)
    assert tried.check == check_mix(case, tried.allocation, territory=territory())


def test_offer_that_does_not_fit_is_refused_by_the_check(run):
    # Y is for public bodies only, b1 is a cost of a firm.
    tried = try_cells(run, {("Y", "b1"): 100_000})

    assert not tried.check.valid
    assert Cell("Y", "b1", 100_000, 0) in tried.allocation


def test_nothing_is_stored_by_trying(run):
    try_cells(run, {("V", one_cell("V")["line"]): 0})

    assert MixRun.objects.count() == 1


def test_kept_change_is_a_run_of_its_own(run, planner):
    cell = one_cell("V")
    changes = {("V", cell["line"]): cell["declared_ct"] - 100_000}

    made = change_cells(run, changes, by=planner, now=NOW)

    run.refresh_from_db()
    assert (made.kind, made.base, made.state, made.asked_by) == ("manual", run, "done", planner)
    assert made.result["objective"] == run.result["objective"] - 70_000
    assert made.result["bound"] == run.result["bound"]
    assert (made.result["status"], made.result["check"]["valid"]) == ("gap", True)
    assert run.result == tiny_mix()


def test_kept_change_that_breaks_a_rule_has_failed(run, planner):
    made = change_cells(run, {("X", one_cell("X")["line"]): 10**9}, by=planner, now=NOW)

    assert (made.result["status"], made.result["check"]["valid"]) == ("failed", False)


def test_ceilings_that_moved_are_those_of_the_cell(run):
    cell = one_cell("V")

    tried = try_cells(run, {("V", cell["line"]): cell["declared_ct"] - 100_000})

    moved = {after.subject: before - after.used_ct for before, after in
             moved_ceilings(run.result, tried.check) if after.rule == "case.cap"}  # fmt: skip
    assert moved == {"offer:V": 70_000}


@pytest.mark.slow
def test_alternative_becomes_a_run_with_a_proof_of_its_own(project, planner):
    # Its grants of June 2027 are decided only if the transition of the block exemption counts.
    data = example_case("partnership") | {"rulebook": "transition"}
    mix = compute(Asked(data), tell=lambda _message: True)
    base = make_done_run(make_case(project, data), result=mix)

    made = adopt_alternative(base, 0, by=planner, now=NOW)

    assert made.result["allocation"] == mix["alternatives"][0]["allocation"]
    assert made.result["check"]["valid"]
    assert len(made.result["check"]["ceilings"]) > 0
    assert made.result["objective"] == mix["alternatives"][0]["objective"]


def test_alternative_that_is_not_there_is_refused(run, planner):
    with pytest.raises(StateError):
        adopt_alternative(run, 7, by=planner, now=NOW)


def test_run_without_a_mix_cannot_be_changed(run):
    waiting = make_run(run.case)

    with pytest.raises(StateError):
        try_cells(waiting, {("X", "a1"): 1})
