"""Known faults: each still fits the program; the runner tells those caught from those missed."""

from pathlib import Path

import pytest

from tools import faults

pytestmark = pytest.mark.unit

ALL = faults.read_faults()


@pytest.mark.parametrize("layer", sorted({fault.layer for fault in ALL}))
def test_each_fault_fits_the_program_and_its_tests_are_there(layer):
    for fault in ALL:
        if fault.layer == layer:
            fault.sown_in((faults.ROOT / faults.PACKAGE / fault.file).read_text("utf-8"))
            for test in fault.tests:
                assert (faults.ROOT / test.partition("::")[0]).exists(), (fault.name, test)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program of one function, and two tests of which one looks closely."""
    root = tmp_path / "program"
    package = root / faults.PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "adult.py").write_text("def is_adult(age):\n    return age >= 18\n", "utf-8")
    (root / "tests").mkdir()
    for name, age in (("close", 18), ("far", 50)):
        (root / "tests" / f"test_{name}.py").write_text(
            "from alpclusters.adult import is_adult\n\n\n"
            f"def test_{name}():\n    assert is_adult({age})\n",
            "utf-8",
        )
    monkeypatch.setattr(faults, "ROOT", root)
    monkeypatch.setattr(faults, "COPIED", ("src", "tests"))
    return root


def fault_noticed_by(*tests: str, **changes: str) -> faults.Fault:
    columns = {"file": "adult.py", "old": ">= 18", "new": "> 18"} | changes
    return faults.Fault("people", " ".join(tests), tests=tests, **columns)


@pytest.mark.slow
def test_a_fault_is_caught_where_a_test_fails_and_the_program_is_put_right(program, capsys):
    close, far = (fault_noticed_by(f"tests/test_{name}.py") for name in ("close", "far"))

    found = faults.try_all([close, far, close], hands=1)

    assert found == {close: True, far: False}
    assert faults.verdict(found) == 1
    assert "people: 1 of 2 caught" in capsys.readouterr().out
    assert (program / faults.PACKAGE / "adult.py").read_text("utf-8").count(">= 18") == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"old": "< 18"}, "stands 0 times"),
        ({"old": "a"}, "times in adult.py"),
        ({"file": "child.py"}, "there is no child.py"),
        ({"new": ">="}, "pytest ended with"),
    ],
)
@pytest.mark.usefixtures("program")
@pytest.mark.slow
def test_a_fault_that_fits_no_more_is_said(changes, why, capsys):
    found = faults.try_all([fault_noticed_by("tests/test_close.py", **changes)], hands=1)

    assert faults.verdict(found) == 2
    assert why in capsys.readouterr().out


@pytest.mark.usefixtures("program")
@pytest.mark.slow
def test_tests_that_are_not_there_are_said(capsys):
    assert faults.verdict(faults.try_all([fault_noticed_by("tests/test_no.py")], hands=1)) == 2
    assert "pytest ended with 4" in capsys.readouterr().out


def test_a_fault_with_a_column_too_many_is_refused(tmp_path: Path):
    (tmp_path / "people.toml").write_text('[[fault]]\nname = "x"\nwho = "y"\n', "utf-8")

    with pytest.raises(faults.UnfitError, match=r"people\.toml: x"):
        faults.read_faults(tmp_path)
