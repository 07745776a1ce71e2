"""Which links were opened on a screen: a cookie with the last few, newest first."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alpclusters.platform.cafe.domain.keys import ScreenPass, read_pass
from alpclusters.platform.cookies import sent_name

COOKIE: Final = "cafescreen"
MAX_AGE_S: Final = 3 * 24 * 3600
MOST: Final = 4


def passes_of(request: HttpRequest) -> list[ScreenPass]:
    """Return the links a browser brings, newest first; whether they are valid is to be asked."""
    texts = [text for text in request.COOKIES.get(sent_name(COOKIE), "").split(".") if text][:MOST]
    return [found for text in texts if (found := read_pass(text))]


def remember_pass(request: HttpRequest, response: HttpResponse, opened: ScreenPass) -> None:
    """Put a link in front of the others, in place of an older one for the same thing."""
    others = [
        one
        for one in passes_of(request)
        if (one.cafe_id, one.screen) != (opened.cafe_id, opened.screen)
    ]
    response.set_cookie(
        sent_name(COOKIE),
        ".".join(one.text for one in [opened, *others][:MOST]),
        max_age=MAX_AGE_S,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
