"""A request as the handlers see it: headers, cookies, language, a body of limited size."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from alpclusters.live.bodies import Bodies, DisconnectedError, TooLargeError
from alpclusters.live.headers import body_length, origin_of
from alpclusters.live.wire import (
    FORBIDDEN,
    UNPROCESSABLE,
    WHOLE,
    WRONG_KIND,
    Receive,
    RefusedError,
    Scope,
)
from alpclusters.platform.configuration import Network
from alpclusters.platform.cookies import sent_name
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES

SMALL: Final = 8 * 1024
LARGE: Final = 128 * 1024


class Request:
    """One request of the live process.

    Parameters
    ----------
    scope : Scope
    receive : Receive
    bodies : Bodies
        All that are on their way.
    trusted : sequence of networks
        Proxies whose word counts about where a request came from.
    """

    def __init__(
        self, scope: Scope, receive: Receive, bodies: Bodies, trusted: Sequence[Network]
    ) -> None:
        self.scope, self.receive = scope, receive
        self._bodies, self._trusted = bodies, trusted
        self.method: str = scope["method"]
        self.path: str = scope["path"]

    @cached_property
    def headers(self) -> dict[bytes, bytes]:
        """The headers; of one that comes twice the last."""
        return dict(self.scope["headers"])

    def header(self, name: bytes) -> str:
        """Return a header, empty if it is missing."""
        return self.headers.get(name, b"").decode("latin-1")

    @cached_property
    def cookies(self) -> list[tuple[str, str]]:
        """All cookies in order; a name may come twice, with different paths."""
        return cookies_in(self.scope)

    @cached_property
    def query(self) -> dict[str, str]:
        """The simple ``name=value`` pairs of the query."""
        pairs = self.scope["query_string"].decode("latin-1").split("&")
        return dict(pair.split("=", 1) for pair in pairs if "=" in pair)

    @cached_property
    def language(self) -> str:
        """The language of the phone."""
        return language_of(self.scope)

    def say(self, text: str) -> str:
        """Translate a marked text into the language of the phone."""
        return translator(self.language).gettext(text)

    async def json(self, limit: int = SMALL) -> dict[str, Any]:
        """Return the body: one JSON object of limited size from a page of ours."""
        self.require_same_origin()
        if self.header(b"content-type").partition(";")[0].strip().lower() != "application/json":
            raise RefusedError(WRONG_KIND, "not_json")
        try:
            content = json.loads(await self._body(limit))
        except (ValueError, RecursionError):
            raise RefusedError(UNPROCESSABLE, "not_json") from None
        if not isinstance(content, dict):
            raise RefusedError(UNPROCESSABLE, "not_json")
        return content

    def require_same_origin(self) -> None:
        """Refuse what a page of somebody else sends; so no form token is needed here."""
        site = self.header(b"sec-fetch-site")
        if site:
            is_ours = site in {"same-origin", "none"}
        else:
            host = self.header(b"host")
            origin = self.header(b"origin").partition("://")[2]
            is_ours = bool(host) and origin == host
        if not is_ours:
            raise RefusedError(FORBIDDEN, "foreign_origin")

    async def _body(self, limit: int) -> bytes:
        if (body_length(self.scope) or 0) > limit:
            raise TooLargeError(limit)
        if WHOLE in self.scope.get("extensions", ()):
            return await self._body_that_is_here(limit)
        address, _ = origin_of(self.scope, self._trusted)
        async with self._bodies.short(address, self.receive, limit) as body:
            return bytes(body.content)

    async def _body_that_is_here(self, limit: int) -> bytes:
        """Take a body that came whole, as nearly every vote does: nothing has to be waited for."""
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise DisconnectedError
        body: bytes = message.get("body", b"")
        if len(body) > limit:
            raise TooLargeError(limit)
        return body


def cookies_in(scope: Scope) -> list[tuple[str, str]]:
    """Return all cookies of a request in the order in which the browser names them."""
    lines = [v.decode("latin-1") for n, v in scope["headers"] if n == b"cookie"]
    pairs = [pair.strip().partition("=") for line in lines for pair in line.split(";")]
    return [(name, value.strip('"')) for name, mark, value in pairs if mark]


def language_of(scope: Scope) -> str:
    """Return the language that was chosen, else the first of ours that the browser asks for."""
    chosen = sent_name("language")
    for name, value in cookies_in(scope):
        if name == chosen and value in LANGUAGE_CODES:
            return value
    wanted = next((v for n, v in scope["headers"] if n == b"accept-language"), b"")
    return accepted_language(wanted.decode("latin-1"))


def accepted_language(header: str) -> str:
    """Choose one of our languages by the weights of ``Accept-Language``.

    Examples
    --------
    >>> accepted_language("sl-SI,sl;q=0.9,de;q=0.8"), accepted_language("ja, fr;q=0.5, it;q=0.7")
    ('sl', 'it')
    >>> accepted_language("")
    'en'
    """
    weighted = [_weighted(part) for part in header.split(",")[:20]]
    for weight, code in sorted(weighted, key=lambda pair: -pair[0]):
        if weight > 0 and code in LANGUAGE_CODES:
            return code
    return DEFAULT_LANGUAGE


def _weighted(part: str) -> tuple[float, str]:
    code, _, rest = part.partition(";")
    try:
        weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
    except ValueError:
        weight = 0.0
    return weight, code.strip().lower().partition("-")[0]
