"""``POST /live/join`` and ``/live/{id}/recover``: how a phone comes in."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from alpclusters.live import cookies
from alpclusters.live.answers import Busy, Joined, NotTakenError
from alpclusters.live.bodies import DisconnectedError
from alpclusters.live.front import Front
from alpclusters.live.gate import QueueFullError
from alpclusters.live.held import held
from alpclusters.live.pace import TooFastError
from alpclusters.live.request import Request
from alpclusters.live.wire import (
    GONE,
    UNAVAILABLE,
    UNPROCESSABLE,
    Answer,
    Headers,
    RefusedError,
    json_answer,
)
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION, is_code, normalise_code
from alpclusters.platform.cafe.domain.keys import cafe_of_token
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES

TRIES_PER_DEVICE: Final = 10
TRIES_KEPT_S: Final = 24 * 3600
MAX_KEY: Final = 64
MAX_TEXT: Final = 200
UNKNOWN: Final = _("No AlpCafé is running under this code. Check the eight characters.")
WAIT: Final = _("Many people are joining. Wait a moment and try again.")
SCAN: Final = _("Too many codes are being typed. Please scan the QR code.")
OLD_CONSENT: Final = _(
    "The text you agree to has changed. Load this page again, read it and agree once more."
)
CONSENT: Final = _("To take part, please agree to how your answers are used.")
NO_RECOVERY: Final = _("This personal code is not known here. Check the ten characters.")
ASK: Final = _("Too many attempts. Please ask the facilitator.")
UNREADABLE: Final = _("This answer could not be read.")


async def join(request: Request, front: Front) -> Answer:
    """Let a phone in by a typed code or a link; one that is in already stays who it is."""
    front.require_open_doors(request)
    content = await request.json()
    if _text(content, "recovery"):
        return await _come_back(request, front, await _event(request, front, content), content)
    language = _language(request, content)
    key, consent = _text(content, "k"), _text(content, "consent")
    if not consent:
        raise RefusedError(UNPROCESSABLE, "no_consent", request.say(CONSENT))
    if consent != CONSENT_VERSION:
        raise RefusedError(UNPROCESSABLE, "old_consent", request.say(OLD_CONSENT))
    if not 0 < len(key) <= MAX_KEY:
        raise RefusedError(UNPROCESSABLE, "no_key", request.say(UNREADABLE))
    event = await _event(request, front, content)
    await _at_pace(request, front)
    # "I am somebody else": the phone was in before, with another person.
    is_other = content.get("other") is True
    known = None if is_other else cookies.token_for(request, event)
    joined = await _taken(
        request,
        front.intake.join(event, language=language, consent=consent, key=key, known_token=known),
    )
    return _welcome(request, event, joined, language)


async def recover(request: Request, front: Front, event: int) -> Answer:
    """Give another phone the person who has this recovery code."""
    front.require_open_doors(request)
    return await _come_back(request, front, event, await request.json())


async def _come_back(request: Request, front: Front, event: int, content: dict[str, Any]) -> Answer:
    tries = cookies.tries_of(request)
    if tries >= TRIES_PER_DEVICE:
        raise RefusedError(UNPROCESSABLE, "ask_facilitator", request.say(ASK))
    if event not in front.intake.events():
        raise RefusedError(GONE, "gone", request.say(UNKNOWN))
    joined = await _recovered(request, front, event, content)
    if joined is None:
        header = cookies.set_cookie(cookies.TRIES, str(tries + 1), max_age=TRIES_KEPT_S)
        text = request.say(NO_RECOVERY)
        raise RefusedError(UNPROCESSABLE, "unknown_recovery", text, headers=[header])
    return _welcome(request, event, joined, request.language)


async def _recovered(
    request: Request, front: Front, event: int, content: dict[str, Any]
) -> Joined | None:
    """Look a recovery code up; only wrong ones count, and only their number slows others."""
    recovery = normalise_code(_text(content, "recovery"))
    key = _text(content, "k")
    if front.recoveries.is_slow:
        await _queued(request, front.recoveries.attempt(lambda: True))
    found = await _taken(request, front.intake.recover(event, recovery=recovery, key=key))
    if found is None:
        front.recoveries.bucket.take()
    return found


async def _event(request: Request, front: Front, content: dict[str, Any]) -> int:
    """Return the AlpCafé of a link or a typed code; the same refusal for all that is not open."""
    link = _text(content, "link")
    if link:
        found = front.intake.find_link(link)
        if found is not None and found[1] == "qr":
            return found[0]
        raise RefusedError(UNPROCESSABLE, "unknown_code", request.say(UNKNOWN))
    event = await _typed(request, front, normalise_code(_text(content, "code")))
    if event is None:
        raise RefusedError(UNPROCESSABLE, "unknown_code", request.say(UNKNOWN))
    return event


async def _typed(request: Request, front: Front, code: str) -> int | None:
    if not is_code(code):
        # It cannot be right, so nothing is learned from it and nothing is counted.
        return None
    if _is_of_own_event(request, front, code):
        return front.intake.find_code(code)
    return await _queued(request, front.gate.attempt(lambda: front.intake.find_code(code)))


def _is_of_own_event(request: Request, front: Front, code: str) -> bool:
    """Say whether a phone types the code of an AlpCafé it is in already; it need not wait."""
    tokens = [(cafe_of_token(token), token) for token in cookies.tokens_of(request)]
    own = {event for event, t in tokens if event is not None and front.intake.person(event, t)}
    return bool(own) and front.intake.find_code(code) in own


async def _queued[T](request: Request, attempt: Coroutine[Any, Any, T]) -> T:
    """Wait in the queue while the phone waits; a phone that goes gives its place free."""
    turn = asyncio.ensure_future(attempt)
    gone = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait({turn, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not turn.done():
            raise DisconnectedError
        return turn.result()
    except QueueFullError as full:
        text = request.say(SCAN)
        raise RefusedError(UNAVAILABLE, "codes_queue", text, retry_after=full.retry_after) from None
    finally:
        turn.cancel()
        gone.cancel()


async def _at_pace(request: Request, front: Front) -> None:
    try:
        await asyncio.sleep(front.joins.wait(None))
    except TooFastError as fast:
        raise held(request, fast, WAIT) from None


async def _taken[T](request: Request, call: Coroutine[Any, Any, T]) -> T:
    """Await the writer and put its refusals into the words of the wire."""
    try:
        return await call
    except Busy as busy:
        raise held(request, busy, WAIT) from None
    except NotTakenError:
        raise RefusedError(UNPROCESSABLE, "unknown_code", request.say(UNKNOWN)) from None


def _welcome(request: Request, event: int, joined: Joined, language: str) -> Answer:
    content: dict[str, Any] = {"event": event, "url": f"/cafe/here/{event}/"}
    if joined.recovery:
        content["recovery"] = joined.recovery
    headers: Headers = [
        cookies.remember(request, joined.token),
        cookies.set_cookie(
            "language",
            language,
            max_age=cookies.MAX_AGE_S,
            is_readable=True,
        ),
    ]
    return json_answer(content, headers=headers)


def _language(request: Request, content: dict[str, Any]) -> str:
    wanted = content.get("language")
    return wanted if wanted in LANGUAGE_CODES else request.language


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    return value[:MAX_TEXT] if isinstance(value, str) else ""
