"""Two cookies: ``cafe`` says who a phone is, ``cafescreen`` what a screen may show.

Both hold entries separated by dots, newest first, one for each of the last few AlpCafés.
"""

import re
from collections.abc import Sequence
from typing import Final

from alpclusters.live.request import Request
from alpclusters.platform.cafe.domain.keys import cafe_of_token
from alpclusters.platform.cookies import is_secure, sent_name

PERSON: Final = "cafe"
SCREEN: Final = "cafescreen"
TRIES: Final = "cafetries"
MAX_AGE_S: Final = 60 * 24 * 3600
MAX_ENTRIES: Final = 4
_ENTRY: Final = re.compile(r"[0-9]{1,12}(?:~[A-Za-z0-9_-]{1,64}){1,3}")


def tokens_of(request: Request) -> list[str]:
    """Return the tokens a phone brings, newest first."""
    return _entries(request, PERSON)


def token_for(request: Request, event: int) -> str | None:
    """Return the token a phone brings for an AlpCafé; whether it is true is to be asked."""
    return next((t for t in tokens_of(request) if cafe_of_token(t) == event), None)


def screens_of(request: Request, event: int) -> list[str]:
    """Return the links of an AlpCafé that were opened on this screen."""
    return [e for e in _entries(request, SCREEN) if cafe_of_token(e) == event]


def remember(request: Request, token: str) -> tuple[bytes, bytes]:
    """Return the header that puts a token in front of the others, in place of an older one."""
    event = cafe_of_token(token)
    others = [t for t in tokens_of(request) if cafe_of_token(t) != event]
    value = ".".join([token, *others][:MAX_ENTRIES])
    return set_cookie(PERSON, value, max_age=MAX_AGE_S)


def set_cookie(
    name: str, value: str, *, max_age: int, is_readable: bool = False
) -> tuple[bytes, bytes]:
    """Return a header that sets a cookie for all pages; scripts cannot read it unless told."""
    parts = [f"{sent_name(name)}={value}", "Path=/", f"Max-Age={max_age}", "SameSite=Lax"]
    parts += ["HttpOnly"] if not is_readable else []
    parts += ["Secure"] if is_secure() else []
    return b"set-cookie", "; ".join(parts).encode("latin-1")


def tries_of(request: Request) -> int:
    """Return how often this phone has tried a recovery code that was wrong."""
    found = [value for name, value in request.cookies if name == sent_name(TRIES)]
    return int(found[0]) if found and re.fullmatch(r"[0-9]{1,3}", found[0]) else 0


def _entries(request: Request, cookie: str) -> list[str]:
    wanted = sent_name(cookie)
    values: Sequence[str] = [value for name, value in request.cookies if name == wanted]
    entries = [entry for value in values for entry in value.split(".")]
    return [e for e in dict.fromkeys(entries) if _ENTRY.fullmatch(e)][: MAX_ENTRIES * 2]
