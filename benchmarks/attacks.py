"""Attacks of one machine without an account: what they cost, and who reads and votes beside them.

Memory is that of the site's process; Linux only.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks._attacks import children_of
from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving

Say = Callable[[str], None]

FULL: Final = {
    "giant_mb": 500,
    "half_sent": [105, 1_000],
    "sign_ins": 100,
    "sprayed": 40,
    "beside_s": 20.0,
}
SMALL: Final = {
    "giant_mb": 20,
    "half_sent": [105],
    "sign_ins": 8,
    "sprayed": 4,
    "beside_s": 2.0,
}


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Attack an installation with one open AlpCafé."""
    size = SMALL if small else FULL
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home)
        hall = run_in_hall(["-m", "benchmarks._live_hall"], environment, home / "hall.json")
        with serving(environment, home) as process:
            say("a body without end, half-sent bodies, wrong passwords")
            children = list(children_of(process.pid))
            plan = {
                "port": int(environment["ALPCLUSTERS_PORT"]),
                **{
                    name: next(n for n, words in children if f" {name} " in words)
                    for name in ("site", "live")
                },
                **{name: hall[name] for name in ("event", "link", "measures", "criteria")},
                **size,
            }
            (home / "plan.json").write_text(json.dumps(plan))
            command = ["-m", "benchmarks._attacks", str(home / "plan.json")]
            figures = run_in_hall(command, environment, home / "attack.json")
    return {**size, "attacks": figures}
