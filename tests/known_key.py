"""The key of the installations that tests make.

Draws of chance hang on it (evaluation/domain/tables.py): they are the same in every run, so that a
test that fails fails again.
"""

from pathlib import Path


def write_known_key(home: Path) -> None:
    """Give a new data directory the key that everybody knows, before its first start."""
    (home / "secrets").mkdir(mode=0o700)
    key = home / "secrets" / "django.key"
    key.touch(mode=0o600)
    key.write_text("the key of the tests, known to everybody " * 2, encoding="ascii")
