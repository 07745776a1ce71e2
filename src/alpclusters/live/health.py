"""``/healthz``, ``/readyz``, ``/metrics``: does it run, does everything serve, figures."""

import asyncio
import hmac
import ipaddress
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from alpclusters.live.announcing import CLOSING
from alpclusters.live.bodies import Bodies
from alpclusters.live.control import figures
from alpclusters.live.front import Front
from alpclusters.live.headers import is_within
from alpclusters.live.hosts import host_check
from alpclusters.live.reasons import REASONS
from alpclusters.live.request import Request
from alpclusters.live.wire import (
    NOT_FOUND,
    OK,
    UNAVAILABLE,
    Answer,
    App,
    Message,
    RefusedError,
    json_answer,
    no_body,
)
from alpclusters.platform.operation.figures import installation_figures

FRESH_S: Final = 10.0
MIN_FREE_SHARE: Final = 0.05
MAX_QUEUE: Final = 5_000
SITE_WITHIN_S: Final = 5.0
LOOPBACK: Final = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]
TEXT: Final = b"text/plain; charset=utf-8"

log = logging.getLogger("alpclusters.live")


class Health:
    """Looks at journal, disk and queue, at most every ten seconds.

    Parameters
    ----------
    front : Front
    journal : Path
        Where the journal lies.
    site : App
    bodies : Bodies
    database_answers : callable
        Whether the database has answered lately.
    """

    def __init__(
        self,
        front: Front,
        journal: Path,
        site: App,
        bodies: Bodies,
        database_answers: Callable[[], bool],
    ) -> None:
        self.front, self.journal, self.site, self.bodies = front, journal, site, bodies
        self._database_answers = database_answers
        self._is_host = host_check(front.configuration.allowed_hosts)
        self._looked_at = float("-inf")
        self._can_sync = False
        self._question: asyncio.Task[bool] | None = None

    def healthz(self) -> Answer:
        """Answer 200 while the process runs."""
        return Answer(OK, b"ok", TEXT)

    async def readyz(self, request: Request) -> Answer:
        """Answer 200 if everything serves; else name what does not, and what helps."""
        missing = await self.missing()
        status = UNAVAILABLE if missing else OK
        if "application/json" in request.header(b"accept"):
            return json_answer(_explained(missing), status)
        return Answer(status, " ".join(missing or ["ready"]).encode(), TEXT)

    async def missing(self) -> list[str]:
        """Name what does not serve; empty where everything does."""
        figured = figures(self.front)
        found = [CLOSING] if self.front.is_closing else []
        found += ["journal"] if figured.get("stopped") and not found else []
        found += [] if figured.get("queue", 0) < MAX_QUEUE else ["queue"]
        found += [] if self._has_room() and not figured.get("disk_full") else ["disk"]
        found += [] if await self._syncs() else ["sync"]
        found += [] if self._database_answers() else ["database"]
        found += [] if await self._ask_site() else ["site"]
        return found

    def metrics(self, request: Request) -> Answer:
        """Answer the figures to this machine and to whoever has the word; they tell of votes."""
        if not self._may_see(request):
            raise RefusedError(NOT_FOUND, "not_found")
        found = {**figures(self.front), **self._site_figures(), **self._body_figures()}
        found["disk_free_bytes"] = self._free()[0]
        lines = [f"alpclusters_live_{name} {value:.15g}" for name, value in sorted(found.items())]
        own = installation_figures(self.front.configuration, now=time.time())
        lines += [f"alpclusters_{name} {value:.15g}" for name, value in sorted(own.items())]
        return Answer(OK, ("\n".join(lines) + "\n").encode(), b"text/plain; version=0.0.4")

    def _has_room(self) -> bool:
        free, total = self._free()
        return free > total * MIN_FREE_SHARE

    def _free(self) -> tuple[int, int]:
        usage = shutil.disk_usage(self.journal)
        return usage.free, usage.total

    async def _syncs(self) -> bool:
        if time.monotonic() - self._looked_at > FRESH_S:
            self._can_sync = await asyncio.to_thread(_try_to_sync, self.journal)
            self._looked_at = time.monotonic()
        return self._can_sync

    async def _ask_site(self) -> bool:
        """Ask the site; who comes while it is asked hears the same answer."""
        if self._question is None or self._question.done():
            self._question = asyncio.create_task(self._site_answers())
        return await asyncio.shield(self._question)

    async def _site_answers(self) -> bool:
        """Ask the site as a browser would, and see whether its database works."""
        statuses: list[int] = []

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        try:
            async with asyncio.timeout(SITE_WITHIN_S):
                await self.site(_question(), no_body(), take)
        except Exception as error:  # noqa: BLE001 - whatever it is, the site does not answer
            log.info("the site does not answer: %r", error)
        return statuses == [OK]

    def _may_see(self, request: Request) -> bool:
        wanted = self.front.configuration.metrics_token
        given = request.header(b"authorization").removeprefix("Bearer ")
        if wanted and hmac.compare_digest(given.encode(), wanted.encode()):
            return True
        client = (request.scope.get("client") or ("", 0))[0]
        is_passed_on = b"x-forwarded-for" in request.headers or b"forwarded" in request.headers
        # A browser of this machine may have been led here under the name of somebody else's page.
        is_ours = self._is_host(request.header(b"host"))
        return is_within(client, LOOPBACK) and is_ours and not is_passed_on

    def _body_figures(self) -> dict[str, float]:
        bodies = self.bodies
        return {
            "bodies_coming": bodies.n_coming,
            "bodies_bytes": bodies.n_bytes + bodies.n_spooled,
            "bodies_let_go_total": bodies.n_let_go,
            "bodies_refused_total": bodies.n_refused,
            "bodies_slow_total": bodies.n_slow,
        }

    def _site_figures(self) -> dict[str, float]:
        names = ("n_forwarded", "n_gone", "seconds", "n_hits", "n_made")
        parts = [self.site, getattr(self.site, "site", None)]
        return {
            f"site_{name.removeprefix('n_')}_total": float(getattr(part, name))
            for part in parts
            for name in names
            if hasattr(part, name)
        }


def _explained(missing: list[str]) -> dict[str, object]:
    reasons = [
        dict(zip(("name", "says", "helps"), (one, *REASONS[one]), strict=True)) for one in missing
    ]
    return {"ready": not missing, "reasons": reasons}


def _question() -> dict[str, object]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/healthz",
        "raw_path": b"/healthz",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept", b"text/plain")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "extensions": {},
        "state": {},
    }


def _try_to_sync(folder: Path) -> bool:
    path = folder / ".ready"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, b"ready\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        log.exception("the journal's disk cannot be written")
        return False
    return True
