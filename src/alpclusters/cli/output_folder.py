"""A result folder that appears at once and whole, or not at all."""

import shutil
import tempfile
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
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        yield temporary
        temporary.chmod(0o755)
        _swap(temporary, target)
    except OSError as error:
        code = "output.unwritable"
        where = Where(file=str(target))
        raise InputError(code, where=where, found=error.strerror or "") from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _swap(temporary: Path, target: Path) -> None:
    """Put the new folder in the place of an earlier one."""
    if not target.is_dir():
        temporary.rename(target)
        return
    old = temporary.with_name(temporary.name + ".old")
    target.rename(old)
    temporary.rename(target)
    shutil.rmtree(old, ignore_errors=True)
