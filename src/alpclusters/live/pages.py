"""Pages that a whole hall loads at once are made by the site once and kept as bytes.

The site marks such an answer ``Live-Cache: event=7; rev=9; lang=de``. It is asked for without any
cookie but the language's, so nothing of a person can be in it, and by one request in flight for
each key: two thousand phones that come at once make one page.
"""

import asyncio
import gzip
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from alpclusters.live.request import language_of
from alpclusters.live.wire import OK, App, Headers, Message, Receive, Scope, Send, no_body
from alpclusters.platform.cookies import sent_name

PAGES: Final = re.compile(r"/cafe/(?:here/[0-9]{1,12}/)?")
FILES: Final = "/static/"
MARK: Final = b"live-cache"
FOR_ALL_S: Final = 30.0
PLAIN_S: Final = 5.0
MAX_PAGES: Final = 500
MAX_FILE: Final = 8 * 1024 * 1024
MAX_FILES: Final = 96 * 1024 * 1024
DROPPED: Final = frozenset(
    {MARK, b"set-cookie", b"vary", b"content-length", b"content-encoding", b"date"}
)
# A question about a version or a part is the site's to answer.
CONDITIONS: Final = frozenset(
    {b"if-none-match", b"if-modified-since", b"if-match", b"if-unmodified-since", b"range"}
)

type Key = tuple[str, ...]


