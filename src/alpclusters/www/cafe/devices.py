"""Which person a phone belongs to: a cookie with the tokens of its AlpCafés, newest first.

Nobody signs in. The cookie is unreadable for scripts and holds a token for each of the last
AlpCafés, so that whoever types an earlier code comes back as the same person. The live process
reads and writes the same cookie.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.platform.cookies import sent_name
from alpclusters.platform.evaluation.models import Snapshot

COOKIE: Final = "cafe"
PATH: Final = "/"
MAX_AGE_S: Final = 60 * 24 * 3600
MAX_EVENTS: Final = 4

type View = Callable[..., HttpResponse]


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
