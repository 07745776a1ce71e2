"""Where the processes of an installation meet: Unix sockets in ``run/`` of the data directory."""

import hashlib
import os
import socket
import tempfile
from pathlib import Path
from typing import Final

from alpclusters.platform.configuration import Configuration

SITE: Final = "site.sock"
CONTROL: Final = "live-control.sock"
# The kernel takes 107 bytes on Linux and 103 on macOS.
_LONGEST: Final = 100


def socket_path(home: Path, name: str) -> Path:
    """Return where a socket of an installation lies, the same for every process that asks.

    A data directory with a very long name leaves no room for a socket's path; then the socket
    lies in a directory of this user's own among the temporary files.

    Examples
    --------
    >>> str(socket_path(Path("/data"), "site.sock"))
    '/data/run/site.sock'
    """
    path = home / "run" / name
    return path if len(os.fsencode(path)) <= _LONGEST else _short_folder(home) / name


def site_sockets(configuration: Configuration) -> list[Path]:
    """Return the sockets of the site's processes."""
    names = [SITE] + [f"site-{n}.sock" for n in range(2, configuration.site_processes + 1)]
    return [socket_path(configuration.home, name) for name in names]


def bind_privately(path: Path) -> socket.socket:
    """Return a socket that only this user may open, from the first moment on."""
    path.unlink(missing_ok=True)
    found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        found.bind(str(path))
    finally:
        os.umask(before)
    return found


def ensure_socket_folder(home: Path) -> None:
    """Make the folder of the sockets, closed to others.

    Raises
    ------
    PermissionError
        Somebody else made the folder among the temporary files.
    """
    folder = socket_path(home, CONTROL).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if folder != home / "run" and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        raise PermissionError(f"{folder} belongs to somebody else")


def _short_folder(home: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"alpclusters-{os.getuid()}-{digest}"
