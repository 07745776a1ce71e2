"""Fill a fresh installation with a simulated network, measure it, and ask for pages.

Run by `network_pages` in a process of its own: ``-m benchmarks._network_pages_run N M ANSWER``.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks._memory import peak_mb
from benchmarks._network_data import populate


def fill(n: int, m: int) -> dict[str, Any]:
    """Return seconds of filling, reading, measuring and of finding nothing changed."""
    import django

    django.setup()
    from django.conf import settings

    from alpclusters.platform.network.domain.measuring.places import Scope
    from alpclusters.platform.network.domain.measuring.reading import gather
    from alpclusters.platform.network.domain.measuring.stored import folder
    from alpclusters.platform.network.domain.measuring.storing import measure_network
    from alpclusters.platform.network.models import NetworkSnapshot
    from alpclusters.platform.operation.prepare import prepare

    prepare(settings.HOME, say=_say)
    filled = _seconds(lambda: populate(n, m))
    scope = Scope("links", is_simulated=True)
    read = _seconds(lambda: gather(scope))
    before_mb = peak_mb()
    cpu, wall = time.process_time(), time.perf_counter()
    outcome = measure_network(scope, progress=_note)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    again = _seconds(lambda: measure_network(scope))
    file = NetworkSnapshot.objects.current().filter(is_simulated=True).first()
    return {
        "organisations": outcome.n_organisations,
        "links": outcome.n_rows,
        "fill_s": filled,
        "read_s": read,
        "measure_s": round(wall, 2),
        "measure_cpu_s": round(cpu, 2),
        "nothing_changed_s": again,
        "peak_before_measuring_mb": round(before_mb),
        "peak_mb": round(peak_mb()),
        "file_mb": round((folder() / file.file).stat().st_size / 2**20, 1) if file else None,
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 3)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


_told = 0.0


def _note(done: int, total: int | None) -> None:
    global _told  # noqa: PLW0603 - a line every few seconds
    if time.monotonic() - _told > 5:  # noqa: PLR2004 - seconds
        _told = time.monotonic()
        _say(f"  {done} of {total}")


if __name__ == "__main__":
    found = fill(int(sys.argv[1]), int(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(found), encoding="utf-8")
