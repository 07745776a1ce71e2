"""Step 1: partners, work packages and costs, by forms."""

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.platform.funding.models import FundingCase
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_region
from tests.factories.organisations import make_organisation
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

AID = {"aid-TOTAL_FORMS": 2, "aid-INITIAL_FORMS": 0}
PARTNER = {"name": "New body", "kind": "sme", "size": "small", "region": "AT32", "currency": "EUR"}
COST = {"partner": "A", "wp": "WP1", "category": "travel", "currency": "EUR"}


def address(name, case, *more):
    return reverse(f"workspace:{name}", args=[case.pk, *more])


def post(client, name, case, /, *more, **data):
    return client.post(address(name, case, *more), {"version": case.version, **data})


def test_case_begins_with_the_partners_of_the_project(planner, project):
    make_partner(project, name="Cluster A", seat=make_region("AT32"), role="lead")
    make_partner(project, name="Nowhere")

    answer = planner.post(
        reverse("workspace:funding_case_new"),
        {"project": project.slug, "title": "Light"},
        follow=True,
    )

    case = FundingCase.objects.get()
    assert [row.name for row in answer.context["partners"]] == ["Cluster A"]
    assert [str(m) for m in answer.context["messages"]][1].endswith("sit: Nowhere.")
    assert answer.context["partners"][0].is_to_check
    assert (case.title, case.made_by.assignments[0].role) == ("Light", Role.CLUSTER_MANAGER)


def test_action_of_a_published_plan_leads_to_a_case(client, project):
    plan = make_plan(project=project, published=True)
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    page = client.get(reverse("workspace:plan", args=[plan.pk]))
    link = f"{reverse('workspace:funding_case_new')}?action={plan.actions.get().pk}"

    form = client.get(link)
    client.post(link, {"title": "From the plan"})

    assert f'href="{link}"' in page.text
    assert form.context["form"].initial["title"] == plan.actions.get().title
    assert FundingCase.objects.get().action_tie.action == plan.actions.get()


def test_case_of_another_project_cannot_be_begun(planner):
    other = make_project()

    answer = planner.post(
        reverse("workspace:funding_case_new"), {"project": other.slug, "title": "x"}
    )

    assert answer.status_code == 422
    assert not FundingCase.objects.exists()


def test_partner_is_added_with_its_earlier_aid(planner, case):
    aid = {**AID, "aid-0-state": "at", "aid-0-granted_on": "2025-02-03", "aid-0-amount": "1.000,50"}

    answer = post(planner, "funding_partner_new", case, **PARTNER, own="5000", **aid)

    case.refresh_from_db()
    assert answer.status_code == 302
    partner = case.data["partners"][-1]
    assert (partner["name"], partner["nuts"], partner["own_ct"]) == ("New body", "AT32", 500_000)
    assert find(case.data, "undertakings", partner["undertaking"]) == {
        "id": partner["undertaking"],
        "size": "small",
        "de_minimis": [
            {"state": "AT", "granted_on": "2025-02-03", "amount_ct": 100_050, "declared": "self"}
        ],
    }


def test_half_written_aid_is_refused_and_nothing_is_kept(planner, case):
    answer = post(planner, "funding_partner_new", case, **PARTNER, **AID, **{"aid-0-state": "AT"})

    case.refresh_from_db()
    assert answer.status_code == 422
    assert len(case.data["partners"]) == 2


def test_body_of_the_directory_fills_the_form_and_is_remembered(planner, case):
    body = make_organisation("Alpine Steel", region=make_region("ITH1"), type="sme", founded=1999)
    found = planner.get(address("funding_partner_new", case), {"find": "steel"})
    link = f"{address('funding_partner_new', case)}?body={body.pk}"

    form = planner.get(link).context["form"]
    data = {**PARTNER, "name": "Alpine Steel", "region": "ITH1", **AID, "version": case.version}
    planner.post(link, data)

    case.refresh_from_db()
    [hit] = found.context["found"]
    assert (hit.pk, hit.about) == (
        body.pk,
        "small or medium-sized firm, medium-sized, Region ITH1, ITH1",
    )
    assert (form.initial["name"], form.initial["kind"], form.initial["size"]) == (
        "Alpine Steel",
        "sme",
        "medium",
    )
    partner = case.data["partners"][-1]
    assert case.taken["partners"] == {partner["id"]: body.pk}
    assert partner["facts"] == {"founded": 1999}


