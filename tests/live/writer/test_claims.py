import asyncio
import json

import pytest

from alpclusters.live.claims import carry
from alpclusters.live.journal_scan import read_journal
from alpclusters.live.open_store import open_store
from alpclusters.live.replay import replay
from tests.live.writer.stage import ON_STAGE, command, join, key, live, seat, take

pytestmark = [pytest.mark.integration, ON_STAGE]

GUESTS = "SELECT number, participant_id FROM cafe_guest WHERE cafe_id = %s ORDER BY number"
SEATS = (
    "SELECT g.number, s.round_index, t.number, s.state FROM cafe_seat s "
    "JOIN cafe_guest g ON g.id = s.guest_id JOIN cafe_table t ON t.id = s.table_id "
    "ORDER BY g.number, s.round_index"
)


def place(number: int, k: str = ""):
    return command("place", {"number": number}, k=k)


def expect(stage, *, number: int, table: int, state: str = "expected", round_index: int = 1):
    """Expect a guest at a table, as the site does when it seats a round."""
    ids = (stage.rows.hall, number), (stage.rows.hall, table)
    [(guest,)] = stage.fetch("SELECT id FROM cafe_guest WHERE cafe_id = %s AND number = %s", ids[0])
    [(at,)] = stage.fetch("SELECT id FROM cafe_table WHERE cafe_id = %s AND number = %s", ids[1])
    stage.run(
        "INSERT INTO cafe_seat (guest_id, round_index, table_id, planned_table_id, state) "
        "VALUES (%s, %s, %s, %s, %s)",
        (guest, round_index, at, at, state),
    )
    stage.run("UPDATE cafe_alpcafe SET revision = revision + 1 WHERE id = %s", (stage.rows.hall,))


def holders(stage) -> dict[int, int | None]:
    return dict(stage.fetch(GUESTS, (stage.rows.hall,)))


def test_a_phone_that_names_its_card_has_number_and_tables_of_the_card_at_once(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall)).participant_id
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            before = await intake.me(hall, person)
            sent = place(2)
            results = [
                *await take(intake, hall, person, sent),
                *await take(intake, hall, person, sent),
            ]
            return person, before, results, await intake.me(hall, person)

    person, before, results, after = live(story)
    assert (before["number"], before["numbers"], before["seat"]) == (None, True, None)
    assert [(r.status, r.new) for r in results] == [(200, True), (200, False)]
    assert (after["number"], after["seat"]["number"], after["seats"]) == (2, 2, [[1, 2]])
    assert holders(stage) == {1: None, 2: person, 3: None}


def test_a_number_nobody_printed_and_one_of_another_phone_are_refused_with_a_sentence(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open(window_ms=20) as intake:
            one = (await join(intake, hall)).participant_id
            other = (await join(intake, hall)).participant_id
            [unknown, mine] = await take(intake, hall, one, place(77), place(2))
            [theirs] = await take(intake, hall, other, place(2))
            await take(intake, hall, one, command("leave", {}))
            [then] = await take(intake, hall, other, place(2))
            return unknown, mine, theirs, then, other

    unknown, mine, theirs, then, other = live(story)
    assert (unknown.status, unknown.code) == (422, "unknown_number")
    assert mine.status == 200
    assert (theirs.status, theirs.code) == (422, "number_taken")
    assert theirs.text.startswith("Diese Nummer hat schon ein anderes Telefon.")
    assert then.status == 200
    assert holders(stage)[2] == other


def test_who_had_a_place_gives_it_up_and_is_counted_once(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall)).participant_id
            seat(stage, person, number=1, table=1)
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            await take(intake, hall, person, place(2))
            return person, await intake.me(hall, person), intake.state(hall, "host")["seats"]

    person, me, seats = live(story)
    assert holders(stage) == {1: None, 2: person, 3: None}
    assert me["seat"]["number"] == 2
    assert [len(seats["1"]), len(seats["2"])] == [0, 1]
    assert stage.fetch(SEATS) == [(2, 1, 2, "expected")]


