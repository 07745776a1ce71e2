from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.domain.commands import gather_marks, lines_of, stand_of
from alpclusters.platform.cafe.domain.running import act, dependents_of, undo
from alpclusters.platform.cafe.models import AlpCafe, Phase, Seat
from tests.factories.cafe import NOW
from tests.factories.halls import do, fill_hall, go, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MINUTE = timedelta(minutes=1)


def take_back(cafe, entry, *, now=NOW, together=False):
    made = undo(cafe, entry, by=None, now=now, together=together)
    cafe.refresh_from_db()
    return made


def test_undo_goes_back_with_the_time_that_was_left():
    cafe = go(make_open_hall(minutes_per_round=20), Phase.TALK, 1)
    entry = do(cafe, "next", now=NOW + 12 * MINUTE)

    take_back(cafe, entry, now=NOW + 15 * MINUTE)

    assert (cafe.phase, cafe.round_index) == (Phase.TALK, 1)
    assert cafe.ends_at == NOW + 23 * MINUTE


def test_undo_is_an_entry_that_points_to_the_undone_one():
    cafe = make_open_hall()
    entry = do(cafe, "announce", text="One")

    [made] = take_back(cafe, entry)

    assert made.undoes == entry
    assert cafe.announcement == ""
    assert cafe.revision == made.number
    line = lines_of(cafe)[0]
    assert (line.entry, line.last, line.holds) == (entry, made, False)


def test_undo_of_an_undo_does_it_again():
    cafe = make_open_hall()
    entry = do(cafe, "announce", text="One")
    [first] = take_back(cafe, entry)

    take_back(cafe, first)

    assert cafe.announcement == "One"
    assert lines_of(cafe)[0].holds


def test_what_rests_on_it_is_named_and_undone_together_on_request():
    cafe = go(make_open_hall(), Phase.TALK, 1)
    step = cafe.entries.last()
    longer = do(cafe, "extend", minutes=5)
    do(cafe, "announce", text="independent")

    with pytest.raises(StateError) as error:
        take_back(cafe, step)
    made = take_back(cafe, step, together=True)

    assert error.value.code == "cafe.undo_dependents"
    assert error.value.values["n"] == 1
    assert [one.undoes for one in made] == [longer, step]
    assert (cafe.phase, cafe.ends_at, cafe.announcement) == (Phase.LOBBY, None, "independent")


def test_undoing_one_never_does_another_again():
    """What the random sequences found: two that were undone and done again undid one another."""
    cafe = make_open_hall()
    one, two = (do(cafe, "announce", text=text) for text in ("One", "Two"))
    take_back(cafe, one, together=True)
    take_back(cafe, last_of(cafe, one))
    take_back(cafe, last_of(cafe, two), together=True)

    assert held(cafe, one, two) == [True, True]
    assert cafe.announcement == "Two"

    take_back(cafe, last_of(cafe, two))
    assert (held(cafe, one, two), cafe.announcement) == ([True, False], "One")

    take_back(cafe, last_of(cafe, one))
    assert (held(cafe, one, two), cafe.announcement) == ([False, False], "")


def test_what_it_was_built_on_is_done_again_first():
    cafe = make_open_hall()
    one, two = (do(cafe, "announce", text=text) for text in ("One", "Two"))
    take_back(cafe, one, together=True)
    last = last_of(cafe, two)

    waiting = dependents_of(cafe, last)
    take_back(cafe, last, together=True)

    assert [entry.undoes for entry in waiting] == [one]
    assert (held(cafe, one, two), cafe.announcement) == ([True, True], "Two")


def last_of(cafe, entry):
    return next(line.last for line in lines_of(cafe) if line.entry == entry)


def held(cafe, *entries):
    lines = {line.entry: line.holds for line in lines_of(cafe)}
    return [lines[entry] for entry in entries]


def test_release_rests_on_the_phase_it_was_made_in_and_not_the_other_way_round():
    cafe = make_open_hall()
    fill_hall(cafe)
    step = go(cafe, Phase.RESULTS).entries.last()
    shown = do(cafe, "release", block="participation")
    later = do(cafe, "next")

    assert dependents_of(cafe, step) == [later, shown]
    assert dependents_of(cafe, shown) == []


