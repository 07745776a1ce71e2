"""Control, fiscal years, sites and scenarios: what forms say beyond partners and costs."""

import pytest
from django.urls import reverse

from alpclusters.platform.funding.domain.casework import check_case
from alpclusters.platform.funding.domain.casework.documents import find
from tests.factories.evaluation import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

AID = {"aid-TOTAL_FORMS": 2, "aid-INITIAL_FORMS": 0}


def address(name, case, *more):
    return reverse(f"workspace:{name}", args=[case.pk, *more])


def save_partner(client, case, key, **data):
    partner = find(case.data, "partners", key)
    code = make_region(partner["nuts"]).code
    own = {"name": partner["name"], "kind": partner["kind"], "size": "small", "region": code}
    sent = {"version": case.version, **own, **AID, **data}
    return client.post(address("funding_partner", case, key), sent)


def test_control_and_fiscal_year_of_an_undertaking_are_kept(planner, case):
    answer = save_partner(planner, case, "B", controlled_by="U-A", fiscal_year="7")

    case.refresh_from_db()
    assert answer.url == address("funding_case", case)
    undertaking = find(case.data, "undertakings", "U-B")
    assert (undertaking["controlled_by"], undertaking["fiscal_year_start"]) == ("U-A", 7)
    assert check_case(case.data).faults == ()


def test_form_shows_what_is_kept_and_takes_it_back(planner, case):
    save_partner(planner, case, "B", controlled_by="U-A", fiscal_year="7", sites="AT323; si042")
    case.refresh_from_db()
    form = planner.get(address("funding_partner", case, "B")).context["form"]

    save_partner(planner, case, "B", controlled_by="", fiscal_year="1", sites="")

    case.refresh_from_db()
    assert form["controlled_by"].value() == "U-A"
    assert form["fiscal_year"].value() == 7
    assert "AT323, SI042" in str(form["sites"])
    undertaking = find(case.data, "undertakings", "U-B")
    assert {"controlled_by", "fiscal_year_start"} & set(undertaking) == set()
    assert "sites" not in find(case.data, "partners", "B")


def test_control_in_a_circle_is_refused_and_nothing_is_kept(planner, case):
    save_partner(planner, case, "B", controlled_by="U-A")
    case.refresh_from_db()
    before = case.data

    answer = save_partner(planner, case, "A", controlled_by="U-B")

    case.refresh_from_db()
    assert answer.status_code == 422
    assert "would control itself" in answer.text
    assert case.data == before


def test_sites_keep_the_vintage_of_their_code(planner, case):
    save_partner(planner, case, "A", sites="AT323, FR71")

    case.refresh_from_db()
    sites = find(case.data, "partners", "A")["sites"]
    assert [(one["nuts"], one["vintage"]) for one in sites] == [("AT323", 2021), ("FR71", 2013)]
    assert check_case(case.data).faults == ()


def test_site_that_is_no_region_is_refused(planner, case):
    answer = save_partner(planner, case, "A", sites="AT323, AT99")

    assert answer.status_code == 422
    assert answer.context["form"].errors["sites"] == ["“AT99” is no code of a region."]


def scenario(client, case, **data):
    sent = {"do": "scenario", "version": case.version}
    sent |= {f"scenario-{name}": value for name, value in data.items()}
    return client.post(address("funding_links", case), sent)


def test_scenario_by_name_is_kept_shown_and_taken_back(planner, case):
    scenario(planner, case, title="Ministry says no", rejected=["X", "Z"])
    case.refresh_from_db()
    kept = case.data["scenarios"]
    page = planner.get(address("funding_links", case))

    planner.post(
        address("funding_links", case), {"do": "unscenario", "place": 0, "version": case.version}
    )

    case.refresh_from_db()
    assert kept == [{"id": "S1", "title": "Ministry says no", "rejected": ["X", "Z"]}]
    assert page.context["scenarios"][0]["title"] == "Ministry says no"
    assert case.data["scenarios"] == []


@pytest.mark.parametrize(
    "again", [{"title": "First", "rejected": ["Y"]}, {"title": "Second", "rejected": ["Z", "X"]}]
)
def test_scenario_twice_is_refused(planner, case, again):
    scenario(planner, case, title="First", rejected=["X", "Z"])
    case.refresh_from_db()

    answer = scenario(planner, case, **again)

    case.refresh_from_db()
    assert answer.status_code == 422
    assert len(case.data["scenarios"]) == 1


def test_scenario_needs_a_name_and_an_offer(planner, case):
    answer = scenario(planner, case, title="")

    assert answer.status_code == 422
    assert set(answer.context["forms"]["scenario"].errors) == {"title", "rejected"}
