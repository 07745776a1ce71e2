"""A word of the live process to the site, which has the plan and the rules.

What proves that it is the live process is a link derived from the key of the AlpCafé, which only
these two processes can read.
"""

import asyncio
from typing import Final
from urllib.parse import urlsplit

from alpclusters.live.wire import App, Message, Scope
from alpclusters.platform.cafe.domain.keys import derive_link, read_key
from alpclusters.platform.configuration import Configuration

HEADER: Final = b"x-alpclusters-word"
NOBODY: Final = 404
AWAY: Final = 503


class SiteWords:
    """Says one word about one AlpCafé at a time.

    Parameters
    ----------
    site : App
    configuration : Configuration
    """

    def __init__(self, site: App, configuration: Configuration) -> None:
        self._site, self._home = site, configuration.home
        address = urlsplit(configuration.address)
        self._host, self._scheme = address.netloc.encode(), address.scheme

    async def say(self, event: int, word: str) -> int:
        """Post to ``/cafe/<word>/<event>/`` and return the status; 404 without a key."""
        key = await asyncio.to_thread(read_key, self._home, event)
        if key is None:
            return NOBODY
        scope = self._scope(event, word, derive_link(key, role=word))
        found: list[int] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])

        await self._site(scope, _nothing, send)
        return found[0] if found else AWAY

    def _scope(self, event: int, word: str, secret: str) -> Scope:
        path = f"/cafe/{word}/{event}/"
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