@dataclass(slots=True)
class Kept:
    """An answer in memory.

    Attributes
    ----------
    headers : list of (bytes, bytes)
        Those of the site but for what belongs to one browser or one encoding.
    plain, packed : bytes
        The same content; ``packed`` with gzip, empty for files.
    event : int
        0 for pages that belong to no AlpCafé, -1 for files.
    revision : int
    made_at : float
    """

    headers: Headers
    plain: bytes
    packed: bytes
    event: int
    revision: int
    made_at: float

    async def send_to(self, scope: Scope, send: Send) -> None:
        """Send it in the encoding that the browser reads."""
        is_packed = bool(self.packed) and accepts_gzip(scope)
        body = self.packed if is_packed else self.plain
        headers = [*self.headers, (b"content-length", str(len(body)).encode())]
        headers += [(b"content-encoding", b"gzip")] if is_packed else []
        await send({"type": "http.response.start", "status": OK, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class Pages:
    """In front of the site: answers from memory where the site allowed it.

    Parameters
    ----------
    site : App
    revision : callable
        The content revision of an AlpCafé that counts now; None if it is not known.
    hosts : callable
        Whether the site may be asked for under a host's name.
    """

    def __init__(
        self, site: App, revision: Callable[[int], int | None], hosts: Callable[[str], bool]
    ) -> None:
        self.site, self.revision, self.hosts = site, revision, hosts
        self.n_hits = self.n_made = 0
        self._kept: dict[Key, Kept] = {}
        self._flights: dict[Key, asyncio.Task[Kept | None]] = {}
        self._plain_until: dict[Key, float] = {}
        self._file_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the site answer."""
        key = self._key(scope)
        kept = await self._find(key, scope) if key is not None else None
        if kept is None:
            await self.site(scope, receive, send)
        else:
            self.n_hits += 1
            await kept.send_to(scope, send)

    def drop(self) -> None:
        """Forget everything, as after a restart of the site."""
        self._kept.clear()
        self._plain_until.clear()
        self._file_bytes = 0

    # ---- which -------------------------------------------------------------------------------

    def _key(self, scope: Scope) -> Key | None:
        if scope["method"] not in {"GET", "HEAD"} or scope["query_string"]:
            return None
        if any(name in CONDITIONS for name, _ in scope["headers"]):
            return None
        path: str = scope["path"]
        host = next((v for n, v in scope["headers"] if n == b"host"), b"").decode("latin-1")
        if not self.hosts(host):
            return None
        if path.startswith(FILES):
            return (path, "gzip" if accepts_gzip(scope) else "")
        if PAGES.fullmatch(path):
            return (path, host.lower(), str(scope.get("scheme")), language_of(scope))
        return None

    def _is_valid(self, kept: Kept) -> bool:
        if kept.event < 0:
            return True
        if kept.event == 0:
            return time.monotonic() - kept.made_at < FOR_ALL_S
        return self.revision(kept.event) == kept.revision

    # ---- finding and making --------------------------------------------------------------------

    async def _find(self, key: Key, scope: Scope) -> Kept | None:
        kept = self._kept.get(key)
        if kept is not None and self._is_valid(kept):
            return kept
        if self._plain_until.get(key, 0.0) > time.monotonic():
            return None
        if key not in self._flights:
            self._flights[key] = asyncio.create_task(self._make(key, scope))
        # Who asked first may go away; the others still wait for the page.
        return await asyncio.shield(self._flights[key])

    async def _make(self, key: Key, scope: Scope) -> Kept | None:
        try:
            answer = await self._ask(key, scope)
            kept = _kept_file(answer) if key[0].startswith(FILES) else _kept_page(answer)
            self.n_made += 1
            if kept is None:
                self._note_plain(key)
            elif self._is_valid(kept):
                self._keep(key, kept)
            return kept
        finally:
            del self._flights[key]

    async def _ask(self, key: Key, scope: Scope) -> "Collected":
        answer = Collected()
        await self.site(_impersonal(key, scope), no_body(), answer.take)
        return answer

    def _keep(self, key: Key, kept: Kept) -> None:
        if len(self._kept) >= MAX_PAGES or self._file_bytes > MAX_FILES:
            self.drop()
        self._file_bytes += len(kept.plain) if kept.event < 0 else 0
        self._kept[key] = kept

    def _note_plain(self, key: Key) -> None:
        if len(self._plain_until) >= MAX_PAGES:
            self._plain_until.clear()
        self._plain_until[key] = time.monotonic() + PLAIN_S


class Collected:
    """An answer of the site, collected whole; what is too large is none."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: Headers = []
        self.body = bytearray()
        self.is_whole = False

    async def take(self, message: Message) -> None:
        """Take a part."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
            return
        if len(self.body) <= MAX_FILE:
            self.body += message.get("body", b"")
        self.is_whole = not message.get("more_body", False) and len(self.body) <= MAX_FILE

    def header(self, name: bytes) -> str:
        """Return a header, empty if it is missing."""
        found = (value for n, value in self.headers if n.lower() == name)
        return next(found, b"").decode("latin-1")


def accepts_gzip(scope: Scope) -> bool:
    """Say whether a browser reads gzip."""
    accepted = next((v for n, v in scope["headers"] if n == b"accept-encoding"), b"")
    return b"gzip" in accepted and not re.search(rb"gzip\s*;\s*q=0(?:\.0*)?(?:,|$)", accepted)


def parse_mark(text: str) -> tuple[int, int, str] | None:
    """Read the mark of the site: event, revision, language.

    Examples
    --------
    >>> parse_mark("event=7; rev=9; lang=de"), parse_mark("no-store")
    ((7, 9, 'de'), None)
    """
    pairs = dict(part.strip().split("=", 1) for part in text.split(";") if "=" in part)
    try:
        return int(pairs["event"]), int(pairs["rev"]), pairs["lang"]
    except (KeyError, ValueError):
        return None


def _kept_page(answer: Collected) -> Kept | None:
    mark = parse_mark(answer.header(MARK))
    if answer.status != OK or not answer.is_whole or mark is None or mark[0] < 0:
        return None
    event, revision, _language = mark
    headers = [(n.lower(), v) for n, v in answer.headers if n.lower() not in DROPPED]
    plain = bytes(answer.body)
    packed = gzip.compress(plain, 6, mtime=0)
    return Kept(headers, plain, packed, event, revision, time.monotonic())


def _kept_file(answer: Collected) -> Kept | None:
    """Keep a file whose name changes with its content, in the encoding the site sent it in."""
    is_for_ever = "immutable" in answer.header(b"cache-control")
    if answer.status != OK or not answer.is_whole or not is_for_ever:
        return None
    dropped = {b"content-length", b"set-cookie", b"date"}
    headers = [(n.lower(), v) for n, v in answer.headers if n.lower() not in dropped]
    return Kept(headers, bytes(answer.body), b"", -1, 0, time.monotonic())


def _impersonal(key: Key, scope: Scope) -> Scope:
    """Return the same request as nobody in particular would send it."""
    host = next((v for n, v in scope["headers"] if n == b"host"), b"")
    encoding = b"gzip" if key[1] == "gzip" else b"identity"
    headers: Headers = [(b"host", host), (b"accept-encoding", encoding), (b"accept", b"*/*")]
    if not key[0].startswith(FILES):
        language = key[3].encode()
        headers += [
            (b"cookie", sent_name("language").encode() + b"=" + language),
            (b"accept-language", language),
        ]
    told = [(n, v) for n, v in scope["headers"] if n == b"x-forwarded-proto"]
    return {
        **scope,
        "method": "GET",
        "headers": [*headers, *told],
        "extensions": {},
        "state": {},
    }
