"""One line on standard error that says how much of a file has come."""

import sys
import time
from types import TracebackType
from typing import Self

_EVERY_S = 0.2
_MEGA = 1_000_000


class ProgressLine:
    """Shows "name: 12.3 of 45.6 MB"; silent where nobody looks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._told_at = 0.0
        self._is_seen = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the line."""
        if self._is_seen and self._told_at:
            print(file=sys.stderr)

    def show(self, received: int, announced: int | None) -> None:
        """Tell how much is there, at most five times a second."""
        is_last = received == announced
        if not self._is_seen or (time.monotonic() - self._told_at < _EVERY_S and not is_last):
            return
        self._told_at = time.monotonic()
        whole = f" / {announced / _MEGA:.1f}" if announced else ""
        line = f"\r{self.name}: {received / _MEGA:.1f}{whole} MB"
        print(line, end="", file=sys.stderr, flush=True)
