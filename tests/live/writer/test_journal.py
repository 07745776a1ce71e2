import errno
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.live.journal import Journal, JournalFullError, JournalStoppedError
from alpclusters.live.journal_files import Files
from alpclusters.live.journal_format import HEADER, frame
from alpclusters.live.journal_salvage import look_at, salvage
from alpclusters.live.journal_scan import read_journal, read_segment
from alpclusters.live.records import Record, parse_record
from tests.live.writer.records import group, record, written

pytestmark = pytest.mark.unit

SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def seqs(segment) -> list[int]:
    return [found.seq for found in segment.records]


# ---- records -------------------------------------------------------------------------------

texts = st.text(max_size=40)
bodies = st.dictionaries(texts, st.one_of(st.none(), st.integers(), st.booleans(), texts))


@given(seq=st.integers(1, 2**53), body=bodies, key=texts)
def test_a_record_comes_back_as_it_was_written(seq, body, key):
    made = Record(seq, "comment", 7, "p", key, 1, body)

    assert parse_record(made.payload()) == made


def test_the_digest_ignores_what_the_writer_found_out():
    said = {"m": 1, "c": 2, "r": 1, "v": 3}

    assert record(1, **said).digest == record(2, **said, _={"late": True}).digest
    assert record(1, **said).digest != record(1, **{**said, "v": None}).digest


# ---- torn tails and rot --------------------------------------------------------------------


def test_what_was_appended_is_read_again_in_order(tmp_path):
    path = written(tmp_path, group(1, 3), group(4, 2))

    assert seqs(read_segment(path)) == [1, 2, 3, 4, 5]


@SHARED_FOLDER
@given(cut=st.integers(0, 400))
def test_a_torn_tail_loses_only_what_was_cut_and_is_no_rot(tmp_path, cut):
    folder = tmp_path / "torn"
    shutil.rmtree(folder, ignore_errors=True)
    path = written(folder, group(1, 2), group(3, 2))
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])

    journal, [segment, *_] = Journal.open(folder)

    assert segment.rot is None
    assert seqs(segment) == [1, 2, 3, 4][: len(seqs(segment))]
    journal.append(group(9, 1))
    found = read_journal(folder)
    assert [s.rot for s in found] == [None] * len(found)
    assert found[-1].records[-1].seq == 9


@SHARED_FOLDER
@given(zeros=st.integers(1, 5_000))
def test_a_run_of_zeros_is_no_record_and_is_cut(tmp_path, zeros):
    folder = tmp_path / "zeros"
    shutil.rmtree(folder, ignore_errors=True)
    path = written(folder, group(1, 3))
    with path.open("ab") as file:
        file.write(bytes(zeros))

    journal, [segment] = Journal.open(folder)

    assert (seqs(segment), segment.torn, segment.rot) == ([1, 2, 3], zeros, None)
    assert journal.cut_bytes == zeros


@SHARED_FOLDER
@given(data=st.data())
def test_a_flipped_byte_before_a_synced_group_is_rot_and_nothing_is_cut(tmp_path, data):
    folder = tmp_path / "rot"
    shutil.rmtree(folder, ignore_errors=True)
    journal, _ = Journal.open(folder)
    journal.append(group(1, 3))
    [path] = folder.glob("*.aj")
    end = path.stat().st_size
    journal.append(group(4, 3))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(HEADER.size, end - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)

    opened, [segment] = Journal.open(folder)

    assert segment.rot is not None
    assert segment.rot <= place
    assert {4, 5, 6} <= {r.seq for r in segment.behind}
    assert path.read_bytes() == content
    with pytest.raises(JournalStoppedError):
        opened.append(group(9, 1))


def test_a_lost_sector_of_the_last_group_is_no_rot_because_nothing_of_it_was_acknowledged(tmp_path):
    path = written(tmp_path, group(1, 2), group(3, 30))
    content = bytearray(path.read_bytes())
    begin = content.index(b'[3,"rate"')
    content[begin : begin + 512] = bytes(512)
    path.write_bytes(content)

    _, [segment] = Journal.open(tmp_path)

    assert (seqs(segment), segment.rot) == ([1, 2], None)


@pytest.mark.parametrize("place", [40, 200, -10])
def test_any_damage_in_a_closed_segment_is_rot(tmp_path, place):
    journal, _ = Journal.open(tmp_path)
    journal.append(group(1, 3))
    journal.rotate()
    journal.append(group(4, 1))
    path = min(tmp_path.glob("*.aj"))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    opened, [first, second] = Journal.open(tmp_path)

    assert (first.rot is None, second.rot) == (False, None)
    assert opened.is_stopped


def test_records_of_another_file_are_none(tmp_path):
    one = written(tmp_path / "one", group(1, 2))
    other = written(tmp_path / "other", group(1, 4))
    foreign = other.read_bytes()[one.stat().st_size :]
    head = bytearray(one.read_bytes())
    head[24] ^= 1
    (tmp_path / "mixed").mkdir()
    mixed = tmp_path / "mixed" / one.name
    mixed.write_bytes(bytes(head) + foreign)

    assert seqs(read_segment(mixed)) == []


def test_an_empty_file_and_a_half_header_are_an_unfinished_segment(tmp_path):
    written(tmp_path, group(1, 2))
    (tmp_path / "votes-0000000000000009.aj").write_bytes(b"ALPJ")

    journal, _ = Journal.open(tmp_path)
    journal.append(group(3, 1))

    [segment] = read_journal(tmp_path)
    assert seqs(segment) == [1, 2, 3]


def test_a_record_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="length"):
        frame(b"x" * 70_000, 0)


# ---- rotation ------------------------------------------------------------------------------


