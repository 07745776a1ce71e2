"""People are kept with a consent only, and are gone when it ends."""

from datetime import date, timedelta

import pytest

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.actors.domain.consent import (
    LASTS,
    PROOF_KEPT,
    Given,
    current_version,
    give,
    may,
    wording,
)
from alpclusters.platform.actors.domain.people import (
    PersonWithoutConsentError,
    add_person,
    erase_known_person,
    export_person,
    forget_people,
    withdraw_consent,
)
from alpclusters.platform.actors.models import Consent, Person, Stakeholder
from alpclusters.platform.cafe.domain.invitations import Person as Guest
from alpclusters.platform.cafe.domain.invitations import forget_names, invite
from alpclusters.platform.cafe.models import Involvement
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import make_project
from tests.factories.stakeholders import AGREED, make_body, make_person, make_stakeholder

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_person_without_consent_is_not_kept():
    with pytest.raises(PersonWithoutConsentError):
        add_person(make_body(), {"name": "Ana"}, [], now=AGREED)
    assert not Person.objects.exists()


@pytest.mark.parametrize("purpose", Consent.Purpose.values)
def test_the_wording_stands_in_five_languages_under_its_version(purpose):
    texts = {wording(purpose, code, current_version(purpose)) for code in LANGUAGE_CODES}

    assert len(texts) == 5
    with pytest.raises(LookupError):
        wording(purpose, "en", "1999-01")


def test_withdrawal_takes_contact_off_lists_and_map_at_once_and_keeps_the_record():
    project = make_project()
    person = make_person(make_body())
    stake = make_stakeholder(project, person.organisation, influence=3, interest=2, reason="Said.")
    Stakeholder.objects.filter(pk=stake.pk).update(person=person)
    coming, past = make_draft(project=project), make_draft(project=project, title="Past")
    past.held_on = date(2026, 6, 1)
    past.save()
    for cafe in (coming, past):
        invite(cafe, [Guest(person.name, person.email, organisation=person.organisation)])
    past.invitations.update(attended=True, invited_at=AGREED)

    withdraw_consent(person.consents.get(), now=NOW - timedelta(days=5))

    person.refresh_from_db()
    stake.refresh_from_db()
    assert (person.email, person.task, person.languages) == ("", "", [])
    assert person.consents.get().withdrawn_at
    assert (stake.person, stake.influence, stake.reason) == (None, None, "")
    assert not coming.invitations.exists()
    assert past.invitations.get().name == ""
    assert Involvement.objects.get(cafe=past).has_attended


def test_another_consent_keeps_the_contact():
    person = make_person(make_body(), purposes=("invitations", "directory"))

    withdraw_consent(person.consents.get(purpose="invitations"), now=NOW)

    person.refresh_from_db()
    assert person.email
    assert not may(person, "invitations", NOW)
    assert may(person, "directory", NOW)


def test_a_consent_runs_out_then_the_proof_goes_too():
    person = make_person(make_body())

    assert forget_people(AGREED + LASTS - timedelta(days=1)) == 0
    assert forget_people(AGREED + LASTS) == 1
    person.refresh_from_db()
    assert (person.name, person.email) == ("Ana Simulated", "")
    assert forget_people(AGREED + LASTS) == 0
    assert forget_people(AGREED + LASTS + PROOF_KEPT + timedelta(days=1)) == 1
    assert not Person.objects.exists()


def test_a_renewed_consent_counts_on():
    person = make_person(make_body())
    give(person, Given("invitations", "asked again"), now=AGREED + LASTS - timedelta(days=2))

    assert forget_people(AGREED + LASTS + timedelta(days=1)) == 0


def test_erasing_a_person_leaves_the_organisation_on_the_map_without_judgement():
    project = make_project()
    person = make_person(make_body())
    stake = make_stakeholder(project, person.organisation, influence=3, reason="Said.")
    Stakeholder.objects.filter(pk=stake.pk).update(person=person)
    cafe = make_draft(project=project)
    invite(cafe, [Guest(person.name, person.email)])

    erase_known_person(person)

    left = project.stakeholders.get()
    assert (left.organisation, left.influence, left.reason) == (stake.organisation, None, "")
    assert not Person.objects.exists()
    assert not cafe.invitations.exists()


def test_erasing_does_not_put_an_organisation_on_the_map_twice():
    project = make_project()
    person = make_person(make_body())
    body = make_stakeholder(project, person.organisation)
    Stakeholder.objects.create(
        project=project, organisation=person.organisation, person=person, mapped_on=NOW
    )

    erase_known_person(person)

    assert project.stakeholders.get() == body


def test_an_account_gets_and_erases_what_is_kept_under_its_address():
    user = make_user()
    person = make_person(make_body("Simulated agency"), email=user.email.upper())
    stake = make_stakeholder(make_project(slug="mine"), person.organisation)
    Stakeholder.objects.filter(pk=stake.pk).update(
        person=person, influence=2, interest=3, reason="Said so in May."
    )

    [kept] = export_own_data(user)["people"]

    assert kept["organisation"] == "Simulated agency"
    assert kept["consents"][0]["wording"].startswith("I agree")
    [judgement] = kept["judgements"]
    assert judgement["influence"] == 2
    assert (judgement["reason"], judgement["mapped_on"]) == ("Said so in May.", "2026-06-02")
    erase_person(user)
    assert not Person.objects.exists()


def test_every_personal_field_of_a_person_is_in_the_export():
    person = make_person(make_body())

    given = export_person(person)

    assert {"name", "email", "task", "role", "level", "languages", "organisation"} <= set(given)


def test_names_that_are_deleted_leave_what_the_organisation_did():
    cafe, body = make_draft(), make_body("Simulated chamber")
    first, second = invite(cafe, [Guest("Ana", organisation=body), Guest("Bo", "b@example.org")])
    cafe.invitations.filter(pk=first.pk).update(state="registered", invited_at=AGREED)

    forget_names(NOW + timedelta(days=31))

    row = Involvement.objects.get()
    assert (row.organisation, row.was_invited, row.has_registered) == (body, True, True)
    assert not row.has_attended
    second.refresh_from_db()
    assert second.name == ""
