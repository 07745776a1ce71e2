from datetime import timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.agendas import course_of
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe, Entry, Phase, Seat, SeatPlan
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft, make_open_cafe
from tests.factories.halls import do, go, make_hall, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MINUTE = timedelta(minutes=1)


def test_next_walks_through_the_whole_course():
    cafe = make_hall()
    walked = [(cafe.phase, cafe.round_index)]

    while cafe.phase != Phase.CLOSED:
        do(cafe, "next")
        walked.append((cafe.phase, cafe.round_index))

    assert walked == [(step.phase, step.round_index) for step in course_of(cafe)]
    assert cafe.is_closed
    with pytest.raises(StateError, match="at_the_end"):
        do(cafe, "next")


def test_every_command_raises_the_revision_and_writes_an_entry():
    cafe = make_open_hall()
    before = cafe.revision

    entry = do(cafe, "announce", text="Lunch at noon")

    assert cafe.revision == before + 1 == entry.number
    assert Entry.objects.filter(cafe=cafe).count() == 2
    assert cafe.announcement == "Lunch at noon"


def test_second_facilitator_hears_who_was_first():
    cafe = make_open_hall()
    maria = make_user(name="Maria")
    seen = cafe.revision
    act(cafe, "next", seen=seen, by=maria, now=NOW)

    with pytest.raises(StateError) as error:
        act(cafe, "next", seen=seen, by=make_user(), now=NOW)

    assert error.value.code == "cafe.stale"
    assert error.value.values["by"] == "Maria"
    assert error.value.values["phase"] == Phase.PRESENTATION
    cafe.refresh_from_db()
    assert cafe.phase == Phase.PRESENTATION


def test_talk_gets_its_minutes_and_harvest_none():
    cafe = make_open_hall(minutes_per_round=20)

    go(cafe, Phase.TALK, 1)
    end = cafe.ends_at
    do(cafe, "next")

    assert end == NOW + 20 * MINUTE
    assert (cafe.phase, cafe.ends_at) == (Phase.HARVEST, None)


def test_pause_keeps_what_is_left_and_resume_goes_on():
    cafe = go(make_open_hall(minutes_per_round=20), Phase.TALK, 1)

    do(cafe, "pause", now=NOW + 5 * MINUTE)
    left = cafe.paused_left_ms
    do(cafe, "extend", minutes=1, now=NOW + 6 * MINUTE)
    do(cafe, "resume", now=NOW + 30 * MINUTE)

    assert left == 15 * 60_000
    assert cafe.ends_at == NOW + 46 * MINUTE
    assert cafe.paused_left_ms is None


def test_more_minutes_after_the_end_count_from_now():
    cafe = go(make_open_hall(minutes_per_round=1), Phase.TALK, 1)

    do(cafe, "extend", minutes=5, now=NOW + 9 * MINUTE)

    assert cafe.ends_at == NOW + 14 * MINUTE


def test_end_can_be_set_and_taken_away():
    cafe = make_open_hall()

    do(cafe, "set_end", minutes=7)
    first = cafe.ends_at
    do(cafe, "set_end")

    assert (first, cafe.ends_at) == (NOW + 7 * MINUTE, None)


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("pause", {}, "cafe.no_timer"),
        ("resume", {}, "cafe.not_paused"),
        ("stop_input", {}, "cafe.no_input_now"),
        ("go_to", {"phase": "lobby"}, "cafe.here_already"),
        ("open", {}, "cafe.not_in_preparation"),
        ("reopen", {}, "cafe.not_closed"),
        ("seal", {}, "cafe.not_closed"),
        ("fly", {}, "cafe.unknown_command"),
        ("withdraw", {"block": "tiers"}, "cafe.not_released"),
    ],
)
def test_command_at_the_wrong_moment_is_refused(command, arguments, code):
    cafe = make_open_hall()

    with pytest.raises(StateError) as error:
        do(cafe, command, **arguments)

    assert error.value.code == code
    assert cafe.entries.count() == 1


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("go_to", {"phase": "nowhere"}),
        ("go_to", {"phase": "talk", "round_index": 9}),
        ("extend", {"minutes": 0}),
        ("extend", {"minutes": "5"}),
        ("set_end", {"minutes": 1000}),
        ("screen", {"screen": "film"}),
        ("announce", {"text": "x" * 201}),
        ("release", {"block": "everything"}),
    ],
)
def test_command_with_wrong_arguments_is_refused(command, arguments):
    cafe = make_open_hall()

    with pytest.raises(InputError):
        do(cafe, command, **arguments)


