"""A mix computed in a process of its own: the same bytes, killed cleanly, cancelled in time."""

import json
import os
import signal
import subprocess

import pytest

from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.funding.domain.mixing import compute_mix
from alpclusters.platform.funding.domain.mixing import processes as parents
from alpclusters.platform.funding.domain.mixing.folders import Asked, put_result
from alpclusters.platform.funding.domain.mixing.processes import WorkerEndedError
from alpclusters.platform.funding.domain.mixing.worker import NO_MEMORY, Messenger
from tests.factories.mixes import BEST_CT, example_case, tiny_mix

pytestmark = [pytest.mark.integration, pytest.mark.slow]

# A process that does one thing and never computes a mix.
CHILD = "import os, sys, time\n{}\n"


@pytest.fixture
def child_that(monkeypatch):
    """Let the process do something else instead of computing."""

    def use(code: str) -> None:
        command = [parents.sys.executable, "-I", "-c", CHILD.format(code)]
        monkeypatch.setattr(parents, "_command", lambda folder: [*command, str(folder)])

    return use


@pytest.fixture(scope="module")
def mix():
    """The mix of the tiny example, from a process of its own."""
    return compute_mix(example_case())


def test_same_case_and_seed_give_the_same_bytes(mix):
    again = compute_mix(example_case())

    assert mix_text(mix) == mix_text(again)
    assert mix_text(mix) == mix_text(tiny_mix())


def test_mix_of_the_tiny_example_is_the_best_one_and_valid(mix):
    assert (mix["status"], mix["check"]["valid"]) == ("optimal", True)
    assert BEST_CT - 10 <= mix["objective"] <= mix["bound"] <= BEST_CT


def test_progress_is_told_before_the_end():
    said = []

    compute_mix(example_case("partnership"), progress=said.append)

    assert said
    assert set(said[0]) == {"phase", "round", "objective", "bound", "gap"}


def test_refused_offer_is_not_in_the_mix():
    mix = compute_mix(example_case(), rejected=("X",), with_extras=False)

    assert {item["id"] for item in mix["offers"] if item["used"]} == {"V", "Y", "Z"}
    assert (mix["alternatives"], mix["scenarios"], mix["beside"]) == ([], [], None)


def test_bad_case_starts_no_process(child_that):
    child_that("open('/nowhere', 'w')")
    data = example_case()
    data["lines"][0]["cost_ct"] = -1

    with pytest.raises(CaseError) as refused:
        compute_mix(data)

    assert [fault.pointer for fault in refused.value.faults] == ["/lines/0/cost_ct"]


def test_wishes_that_cannot_hold_are_explained():
    wish = {"type": "min_total", "amount_ct": 10**9}

    mix = compute_mix(example_case(wishes=[wish]))

    assert (mix["status"], mix["objective"]) == ("infeasible", None)
    assert [item["subject"] for item in mix["infeasible"]["reason"]] == ["wish:0"]
    assert mix["infeasible"]["missing"][0]["missing_ct"] > 0


def test_killed_process_leaves_no_mix(child_that):
    child_that("os.kill(os.getpid(), 9)")

    with pytest.raises(WorkerEndedError) as ended:
        compute_mix(example_case())

    assert ended.value.values == {"reason": "killed"}


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="no limit of time on this system")
def test_process_above_its_time_is_said_to_be(child_that):
    child_that("os.kill(os.getpid(), 24)")

    with pytest.raises(WorkerEndedError) as ended:
        compute_mix(example_case())

    assert ended.value.values == {"reason": "time"}


def test_process_above_its_memory_is_said_to_be(child_that):
    child_that(f"sys.exit({NO_MEMORY})")

    with pytest.raises(WorkerEndedError) as ended:
        compute_mix(example_case())

    assert ended.value.values == {"reason": "memory"}


def test_process_without_a_result_has_failed(child_that):
    child_that("")

    with pytest.raises(WorkerEndedError):
        compute_mix(example_case())


def test_wish_to_cancel_reaches_the_process(child_that):
    # It ends as soon as it sees the wish, with a mix.
    child_that(
        "folder = sys.argv[1]\n"
        "while not os.path.exists(folder + '/cancel'): time.sleep(0.01)\n"
        "open(folder + '/mix.json', 'w').write('{\"status\": \"cancelled\"}')"
    )

    assert compute_mix(example_case(), cancelled=lambda: True) == {"status": "cancelled"}


def test_process_dies_with_an_error_of_its_caller(child_that):
    child_that("print('{\"pid\": %s}' % os.getpid(), flush=True)\ntime.sleep(600)")
    seen = []

    def stop(message):
        seen.append(message["pid"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute_mix(example_case(), progress=stop)

    with pytest.raises(ProcessLookupError):
        os.kill(seen[0], 0)


def test_messages_come_at_most_four_times_a_second(tmp_path, monkeypatch):
    clock = iter(n / 10 for n in range(1, 1000))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with (tmp_path / "out").open("w+") as out:
        messenger = Messenger(out, tmp_path)
        for n in range(30):
            messenger.tell({"phase": "start", "round": n})
        out.seek(0)
        said = out.read().splitlines()

    # Thirty messages in three seconds.
    assert 8 <= len(said) <= 12


def test_search_goes_on_until_the_wish_to_cancel_is_there(tmp_path):
    with (tmp_path / "out").open("w") as out:
        messenger = Messenger(out, tmp_path)
        before = messenger.tell({"phase": "start"})
        (tmp_path / "cancel").touch()

        assert (before, messenger.tell({"phase": "start"})) == (True, False)


def test_result_is_there_as_a_whole_or_not_at_all(tmp_path):
    put_result(tmp_path, "{}")

    assert [path.name for path in tmp_path.iterdir()] == ["mix.json"]


def test_case_comes_out_of_its_folder_as_it_went_in(tmp_path):
    asked = Asked(example_case(), ("X",), with_extras=False)
    (tmp_path / "case.json").write_text(asked.text(), encoding="utf-8")

    assert Asked.read(tmp_path) == asked


def test_solver_prints_nothing_between_the_messages():
    code = (
        "import json, sys\n"
        "from alpclusters.platform.funding.domain.mixing import compute_mix\n"
        "compute_mix(json.load(sys.stdin))"
    )
    done = subprocess.run(
        [parents.sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": "src"}, input=json.dumps(example_case()),
    )  # fmt: skip

    assert done.stdout == ""
