"""Which person a phone belongs to and which links a screen opened: cookies; forms without token."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from alpclusters.platform.cafe.domain.host_links import ScreenPass, read_pass
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.cookies import sent_name
from alpclusters.platform.evaluation.models import Snapshot

# --- Forms that carry no token, since their page is the same for everybody in the hall ------------
#
# Instead the browser says where a request comes from; scripts cannot forge these headers. The live
# process does the same (quality: a form of another site must not act in somebody's name).


type View = Callable[..., HttpResponse]


def same_origin(view: View) -> View:
    """Refuse what another site sends; replaces the form token."""

    @csrf_exempt
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_own(request):
            return HttpResponseForbidden(content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return wrapped


def is_own(request: HttpRequest) -> bool:
    """Say whether a page of this site, or no page at all, sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    # A browser names the origin of every form it posts; who names none is no browser.
    return origin is None or urlsplit(origin).netloc == request.get_host()


# --- Which person a phone belongs to: a cookie with the tokens of its AlpCafés, newest first ------
#
# Nobody signs in. The cookie is unreadable for scripts and holds a token for each of the last
# AlpCafés, so that whoever types an earlier code comes back as the same person. The live process
# reads and writes the same cookie.


COOKIE: Final = "cafe"
PATH: Final = "/"
MAX_AGE_S: Final = 60 * 24 * 3600
MAX_EVENTS: Final = 4


def tokens_of(request: HttpRequest) -> list[str]:
    """Return the tokens a phone brings, newest first."""
    return [t for t in request.COOKIES.get(sent_name(COOKIE), "").split(".") if t][:MAX_EVENTS]


def current_participant(request: HttpRequest) -> Participant | None:
    """Return the person of the AlpCafé in which this phone was last."""
    tokens = tokens_of(request)[:1]
    return next(iter(participants_of(tokens).values()), None) if tokens else None


def token_for(request: HttpRequest, cafe: AlpCafe) -> str | None:
    """Return the token with which this phone already is in an AlpCafé."""
    found = participants_of(tokens_of(request))
    return next((t for t, person in found.items() if person.cafe_id == cafe.pk), None)


def remember(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Put a token in front of the others."""
    others = [t for t in tokens_of(request) if t != token]
    _write(response, [token, *others][:MAX_EVENTS])


def forget_current(request: HttpRequest, response: HttpResponse) -> None:
    """Drop the token of the AlpCafé in which this phone was last."""
    _write(response, tokens_of(request)[1:])


def _write(response: HttpResponse, tokens: Sequence[str]) -> None:
    if not tokens:
        response.delete_cookie(sent_name(COOKIE), path=PATH, samesite="Lax")
        return
    response.set_cookie(
        sent_name(COOKIE),
        ".".join(tokens),
        max_age=MAX_AGE_S,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def for_participants(view: View) -> View:
    """Let a view run for people in an open AlpCafé; others join first or are thanked."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = current_participant(request)
        if person is None:
            return HttpResponseRedirect(reverse("cafe:join"))
        if not person.cafe.is_open:
            return closed_page(request, person)
        return view(request, person, *args, **kwargs)

    return wrapped


def closed_page(request: HttpRequest, person: Participant) -> HttpResponse:
    """Thank a person; after the release the page leads to the evaluation."""
    released = Snapshot.objects.released().filter(cafe=person.cafe)
    context = {
        "cafe": person.cafe,
        "simulated": person.cafe.is_simulated,
        "snapshot": released.order_by("-number", "-pk").first(),
        "was_late": request.method == "POST",
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "cafe/closed.html", context, status=status)


# --- Which links were opened on a screen: a cookie with the last few, newest first ----------------


PASSES_COOKIE: Final = "cafescreen"
PASSES_MAX_AGE_S: Final = 3 * 24 * 3600
MOST: Final = 4


def passes_of(request: HttpRequest) -> list[ScreenPass]:
    """Return the links a browser brings, newest first; whether they are valid is to be asked."""
    texts = [text for text in request.COOKIES.get(sent_name(PASSES_COOKIE), "").split(".") if text][
        :MOST
    ]
    return [found for text in texts if (found := read_pass(text))]


def remember_pass(request: HttpRequest, response: HttpResponse, opened: ScreenPass) -> None:
    """Put a link in front of the others, in place of an older one for the same thing."""
    others = [
        one
        for one in passes_of(request)
        if (one.cafe_id, one.screen) != (opened.cafe_id, opened.screen)
    ]
    response.set_cookie(
        sent_name(PASSES_COOKIE),
        ".".join(one.text for one in [opened, *others][:MOST]),
        max_age=PASSES_MAX_AGE_S,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