def test_rotation_closes_a_segment_and_chains_the_next(tmp_path):
    journal, _ = Journal.open(tmp_path)
    journal.append(group(1, 2))
    journal.rotate()
    journal.append(group(3, 1))
    journal.close()

    first, second = read_journal(tmp_path)
    assert (seqs(first), seqs(second)) == ([1, 2], [3])
    assert first.footer.body["n"] == 2
    assert second.header.previous == first.footer_checksum
    assert (first.rot, second.rot) == (None, None)


def test_a_large_segment_rotates_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr("alpclusters.live.journal.ROTATE_BYTES", 500)
    journal, _ = Journal.open(tmp_path)
    for first in range(1, 30, 5):
        journal.append(group(first, 5))

    found = read_journal(tmp_path)
    assert len(found) == 6
    assert [seq for segment in found for seq in seqs(segment)] == list(range(1, 31))


# ---- disks that fail -----------------------------------------------------------------------


class Failing(Files):
    """A disk that takes so many bytes, or whose syncs fail."""

    def __init__(self, room: int = 10**9, error: int = errno.ENOSPC) -> None:
        self.room, self.error = room, error
        self.syncs_to_fail = self.truncates_to_fail = 0
        self.calls: list[str] = []

    def write(self, descriptor, content):
        if self.room <= 0:
            raise OSError(self.error, "no room")
        part = content[: self.room]
        self.room -= len(part)
        self.calls.append("write")
        return super().write(descriptor, part)

    def fdatasync(self, descriptor):
        if self.syncs_to_fail:
            self.syncs_to_fail -= 1
            raise OSError(errno.EIO, "lost")
        self.calls.append("sync")
        super().fdatasync(descriptor)

    def ftruncate(self, descriptor, size):
        if self.truncates_to_fail:
            self.truncates_to_fail -= 1
            raise OSError(errno.EIO, "lost")
        self.calls.append("cut")
        super().ftruncate(descriptor, size)

    def fsync_dir(self, folder):
        self.calls.append("dir")
        super().fsync_dir(folder)


def test_a_new_segment_is_synced_and_named_before_it_is_used(tmp_path):
    files = Failing()

    written(tmp_path, group(1, 1), files=files)

    assert files.calls == ["write", "sync", "dir", "write", "sync"]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_a_full_disk_leaves_no_half_record_and_is_used_again_when_there_is_room(tmp_path, error):
    files = Failing(error=error)
    journal, _ = Journal.open(tmp_path, files)
    journal.append(group(1, 2))
    files.room = 100

    with pytest.raises(JournalFullError):
        journal.append(group(3, 2))
    files.room = 10**9
    journal.append(group(5, 2))

    [segment] = read_journal(tmp_path)
    assert (seqs(segment), segment.torn, segment.rot) == ([1, 2, 5, 6], 0, None)


def test_a_full_disk_at_the_first_segment_leaves_nothing(tmp_path):
    files = Failing(room=10)
    journal, _ = Journal.open(tmp_path, files)

    with pytest.raises(JournalFullError):
        journal.append(group(1, 2))
    files.room = 10**9
    journal.append(group(3, 1))

    [segment] = read_journal(tmp_path)
    assert seqs(segment) == [3]


def test_after_a_failed_sync_the_group_goes_into_a_new_segment(tmp_path):
    files = Failing()
    journal, _ = Journal.open(tmp_path, files)
    journal.append(group(1, 2))
    files.syncs_to_fail = 1

    journal.append(group(3, 2))
    journal.append(group(5, 1))

    first, second = read_journal(tmp_path)
    assert seqs(second) == [3, 4, 5]
    assert set(seqs(first)) >= {1, 2}
    assert (first.rot, second.rot) == (None, None)


def test_two_failed_syncs_stop_the_journal(tmp_path):
    files = Failing()
    journal, _ = Journal.open(tmp_path, files)
    journal.append(group(1, 2))
    files.syncs_to_fail = 2

    with pytest.raises(JournalStoppedError):
        journal.append(group(3, 2))
    with pytest.raises(JournalStoppedError):
        journal.append(group(5, 2))


def test_a_tail_that_cannot_be_cut_back_is_left_behind(tmp_path):
    files = Failing()
    journal, _ = Journal.open(tmp_path, files)
    journal.append(group(1, 2))
    files.room, files.truncates_to_fail = 100, 1

    with pytest.raises(JournalStoppedError):
        journal.append(group(3, 2))
    assert seqs(read_journal(tmp_path)[0]) == [1, 2]


# ---- inspect and salvage -------------------------------------------------------------------


def test_salvage_keeps_what_stands_before_and_behind_a_damage(tmp_path):
    path = written(tmp_path / "old", group(1, 3), group(4, 3))
    content = path.read_bytes()
    path.write_bytes(content.replace(b'[2,"rate"', b'[X,"rate"'))

    [finding] = look_at(tmp_path / "old")
    n = salvage(tmp_path / "old", tmp_path / "new")

    assert (finding.state, finding.lost) == ("rotten", (1, 3))
    [saved] = read_journal(tmp_path / "new")
    assert (n, seqs(saved), saved.rot) == (5, [1, 3, 4, 5, 6], None)


def test_what_was_salvaged_from_a_closed_segment_is_whole(tmp_path):
    journal, _ = Journal.open(tmp_path / "old")
    journal.append(group(1, 3))
    journal.append(group(4, 3))
    journal.close()
    (path,) = (tmp_path / "old").glob("votes-*.aj")
    content = path.read_bytes()
    path.write_bytes(content.replace(b'[2,"rate"', b'[X,"rate"'))

    n = salvage(tmp_path / "old", tmp_path / "new")

    (finding,) = look_at(tmp_path / "new")
    assert (n, finding.state, finding.n) == (5, "closed", 5)
