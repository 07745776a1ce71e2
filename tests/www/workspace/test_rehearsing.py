import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe, Participant
from tests.factories.accounts import make_user_with
from tests.factories.tables import make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def hall():
    cafe = make_planned_hall(guests=8, tables=2, rounds=2)
    cafe.state, cafe.phase, cafe.open_registration = AlpCafe.State.DRAFT, "draft", True
    cafe.save()
    return cafe


@pytest.fixture
def facilitator(client, hall):
    user = make_user_with(Role.FACILITATOR, project=hall.project, region=hall.region)
    client.force_login(user)
    return client


def begin(client, hall) -> AlpCafe:
    client.post(reverse("workspace:cafe_rehearse", args=[hall.pk]))
    return AlpCafe.everything.get(rehearsal_of=hall)


def test_one_tap_leads_into_a_rehearsal_that_says_what_it_is(facilitator, hall):
    page = facilitator.get(reverse("workspace:cafe_prepare", args=[hall.pk]))
    assert b'id="rehearse"' in page.content

    copy = begin(facilitator, hall)
    live = facilitator.get(reverse("workspace:cafe_live", args=[copy.pk]))

    assert live.status_code == 200
    assert b'id="rehearsal"' in live.content
    assert live.context["simulated"]
    assert copy.participants.filter(is_simulated=True).count() == 8


def test_every_button_lets_the_simulated_guests_answer(facilitator, hall):
    copy = begin(facilitator, hall)

    for _ in range(2):
        copy.refresh_from_db()
        data = {"command": "next", "seen": copy.revision}
        facilitator.post(reverse("workspace:cafe_act", args=[copy.pk]), data)

    copy.refresh_from_db()
    assert copy.phase == "seating"
    assert set(copy.guests.values_list("seats__state", flat=True)) == {"here", None}


def test_no_list_and_no_public_page_has_the_rehearsal(facilitator, hall):
    copy = begin(facilitator, hall)

    for name in ("workspace:cafes", "public:cafes", "public:home"):
        assert f"/{copy.pk}/" not in facilitator.get(reverse(name)).content.decode()
    assert facilitator.get(reverse("public:cafe", args=[copy.pk])).status_code == 404
    evaluate = reverse("workspace:evaluate", args=[copy.pk])
    assert facilitator.post(evaluate).status_code == 404


def test_one_tap_deletes_it(facilitator, hall):
    copy = begin(facilitator, hall)

    response = facilitator.post(reverse("workspace:cafe_rehearse_end", args=[copy.pk]))

    assert response.url == reverse("workspace:cafe_prepare", args=[hall.pk])
    assert list(AlpCafe.everything.all()) == [hall]
    assert not Participant.objects.exists()
    again = facilitator.post(reverse("workspace:cafe_rehearse_end", args=[hall.pk]))
    assert again.status_code == 404
