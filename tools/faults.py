"""Sow known faults into a copy of the program, one at a time, and ask who notices.

    python -m tools.faults                      all of them
    python -m tools.faults analysis www         of some layers
    python -m tools.faults --only "cut-back"    whose name has these words

A fault is a line of ``tests/faults/LAYER.toml``: which file, what stands there, what stands there
instead, and the tests that must notice. It is caught if one of them fails. The end says how many
of each layer were caught; status 1 if fewer than 95 in a hundred were in any of them, status 2 if a
fault does not fit the program any more or its tests do not run.
"""

import argparse
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "tests" / "faults"
PACKAGE: Final = Path("src") / "alpclusters"
COPIED: Final = ("src", "tests", "tools", "docs", "benchmarks", "pyproject.toml", "alpclusters")
BAR: Final = 0.95
NOTICED: Final = {True: "caught", False: "MISSED"}
SLOWEST_S: Final = 900
# Status of pytest if a test failed; Python itself ends with it too, if pytest could not begin.
FAILED: Final = 1
SAYS_FAILED: Final = re.compile(r"^(FAILED|ERROR) ", re.MULTILINE)
COLUMNS: Final = frozenset({"name", "file", "old", "new", "tests"})


class UnfitError(Exception):
    """A fault that cannot be sown, or whose tests cannot be run."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake somebody could make.

    Attributes
    ----------
    layer, name : str
    file : str
        Below ``src/alpclusters``.
    old, new : str
        What stands there exactly once, and what the mistake makes of it.
    tests : tuple of str
        Files or single tests, one of which must fail; of files of the program, their examples.
    """

    layer: str
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def sown_in(self, text: str) -> str:
        """Return the text of the file with the fault.

        Raises
        ------
        UnfitError
            What should be there is not, or more than once, or the fault changes nothing.
        """
        if text.count(self.old) != 1 or self.old == self.new:
            found = f"{text.count(self.old)} times in {self.file}"
            raise UnfitError(f"{self.layer}: {self.name}: {self.old!r} stands {found}")
        return text.replace(self.old, self.new)


def read_faults(folder: Path = FOLDER) -> list[Fault]:
    """Read all faults, ordered by layer and as they stand.

    Raises
    ------
    UnfitError
        A fault has other columns than it should, or two have one name.
    """
    found = []
    for path in sorted(folder.glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["fault"]:
            if set(row) != COLUMNS:
                raise UnfitError(
                    f"{path.name}: {row.get('name')}: not the columns {sorted(COLUMNS)}"
                )
            found.append(Fault(path.stem, **{**row, "tests": tuple(row["tests"])}))
    names = [fault.name for fault in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UnfitError(f"more than once: {sorted(twice)}")
    return found


def copy_program(to: Path) -> Path:
    """Copy what programs and tests need, with what Python translated of it already."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, symlinks=True)
        else:
            shutil.copy2(ROOT / name, to / name)
    return to


def is_caught(fault: Fault, copy: Path) -> bool:
    """Sow the fault into the copy, run its tests, and put things right again.

    Raises
    ------
    UnfitError
        It does not fit, or its tests do not run.
    """
    path = copy / PACKAGE / fault.file
    if not path.is_file():
        raise UnfitError(f"{fault.layer}: {fault.name}: there is no {fault.file}")
    right, times = path.read_text("utf-8"), path.stat()
    path.write_text(fault.sown_in(right), "utf-8")
    try:
        status, said = _run_tests(copy, fault.tests)
    finally:
        path.write_text(right, "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    if status not in {0, FAILED} or (status == FAILED and not SAYS_FAILED.search(said)):
        raise UnfitError(f"{fault.layer}: {fault.name}: pytest ended with {status}\n{said}")
    return status == FAILED


def _run_tests(copy: Path, tests: Iterable[str]) -> tuple[int, str]:
    chosen = ("-x", "-q", "-rfE", "-p", "no:cacheprovider", "-m", "not full and not e2e")
    doctests = ["--doctest-modules"] if any(test.startswith("src/") for test in tests) else []
    command = [sys.executable, "-m", "pytest", *chosen, *doctests, *tests]
    homes = {"ALPCLUSTERS_TEST_HOMES": str(copy.parent / "homes")}
    # Ahead of the program that the environment knows.
    environment = os.environ | homes | {"PYTHONPATH": str(copy / "src")}
    for name in ("PYTEST_ADDOPTS", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=copy, env=environment, capture_output=True, text=True,
            timeout=SLOWEST_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        # A program that never ends is noticed too.
        return FAILED, "FAILED to end"
    return done.returncode, (done.stdout + done.stderr)[-2000:]


@contextmanager
def copies(n: int) -> "Iterator[queue.Queue[Path]]":
    """Yield that many copies of the program, to be taken and given back."""
    with tempfile.TemporaryDirectory(prefix="alpfaults.") as folder:
        free: queue.Queue[Path] = queue.Queue()
        for number in range(n):
            free.put(copy_program(Path(folder) / str(number)))
        yield free


def try_all(faults: list[Fault], *, hands: int) -> dict[Fault, bool | UnfitError]:
    """Try each fault, several at a time; print each outcome as it comes."""
    found: dict[Fault, bool | UnfitError] = {}
    with copies(hands) as free, ThreadPoolExecutor(hands) as pool:

        def one(fault: Fault) -> None:
            copy, begun = free.get(), time.monotonic()
            try:
                outcome: bool | UnfitError = is_caught(fault, copy)
            except UnfitError as error:
                outcome = error
            finally:
                free.put(copy)
            found[fault] = outcome
            word = "UNFIT" if isinstance(outcome, UnfitError) else NOTICED[outcome]
            took = time.monotonic() - begun
            print(f"{word:7} {took:4.0f} s  {fault.layer}: {fault.name}", flush=True)

        list(pool.map(one, faults))
    return found


def verdict(found: dict[Fault, bool | UnfitError]) -> int:
    """Print a line for each layer and return the status of the command."""
    layers: dict[str, list[bool]] = defaultdict(list)
    unfit = [outcome for outcome in found.values() if isinstance(outcome, UnfitError)]
    for fault, outcome in found.items():
        if isinstance(outcome, bool):
            layers[fault.layer].append(outcome)
    for error in unfit:
        print(error)
    for layer, caught in sorted(layers.items()):
        print(f"{layer}: {sum(caught)} of {len(caught)} caught")
    if unfit:
        return 2
    return int(any(sum(caught) < BAR * len(caught) for caught in layers.values()))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its status."""
    parser = argparse.ArgumentParser(description="Sow faults and ask which tests notice.")
    parser.add_argument("layers", nargs="*", help="names of files in tests/faults")
    parser.add_argument("--only", default="", help="words in the name of a fault")
    parser.add_argument("--hands", type=int, default=2, help="how many at a time")
    chosen = parser.parse_args(arguments)
    try:
        faults = [
            fault
            for fault in read_faults()
            if (not chosen.layers or fault.layer in chosen.layers) and chosen.only in fault.name
        ]
    except UnfitError as error:
        print(error)
        return 2
    if not faults:
        print("no such fault")
        return 2
    return verdict(try_all(faults, hands=chosen.hands))


if __name__ == "__main__":
    sys.exit(main())
