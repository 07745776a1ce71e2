"""Large texts: looked through once, then streamed; damage told with its line."""

import io
import zipfile

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources import streams
from alpclusters.sources.streams import open_text

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_streamed_in_every_encoding_from_file_and_memory(tmp_path, encoding):
    data = "Größe\r\nzwei\n".encode(encoding)
    path = tmp_path / "x.csv"
    path.write_bytes(data)

    for source in (path, data):
        text = open_text(source, name="x.csv")
        assert list(text.lines()) == ["Größe\r\n", "zwei\n"]
        assert list(text.lines()) == ["Größe\r\n", "zwei\n"]
        assert text.n_bytes == len(data)


def test_signs_cut_by_the_end_of_a_piece_are_whole(monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", 5)

    text = open_text(("ä" * 50 + "\n").encode(), name="x.csv")

    assert (text.encoding, text.notes) == ("utf-8", ())


def test_line_without_end_comes_in_pieces(monkeypatch):
    monkeypatch.setattr(streams, "LINE_LIMIT", 4)

    assert list(open_text(b"abcdefghij", name="x.csv").lines()) == ["abcd", "efgh", "ij"]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"a\nb\nc\0d", "file.nul", 3),
        (b"a\nb\x81\xff", "file.encoding", 2),
        (b"\xff\xfea\0\n\0\x00", "file.encoding", 2),
        (b" \n \n", "file.empty", None),
        (b"\x1f\x8bzipped", "file.wrong_kind", None),
    ],
)
def test_damage_is_told_with_its_line(data, code, line):
    with pytest.raises(FileFormatError) as caught:
        open_text(data, name="x.csv")

    assert (caught.value.code, caught.value.where.line) == (code, line)


@pytest.mark.parametrize("twice", ["wanted.csv", "other.csv"])
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_an_archive_that_holds_a_name_twice_is_refused(twice):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("wanted.csv", "other.csv", twice):
            archive.writestr(name, "a;b\n")

    with pytest.raises(FileFormatError) as caught:
        open_text(target.getvalue(), name="x.zip", member="wanted.csv")

    assert caught.value.code == "archive.unsafe"


def test_folder_is_refused(tmp_path):
    with pytest.raises(FileFormatError) as caught:
        open_text(tmp_path, name="x.csv")

    assert caught.value.code == "file.not_a_file"
