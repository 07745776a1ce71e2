"""Large public files: fetched once, resumed after a cut, asked for again by their ETag.

Beside each file lies a record (``NAME.json``) of where it came from and when. A file without a
record was put there by hand and is never fetched over.
"""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request

from alpclusters.analysis.errors import SourceError
from alpclusters.sources.downloads import CHUNK, TIMEOUT_S, USER_AGENT, Download, Opener

TRIES: Final = 5
RETRIED: Final = frozenset({429, 500, 502, 503, 504})
MOST_WAIT_S: Final = 60.0
_OK: Final = 200
_PARTIAL: Final = 206
_NOT_MODIFIED: Final = 304
_RANGE_NOT_SATISFIABLE: Final = 416

type Told = Callable[[int, int | None], None]
type Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A fetched file with what its record says.

    Attributes
    ----------
    path : Path
    address : str
        Empty for a file that was put there by hand.
    sha256 : str
    n_bytes : int
    etag, last_modified : str
        As the server sent them; empty if it sent none.
    retrieved_at : str
        ISO 8601, UTC; empty for a file put there by hand.
    is_checked : bool
        The server confirmed just now that this is its newest version.
    """

    path: Path
    address: str
    sha256: str
    n_bytes: int
    etag: str
    last_modified: str
    retrieved_at: str
    is_checked: bool


class _CutError(Exception):
    """The stream ended early; what came stays for the next try."""


def fetch_file(
    source: Download,
    folder: Path,
    *,
    opener: Opener,
    max_bytes: int,
    timeout_s: float = TIMEOUT_S,
    progress: Told | None = None,
    wait: Wait = time.sleep,
) -> StoredFile:
    """Return a file of a folder, fetched or brought up to date where that is possible.

    Parameters
    ----------
    source : Download
    folder : Path
        Made if it is missing.
    opener : Opener
        `https_opener` in the product.
    max_bytes : int
        More is refused while it streams in.
    timeout_s : float
        Of each wait for the network.
    progress : callable, optional
        Called with the bytes there and the bytes announced (or None).
    wait : callable, optional
        Waits so many seconds between two tries.

    Returns
    -------
    StoredFile
        ``is_checked`` is false for a file of somebody's hand and when the network is away.

    Raises
    ------
    SourceError
        Not reachable and nothing stored, too large, or shorter than announced in every try. A
        part stays if the server named its version, and the next call goes on from there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = stored_file(source, folder)
    if known and not known.address:
        return known
    try:
        return _Fetch(source, folder, opener, max_bytes, timeout_s, progress).run(known, wait)
    except SourceError as error:
        if known and error.code in {"source.unreachable", "source.cut_off"}:
            return known
        raise


def stored_file(source: Download, folder: Path) -> StoredFile | None:
    """Return what a folder holds of a source; None if nothing."""
    path = folder / source.file
    if not path.is_file():
        return None
    found = _read_record(_record_of(path))
    if found.get("n_bytes") != path.stat().st_size:
        return StoredFile(path, "", sum_of(path), path.stat().st_size, "", "", "", is_checked=False)
    texts = {
        key: str(found.get(key, ""))
        for key in ("address", "sha256", "etag", "last_modified", "retrieved_at")
    }
    return StoredFile(path=path, n_bytes=path.stat().st_size, is_checked=False, **texts)


