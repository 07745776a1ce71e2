"""Pages of cases weighed together: choosing, waiting, the answer, its files, who sees them."""

import io

import pytest
from django.urls import reverse
from django.utils.translation import override

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.models import JointRun
from tests.factories.accounts import make_user_with
from tests.factories.joint import make_done_joint_run, make_joint_case, make_joint_run
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project
from tests.www.funding.mixes.mix_pages import text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CHOOSE = "workspace:joint_cases"


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def planner(client, project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    client.force_login(user)
    return user


@pytest.fixture
def firm():
    return make_organisation(name="Sawmill")


@pytest.fixture
def pair(project, firm):
    return [make_joint_case(project, firm, title) for title in ("Attic", "Bridge")]


def set_rulebook(cases, rulebook):
    for case in cases:
        case.data["rulebook"] = rulebook
        case.save()


def docx_text(data):
    from docx import Document

    document = Document(io.BytesIO(data))
    return "\n".join(one.text for one in document.element.body.iter() if one.text)


def get(client, name, *args):
    return client.get(reverse(f"workspace:{name}", args=args))


@pytest.mark.usefixtures("planner", "pair")
def test_cases_in_which_a_body_takes_part_twice_are_offered(client, project):
    make_joint_case(project, make_organisation(name="Dairy"), "Lonely")

    text = text_of(get(client, "joint_cases"))

    assert all(word in text for word in ("Attic", "Bridge", "Sawmill"))
    assert "Lonely" not in text


@pytest.mark.usefixtures("planner", "pair")
def test_cases_of_other_projects_are_not_offered(client, firm):
    foreign = make_project()
    for title in ("Foreign one", "Foreign two"):
        make_joint_case(foreign, firm, title)

    assert "Foreign" not in text_of(get(client, "joint_cases"))


@pytest.mark.usefixtures("planner")
def test_chosen_cases_are_weighed_and_lead_to_the_answer(client, pair):
    answer = client.post(reverse(CHOOSE), {"case": [case.pk for case in pair]})

    run = JointRun.objects.get()
    assert answer.url == reverse("workspace:joint", args=[run.pk])
    assert "are being weighed together" in text_of(client.get(answer.url))
    assert get(client, "joint_progress", run.pk).json()["is_over"] is False


@pytest.mark.usefixtures("planner")
def test_one_case_alone_is_refused_with_words(client, pair):
    answer = client.post(reverse(CHOOSE), {"case": [pair[0].pk]})

    assert answer.status_code == 422
    assert "From 2 to 6 cases can be weighed together." in text_of(answer)


@pytest.mark.usefixtures("planner")
def test_a_case_with_faults_is_named(client, pair):
    pair[0].data["lines"][0]["cost_ct"] = -1
    pair[0].save()

    answer = client.post(reverse(CHOOSE), {"case": [case.pk for case in pair]})

    assert answer.status_code == 422
    assert "One of the cases is not ready yet." in text_of(answer)


@pytest.mark.usefixtures("planner")
def test_a_case_of_another_project_is_as_if_it_were_not_there(client, pair, firm):
    foreign = make_joint_case(make_project(), firm, "Foreign")

    answer = client.post(reverse(CHOOSE), {"case": [pair[0].pk, foreign.pk]})

    assert answer.status_code == 422
    assert "Foreign" not in text_of(answer)


@pytest.mark.usefixtures("planner")
def test_the_answer_says_what_is_lost_by_which_account(client, pair):
    run = make_done_joint_run(pair)

    text = text_of(get(client, "joint", run.pk))

    assert "Each case alone: €160,000 in all. Together: €100,000." in text
    assert "de minimis aid, DE: alone the cases would draw €60,000 too much from it." in text
    assert "This account by itself costs €60,000." in text
    assert "Voucher Attic" in text
    assert "Goes first" in text


@pytest.mark.usefixtures("planner")
def test_the_answer_says_that_a_case_was_changed_since(client, pair):
    run = make_done_joint_run(pair)
    pair[0].version += 1
    pair[0].save()

    assert "A case was changed since." in text_of(get(client, "joint", run.pk))


@pytest.mark.usefixtures("planner")
def test_files_hold_the_tables(client, pair):
    from openpyxl import load_workbook

    run = make_done_joint_run(pair)
    sheet = load_workbook(io.BytesIO(get(client, "joint_file", run.pk, "answer.xlsx").content))
    rows = get(client, "joint_file", run.pk, "draws.csv").content.decode("utf-8-sig")

    assert len(sheet.sheetnames) == 1 + len(("cases", "draws", "accounts", "orders", "offers"))
    assert rows.count("\r\n") == 3
    assert "Voucher Bridge" in rows
    for ending in ("pdf", "docx"):
        assert get(client, "joint_file", run.pk, f"answer.{ending}").status_code == 200


@pytest.mark.parametrize("name", ["answer.csv", "nothing.csv", "draws.pdf", "orders.csv"])
@pytest.mark.usefixtures("planner")
def test_files_that_do_not_exist_are_not_found(client, pair, name):
    run = make_done_joint_run(pair)

    assert get(client, "joint_file", run.pk, name).status_code == 404


@pytest.mark.usefixtures("planner")
def test_cases_without_common_mixes_say_so(client, pair):
    for case in pair:
        case.data["wishes"] = [{"type": "min_total", "amount_ct": 6_000_000}]
        case.save()
    run = make_done_joint_run(pair)

    assert "There are no mixes that fulfil the fixed wishes" in text_of(
        get(client, "joint", run.pk)
    )


@pytest.mark.usefixtures("planner")
def test_a_run_that_failed_says_why(client, pair):
    error = {"code": "mix.worker_ended", "values": {"reason": "memory"}}
    run = make_joint_run(pair, state="failed", error=error)

    assert "There is no answer." in text_of(get(client, "joint", run.pk))
    assert get(client, "joint_file", run.pk, "answer.pdf").status_code == 404


@pytest.mark.usefixtures("planner")
def test_a_run_is_cancelled_and_says_so(client, pair):
    run = make_joint_run(pair)

    client.post(reverse("workspace:joint_cancel", args=[run.pk]))

    assert "It was cancelled before anything was found." in text_of(get(client, "joint", run.pk))


def test_members_see_the_answer_but_cannot_ask_or_cancel(client, project, pair):
    run = make_joint_run(pair)
    client.force_login(make_user_with(Role.MEMBER, project=project))

    assert get(client, "joint", run.pk).status_code == 200
    assert client.post(reverse(CHOOSE), {"case": [one.pk for one in pair]}).status_code == 403
    assert client.post(reverse("workspace:joint_cancel", args=[run.pk])).status_code == 403


def test_people_of_other_projects_do_not_find_it(client, pair):
    run = make_done_joint_run(pair)
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))

    assert get(client, "joint", run.pk).status_code == 404
    assert get(client, "joint_file", run.pk, "answer.pdf").status_code == 404


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "sl"])
@pytest.mark.usefixtures("planner")
def test_a_scenario_is_marked_on_the_page_in_the_list_and_in_every_file(client, pair, language):
    set_rulebook(pair, "as-if-prolonged")
    run = make_done_joint_run(pair)
    words = {
        "en": ("Scenario, not the law", "scenario: as if the acts were prolonged"),
        "de": ("Szenario, nicht geltendes Recht", "Szenario: als wären die Rechtsakte verlängert"),
        "fr": ("Scénario, et non le droit", "scénario : comme si les actes étaient prorogés"),
        "it": ("Scenario, non il diritto", "scenario: come se gli atti fossero prorogati"),
        "sl": ("Scenarij, ne veljavno pravo", "scenarij: kot da bi bili akti podaljšani"),
    }[language]

    with override(language):
        page, whole, listed, table = (
            get(client, *where)
            for where in (
                ("joint", run.pk),
                ("joint_file", run.pk, "answer.docx"),
                ("joint_cases",),
                ("joint_file", run.pk, "cases.csv"),
            )
        )

    assert words[0] in text_of(page)
    assert words[0] in docx_text(whole.content)
    assert words[1] in text_of(listed)
    rows = table.content.decode("utf-8-sig").replace("\xa0", " ")
    assert rows.count(words[1]) == len(("Attic", "Bridge", "Sum"))


