import asyncio
import random
import shutil
from contextlib import contextmanager

import pytest

from alpclusters.cli import main
from alpclusters.live.journal import Journal
from alpclusters.live.journal_scan import read_journal
from alpclusters.live.open_store import open_store
from alpclusters.live.records import Record
from alpclusters.live.replay import replay
from tests.live.writer.stage import ON_STAGE, command, join, live, rate, seat

pytestmark = [pytest.mark.integration, ON_STAGE]

TABLES = (
    "cafe_participant",
    "cafe_device",
    "cafe_rating",
    "cafe_topthree",
    "cafe_comment",
    "cafe_feedback",
    "cafe_card",
    "cafe_support",
    "cafe_receipt",
)
# Deletes children first.
EMPTYING = (*reversed(TABLES[1:]), "cafe_seat", "cafe_guest", "cafe_participant")


@contextmanager
def connection(stage):
    store = open_store(stage.database)
    try:
        yield store
    finally:
        store.close()


def content(stage) -> dict[str, list[tuple]]:
    """Every row of the writer, rows of people by their token and not by their number."""
    people = dict(stage.fetch("SELECT id, token_hash FROM cafe_participant"))
    cards = dict(stage.fetch("SELECT id, public_id FROM cafe_card"))
    found = {}
    for table in TABLES:
        where = " WHERE cafe_id IS NOT NULL" if table == "cafe_receipt" else ""
        with connection(stage) as store:
            cursor = store.connection.execute(f"SELECT * FROM {table}{where}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for row in rows:
            row.pop("id")
            row["participant_id"] = people.get(row.get("participant_id"))
            row["card_id"] = cards.get(row.get("card_id"))
        found[table] = sorted(tuple(map(str, row.values())) for row in rows)
    return found


def empty(stage) -> None:
    """Destroy what the writer wrote, as a backup from before the event has it."""
    for table in EMPTYING:
        if table == "cafe_guest":
            stage.run("UPDATE cafe_guest SET participant_id = NULL")
        else:
            stage.run(f"DELETE FROM {table}")


def replayed(stage):
    with connection(stage) as store:
        return replay(store, read_journal(stage.journal()))


async def evening(stage, *, seed: int = 3) -> None:
    """An event with everything in it, of four people in the hall and four who rate."""
    rows, chance = stage.rows, random.Random(seed)  # noqa: S311
    async with stage.open() as intake:
        guests = [await join(intake, rows.hall) for _ in range(4)]
        seat(stage, guests[0].participant_id)
        await intake.reload(rows.hall)
        await intake.recover(rows.hall, recovery=guests[1].recovery, key="r" * 22)
        for number, guest in enumerate(guests):
            text = {"id": f"card-{number}", "text": f"Gedanke {number}", "language": "de"}
            sent = [
                command("card", text),
                command("card", {**text, "text": "genauer"}),
                command("support", {"id": "card-0", "on": True}),
                command("profile", {"role": "research", "region": "SI042"}),
                command("here", {"round": 1, "here": True}),
            ]
            await intake.take(rows.hall, guest.participant_id, sent, language="de")
        gone = command("card_gone", {"id": "card-2"})
        await intake.take(rows.hall, guests[2].participant_id, [gone], language="de")
        await intake.take(
            rows.hall, guests[3].participant_id, [command("leave", {})], language="de"
        )
        raters = [(await join(intake, rows.rating)).participant_id for _ in range(4)]
        for step in range(12):
            sent = [
                rate(
                    rows, chance.choice([1, 2, 3, 4, 5, None]), m=step % 2, c=chance.randint(0, 1)
                ),
                command("comment", {"m": rows.measures[0], "text": f"weil {step}"}),
                command("top3", {"r": 1, "measures": chance.sample(rows.measures, 2)}),
            ]
            await intake.take(rows.rating, raters[step % 4], sent, language="de")


def test_a_destroyed_database_is_made_anew_from_the_journal(stage):
    live(lambda: evening(stage))
    before = content(stage)
    empty(stage)

    result = replayed(stage)

    assert (result.missing, result.foreign) == (0, 0)
    assert content(stage) == before
    assert len(before["cafe_rating"]) == 12
    assert len(before["cafe_card"]) == 2


def test_replaying_twice_changes_nothing(stage):
    live(lambda: evening(stage))
    before = content(stage)
    stage.run("DELETE FROM cafe_receipt WHERE cafe_id IS NULL")

    first = replayed(stage)
    stage.run("DELETE FROM cafe_receipt WHERE cafe_id IS NULL")
    second = replayed(stage)

    assert (first.applied, second.applied, first.missing) == (0, 0, 0)
    assert first.read > 40
    assert content(stage) == before


@pytest.mark.parametrize("seed", range(3))
def test_a_partly_filled_database_is_completed(stage, seed):
    live(lambda: evening(stage, seed=seed))
    before = content(stage)
    chance = random.Random(seed)  # noqa: S311
    for table in ("cafe_rating", "cafe_topthree"):
        for (pk,) in stage.fetch(f"SELECT id FROM {table} ORDER BY id"):
            if chance.random() < 0.4:
                stage.run(f"DELETE FROM {table} WHERE id = %s", (pk,))
    stage.run("DELETE FROM cafe_receipt WHERE cafe_id IS NULL")

    result = replayed(stage)

    assert result.missing == 0
    assert content(stage) == before


def test_segments_that_were_applied_are_marked_and_skipped(stage):
    live(lambda: evening(stage))

    assert (replayed(stage).skipped, replayed(stage).read) == (1, 0)


def test_what_the_site_changed_since_is_not_changed_back(stage):
    live(lambda: evening(stage))
    stage.run("UPDATE cafe_card SET state = 'hidden', text = 'gone' WHERE public_id = 'card-0'")
    stage.run("DELETE FROM cafe_receipt WHERE cafe_id IS NULL")

    replayed(stage)

    found = stage.fetch("SELECT state, text FROM cafe_card WHERE public_id = 'card-0'")
    assert found == [("hidden", "gone")]


def test_an_older_word_does_not_replace_a_newer_one(stage):
    live(lambda: evening(stage))
    [(key,)] = stage.fetch(
        "SELECT key FROM cafe_receipt WHERE kind = 'comment' ORDER BY seq LIMIT 1"
    )
    before = content(stage)
    stage.run("DELETE FROM cafe_receipt WHERE key = %s OR cafe_id IS NULL", (key,))

    assert replayed(stage).applied == 1
    assert content(stage) == before


def test_a_sealed_event_takes_nothing_from_the_journal(stage):
    live(lambda: evening(stage))
    empty(stage)
    stage.run("UPDATE cafe_alpcafe SET sealed_at = closed_at, phase = 'sealed'")
    stage.run("UPDATE cafe_alpcafe SET sealed_at = '2026-07-02 00:00:00'")

    result = replayed(stage)

    assert result.applied == 0
    assert stage.fetch("SELECT COUNT(*) FROM cafe_participant") == [(0,)]


def test_a_phase_of_the_journal_brings_an_older_backup_up_to_date(stage):
    event = stage.rows.rating

    async def story():
        async with stage.open() as intake:
            stage.run(
                "UPDATE cafe_alpcafe SET phase = 'results', revision = revision + 1 WHERE id = %s",
                (event,),
            )
            await intake.reload(event)

    [(revision,)] = stage.fetch("SELECT revision FROM cafe_alpcafe WHERE id = %s", (event,))
    live(story)
    stage.run(
        "UPDATE cafe_alpcafe SET phase = 'rating', revision = %s WHERE id = %s", (revision, event)
    )
    stage.run("DELETE FROM cafe_receipt")

    replayed(stage)

    found = stage.fetch("SELECT phase, revision FROM cafe_alpcafe WHERE id = %s", (event,))
    assert found == [("results", revision + 1)]


def test_the_start_completes_the_database_before_anybody_is_answered(stage):
    live(lambda: evening(stage))
    before = content(stage)
    empty(stage)
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            counts = intake.state(rows.rating, "facilitator")
            return intake.metrics()["replayed"], counts["people"], counts["answered"]

    n, people, answered = live(story)
    assert (people, answered) == (4, 4)
    assert n > 40
    assert content(stage) == before


def test_records_without_an_answer_count_after_a_kill_and_their_keys_are_known(stage):
    """The journal has a group, the database not: as after kill -9 between the two."""
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            return await join(intake, rows.rating)

    joined = live(story)
    [(pid,)] = stage.fetch("SELECT token_hash FROM cafe_participant")
    choice = rate(rows, 4)
    journal, _ = Journal.open(stage.journal())
    journal.append([Record(9, "rate", rows.rating, pid, choice["k"], 1, choice["b"])])

    async def again():
        async with stage.open() as intake:
            [result] = await intake.take(
                rows.rating, joined.participant_id, [choice], language="de"
            )
            return result

    result = live(again)
    assert (result.status, result.new, result.seq) == (200, False, 9)
    assert stage.fetch("SELECT value FROM cafe_rating") == [(4,)]


@pytest.mark.parametrize("kept", ["a measure unknown here", "a void record"])
def test_what_was_never_stored_or_belongs_elsewhere_is_not_replayed(stage, kept):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            await join(intake, rows.rating)

    live(story)
    [(pid,)] = stage.fetch("SELECT token_hash FROM cafe_participant")
    elsewhere = {"m": 999_999} if kept == "a measure unknown here" else {}
    choice = rate(rows, 4)
    written = [Record(9, "rate", rows.rating, pid, choice["k"], 1, {**choice["b"], **elsewhere})]
    if not elsewhere:
        written.append(Record(9, "void", rows.rating, "", "", 1, {"seq": 9}))
    journal, _ = Journal.open(stage.journal())
    journal.append(written)
    journal.close()

    found = replayed(stage)

    assert (found.applied, stage.fetch("SELECT value FROM cafe_rating")) == (0, [])


def test_the_command_replays_into_another_database_and_looks_at_the_journal(
    stage, capsys, tmp_path
):
    if not stage.database.is_sqlite:
        pytest.skip("another database is another file here")
    live(lambda: evening(stage))
    before = content(stage)
    drill = tmp_path / "drill.sqlite3"
    shutil.copy(stage.database.name, drill)
    empty(stage)
    folder = ["--dir", str(stage.journal())]

    status = main(["journal", "replay", *folder, "--into", f"sqlite:///{stage.database.name}"])

    assert status == 0
    assert "0 still missing" in capsys.readouterr().out
    assert content(stage) == before
    assert main(["journal", "inspect", *folder, "--language", "de"]) == 0
    assert "unversehrt" in capsys.readouterr().out
    assert main(["journal", "salvage", *folder, "--into", str(tmp_path / "saved")]) == 0
    assert main(["journal", "inspect", "--dir", str(tmp_path)]) == 1


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing_that_was_acknowledged(stage):
    """The writer's process is killed again and again while it acknowledges."""
    if not stage.database.is_sqlite:
        pytest.skip("the child opens the file of the stage")
    acknowledged: list[str] = []
    for number in range(4):
        acknowledged += asyncio.run(_until_killed(stage, number))

    live(lambda: _nothing(stage))

    stored = [row[0] for row in stage.fetch("SELECT key FROM cafe_rating")]
    assert len(acknowledged) > 40
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))


