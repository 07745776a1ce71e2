"""A result folder is whole or not there, also where Ctrl+C comes at the worst moment."""

from pathlib import Path

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.cli.output_folder import check_target, whole_folder

pytestmark = pytest.mark.integration


def write(target: Path, text: str) -> None:
    with whole_folder(target) as folder:
        (folder / "summary.json").write_text(text)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def interrupted_after(monkeypatch: pytest.MonkeyPatch, name: str, call: int) -> None:
    """Let Ctrl+C come just after the given call of a method of paths."""
    done = getattr(Path, name)
    calls = []

    def interrupt(self, *arguments, **options):
        result = done(self, *arguments, **options)
        calls.append(self)
        if len(calls) == call:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Path, name, interrupt)


def test_it_appears_with_all_that_was_written(tmp_path):
    write(tmp_path / "new" / "out", "first")

    assert contents(tmp_path) == {"new/out/summary.json": "first"}
    assert (tmp_path / "new" / "out").stat().st_mode & 0o777 == 0o755


def test_an_earlier_one_is_replaced(tmp_path):
    write(tmp_path / "out", "first")
    check_target(tmp_path / "out", force=True)
    write(tmp_path / "out", "second")

    assert contents(tmp_path) == {"out/summary.json": "second"}


def test_what_fails_while_it_is_written_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        write(tmp_path / "out", None)

    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_it_is_made_leaves_nothing(tmp_path, monkeypatch):
    # The first call makes the parent sure, the second one the folder.
    interrupted_after(monkeypatch, "mkdir", 2)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", "first")

    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_an_earlier_one_is_replaced_keeps_it(tmp_path, monkeypatch):
    write(tmp_path / "out", "first")
    # The earlier one is already out of the way.
    interrupted_after(monkeypatch, "rename", 1)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", "second")

    assert contents(tmp_path) == {"out/summary.json": "first"}


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(InputError) as caught:
        write(tmp_path / "file" / "out", "first")

    assert (caught.value.code, caught.value.where.file) == (
        "output.unwritable",
        str(tmp_path / "file" / "out"),
    )
