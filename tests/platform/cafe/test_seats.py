from collections import Counter

import pytest
from django.db.models import F

from alpclusters.platform.cafe.domain.plan_records import read_plan, write_plan
from alpclusters.platform.cafe.domain.seat_plans import current_plan
from alpclusters.platform.cafe.domain.seats import (
    happened,
    interpreters_of,
    mark,
    move_guest,
    no_show,
    place_late,
    seat_round,
    walk_out,
)
from alpclusters.platform.cafe.models import Guest, Phase, Seat
from tests.factories.tables import arrive, begin_round, make_hall, make_planned_hall, planned_words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def seats_of(cafe, round_index):
    rows = Seat.objects.filter(guest__cafe=cafe, round_index=round_index)
    return dict(rows.values_list("guest__number", "table__number"))


def test_every_guest_has_one_seat_in_a_round_at_the_planned_table():
    cafe = make_planned_hall(guests=20, tables=5)

    seat_round(cafe, 1)

    words = planned_words(cafe)
    assert seats_of(cafe, 1) == {n: words[n][0] for n in range(1, 21)}


def test_seating_a_round_twice_changes_nothing():
    cafe = make_planned_hall()
    seat_round(cafe, 1)
    before = list(Seat.objects.values_list("pk", "table"))

    seat_round(cafe, 1)

    assert list(Seat.objects.values_list("pk", "table")) == before


def test_phones_take_places_of_their_language():
    cafe = make_planned_hall(guests=8, tables=2, rounds=2, spoken=["de", "sl"], hosted=["de", "sl"])
    people = arrive(cafe, "sl", "sl", "de")

    seat_round(cafe, 1)

    taken = {p.pk: Guest.objects.get(participant=p).languages for p in people}
    assert list(taken.values()) == [["sl"], ["sl"], ["de"]]


def test_named_places_are_taken_last():
    cafe = make_planned_hall(guests=10, tables=2, rounds=2)
    cafe.guests.filter(number__lte=5).update(name="Ana")
    people = arrive(cafe, *["de"] * 5)

    seat_round(cafe, 1)

    taken = Guest.objects.filter(participant__in=people)
    assert sorted(taken.values_list("number", flat=True)) == [6, 7, 8, 9, 10]


def test_more_phones_than_places_get_the_cards_for_late_guests_and_nobody_moves():
    cafe = make_planned_hall(guests=20, tables=5)
    before = planned_words(cafe)
    people = arrive(cafe, *["de"] * 24)

    seat_round(cafe, 1)

    assert Guest.objects.filter(participant__in=people).count() == 24
    seated = seats_of(cafe, 1)
    assert len(seated) == 24
    assert {n: seated[n] for n in range(1, 21)} == {n: before[n][0] for n in range(1, 21)}


def test_without_a_plan_nobody_is_led_to_a_table():
    cafe = make_hall()
    (person,) = arrive(begin_open(cafe), "de")

    assert seat_round(cafe, 1) == []
    assert place_late(cafe, person) is None


def begin_open(cafe):
    cafe.state, cafe.phase = "open", Phase.LOBBY
    cafe.save()
    return cafe


def test_somebody_late_gets_a_seat_in_the_round_that_is_on_and_nobody_moves():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    arrive(cafe, *["de"] * 12)
    begin_round(cafe, 1)
    seat_round(cafe, 1)
    before = seats_of(cafe, 1)
    (late,) = arrive(cafe, "de")

    guest = place_late(cafe, late)

    assert guest.is_spare
    assert guest.number == 13
    after = seats_of(cafe, 1)
    assert after.pop(13) == planned_words(cafe)[13][0]
    assert after == before


def test_somebody_late_in_the_second_round_has_no_seat_in_the_first():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    arrive(cafe, *["de"] * 12)
    for index in (1, 2):
        begin_round(cafe, index)
        seat_round(cafe, index)
    (late,) = arrive(cafe, "de")

    guest = place_late(cafe, late)

    assert planned_words(cafe)[guest.number][0] is None
    assert list(guest.seats.values_list("round_index", flat=True)) == [2]


def test_somebody_late_takes_a_place_that_nobody_has():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    arrive(cafe, *["de"] * 11)
    begin_round(cafe, 1)
    seat_round(cafe, 1)
    (empty,) = cafe.guests.filter(participant=None, is_spare=False)
    (late,) = arrive(cafe, "de")

    assert place_late(cafe, late) == empty
    assert empty.seats.count() == 1


def test_somebody_late_takes_the_table_of_somebody_who_did_not_come():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    arrive(cafe, *["de"] * 12)
    begin_round(cafe, 1)
    seat_round(cafe, 1)
    absent = cafe.guests.get(number=5)
    no_show(cafe, absent)
    (late,) = arrive(cafe, "de")

    guest = place_late(cafe, late)

    words = planned_words(cafe)
    assert words[guest.number] == words[5]
    assert not guest.is_spare


def test_the_same_person_is_placed_once():
    cafe = make_planned_hall()
    (late,) = arrive(cafe, "de")

    assert place_late(cafe, late) == place_late(cafe, late)