async def _nothing(stage) -> None:
    async with stage.open():
        pass


CHILD = """
import asyncio, secrets, sys
from pathlib import Path
from alpclusters.live.intake import Intake
from alpclusters.platform.database_address import parse_database

async def phone(intake, event, measure, criterion):
    joined = await intake.join(event, language="de", consent="1", key=secrets.token_urlsafe(16))
    while True:
        k = secrets.token_urlsafe(16)
        command = {"k": k, "t": "rate", "b": {"m": measure, "c": criterion, "r": 1, "v": 3}}
        [result] = await intake.take(event, joined.participant_id, [command], language="de")
        if result.status == 200:
            print(k, flush=True)

async def main(home, event, measure, criterion):
    intake = await Intake.open(home, parse_database("", home=home), window_ms=2)
    await asyncio.gather(*[phone(intake, event, measure, criterion) for _ in range(8)])

home, event, measure, criterion = sys.argv[1:]
asyncio.run(main(Path(home), int(event), int(measure), int(criterion)))
"""


async def _until_killed(stage, number: int) -> list[str]:
    import sys  # noqa: PLC0415

    rows = stage.rows
    arguments = [str(stage.home), str(rows.rating), str(rows.measures[0]), str(rows.criteria[0])]
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, *arguments, stdout=asyncio.subprocess.PIPE
    )
    lines = []
    while len(lines) < 20 + 7 * number:
        lines.append(await child.stdout.readline())
    child.kill()
    rest = await child.stdout.read()
    await child.wait()
    whole = b"".join(lines) + rest
    return whole.decode().split("\n")[:-1]
