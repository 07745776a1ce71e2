"""The process that computes one mix: limits first, then the case; messages out, a file at the end.

``main`` gets the folder of `folders`. It writes one JSON line for each message to what was standard
output; standard output itself is closed to everybody else, for the solver prints there.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Any, Final

from alpclusters.platform.funding.domain.mixing.folders import CANCEL, Asked, put_result

ADDRESS_SPACE: Final = 1 << 30
CPU_S: Final = (900, 910)
SPEAKS_EVERY_S: Final = 0.25
NO_MEMORY: Final = 71


def main(name: str) -> None:
    """Compute the mix that a folder asks for; ends the process."""
    out = _own_output()
    limit_process()
    try:
        _work(Path(name), out)
    except MemoryError:
        os._exit(NO_MEMORY)
    except BrokenPipeError:
        os._exit(1)  # whoever asked is gone


def limit_process() -> None:
    """Set the limits of memory and processor time where the system has them."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for kind, values in (
        (resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        resource.setrlimit(kind, values)


class Messenger:
    """Tells how far the search is, not more often than four times a second, and hears a cancel."""

    def __init__(self, out: IO[str], folder: Path) -> None:
        self.out, self.folder = out, folder
        self._spoke_at = 0.0
        self._phase = ""

    def tell(self, message: dict[str, Any]) -> bool:
        """Pass a message on; return whether the search may go on."""
        now = time.monotonic()
        is_new = message.get("phase") != self._phase
        if now - self._spoke_at >= SPEAKS_EVERY_S or (is_new and not self._phase):
            self._spoke_at, self._phase = now, str(message.get("phase"))
            self.out.write(json.dumps(message) + "\n")
            self.out.flush()
        return not (self.folder / CANCEL).exists()


def _work(folder: Path, out: IO[str]) -> None:
    from alpclusters.analysis.funding.mix.document import mix_text  # noqa: PLC0415 - after limits
    from alpclusters.platform.funding.domain.mixing.computing import compute  # noqa: PLC0415

    asked = Asked.read(folder)
    mix = compute(asked, tell=Messenger(out, folder).tell)
    put_result(folder, mix_text(mix))


def _own_output() -> IO[str]:
    """Keep standard output for messages and lead what others print there to nowhere."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return os.fdopen(kept, "w", encoding="utf-8")
