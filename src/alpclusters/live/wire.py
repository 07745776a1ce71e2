"""The bare web server interface in a few words: a request, an answer, a refusal.

No framework: what a hall sends 400 times a second has to pass through as little as possible.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

OK: Final = 200
NO_CONTENT: Final = 204
NOT_MODIFIED: Final = 304
BAD_REQUEST: Final = 400
NOT_JOINED: Final = 401
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
NOT_ALLOWED: Final = 405
TOO_SLOW: Final = 408
GONE: Final = 410
TOO_LARGE: Final = 413
WRONG_KIND: Final = 415
UNPROCESSABLE: Final = 422
HEAD_TOO_LARGE: Final = 431
UNAVAILABLE: Final = 503

JSON: Final = b"application/json"
MARK: Final = (b"x-alpclusters", b"live")
CLOSE: Final = (b"connection", b"close")
# The connection of a request, in its extensions (see `protocol`).
CONNECTION: Final = "alpclusters.connection"
# Set in the extensions of a request whose last byte has come (see `protocol`).
WHOLE: Final = "alpclusters.whole"
COMMON: Final[Headers] = [
    MARK,
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Attributes
    ----------
    status : int
    body : bytes
    kind : bytes
        Its content type.
    headers : list of (bytes, bytes)
        Beyond those that every answer has.
    """

    status: int = OK
    body: bytes = b""
    kind: bytes = JSON
    headers: Headers = field(default_factory=list)

    async def send_to(self, send: Send) -> None:
        """Send it with its length and the headers that every answer has."""
        for message in self.messages():
            await send(message)

    def messages(self) -> list[Message]:
        """Return what is sent: head and body."""
        start = {"type": "http.response.start", "status": self.status, "headers": self._head()}
        return [start, {"type": "http.response.body", "body": self.body}]

    def _head(self) -> Headers:
        own = {name for name, _ in self.headers}
        head = [*((n, v) for n, v in COMMON if n not in own), *self.headers]
        if self.status in {NO_CONTENT, NOT_MODIFIED}:
            return head
        length = str(len(self.body)).encode()
        return [*head, (b"content-type", self.kind), (b"content-length", length)]


class RefusedError(Exception):
    """A request that is not done; the server's root turns it into an answer.

    Parameters
    ----------
    status : int
    code : str
        For programs.
    text : str
        For people, in their language.
    retry_after : float, optional
        Seconds after which the same request may be sent again.
    headers : list of (bytes, bytes), optional
        Further ones.
    """

    def __init__(
        self,
        status: int,
        code: str,
        text: str = "",
        *,
        retry_after: float | None = None,
        headers: Headers | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.text = status, code, text
        self.retry_after = retry_after
        self.headers = headers or []

    def answer(self) -> Answer:
        """Return what is sent."""
        headers = list(self.headers)
        if self.retry_after is not None:
            wait = str(max(1, round(self.retry_after))).encode()
            headers.append((b"retry-after", wait))
        return json_answer({"code": self.code, "text": self.text}, self.status, headers)


def json_answer(content: Any, status: int = OK, headers: Headers | None = None) -> Answer:
    """Write an answer as JSON, as short as it goes."""
    return Answer(status, as_json(content), headers=headers or [])


def as_json(content: Any) -> bytes:
    """Write as JSON in UTF-8 without blanks."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def abort(scope: Scope) -> None:
    """Cut the connection of a request at once, without sending what waits (see `protocol`)."""
    connection = scope.get("extensions", {}).get(CONNECTION)
    if connection is not None:
        connection.abort()


def no_body() -> Receive:
    """Return what a request of our own receives: an empty body, then nothing for ever."""
    is_read = False

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            await asyncio.Event().wait()
        is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive
