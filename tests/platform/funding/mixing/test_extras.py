"""Mixes beside the best one: what a large case goes without, and how all of it is asked for."""

import pytest

from alpclusters.analysis.funding.case_files import read_case
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.mixing import computing
from alpclusters.platform.funding.domain.mixing.asking import ask_mix
from alpclusters.platform.funding.domain.mixing.computing import (
    EXTRA_WORK,
    MOST_ALTERNATIVES,
    THOROUGH_WORK,
    LeftOut,
    compute,
    left_out,
    most_alternatives,
    most_scenarios,
)
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.mixing.runs import is_thorough, perform
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import NOW, example_case, make_case, make_done_run, tiny_mix

CASE = read_case(example_case())


def mix(**changes):
    return {**tiny_mix(), **changes}


def with_work(work, **changes):
    return mix(solver={**tiny_mix()["solver"], "work": work}, **changes)


def n_large() -> int:
    """Count the offers of the tiny mix with more than a tenth of its grants, by hand."""
    grants = [offer["grant_ct"] for offer in tiny_mix()["offers"]]
    return sum(10 * grant > sum(grants) for grant in grants)


def test_small_case_has_everything_beside_it():
    assert left_out(CASE, tiny_mix()) == LeftOut(
        alternatives=False, n_alternatives=len(tiny_mix()["alternatives"]), n_scenarios=0
    )
    assert not left_out(CASE, tiny_mix()).is_something


def test_large_case_says_that_nothing_was_searched_beside_it():
    found = left_out(CASE, with_work(EXTRA_WORK + 1, alternatives=[], scenarios=[]))

    assert found == LeftOut(alternatives=True, n_alternatives=0, n_scenarios=n_large())
    assert n_large() > 0


def test_search_that_ended_by_itself_has_left_nothing_out():
    """Work for two, and one was found: there is no second within five per cent."""
    found = left_out(CASE, with_work(EXTRA_WORK // 2, alternatives=[{}]))

    assert not found.alternatives


def test_search_that_ended_for_want_of_work_says_that_there_may_be_more():
    found = left_out(CASE, with_work(EXTRA_WORK // 2, alternatives=[{}, {}]))

    assert (found.alternatives, found.n_alternatives) == (True, 2)


def test_empty_mix_has_no_others():
    offers = [{**offer, "used": False, "grant_ct": 0} for offer in tiny_mix()["offers"]]

    found = left_out(CASE, with_work(EXTRA_WORK + 1, offers=offers, alternatives=[], scenarios=[]))

    assert not found.is_something


@pytest.mark.parametrize(
    ("work", "thorough", "n"),
    [
        (0, False, MOST_ALTERNATIVES),
        (EXTRA_WORK // 5, False, 5),
        (EXTRA_WORK // 5 + 1, False, 4),
        (EXTRA_WORK + 1, False, 0),
        (EXTRA_WORK + 1, True, MOST_ALTERNATIVES),
        (THOROUGH_WORK + 1, True, 0),
    ],
)
def test_other_mixes_end_with_the_work_they_may_take(work, thorough, n):
    assert most_alternatives(work, is_thorough=thorough) == n


def test_some_refusals_that_people_named_are_worth_any_work():
    assert [most_scenarios(THOROUGH_WORK, n) for n in (0, 2, 9)] == [0, 2, 3]


@pytest.mark.slow
def test_thorough_search_finds_what_was_left_out(monkeypatch):
    monkeypatch.setattr(computing, "EXTRA_WORK", 0)
    data = example_case("partnership", scenarios=[])

    quick, whole = (
        compute(Asked(data, is_thorough=thorough), tell=lambda _message: True)
        for thorough in (False, True)
    )

    assert (list(quick["alternatives"]), list(quick["scenarios"])) == ([], [])
    assert whole["alternatives"]
    assert (quick["beside"], whole["beside"]) == ("some", "all")
    assert quick["allocation"] == whole["allocation"]
    found = left_out(read_case(data), quick)
    assert found == LeftOut(
        alternatives=True, n_alternatives=0, n_scenarios=len(whole["scenarios"])
    )
    assert found.n_scenarios > 0
    assert not left_out(read_case(data), whole).is_something


@pytest.mark.integration
@pytest.mark.django_db
def test_thorough_run_is_asked_beside_the_stored_one_and_once():
    project = make_project()
    planner = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    case = make_case(project)
    stored = make_done_run(case)

    first, second = (ask_mix(case, by=planner, now=NOW, thorough=True) for _ in range(2))
    perform(first.pk)

    first.refresh_from_db()
    assert (first.pk, is_thorough(first), first.state) == (second.pk, True, "done")
    assert first.pk != stored.pk
    assert not is_thorough(stored)
    assert ask_mix(case, by=planner, now=NOW, thorough=True) == first
