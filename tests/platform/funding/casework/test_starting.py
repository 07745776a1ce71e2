"""A case begins with what project and action know, and says what they do not."""

import datetime as dt

import pytest

from alpclusters.platform.funding.domain.casework import (
    check_case,
    start_from_action,
    start_from_project,
)
from alpclusters.platform.funding.domain.casework.starting import look_at_action
from alpclusters.platform.funding.domain.casework.totals import totals_of
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, make_region
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_partner, make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_partners_of_the_project_become_partners_and_the_lead_partner_leads():
    project = make_project()
    make_partner(project, name="Follower", seat=make_region("ITH1"))
    lead = make_partner(project, name="Leader", seat=make_region("AT32"), role="lead")
    lead.organisation.type = "cluster_organisation"
    lead.organisation.founded = 2009
    lead.organisation.save()

    case = start_from_project(project, title="Case", by=make_user(), now=NOW).case

    first, second = case.data["partners"]
    assert (first["name"], first["lead"], first["kind"], first["nuts"], first["country"]) == (
        "Leader",
        True,
        "cluster",
        "AT32",
        "AT",
    )
    assert first["facts"] == {"founded": 2009}
    assert (second["name"], second["lead"], second["nuts"]) == ("Follower", False, "ITH1")
    assert case.taken["partners"] == {
        "P1": lead.organisation.pk,
        "P2": project.partners.get(organisation__name="Follower").organisation_id,
    }
    assert case.taken["to_check"] == ["P1", "P2"]


def test_body_without_a_place_is_left_out_and_named():
    project = make_project()
    make_partner(project, name="Nowhere")

    started = start_from_project(project, title="Case", by=None, now=NOW)

    assert started.left_out == ("Nowhere",)
    assert started.case.data["partners"] == []


def test_action_gives_days_level_and_responsible_body():
    body = make_organisation("Ministry of tests", region=make_region("AT32"), type="ministry")
    action = make_plan().actions.get()

    started = start_from_action(action, title="Fair", by=None, now=NOW)

    data = started.case.data
    assert data["periods"] == {"start": "2026-07-01", "length": "quarter", "count": 5}
    assert data["project"] == {"levels": [action.level]}
    assert [(p["name"], p["kind"]) for p in data["partners"]] == [("Ministry of tests", "public")]
    assert started.case.taken["partners"] == {"P1": body.pk}
    assert (started.case.action, started.unknown) == (action, ())


def test_responsible_body_that_two_are_called_is_told_and_not_guessed():
    for _ in range(2):
        make_organisation("Ministry of tests", region=make_region("AT32"))
    action = make_plan().actions.get()

    started = start_from_action(action, title="Fair", by=None, now=NOW)

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

    started = start_from_action(action, title="Fair", by=None, now=NOW)

    [partner] = started.case.data["partners"]
    assert (partner["nuts"], partner["lead"]) == ("AT32", True)
    assert started.case.taken["partners"] == {"P1": lead.organisation_id}
    assert (started.left_out, started.unknown) == ((), ())


def test_costs_of_the_action_come_along_in_equal_parts_to_the_cent():
    action = shared_plan("One", "Two", "Three").actions.get()
    add_costs(action, (2026, "staff", 100_000), (2027, "travel", 50_000))

    data = start_from_action(action, title="Fair", by=None, now=NOW).case.data

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

    data = start_from_action(
        action, title="Fair", by=None, now=NOW, shares={one: 0, two: 100}
    ).case.data

    assert totals_of(data).by_partner == {"P2": 100_000}


def test_francs_and_years_outside_the_case_stay_behind_and_are_told():
    action = shared_plan("One").actions.get()
    add_costs(action, (2026, "staff", 10), (2026, "travel", 20, "CHF"), (2031, "other", 30))

    known = look_at_action(action, now=NOW)

    assert known.costs.total_ct == 1_000
    assert [cost.type for cost in known.costs.foreign] == ["travel"]
    assert [cost.year for cost in known.costs.outside] == [2031]


def test_without_days_it_lasts_two_years_from_the_next_quarter_on():
    case = start_from_project(make_project(), title="Case", by=None, now=NOW).case

    assert case.data["periods"] == {"start": "2026-10-01", "length": "quarter", "count": 8}


def test_longer_projects_are_cut_to_forty_quarters():
    project = make_project(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2040, 1, 1))

    case = start_from_project(project, title="Case", by=None, now=NOW).case

    assert case.data["periods"]["count"] == 40


def test_new_case_is_read_by_the_reader_of_cases_and_says_what_is_missing():
    project = make_project(kind="demonstration")
    make_partner(project, seat=make_region("AT32"))

    report = check_case(start_from_project(project, title="Case", by=None, now=NOW).case.data)

    assert report.faults == ()
    assert report.missing == ("lines", "offers")
    assert report.case.is_simulated
    assert not report.is_ready
