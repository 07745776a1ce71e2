"""Server time of the pages with the demonstration data, and the bytes of a first visit."""

import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks._crawl import Page, crawl
from benchmarks._installation import lay_out
from benchmarks._programs import run_program
from benchmarks._weight import first_visit

if TYPE_CHECKING:
    from django.test import Client

LANGUAGES: Final = ("de", "sl")
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return times per view in milliseconds and compressed bytes of the home page."""
    with tempfile.TemporaryDirectory() as name:
        _start_django(Path(name), say)
        repeats, limit = (2, 6) if small else (30, 100)
        visits = {"visitor": (_visitor(), ""), "administrator": (_administrator(), "workspace/")}
        times = {}
        for who, (client, start) in visits.items():
            pages = _pages(client, start, limit)
            say(f"{who}: {len(pages)} pages, {repeats} times each")
            times[who] = {p: [_time(client, p.path) for _ in range(repeats)] for p in pages}
        return {
            "repeats": repeats,
            "server_ms": {who: _summary(rows) for who, rows in times.items()},
            "first_visit_bytes": {lang: _first_visit(lang) for lang in LANGUAGES},
        }


def _start_django(home: Path, say: Say) -> None:
    os.environ |= {
        "ALPCLUSTERS_HOME": str(home),
        "ALPCLUSTERS_STATIC": "finders",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    say("database, reference data, demonstration project")
    if not lay_out(home, "demonstration"):
        run_program("demo", home=home)
    (home / "static").mkdir(exist_ok=True)
    import django  # noqa: PLC0415 - reads the settings named above

    django.setup()


def _visitor() -> "Client":
    from django.test import Client  # noqa: PLC0415 - after django.setup()

    return Client(headers={"host": "localhost", "accept-encoding": "identity"})


def _administrator() -> "Client":
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after django.setup()

    user = get_user_model()(email="benchmark@example.org", is_superuser=True)
    user.save()
    client = _visitor()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _pages(client: "Client", start: str, limit: int) -> list[Page]:
    prefixes = [f"/{language}/{start}" for language in LANGUAGES]
    return [
        page for prefix in prefixes for page in crawl(client, prefix, prefix=prefix, limit=limit)
    ]


def _time(client: "Client", path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return 1000 * (time.perf_counter() - started)


def _summary(times: dict[Page, list[float]]) -> dict[str, Any]:
    per_view = defaultdict[str, list[float]](list)
    for page, values in times.items():
        per_view[page.view] += values
    every = [value for values in times.values() for value in values]
    return {
        "pages": len(times),
        "all": _percentiles(every),
        "views": {view: _percentiles(values) for view, values in sorted(per_view.items())},
    }


def _percentiles(values: list[float]) -> dict[str, float]:
    if len(values) < 2:  # noqa: PLR2004 - no percentile of one value
        return {"n": len(values)}
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return {"n": len(values), "p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


def _first_visit(language: str) -> dict[str, Any]:
    sizes = first_visit(_visitor().get(f"/{language}/").content)
    return {"total": sum(sizes.values()), "parts": sizes}
