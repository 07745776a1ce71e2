"""A result folder that appears at once and whole, or not at all."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import InputError, Where

OURS: Final = "summary.json"


def check_target(target: Path, *, force: bool, ours: str = OURS) -> None:
    """Refuse a target that is a file or holds something, before any work begins.

    With ``force`` a folder is replaced only if an earlier run of the command made it (then
    ``ours`` lies in it), so that a slip of the path cannot cost a home directory.
    """
    where = Where(file=str(target))
    if target.exists() and not target.is_dir():
        code = "output.not_a_folder"
        raise InputError(code, where=where)
    if not target.is_dir() or not any(target.iterdir()):
        return
    if not force:
        code = "output.not_empty"
        raise InputError(code, where=where)
    if not (target / ours).is_file():
        code = "output.not_ours"
        raise InputError(code, where=where, expected=ours)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder beside the target and rename it when everything is written.

    Raises
    ------
    InputError
        The folder cannot be made there, or the disk is full.
    """
    # Named before it is made: Ctrl+C may come while it is being made.
    temporary = target.parent / f".{target.name}.{secrets.token_hex(8)}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir(mode=0o700)
        yield temporary
        temporary.chmod(0o755)
        _swap(temporary, target)
    except OSError as error:
        code = "output.unwritable"
        where = Where(file=str(target))
        raise InputError(code, where=where, found=error.strerror or "") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _swap(temporary: Path, target: Path) -> None:
    """Put the new folder in the place of an earlier one, which comes back if that fails."""
    if not target.is_dir():
        temporary.rename(target)
        return
    old = temporary.with_name(temporary.name + ".old")
    try:
        target.rename(old)
        temporary.rename(target)
    except BaseException:
        if old.is_dir() and not target.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
