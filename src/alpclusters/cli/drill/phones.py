"""A phone of the hall: its connection, the keys it draws, and how long it waited."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.cli.drill.wire import Answer, Place, Wire, connect
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION

PATIENCE_S: Final = 60.0


@dataclass(slots=True)
class Phone:
    """Somebody in the hall: a cookie, and a connection that the server may close when idle."""

    wire: Wire
    cookie: str
    place: Place

    async def ask(self, request: bytes) -> Answer:
        """Ask; where the connection went away meanwhile, open another, as a browser does."""
        for _ in range(2):
            if self.wire.is_lost:
                self.wire = await connect(self.place)
            try:
                return await asyncio.wait_for(self.wire.ask(request), PATIENCE_S)
            except ConnectionError:
                continue
        return await asyncio.wait_for((await connect(self.place)).ask(request), PATIENCE_S)


def joining(**way_in: str) -> dict[str, Any]:
    """Write what a phone sends to join: by ``link`` or ``code``, agreeing to the present text."""
    return {**way_in, "language": "de", "consent": CONSENT_VERSION, "k": new_key()}


def new_key() -> str:
    """Draw a key as a phone does: 128 bits in 22 characters."""
    return secrets.token_urlsafe(16)


def percentiles(seconds: Sequence[float]) -> dict[str, float | int]:
    """Return n, median, 95th, 99th percentile and maximum in milliseconds."""
    if not seconds:
        return {"n": 0}
    ranked = sorted(seconds)

    def at(share: float) -> float:
        return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))] * 1000, 1)

    ends = {"p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": at(1.0)}
    return {"n": len(ranked), **ends}
