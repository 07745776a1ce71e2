"""The live process as one callable: its own addresses, everything else for the site."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from alpclusters.live import commanding, joining, routes
from alpclusters.live import stream as streaming
from alpclusters.live.access import AccessLog
from alpclusters.live.bodies import SHORT, Bodies, DisconnectedError, TooLargeError
from alpclusters.live.control import Control
from alpclusters.live.forward import Forward
from alpclusters.live.front import Front
from alpclusters.live.headers import BadRequestError, body_length, is_chunked, origin_of
from alpclusters.live.health import Health
from alpclusters.live.hosts import host_check
from alpclusters.live.inside import Inside
from alpclusters.live.intake import Intake
from alpclusters.live.late import LateGuests
from alpclusters.live.pages import Pages
from alpclusters.live.refusals import refusal_answer, send_before_the_end
from alpclusters.live.request import Request
from alpclusters.live.seals import keep_sealing
from alpclusters.live.site_words import SiteWords
from alpclusters.live.uploads import MEGABYTE, Uploads
from alpclusters.live.upstream import BrokenOffError
from alpclusters.live.watch import Look, Watch, look_at
from alpclusters.live.wire import (
    BAD_REQUEST,
    CLOSE,
    HEAD_TOO_LARGE,
    NOT_ALLOWED,
    NOT_FOUND,
    Answer,
    App,
    Receive,
    RefusedError,
    Scope,
    Send,
    abort,
    no_body,
)
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.sockets import CONTROL, ensure_socket_folder, socket_path

log = logging.getLogger("alpclusters.live")

# All files that are being sent, together: some of the largest.
SPOOL: Final = 500 * MEGABYTE
LARGEST_AT_ONCE: Final = 2

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
        largest = (configuration.import_mb + 1) * MEGABYTE
        self.bodies = Bodies(max(SPOOL, LARGEST_AT_ONCE * largest))
        self.uploads = Uploads(site, configuration)
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
                await self._answer_own(self._request(scope, receive), send)
            else:
                await self._pass_on(scope, receive, send)
        except BadRequestError as error:
            status = HEAD_TOO_LARGE if error.is_too_large else BAD_REQUEST
            # Where it ends is unclear, so nothing that follows on this connection is believed.
            await RefusedError(status, error.code, headers=[CLOSE]).answer().send_to(send)
        except RefusedError as refused:
            await self._refuse(refused, scope, receive, send)
        except DisconnectedError:
            return
        except BrokenOffError:
            # What was sent is not whole; only a cut tells the browser.
            abort(scope)

    async def _refuse(
        self, refused: RefusedError, scope: Scope, receive: Receive, send: Send
    ) -> None:
        is_own = routes.is_ours(scope["path"])
        answer = refused.answer() if is_own else refusal_answer(refused, scope)
        if isinstance(refused, TooLargeError):
            await send_before_the_end(answer.messages(), receive, send)
        else:
            await answer.send_to(send)

    def _request(self, scope: Scope, receive: Receive) -> Request:
        return Request(scope, receive, self.bodies, self.configuration.trusted_proxies)

    def _address_of(self, scope: Scope) -> str:
        return origin_of(scope, self.configuration.trusted_proxies)[0]

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the site answer once the body is here; until then it holds no place there."""
        self._require_host(scope)
        length = body_length(scope)
        if not length and not is_chunked(scope):
            await self.pages(scope, no_body(), send)
            return
        address = self._address_of(scope)
        long = self.uploads.long_length(scope)
        if not long:
            async with self.bodies.short(address, receive, SHORT) as body:
                await self.pages(scope, body.receive, send)
            return
        if refusal := await self.uploads.refusal(scope):
            await send_before_the_end(refusal, receive, send)
            return
        async with self.bodies.long(address, receive, long) as body:
            await self.pages(scope, body.receive, send)

    async def _answer_own(self, request: Request, send: Send) -> None:
        found = routes.find(request.path)
        method = "GET" if request.method == "HEAD" else request.method
        match = next((pair for pair in found if pair[0].method == method), None)
        if match is None:
            raise _not_here(found)
        name, event = match[0].name, match[1]
        if event is not None or name == "join":
            self._require_host(request.scope)
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

    def _require_host(self, scope: Scope) -> None:
        host = next((v for n, v in scope["headers"] if n == b"host"), b"").decode("latin-1")
        if not self.is_host(host):
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
        self._look = look_at(settings.database)
        watch = Watch(self._look, self.front.reload)
        self.health = Health(self.front, journal, self.pages, self.bodies, lambda: watch.answers)
        ensure_socket_folder(settings.home)
        path = socket_path(settings.home, CONTROL)
        self._control = Control(self.front, path, self.health.missing)
        await self._control.start()
        self._tasks = [
            asyncio.create_task(self.front.hub.run()),
            asyncio.create_task(watch.run()),
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
