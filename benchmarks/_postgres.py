"""A PostgreSQL of our own for a measurement, with the durability of its defaults."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return found[-1] if found else None


@contextmanager
def own_postgres() -> Iterator[str]:
    """Run a server on a socket in a directory of its own and yield its address."""
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="alpclusters-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        _as_owner(f"{binaries}/initdb -D {folder}/data -U bench -A trust -E UTF8 --locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        _as_owner(f'{binaries}/pg_ctl -D {folder}/data -w -l {folder}/log -o "{options}" start')
        _as_owner(f"{binaries}/createdb -h {folder} -U bench bench")
        yield f"postgresql:///bench?host={folder}&user=bench"
    finally:
        _as_owner(f"{binaries}/pg_ctl -D {folder}/data -m immediate stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(command: str, *, check: bool = True) -> None:
    shell = ["su", "postgres", "-s", "/bin/sh", "-c"] if os.geteuid() == 0 else ["/bin/sh", "-c"]
    subprocess.run([*shell, command], check=check, capture_output=True)  # noqa: S603 - our own words