def test_input_stops_and_another_phase_takes_it_again():
    cafe = go(make_open_hall(), Phase.RATING)

    do(cafe, "stop_input")
    stopped = cafe.input_stopped_at
    do(cafe, "next")

    assert stopped == NOW
    assert (cafe.phase, cafe.input_stopped_at) == (Phase.TOP_THREE, None)


def test_results_stop_the_input_of_the_rating():
    cafe = go(make_open_hall(), Phase.RATING)

    go(cafe, Phase.RESULTS)

    assert cafe.input_stopped_at == NOW


def test_seating_gives_everybody_a_seat_where_a_plan_was_made():
    cafe = make_open_hall()
    go(cafe, Phase.SEATING, 1)

    assert not SeatPlan.objects.filter(cafe=cafe).exists()
    assert not Seat.objects.filter(guest__cafe=cafe).exists()


def test_new_links_and_a_new_code_make_the_old_ones_void():
    cafe = make_open_hall()
    code, epoch = cafe.code, cafe.link_epoch

    do(cafe, "renew_links")
    do(cafe, "renew_code")

    assert cafe.link_epoch == epoch + 1
    assert cafe.code != code


def test_close_and_reopen_lead_back_to_the_same_moment():
    cafe = go(make_open_hall(minutes_per_round=20), Phase.TALK, 2)

    do(cafe, "close", now=NOW + 5 * MINUTE)
    do(cafe, "reopen", now=NOW + 60 * MINUTE)

    assert (cafe.phase, cafe.round_index, cafe.state) == (Phase.TALK, 2, AlpCafe.State.OPEN)
    assert cafe.ends_at == NOW + 75 * MINUTE


def test_rating_alone_opens_closes_and_opens_again():
    cafe = make_open_cafe()

    do(cafe, "next")
    closed = cafe.is_closed
    do(cafe, "reopen")

    assert closed
    assert cafe.phase == Phase.RATING


def test_needs_cafe_opens_with_questions_and_without_measures():
    cafe = make_draft(measures=[])
    cafe.in_hall, cafe.round = True, AlpCafe.Round.NEEDS
    cafe.save()
    cafe.questions.all().delete()

    with pytest.raises(StateError, match="nothing_to_rate"):
        do(cafe, "open")
    cafe.questions.create(round_index=1, text={"en": "What do you need?"})
    do(cafe, "open")

    assert cafe.phase == Phase.LOBBY


def test_host_with_an_older_screen_is_refused_only_for_the_same_seat():
    cafe = go(make_open_hall(), Phase.SEATING, 1)
    first, second = (cafe.guests.create(number=n) for n in (901, 902))
    table = cafe.tables.first()
    for guest in (first, second):
        Seat.objects.create(guest=guest, round_index=1, table=table, planned_table=table)
    seen = cafe.revision
    mark = {"guest": first.pk, "round": 1, "state": "here"}
    act(cafe, "mark_seat", mark, seen=seen, by=None, by_table=1, now=NOW)

    act(cafe, "mark_seat", {**mark, "guest": second.pk}, seen=seen, by=None, by_table=2, now=NOW)
    with pytest.raises(StateError, match="stale"):
        act(cafe, "mark_seat", mark, seen=seen, by=None, by_table=1, now=NOW)
