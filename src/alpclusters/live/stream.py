"""``/live/{id}/stream`` and ``/live/{id}/state``: what a screen is told, pushed or asked for."""

import asyncio
from typing import TYPE_CHECKING, Final

from alpclusters.live.cookies import screens_of, token_for
from alpclusters.live.hub import VIEWS, Listener
from alpclusters.live.request import Request
from alpclusters.live.wire import (
    COMMON,
    FORBIDDEN,
    GONE,
    NOT_JOINED,
    NOT_MODIFIED,
    OK,
    UNPROCESSABLE,
    Answer,
    Receive,
    RefusedError,
    Send,
    abort,
    json_answer,
)

if TYPE_CHECKING:
    from alpclusters.live.front import Front

SLOWEST_S: Final = 30.0
# Whoever may see more may see less: a facilitator's laptop also shows the big screen.
MAY_SEE: Final = {
    "facilitator": frozenset(VIEWS),
    "host": frozenset({"host", "participant"}),
    "beamer": frozenset({"beamer", "participant"}),
}


def listener_for(request: Request, front: "Front", event: int) -> Listener:
    """Return a listener for the view a request asks for.

    Raises
    ------
    RefusedError
        410 no such AlpCafé is running, 401 nobody is known, 403 another view would be allowed.
    """
    view = request.query.get("view", "participant")
    if view not in VIEWS:
        raise RefusedError(UNPROCESSABLE, "unknown_view")
    if event not in front.intake.events():
        raise RefusedError(GONE, "gone")
    links = [link for link in screens_of(request, event) if front.role(link, event)]
    for link in links:
        if view in MAY_SEE.get(front.role(link, event) or "", ()):
            return Listener(view, None, link)
    person = front.person(request, event)
    if view == "participant" and person is not None:
        return Listener(view, person, token_for(request, event) or "")
    is_known = bool(links) or person is not None
    raise RefusedError(FORBIDDEN if is_known else NOT_JOINED, "not_your_view" if is_known else "")


async def state(request: Request, front: "Front", event: int) -> Answer:
    """Answer the state once; 304 where nothing has changed since the same question."""
    listener = listener_for(request, front, event)
    channel = front.hub.channel(event, listener.view)
    tag = f'"{listener.view}-{channel.changed_at}"'
    headers = [(b"etag", tag.encode())]
    if request.header(b"if-none-match").removeprefix("W/") == tag:
        return Answer(NOT_MODIFIED, headers=headers)
    return json_answer(channel.whole(), headers=headers)


async def stream(request: Request, front: "Front", event: int, send: Send) -> None:
    """Push a snapshot, then what changes, until the screen goes or the process ends."""
    listener = listener_for(request, front, event)
    after = request.header(b"last-event-id") or request.query.get("after", "")
    first = front.hub.enter(event, listener, int(after) if after.isdecimal() else None)
    try:
        await send(_head())
        await send({"type": "http.response.body", "body": first, "more_body": True})
        await _tell(request, front, event, listener, send)
    finally:
        front.hub.leave(event, listener)


async def _tell(
    request: Request, front: "Front", event: int, listener: Listener, send: Send
) -> None:
    """Wait for a tick *and* for the screen to go: else the end of the process waits for it."""
    gone = asyncio.create_task(_wait_until_gone(request.receive))
    gone.add_done_callback(lambda _: listener.woken.set())
    try:
        while not gone.done():
            await listener.woken.wait()
            listener.woken.clear()
            if gone.done():
                return
            if listener.is_ended:
                await send({"type": "http.response.body", "body": listener.last})
                return
            news = front.hub.news_for(event, listener)
            async with asyncio.timeout(SLOWEST_S):
                await send({"type": "http.response.body", "body": news, "more_body": True})
    except TimeoutError:
        # No progress for so long: the memory belongs to others.
        abort(request.scope)
    finally:
        gone.cancel()


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _head() -> dict[str, object]:
    headers = [*COMMON, (b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]
    return {"type": "http.response.start", "status": OK, "headers": headers}
