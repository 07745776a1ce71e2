"""When daily work is due, in a file: for the supervisor and the live process, without Django."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_NAME: Final = Path("run", "daily.json")


def write_note(home: Path, note: dict[str, Any]) -> None:
    """Keep ``due_at`` (seconds since 1970) and, for each job, how it has gone."""
    path = home / _NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(note), encoding="ascii")
    fresh.replace(path)


def due_at(home: Path) -> float | None:
    """Return when daily work is due, in seconds since 1970; None where nothing is known yet."""
    found = _read(home).get("due_at")
    return float(found) if isinstance(found, int | float) else None


def daily_figures(home: Path, *, now: float) -> dict[str, float]:
    """Return for a monitor how long ago each job went well, and how often it failed since."""
    found: dict[str, float] = {}
    jobs = _read(home).get("jobs")
    for name, row in jobs.items() if isinstance(jobs, dict) else ():
        with suppress(KeyError, TypeError, ValueError):
            since = row["finished_at"] or row["known_since"]
            found[f'job_age_seconds{{job="{name}"}}'] = max(0.0, now - float(since))
            found[f'job_failures{{job="{name}"}}'] = float(row["n_failures"])
    return found


def _read(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads((home / _NAME).read_text(encoding="ascii"))
        if isinstance(found, dict):
            return found
    return {}
