"""Guessing codes at 200 a second while a hall joins: how many are looked up, who is held up."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from alpclusters.live.gate import CAPACITY, PACE_PER_S, REFILL_PER_S, chance_of_a_hit
from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving

Say = Callable[[str], None]

FULL: Final = {"guesses_per_s": 200.0, "joins_per_s": 5.0, "seconds": 60.0}
SMALL: Final = {"guesses_per_s": 50.0, "joins_per_s": 5.0, "seconds": 2.0}
# A guess that was looked up is told that the code is unknown; one that found no place is not.
LOOKED_UP: Final = "422"


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Attack an installation with one open AlpCafé; compare with what the limit allows."""
    size = SMALL if small else FULL
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home)
        hall = run_in_hall(["-m", "alpclusters.cli.drill.hall"], environment, home / "hall.json")
        with serving(environment, home):
            say(f"{size['guesses_per_s']:g} guesses a second for {size['seconds']:g} s")
            plan = {"port": int(environment["ALPCLUSTERS_PORT"]), "link": hall["link"], **size}
            (home / "plan.json").write_text(json.dumps(plan))
            command = ["-m", "benchmarks._live_guesses", str(home / "plan.json")]
            figures = run_in_hall(command, environment, home / "attack.json")
    looked_up = figures["guesses_answered"].get(LOOKED_UP, 0)
    return {
        **size,
        **figures,
        "looked_up": looked_up,
        "allowed": CAPACITY + (PACE_PER_S + REFILL_PER_S) * size["seconds"],
        "chance_of_a_hit_a_day": chance_of_a_hit(1, len(hall["code"].replace("-", ""))),
    }
