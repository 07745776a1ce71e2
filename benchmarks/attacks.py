"""Attacks of one machine without an account: what they cost, and who reads and votes beside them.

Memory is that of the site's process; Linux only.
"""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.attacks import half_sent, send_giant
from alpclusters.cli.drill.beside import Beside
from alpclusters.cli.drill.processes import children_of
from alpclusters.cli.drill.sign_ins import sign_in_wrongly, spray
from alpclusters.cli.drill.wire import Place
from alpclusters.live.supervisor import raise_file_limit
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
BEGUN_S: Final = 3.0


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Attack an installation with one open AlpCafé."""
    size = SMALL if small else FULL
    raise_file_limit()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home)
        hall = run_in_hall(["-m", "alpclusters.cli.drill.hall"], environment, home / "hall.json")
        with serving(environment, home) as process:
            say("a body without end, half-sent bodies, wrong passwords")
            place = Place(int(environment["ALPCLUSTERS_PORT"]))
            figures = asyncio.run(_attack(place, hall, children_of(process.pid), size))
    return {**size, "attacks": figures}


async def _attack(
    place: Place, hall: dict[str, Any], processes: Mapping[str, int], size: Mapping[str, Any]
) -> dict[str, Any]:
    beside = await Beside.joined(place, hall, processes["live"])
    seconds = size["beside_s"]
    return {
        "nothing": await beside.watch(seconds),
        "giant_body": await send_giant(place, size["giant_mb"]),
        "half_sent": {
            str(n): await _beside_half_sent(beside, n, seconds) for n in size["half_sent"]
        },
        "sprayed": await spray(place, size["sprayed"]),
        "wrong_sign_ins": await sign_in_wrongly(place, size["sign_ins"], processes["site"]),
    }


async def _beside_half_sent(beside: Beside, n: int, seconds: float) -> dict[str, Any]:
    async with half_sent(beside.place, n):
        await asyncio.sleep(min(BEGUN_S, seconds))
        return await beside.watch(seconds)
