"""Everything that is not the live process's own goes to the site and back, block by block."""

import asyncio
import logging
import time
from collections.abc import Sequence

import h11

from alpclusters.live.away import away_answer
from alpclusters.live.bodies import Body
from alpclusters.live.headers import (
    BadRequestError,
    body_length,
    from_site,
    is_chunked,
    origin_of,
    towards_site,
)
from alpclusters.live.rests import BEHIND_AFTER_S, Rests, wait_for_reader
from alpclusters.live.upstream import IS_SAFE, BrokenOffError, Line, SiteGoneError, Upstream
from alpclusters.live.wire import Receive, Scope, Send, abort
from alpclusters.platform.addresses import network_of
from alpclusters.platform.configuration import Network

log = logging.getLogger("alpclusters.live")


class Forward:
    """The site, as seen from the front.

    Parameters
    ----------
    upstream : Upstream
        Connections to it.
    trusted : sequence of networks
        Proxies whose word counts about where a request came from.
    """

    def __init__(self, upstream: Upstream, trusted: Sequence[Network]) -> None:
        self.upstream, self.trusted = upstream, trusted
        self.rests = Rests()
        self.n_forwarded = self.n_gone = 0
        self.seconds = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; where the site is gone say so and that it comes back.

        Raises
        ------
        BadRequestError
            The head or the length can be read in two ways.
        """
        began = time.perf_counter()
        head = _head(scope, self.trusted)
        has_body = is_chunked(scope) or bool(body_length(scope))
        try:
            await self._pass(head, scope, receive if has_body else None, send)
        except SiteGoneError:
            self.n_gone += 1
            await away_answer(scope).send_to(send)
        finally:
            self.n_forwarded += 1
            self.seconds += time.perf_counter() - began

    async def close(self) -> None:
        """Close the connections that are kept."""
        await self.upstream.close()

    async def _pass(
        self, head: h11.Request, scope: Scope, receive: Receive | None, send: Send
    ) -> None:
        # Who has not read the last answer yet waits for the next one without a place.
        await wait_for_reader(scope)
        while True:
            line = await self.upstream.take(head.method, head.target)
            try:
                response = await _exchange(line, head, receive)
                rest = await self._relay(line, response, scope, send)
            except ConnectionError as error:
                # A kept connection may have been closed by the site at this very moment.
                if line.is_used and head.method in IS_SAFE:
                    continue
                raise SiteGoneError from error
            finally:
                self.upstream.give_back(line)
            if rest is not None:
                await self.rests.send(rest, send)
            return

    async def _relay(
        self, line: Line, response: h11.Response, scope: Scope, send: Send
    ) -> Body | None:
        """Pass the answer on; return what is left of it for somebody who is behind."""
        headers = from_site(response.headers)
        start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        await send(start)
        patience = BEHIND_AFTER_S
        while (part := await _next_part(line)) is not None:
            patience -= await wait_for_reader(scope, patience)
            if patience <= 0:
                address = network_of(origin_of(scope, self.trusted)[0])
                return await self.rests.keep(
                    address, part, lambda: _next_part(line), lambda: abort(scope)
                )
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return None


def _head(scope: Scope, trusted: Sequence[Network]) -> h11.Request:
    query = scope["query_string"]
    target = scope["raw_path"] + (b"?" + query if query else b"")
    headers = towards_site(scope, trusted)
    try:
        return h11.Request(method=scope["method"].encode(), target=target, headers=headers)
    except h11.LocalProtocolError as error:
        raise BadRequestError("not_http") from error


async def _exchange(line: Line, head: h11.Request, receive: Receive | None) -> h11.Response:
    """Send a request and return the head of the answer, which may come before the body is out."""
    await line.send(head)
    if receive is None:
        await line.send(h11.EndOfMessage())
        return _as_response(await line.receive())
    answer = asyncio.create_task(line.receive())
    upload = asyncio.create_task(_upload(line, receive))
    try:
        await asyncio.wait({answer, upload}, return_when=asyncio.FIRST_COMPLETED)
        if upload.done():
            upload.result()
        return _as_response(await answer)
    finally:
        for task in (answer, upload):
            task.cancel()
        await asyncio.gather(answer, upload, return_exceptions=True)


async def _upload(line: Line, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("the browser has gone")
        try:
            if message.get("body"):
                await line.send(h11.Data(data=message["body"]))
            if not message.get("more_body", False):
                await line.send(h11.EndOfMessage())
                return
        except (ConnectionError, h11.LocalProtocolError):
            # The site closed its ear; what it said before tells why.
            return


def _as_response(event: h11.Event) -> h11.Response:
    if not isinstance(event, h11.Response):
        raise ConnectionError("no head of an answer")
    return event


async def _next_part(line: Line) -> bytes | None:
    """Return the next part of the body of an answer; None at its end."""
    try:
        event = await line.receive()
    except ConnectionError as error:
        raise BrokenOffError from error
    return bytes(event.data) if isinstance(event, h11.Data) else None
