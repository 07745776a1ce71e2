"""Where somebody is signed in: the sessions of one person, listed and ended.

Everything is kept in the session itself and goes with it; there is no table beside it, and no
address of a network is kept. Sessions are found by what they hold, not by their keys, because
the database may know a key only by its hash.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from alpclusters.platform.accounts.models import User

# --- Browsers in which the owner of an account has signed in before: a signed cookie, no table


LASTS_S: Final = 180 * 24 * 3_600
# On a shared computer.
MANY: Final = 8
_SALT: Final = "alpclusters.device"


@dataclass(frozen=True, slots=True)
class Device:
    """A browser: a number by chance, and the accounts whose owners signed in there."""

    nonce: str
    accounts: tuple[int, ...] = ()


def device_of(request: HttpRequest) -> Device | None:
    """Return the browser of a request; None if nobody signed in there before."""
    try:
        found = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=LASTS_S
        )
        return Device(found["n"], tuple(found["u"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember(request: HttpRequest, response: HttpResponseBase, account: int) -> None:
    """Let the browser show next time that this account's owner signed in there."""
    found = device_of(request) or Device(secrets.token_urlsafe(12))
    others = [other for other in found.accounts if other != account]
    content = {"n": found.nonce, "u": [account, *others][:MANY]}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(content, salt=_SALT),
        max_age=LASTS_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


# --- Where somebody is signed in: the sessions of one person, listed and ended --------------------


KEY: Final = "sign_in"
# Noting each request would write with each request.
SEEN_EVERY: Final = timedelta(hours=1)
# A session ends when it was not used for so long, and however it is used after so long; docs/user
# and docs/operator/accounts.md say why.
IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=14)
LONGEST_OF_ADMINISTRATORS: Final = timedelta(days=1)
# The first word that is found counts: every browser claims to be some of the others.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One session as its owner sees it; times are None for one made by an earlier version."""

    id: str
    device: str
    signed_in_at: datetime | None
    seen_at: datetime | None
    is_current: bool


def device_words(agent: str) -> str:
    """Say in two words what a browser calls itself; empty if it is none we know.

    Examples
    --------
    >>> device_words("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    """
    found = (
        next((name for sign, name in names if re.search(rf"\b{sign}", agent)), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def note_sign_in(session: SessionBase, user: User, *, agent: str, now: datetime) -> None:
    """Keep in a new session with what and when somebody signed in, and until when it lasts."""
    longest = LONGEST_OF_ADMINISTRATORS if user.is_superuser else LONGEST
    session[KEY] = {
        "id": secrets.token_urlsafe(9),
        "device": device_words(agent),
        "at": now.isoformat(),
        "seen": now.isoformat(),
        "until": (now + longest).isoformat(),
    }


def note_seen(session: SessionBase, *, now: datetime) -> None:
    """Note that a session is in use, at most once an hour."""
    kept = session.get(KEY)
    if kept and now - datetime.fromisoformat(kept["seen"]) >= SEEN_EVERY:
        session[KEY] = {**kept, "seen": now.isoformat()}


def is_over(session: SessionBase, *, now: datetime) -> bool:
    """Say whether a session has lasted too long, or was left alone too long."""
    kept = session.get(KEY, {})
    until, seen = (datetime.fromisoformat(kept[k]) if k in kept else now for k in ("until", "seen"))
    return now > until or now - seen > IDLE + SEEN_EVERY


def sign_ins_of(user: User, *, current: SessionBase) -> list[SignIn]:
    """List where a person is signed in, the one in use first, then the latest seen.

    Sessions that are too old, or of a password that was changed, open nothing and are left out.
    """
    own = current.get(KEY, {}).get("id", "")
    now = timezone.now()
    found = [
        _read(data, own)
        for row, data in _sessions_of(user)
        if row.expire_date > now and _is_of_password(data, user)
    ]
    return sorted(found, key=lambda one: (one.is_current, str(one.seen_at)), reverse=True)


def end_sign_in(user: User, which: str) -> bool:
    """End one session of a person; say whether there was one."""
    rows = [row for row, data in _sessions_of(user) if data.get(KEY, {}).get("id", "") == which]
    for row in rows:
        row.delete()
    return bool(rows)


def end_sign_ins(user: User, *, but: SessionBase | None = None) -> int:
    """End all sessions of a person, or all but one; return how many."""
    kept = but.get(KEY, {}).get("id") if but is not None else None
    rows = [row for row, data in _sessions_of(user) if kept != data.get(KEY, {}).get("id", "")]
    for row in rows:
        row.delete()
    return len(rows)


def _sessions_of(user: User) -> Iterator[tuple[AbstractBaseSession, dict[str, Any]]]:
    """Find all sessions of a person, also those that open nothing any more."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in list(store.get_model_class()._default_manager.iterator()):
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk):
            yield row, data


def _is_of_password(data: dict[str, Any], user: User) -> bool:
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def _read(data: dict[str, Any], own: str) -> SignIn:
    kept = data.get(KEY, {})
    at, seen = (datetime.fromisoformat(kept[k]) if k in kept else None for k in ("at", "seen"))
    which = kept.get("id", "")
    return SignIn(which, kept.get("device", ""), at, seen, bool(own) and which == own)
