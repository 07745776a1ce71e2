"""The pinned packages against a file of known vulnerabilities: made by ourselves, all invented."""

import json
import zipfile
from pathlib import Path

import pytest

from tools.advisories import compare, main, read
from tools.licences import locked

pytestmark = pytest.mark.unit


def advisory(*events: dict[str, str], name: str = "django", **more: object) -> dict[str, object]:
    span = {"type": "ECOSYSTEM", "events": list(events)}
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [span]}
    return {"id": "TEST-1", "modified": "2026-11-01T00:00:00Z", "affected": [affected], **more}


def names(found: dict[str, object], version: str) -> bool:
    return bool(compare(iter([found]), [("Django", version)]))


@pytest.mark.parametrize(
    ("version", "is_named"),
    [
        ("4.1", False),
        ("4.2", True),
        ("4.2.9", True),
        ("4.2.10", False),
        ("5.0", True),
        ("6.0", True),
    ],
)
def test_version_is_named_between_introduction_and_mending(version: str, *, is_named: bool) -> None:
    found = advisory(
        {"introduced": "4.2"}, {"fixed": "4.2.10"}, {"introduced": "5.0"}, {"last_affected": "6.0"}
    )

    assert names(found, version) is is_named


def test_last_affected_version_is_the_last() -> None:
    assert not names(advisory({"introduced": "0"}, {"last_affected": "6.0"}), "6.0.1")


def test_order_of_the_events_does_not_matter() -> None:
    assert names(advisory({"fixed": "4.2.10"}, {"introduced": "4.2"}), "4.2.3")


def test_advisory_that_was_withdrawn_counts_no_more() -> None:
    assert not names(advisory({"introduced": "0"}, withdrawn="2026-11-02T00:00:00Z"), "4.2")


def test_package_of_another_world_with_the_same_name_does_not_count() -> None:
    found = advisory({"introduced": "0"})
    found["affected"][0]["package"]["ecosystem"] = "npm"

    assert not names(found, "4.2")


def test_listed_version_counts_without_a_range() -> None:
    found = advisory()
    found["affected"][0]["versions"] = ["4.2"]

    assert (names(found, "4.2"), names(found, "4.3")) == (True, False)


def test_file_archive_and_folder_are_read_alike(tmp_path: Path) -> None:
    text = json.dumps(advisory({"introduced": "0"}))
    file = tmp_path / "one.json"
    file.write_text(text)
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("TEST-1.json", text)

    assert list(read(file)) == list(read(archive)) == list(read(tmp_path))


def test_affected_package_of_the_lock_ends_with_one(tmp_path: Path, capsys) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(advisory({"introduced": "0"}, {"fixed": "9999"}, name="Django")))
    version = dict(locked())["django"]

    assert main([str(file)]) == 1
    assert f"django {version}: TEST-1, mended in 9999" in capsys.readouterr().out


def test_nothing_affected_ends_with_zero_and_names_the_day(tmp_path: Path, capsys) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(advisory({"introduced": "0"}, name="no-such-package")))

    assert main([str(file)]) == 0
    assert "1 advisories until 2026-11-01" in capsys.readouterr().out


def test_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text('{"id": ')

    with pytest.raises(ValueError, match=r"cut\.json: this is no JSON"):
        list(read(tmp_path))
