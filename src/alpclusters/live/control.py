"""The control socket: what the site and the commands ask of the running live process."""

import asyncio
import inspect
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from alpclusters.live import gateway
from alpclusters.live.front import Front
from alpclusters.live.gate import QueueFullError
from alpclusters.live.wire import as_json
from alpclusters.platform.cafe.domain.codes import is_code, normalise_code
from alpclusters.platform.sockets import bind_privately

LONGEST_LINE: Final = 4 * 1024 * 1024
LONGEST_WAIT_S: Final = 10.0
# A form that waits holds a thread of the site; an attacker must not get all of them.
MAX_FORMS: Final = 8

log = logging.getLogger("alpclusters.live")

type Line = dict[str, Any]


class Control:
    """Serves one JSON object per line, one line back for each.

    Parameters
    ----------
    front : Front
    path : Path
        Of the socket; only this user may open it.
    missing : callable
        Names what does not serve.
    """

    def __init__(
        self, front: Front, path: Path, missing: Callable[[], Awaitable[list[str]]]
    ) -> None:
        self.front, self.path, self._missing = front, path, missing
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._n_forms = 0

    async def start(self) -> None:
        """Listen; what a killed process left is replaced."""
        self._server = await asyncio.start_unix_server(
            self._talk, sock=bind_privately(self.path), limit=LONGEST_LINE
        )

    async def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is None:
            return
        self._server.close()
        for writer in list(self._open):
            writer.close()
        self.path.unlink(missing_ok=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while line := await reader.readline():
                writer.write(as_json(await self.answer(line)) + b"\n")
                await writer.drain()
        except (ConnectionError, ValueError):
            # The other side went away, or a line has no end.
            return
        finally:
            self._open.discard(writer)
            writer.close()

    async def answer(self, line: bytes) -> Line:
        """Answer one line; a mistake of ours must not end the conversation."""
        try:
            message = json.loads(line)
            if not isinstance(message, dict):
                return {"ok": False, "code": "not_an_object"}
            return await self._do(message)
        except ValueError:
            return {"ok": False, "code": "not_json"}
        except Exception:
            log.exception("a line on the control socket failed")
            return {"ok": False, "code": "failed"}

    async def _do(self, message: Line) -> Line:
        match message.get("op"):
            case "gate":
                return await self._gate(message)
            case "metrics":
                return {"ok": True, "metrics": figures(self.front)}
            case "ready":
                return {"ok": True, "missing": await self._missing()}
        answer = gateway.answer(self.front.intake, message)
        found: Line = await answer if inspect.isawaitable(answer) else answer
        if message.get("op") == "reload" and found.get("ok"):
            self.front.check_listeners(int(message["event"]))
        return found

    async def _gate(self, message: Line) -> Line:
        """Look a typed code up for a form of the site; the same bucket, the same queue."""
        code = normalise_code(str(message.get("code", "")))
        if not is_code(code):
            return {"ok": True, "event": None}
        is_crowded = self._n_forms >= MAX_FORMS
        wait = 0.0 if is_crowded else min(LONGEST_WAIT_S, float(message.get("wait") or 0.0))
        look_up = self.front.gate.attempt(lambda: self.front.intake.find_code(code))
        self._n_forms += 1
        try:
            async with asyncio.timeout(wait):
                return {"ok": True, "event": await look_up}
        except QueueFullError as full:
            return {"ok": False, "code": "busy", "retry_after": full.retry_after}
        except TimeoutError:
            return {"ok": False, "code": "busy", "retry_after": 2.0}
        finally:
            self._n_forms -= 1


def figures(front: Front) -> dict[str, float]:
    """Return what is measured, by name."""
    found: dict[str, Any] = {
        "listeners": front.hub.n_listeners,
        "broadcast_seconds": front.hub.last_broadcast_s,
        "tick_seconds": front.hub.pause,
        "codes_wrong_total": front.gate.n_wrong,
        "codes_waiting": front.gate.n_waiting,
        "codes_left": front.gate.bucket.level,
        **front.intake.metrics(),
    }
    return {name: float(value) for name, value in found.items() if isinstance(value, int | float)}
