"""Where the processes of an installation meet: Unix sockets in ``run/`` of the data directory."""

import errno
import hashlib
import os
import socket
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration

SITE: Final = "site.sock"
CONTROL: Final = "live-control.sock"
# The kernel takes 107 bytes on Linux and 103 on macOS.
LONGEST: Final = 100
# Not TMPDIR: it may be long too, and a command in a shell has another one than the service.
_SHORT: Final = Path("/tmp")  # noqa: S108 - a folder of this user's own in it


def socket_path(home: Path, name: str) -> Path:
    """Return where a socket of an installation lies, the same for every process that asks.

    A data directory with a very long name leaves no room for a socket's path; then the socket
    lies in a directory of this user's own in ``/tmp``.

    Examples
    --------
    >>> str(socket_path(Path("/data"), "site.sock"))
    '/data/run/site.sock'
    """
    path = home / "run" / name
    return path if len(os.fsencode(path)) <= LONGEST else _short_folder(home) / name


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
    SetupError
        ``setup.socket_folder``: the path of the data directory is too long for sockets, and the
        folder that stands in for it cannot be made or is somebody else's.
    """
    folder = socket_path(home, CONTROL).parent
    if folder == home / "run":
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise _no_room(home, folder, str(error.strerror)) from error
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise _no_room(home, folder, os.strerror(errno.EPERM))


def _no_room(home: Path, folder: Path, reason: str) -> SetupError:
    # What may stand before the longest name of a socket.
    most = LONGEST - len(f"/run/{CONTROL}")
    n = len(os.fsencode(home))
    values: dict[str, str | int] = {
        "home": str(home),
        "n": n,
        "most": most,
        "folder": str(folder),
        "reason": reason,
    }
    return SetupError("setup.socket_folder", values=values)


def _short_folder(home: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return _SHORT / f"alpclusters-{os.getuid()}-{digest}"
