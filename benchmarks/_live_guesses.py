"""Somebody who guesses codes while a hall joins by QR code, in a process of its own.

    python -m benchmarks._live_guesses PLAN.json ANSWER.json    writes one JSON object

Open loop: guesses leave at their planned times, whatever became of the earlier ones.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.phones import joining, percentiles
from alpclusters.cli.drill.wire import Place, connect, post

SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do; rates per second."""

    port: int
    link: str
    guesses_per_s: float
    joins_per_s: float
    seconds: float
    seed: int = 1


class Attack:
    """One run."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.place = plan, Place(plan.port)
        self.chance = random.Random(plan.seed)  # noqa: S311 - an attacker's guesses
        self.guesses: Counter[str] = Counter()
        self.joins: Counter[str] = Counter()
        self.join_times: list[float] = []

    async def run(self) -> dict[str, Any]:
        """Guess and join side by side; return what became of both."""
        guessing = asyncio.gather(*self._planned(self.plan.guesses_per_s, self._guess))
        await asyncio.gather(*self._planned(self.plan.joins_per_s, self._join))
        guessing.cancel()
        await asyncio.gather(guessing, return_exceptions=True)
        return {
            "guesses": round(self.plan.guesses_per_s * self.plan.seconds),
            "guesses_answered": dict(sorted(self.guesses.items())),
            "joins_answered": dict(sorted(self.joins.items())),
            "join": percentiles(self.join_times),
        }

    def _planned(self, per_s: float, act: Any) -> list[Any]:
        start = time.monotonic() + 0.2
        return [act(start + n / per_s) for n in range(round(per_s * self.plan.seconds))]

    async def _guess(self, planned: float) -> None:
        code = "".join(self.chance.choices(SIGNS, k=CODE_LENGTH))
        self.guesses[str(await self._post(planned, {"code": code}))] += 1

    async def _join(self, planned: float) -> None:
        self.joins[str(await self._post(planned, {"link": self.plan.link}))] += 1
        self.join_times.append(time.monotonic() - planned)

    async def _post(self, planned: float, what: dict[str, str]) -> int:
        await asyncio.sleep(max(0.0, planned - time.monotonic()))
        body = joining(**what)
        wire = await connect(self.place)
        try:
            request = post("/live/join", json.dumps(body).encode(), at=self.place)
            return (await wire.ask(request)).status
        finally:
            wire.close()


def main() -> int:
    """Read the plan, run it, write the figures."""
    plan = Plan(**json.loads(Path(sys.argv[1]).read_text()))
    Path(sys.argv[2]).write_text(json.dumps(asyncio.run(Attack(plan).run())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
