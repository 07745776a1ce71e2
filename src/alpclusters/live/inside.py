"""The site in the same process (``serve --single``): the same rules, without a socket."""

from collections.abc import Sequence

from alpclusters.live.headers import from_site, origin_of, towards_site
from alpclusters.live.wire import App, Message, Receive, Scope, Send
from alpclusters.platform.configuration import Network


class Inside:
    """Django, called as a function.

    Parameters
    ----------
    site : App
    trusted : sequence of networks
    """

    def __init__(self, site: App, trusted: Sequence[Network]) -> None:
        self.site, self.trusted = site, trusted
        self.n_forwarded = self.n_gone = 0
        self.seconds = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let Django answer one request.

        Raises
        ------
        BadRequestError
            The head or the length can be read in two ways.
        """
        headers = towards_site(scope, self.trusted)
        client, scheme = origin_of(scope, self.trusted)
        inner = {**scope, "headers": headers, "client": (client, 0), "scheme": scheme}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": from_site(message.get("headers", []))}
            await send(message)

        self.n_forwarded += 1
        await self.site(inner, receive, send_on)

    async def close(self) -> None:
        """Nothing is kept."""
