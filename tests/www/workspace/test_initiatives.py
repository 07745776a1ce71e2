import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal, Programme
from alpclusters.www.workspace.initiatives.initiative_forms import Money, said
from tests.factories.accounts import make_user_with
from tests.factories.evidence import (
    make_activity,
    make_document,
    make_initiative,
    make_participation,
    make_programme,
)
from tests.factories.organisations import make_organisation
from tests.factories.texts import typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/en/workspace/evidence/initiatives/"
NEW = f"{LIST}new/"
PROPOSALS = f"{LIST}proposals/"


@pytest.fixture(autouse=True)
def coder(client):
    user = make_user_with(Role.EVIDENCE_CODER)
    client.force_login(user)
    return user


def url(initiative, tail="edit/"):
    return f"{LIST}{initiative.key}/{tail}"


def filled(initiative=None, **changes):
    values = {"kind": "project", "status": "unknown", "programme_family": "interreg"}
    if initiative is not None:
        form = {**said(initiative), "version": initiative.history.first().history_id}
        values |= {k: v for k, v in typed(form).items() if v not in (None, False)}
    return {**values, **changes}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.PARTNER_COORDINATOR, 200),
        (Role.EVIDENCE_CODER, 200),
        (Role.MEMBER, 403),
    ],
)
def test_coders_and_coordinators_write_about_initiatives(client, role, status):
    client.force_login(make_user_with(role))
    initiative = make_initiative()

    tails = ("edit/", "partners/", "history/")
    for address in (LIST, NEW, *(url(initiative, tail) for tail in tails)):
        assert client.get(address).status_code == status


def test_all_facts_of_an_initiative_are_stored_as_they_were_written(client, coder):
    earlier = make_initiative(acronym="CLUSTER ONE")

    answer = client.post(
        NEW,
        filled(
            acronym="CLUSTER TWO",
            programme="new",
            programme_name="Alpine Space",
            programme_period="2014-2020",
            start="11.2016",
            end="2019",
            status="closed",
            budget="2521964.50",
            eu="1,929,500",
            countries="at, de it",
            sectors="c, 16",
            keywords="wood; wood, robots",
            follows="cluster one",
            website="https://example.org/two",
            title_en="A second try",
            title_sl="Drugi poskus",
            is_published="on",
        ),
    )

    made = Initiative.objects.get(acronym="CLUSTER TWO")
    assert answer.url == url(made, "partners/")
    assert str(made.programme) == "Alpine Space 2014-2020"
    assert (str(made.start), made.start_precision) == ("2016-11-01", "month")
    assert (str(made.end), made.end_precision) == ("2019-12-31", "year")
    assert (made.budget_cents, made.eu_cents) == (252196450, 192950000)
    assert (made.countries, made.sectors, made.keywords) == (
        "AT DE IT",
        ["C", "16"],
        ["wood", "robots"],
    )
    assert (made.follows, made.title.inside("sl"), made.standing) == (
        earlier,
        "Drugi poskus",
        "unverified",
    )
    assert made.history.first().history_user == coder
    assert {"title", "title_sl", "end", "programme"} <= set(made.edited_fields)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"acronym": ""}, "This field is required."),
        ({"start": "12/2016/3"}, "Write a year, a month or a day"),
        ({"start": "2016-13"}, "Write a year, a month or a day"),
        ({"start": "2019", "end": "2018"}, "The end lies before the start."),
        ({"budget": "10", "eu": "11"}, "The share of the EU is larger than the budget."),
        ({"countries": "AUT"}, "is no code of a country"),
        ({"sectors": "wood"}, "is no sector"),
        ({"follows": "NONE"}, "No initiative is called “NONE”."),
        ({"follows": "TWICE"}, "Write one of these: initiative-"),
        ({"programme": "new"}, "Name the programme, or choose one."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_form_says_what_to_do_and_stores_nothing(client, changes, told):
    for _n in range(2):
        make_initiative(acronym="TWICE")

    answer = client.post(NEW, filled(**{"acronym": "X", **changes}))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Initiative.objects.filter(acronym="X").exists()
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None),
        ("0", 0),
        ("1.929", 192900),
        ("1.929.500,5", 192950050),
        ("1,929,500.50", 192950050),
        ("1\u202f929\u00a0500", 192950000),
        ("1\u2019929\u2019500.05", 192950005),
        ("12,3", 1230),
    ],
)
def test_amounts_are_read_as_five_languages_write_them(text, cents):
    assert Money(label="x").clean(text) == cents


@pytest.mark.parametrize("text", ["much", "-5", "1,2,3", "12.3456", "9" * 20])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValidationError):
        Money(label="x").clean(text)


def test_form_shows_what_is_stored_and_saving_it_changes_nothing(client):
    made = make_initiative(
        acronym="PROBE",
        title={"de": "Titel"},
        start="2014-05-01",
        start_precision="month",
        budget_cents=123456,
        programme=make_programme(),
        keywords=["a", "b"],
        countries="AT SI",
    )
    made.refresh_from_db()

    client.post(url(made), filled(made, is_published="on"))

    assert made.history.count() == 1


