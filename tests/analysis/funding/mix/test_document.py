"""``mix.json``: the same bytes for the same case, honest status, nothing invented."""

import json

import pytest

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.case_files import case_digest
from alpclusters.analysis.funding.check.findings import Ceiling, Check, Violation
from alpclusters.analysis.funding.mix.document import Found, check_part, mix_document, mix_text
from tests.analysis.funding.mix.small import example

pytestmark = pytest.mark.unit
CELLS = (Cell("Y", "a2", 2_000_000, 1_000_000), Cell("Y", "a1", 4_000_000, 2_000_000))
WORTH = 3_000_000 - 150_000 - 50_000
VALID = Check(valid=True, violations=(), ceilings=())


def ceiling(subject: str, limit: int, used: int) -> Ceiling:
    values = ("case.cap", "", "", limit, used, limit - used, "RB-2021", "case")
    return Ceiling("ceiling", subject, *values)


def document(*, status="gap", bound=WORTH, check=VALID, **parts):
    found = Found(CELLS, bound, status, solver={"seed": 1, "work": 7, "versions": {}})
    return mix_document(example(), found, check, **parts)


def test_text_is_the_same_for_cells_in_another_order():
    mixed = Found(CELLS[::-1], WORTH, "gap", solver={"seed": 1, "work": 7, "versions": {}})

    assert mix_text(document()) == mix_text(mix_document(example(), mixed, VALID))


def test_document_names_its_case_and_its_notice():
    mix = document()

    assert mix["case_sha256"] == case_digest(example())
    assert (mix["notice_key"], mix["simulated"]) == ("funding.decision_support", True)
    assert json.loads(mix_text(mix)) == mix


def test_mix_at_its_bound_is_optimal():
    assert [document(bound=WORTH + more)["status"] for more in (0, 99, 100)] == [
        "optimal", "optimal", "gap",
    ]  # fmt: skip


def test_gap_is_part_of_the_bound():
    mix = document(bound=2 * WORTH)

    assert (mix["objective"], mix["bound"], mix["gap"]) == (WORTH, 2 * WORTH, 0.5)


def test_cancelled_search_stays_cancelled_even_at_its_bound():
    assert document(status="cancelled")["status"] == "cancelled"


def test_mix_that_breaks_a_rule_has_failed_and_keeps_its_worth_for_diagnosis():
    broken = Violation("over_cap", "/offers/1/cap_ct", "case.cap", over_ct=5)

    mix = document(check=Check(valid=False, violations=(broken,), ceilings=()))

    assert (mix["status"], mix["objective"]) == ("failed", WORTH)
    assert mix["check"]["violations"][0]["over_ct"] == 5


def test_bound_below_the_mix_is_no_bound():
    assert document(bound=WORTH - 1)["status"] == "failed"


def test_infeasible_case_has_no_worth():
    found = Found((), 0, "infeasible")

    mix = mix_document(example(), found, VALID, infeasible={"missing": [], "reason": []})

    assert (mix["status"], mix["objective"], mix["bound"], mix["gap"]) == (
        "infeasible", None, None, None,
    )  # fmt: skip


def test_tightest_ceiling_comes_first():
    wide, tight, broken = (ceiling("w", 100, 10), ceiling("t", 1000, 999), ceiling("b", 10, 11))

    found = check_part(Check(valid=False, violations=(), ceilings=(wide, tight, broken)))

    assert [item["subject"] for item in found["ceilings"]] == ["b", "t", "w"]
