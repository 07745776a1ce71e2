"""The power goes at any moment: nothing that was acknowledged is lost, nothing is counted twice.

And the test can fail: three ways of doing it wrong have to lose.
"""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from alpclusters.live.journal import Journal
from alpclusters.live.records import Record
from alpclusters.live.replay import replay
from alpclusters.live.stores import SqliteStore
from alpclusters.live.writer import Fate, Item, Writer
from tests.live.writer.disk import Disk, Tape, TapedFiles, TapedStore, TapedVFS
from tests.live.writer.stage import ON_STAGE, Stage

pytestmark = [pytest.mark.integration, ON_STAGE]

MODES = ("none", "all", "half")
PIDS = [f"{n:032x}" for n in range(1, 9)]


@dataclass(frozen=True)
class Variant:
    """A way of keeping what was acknowledged."""

    synchronous: str = "FULL"
    has_journal: bool = True
    syncs_journal: bool = True
    acknowledges_early: bool = False
    destroys_database: bool = False


@dataclass
class Losses:
    """What was found after all cuts."""

    cuts_with_loss: int = 0
    lost: int = 0
    damaged: int = 0
    invented: int = 0


class Unwritten:
    """A journal that keeps nothing."""

    is_stopped = False
    last_seq = 0

    def __init__(self) -> None:
        self.rotated: list = []

    def append(self, records) -> None:
        """Forget."""


def groups(stage: Stage, n: int, chance: random.Random) -> Iterator[list[tuple[Record, str]]]:
    """Joins of eight people, then groups of one to twelve ratings and a comment now and then."""
    event, rows = stage.rows.rating, stage.rows
    body = {"recovery": "", "language": "de", "consent": "1", "source": "phone"}
    seq = 0
    joins = []
    for pid in PIDS:
        seq += 1
        joins.append((Record(seq, "join", event, pid, f"join-{pid[-8:]}", seq, body), pid))
    yield joins
    for _ in range(n):
        group = []
        for _ in range(chance.randint(1, 12)):
            seq += 1
            pid = chance.choice(PIDS)
            if chance.random() < 0.1:
                said = {"m": rows.measures[0], "text": "warum " * 60, "language": "de"}
                group.append((Record(seq, "comment", event, pid, f"k{seq:020d}", seq, said), pid))
                continue
            said = {"m": rows.measures[0], "c": rows.criteria[0], "r": 1, "v": seq % 5 + 1}
            group.append((Record(seq, "rate", event, pid, f"k{seq:020d}", seq, said), pid))
        yield group


def film(stage: Stage, variant: Variant, n: int, chance: random.Random) -> tuple[Tape, Disk]:
    """Run the writer with a recorder at every file."""
    before = {p.name: p.read_bytes() for p in stage.home.glob("*.sqlite3")}
    tape = Tape(stage.home)
    vfs = TapedVFS(f"taped-{id(tape)}", tape)
    store = TapedStore(Path(stage.database.name), vfs, synchronous=variant.synchronous)
    files = TapedFiles(tape, syncs=variant.syncs_journal)
    journal = Journal.open(stage.journal(), files)[0] if variant.has_journal else Unwritten()
    writer = Writer(journal, store)
    people: dict[str, int] = {}
    for group in groups(stage, n, chance):
        items = [Item(record, people.get(pid)) for record, pid in group]
        told = {r.key: r.body["v"] for r, _ in group if r.kind == "rate"}
        if variant.acknowledges_early:
            tape.acknowledge(told)
        writer.commit(items)
        assert {item.fate for item in items} == {Fate.STORED}
        people |= {p: item.row for (_, p), item in zip(group, items, strict=True) if item.row}
        if not variant.acknowledges_early:
            tape.acknowledge(told)
    store.connection.close()
    return tape, Disk(before)


