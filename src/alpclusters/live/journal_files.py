"""The few calls with which the journal reaches the disk, as an object that a test can replace."""

import os
from pathlib import Path


class Files:
    """The calls of the operating system."""

    def create(self, path: Path) -> int:
        """Make a new file for appending; it must not exist."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)

    def reopen(self, path: Path) -> int:
        """Open a file for appending."""
        return os.open(path, os.O_WRONLY | os.O_APPEND)

    def write(self, descriptor: int, content: bytes) -> int:
        """Write, perhaps less than everything."""
        return os.write(descriptor, content)

    def fdatasync(self, descriptor: int) -> None:
        """Return when the content is on the disk."""
        os.fdatasync(descriptor)

    def ftruncate(self, descriptor: int, size: int) -> None:
        """Cut a file."""
        os.ftruncate(descriptor, size)

    def fsync_dir(self, folder: Path) -> None:
        """Return when the names of a folder are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)
