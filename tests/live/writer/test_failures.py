"""Second writers, full lines, locked databases, rotten journals and full disks lose nothing."""

import asyncio
import os
import subprocess
import sys

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.live import line
from alpclusters.live.answers import Busy
from alpclusters.live.journal_scan import read_journal
from tests.live.writer.stage import ON_STAGE, join, live, rate, take

pytestmark = [pytest.mark.integration, ON_STAGE]


SECOND_WRITER = """
import sys
from pathlib import Path
from alpclusters.live.journal_folder import lock_folder
lock_folder(Path(sys.argv[1]), patience_s=0)
"""


def test_a_second_writer_fails_at_once(stage):
    async def story():
        async with stage.open():
            command = [
                sys.executable,
                "-c",
                SECOND_WRITER,
                str(stage.journal()),
            ]
            result = await asyncio.to_thread(
                subprocess.run, command, capture_output=True, text=True, check=False
            )
            return result.stderr

    assert "live.second_writer" in live(story)


def test_a_full_line_refuses_before_anything_is_noted(stage, monkeypatch):
    monkeypatch.setattr(line, "LONGEST", 0)
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            with pytest.raises(Busy):
                await join(intake, rows.rating)
            return intake.metrics()["queue"]

    assert live(story) == 0


def test_a_record_the_database_refuses_fails_alone_and_is_void(stage):
    rows = stage.rows

    async def story():
        async with stage.open(window_ms=20) as intake:
            one = (await join(intake, rows.rating)).participant_id
            two = (await join(intake, rows.rating)).participant_id
            # The site deleted a person, and the wake was lost.
            stage.run("DELETE FROM cafe_participant WHERE id = %s", (one,))
            both = [take(intake, rows.rating, person, rate(rows, 3)) for person in (one, two)]
            (bad,), (good,) = await asyncio.gather(*both)
            return bad, good, intake.metrics()["voids"]

    bad, good, voids = live(story)
    assert (bad.status, bad.code, good.status, voids) == (500, "failed", 200, 1)
    assert "void" in {r.kind for s in read_journal(stage.journal()) for r in s.records}

    async def again():
        async with stage.open() as intake:
            return intake.metrics()["replayed"]

    assert live(again) == 0


def test_a_locked_database_gives_no_answer_and_loses_nothing(stage):
    if not stage.database.is_sqlite:
        pytest.skip("SQLite locks the whole file")
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            intake._opened.writer_thread.submit(
                intake._opened.writer.store.connection.execute, "PRAGMA busy_timeout=50"
            ).result()
            person = (await join(intake, rows.rating)).participant_id
            other = stage_lock(stage)
            choice = rate(rows, 3)
            with pytest.raises(Busy):
                await take(intake, rows.rating, person, choice)
            other.execute("ROLLBACK")
            other.close()
            [again] = await take(intake, rows.rating, person, choice)
            return again

    again = live(story)
    assert (again.status, again.new) == (200, False)
    assert stage.fetch("SELECT value FROM cafe_rating") == [(3,)]


def stage_lock(stage):
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect(stage.database.name, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_journal_directory_that_cannot_be_made_is_told(stage, tmp_path):
    (tmp_path / "file").write_text("no directory")

    async def story():
        async with stage.open(journal_dir=tmp_path / "file" / "journal"):
            pass

    with pytest.raises(SetupError) as refusal:
        live(story)
    assert refusal.value.code == "live.journal_unusable"


def test_a_rotten_journal_is_read_only(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            await take(intake, rows.rating, person, rate(rows, 3))
            await take(intake, rows.rating, person, rate(rows, 4))

    live(story)
    [path] = stage.journal().glob("*.aj")
    content = bytearray(path.read_bytes())
    content[150] ^= 1
    path.write_bytes(content)

    async def again():
        async with stage.open() as intake:
            people = stage.fetch("SELECT id FROM cafe_participant")[0]
            me = await intake.me(rows.rating, people[0])
            with pytest.raises(Busy):
                await take(intake, rows.rating, people[0], rate(rows, 5))
            return list(me["answers"]["1"].values())

    assert live(again) == [4]


FULL_DISK = """
import asyncio, resource, secrets, signal, sys
from pathlib import Path
from alpclusters.live.answers import Busy
from alpclusters.live.intake import Intake
from alpclusters.platform.database_address import parse_database

async def main(home, event, measure, criterion):
    intake = await Intake.open(home, parse_database("", home=home), window_ms=0)
    person = (await intake.join(event, language="de", consent="1", key="k" * 22)).participant_id
    async def rate():
        body = {"m": measure, "c": criterion, "r": 1, "v": 3}
        k = secrets.token_urlsafe(16)
        command = {"k": k, "t": "rate", "b": body}
        try:
            [result] = await intake.take(event, person, [command], language="de")
        except Busy:
            return None
        return k if result.status == 200 else None
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = [await rate() for _ in range(5)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[5]), hard))
    full = [await rate() for _ in range(16)]
    me = await intake.me(event, person)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    after = [await rate() for _ in range(5)]
    await intake.close()
    print("|".join(k for k in before + full + after if k))
    print(full.count(None), after.count(None), len(me["answers"]["1"]))

home, event, measure, criterion = sys.argv[1:5]
asyncio.run(main(Path(home), int(event), int(measure), int(criterion)))
"""


@pytest.mark.parametrize("limit", ["2500", "120000"], ids=["journal", "write-ahead log"])
def test_a_full_disk_refuses_keeps_what_was_acknowledged_and_goes_on_later(stage, limit):
    if not stage.database.is_sqlite:
        pytest.skip("the limit is on the files of this process")
    rows = stage.rows
    arguments = [str(stage.home), str(rows.rating), str(rows.measures[0]), str(rows.criteria[0])]

    result = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments, limit],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DATABASE_URL": ""},
    )

    keys, counts = result.stdout.splitlines()
    n_refused, n_after, n_read = (int(n) for n in counts.split())
    acknowledged = set(keys.split("|"))
    stored = {row[0] for row in stage.fetch("SELECT key FROM cafe_rating")}
    journalled = {r.key for s in read_journal(stage.journal()) for r in s.records}
    assert n_refused > 0
    assert (n_after, n_read) == (0, 1)
    assert acknowledged <= stored
    assert acknowledged <= journalled
    assert len(stored) == stage.fetch("SELECT COUNT(*) FROM cafe_rating")[0][0]
