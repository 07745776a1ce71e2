"""Which licences of outside data somebody accepted on this machine, and when."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

BOUNDARIES: Final = "boundaries"


def accepted_at(key: str) -> datetime | None:
    """Return when a licence was accepted; None if nobody did."""
    text = _read().get(key, {}).get("accepted_at", "")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def accept(key: str, *, terms: str, now: datetime) -> None:
    """Note that a licence was accepted, with the terms that were shown."""
    found = _read() | {key: {"accepted_at": now.isoformat(timespec="seconds"), "terms": terms}}
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _read() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path() -> Path:
    home: Path = settings.CONFIGURATION.home
    return home / "fetched" / "licences.json"
