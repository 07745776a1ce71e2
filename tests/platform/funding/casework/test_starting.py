"""A case begins with what its project knows, and says what it does not."""

import datetime as dt

import pytest

from alpclusters.platform.funding.domain.casework import check_case, start_from_project
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, make_region
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project

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
