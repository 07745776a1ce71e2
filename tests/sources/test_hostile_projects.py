"""Files of projects that mean harm or are damaged: a clear error, or plain text; nothing half."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.project_reading import ProjectReading
from alpclusters.sources.project_sources import guess_kind, open_projects
from alpclusters.sources.project_spool import ProjectSpool, spool_projects
from alpclusters.sources.project_values import MAX_TEXT, plain_text
from tests.factories import project_lists as lists

pytestmark = pytest.mark.unit


def spool(path, kind: str, place) -> ProjectReading:
    reading = open_projects(path, kind)
    spool_projects(reading, place)
    return reading


def archive(path, members: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path


def encrypted(data: bytes) -> bytes:
    """Set the flag of encryption in every directory entry."""
    broken = bytearray(data)
    place = broken.find(b"PK\x01\x02")
    while place >= 0:
        (flags,) = struct.unpack_from("<H", broken, place + 8)
        struct.pack_into("<H", broken, place + 8, flags | 1)
        place = broken.find(b"PK\x01\x02", place + 4)
    return bytes(broken)


def good() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("project.csv", lists.cordis_table(lists.PROJECT_HEADS, [lists.project(1)]))
        file.writestr("organization.csv", lists.cordis_table(lists.PARTNER_HEADS, []))
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.csv", b"0" * 50_000_000)
        file.writestr("organization.csv", b"")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: good()[:-40], "archive.unsafe"),
        (lambda: encrypted(good()), "archive.unsafe"),
        (bomb, "archive.unsafe"),
        (lambda: b"PK\x03\x04 and no more", "archive.unsafe"),
        (lambda: b"%PDF-1.7", "file.wrong_kind"),
        (lambda: b"", "file.empty"),
        (lambda: b"\x00" * 100, "file.nul"),
    ],
)
def test_an_archive_that_is_none_is_refused(tmp_path, make, code):
    path = tmp_path / "a.zip"
    path.write_bytes(make())
    with pytest.raises(FileFormatError) as caught:
        spool(path, "cordis", tmp_path / "s.sqlite")
    assert caught.value.code == code
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_damaged_member_is_found_before_anything_is_kept(tmp_path):
    data = bytearray(good())
    place = data.find(b"Simulated project")
    data[place : place + 4] = b"XXXX"
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(FileFormatError, match=r"archive\.unsafe"):
        spool(path, "cordis", tmp_path / "s.sqlite")
    assert not (tmp_path / "s.sqlite").exists()


def test_a_path_that_leads_out_of_an_archive_leads_nowhere(tmp_path):
    table = lists.cordis_table(lists.PROJECT_HEADS, [lists.project(1)])
    bodies = lists.cordis_table(lists.PARTNER_HEADS, [])
    inside = tmp_path / "deep"
    inside.mkdir()
    names = {"../../project.csv": table, "/etc/organization.csv": bodies, "../evil.sh": b"boo"}
    path = archive(inside / "a.zip", names)
    spool(path, "cordis", inside / "s.sqlite")
    assert {one.name for one in tmp_path.rglob("*")} == {"deep", "a.zip", "s.sqlite"}


def test_two_members_of_one_name_are_refused(tmp_path):
    table = lists.cordis_table(lists.PROJECT_HEADS, [lists.project(1)])
    path = archive(tmp_path / "a.zip", {"a/project.csv": table, "b/project.csv": table})
    with pytest.raises(FileFormatError, match=r"archive\.unsafe"):
        open_projects(path, "cordis")


def test_an_archive_without_projects_says_what_it_lacks(tmp_path):
    path = archive(tmp_path / "a.zip", {"readme.txt": b"nothing"})
    with pytest.raises(FileFormatError, match=r"archive\.member_missing.*project\.csv"):
        open_projects(path, "cordis")


@pytest.mark.parametrize(
    "text", ["[", "[{]", '[{"id": 1', "[1, 2]", '{"a": }', "[" * 100_000, '[{"id": 1}] x', "null"]
)
def test_json_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FileFormatError) as caught:
        spool(path, "keep", tmp_path / "s.sqlite")
    assert caught.value.code in {"project.bad_json", "project.no_list"}
    assert not (tmp_path / "s.sqlite").exists()


def test_json_that_is_cut_off_in_the_middle_leaves_nothing(tmp_path):
    path = lists.write_json(tmp_path / "a.json", [lists.keep_project(n) for n in range(300)])
    path.write_bytes(path.read_bytes()[:-5_000])
    with pytest.raises(FileFormatError, match=r"project\.bad_json"):
        spool(path, "keep", tmp_path / "s.sqlite")
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_odd_values_in_json_cost_no_other_project(tmp_path):
    odd = [
        lists.keep_project(1, partnerships="none", translations=[1], themes={"a": 1}, id=[]),
        lists.keep_project(2, total_budget={"x": 1}, start_date=7, partnerships=[None, {}, 3]),
        lists.keep_project(3),
    ]
    path = lists.write_json(tmp_path / "a.json", odd)
    spool(path, "keep", tmp_path / "s.sqlite")
    with ProjectSpool(tmp_path / "s.sqlite") as found:
        assert (found.facts.projects.records, found.facts.projects.rejected) == (2, 1)
        assert (found.facts.participations.records, found.facts.participations.rejected) == (2, 3)


def test_a_workbook_that_is_none_is_refused(tmp_path):
    path = archive(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<not xml"})
    with pytest.raises(FileFormatError):
        open_projects(path, "keep")


def test_another_encoding_is_read_with_a_note(tmp_path):
    row = lists.operation(1, Operation_Name_Programme_Language="Förderung für Käse")
    path = lists.write_kohesio(tmp_path / "k.csv", [row], encoding="cp1252")
    reading = open_projects(path, "kohesio")
    assert [note.code for note in reading.notes] == ["encoding.guessed"]
    assert next(iter(reading.things())).titles["de"] == "Förderung für Käse"
    marked = lists.write_kohesio(tmp_path / "u.csv", [row], encoding="utf-16")
    assert open_projects(marked, guess_kind(marked)).notes == ()


def test_scripts_and_tags_become_plain_text(tmp_path):
    evil = "<p>Aims &amp;amp; <b>means</b></p><script>alert(1)</script><img src=x onerror=alert(2)>"
    rows = [lists.project(1, objective=evil, title="<i>T</i>&lt;script&gt;x&lt;/script&gt;")]
    path = lists.write_cordis(tmp_path / "a.zip", rows)
    project = next(iter(open_projects(path, "cordis").things()))
    assert project.texts["aims"]["en"] == "Aims &amp; means"
    assert project.titles["en"] == "T"


@given(st.text(max_size=300))
def test_plain_text_holds_no_tag_and_no_control_character(text):
    plain = plain_text(text)
    assert not any(ord(c) < 32 and c != "\n" for c in plain)
    assert "\n\n\n" not in plain
    assert plain == plain.strip()


@given(st.text(alphabet="<>/abp =\"'!-&;script", max_size=200))
def test_whatever_stands_for_a_tag_no_script_survives(text):
    assert "<script" not in plain_text(f"{text}<script>alert(1)</script>").casefold().replace(
        " ", ""
    ) or "<script" in text.replace(" ", "")


def test_an_endless_text_is_cut_with_a_note(tmp_path):
    rows = [lists.project(1, objective="x" * (MAX_TEXT + 5))]
    path = lists.write_cordis(tmp_path / "a.zip", rows)
    project = next(iter(open_projects(path, "cordis").things()))
    assert len(project.texts["aims"]["en"]) == MAX_TEXT
    assert [note.code for note in project.notes] == ["project.cut"]


def test_a_mark_that_never_closes_costs_only_its_own_rows(tmp_path):
    table = lists.cordis_table(lists.PROJECT_HEADS, [lists.project(n) for n in (1, 2, 3)])
    broken = table.replace(b'"SIM-2"', b'"SIM-2')
    path = tmp_path / "project.csv"
    path.write_bytes(broken)
    spool(path, "cordis", tmp_path / "s.sqlite")
    with ProjectSpool(tmp_path / "s.sqlite") as found:
        counts = found.facts.projects
    assert counts.rows == counts.records + counts.rejected + counts.repeats
    assert counts.records >= 2
