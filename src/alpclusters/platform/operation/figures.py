"""Figures about backups and the database's version, read from files: no Django in it."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.daily_note import daily_figures
from alpclusters.platform.operation.mail_note import mail_figures

_STEPS: Final = Path("run", "database-steps.json")


def installation_figures(configuration: Configuration, *, now: float) -> dict[str, float]:
    """Return what a monitor should watch, by name; what is not known is left out.

    Parameters
    ----------
    configuration : Configuration
    now : float
        Seconds since 1970.
    """
    found = {"backup_keys_sealed": float(configuration.backup.takes_keys)}
    found |= _newest(configuration.home / "backups", "backup", now)
    if configuration.backup.copy_to is not None:
        found |= _newest(configuration.backup.copy_to, "backup_copy", now)
    home = configuration.home
    return found | _steps(home) | daily_figures(home, now=now) | mail_figures(home, now=now)


def note_steps(home: Path, *, waiting: int, unknown: int) -> None:
    """Write down how the database stands to this program, for the live process."""
    path = home / _STEPS
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(json.dumps({"waiting": waiting, "unknown": unknown}), encoding="ascii")


def _newest(folder: Path, name: str, now: float) -> dict[str, float]:
    with suppress(OSError):
        stats = [path.stat() for path in folder.glob("*.zip")]
        last = max(stats, key=lambda stat: stat.st_mtime, default=None)
        if last is not None:
            age = max(0.0, now - last.st_mtime)
            return {f"{name}_age_seconds": age, f"{name}_bytes": float(last.st_size)}
    return {}


def _steps(home: Path) -> dict[str, float]:
    with suppress(OSError, ValueError, KeyError, TypeError):
        content = json.loads((home / _STEPS).read_text(encoding="ascii"))
        return {f"migrations_{name}": float(content[name]) for name in ("waiting", "unknown")}
    return {}
