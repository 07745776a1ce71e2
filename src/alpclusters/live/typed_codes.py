"""A code typed into a form of the site: the same bucket and queue as on the phones' own way."""

import json
import os
import socket
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alpclusters.live.answers import Busy
from alpclusters.platform.sockets import CONTROL, socket_path

WAIT_S: Final = 6.0
PATIENCE_S: Final = WAIT_S + 3.0


def find_open_event(code: str, *, home: Path, now: datetime) -> int | None:
    """Return the AlpCafé that is open under a typed code; unknown and closed are the same.

    Parameters
    ----------
    code : str
        As it was typed.
    home : Path
        The data directory.
    now : datetime
        For the count that is kept where no live process runs.

    Raises
    ------
    Busy
        Too many codes are being typed; nothing was looked up.
    """
    found = _ask(socket_path(home, CONTROL), {"op": "gate", "code": code, "wait": WAIT_S})
    if found is None:
        return _look_up_here(code, now)
    if not found.get("ok"):
        raise Busy(float(found.get("retry_after") or 2.0), "codes")
    event: int | None = found.get("event")
    return event


def _ask(path: Path, message: dict[str, Any]) -> dict[str, Any] | None:
    """Send one line and read one; None if no live process listens."""
    if not path.exists():
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        try:
            line.connect(os.fspath(path))
        except OSError:
            return None
        try:
            line.sendall(json.dumps(message).encode() + b"\n")
            with line.makefile("rb") as file:
                found: dict[str, Any] = json.loads(file.readline())
        except (OSError, ValueError) as error:
            raise Busy(2.0, "connection") from error
        return found


def _look_up_here(code: str, now: datetime) -> int | None:
    """Without a live process the site keeps a bucket in its cache."""
    from alpclusters.platform.cafe.domain.attempts import (  # noqa: PLC0415 - needs Django
        count_wrong_code,
        may_try_code,
    )
    from alpclusters.platform.cafe.domain.proxies import find_open_cafe  # noqa: PLC0415

    if not may_try_code(now):
        raise Busy(2.0, "codes")
    cafe = find_open_cafe(code)
    if cafe is None:
        count_wrong_code(now)
        return None
    return cafe.pk