def lose(stage: Stage, variant: Variant, *, n_groups: int, n_cuts: int, seed: int = 7) -> Losses:
    """Cut the power at many moments, recover with the product's code, compare."""
    chance = random.Random(seed)  # noqa: S311
    tape, disk = film(stage, variant, n_groups, chance)
    cuts = sorted(chance.sample(range(1, len(tape.steps)), min(n_cuts, len(tape.steps) - 1)))
    losses, place = Losses(), 0
    for number, cut in enumerate(cuts):
        while place < cut:
            disk.play(tape.steps[place])
            place += 1
        found = disk.after_cut(MODES[number % 3], chance)
        recover(stage, variant, found, tape, cut, losses)
    return losses


def recover(stage, variant, found, tape, cut, losses) -> None:
    home = stage.home.parent / "after"
    shutil.rmtree(home, ignore_errors=True)
    (home / "journal").mkdir(parents=True)
    for name, content in found.items():
        if variant.destroys_database and ".sqlite3" in name:
            continue
        (home / name).write_bytes(content)
    path = home / Path(stage.database.name).name
    if variant.destroys_database:
        # A backup from before the event.
        path.write_bytes(Disk_before[stage.home])
    stored, is_sound = stored_after(path, home / "journal", variant)
    promised = tape.promised(cut)
    gone = {k for k, v in promised.items() if stored.get(k) != v}
    sent = {k for _, values in tape.acknowledged for k in values}
    losses.cuts_with_loss += bool(gone)
    losses.lost += len(gone)
    losses.damaged += not is_sound
    losses.invented += len(set(stored) - sent)


Disk_before: dict[Path, bytes] = {}


def stored_after(path: Path, journal_folder: Path, variant: Variant) -> tuple[dict, bool]:
    try:
        store = SqliteStore.open(str(path))
    except sqlite3.DatabaseError:
        return {}, False
    try:
        is_sound = store.fetch("PRAGMA integrity_check")[0][0] == "ok"
        if variant.has_journal:
            journal, segments = Journal.open(journal_folder)
            # An unsynced journal promised what the disk did not have: that shows as rot.
            assert not (journal.is_stopped and variant.syncs_journal)
            replayed = replay(store, segments)
            assert replayed.missing == 0
            assert replay(store, segments).applied == 0
        rows = store.fetch("SELECT key, value FROM cafe_rating")
        assert len(rows) == len({key for key, _ in rows})
        return dict(rows), is_sound
    finally:
        store.close()


SAFE = {
    "the product": Variant(),
    "the product with the database destroyed": Variant(destroys_database=True),
    "no journal": Variant(has_journal=False),
    "a database that syncs less": Variant(synchronous="NORMAL"),
}
BROKEN = {
    "no journal and a database that syncs less": Variant(synchronous="NORMAL", has_journal=False),
    "a journal that is not synced": Variant(synchronous="NORMAL", syncs_journal=False),
    "an answer before the disk has it": Variant(acknowledges_early=True),
}


@pytest.fixture
def own_stage(stage):
    if not stage.database.is_sqlite:
        pytest.skip("the recorder knows SQLite's files only")
    # The product's database is in this mode since it was made.
    SqliteStore.open(stage.database.name).close()
    Disk_before[stage.home] = Path(stage.database.name).read_bytes()
    return stage


@pytest.mark.slow
@pytest.mark.parametrize("name", SAFE)
def test_no_cut_loses_what_was_acknowledged(own_stage, name):
    losses = lose(own_stage, SAFE[name], n_groups=24, n_cuts=50)

    assert losses == Losses()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_variant_loses(own_stage, name):
    losses = lose(own_stage, BROKEN[name], n_groups=24, n_cuts=24)

    assert losses.lost > 0


@pytest.mark.full
@pytest.mark.parametrize("name", [*SAFE, *BROKEN])
def test_a_thousand_cuts(own_stage, name):
    variant = (SAFE | BROKEN)[name]

    losses = lose(own_stage, variant, n_groups=400, n_cuts=1_000)

    print(name, losses)  # noqa: T201 - the report quotes it
    assert (losses.lost > 0) == (name in BROKEN)
    assert (losses.damaged, losses.invented) == (0, 0)
