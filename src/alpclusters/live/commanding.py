"""What a person in the hall sends and reads: commands, one's own answers, the heartbeat."""

import asyncio
from typing import Any, Final

from alpclusters.live.answers import Busy, Result
from alpclusters.live.front import Front
from alpclusters.live.held import held
from alpclusters.live.pace import TooFastError
from alpclusters.live.request import LARGE, SMALL, Request
from alpclusters.live.wire import (
    NO_CONTENT,
    UNPROCESSABLE,
    Answer,
    RefusedError,
    json_answer,
)
from alpclusters.platform.languages.catalogues import gettext_noop as _

MAX_COMMANDS: Final = 50
MAX_UNSENT: Final = 100_000
KEPT: Final = _("Not saved yet: your phone keeps it and sends it again.")


async def command(request: Request, front: Front, event: int) -> Answer:
    """Take one command; its status is the status of the answer."""
    content = await _body(request, front, event, SMALL)
    (result,) = await _take(request, front, event, [content])
    return json_answer(result.as_json(), result.status)


async def commands(request: Request, front: Front, event: int) -> Answer:
    """Take up to 50 commands, as a phone sends them that was offline; one result for each."""
    content = await _body(request, front, event, LARGE)
    rows = content.get("commands")
    if not isinstance(rows, list) or not 0 < len(rows) <= MAX_COMMANDS:
        raise RefusedError(UNPROCESSABLE, "not_commands")
    results = await _take(request, front, event, rows)
    return json_answer({"results": [result.as_json() for result in results]})


async def me(request: Request, front: Front, event: int) -> Answer:
    """Answer everything of this person."""
    person = front.require_person(request, event)
    return json_answer(await front.intake.me(event, person))


async def beat(request: Request, front: Front, event: int) -> Answer:
    """Note that a phone is there and how much it has not sent yet."""
    content = await request.json()
    person = front.require_person(request, event)
    unsent = content.get("unsent", 0)
    is_number = isinstance(unsent, int) and not isinstance(unsent, bool)
    if not is_number or not 0 <= unsent <= MAX_UNSENT:
        raise RefusedError(UNPROCESSABLE, "not_a_number")
    front.intake.beat(event, person, unsent)
    return Answer(NO_CONTENT)


async def _body(request: Request, front: Front, event: int, limit: int) -> dict[str, Any]:
    front.require_open_doors(request)
    request.require_same_origin()
    front.require_person(request, event)
    return await request.json(limit)


async def _take(request: Request, front: Front, event: int, rows: list[Any]) -> list[Result]:
    person = front.require_person(request, event)
    try:
        await asyncio.sleep(front.commands.wait((event, person), len(rows)))
        return await front.intake.take(
            event, person, rows, language=front.intake.language(event, person)
        )
    except (TooFastError, Busy) as busy:
        raise held(request, busy, KEPT) from None