def test_change_names_who_why_and_what(client, coder):
    made = make_initiative(acronym="PROBE")

    answer = client.post(
        url(made),
        filled(made, is_published="on", note_en="Ended early", reason="As the report says"),
    )

    page = client.get(answer.url).content.decode()
    assert answer.url == url(made, "history/")
    assert str(coder) in page
    assert "As the report says" in page
    assert "Note, English" in page


def test_earlier_version_is_brought_back(client):
    made = make_initiative(acronym="PROBE", title={"en": "First"})
    client.post(url(made), filled(made, is_published="on", title_en="Second"))
    first = made.history.order_by("history_id").first()

    client.post(url(made, f"history/{first.pk}/revert/"))

    made.refresh_from_db()
    assert made.title.inside("en") == "First"


def test_two_people_at_once_see_both_texts(client):
    made = make_initiative(acronym="PROBE", title={"en": "First"})
    mine = filled(made, is_published="on", title_en="Mine")
    made.title = made.title.put({"en": "Theirs"})
    made.save()

    answer = client.post(url(made), mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Saved by somebody else" in page
    made.refresh_from_db()
    assert made.title.inside("en") == "Theirs"


def test_partner_that_is_in_the_directory_is_tied_to_it(client):
    made, body = make_initiative(), make_organisation("Holzcluster Probe", country="AT")

    asked = client.post(url(made, "partners/"), {"name": "holzcluster probe", "role": "lead"})
    values = {"name": "holzcluster probe", "role": "lead", "organisation": body.pk}
    client.post(url(made, "partners/"), values)

    row = made.participations.get()
    assert "Did you mean" in asked.content.decode()
    assert (row.organisation, row.role, row.name) == (body, "lead", "holzcluster probe")


def test_partner_nobody_knows_stands_by_its_name_and_is_taken_off_again(client):
    made = make_initiative()

    client.post(url(made, "partners/"), {"name": "Agentur X", "role": "partner", "country": "at"})
    row = made.participations.get()
    page = client.get(url(made, "partners/")).content.decode()
    client.post(url(made, "partners/"), {"do": f"remove-{row.pk}"})

    assert (row.organisation, row.country) == (None, "AT")
    assert "Agentur X" in page
    assert not made.participations.exists()
    history = client.get(url(made, "history/")).content.decode()
    assert "Taken off as a partner: Agentur X" in history


def test_tie_to_the_wrong_organisation_is_undone(client):
    made, body = make_initiative(), make_organisation("Holzcluster Probe")
    row = make_participation(made, "Holzcluster", organisation=body)

    client.post(url(made, "partners/"), {"do": f"untie-{row.pk}"})

    row.refresh_from_db()
    assert row.organisation is None


def test_partner_of_another_initiative_is_not_found(client):
    row = make_participation(make_initiative(), "Somebody")

    answer = client.post(url(make_initiative(), "partners/"), {"do": f"remove-{row.pk}"})

    assert answer.status_code == 404


def test_list_is_filtered(client):
    shown_one = make_initiative(acronym="ALPHA", title={"sl": "Gozd"}, programme=make_programme())
    make_document(initiatives=[shown_one])
    make_initiative(acronym="BETA", kind="network", is_published=False)

    def shown(**query):
        page = client.get(LIST, query)
        return [row.initiative.acronym for row in page.context["page"].object_list]

    assert shown() == ["ALPHA", "BETA"]
    assert shown(q="gozd") == ["ALPHA"]
    assert shown(kind="network") == ["BETA"]
    assert shown(family="interreg") == ["ALPHA"]
    assert shown(documents="0") == ["BETA"]
    assert shown(published="0") == ["BETA"]
    assert shown(standing="verified") == []


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_initiative_as_for_three(
    client, django_assert_num_queries, number
):
    for _n in range(number):
        make_activity(make_initiative(programme=make_programme()))
    client.get(LIST)

    with django_assert_num_queries(9):
        client.get(LIST)


def test_keeper_decides_what_a_source_says_differently(client):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR))
    source = ImportSource.objects.create(key="probe", name="Source (simulated)")
    run = ImportRun.objects.create(source=source, made_at=timezone.now(), subject="initiatives")
    made = make_initiative(
        acronym="PROBE", title={"en": "Mine"}, edited_fields=["title", "title_en"]
    )
    taken = InitiativeProposal.objects.create(
        initiative=made, run=run, field="title_en", value="Theirs"
    )
    refused = InitiativeProposal.objects.create(
        initiative=made, run=run, field="end", value="2019-04-30"
    )

    page = client.get(PROPOSALS).content.decode()
    client.post(PROPOSALS, {"proposal": taken.pk, "do": "take"})
    client.post(PROPOSALS, {"proposal": refused.pk, "do": "refuse"})

    made.refresh_from_db()
    assert "Title, English" in page
    assert "Theirs" in page
    assert (made.title.inside("en"), made.end, made.edited_fields) == ("Theirs", None, [])
    assert "Nothing to decide" in client.get(PROPOSALS).content.decode()


def test_coders_do_not_decide_what_sources_say(client):
    assert client.get(PROPOSALS).status_code == 403
