from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.keys import derive_link, ensure_key, read_key
from alpclusters.platform.cafe.domain.seats import seat_round
from alpclusters.platform.cafe.models import Entry, Guest, Phase, Seat
from alpclusters.www.cafe.refusals import HEADER
from tests.factories.cafe import make_open_cafe
from tests.factories.tables import arrive, begin_round, make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def hall():
    cafe = begin_round(make_planned_hall(guests=12, tables=4, rounds=3), 1)
    seat_round(cafe, 1)
    return cafe


def ask(client, cafe, word="late"):
    secret = derive_link(ensure_key(settings.HOME, cafe.pk), role=word)
    return client.post(f"/cafe/{word}/{cafe.pk}/", headers={HEADER: secret})


def test_who_comes_late_has_a_seat_after_one_word_of_the_live_process(client, hall):
    (late,) = arrive(hall, "sl")

    assert ask(client, hall).status_code == 204

    seat = Seat.objects.get(guest__participant=late)
    assert (seat.round_index, seat.state) == (1, Seat.State.EXPECTED)
    assert Entry.objects.get().command == "seat_late"


def test_nothing_happens_twice_and_nothing_outside_the_rounds(client, hall):
    arrive(hall, "sl")
    ask(client, hall)
    assert ask(client, hall).status_code == 204
    assert Entry.objects.count() == 1

    arrive(hall, "de")
    hall.phase = Phase.RATING
    hall.save()
    assert ask(client, hall).status_code == 204
    assert Entry.objects.count() == 1


def test_who_has_a_card_but_no_seat_in_this_round_sits_down_at_its_table(client, hall):
    guest = hall.guests.get(number=5)
    table = guest.seats.get().table
    guest.seats.all().delete()
    guest.participant = arrive(hall, "de")[0]
    guest.save()

    ask(client, hall)

    assert guest.seats.get().table == table
    assert Guest.objects.filter(participant__isnull=False).count() == 1


def test_a_closed_one_whose_grace_is_over_is_sealed_at_the_word_of_another(client, hall):
    closed = make_open_cafe(measures=["fair"])
    close_cafe(closed, by=None, now=timezone.now() - timedelta(hours=2))
    ensure_key(settings.HOME, closed.pk)

    assert ask(client, hall, "due").status_code == 204

    closed.refresh_from_db()
    assert closed.is_sealed
    assert read_key(settings.HOME, closed.pk) is None


@pytest.mark.parametrize("secret", ["", "x" * 22, "wrong", "ü"])
def test_for_everybody_else_there_is_nothing(client, hall, secret):
    arrive(hall, "sl")

    response = client.post(f"/cafe/late/{hall.pk}/", headers={HEADER: secret} if secret else {})

    assert response.status_code == 404
    assert not Entry.objects.exists()