def test_who_sits_already_stays_there_this_round(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall)).participant_id
            seat(stage, person, number=1, table=1)
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            here = command("here", {"round": 1, "here": True})
            await take(intake, hall, person, here, place(2))
            before = await intake.me(hall, person)
            await intake.reload(hall)
            return before, await intake.me(hall, person)

    before, after = live(story)
    assert stage.fetch(SEATS) == [(2, 1, 1, "moved")]
    assert before["seat"] == after["seat"]
    assert (after["seat"]["number"], after["seat"]["here"]) == (1, True)


def test_a_named_guest_whose_place_a_phone_had_is_expected_again(stage):
    hall = stage.rows.hall
    stage.run("UPDATE cafe_guest SET name = 'Maria' WHERE cafe_id = %s AND number = 1", (hall,))

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall)).participant_id
            seat(stage, person, number=1, table=1)
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            await take(intake, hall, person, place(2))

    live(story)
    assert stage.fetch(SEATS) == [(1, 1, 1, "expected"), (2, 1, 2, "expected")]


def test_a_claim_that_is_not_in_the_rows_yet_survives_a_reload(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open(window_ms=20) as intake:
            person = (await join(intake, hall)).participant_id
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            taking = take(intake, hall, person, place(2))
            results, _ = await asyncio.gather(taking, intake.reload(hall))
            return results, await intake.me(hall, person)

    results, me = live(story)
    assert results[0].status == 200
    assert (me["number"], me["seat"]["number"]) == (2, 2)


def test_a_claim_comes_back_from_the_journal(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall)).participant_id
            seat(stage, person, number=1, table=1)
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            await take(intake, hall, person, place(3, key()), place(2, key()))

    live(story)
    seats, people = stage.fetch(SEATS), holders(stage)
    stage.run("UPDATE cafe_guest SET participant_id = NULL")
    for table in ("cafe_receipt", "cafe_participant"):
        stage.run(f"DELETE FROM {table}")
    store = open_store(stage.database)
    result = replay(store, read_journal(stage.journal()))
    store.close()

    assert result.missing == 0
    assert [n for n, person in holders(stage).items() if person] == [2]
    assert [n for n, person in people.items() if person] == [2]
    assert stage.fetch(SEATS) == seats


def test_the_languages_of_a_card_without_any_are_those_of_the_phone(stage):
    hall = stage.rows.hall
    stage.run("UPDATE cafe_guest SET languages = '[]' WHERE cafe_id = %s", (hall,))

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, hall, language="sl")).participant_id
            await take(intake, hall, person, place(3))

    live(story)
    [(languages,)] = stage.fetch(
        "SELECT languages FROM cafe_guest WHERE cafe_id = %s AND number = 3", (hall,)
    )
    assert (json.loads(languages) if isinstance(languages, str) else languages) == ["sl"]


def test_after_the_rounds_the_seats_of_all_rounds_go_along():
    old = {1: (7, "here"), 2: (8, "expected")}

    found = carry(old, {2: (9, "here")}, current=0, is_old_named=True)

    assert found.taken == {1: (7, "here")}
    assert (found.given_up, found.freed) == ([1, 2], [])


def test_an_empty_claimed_place_of_somebody_who_was_missed_is_expected_again():
    found = carry({}, {2: (9, "absent")}, current=2, is_old_named=False)

    assert found.taken == {2: (9, "expected")}


def test_who_has_no_seat_while_people_sit_is_told_of(stage):
    hall = stage.rows.hall

    async def story():
        late: list[int] = []
        async with stage.open() as intake:
            intake.on_late(late.append)
            await join(intake, hall)
            before = list(late)
            expect(stage, number=2, table=2)
            await intake.reload(hall)
            person = (await join(intake, hall)).participant_id
            unseated = intake.unseated()
            joined = list(late)
            await take(intake, hall, person, place(3))
            claimed = list(late)
            await take(intake, hall, person, place(2))
            return before, joined, claimed, list(late), unseated, hall

    before, joined, claimed, seated, unseated, hall = live(story)
    assert (before, joined, claimed) == ([], [hall], [hall, hall])
    assert seated == claimed
    assert unseated == [hall]
