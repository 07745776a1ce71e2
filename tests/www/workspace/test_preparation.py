"""The screens of the preparation: shown, stored, and wrong input said in words."""

import pytest
from django.core import mail
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.domain.guests import Line, add_guests, add_unnamed
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.cafe.domain.seat_plans import current_plan, make_plan
from alpclusters.platform.cafe.domain.tables import lay_tables
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user_with
from tests.factories.cafe import NOW
from tests.factories.evaluation import make_criterion, make_measure, make_project, make_region
from tests.factories.tables import make_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SCREENS = ("prepare", "questions", "guests", "tables", "seats", "agenda", "invitations")


@pytest.fixture
def hall():
    return make_hall(guests=12, tables=3, spoken=["de", "sl"], hosted=["de", "sl"])


@pytest.fixture
def facilitator(client, hall):
    person = make_user_with(Role.FACILITATOR, project=hall.project, region=hall.region)
    client.force_login(person)
    return person


def address(hall, screen, *rest):
    return reverse(f"workspace:cafe_{screen}", args=[hall.pk, *rest])


def said(client, hall, screen, data):
    client.get(address(hall, screen))  # what was said before is read
    response = client.post(address(hall, screen), data, follow=True)
    return [str(message) for message in response.context["messages"]]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.usefixtures("facilitator")
def test_every_screen_is_shown_in_every_language_with_and_without_a_plan(client, hall, language):
    urls = [address(hall, screen).replace("/en/", f"/{language}/", 1) for screen in SCREENS]
    without = {url: client.get(url).status_code for url in urls}
    make_plan(hall, now=NOW)

    assert without == dict.fromkeys(urls, 200)
    assert {url: client.get(url).status_code for url in urls} == without


@pytest.mark.usefixtures("facilitator")
def test_new_cafe_with_tables_gets_questions_in_five_languages(client, hall):
    made = client.post(
        reverse("workspace:cafe_create"),
        {
            "project": hall.project.pk,
            "region": hall.region.pk,
            "held_on": "2026-10-22",
            "title_de": "AlpCafé Salzburg",
            "round": "1",
            "in_hall": "on",
            "n_rounds": "2",
            "languages": ["de", "sl"],
        },
    )

    cafe = AlpCafe.objects.latest("pk")
    assert made.url == reverse("workspace:cafe_prepare", args=[cafe.pk])
    assert (cafe.in_hall, cafe.n_rounds, cafe.minutes_per_round) == (True, 2, 20)
    assert cafe.languages == ["de", "sl"]
    assert [bool(q.text.inside("sl")) for q in cafe.questions.all()] == [True, True]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": "14:00", "ends_at_time": "13:00"}, "ends_at_time"),
        ({"round": "2", "criteria": []}, "criteria"),
        ({"cloud_x": "?", "cloud_y": ""}, "cloud_x"),
        ({"n_rounds": "9"}, "n_rounds"),
    ],
)
@pytest.mark.usefixtures("facilitator")
def test_programme_that_cannot_be_is_named_at_its_field(client, hall, changes, field):
    criterion = make_criterion("effectiveness")
    decisions = {
        "project": hall.project.pk,
        "region": hall.region.pk,
        "held_on": "2026-10-22",
        "title_de": "AlpCafé Salzburg",
        "in_hall": "on",
        "criteria": [criterion.pk],
        **changes,
    }
    if changes.get("cloud_x"):
        decisions["cloud_x"] = criterion.pk
        decisions["cloud_y"] = criterion.pk

    response = client.post(reverse("workspace:cafe_create"), decisions)

    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.usefixtures("facilitator")
def test_question_is_typed_and_a_proposal_is_taken(client, hall):
    client.post(address(hall, "questions"), {"round1-de": "Was jetzt?", "round1-en": ""})
    assert hall.questions.get(round_index=1).text.inside("de") == "Was jetzt?"

    key = client.get(address(hall, "questions")).context["parts"][0].proposals[0][0]
    client.post(address(hall, "questions"), {"proposal": key})

    question = hall.questions.get(round_index=1)
    assert all(question.text.inside(code) for code in LANGUAGE_CODES)