def test_saving_a_partner_says_that_somebody_checked_it(planner, case):
    FundingCase.objects.update(taken={"to_check": ["A", "B"]})

    post(planner, "funding_partner", case, "B", **{**PARTNER, "name": "Renamed"}, **AID)

    case.refresh_from_db()
    assert case.taken["to_check"] == ["A"]
    assert find(case.data, "partners", "B")["name"] == "Renamed"


def test_cost_in_francs_is_kept_with_rate_and_day(planner, case):
    francs = {**COST, "currency": "CHF", "amount": "1000", "start": 0, "end": 1}
    without = post(planner, "funding_cost_new", case, **francs)

    post(planner, "funding_cost_new", case, **francs, rate="0,95", rate_on="2025-01-02")

    case.refresh_from_db()
    assert without.status_code == 422
    assert [line["cost_ct"] for line in case.data["lines"][-2:]] == [47_500, 47_500]
    page = planner.get(address("funding_case", case))
    assert "at 0.95 of 2\u00a0Jan\u00a02025" in page.context["costs"].object_list[-1].note


def test_cost_is_changed_with_all_its_quarters_and_removed(planner, case):
    post(planner, "funding_cost_new", case, **COST, amount="90", start=0, end=2)
    case.refresh_from_db()
    form = planner.get(address("funding_cost", case, "L1")).context["form"]

    post(planner, "funding_cost", case, "L1", **COST, amount="90", start=1, end=2)
    case.refresh_from_db()
    periods = [line["period"] for line in case.data["lines"] if line["id"].startswith("L1")]
    post(planner, "funding_remove", case, "costs", "L1")

    case.refresh_from_db()
    assert (form.initial["start"], form.initial["end"], form.initial["amount"]) == (0, 2, "90")
    assert periods == [1, 2]
    assert not any(line["id"].startswith("L1") for line in case.data["lines"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "-5"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "5", "start": 2, "end": 1}, "end"),
        ({"amount": "5", "partner": "Z"}, "partner"),
        ({"amount": "5", "place": "1"}, "place"),
    ],
)
def test_wrong_cost_is_refused_at_its_field(planner, case, change, field):
    data = {**COST, "start": 0, "end": 0, **change}

    answer = post(planner, "funding_cost_new", case, **data)

    case.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert case.version == 1


def test_second_editor_sees_what_is_stored_and_keeps_what_was_written(planner, case):
    form = {"title": "Mine", "themes": "wood"}
    first = {"title": "Theirs", "themes": ""}
    post(planner, "funding_package", case, "WP1", **first)

    answer = post(planner, "funding_package", case, "WP1", **form)

    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "Mine"
    assert ("Title", "Theirs") in answer.context["stored"]
    again = planner.post(address("funding_package", case, "WP1"), {**form, "version": 2})
    case.refresh_from_db()
    assert again.status_code == 302
    assert case.data["work_packages"][0]["title"] == "Mine"


def test_removing_a_partner_says_first_what_goes_with_it(planner, case):
    page = planner.get(address("funding_remove", case, "partners", "B"))
    post(planner, "funding_remove", case, "partners", "B")

    case.refresh_from_db()
    assert page.context["with_it"] == "Its costs of €80,000 (2 lines) go with it."
    assert [partner["id"] for partner in case.data["partners"]] == ["A"]


def test_page_adds_up_costs_and_says_what_is_missing(planner, project):
    planner.post(reverse("workspace:funding_case_new"), {"project": project.slug, "title": "Empty"})
    empty = planner.get(address("funding_case", FundingCase.objects.get()))

    assert empty.context["missing"] == ("partners", "lines", "offers")
    assert empty.context["chart"] is None


def test_page_shows_sums_of_partners_categories_and_packages(planner, case):
    page = planner.get(address("funding_case", case))

    assert [table.total[1] for table in page.context["sums"]] == ["€180,000"] * 3
    assert page.context["is_ready"]
    assert "simulated" in page.text


def test_frame_moves_everything_and_refuses_to_cut(planner, case):
    data = {"title": "New title", "year": 2027, "quarter": 3, "rulebook": "by-date"}
    post(planner, "funding_case_frame", case, **data, count=8)
    case.refresh_from_db()

    answer = post(planner, "funding_case_frame", case, **data, count=1)

    assert case.data["periods"] == {"start": "2027-07-01", "length": "quarter", "count": 8}
    assert case.title == "New title"
    assert answer.status_code == 422


def test_member_sees_and_cannot_change(project, case):
    client = Client()
    client.force_login(make_user_with(Role.MEMBER, project=project))

    page = client.get(address("funding_case", case))

    assert not page.context["may_write"]
    assert client.get(address("funding_cost_new", case)).status_code == 403
