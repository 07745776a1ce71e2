"""Which headers pass the front on their way to the site and back."""

import ipaddress
import re
from collections.abc import Iterable
from typing import Final

from alpclusters.live.wire import MARK, Headers, Scope
from alpclusters.platform.configuration import Network

MAX_HEAD: Final = 32 * 1024
HOP_BY_HOP: Final = frozenset(
    {
        b"connection",
        b"expect",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
# What says where a request came from is set by us alone.
ORIGIN: Final = frozenset({b"forwarded", b"x-real-ip", b"client-ip", b"true-client-ip", b"via"})


class BadRequestError(Exception):
    """A request whose length or place can be read in two ways."""

    def __init__(self, code: str, *, is_too_large: bool = False) -> None:
        super().__init__(code)
        self.code, self.is_too_large = code, is_too_large


def head_size(scope: Scope) -> int:
    """Return how many bytes the head of a request has, nearly."""
    line = len(scope["raw_path"]) + len(scope["query_string"])
    return line + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


def towards_site(scope: Scope, trusted: Iterable[Network]) -> Headers:
    """Return the headers for the site: what describes this connection is left out or set anew.

    Raises
    ------
    BadRequestError
        Two lengths, two hosts, or a head that is too large.
    """
    if head_size(scope) > MAX_HEAD:
        raise BadRequestError("head_too_large", is_too_large=True)
    client, scheme = origin_of(scope, trusted)
    left_out = _left_out(scope["headers"])
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name not in left_out and not _tells_origin(name)
    ]
    length = body_length(scope)
    if length is not None:
        kept.append((b"content-length", str(length).encode()))
    elif is_chunked(scope):
        kept.append((b"transfer-encoding", b"chunked"))
    if sum(name == b"host" for name, _ in kept) > 1:
        raise BadRequestError("two_hosts")
    forwarded = [(b"x-forwarded-proto", scheme.encode())]
    forwarded += [(b"x-forwarded-for", client.encode())] if client else []
    return [*kept, *forwarded]


def from_site(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers for the browser."""
    headers = list(headers)
    left_out = (_left_out(headers) - {b"content-length"}) | {b"date", b"server", MARK[0]}
    return [MARK, *((n, v) for n, v in ((n.lower(), v) for n, v in headers) if n not in left_out)]


def body_length(scope: Scope) -> int | None:
    """Return the one length of a body; None where there is none or it comes in chunks.

    Raises
    ------
    BadRequestError
        It can be read in two ways, or comes in another coding than chunks.
    """
    codings, found = set(), set()
    for name, value in scope["headers"]:
        if name == b"content-length":
            found.add(value.strip())
        elif name == b"transfer-encoding":
            codings.add(value.strip().lower())
    if codings - {b"chunked"}:
        raise BadRequestError("bad_coding")
    if not found:
        return None
    if len(found) > 1 or codings:
        raise BadRequestError("two_lengths")
    (text,) = found
    if not re.fullmatch(rb"[0-9]{1,15}", text):
        raise BadRequestError("bad_length")
    return int(text)


def is_chunked(scope: Scope) -> bool:
    """Say whether a body comes in chunks."""
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


def origin_of(scope: Scope, trusted: Iterable[Network]) -> tuple[str, str]:
    """Return the address and the scheme of the browser; a proxy is believed if it is named."""
    client = (scope.get("client") or ("", 0))[0]
    scheme = scope.get("scheme", "http")
    trusted = list(trusted)
    if not is_within(client, trusted):
        return client, scheme
    told = _last(scope, b"x-forwarded-proto")
    chain = [client, *reversed(_all(scope, b"x-forwarded-for"))]
    return _first_stranger(chain, trusted), told if told in {"http", "https"} else scheme


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Say whether an address belongs to one of these networks."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in networks)


def _first_stranger(chain: list[str], trusted: list[Network]) -> str:
    """Go back through the proxies to the first address that is none of ours."""
    known = chain[0]
    for address in chain[1:]:
        try:
            known = str(ipaddress.ip_address(address))
        except ValueError:
            return known
        if not is_within(known, trusted):
            return known
    return known


def _all(scope: Scope, wanted: bytes) -> list[str]:
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


def _last(scope: Scope, wanted: bytes) -> str:
    return (_all(scope, wanted) or [""])[-1].lower()


def _left_out(headers: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    named = b",".join(value for name, value in headers if name.lower() == b"connection")
    by_name = {part.strip().lower() for part in named.split(b",") if part.strip()}
    return HOP_BY_HOP | by_name | {b"content-length"}


def _tells_origin(name: bytes) -> bool:
    # An underscore reads like a hyphen on the other side: X_Forwarded_For would slip through.
    return name in ORIGIN or name.startswith(b"x-forwarded-") or b"_" in name
