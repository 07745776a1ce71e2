"""From a mix to an application: the page, the package, and how much of the form is filled."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.urls import reverse

from alpclusters.analysis.funding.case_files import read_case
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import Alias, Organisation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.funding_cases import tie_case
from alpclusters.platform.policy.models import DraftingBody, Indicator, Milestone, Solution, Target
from alpclusters.reports.application.fields import answers_of, kinds_of, shares_of, total_of
from alpclusters.reports.application.reading import read_application
from alpclusters.reports.application.subject import ApplicationSubject
from alpclusters.reports.funding.subject import MixSubject
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import example_case, make_case, make_done_run, tiny_mix
from tests.factories.organisations import make_identifier
from tests.factories.partnership import make_fact
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = dt.date(2026, 12, 2)
# What a partner of a real case says beside its costs; nothing here is about a real body.
FACTS = {
    "A": {"members": 40, "nace": "84.13", "street": "Test street 1", "nuts_3": "AT332"},
    "B": {"employees": 30, "nace": "25.73", "street": "Test street 2"},
}
BODIES = {
    "A": {"short_name": "Agency A", "postcode": "6020", "town": "Innsbruck", "type": "agency"},
    "B": {"short_name": "Firm B", "postcode": "1000", "town": "Ljubljana", "type": "sme"},
}


def in_each(text: str) -> dict[str, str]:
    """The same text in every language."""
    return dict.fromkeys(LANGUAGE_CODES, text)


@pytest.fixture
def project():
    found = make_project(acronym="REAL")
    found.name, found.summary = in_each("A project"), in_each("What it is")
    found.save()
    make_fact(found, "Firms of the region", section="target_group")
    return found


@pytest.fixture
def case(project):
    """A case that is not simulated, of an action whose plan is complete, with known bodies."""
    action = _complete(make_plan(project=project).actions.get())
    data = example_case(is_simulated=False)
    for partner in data["partners"]:
        partner["facts"] = FACTS[partner["id"]]
        partner["vat_recoverable"] = partner["id"] == "B"
    taken = {"partners": {key: _body(key, fields).pk for key, fields in BODIES.items()}}
    made = make_case(project, data, taken=taken)
    tie_case(made, action)
    return made


def _body(key: str, fields: dict[str, str]) -> Organisation:
    body = Organisation.objects.create(name=f"Simulated body {key}", **fields)
    Alias.objects.create(organisation=body, name=f"Body {key} in English", language="en")
    make_identifier(body, f"VAT {key}", scheme="vat")
    return body


def _complete(action):
    plan = action.plan
    plan.policy_instrument = "Regional programme"
    plan.ends_on = dt.date(2028, 12, 31)
    plan.save()
    for country in ("AT", "SI"):
        DraftingBody.objects.create(plan=plan, name=f"Body of {country}", country=country)
    for recommendation in action.recommendations.all():
        for field in ("problem", "expected_effect", "text"):
            setattr(recommendation, field, in_each(f"The {field}"))
        recommendation.save()
    Milestone.objects.create(
        action=action, due=dt.date(2025, 9, 30), title=in_each("First call is open")
    )
    for stage in (Indicator.Stage.OUTPUT, Indicator.Stage.RESULT):
        indicator = Indicator.objects.create(
            plan=plan, action=action, stage=stage, baseline=0, name=in_each(f"An {stage}")
        )
        Target.objects.create(indicator=indicator, due=dt.date(2025, 12, 31), value=3)
    Solution.objects.create(
        project=plan.project,
        pilot=action,
        title=in_each("A form"),
        take_up=in_each("Others need a model text."),
    )
    return action


@pytest.fixture
def run(case):
    return make_done_run(case, result={**tiny_mix(), "simulated": False})


@pytest.fixture
def planner(client, project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    client.force_login(user)
    return user


def address(name, run, *more):
    return reverse(f"workspace:{name}", args=[run.pk, *more])


def subject_of(run, language="en"):
    stored = read_case(run.case_data)
    return read_application(run.case, stored, run.result, today=DAY, language=language)


def test_at_least_four_fifths_of_the_fields_of_a_case_with_plan_are_filled(run):
    answers = answers_of(subject_of(run), "en")
    total = total_of(shares_of(answers))
    missing = sorted({one.field.id for one in answers if not one.is_filled})

    assert total.share >= 0.8, missing
    assert kinds_of(answers).share >= 0.8, missing


def test_texts_come_from_plan_and_recommendation(run):
    answers = {(one.field.id, one.place): one.text for one in answers_of(subject_of(run), "en")}

    assert answers["A.1 acronym", ""] == "REAL"
    assert answers["C.1 overallObjective", ""] == "The expected_effect"
    assert "It carries out recommendation" in answers["C.2.2 commonChallenge", ""]
    assert "n = 16" in answers["C.2.7 availableKnowledge", ""]
    assert "First call is open" in answers["C.4 deliverables", "WP1"]
    assert answers["C.8.3 projectTransferability", ""] == "Others need a model text."
    assert answers["B.1.1 nameInEnglish", "A"] == "Body A in English"
    assert answers["B.1.1 vat", "B"] == "VAT B"


@pytest.mark.usefixtures("planner")
def test_mix_leads_to_the_application_which_names_what_is_missing(client, run):
    assert address("mix_application", run) in client.get(address("mix", run)).content.decode()

    answer = client.get(address("mix_application", run))

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "B.1.4 Contact person" in page
    assert "directly in Jems" in page
    assert "do not hand this in" not in page


@pytest.mark.usefixtures("planner")
def test_application_of_a_simulated_case_says_so(client, project):
    simulated = make_done_run(make_case(project))

    assert (
        "do not hand this in" in client.get(address("mix_application", simulated)).content.decode()
    )


def form_of(client, run, place=0):
    """What the form of a partner holds, as a browser would send it."""
    return dict(client.get(address("mix_application_partner", run, place)).context["form"].initial)


def typed(client, run, place=0, **values):
    """Send the form of a partner with some fields filled."""
    sent = {**form_of(client, run, place), **values}
    return client.post(address("mix_application_partner", run, place), sent)


@pytest.mark.usefixtures("planner")
def test_form_of_a_partner_says_what_is_known_and_where_it_is_from(client, run):
    assert address("mix_application_partner", run, 0) in (
        client.get(address("mix_application", run)).content.decode()
    )

    page = client.get(address("mix_application_partner", run, 0)).content.decode()

    assert "Empty keeps: Innsbruck (source: entry of the body in the directory)." in page
    assert "Empty keeps: Test street 1 (source: the funding case)." in page


@pytest.mark.usefixtures("planner")
def test_entered_data_stand_above_case_and_directory_and_the_mix_stays_of_today(client, run):
    before = shares_of(answers_of(subject_of(run), "en"))
    answer = typed(
        client, run, name_en="Agency of tests", town="Hall", legal_status="public",
        competence="Knows wood.\nKnows steel.", department="Projects",
    )  # fmt: skip

    assert answer.status_code == 302
    run.case.refresh_from_db()
    subject = subject_of(run)
    answers = {(one.field.id, one.place): one for one in answers_of(subject, "en")}
    assert answers["B.1.1 nameInEnglish", "A"].text == "Agency of tests"
    assert answers["B.1.2 city", "A"].text == "Hall"
    assert answers["B.1.2 postalCode", "A"].text == "6020"
    assert answers["B.1.5 organizationRelevance", "A"].text == "Knows wood.\nKnows steel."
    assert subject.body(subject.partners[0]).department == "Projects"
    assert sum(one.filled for one in shares_of(answers.values())) >= sum(
        one.filled for one in before
    )
    assert run.case_version == run.case.version
    assert subject.source_of(subject.partners[0], "town") == "partner"


@pytest.mark.usefixtures("planner")
def test_wrong_entries_are_named_by_field_and_nothing_is_stored(client, run):
    answer = typed(client, run, vat_number="?", pic="12", nace="wood", website="nowhere",
                   department="ask jo@example.org")  # fmt: skip

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == [
        "department", "nace", "pic", "vat_number", "website",
    ]  # fmt: skip
    run.case.refresh_from_db()
    assert "application" not in run.case.taken


@pytest.mark.usefixtures("planner")
def test_second_of_two_editors_sees_what_the_first_one_stored(client, run):
    old = form_of(client, run)
    typed(client, run, town="Hall")

    answer = client.post(address("mix_application_partner", run, 0), {**old, "town": "Schwaz"})

    assert answer.status_code == 422
    assert ("Town", "Hall") in answer.context["stored"]
    again = {**old, "town": "Schwaz", "seen": answer.context["form"].data["seen"]}
    assert client.post(address("mix_application_partner", run, 0), again).status_code == 302
    run.case.refresh_from_db()
    assert run.case.taken["application"] == {"A": {"town": "Schwaz"}}


@pytest.mark.usefixtures("planner")
def test_entered_data_leave_with_the_case_file_and_go_with_the_partner(client, run):
    long = "\n".join([("wood " * 150).strip(), "steel"])
    typed(client, run, town="Hall", experience=long)
    export = reverse("workspace:funding_case_export", args=[run.case_id])

    exported = read_case(json.loads(client.get(export).content))
    partner = next(one for one in exported.partners if one.id == "A")
    subject = ApplicationSubject(MixSubject(exported, run.result, "en"))
    assert subject.body(partner).town == "Hall"
    assert subject.body(partner).experience == long
    assert subject.source_of(partner, "town") == "case"

    run.case.refresh_from_db()
    remove = reverse("workspace:funding_remove", args=[run.case_id, "partners", "A"])
    client.post(remove, {"version": run.case.version})

    run.case.refresh_from_db()
    assert run.case.taken["application"] == {}
    assert "A" not in run.case.taken["partners"]
    assert client.get(address("mix_application_partner", run, 0)).status_code == 404


def test_who_may_only_read_gets_no_form(client, run, project):
    client.force_login(make_user_with(Role.MEMBER, project=project))

    assert client.get(address("mix_application_partner", run, 0)).status_code == 403
    page = client.get(address("mix_application", run)).content.decode()
    assert address("mix_application_partner", run, 0) not in page


@pytest.mark.usefixtures("planner")
def test_package_is_taken_away(client, run):
    answer = client.get(address("mix_file", run, "application.zip"))

    assert answer["Content-Type"] == "application/zip"
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(package.read("application.json"))
    assert data["simulated"] is False
    found = data["projectData"]["sectionC"]["projectWorkPackages"][0]["activities"][0]
    assert found["deliverables"][0]["period"] == 2
    # Titles of a case are in a language that nobody named: in the reader's only.
    assert [one["language"] for one in found["title"]] == ["EN"]


@pytest.mark.usefixtures("planner")
def test_document_alone_is_taken_away(client, run):
    answer = client.get(address("mix_file", run, "application.docx"))

    assert answer.content.startswith(b"PK")


@pytest.mark.usefixtures("planner")
def test_page_names_each_application_and_each_can_be_taken_alone(client, run):
    page = client.get(address("mix_application", run)).content.decode()
    used = [one["id"] for one in run.result["offers"] if one["used"]]
    places = [place for place, one in enumerate(run.case_data["offers"]) if one["id"] in used]

    assert places
    for place in places:
        file = address("mix_file", run, f"application-{place}.docx")
        assert file in page
        assert client.get(file).content.startswith(b"PK")


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize(
    "name",
    ["application-99.docx", "application-0.pdf", "application-x.docx", "report-0.docx",
     "application-0000000.docx"],
)  # fmt: skip
def test_application_that_is_not_there_is_not_found(client, run, name):
    assert client.get(address("mix_file", run, name)).status_code == 404


@pytest.mark.usefixtures("planner")
def test_offer_that_the_mix_does_not_use_has_no_application(client, run):
    run.result = {
        **run.result,
        "offers": [{**one, "used": False} for one in run.result["offers"]],
    }
    run.save()

    assert client.get(address("mix_file", run, "application-0.docx")).status_code == 404


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("status", ["failed", "infeasible"])
def test_without_a_mix_there_is_no_application(client, run, status):
    run.result = {**run.result, "status": status}
    run.save()

    assert client.get(address("mix_application", run)).status_code == 404
    assert client.get(address("mix_file", run, "application.zip")).status_code == 404
