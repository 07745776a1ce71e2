import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.cafe.domain.seats import seat_round
from alpclusters.platform.cafe.models import Guest, Seat
from tests.factories.cafe import NOW
from tests.factories.tables import arrive, begin_round, make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def hall():
    cafe = begin_round(make_planned_hall(guests=12, tables=4, rounds=3), 1)
    seat_round(cafe, 1)
    return cafe


def do(cafe, command, **arguments):
    return act(cafe, command, arguments, seen=None, by=None, now=NOW)


def picture(guest):
    guest.refresh_from_db()
    columns = ("round_index", "table__number", "planned_table__number", "state")
    return guest.left_after, list(guest.seats.values_list(*columns))


@pytest.mark.parametrize("command", ["mark_seat", "move_guest", "walk_out", "no_show"])
def test_seat_commands_are_undone_and_done_again(hall, command):
    guest = hall.guests.get(number=4)
    table = hall.tables.exclude(pk=guest.seats.get().table_id).first()
    before = picture(guest)

    entry = do(hall, command, guest=guest.pk, round=1, state="here", table=table.pk)
    after = picture(guest)
    (undone,) = undo(hall, entry, by=None, now=NOW)
    assert picture(guest) == before
    undo(hall, undone, by=None, now=NOW)

    assert picture(guest) == after
    assert after != before


def test_a_guest_without_a_seat_can_be_seated_and_the_undo_takes_the_seat_away(hall):
    guest = hall.guests.get(number=4)
    guest.seats.all().delete()

    entry = do(hall, "move_guest", guest=guest.pk, table=hall.tables.first().pk)
    assert guest.seats.get().state == Seat.State.HERE
    undo(hall, entry, by=None, now=NOW)

    assert not guest.seats.exists()


def test_late_phones_are_seated_in_one_tap_and_the_undo_frees_their_places(hall):
    arrive(hall, *["de"] * 14)
    before = Seat.objects.filter(guest__cafe=hall).count()

    entry = do(hall, "seat_late")
    held = dict(Guest.objects.exclude(participant=None).values_list("pk", "participant"))
    assert len(held) == 14
    assert Seat.objects.filter(guest__cafe=hall).count() == before + 2

    (undone,) = undo(hall, entry, by=None, now=NOW)
    assert not Guest.objects.exclude(participant=None).exists()
    undo(hall, undone, by=None, now=NOW)

    assert dict(Guest.objects.exclude(participant=None).values_list("pk", "participant")) == held
    with pytest.raises(StateError, match="nobody_waits"):
        do(hall, "seat_late")


def test_a_card_that_was_taken_back_is_given_out_again(hall):
    arrive(hall, *["de"] * 13)
    entry = do(hall, "seat_late")
    (card,) = hall.guests.filter(is_spare=True, participant__isnull=False)
    undo(hall, entry, by=None, now=NOW)

    do(hall, "seat_late")

    assert Guest.objects.get(pk=card.pk).participant is not None


@pytest.mark.parametrize(
    "arguments",
    [
        {"guest": 0, "round": 1, "state": "here"},
        {"guest": None, "round": 9, "state": "here"},
        {"guest": None, "round": 1, "state": "asleep"},
    ],
)
def test_commands_about_no_seat_are_refused(hall, arguments):
    guest = hall.guests.get(number=4)
    given = arguments | ({"guest": guest.pk} if arguments["guest"] is None else {})

    with pytest.raises(StateError, match="unknown_seat"):
        do(hall, "mark_seat", **given)
