"""Every page, to a visitor, to somebody on a phone and to an administrator, sends these headers."""

import pytest

from tests.permissions.asking import address_of, ask
from tests.permissions.table import ROWS
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

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
    # Other sites may frame this list, and nothing else.
    "public:directory-embed": {
        "X-Frame-Options": None,
        "Cross-Origin-Resource-Policy": "cross-origin",
    },
    # A secret stands in the address: no other page may learn it.
    "administrator_link": {"Referrer-Policy": "strict-origin"},
}
# Page -> its own policy: a frame without scripts and forms.
DIFFERENT_POLICY = {
    "public:directory-embed": {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "*",
    },
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
OK = 200
KNOWN = {"administrator"}
READERS = ("visitor", "participant", "administrator")


def policy_of(text: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
    return {name: value for name, _, value in parts}


def cache_of(name: str, role: str) -> str:
    """Return what a page must say about being kept, or nothing if it may say what it likes."""
    if role in KNOWN or name.startswith("cafe:"):
        return MAY_BE_KEPT.get(name, "no-store")
    return ""


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", ROWS)
def test_page_sends_the_headers_of_the_table(name: str, role: str, world: World):
    row = ROWS[name]
    method = "GET" if "GET" in row.methods else "POST"

    answer = ask(world.clients[role], method, address_of(row, next(iter(row.outcomes)), world))
    headers = answer.response.headers

    wanted = {**HEADERS, **DIFFERENT.get(name, {})}
    assert {key: headers.get(key) for key in wanted} == wanted
    # A page that is refused is one of ours again.
    policy = DIFFERENT_POLICY.get(name, POLICY) if answer.status == OK else POLICY
    assert policy_of(headers["Content-Security-Policy"]) == policy
    assert cache_of(name, role) in headers["Cache-Control"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "POST" in row.methods])
def test_page_takes_nothing_from_a_form_of_another_site(name: str, world: World):
    row = ROWS[name]
    client = world.clients["administrator"]
    client.handler.enforce_csrf_checks = True

    try:
        address = address_of(row, next(iter(row.outcomes)), world)
        answer = ask(client, "POST", address, site="cross-site")
    finally:
        client.handler.enforce_csrf_checks = False

    assert answer.status == 403
    assert answer.writes == ()


@pytest.mark.parametrize("role", READERS)
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(role: str, world: World):
    for name in ("public:home", "account_login", "cafe:join"):
        answer = ask(world.clients[role], "GET", address_of(ROWS[name], "any", world))
        for cookie in answer.response.cookies.values():
            assert cookie["samesite"] == "Lax"
            assert cookie["httponly"] or cookie.key == "language"
