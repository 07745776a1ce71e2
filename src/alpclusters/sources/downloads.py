"""Download of public files: https only, known hosts only, with limits; whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import IO, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from alpclusters import __version__
from alpclusters.analysis.errors import SourceError

TIMEOUT_S: Final = 60.0
MAX_BYTES: Final = 20_000_000
CHUNK: Final = 65_536
USER_AGENT: Final = f"AlpClusters/{__version__}"


class Opener(Protocol):
    """What opens a request; tests hand in one for a local server."""

    def __call__(self, request: Request, *, timeout: float) -> IO[bytes]:
        """Return the open answer."""


@dataclass(frozen=True, slots=True)
class Download:
    """One public file: where it lies and what we call it."""

    address: str
    file: str


class _SameHosts(HTTPRedirectHandler):
    """Follow a redirect only to https and within the known hosts."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        check_address(newurl, hosts=self.hosts)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def https_opener(hosts: frozenset[str]) -> Opener:
    """Return an opener that stays on the known hosts, redirects included."""
    director = build_opener(_SameHosts(hosts))

    def open_request(request: Request, *, timeout: float) -> IO[bytes]:
        answer: IO[bytes] = director.open(request, timeout=timeout)
        return answer

    return open_request


def check_address(address: str, *, hosts: frozenset[str]) -> None:
    """Refuse an address that is not https on a known host.

    Raises
    ------
    SourceError
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in hosts:
        code = "source.not_allowed"
        raise SourceError(code, found=address, expected=", ".join(sorted(hosts)))


def download(
    source: Download,
    folder: Path,
    *,
    opener: Opener,
    max_bytes: int = MAX_BYTES,
    timeout_s: float = TIMEOUT_S,
    progress: Callable[[int], None] | None = None,
) -> Path:
    """Download one file into a folder; the file appears when it is whole.

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
        Called with the number of bytes received so far.

    Raises
    ------
    SourceError
        Not reachable, too large, or shorter than announced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{source.file}.part"
    try:
        _stream(source, part, opener, max_bytes, timeout_s, progress)
        return part.replace(folder / source.file)
    except (URLError, TimeoutError, OSError) as error:
        if isinstance(error, HTTPError):
            error.close()  # it holds the connection
        code = "source.unreachable"
        reason = str(getattr(error, "reason", error))
        raise SourceError(code, found=source.address, values={"reason": reason}) from error
    finally:
        part.unlink(missing_ok=True)


def _stream(
    source: Download,
    part: Path,
    opener: Opener,
    max_bytes: int,
    timeout_s: float,
    progress: Callable[[int], None] | None,
) -> None:
    request = Request(source.address, headers={"User-Agent": USER_AGENT})  # noqa: S310 - checked by the opener's owner
    received = 0
    with opener(request, timeout=timeout_s) as answer, part.open("wb") as target:
        announced = getattr(answer, "length", None)
        while chunk := answer.read(CHUNK):
            received += len(chunk)
            if received > max_bytes:
                code = "source.too_large"
                raise SourceError(code, found=source.address, expected=str(max_bytes))
            target.write(chunk)
            if progress:
                progress(received)
    if announced is not None and received != announced:
        code = "source.cut_off"
        raise SourceError(code, found=source.address, expected=str(announced))
