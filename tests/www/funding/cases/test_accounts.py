"""The account of de minimis aid of a partner: what is free when, entries, registers."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.funding.domain.accounts.undertakings import set_control, undertaking_of
from alpclusters.platform.funding.models import DeMinimisAid
from tests.factories.accounts import make_user, make_user_with
from tests.factories.mixes import example_case, make_case, make_done_run
from tests.factories.organisations import make_identifier, make_organisation, make_profile
from tests.sources.test_de_minimis_registers import FILES

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ENTRY = {"granted_on": "2025-03-01", "amount": "280.000", "state": "fr", "regulation": "general"}


@pytest.fixture
def body():
    found = make_organisation("Bois d'essai", country="FR")
    make_identifier(found, "FR12999000001", scheme="vat")
    return found


@pytest.fixture
def case(project, body):
    return make_case(project, example_case(), taken={"partners": {"A": body.pk}})


def address(case, name="funding_account", key="A"):
    return reverse(f"workspace:{name}", args=[case.pk, key])


def add(client, case, **fields):
    return client.post(address(case), {"source": "typed", **ENTRY, **fields})


def read(client, case, name="france.csv"):
    file = SimpleUploadedFile(name, (FILES / name).read_bytes())
    url = address(case, "funding_account_register")
    return client.post(url, {"file": file, "read_on": "2026-11-30"})


def test_account_says_what_is_free_on_a_day_and_when_more_is(planner, case):
    add(planner, case)

    page = planner.get(address(case), {"on": "2026-12-02"})

    (row,) = page.context["rooms"]
    assert (row.state, row.room) == ("FR", "€20,000")
    assert row.releases == [(dt.date(2028, 3, 1), "€300,000")]
    assert "Free again" in page.text


def test_wrong_entry_is_said_at_its_field_and_not_stored(planner, case):
    page = add(planner, case, amount="0", state="France")

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"amount", "state"}
    assert not DeMinimisAid.objects.exists()


def entry_address(case, entry, what="remove", key="A"):
    return reverse(f"workspace:funding_aid_{what}", args=[case.pk, entry.pk, key])


def other_entry(organisation, **fields):
    wanted = {"state": "FR", "granted_on": dt.date(2025, 1, 1), "amount_ct": 1}
    return DeMinimisAid.objects.create(
        organisation=organisation, read_on=dt.date(2025, 1, 1), **wanted, **fields
    )


def test_entry_is_taken_away_again_by_who_entered_it(planner, case):
    add(planner, case)

    planner.post(entry_address(case, DeMinimisAid.objects.get()))

    assert not DeMinimisAid.objects.exists()


def test_entry_of_another_organisation_stays(planner, case):
    other = other_entry(make_organisation())

    assert planner.post(entry_address(case, other)).status_code == 404
    assert DeMinimisAid.objects.get() == other


def test_entry_that_somebody_else_made_stays_and_has_no_button(planner, case, body):
    other = other_entry(body, entered_by=make_user(name="Vida"))

    page = planner.get(address(case))

    assert "Vida" in page.text
    assert entry_address(case, other) not in page.text
    assert planner.post(entry_address(case, other)).status_code == 403
    assert planner.post(entry_address(case, other, "confirm")).status_code == 403
    assert DeMinimisAid.objects.get() == other


def test_manager_of_the_profile_confirms_and_removes_what_others_entered(client, project):
    profile = make_profile("Bois", body_country="FR")
    case = make_case(project, example_case(), taken={"partners": {"A": profile.organisation.pk}})
    entry = other_entry(profile.organisation)
    manager = make_user_with(Role.CLUSTER_MANAGER, project=project)
    Claim.objects.create(cluster=profile, user=manager, state="approved", made_at=timezone.now())
    client.force_login(manager)

    client.post(entry_address(case, entry, "confirm"))

    entry.refresh_from_db()
    assert (entry.confirmed_by, entry.confirmed_on) == (manager, timezone.localdate())
    assert "confirmed by the organisation on" in client.get(address(case)).text
    client.post(entry_address(case, entry))
    assert not DeMinimisAid.objects.exists()


def test_every_change_of_the_account_is_kept_with_who_made_it(planner, case):
    add(planner, case)
    planner.post(entry_address(case, DeMinimisAid.objects.get()))

    changes = planner.get(address(case)).context["changes"]

    assert [str(one.words) for one in changes] == ["Entry removed", "Entry added"]
    assert {one.by for one in changes} == {str(User.objects.get())}
    assert "€280,000" in changes[0].subject


def test_tie_that_somebody_else_made_is_not_changed(planner, case, body):
    mother = make_organisation("Mother")
    set_control(body, mother, by=make_user(name="Vida"), now=timezone.now())

    page = planner.get(address(case))
    answer = planner.post(address(case), {"do": "control", "controlled_by": ""})

    assert (page.context["control_form"], answer.status_code) == (None, 403)
    assert "Mother" in page.text
    assert undertaking_of(body) == {body.pk, mother.pk}


def test_partner_that_is_no_organisation_of_the_directory_has_no_account(planner, case):
    assert planner.get(address(case, key="B")).status_code == 404


def test_register_is_shown_before_anything_is_stored(planner, case, body):
    page = read(planner, case)

    rows = page.context["rows"]
    assert [(row.amount, row.is_sure) for row in rows] == [("€12,500.50", True), ("€40,000", True)]
    assert page.context["reading"].n_unread == 1
    assert "could not be read" in page.text
    assert not DeMinimisAid.objects.exists()

    trial = {"trial": page.context["signed"], "row": ["0"]}
    planner.post(address(case, "funding_account_register"), trial)

    aid = DeMinimisAid.objects.get()
    assert (aid.organisation, aid.amount_ct, aid.source) == (body, 1_250_050, "france")
    assert (aid.reference, aid.read_on) == ("1", dt.date(2026, 11, 30))
    assert len(read(planner, case).context["rows"]) == 1


def test_row_found_by_its_name_only_is_not_ticked(planner, project):
    body = make_organisation("Bois Savoie", country="FR")
    case = make_case(project, example_case(), taken={"partners": {"A": body.pk}})

    page = read(planner, case)

    (row,) = page.context["rows"]
    assert not row.is_sure
    assert "found by the name only" in page.text
    assert "checked" not in page.text.split("rows-form")[1].split("</form>")[0]


def test_other_file_is_refused_with_what_it_lacks(planner, case):
    file = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")

    page = planner.post(
        address(case, "funding_account_register"), {"file": file, "read_on": "2026-11-30"}
    )

    assert page.status_code == 422
    assert "nom_beneficiaire" in str(page.context["form"].errors)


def test_forged_or_foreign_trial_stores_nothing(planner, case):
    planner.post(address(case, "funding_account_register"), {"trial": "x", "row": ["0"]})

    assert not DeMinimisAid.objects.exists()


def test_partners_under_one_control_share_the_account(planner, project, body):
    other = make_organisation("Daughter", country="FR")
    taken = {"partners": {"A": body.pk, "B": other.pk}}
    case = make_case(project, example_case(), taken=taken)
    add(planner, case)

    planner.post(address(case, key="B"), {"do": "control", "controlled_by": body.pk})

    page = planner.get(address(case, key="B"), {"on": "2026-12-02"})
    assert undertaking_of(other) == {body.pk, other.pk}
    assert page.context["rooms"][0].room == "€20,000"
    assert page.context["members"] == ["Bois d'essai"]


def test_partner_of_the_directory_leads_to_its_account(planner, case):
    page = planner.get(address(case, "funding_partner"))

    assert address(case) in page.text
    assert page.context["aid"] is None


def test_account_is_for_those_who_plan_the_funding(client, project, case):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))
    assert client.get(address(case)).status_code == 200
    client.force_login(make_user_with(Role.MEMBER, project=project))
    assert client.get(address(case)).status_code == 403


def test_day_that_is_none_shows_today(planner, case):
    page = planner.get(address(case), {"on": "never"})

    assert page.context["on"] == timezone.localdate()


def test_plan_of_another_case_is_counted_and_left_by_its_button(planner, case, project, body):
    other = make_case(project, example_case(title="Other"), taken={"partners": {"B": body.pk}})
    for offer in other.data["offers"]:
        offer["articles"] = {"*": "DM"}
    other.save()
    cell = {"offer": "Z", "line": "b1", "declared_ct": 5_000_000, "grant_ct": 2_000_000}
    make_done_run(other, result={"status": "optimal", "allocation": [cell]})
    page = planner.get(address(case), {"on": "2026-12-02"})
    assert "Other" in page.text
    assert "planned in other cases, and counts" not in page.text

    planner.post(address(case), {"do": "count", "case": other.pk})

    page = planner.get(address(case), {"on": "2026-12-02"})
    assert "€20,000 of it is not granted but planned in other cases" in page.text
    assert {row.state: row.used for row in page.context["rooms"]}["SI"] == "€20,000"
    planner.post(address(case), {"do": "leave", "case": other.pk})
    assert planner.get(address(case)).context["planned"] == ""