@pytest.mark.parametrize("key", ["9:need", "x:need", "1:unknown", ":"])
@pytest.mark.usefixtures("facilitator")
def test_proposal_that_does_not_exist_changes_nothing(client, hall, key):
    client.post(address(hall, "questions"), {"proposal": key})

    assert not hall.questions.exists()


@pytest.mark.usefixtures("facilitator")
def test_guests_are_pasted_and_wrong_lines_are_named(client, hall):
    wrong = client.post(
        address(hall, "guests"), {"do": "list", "lines": "Ana; sl\nBo; klingon\nCy; xx"}
    )
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "line 2" in text
    assert "line 3" in text
    assert hall.guests.count() == 12

    client.post(address(hall, "guests"), {"do": "list", "lines": "Ana *; sl, de\n\nBo"})

    ana = hall.guests.get(name="Ana")
    assert (ana.number, ana.languages, ana.needs_access) == (13, ["sl", "de"], True)
    assert hall.guests.get(name="Bo").languages == []


@pytest.mark.usefixtures("facilitator")
def test_guests_come_by_number_from_registrations_and_go(client, hall):
    (one,) = invite(hall, [Person("Cilka", language="sl")])
    one.state = Invitation.State.REGISTERED
    one.save()

    assert said(client, hall, "guests", {"do": "count", "number": "3"}) == ["3 guests added."]
    assert said(client, hall, "guests", {"do": "registered"}) == ["1 guest added."]
    assert said(client, hall, "guests", {"do": "registered"}) == ["0 guests added."]
    assert hall.guests.count() == 16

    client.post(address(hall, "guests"), {"do": "remove_all"})
    assert not hall.guests.exists()


@pytest.mark.usefixtures("facilitator")
def test_guest_is_changed_pinned_and_removed(client, hall):
    client.post(address(hall, "guest", 4), {"name": "Dana", "languages": ["fr"], "pin_2": "3"})
    guest = hall.guests.get(number=4)
    assert (guest.name, guest.languages, guest.pins) == ("Dana", ["fr"], {"2": 3})

    assert client.post(address(hall, "guest", 4), {"pin_2": "99"}).status_code == 422
    client.post(address(hall, "guest", 4), {"do": "remove"})

    assert not hall.guests.filter(number=4).exists()
    assert client.get(address(hall, "guest", 4)).status_code == 404


@pytest.mark.usefixtures("facilitator")
def test_tables_are_laid_changed_and_given_languages(client, hall):
    client.post(address(hall, "tables"), {"do": "number", "number": "5"})
    assert hall.tables.count() == 5
    assert client.get(address(hall, "table", 5)).status_code == 200

    client.post(
        address(hall, "table", 5),
        {
            "host_name": "Maria",
            "language": "sl",
            "also": ["de", "sl"],
            "x": "10",
            "y": "90",
            "is_open": "on",
            "topic_de": "Gutscheine",
        },
    )
    table = hall.tables.get(number=5)
    assert (table.host_name, table.languages) == ("Maria", ["sl", "de"])
    assert (table.x, table.y, table.topic.inside("de")) == (10, 90, "Gutscheine")
    assert not table.is_accessible

    client.post(address(hall, "tables"), {"do": "languages"})
    assert all(table.languages for table in hall.tables.all())
    assert client.post(address(hall, "table", 5), {"x": "200", "y": ""}).status_code == 422


@pytest.mark.usefixtures("facilitator")
def test_plan_is_computed_shown_and_dropped(client, hall):
    assert said(client, hall, "seats", {"weights": "mix_most", "seed": "7"}) == [
        "Seat plan computed."
    ]
    plan = current_plan(hall)
    assert (plan.data["weights"], plan.data["plan"]["seed"]) == ("mix_most", 7)

    page = client.get(address(hall, "seats") + "?round=2")
    spots = page.context["room"].spots
    assert sum(len(spot.places) for spot in spots) == 12
    assert page.context["plan"].choices.rows

    client.post(address(hall, "seats"), {"do": "drop"})
    assert current_plan(hall) is None


