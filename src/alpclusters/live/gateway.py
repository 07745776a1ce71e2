"""What the site writes in somebody's place goes to the one writer of answers.

Where a live process runs, one line to its control socket; where none runs (tests with Django's
client, a development server) the same commands are applied at once by `direct`, with the same
validation and the same SQL.
"""

import json
import os
import socket
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from alpclusters.live.answers import Busy, Joined, NotTakenError, Result
from alpclusters.live.intake import Intake
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.sockets import CONTROL, socket_path

__all__ = [
    "Busy",
    "Joined",
    "NotTakenError",
    "Result",
    "add_person",
    "answer",
    "join",
    "me",
    "recover",
    "submit",
    "tell",
]

PATIENCE_S: Final = 20.0
_STARTING_S: Final = 3.0
_PAUSE_S: Final = 0.1

type Message = dict[str, Any]


# ---- the site's side -----------------------------------------------------------------------


def submit(
    cafe_id: int,
    participant_id: int,
    commands: Sequence[Mapping[str, Any]],
    *,
    language: str,
    source: str = "phone",
    entered_by: int | None = None,
) -> list[Result]:
    """Hand commands of one person to the writer; returns when they are on the disk.

    Parameters
    ----------
    cafe_id, participant_id : int
    commands : sequence of mapping
        As on the wire: ``k``, ``t``, ``b``.
    language : str
        Of the sentences in the results.
    source : str
        ``phone`` (a form of a phone without scripts), ``proxy`` or ``paper``.
    entered_by : int, optional
        Account of whoever typed for somebody.

    Returns
    -------
    list of Result
        One for each command, in order.

    Raises
    ------
    Busy
        Not everything is durable; the same keys may be sent again.
    """
    message = {
        "op": "take",
        "event": cafe_id,
        "participant": participant_id,
        "commands": [dict(command) for command in commands],
        "language": language,
        "source": source,
        "entered_by": entered_by,
    }
    return [Result(**row) for row in _ask(message)["results"]]


def join(
    cafe_id: int, *, language: str, consent: str, key: str, known_token: str | None = None
) -> Joined:
    """Let a person take part who has no script on the phone.

    Raises
    ------
    NotTakenError
        Nobody can join at the moment.
    Busy
        Nothing was stored; the same key may be sent again.
    """
    message = {"op": "join", "event": cafe_id, "language": language, "consent": consent}
    return _joined(_ask({**message, "key": key, "known_token": known_token}))


def recover(cafe_id: int, *, recovery: str, key: str) -> Joined | None:
    """Let another phone in by a recovery code; None if nobody has it."""
    answer = _ask({"op": "recover", "event": cafe_id, "recovery": recovery, "key": key})
    return _joined(answer) if answer.get("token") else None


def add_person(cafe_id: int, *, language: str, source: str) -> int:
    """Add somebody without a phone and return the number of the person.

    Raises
    ------
    NotTakenError
        The AlpCafé takes nobody.
    """
    message = {"op": "add", "event": cafe_id, "language": language, "source": source}
    return int(_ask(message)["participant_id"])


def me(cafe_id: int, participant_id: int) -> dict[str, Any]:
    """Return everything of one person, as on the wire; an empty mapping for nobody."""
    found: dict[str, Any] = _ask({"op": "me", "event": cafe_id, "participant": participant_id})[
        "me"
    ]
    return found


def tell(cafe_id: int) -> None:
    """Let the live process read an AlpCafé again; call it after the commit."""
    wake(cafe_id)


# ---- the live process's side ---------------------------------------------------------------


async def answer(intake: Intake, message: Mapping[str, Any]) -> Message:
    """Answer one line of the control socket.

    Parameters
    ----------
    intake : Intake
        The writer.
    message : mapping
        The line as it was read; ``op`` names what is wanted.
    """
    call = _OPERATIONS.get(str(message.get("op")))
    if call is None:
        return {"ok": False, "code": "unknown_op"}
    try:
        return {"ok": True, **await call(intake, message)}
    except Busy as busy:
        reason = {"reason": busy.reason, "retry_after": busy.retry_after}
        return {"ok": False, "code": "busy", **reason}
    except NotTakenError as error:
        return {"ok": False, "code": error.code}


async def _reload(intake: Intake, message: Mapping[str, Any]) -> Message:
    await intake.reload(int(message["event"]))
    return {}


async def _take(intake: Intake, message: Mapping[str, Any]) -> Message:
    results = await intake.take(
        int(message["event"]),
        int(message["participant"]),
        message["commands"],
        language=message["language"],
        source=message.get("source") or "phone",
        entered_by=message.get("entered_by"),
    )
    return {"results": [result.as_json() for result in results]}


async def _join(intake: Intake, message: Mapping[str, Any]) -> Message:
    joined = await intake.join(
        int(message["event"]),
        language=message["language"],
        consent=message["consent"],
        key=message["key"],
        known_token=message.get("known_token"),
    )
    return _joined_message(joined)


async def _recover(intake: Intake, message: Mapping[str, Any]) -> Message:
    joined = await intake.recover(
        int(message["event"]), recovery=message["recovery"], key=message["key"]
    )
    return _joined_message(joined) if joined else {"token": None}


async def _add(intake: Intake, message: Mapping[str, Any]) -> Message:
    row = await intake.add_person(
        int(message["event"]), language=message["language"], source=message["source"]
    )
    return {"participant_id": row}


async def _me(intake: Intake, message: Mapping[str, Any]) -> Message:
    return {"me": await intake.me(int(message["event"]), int(message["participant"]))}


_OPERATIONS: Final[Mapping[str, Callable[[Intake, Mapping[str, Any]], Awaitable[Message]]]] = {
    "reload": _reload,
    "take": _take,
    "join": _join,
    "recover": _recover,
    "add": _add,
    "me": _me,
}


# ---- the way between -----------------------------------------------------------------------


def _ask(message: Message) -> Message:
    """Ask the live process; where there is none, do it here."""
    from alpclusters.live import direct  # noqa: PLC0415 - it needs Django, the live process has none

    home = direct.home()
    end = time.monotonic() + _STARTING_S
    while True:
        found = _ask_live(socket_path(home, CONTROL), message)
        if found is None:
            found = direct.answer(message)
        if found is not None:
            return _checked(found)
        # Somebody holds the journal and does not answer: a live process that starts or ends.
        if time.monotonic() >= end:
            raise Busy(1, "starting")
        time.sleep(_PAUSE_S)


def _ask_live(path: Path, message: Message) -> Message | None:
    """Send one line and read one; None if nobody listens."""
    if not path.exists():
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            line.connect(os.fspath(path))
        except OSError:
            return None
        return _talk(line, message)


def _talk(line: socket.socket, message: Message) -> Message:
    try:
        line.sendall(json.dumps(message).encode() + b"\n")
        with line.makefile("rb") as file:
            content = file.readline()
        found: Message = json.loads(content)
    except (OSError, ValueError) as error:
        # It may or may not be stored: the same key tells, when it is sent again.
        raise Busy(1, "connection") from error
    return found


def _checked(found: Message) -> Message:
    if found.get("ok"):
        return found
    if found.get("code") == "busy":
        raise Busy(float(found.get("retry_after") or 1.0), str(found.get("reason", "full")))
    raise NotTakenError(str(found.get("code")))


def _joined_message(joined: Joined) -> Message:
    return {
        "token": joined.token,
        "participant_id": joined.participant_id,
        "recovery": joined.recovery,
        "is_new": joined.is_new,
    }


def _joined(found: Message) -> Joined:
    return Joined(found["token"], found["participant_id"], found["recovery"], found["is_new"])