def sum_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One file on its way: several tries, each going on where the last one stopped."""

    source: Download
    folder: Path
    opener: Opener
    max_bytes: int
    timeout_s: float
    progress: Told | None

    @property
    def part(self) -> Path:
        return self.folder / f"{self.source.file}.part"

    @property
    def path(self) -> Path:
        return self.folder / self.source.file

    def run(self, known: StoredFile | None, wait: Wait) -> StoredFile:
        for number in range(1, TRIES + 1):
            try:
                return self._try(known)
            except _CutError as cut:
                code, reason, pause = "source.cut_off", str(cut), 2.0**number
            except HTTPError as error:
                pause = pause_of(error, number)
                error.close()  # it holds the connection
                code, reason = "source.unreachable", str(error.reason)
                if error.code not in RETRIED:
                    break
            except (URLError, OSError) as error:
                code, reason = "source.unreachable", str(getattr(error, "reason", error))
                pause = 2.0**number
            if number < TRIES:
                wait(pause)
        values = {"reason": reason}
        raise SourceError(code, found=self.source.address, expected=reason, values=values)

    def _try(self, known: StoredFile | None) -> StoredFile:
        request, start = self._request(known)
        try:
            answer = self.opener(request, timeout=self.timeout_s)
        except HTTPError as error:
            if error.code == _NOT_MODIFIED and known:
                error.close()
                return replace(known, is_checked=True)
            if error.code == _RANGE_NOT_SATISFIABLE and start:
                self._forget()  # the part is longer than the file: begin anew
                raise _CutError("0") from error
            raise
        with closing(answer):
            return self._receive(answer, start)

    def _request(self, known: StoredFile | None) -> tuple[Request, int]:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        version = str(_read_record(_record_of(self.part)).get("etag", ""))
        start = self.part.stat().st_size if version and self.part.is_file() else 0
        if start:
            headers |= {"Range": f"bytes={start}-", "If-Range": version}
        elif known and known.etag:
            headers["If-None-Match"] = known.etag
        elif known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return Request(self.source.address, headers=headers), start  # noqa: S310 - checked by the opener's owner

    def _receive(self, answer: IO[bytes], start: int) -> StoredFile:
        headers: Message = getattr(answer, "headers", Message())
        if start and not _continues(answer, headers, start):
            start = 0
        announced = _announced(headers, start)
        etag = headers.get("ETag", "")
        if etag and not etag.startswith("W/"):
            _write_record(_record_of(self.part), {"etag": etag})
        received = self._stream(answer, start, announced)
        if announced is not None and received != announced:
            if not etag or etag.startswith("W/"):
                self._forget()
            raise _CutError(str(announced))
        return self._keep(etag, headers.get("Last-Modified", ""))

    def _stream(self, answer: IO[bytes], start: int, announced: int | None) -> int:
        received = start
        with self.part.open("ab" if start else "wb") as target:
            while chunk := answer.read(CHUNK):
                received += len(chunk)
                if received > self.max_bytes:
                    target.close()
                    self._forget()
                    code, most = "source.too_large", str(self.max_bytes)
                    raise SourceError(code, found=self.source.address, expected=most)
                target.write(chunk)
                if self.progress:
                    self.progress(received, announced)
        return received

    def _keep(self, etag: str, last_modified: str) -> StoredFile:
        _record_of(self.part).unlink(missing_ok=True)
        path = self.part.replace(self.path)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        kept = StoredFile(
            path=path,
            address=self.source.address,
            sha256=sum_of(path),
            n_bytes=path.stat().st_size,
            etag=etag,
            last_modified=last_modified,
            retrieved_at=now,
            is_checked=True,
        )
        told = {k: v for k, v in asdict(kept).items() if k not in {"path", "is_checked"}}
        _write_record(_record_of(path), told)
        return kept

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        _record_of(self.part).unlink(missing_ok=True)


def _continues(answer: IO[bytes], headers: Message, start: int) -> bool:
    """Say whether an answer is the rest of the same version from the asked byte on."""
    span = headers.get("Content-Range", "")
    return getattr(answer, "status", _OK) == _PARTIAL and span.startswith(f"bytes {start}-")


def _announced(headers: Message, start: int) -> int | None:
    length = headers.get("Content-Length", "")
    return start + int(length) if length.isdecimal() else None


def pause_of(error: HTTPError, number: int) -> float:
    """Return the seconds before the next try: what the server asks, at most a minute."""
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return min(MOST_WAIT_S, float(asked) if asked.isdecimal() else 2.0**number)


def _record_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _read_record(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_record(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, indent=1), encoding="utf-8")
