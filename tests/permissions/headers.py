"""The headers every page sends, and what is wrong with those of an answer."""

import re
from collections.abc import Iterator

from tests.permissions.asking import Answer

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Page -> headers that differ there, with the reason beside.
DIFFERENT: dict[str, dict[str, str | None]] = {
    # A secret stands in the address: no other page may learn it.
    "administrator_link": {"Referrer-Policy": "strict-origin"},
}
# Other sites may frame what these pages show, and nothing else: without scripts and forms.
FRAMED = {"public:directory-embed", "public:plan-embed"}
FRAMED_HEADERS = {"X-Frame-Options": None, "Cross-Origin-Resource-Policy": "cross-origin"}
FRAMED_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "*",
}
# Page -> its own policy.
DIFFERENT_POLICY = {
    # Somebody else's file and what was drawn from it: opened alone, they may do nothing.
    "public:source-file": {"sandbox": "", "default-src": "'none'"},
    "public:source-page": {"sandbox": "", "default-src": "'none'"},
}
# Page -> what it says instead of "no-store" to people who are known, and why.
MAY_BE_KEPT: dict[str, str] = {
    # The cockpit asks every few seconds with a tag; "no-store" would forbid the browser to.
    "workspace:cafe_numbers": "private, no-cache",
    # The address names what the file holds, and nobody's name stands in it.
    "public:cluster-logo": "private, max-age=604800, immutable",
    # Large, and nobody's name stands in it; a licence that is taken back counts within a day.
    "public:source-file": "private, max-age=86400",
    "public:source-page": "private, max-age=86400",
}
# Page -> what it says about what is published: everybody may keep that, and nobody's name is in it.
PUBLISHED: dict[str, str] = {
    "public:cluster-logo": "public, max-age=604800, immutable",
    "public:source-file": "public, max-age=86400",
    "public:source-page": "public, max-age=86400",
}
# What names the programs behind, and what would let scripts of other sites read an answer.
NEVER_SENT = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
# A file has a name of ours, without a path and without a character that ends a header.
SAFE_NAME = re.compile(r"""(attachment|inline)(; filename=("[\w .()-]+"|[\w.-]+))?$""")
OK = 200
KNOWN = {"administrator"}


def policy_of(text: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
    return {name: value for name, _, value in parts}


def cache_of(name: str, relation: str, role: str) -> str:
    """Return what a page must say about being kept, or nothing if it may say what it likes."""
    if relation == "public" and name in PUBLISHED:
        return PUBLISHED[name]
    if role in KNOWN or name.startswith("cafe:"):
        return MAY_BE_KEPT.get(name, "no-store")
    return ""


def wrong_headers(name: str, relation: str, role: str, answer: Answer) -> str:
    """Say what is wrong with the headers of an answer; nothing, if nothing is."""
    return ", ".join(_wrong(name, relation, role, answer))


def _wrong(name: str, relation: str, role: str, answer: Answer) -> Iterator[str]:
    headers = answer.response.headers
    is_shown = answer.status == OK
    # A page that is refused is one of ours again.
    is_framed = is_shown and name in FRAMED
    different = FRAMED_HEADERS if is_framed else DIFFERENT.get(name, {})
    for key, value in {**HEADERS, **different}.items():
        if headers.get(key) != value:
            yield f"{key}: {headers.get(key)} instead of {value}"
    own = FRAMED_POLICY if is_framed else DIFFERENT_POLICY.get(name, POLICY)
    policy = own if is_shown else POLICY
    if policy_of(headers.get("Content-Security-Policy", "")) != policy:
        yield f"Content-Security-Policy: {headers.get('Content-Security-Policy')}"
    if cache_of(name, relation, role) not in headers.get("Cache-Control", ""):
        yield f"Cache-Control: {headers.get('Cache-Control')}"
    yield from (f"{key} is sent" for key in NEVER_SENT if key in headers)
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        yield f"Content-Type: {kind}"
    if "Content-Disposition" in headers and not SAFE_NAME.match(headers["Content-Disposition"]):
        yield f"Content-Disposition: {headers['Content-Disposition']}"
