"""Pages of a public interface, fetched politely: a pause between two, retries, budgets, resume.

Each page is one file that appears when it is whole. A fetch that stopped goes on behind its last
page if it is of the same day; an older one begins anew.
"""

import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Final, Protocol
from urllib.error import HTTPError
from urllib.request import Request

from alpclusters.analysis.errors import SourceError
from alpclusters.sources.downloads import CHUNK, TIMEOUT_S, USER_AGENT, Opener
from alpclusters.sources.stored_files import RETRIED, TRIES, Wait, pause_of

PAUSE_S: Final = 1.0
RECORD: Final = "fetch.state"
_UNAUTHORISED: Final = 401


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one fetch may take; what is left is fetched by the next call of the same day."""

    pages: int = 400
    n_bytes: int = 200_000_000
    seconds: float = 1800.0


class Pages(Protocol):
    """An interface that answers page by page."""

    def request(self, page: int) -> Request:
        """Return the request for a page, counted from 1."""

    def has_more(self, answer: bytes, page: int) -> bool:
        """Say whether another page follows; a broken answer ends it.

        Raises
        ------
        SourceError
            The answer is not what the interface describes.
        """

    def sign_in(self, ask: Callable[[Request], bytes]) -> None:
        """Get what requests need; called before the first and when one is refused with 401."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What lies in a folder after a fetch; ``n_new`` pages are of this call."""

    folder: Path
    n_pages: int
    n_new: int
    is_complete: bool


@dataclass(slots=True)
class Asker:
    """Asks one request after the other, never faster than one a second.

    Parameters
    ----------
    opener : Opener
        `https_opener` in the product.
    budget : Budget
    wait, clock : callable
        Seconds to wait; seconds since some moment.
    """

    opener: Opener
    budget: Budget = field(default_factory=Budget)
    wait: Wait = time.sleep
    clock: Callable[[], float] = time.monotonic
    n_bytes: int = 0
    n_asked: int = 0
    began: float | None = None

    @property
    def is_spent(self) -> bool:
        """Whether bytes or time of the budget are used up."""
        late = self.began is not None and self.clock() - self.began > self.budget.seconds
        return late or self.n_bytes >= self.budget.n_bytes

    def ask(self, request: Request) -> bytes:
        """Return an answer, after a pause and as many tries as it takes.

        Raises
        ------
        SourceError
            Not reachable, or larger than the budget.
        HTTPError
            401 and 404, which the caller knows what to do with.
        """
        self.began = self.clock() if self.began is None else self.began
        request.add_header("User-Agent", USER_AGENT)
        reason = ""
        for number in range(1, TRIES + 1):
            if self.n_asked:
                self.wait(PAUSE_S)
            self.n_asked += 1
            try:
                return self._read(request)
            except HTTPError as error:
                error.close()
                if error.code not in RETRIED:
                    raise
                reason, pause = str(error.reason), pause_of(error, number)
            except (OSError, HTTPException) as error:
                reason, pause = str(getattr(error, "reason", error)), 2.0**number
            if number < TRIES:
                self.wait(pause)
        code, address = "source.unreachable", _shown(request)
        raise SourceError(code, found=address, expected=reason, values={"reason": reason})

    def _read(self, request: Request) -> bytes:
        parts: list[bytes] = []
        with closing(self.opener(request, timeout=TIMEOUT_S)) as answer:
            while chunk := answer.read(CHUNK):
                self.n_bytes += len(chunk)
                if self.n_bytes > self.budget.n_bytes:
                    code, most = "source.too_large", str(self.budget.n_bytes)
                    raise SourceError(code, found=_shown(request), expected=most)
                parts.append(chunk)
        return b"".join(parts)


def fetch_pages(pages: Pages, folder: Path, asker: Asker) -> Fetched:
    """Fetch all pages into a folder as ``page-001.json`` and so on, or go on where it stopped.

    Raises
    ------
    SourceError
        An answer is missing or wrong; the pages before it stay for the next call.
    """
    folder.mkdir(parents=True, exist_ok=True)
    n_there = _resumed(folder)
    number = n_there
    is_complete = False
    while not is_complete and number - n_there < asker.budget.pages and not asker.is_spent:
        if number == n_there:
            pages.sign_in(asker.ask)
        answer = _ask_signed(pages, number + 1, asker)
        is_complete = not pages.has_more(answer, number + 1)
        number += 1
        _store(page_of(folder, number), answer)
        _remember(folder, number, is_complete=is_complete)
    return Fetched(folder, number, number - n_there, is_complete)


def page_of(folder: Path, number: int) -> Path:
    """Return the file of a page."""
    return folder / f"page-{number:03}.json"


def _ask_signed(pages: Pages, number: int, asker: Asker) -> bytes:
    """Ask for a page; a pass that ran out is renewed once."""
    try:
        return asker.ask(pages.request(number))
    except HTTPError as error:
        if error.code != _UNAUTHORISED:
            raise _refused(pages.request(number), error) from error
    pages.sign_in(asker.ask)
    try:
        return asker.ask(pages.request(number))
    except HTTPError as error:
        raise _refused(pages.request(number), error) from error


def _refused(request: Request, error: HTTPError) -> SourceError:
    code, reason = "source.unreachable", f"{error.code} {error.reason}"
    return SourceError(code, found=_shown(request), expected=reason, values={"reason": reason})


def _shown(request: Request) -> str:
    return request.full_url.partition("?")[0]


def _resumed(folder: Path) -> int:
    """Return how many pages of an unfinished fetch of today are there; others are removed."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        n_pages, day, is_complete = record["pages"], record["day"], record["complete"]
    except (OSError, ValueError, KeyError, TypeError):
        n_pages, day, is_complete = 0, "", True
    there = all(page_of(folder, number + 1).is_file() for number in range(n_pages))
    if there and not is_complete and day == _today():
        return int(n_pages)
    for old in folder.glob("page-*.json"):
        old.unlink()
    return 0


def _remember(folder: Path, n_pages: int, *, is_complete: bool) -> None:
    record = {"pages": n_pages, "day": _today(), "complete": is_complete}
    _store(folder / RECORD, json.dumps(record).encode())


def _store(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