@pytest.mark.usefixtures("planner")
def test_the_law_itself_is_not_marked_as_a_scenario(client, pair):
    run = make_done_joint_run(pair)

    for name in ("answer.docx", "cases.csv"):
        assert get(client, "joint_file", run.pk, name).status_code == 200
    assert "cenario" not in text_of(get(client, "joint", run.pk))
    assert "cenario" not in get(client, "joint_file", run.pk, "cases.csv").content.decode()


@pytest.mark.usefixtures("planner")
def test_undecided_offers_are_named_with_their_case(client, pair):
    for case in pair:
        case.data["offers"][0] |= {"articles": {"*": "GB-28"}, "grant_date": "2027-09-01"}
        case.save()
    run = make_done_joint_run(pair)

    text = text_of(get(client, "joint", run.pk))
    document = docx_text(get(client, "joint_file", run.pk, "answer.docx").content)

    for said in (text, document):
        assert "Undecided: the rule for that day is not known" in said
        assert "Attic: Voucher Attic" in said
        assert "Bridge: Voucher Bridge" in said


@pytest.mark.parametrize("language", ["de", "fr", "it", "sl"])
@pytest.mark.usefixtures("planner")
def test_the_answer_is_in_every_language(client, pair, language):
    run = make_done_joint_run(pair)
    address = reverse("workspace:joint", args=[run.pk])
    path = "/".join(["", language, *address.split("/")[2:]])

    text = text_of(client.get(path))

    assert "Each case alone" not in text
    assert "Voucher Attic" in text