def test_marks_of_each_table_between_two_commands_of_facilitators_are_put_together():
    cafe = go(make_open_hall(), Phase.SEATING, 1)
    guests = [cafe.guests.create(number=900 + n) for n in (1, 2)]
    for guest, table in zip(guests, cafe.tables.order_by("number"), strict=True):
        Seat.objects.create(guest=guest, round_index=1, table=table, planned_table=table)

    def mark(table):
        arguments = {"guest": guests[table - 1].pk, "round": 1, "state": "here"}
        return act(cafe, "mark_seat", arguments, seen=None, by=None, by_table=table, now=NOW)

    first = [mark(1), mark(2), mark(1)]
    between = do(cafe, "announce", text="One")
    own = do(cafe, "mark_seat", guest=guests[0].pk, round=1, state="absent")
    last = mark(1)

    gathered = [[line.entry for line in group] for group in gather_marks(lines_of(cafe))]

    assert gathered[:5] == [[last], [own], [between], [first[2], first[0]], [first[1]]]


def test_same_entry_is_not_undone_twice():
    cafe = make_open_hall()
    entry = do(cafe, "announce", text="One")
    take_back(cafe, entry)

    with pytest.raises(StateError, match="undone_before"):
        take_back(cafe, entry)


def test_seal_cannot_be_undone_and_nothing_after_it():
    cafe = make_open_hall()
    entry = do(cafe, "close")
    do(cafe, "seal")

    for one in (entry, cafe.entries.last()):
        with pytest.raises(StateError, match="sealed"):
            take_back(cafe, one)


def test_seats_are_withdrawn_with_the_seating_and_come_back_as_they_were():
    cafe = go(make_open_hall(), Phase.SEATING, 1)
    step = cafe.entries.last()
    guest, table = cafe.guests.create(number=901), cafe.tables.first()
    Seat.objects.create(guest=guest, round_index=1, table=table, planned_table=table)
    step.after["seats"] = {"1": [[guest.pk, table.pk, table.pk, "expected"]]}
    step.save()

    [made] = take_back(cafe, step)
    gone = Seat.objects.filter(guest=guest).count()
    take_back(cafe, made)

    assert gone == 0
    assert Seat.objects.get(guest=guest).table == table


COMMANDS = st.lists(
    st.one_of(
        st.just(("next", {})),
        st.builds(
            lambda phase, index: ("go_to", {"phase": phase, "round_index": index}),
            st.sampled_from(["lobby", "seating", "talk", "rating", "results", "rating2"]),
            st.integers(0, 2),
        ),
        st.sampled_from(
            [("pause", {}), ("resume", {}), ("stop_input", {}), ("close", {}), ("reopen", {})]
        ),
        st.builds(lambda n: ("extend", {"minutes": n}), st.integers(1, 5)),
        st.sampled_from([("set_end", {}), ("set_end", {"minutes": 9})]),
        st.sampled_from([("screen", {"screen": s}) for s in ("join", "cards", "blank")]),
        st.sampled_from([("announce", {"text": t}) for t in ("", "one", "two")]),
        st.sampled_from([("renew_links", {}), ("renew_code", {})]),
        st.sampled_from(
            [(c, {"block": b}) for c in ("release", "withdraw") for b in ("participation", "heat")]
        ),
        st.builds(lambda place: ("undo", {"place": place}), st.integers(0, 6)),
    ),
    max_size=12,
)


class TestRandomSequences(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.hall = make_open_hall()
        fill_hall(cls.hall, (5, 4, 3, 2, 1, 5))

    @given(COMMANDS, st.randoms(use_true_random=False))
    def test_undoing_everything_leads_back_to_the_start(self, commands, chance):
        # Read anew: the one of the last example knows what was taken back with it.
        cafe = AlpCafe.objects.get(pk=self.hall.pk)
        start = picture(cafe)
        first = cafe.revision
        for name, arguments in commands:
            attempt(cafe, name, arguments)

        while held := [line for line in lines_of(cafe) if line.holds and line.entry.number > first]:
            undo(cafe, chance.choice(held).last, by=None, now=NOW, together=True)

        assert picture(cafe) == start


def attempt(cafe, name, arguments):
    """Give a command; at the wrong moment it is refused and nothing has changed."""
    before = picture(cafe), cafe.revision
    try:
        if name == "undo":
            lines = lines_of(cafe)
            entry = lines[arguments["place"] % len(lines)].last
            if entry.command != "open":
                undo(cafe, entry, by=None, now=NOW, together=True)
        else:
            do(cafe, name, **arguments)
    except AlpClustersError:
        cafe.refresh_from_db()
        assert (picture(cafe), cafe.revision) == before


def picture(cafe):
    cafe.refresh_from_db()
    shown = cafe.releases.filter(visible_to__isnull=True)
    return {
        **stand_of(cafe, NOW),
        "screen": cafe.screen,
        "announcement": cafe.announcement,
        "epoch": cafe.link_epoch,
        "code": cafe.code,
        "visible": sorted(shown.values_list("block", flat=True)),
        "seats": list(Seat.objects.filter(guest__cafe=cafe).values_list("guest", "table")),
    }
