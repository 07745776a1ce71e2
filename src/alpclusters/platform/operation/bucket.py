"""A bucket that speaks S3: put, get, list and delete files, signed (AWS Signature Version 4).

Four requests need no library of a hundred modules. The address names server, bucket and folder;
requests name the bucket in the path, which every server understands.
"""

import hashlib
import hmac
import shutil
import stat
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.files import file_digest

NOTHING: Final = hashlib.sha256(b"").hexdigest()
ANSWERS_WITHIN_S: Final = 60.0
# What servers take in one piece.
LARGEST: Final = 5 * 1024**3
_SAFE: Final = "-_.~"
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_ANSWER: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Keys:
    """What requests are signed with."""

    name: str
    secret: str = field(repr=False)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A signed request goes where it was addressed to and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


class Bucket:
    """A folder of a bucket.

    Parameters
    ----------
    address : str
        ``https://SERVER/BUCKET`` or ``https://SERVER/BUCKET/FOLDER``; http on this machine only.
    keys : Keys
    region : str

    Raises
    ------
    SetupError
        ``backup.bucket_address``.
    """

    def __init__(self, address: str, keys: Keys, region: str) -> None:
        parts = urlsplit(address)
        is_private = parts.scheme == "https" or parts.hostname in _LOCAL
        name, _, folder = parts.path.strip("/").partition("/")
        if parts.scheme not in {"http", "https"} or not is_private or not name or parts.username:
            raise SetupError("backup.bucket_address", found=address)
        self.address, self.keys, self.region = address, keys, region
        self._host, self._root = parts.netloc, f"{parts.scheme}://{parts.netloc}"
        self._path, self._folder = f"/{name}", f"{folder}/" if folder else ""
        self._open = urllib.request.build_opener(NoRedirects()).open

    def put(self, path: Path) -> None:
        """Write a file under its name and compare what lies there afterwards.

        Raises
        ------
        SetupError
            ``backup.bucket_fails``.
        """
        size, digest = path.stat().st_size, file_digest(path)
        if size > LARGEST:
            raise self._failed("larger than 5 GB")
        with path.open("rb") as file:
            self._ask("PUT", self._named(path.name), body=file, size=size, digest=digest).close()
        with self._ask("GET", self._named(path.name)) as answer:
            found = hashlib.file_digest(answer, "sha256").hexdigest()
        if found != digest:
            raise self._failed("other bytes arrived")

    def get(self, name: str, target: Path) -> None:
        """Write what lies under a name into a file for its owner alone.

        Raises
        ------
        SetupError
            ``backup.bucket_fails``.
        """
        with self._ask("GET", self._named(name)) as answer, target.open("wb") as file:
            target.chmod(0o600)
            shutil.copyfileobj(answer, file)

    def names(self) -> list[str]:
        """Return the names in the folder, in order.

        Raises
        ------
        SetupError
            ``backup.bucket_fails``.
        """
        found: list[str] = []
        query = {"list-type": "2", "prefix": self._folder}
        while True:
            with self._ask("GET", self._path, query=query) as answer:
                tree = self._parsed(answer.read(_LONGEST_ANSWER))
            found += [_text(one, "Key") for one in tree.iter() if _is(one, "Contents")]
            after = _text(tree, "NextContinuationToken")
            if not after:
                names = (name.removeprefix(self._folder) for name in found)
                return sorted(name for name in names if name and "/" not in name)
            query["continuation-token"] = after

    def delete(self, name: str) -> None:
        """Remove what lies under a name.

        Raises
        ------
        SetupError
            ``backup.bucket_fails``.
        """
        self._ask("DELETE", self._named(name)).close()

    def _named(self, name: str) -> str:
        return f"{self._path}/{self._folder}{name}"

    def _parsed(self, content: bytes) -> ET.Element:
        # No entities: nothing in such an answer needs one, and they could grow without end.
        if b"<!" in content:
            raise self._failed("no list")
        try:
            return ET.fromstring(content)  # noqa: S314 - see above
        except ET.ParseError:
            raise self._failed("no list") from None

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: IO[bytes] | None = None,
        size: int = 0,
        digest: str = NOTHING,
    ) -> Any:
        path, line = quote(path, safe=f"/{_SAFE}"), _query(query or {})
        headers = sign(
            self.keys,
            self.region,
            method,
            path,
            line,
            {"host": self._host, "x-amz-content-sha256": digest},
            now=datetime.now(tz=UTC),
        )
        if body is not None:
            headers |= {"content-length": str(size), "content-type": "application/zip"}
        address = f"{self._root}{path}" + (f"?{line}" if line else "")
        request = urllib.request.Request(address, body, headers, method=method)  # noqa: S310 - checked above
        try:
            return self._open(request, timeout=ANSWERS_WITHIN_S)
        except HTTPError as error:
            with error:
                raise self._failed(str(error)) from error
        except (OSError, HTTPException) as error:
            raise self._failed(str(getattr(error, "reason", None) or error)) from error

    def _failed(self, reason: str) -> SetupError:
        return SetupError("backup.bucket_fails", values={"bucket": self.address, "reason": reason})


def sign(
    keys: Keys,
    region: str,
    method: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    *,
    now: datetime,
) -> dict[str, str]:
    """Return headers with time and signature.

    Parameters
    ----------
    keys : Keys
    region : str
    method, path, query : str
        Path and query as they are sent: quoted, the query in the order of its names.
    headers : mapping of str to str
        In small letters; all of them are signed; ``x-amz-content-sha256`` is among them.
    now : datetime
        In UTC.
    """
    time, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    signed = {**headers, "x-amz-date": time}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    request = "\n".join([method, path, query, lines, names, signed["x-amz-content-sha256"]])
    scope = f"{day}/{region}/s3/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{digest}"
    key = f"AWS4{keys.secret}".encode()
    for word in (day, region, "s3", "aws4_request"):
        key = hmac.digest(key, word.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    signed["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={keys.name}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return signed


def read_keys(path: Path | None) -> Keys:
    """Read the access key and the secret key, one a line, from a file of its owner alone.

    Raises
    ------
    SetupError
        ``backup.bucket_keys``.
    """
    try:
        if path is not None and not stat.S_IMODE(path.stat().st_mode) & 0o077:
            name, secret = path.read_text(encoding="ascii").split()
            return Keys(name, secret)
    except (OSError, ValueError):
        pass
    raise SetupError("backup.bucket_keys", values={"file": str(path or "")})


def _query(values: Mapping[str, str]) -> str:
    return urlencode(sorted(values.items()), quote_via=quote, safe=_SAFE)


def _is(one: ET.Element, name: str) -> bool:
    return one.tag.rpartition("}")[2] == name


def _text(tree: ET.Element, name: str) -> str:
    return next((one.text or "" for one in tree if _is(one, name)), "")
