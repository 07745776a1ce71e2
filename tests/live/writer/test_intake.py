"""What phones send is written, counted once, and refused where the phase says so."""

import asyncio
import time

import pytest

from alpclusters.live.journal_scan import read_journal
from tests.live.writer.stage import ON_STAGE, command, join, key, live, phase, rate, seat, take

pytestmark = [pytest.mark.integration, ON_STAGE]


def moment(stage, seconds_ago: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S+00:00", time.gmtime(time.time() - seconds_ago))[
        : 19 if stage.database.is_sqlite else None
    ]


# ---- ratings and keys ----------------------------------------------------------------------


def test_a_rating_is_in_database_and_journal_when_it_is_acknowledged(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            choice = rate(rows, 4)
            results = await take(intake, rows.rating, person, choice)
            stored = stage.fetch("SELECT key, value, seq, source FROM cafe_rating")
            journalled = [r.key for s in read_journal(stage.journal()) for r in s.records]
            return choice["k"], results, stored, journalled

    k, results, stored, journalled = live(story)
    assert [(r.k, r.status, r.new) for r in results] == [(k, 200, True)]
    assert stored == [(k, 4, results[0].seq, "phone")]
    assert journalled[-1] == k


def test_the_same_key_counts_once_and_another_body_is_refused(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            other = (await join(intake, rows.rating)).participant_id
            k = key()
            commands = [rate(rows, 4, k=k), rate(rows, 4, k=k), rate(rows, 5, k=k)]
            mine = await take(intake, rows.rating, person, *commands)
            return [*mine, *await take(intake, rows.rating, other, rate(rows, 4, k=k))]

    first, second, third, foreign = live(story)
    assert (first.status, first.new) == (200, True)
    assert (second.status, second.new, second.seq) == (200, False, first.seq)
    assert (third.status, third.code) == (409, "key_reused")
    assert third.text == "Diese Antwort wurde schon mit einem anderen Wert gesendet."
    assert foreign.code == "key_reused"


def test_a_key_that_is_being_written_waits_for_the_same_answer(stage):
    rows = stage.rows

    async def story():
        async with stage.open(window_ms=20) as intake:
            person = (await join(intake, rows.rating)).participant_id
            choice = rate(rows, 4)
            both = [take(intake, rows.rating, person, choice) for _ in range(2)]
            return await asyncio.gather(*both)

    [first], [second] = live(story)
    assert (first.new, second.new) == (True, False)
    assert first.seq == second.seq
    assert stage.fetch("SELECT COUNT(*) FROM cafe_rating") == [(1,)]


def test_keys_are_known_after_a_restart(stage):
    rows = stage.rows
    k, top = key(), key()
    chosen = {"r": 1, "measures": [rows.measures[1]]}

    async def once():
        async with stage.open() as intake:
            joined = await intake.join(rows.rating, language="de", consent="1", key="k" * 22)
            person = joined.participant_id
            sent = [rate(rows, 3, k=k), command("top3", chosen, k=top)]
            results = await take(intake, rows.rating, person, *sent)
            other = await take(intake, rows.rating, person, rate(rows, 1, k=k))
            return joined, results, other[0].code

    first, before, _ = live(once)
    second, after, code = live(once)
    assert (second.token, second.participant_id) == (first.token, first.participant_id)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.recovery == first.recovery
    assert [(r.seq, r.new) for r in after] == [(r.seq, False) for r in before]
    assert code == "key_reused"


def test_one_bad_command_does_not_stop_the_others(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            foreign = command("rate", {"m": 999_999, "c": rows.criteria[0], "r": 1, "v": 3})
            sent = [rate(rows, 9), foreign, {"k": "x"}, "nonsense", rate(rows, 2)]
            return await take(intake, rows.rating, person, *sent)

    results = live(story)
    assert [(r.status, r.code) for r in results] == [
        (422, "off_scale"),
        (422, "not_on_sheet"),
        (422, "unreadable"),
        (422, "unreadable"),
        (200, ""),
    ]


# ---- the phase decides ---------------------------------------------------------------------


def test_ratings_are_taken_in_the_rating_phases_only(stage):
    rows = stage.rows

    async def story():
        codes = []
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            for name in ("lobby", "rating", "topthree", "results", "rating2"):
                phase(stage, rows.rating, name)
                await intake.reload(rows.rating)
                sent = [rate(rows, 3), rate(rows, 3, r=2)]
                codes.append([r.code for r in await take(intake, rows.rating, person, *sent)])
        return codes

    assert live(story) == [
        ["closed", "closed"],
        ["", "closed"],
        ["", "closed"],
        ["closed", "closed"],
        ["closed", ""],
    ]


@pytest.mark.parametrize(("ago", "code"), [(60, ""), (200, "closed")])
def test_after_the_stop_offline_answers_come_in_for_two_minutes_and_are_late(stage, ago, code):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            phase(stage, rows.rating, "rating", input_stopped_at=moment(stage, ago))
            await intake.reload(rows.rating)
            [result] = await take(intake, rows.rating, person, rate(rows, 3))
            return result.code, intake.state(rows.rating, "participant")

    found, state = live(story)
    assert found == code
    assert (state["stopped"], state["takes"]) == (True, None)
    late = stage.fetch("SELECT is_late FROM cafe_rating")
    assert [bool(row[0]) for row in late] == ([] if code else [True])


def release(stage, block: str, ago: float) -> None:
    stage.run(
        "INSERT INTO cafe_release (cafe_id, block, visible_from, data) VALUES (%s, %s, %s, '{}')",
        (stage.rows.rating, block, moment(stage, ago)),
    )


@pytest.mark.parametrize(("block", "code"), [("participation", ""), ("tiers", "closed")])
def test_nobody_who_has_seen_results_answers_after_the_stop(stage, block, code):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            release(stage, block, 30)
            phase(stage, rows.rating, "rating", input_stopped_at=moment(stage, 60))
            await intake.reload(rows.rating)
            [result] = await take(intake, rows.rating, person, rate(rows, 3))
            return result.code

    assert live(story) == code


def test_a_result_is_shown_from_its_moment_on(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            release(stage, "tiers", -600)
            release(stage, "participation", 5)
            await intake.reload(rows.rating)
            return intake.state(rows.rating, "beamer")["released"]

    assert live(story) == ["participation"]


def test_answers_after_a_release_are_informed_and_participation_gives_nothing_away(stage):
    rows = stage.rows

    async def story():
        marks = []
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            for block in ("participation", "tiers"):
                release(stage, block, 5)
                phase(stage, rows.rating, "rating2")
                await intake.reload(rows.rating)
                await take(intake, rows.rating, person, rate(rows, 3, r=2))
                marks.append(intake.state(rows.rating, "beamer")["released"])
        return marks

    assert live(story) == [["participation"], ["participation", "tiers"]]
    informed = stage.fetch("SELECT is_informed FROM cafe_rating ORDER BY id")
    assert [bool(row[0]) for row in informed] == [False, True]


def test_a_closed_event_is_gone_and_paper_is_still_entered(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            await take(intake, rows.rating, person, rate(rows, 3))
            stage.run("UPDATE cafe_alpcafe SET state = 'closed' WHERE id = %s", (rows.rating,))
            phase(stage, rows.rating, "closed")
            await intake.reload(rows.rating)
            late = await take(intake, rows.rating, person, rate(rows, 3))
            sheet = await intake.add_person(rows.rating, language="sl", source="paper")
            paper = await take(
                intake, rows.rating, sheet, rate(rows, 5), source="paper", entered_by=None
            )
            return late[0].status, paper[0].status

    assert live(story) == (410, 200)
    assert stage.fetch("SELECT value, source FROM cafe_rating ORDER BY id") == [
        (3, "phone"),
        (5, "paper"),
    ]


# ---- cards and seats -----------------------------------------------------------------------


def card(number: int, text: str = "Wer zahlt?", **body):
    return command("card", {"id": f"card-{number}", "text": text, "language": "de", **body})


def test_a_card_has_the_table_of_its_person_and_can_be_changed_and_dropped(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            mine = (await join(intake, hall)).participant_id
            other = (await join(intake, hall)).participant_id
            seat(stage, mine, table=2)
            await intake.reload(hall)
            results = await take(
                intake, hall, mine, card(1), card(1, "Wer zahlt das?"), card(2), card(3)
            )
            results += await take(intake, hall, mine, command("card_gone", {"id": "card-3"}))
            results += await take(
                intake,
                hall,
                other,
                card(1, "gekapert"),
                command("support", {"id": "card-1", "on": True}),
                command("support", {"id": "card-3", "on": True}),
            )
            own = await take(intake, hall, mine, command("support", {"id": "card-1", "on": True}))
            states = [intake.state(hall, view) for view in ("host", "beamer", "participant")]
            return [r.code for r in [*results, *own]], states, await intake.me(hall, mine)

    codes, (state, beamer, phone), me = live(story)
    # Two in the room are a number for those who lead the talk only.
    assert (state["people"], beamer["people"], "people" in phone) == (2, None, False)
    assert codes == ["", "", "", "", "", "not_your_card", "", "unknown_card", "own_card"]
    assert state["cards"] == {"1": 0, "2": 2}
    assert [(c["id"], c["text"], c["supports"]) for c in me["cards"]] == [
        ("card-1", "Wer zahlt das?", None),
        ("card-2", "Wer zahlt?", None),
    ]
    assert (me["number"], me["seat"]["number"], me["seat"]["host"]) == (1, 2, "Maria")
    assert me["seat"]["topic"] == {"de": "Strom"}
    assert stage.fetch("SELECT round_index FROM cafe_card ORDER BY id") == [(1,), (1,)]


def test_a_grouped_card_stays_as_it_is(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            mine = (await join(intake, hall)).participant_id
            await take(intake, hall, mine, card(1))
            stage.run("UPDATE cafe_card SET state = 'grouped'")
            await intake.reload(hall)
            gone = command("card_gone", {"id": "card-1"})
            return [r.code for r in await take(intake, hall, mine, card(1, "neu"), gone)]

    assert live(story) == ["grouped", "grouped"]
    assert stage.fetch("SELECT text FROM cafe_card") == [("Wer zahlt?",)]


def test_a_hidden_card_is_neither_changed_nor_supported(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            mine = (await join(intake, hall)).participant_id
            other = (await join(intake, hall)).participant_id
            await take(intake, hall, mine, card(1))
            stage.run("UPDATE cafe_card SET state = 'hidden'")
            await intake.reload(hall)
            support = command("support", {"id": "card-1", "on": True})
            results = await take(intake, hall, mine, card(1, "neu"))
            return [r.code for r in [*results, *await take(intake, hall, other, support)]]

    assert live(story) == ["hidden", "unknown_card"]
    assert stage.fetch("SELECT COUNT(*) FROM cafe_support") == [(0,)]


def test_i_am_here_and_i_cannot_find_it(stage):
    hall = stage.rows.hall

    async def story():
        async with stage.open() as intake:
            mine = (await join(intake, hall)).participant_id
            nobody = (await join(intake, hall)).participant_id
            seat(stage, mine)
            await intake.reload(hall)
            found = command("here", {"round": 1, "here": True})
            lost = command("here", {"round": 1, "here": False})
            states = []
            for sent in (found, lost):
                await take(intake, hall, mine, sent)
                state = intake.state(hall, "facilitator")
                states.append((state["tables"]["1"], len(state["help"])))
            [refused] = await take(intake, hall, nobody, dict(found, k=key()))
            return states, refused.code

    states, code = live(story)
    assert states == [([1, 1], 0), ([1, 0], 1)]
    assert code == "no_seat"
    assert stage.fetch("SELECT state FROM cafe_seat") == [("expected",)]


# ---- me and states -------------------------------------------------------------------------


def test_me_has_everything_of_this_person_and_nothing_of_others(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            mine = (await join(intake, rows.rating)).participant_id
            other = (await join(intake, rows.rating)).participant_id
            one, two = rows.measures
            await take(
                intake,
                rows.rating,
                mine,
                rate(rows, 2),
                rate(rows, 4),
                rate(rows, None, c=1),
                command("comment", {"m": one, "text": "weil"}),
                command("top3", {"r": 1, "measures": [two, one]}),
            )
            await take(intake, rows.rating, other, rate(rows, 1))
            counts = intake.state(rows.rating, "facilitator")
            return await intake.me(rows.rating, mine), counts

    me, counts = live(story)
    m, (c, d) = stage.rows.measures[0], stage.rows.criteria
    assert me["answers"] == {"1": {f"{m}:{c}": 4, f"{m}:{d}": None}, "2": {}}
    assert me["comments"] == {str(m): "weil"}
    assert me["top3"] == {"1": [stage.rows.measures[1], m]}
    assert sorted(me["order"]) == sorted(stage.rows.measures)
    assert (counts["ratings"], counts["answered"], counts["top3"]) == (3, 2, 1)
    assert (counts["people"], counts["unsent"]) == (2, 0)


def test_counts_are_the_same_after_a_restart(stage):
    rows = stage.rows

    async def state():
        async with stage.open() as intake:
            return intake.state(rows.rating, "facilitator")

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            back = command("rate", {"m": rows.measures[0], "c": rows.criteria[0], "r": 1})
            await take(intake, rows.rating, person, rate(rows, 2), rate(rows, 3, c=1), back)
            return intake.state(rows.rating, "facilitator")

    before, after = live(story), live(state)
    names = ("ratings", "answered", "top3", "cards", "people", "phase", "rev")
    assert {n: before[n] for n in names} == {n: after[n] for n in names}
    assert before["ratings"] == 1


def test_participants_get_no_number_of_ratings(stage):
    async def story():
        async with stage.open() as intake:
            return set(intake.state(stage.rows.rating, "participant"))

    assert not live(story) & {"ratings", "answered", "top3", "tables", "cards"}


def test_a_change_of_the_site_is_told_and_its_phase_is_in_the_journal(stage):
    rows = stage.rows

    async def story():
        told = []
        async with stage.open() as intake:
            intake.on_change(lambda event, kind: told.append((event, kind)))
            phase(stage, rows.rating, "results")
            await intake.reload(rows.rating)
        return told

    told = live(story)
    assert (rows.rating, "state") in told
    [record] = [r for s in read_journal(stage.journal()) for r in s.records]
    assert (record.kind, record.body["phase"]) == ("phase", "results")
