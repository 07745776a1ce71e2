"""How the queue of mails stands, in a file: for the live process, without Django."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_NAME: Final = Path("run", "mail.json")


def write_mail_note(home: Path, *, waiting: int, given_up: int, oldest_at: float | None) -> None:
    """Keep how many mails wait, since when (seconds since 1970), and how many were given up."""
    path = home / _NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    content = {"waiting": waiting, "given_up": given_up, "oldest_at": oldest_at}
    fresh.write_text(json.dumps(content), encoding="ascii")
    fresh.replace(path)


def add_to_mail_note(home: Path, n: int, *, now: float) -> None:
    """Note further mails, so that they are seen also where no worker comes for them."""
    found = _read(home)
    write_mail_note(
        home,
        waiting=int(found.get("waiting") or 0) + n,
        given_up=int(found.get("given_up") or 0),
        oldest_at=found.get("oldest_at") or now,
    )


def mail_figures(home: Path, *, now: float) -> dict[str, float]:
    """Return for a monitor how many mails wait, how long the oldest has, how many were given up."""
    found = _read(home)
    if not found:
        return {}
    oldest_at = found.get("oldest_at")
    return {
        "mail_waiting": float(found.get("waiting") or 0),
        "mail_oldest_seconds": max(0.0, now - float(oldest_at)) if oldest_at else 0.0,
        "mail_given_up": float(found.get("given_up") or 0),
    }


def _read(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads((home / _NAME).read_text(encoding="ascii"))
        if isinstance(found, dict):
            return found
    return {}
