"""A case of an action begins with what the action knows, and stays tied to it."""

import pytest

from alpclusters.platform.funding.domain.casework import check_case, duplicate_case
from alpclusters.platform.funding.domain.casework.costs import totals_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.policy.domain.funding_cases import (
    action_of,
    look_at_action,
    start_case_of,
)
from tests.factories.evaluation import NOW, make_region
from tests.factories.organisations import make_organisation
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_action_gives_days_level_and_responsible_body():
    body = make_organisation("Ministry of tests", region=make_region("AT32"), type="ministry")
    action = make_plan().actions.get()

    started = start_case_of(action, title="Fair", by=None, now=NOW)

    data = started.case.data
    assert data["periods"] == {"start": "2026-07-01", "length": "quarter", "count": 5}
    assert data["project"] == {"levels": [action.level]}
    assert [(p["name"], p["kind"]) for p in data["partners"]] == [("Ministry of tests", "public")]
    assert started.case.taken["partners"] == {"P1": body.pk}
    assert (started.case.action_tie.action, started.unknown) == (action, ())


def test_responsible_body_that_two_are_called_is_told_and_not_guessed():
    for _ in range(2):
        make_organisation("Ministry of tests", region=make_region("AT32"))
    action = make_plan().actions.get()

    started = start_case_of(action, title="Fair", by=None, now=NOW)

    assert started.unknown == ("Ministry of tests",)
    assert started.case.data["partners"] == []


def add_costs(action, *costs):
    """Add costs: year, type, euro, currency."""
    for year, kind, euro, *currency in costs:
        action.costs.create(
            year=year, type=kind, amount_cents=euro * 100, currency=(*currency, "EUR")[0]
        )


def shared_plan(*names):
    """Build a plan whose project has partners with a seat in Upper Austria."""
    project = make_project()
    for name in names:
        make_partner(project, name=name, seat=make_region("AT32"))
    return make_plan(project=project)


def test_responsible_body_is_the_projects_partner_of_that_name_with_its_seat():
    make_organisation("Ministry of Tests")  # nobody knows where this one sits
    project = make_project()
    lead = make_partner(project, name="Ministry of tests", seat=make_region("AT32"), role="lead")
    action = make_plan(project=project).actions.get()

    started = start_case_of(action, title="Fair", by=None, now=NOW)

    [partner] = started.case.data["partners"]
    assert (partner["nuts"], partner["lead"]) == ("AT32", True)
    assert started.case.taken["partners"] == {"P1": lead.organisation_id}
    assert (started.left_out, started.unknown) == ((), ())


def test_costs_of_the_action_come_along_in_equal_parts_to_the_cent():
    action = shared_plan("One", "Two", "Three").actions.get()
    add_costs(action, (2026, "staff", 100_000), (2027, "travel", 50_000))

    data = start_case_of(action, title="Fair", by=None, now=NOW).case.data

    totals = totals_of(data)
    assert totals.total_ct == 15_000_000
    assert totals.by_partner == {"P1": 5_100_000, "P2": 4_950_000, "P3": 4_950_000}
    assert totals.by_category == {"staff": 10_000_000, "travel": 5_000_000}
    # Quarters 0 and 1 are those of 2026 from July on.
    assert {line["period"] for line in data["lines"] if line["category"] == "staff"} == {0, 1}
    assert check_case(data).faults == ()


def test_costs_follow_the_shares_that_somebody_wrote():
    action = shared_plan("One", "Two").actions.get()
    add_costs(action, (2026, "staff", 1_000))
    one, two = (p.organisation_id for p in action.plan.project.partners.order_by("pk"))

    data = start_case_of(
        action, title="Fair", by=None, now=NOW, shares={one: 0, two: 100}
    ).case.data

    assert totals_of(data).by_partner == {"P2": 100_000}


def test_francs_and_years_outside_the_case_stay_behind_and_are_told():
    action = shared_plan("One").actions.get()
    add_costs(action, (2026, "staff", 10), (2026, "travel", 20, "CHF"), (2031, "other", 30))

    known = look_at_action(action, now=NOW)

    assert known.costs.total_ct == 1_000
    assert [cost.category for cost in known.costs.foreign] == ["travel"]
    assert [cost.year for cost in known.costs.outside] == [2031]


def test_copy_of_a_case_is_about_the_same_action():
    action = make_plan().actions.get()
    case = start_case_of(action, title="Fair", by=None, now=NOW).case

    copy = duplicate_case(case, title="Copy", by=None, now=NOW)

    assert action_of(FundingCase.objects.get(pk=copy.pk)) == action


def test_case_outlives_its_action():
    action = make_plan().actions.get()
    case = start_case_of(action, title="Fair", by=None, now=NOW).case

    action.delete()

    assert action_of(FundingCase.objects.get(pk=case.pk)) is None