def test_who_walks_out_is_absent_from_that_round_on_and_stays_in_earlier_ones():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    seat_round(cafe, 1)
    guest = cafe.guests.get(number=3)
    mark(cafe, guest, 1, Seat.State.HERE)
    seat_round(cafe, 2)

    walk_out(cafe, guest, 2)
    seat_round(cafe, 3)

    states = dict(guest.seats.values_list("round_index", "state"))
    assert states == {1: Seat.State.HERE, 2: Seat.State.ABSENT}


def sizes_of(cafe, round_index):
    here = Seat.objects.filter(guest__cafe=cafe, round_index=round_index)
    return sorted(Counter(here.values_list("table__number", flat=True)).values())


def after_walk_outs(*, phones):
    """Seat two rounds of a hall of which one table walks out after the first."""
    cafe = make_planned_hall(guests=16, tables=4, rounds=3)
    arrive(cafe, *["de"] * phones)
    seat_round(cafe, 1)
    for guest in cafe.guests.all():
        mark(cafe, guest, 1, Seat.State.HERE)
    words = planned_words(cafe)
    for number in [n for n, word in words.items() if word[1] == 1][:3]:
        walk_out(cafe, cafe.guests.get(number=number), 2)
    seat_round(cafe, 2)
    return cafe


def test_after_walk_outs_phones_lead_to_tables_that_are_at_most_one_apart():
    cafe = after_walk_outs(phones=16)

    assert sizes_of(cafe, 2) == [3, 3, 3, 4]
    led = Seat.objects.filter(guest__cafe=cafe, round_index=2)
    elsewhere = led.exclude(table=F("planned_table"))
    assert elsewhere.count() == 2
    assert set(led.values_list("state", flat=True)) == {Seat.State.EXPECTED}


def test_after_walk_outs_nobody_with_a_wish_or_without_a_phone_is_led_elsewhere():
    without = after_walk_outs(phones=0)
    assert sizes_of(without, 2) == [1, 4, 4, 4]

    wished = make_planned_hall(guests=16, tables=4, rounds=3)
    arrive(wished, *["de"] * 16)
    wished.guests.update(needs_access=True)
    seat_round(wished, 1)
    for number in [n for n, word in planned_words(wished).items() if word[1] == 1][:3]:
        walk_out(wished, wished.guests.get(number=number), 2)
    seat_round(wished, 2)
    assert sizes_of(wished, 2) == [1, 4, 4, 4]


def test_who_turns_up_after_all_is_expected_again():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    seat_round(cafe, 1)
    guest = cafe.guests.get(number=3)
    no_show(cafe, guest)

    mark(cafe, guest, 1, Seat.State.HERE)

    guest.refresh_from_db()
    assert guest.left_after is None


def test_moved_guest_keeps_the_planned_table_on_record():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    seat_round(cafe, 1)
    guest = cafe.guests.get(number=1)
    planned = guest.seats.get().table
    other = cafe.tables.exclude(pk=planned.pk).first()

    moved = move_guest(cafe, guest, 1, other)
    assert (moved.table, moved.planned_table, moved.state) == (other, planned, Seat.State.MOVED)

    back = move_guest(cafe, guest, 1, planned)
    assert back.state == Seat.State.HERE


def test_what_happened_counts_only_who_was_there():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    arrive(cafe, *["de"] * 12)
    for index in (1, 2, 3):
        seat_round(cafe, index)
    assert happened(cafe).repeats == 0
    assert happened(cafe).guests == 12

    one, two = (Guest.objects.get(cafe=cafe, number=n) for n in (1, 2))
    for index in (1, 2):
        move_guest(cafe, two, index, one.seats.get(round_index=index).table)
    walk_out(cafe, one, 3)

    found = happened(cafe)
    assert found.repeats >= 1
    assert found.guests == 12
    assert sum(found.sizes[2]) == 11


def test_places_without_a_phone_count_only_when_somebody_was_seen_there():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    seat_round(cafe, 1)
    assert happened(cafe).guests == 0

    mark(cafe, cafe.guests.get(number=4), 1, Seat.State.HERE)

    assert happened(cafe).guests == 1


def test_tables_say_which_interpreter_they_need():
    cafe = make_planned_hall(
        guests=4, tables=1, rounds=1, spoken=["de", "de", "sl", "fr"], hosted=["de"]
    )

    assert interpreters_of(cafe, 1) == {"fr": [1], "sl": [1]}
    seat_round(cafe, 1)
    mark(cafe, cafe.guests.get(languages=["fr"]), 1, Seat.State.ABSENT)
    assert interpreters_of(cafe, 1) == {"sl": [1]}


def test_a_plan_made_from_stored_values_is_the_same_plan():
    cafe = make_planned_hall(guests=17, tables=4, rounds=3, spoken=["de", "sl"], hosted=["de"])
    data = current_plan(cafe).data

    plan = read_plan(data)

    again = write_plan(plan, tables=data["tables"])
    same = ("plan", "numbers", "seats", "spare", "freed", "planned", "languages")
    assert {name: again[name] for name in same} == {name: data[name] for name in same}
