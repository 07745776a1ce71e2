"""One line for each request, if wanted: what was asked and how long it took, never by whom.

No address, no token, no browser; parts of a path that could be a code or a secret are masked.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from typing import Final

from alpclusters.live.wire import TOO_SLOW, App, Message, Receive, Scope, Send
from alpclusters.platform.languages.codes import LANGUAGE_CODES

SLOW_S: Final = 1.0
# The first requests wait until the site has started, which is no fault to look into.
STARTS_WITHIN_S: Final = 10.0
SERVER_ERROR: Final = 500
# A code has no vowels, a word has; a number is a place in a table.
_WORD: Final = re.compile(r"[a-z_-]{0,24}[aeiou][a-z_-]{0,24}|[0-9]{1,9}")
_ENDLESS: Final = re.compile(r"/live/[0-9]+/stream")

log = logging.getLogger("alpclusters.access")


class AccessLog:
    """Around everything: writes slow and failed requests, all of them if wanted.

    While the site starts, slow is not written.

    Parameters
    ----------
    app : App
    is_full : bool
        Write a line for every request.
    clock : callable, optional
        Seconds that only ever grow.
    """

    def __init__(
        self, app: App, *, is_full: bool, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.app, self.is_full = app, is_full
        self._clock, self._started_at = clock, clock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Measure one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = self._clock()
        try:
            await self.app(scope, receive, watch)
        finally:
            self._write(scope, status, began)

    def _write(self, scope: Scope, status: int, began: float) -> None:
        seconds = self._clock() - began
        has_started = began - self._started_at > STARTS_WITHIN_S
        is_slow = seconds > SLOW_S and has_started and not _ENDLESS.fullmatch(scope["path"])
        # Whoever sends slowly would fill the log with it.
        is_slow = is_slow and status != TOO_SLOW
        if not self.is_full and not is_slow and status < SERVER_ERROR:
            return
        line = {
            "ts": round(time.time(), 3),
            "event": "request",
            "method": scope["method"],
            "path": masked(scope["path"]),
            "status": status,
            "ms": round(seconds * 1000),
        }
        log.info(json.dumps(line))


def masked(path: str) -> str:
    """Leave out of a path what could be a code, a token or a name.

    Examples
    --------
    >>> masked("/cafe/K7M4RT24/"), masked("/de/workspace/cafes/7/"), masked("/cafe/bcdfghjk/")
    ('/cafe/*/', '/de/workspace/cafes/7/', '/cafe/*/')
    """
    parts = path.split("/")
    return "/".join(p if not p or p in LANGUAGE_CODES or _WORD.fullmatch(p) else "*" for p in parts)
