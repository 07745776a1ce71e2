"""Wake the live process after a change of an AlpCafé: one line to its socket, never an error."""

import json
import os
import socket
from pathlib import Path
from typing import Final

from alpclusters.platform.sockets import CONTROL, socket_path

_PATIENCE_S: Final = 1.0


def wake(cafe_id: int, *, home: Path | None = None) -> None:
    """Tell the live process, if there is one, to read an AlpCafé again; wait until it has.

    Call it after the commit (``transaction.on_commit``). A message that gets lost is harmless:
    the live process looks for changes by itself as well.

    Parameters
    ----------
    cafe_id : int
        The AlpCafé that changed.
    home : Path, optional
        The data directory; by default the one of the settings.
    """
    path = socket_path(home or _home(), CONTROL)
    if not path.exists():
        return
    try:
        _send(path, {"op": "reload", "event": cafe_id})
    except OSError:
        return


def _send(path: Path, message: dict[str, object]) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_PATIENCE_S)
        line.connect(os.fspath(path))
        line.sendall(json.dumps(message).encode() + b"\n")
        line.recv(4096)


def _home() -> Path:
    from django.conf import settings  # noqa: PLC0415 - a test names another directory

    home: Path = settings.HOME
    return home
