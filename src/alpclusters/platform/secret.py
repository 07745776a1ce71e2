"""The key that signs cookies: made once per installation, readable by its owner only."""

import os
import secrets
from pathlib import Path


def load_secret_key(home: Path) -> str:
    """Return the installation's key; make it at the first start (mode 600)."""
    path = home / "secrets" / "django.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process of the same start was faster: its key counts
    finally:
        temporary.unlink()
