"""Who comes late gets a table by itself: the live process tells the site, which has the plan.

One request a moment for each AlpCafé, however many phones come at once. What proves that it is
the live process is a link derived from the key of the AlpCafé (role ``late``), which only these
two processes can read.
"""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from alpclusters.live.wire import App, Message, Scope
from alpclusters.platform.cafe.domain.keys import derive_link, read_key
from alpclusters.platform.configuration import Configuration

GATHER_S: Final = 1.5
# After these pauses the site is asked again; then the next phone or "Give places" has to do.
AGAIN_S: Final = (1.0, 4.0, 15.0)
HEADER: Final = b"x-alpclusters-late"
_DONE: Final = frozenset({204, 404})

log = logging.getLogger("alpclusters.live")


class LateGuests:
    """Asks the site to seat those who have no place.

    Parameters
    ----------
    site : App
    configuration : Configuration
    """

    def __init__(self, site: App, configuration: Configuration) -> None:
        self._site, self._home = site, configuration.home
        address = urlsplit(configuration.address)
        self._host, self._scheme = address.netloc.encode(), address.scheme
        self._waiting: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()

    def note(self, event: int) -> None:
        """Ask soon; those who come meanwhile are part of the same request."""
        if event in self._waiting:
            self._again.add(event)
            return
        task = asyncio.get_running_loop().create_task(self._ask(event))
        self._waiting[event] = task
        task.add_done_callback(lambda _: self._end(event))

    async def close(self) -> None:
        """Ask nothing more."""
        self._again.clear()
        tasks = list(self._waiting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, event: int) -> None:
        self._waiting.pop(event, None)
        if event in self._again:
            self._again.discard(event)
            self.note(event)

    async def _ask(self, event: int) -> None:
        for pause in (GATHER_S, *AGAIN_S):
            await asyncio.sleep(pause)
            self._again.discard(event)
            try:
                if await self._request(event) in _DONE:
                    return
            except Exception:
                log.warning("the site could not seat late guests", exc_info=True)

    async def _request(self, event: int) -> int:
        key = await asyncio.to_thread(read_key, self._home, event)
        if key is None:
            return 404
        scope = self._scope(event, derive_link(key, role="late"))
        found: list[int] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])

        await self._site(scope, _nothing, send)
        return found[0] if found else 503

    def _scope(self, event: int, secret: str) -> Scope:
        path = f"/cafe/late/{event}/"
        headers = [(b"host", self._host), (HEADER, secret.encode()), (b"content-length", b"0")]
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": self._scheme,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 0),
            "server": None,
        }


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
