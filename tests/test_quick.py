"""What ``./check fast`` keeps, and what it leaves to the whole check."""

from types import SimpleNamespace

import pytest

from tests.quick import FIRST_OF_A_FILE, quick

pytestmark = pytest.mark.unit


def a_test(name: str, *marks: str) -> SimpleNamespace:
    return SimpleNamespace(nodeid=f"tests/{name}", get_closest_marker=lambda mark: mark in marks)


def names(*items: SimpleNamespace) -> list[str]:
    return [item.nodeid.removeprefix("tests/") for item in quick(items)]


def test_every_unit_test_is_asked_in_one_case():
    cases = [a_test(f"a.py::test_{i}[{case}]", "unit") for i in range(9) for case in "xyz"]

    assert names(*cases) == [f"a.py::test_{i}[x]" for i in range(9)]


def test_of_files_with_a_database_the_first_are_asked():
    first, second = (
        [a_test(f"{file}.py::test_{i}", "integration") for i in range(9)] for file in "ab"
    )

    kept = [f"{file}.py::test_{i}" for file in "ab" for i in range(FIRST_OF_A_FILE)]
    assert names(*first, *second) == kept


def test_one_in_many_cases_counts_once():
    cases = [a_test(f"a.py::test_0[{i}]", "integration") for i in range(9)]
    last = a_test("a.py::test_1", "integration")

    assert names(*cases, last) == ["a.py::test_0[0]", "a.py::test_1"]


def test_what_takes_long_is_left_out_and_the_next_one_asked():
    long = a_test("a.py::test_0", "integration", "slow")
    others = [a_test(f"a.py::test_{i}", "integration") for i in range(1, 9)]

    kept = [f"a.py::test_{i}" for i in range(1, 1 + FIRST_OF_A_FILE)]
    assert names(long, a_test("b.py::test_0", "unit", "slow"), *others) == kept


def test_a_gate_runs_whole():
    cases = [
        a_test(f"a.py::test_{i}[{case}]", "integration", "gate") for i in range(5) for case in "xy"
    ]

    assert len(names(*cases)) == len(cases)
