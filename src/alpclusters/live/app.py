"""The live process as one callable: its own addresses, everything else for the site."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from alpclusters.live import commanding, joining, routes
from alpclusters.live import stream as streaming
from alpclusters.live.access import AccessLog
from alpclusters.live.control import Control
from alpclusters.live.forward import Forward
from alpclusters.live.front import Front
from alpclusters.live.health import Health
from alpclusters.live.hosts import host_check
from alpclusters.live.inside import Inside
from alpclusters.live.intake import Intake
from alpclusters.live.late import LateGuests
from alpclusters.live.pages import Pages
from alpclusters.live.request import DisconnectedError, Request
from alpclusters.live.seals import keep_sealing
from alpclusters.live.site_words import SiteWords
from alpclusters.live.upstream import BrokenOffError
from alpclusters.live.watch import Look, look_at, watch
from alpclusters.live.wire import (
    BAD_REQUEST,
    NOT_ALLOWED,
    NOT_FOUND,
    Answer,
    App,
    Receive,
    RefusedError,
    Scope,
    Send,
    abort,
)
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.sockets import CONTROL, ensure_socket_folder, socket_path

log = logging.getLogger("alpclusters.live")

type Opener = Callable[..., Awaitable[Intake]]
type Handler = Callable[[Request, Front, int], Awaitable[Answer]]

BY_EVENT: Final[dict[str, Handler]] = {
    "recover": joining.recover,
    "me": commanding.me,
    "command": commanding.command,
    "commands": commanding.commands,
    "beat": commanding.beat,
    "state": streaming.state,
}


class LiveApp:
    """Opens the writer at the start, answers, and closes it at the end.

    Parameters
    ----------
    configuration : Configuration
    site : Forward or Inside
        Where everything goes that is not the live process's own.
    open_intake : callable, optional
        Opens the writer.
    """

    def __init__(
        self,
        configuration: Configuration,
        site: Forward | Inside,
        *,
        open_intake: Opener = Intake.open,
    ) -> None:
        self.configuration = configuration
        self._site, self._open_intake = site, open_intake
        self.is_host = host_check(configuration.allowed_hosts)
        self.pages = Pages(site, self._revision, self.is_host)
        self.front: Front
        self.health: Health
        self._control: Control
        self._late: LateGuests
        self._look: Look
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    # ---- requests ----------------------------------------------------------------------------

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if routes.is_ours(scope["path"]):
                await self._answer_own(Request(scope, receive), send)
            else:
                await self.pages(scope, receive, send)
        except RefusedError as refused:
            await refused.answer().send_to(send)
        except DisconnectedError:
            return
        except BrokenOffError:
            # What was sent is not whole; only a cut tells the browser.
            abort(scope)

    async def _answer_own(self, request: Request, send: Send) -> None:
        found = routes.find(request.path)
        method = "GET" if request.method == "HEAD" else request.method
        match = next((pair for pair in found if pair[0].method == method), None)
        if match is None:
            raise _not_here(found)
        name, event = match[0].name, match[1]
        if event is not None or name == "join":
            self._require_host(request)
        if name == "stream" and event is not None:
            self.front.require_open_doors(request)
            await streaming.stream(request, self.front, event, send)
            return
        answer = await self._handle(name, event, request)
        await answer.send_to(send)

    async def _handle(self, name: str, event: int | None, request: Request) -> Answer:
        if event is not None:
            return await BY_EVENT[name](request, self.front, event)
        if name == "join":
            return await joining.join(request, self.front)
        if name == "readyz":
            return await self.health.readyz(request)
        return self.health.metrics(request) if name == "metrics" else self.health.healthz()

    def _require_host(self, request: Request) -> None:
        if not self.is_host(request.header(b"host")):
            raise RefusedError(BAD_REQUEST, "unknown_host")

    def _revision(self, event: int) -> int | None:
        if event not in self.front.intake.events():
            return None
        found = self.front.hub.channel(event, "participant").state.get("content")
        return found if isinstance(found, int) else None

    # ---- start and end -----------------------------------------------------------------------

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.open()
        except Exception as error:
            log.exception("the live process cannot start")
            await send({"type": "lifespan.startup.failed", "message": repr(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def open(self) -> None:
        """Read journal and database, listen to the site, start the clock."""
        settings = self.configuration
        intake = await self._open_intake(
            settings.home,
            settings.database,
            window_ms=settings.live_window_ms,
            journal_dir=settings.live_journal_dir,
        )
        self.front = Front(settings, intake)
        words = SiteWords(self._site, settings)
        self._late = LateGuests(words)
        intake.on_late(self._late.note)
        for event in intake.unseated():
            self._late.note(event)
        journal = settings.live_journal_dir or settings.home
        self.health = Health(self.front, journal, self.pages)
        ensure_socket_folder(settings.home)
        self._control = Control(self.front, socket_path(settings.home, CONTROL))
        await self._control.start()
        self._look = look_at(settings.database)
        self._tasks = [
            asyncio.create_task(self.front.hub.run()),
            asyncio.create_task(watch(self._look, self.front.reload)),
            asyncio.create_task(keep_sealing(words, settings.home)),
        ]

    def say_goodbye(self) -> None:
        """Take nothing new and tell every screen to come back."""
        self.front.is_closing = True
        self.front.hub.close()

    async def close(self) -> None:
        """Write what has come in and let everything go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._look.close()
        await self._late.close()
        await self._control.close()
        await self._site.close()
        await self.front.intake.close()


def with_log(app: App, configuration: Configuration) -> App:
    """Put the log of requests around."""
    return AccessLog(app, is_full=configuration.access_log)


def _not_here(found: list[tuple[routes.Route, int | None]]) -> RefusedError:
    if not found:
        return RefusedError(NOT_FOUND, "not_found")
    allowed = ", ".join(sorted({route.method for route, _ in found}))
    return RefusedError(NOT_ALLOWED, "wrong_method", headers=[(b"allow", allowed.encode())])