@pytest.mark.usefixtures("facilitator")
def test_guests_are_kept_apart_and_the_wish_is_taken_back(client, hall):
    client.post(address(hall, "seats"), {"do": "apart", "first": "2", "second": "1"})
    apart = hall.aparts.get()
    assert (apart.first.number, apart.second.number) == (1, 2)
    for wrong in ({"first": "1", "second": "1"}, {"first": "1", "second": "77"}, {}):
        client.post(address(hall, "seats"), {"do": "apart", **wrong})
    assert hall.aparts.count() == 1

    client.post(address(hall, "seats"), {"do": "together", "apart": str(apart.pk)})

    assert not hall.aparts.exists()


@pytest.mark.usefixtures("facilitator")
def test_wishes_that_exclude_each_other_are_told_with_the_guests_own_numbers(client, hall):
    hall.guests.filter(number__lte=2).delete()
    for number in (3, 4):
        hall.guests.filter(number=number).update(pins={"1": 2})
    client.post(address(hall, "seats"), {"do": "apart", "first": "3", "second": "4"})

    text = said(client, hall, "seats", {"weights": "balanced", "seed": "0"})[0]

    assert "Guests 3, 4" in text
    assert "round 1" in text


@pytest.mark.usefixtures("facilitator")
def test_plan_needs_guests_and_tables(client, hall):
    hall.tables.all().delete()

    assert said(client, hall, "seats", {"weights": "balanced", "seed": "0"}) == [
        "Add guests and tables first."
    ]


@pytest.mark.usefixtures("facilitator")
def test_people_are_pasted_invited_once_and_reminded(client, hall):
    hall.held_on = hall.held_on.replace(year=2099)
    hall.save()
    lines = "Ana Novak; ana@example.org; Park; sl\nBo; bo@example.org"
    client.post(address(hall, "invitations"), {"do": "list", "lines": lines})

    assert said(client, hall, "invitations", {"do": "invite"}) == ["2 mails sent."]

    ana = next(one for one in mail.outbox if one.to == ["ana@example.org"])
    assert ana.subject.startswith("Vabilo")
    assert "/sl/cafes/" in ana.body
    assert ana.attachments[0].mimetype == "text/calendar"
    assert set(hall.invitations.values_list("state", flat=True)) == {Invitation.State.INVITED}
    assert said(client, hall, "invitations", {"do": "remind"}) == ["0 mails sent."]


@pytest.mark.usefixtures("facilitator")
def test_wrong_addresses_are_named_and_nobody_is_added(client, hall):
    response = client.post(
        address(hall, "invitations"), {"do": "list", "lines": "Ana; ana-at-example"}
    )

    assert response.status_code == 422
    assert "ana-at-example" in response.content.decode()
    assert not hall.invitations.exists()


@pytest.mark.usefixtures("facilitator")
def test_who_came_is_noted_and_somebody_is_changed_and_removed(client, hall):
    ana, bo = invite(hall, [Person("Ana"), Person("Bo")])
    client.post(address(hall, "invitations"), {"do": "attended", "came": [str(bo.pk), "x"]})
    assert list(hall.invitations.values_list("attended", flat=True)) == [False, True]

    data = {"name": "Ana K.", "helix": "research", "language": "sl", "state": "declined"}
    client.post(address(hall, "invitation", ana.pk), data)
    ana.refresh_from_db()
    assert (ana.name, ana.helix, ana.state) == ("Ana K.", "research", "declined")
    assert client.post(address(hall, "invitation", ana.pk), {"name": ""}).status_code == 422

    client.post(address(hall, "invitation", ana.pk), {"do": "remove"})
    assert hall.invitations.count() == 1


@pytest.mark.usefixtures("facilitator")
def test_checklist_names_what_is_missing_in_words(client, hall):
    add_guests(hall, [Line("Eva")])
    add_unnamed(hall, 20)
    lay_tables(hall, 3)
    make_measure("fair")

    text = client.get(address(hall, "prepare")).content.decode()

    assert "Round 1 has no question." in text
    assert "Proposed for these guests: 7 tables." in text
    assert "Tables without a host: 1, 2, 3." in text


@pytest.mark.parametrize("screen", SCREENS)
def test_others_of_the_project_may_not_prepare(client, hall, screen):
    client.force_login(make_user_with(Role.MEMBER, project=hall.project))
    assert client.get(address(hall, screen)).status_code == 403

    client.force_login(make_user_with(Role.FACILITATOR, project=make_project()))
    assert client.get(address(hall, screen)).status_code == 404
    assert make_region("AT32")
