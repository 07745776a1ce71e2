"""What ``serve`` prints once everything serves, and not before: the address; else what is wrong."""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from alpclusters.live.children import say
from alpclusters.platform.sockets import CONTROL, socket_path

LOOK_S: Final = 0.3
# A site on a busy machine takes this long to load its pages: no reason to worry anybody.
QUIET_S: Final = 30.0
# Longer than the live process waits for the site.
ANSWERS_WITHIN_S: Final = 10.0
_BLOCK: Final = 65_536
NOBODY: Final = "live"
# Said by a live process that ends because it was told to.
CLOSING: Final = "closing"


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said, in the language of the operator.

    Attributes
    ----------
    ready : str
        Printed once everything serves.
    not_ready : str
        Said while something does not serve; with ``%(reasons)s``.
    reasons : mapping of str to str
        A sentence for each name of `Health.missing`, and one for ``live``: nobody answers.
    """

    ready: str
    not_ready: str
    reasons: Mapping[str, str]


def hand_over(words: Words) -> int:
    """Put words into a pipe for the supervisor and return the end to read from.

    They hold the link of the first administrator: so no file, no argument, no environment.
    """
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as file:
        json.dump(asdict(words), file)
    return reading


def take_over(descriptor: int) -> Words:
    """Read what `hand_over` put there."""
    with os.fdopen(descriptor, encoding="utf-8") as file:
        return Words(**json.load(file))


def announce_when_ready(home: Path, words: Words, *, is_stopping: Callable[[], bool]) -> None:
    """Ask in a thread of its own until everything serves, then print; ends with the process.

    Parameters
    ----------
    home : Path
    words : Words
    is_stopping : callable
        Says whether somebody wants the installation to end: then nothing is said any more.
    """
    asking = threading.Thread(
        target=_announce, args=(home, words, is_stopping), name="announcing", daemon=True
    )
    asking.start()


def _announce(home: Path, words: Words, is_stopping: Callable[[], bool]) -> None:
    quiet_until = time.monotonic() + QUIET_S
    told: list[str] = []
    while missing := _missing(socket_path(home, CONTROL)):
        if is_stopping():
            return
        # A journal does not mend itself: that is told at once, what starts gets its time.
        is_news = missing != told and CLOSING not in missing
        if is_news and ("journal" in missing or time.monotonic() > quiet_until):
            told = missing
            reasons = " ".join(words.reasons.get(one, one) for one in missing)
            say(words.not_ready % {"reasons": reasons})
        time.sleep(LOOK_S)
    if is_stopping():
        return
    sys.stdout.write(f"{words.ready}\n")
    sys.stdout.flush()


def _missing(path: Path) -> list[str]:
    """Ask the live process what does not serve."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(ANSWERS_WITHIN_S)
            line.connect(os.fspath(path))
            line.sendall(b'{"op":"ready"}\n')
            with line.makefile("rb") as file:
                found = json.loads(file.readline(_BLOCK))
        return [str(one) for one in found["missing"]]
    except (OSError, ValueError, KeyError, TypeError):
        return [NOBODY]
