"""Wrong passwords: many at once, and one for many accounts."""

import asyncio
import gzip
import re
import time
from collections import Counter
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode

from alpclusters.cli.drill.attacks import LOGIN, form_head
from alpclusters.cli.drill.processes import memory_mb
from alpclusters.cli.drill.wire import Answer, Place, connect, get

# What the sign-in says in English when it did not even look at the password.
EARLY: Final = b"Too many"
UNSEEN: Final = "refused unseen"
ANSWER_WITHIN_S: Final = 120
LOOK_S: Final = 0.02
OK: Final = 200


async def spray(place: Place, n: int) -> dict[str, Any]:
    """Try one password for many accounts, one after the other, as fast as it goes."""
    browser, statuses, began = await _browser(place), Counter[str](), time.monotonic()
    for number in range(n):
        statuses[_what(await _try(place, browser, f"account-{number}@example.org"))] += 1
    return {
        "answers": dict(sorted(statuses.items())),
        "seconds": round(time.monotonic() - began, 1),
    }


async def sign_in_wrongly(place: Place, n: int, site: int) -> dict[str, Any]:
    """Send wrong passwords for as many accounts at once; watch the memory of the site's process."""
    browsers = [await _browser(place) for _ in range(n)]
    before, peaks = memory_mb(site), [0.0]
    watching = asyncio.create_task(_watch(site, peaks))
    statuses = Counter[str]()

    async def sign_in(number: int) -> None:
        address, email = f"198.51.100.{number}", f"person-{number}@example.org"
        statuses[_what(await _try(place, browsers[number], email, address))] += 1

    try:
        await asyncio.gather(*(sign_in(number) for number in range(n)))
    finally:
        watching.cancel()
    return {
        "answers": dict(sorted(statuses.items())),
        "site_mb_before": round(before),
        "site_mb_more": round(max(peaks) - before),
    }


async def _watch(site: int, peaks: list[float]) -> None:
    while True:
        peaks[0] = max(peaks[0], memory_mb(site))
        await asyncio.sleep(LOOK_S)


async def _browser(place: Place) -> tuple[str, str]:
    """Open the sign-in; return the cookie and the word of its form."""
    wire = await connect(place)
    answer = await wire.ask(get(LOGIN, at=place))
    wire.close()
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', _plain(answer))
    cookies = SimpleCookie(answer.header(b"set-cookie").decode())
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    return cookie, found[1].decode() if found else ""


async def _try(place: Place, browser: tuple[str, str], email: str, address: str = "") -> Answer:
    cookie, word = browser
    words = {"login": email, "password": "no such word", "csrfmiddlewaretoken": word}
    body = urlencode(words).encode()
    wire = await connect(place)
    try:
        request = form_head(place, len(body), cookie, address) + body
        return await asyncio.wait_for(wire.ask(request), ANSWER_WITHIN_S)
    except (ConnectionError, TimeoutError):
        return Answer(0, b"", b"")
    finally:
        wire.close()


def _plain(answer: Answer) -> bytes:
    packed = answer.header(b"content-encoding") == b"gzip"
    return gzip.decompress(answer.body) if packed else answer.body


def _what(answer: Answer) -> str:
    is_early = answer.status == OK and EARLY in _plain(answer)
    return f"{answer.status} {UNSEEN}" if is_early else str(answer.status)
