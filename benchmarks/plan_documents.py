"""A plan of a hundred pages and more as PDF, DOCX, HTML and XLSX: seconds, pages, memory.

Each file is written in a new process, because the typesetter remembers what it set before. The
processor's time is judged: on a machine with other work the clock says little. All data are
simulated.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall

ACTIONS: Final = 68
SMALL_ACTIONS: Final = 4
ENDINGS: Final = ("pdf", "docx", "html", "xlsx")
ALLOWED_CPU_S: Final = {"pdf": 3.0, "docx": 5.0}
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return what each format took."""
    n = SMALL_ACTIONS if small else ACTIONS
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home, "")

        def step(wish: str) -> dict[str, Any]:
            say(wish)
            program = ["-m", "benchmarks._plan_documents_run", wish, str(n)]
            return run_in_hall(program, environment, home / "answer.json")

        step("fill")
        found = {ending: step(ending) for ending in ENDINGS}
    kept = {ending: found[ending]["write_cpu_s"] <= most for ending, most in ALLOWED_CPU_S.items()}
    return {"actions": n, "formats": found, "allowed_cpu_s": ALLOWED_CPU_S, "kept": kept}
