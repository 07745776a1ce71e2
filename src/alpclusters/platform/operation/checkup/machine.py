"""What the machine has: Python, packages, the data directory, the disk, fonts."""

import importlib.metadata
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from gettext import NullTranslations
from importlib import resources
from pathlib import Path
from typing import Final

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.languages.catalogues import po_path
from alpclusters.platform.languages.codes import LANGUAGE_CODES, TRANSLATED_LANGUAGES
from alpclusters.platform.operation.checkup.lines import Check
from alpclusters.platform.operation.private_files import close_to_others

MIN_FREE_BYTES: Final = 1_000_000_000
SLOW_SYNC_MS: Final = 30.0
NO_SYNC_MS: Final = 0.05


def python(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Tell the version of Python."""
    finding = texts.gettext("Python %(version)s") % {"version": sys.version.split()[0]}
    yield Check("python", "ok", finding)


def packages(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the packages are there."""
    names = ("django", "numpy", "scipy", "typst", "python-docx", "uvicorn")
    seen, missing = [], []
    for name in names:
        try:
            seen.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        remedy = texts.gettext("Start ./alpclusters once more: it installs what is missing.")
        finding = texts.gettext("Packages missing: %(names)s") % {"names": ", ".join(missing)}
        yield Check("packages", "error", finding, remedy)
    else:
        yield Check("packages", "ok", ", ".join(seen))


def home(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look at the data directory: there, writable, closed to others, on a sound disk."""
    home = configuration.home
    if not home.is_dir():
        remedy = texts.gettext("Start the server once: it makes the data directory.")
        finding = texts.gettext("No data directory at %(path)s") % {"path": home}
        yield Check("home", "warning", finding, remedy)
        return
    if not os.access(home, os.W_OK):
        remedy = texts.gettext("Give the user who runs the server the right to write there.")
        finding = texts.gettext("The data directory %(path)s cannot be written") % {"path": home}
        yield Check("home", "error", finding, remedy)
        return
    yield Check("home", "ok", str(home))
    yield from file_modes(configuration, texts)
    yield from _disk(home, texts)


def file_modes(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Close to others what only this installation may read, and tell what stayed open."""
    mended, left = close_to_others(configuration)
    if left:
        finding = texts.gettext(
            "Files and folders that other users of this machine can open: %(n)s, such as %(path)s"
        )
        remedy = texts.gettext(
            "They belong to somebody else: give them to the user who runs the server, and run "
            "alpclusters doctor again."
        )
        yield Check("file_modes", "error", finding % {"n": len(left), "path": left[0]}, remedy)
    elif mended:
        finding = texts.gettext(
            "Files and folders that other users of this machine could open until now: %(n)s, "
            "such as %(path)s"
        )
        remedy = texts.gettext(
            "If others use this machine, let everybody sign in anew: they may have read the files."
        )
        yield Check(
            "file_modes", "warning", finding % {"n": len(mended), "path": mended[0]}, remedy
        )
    else:
        yield Check("file_modes", "ok", texts.gettext("Other users of this machine see no files"))


def _disk(home: Path, texts: NullTranslations) -> Iterator[Check]:
    free = shutil.disk_usage(home).free
    finding = texts.gettext("%(size)s MB free on the disk") % {"size": free // 1_000_000}
    if free < MIN_FREE_BYTES:
        yield Check("disk_space", "warning", finding, texts.gettext("Make room on the disk."))
    else:
        yield Check("disk_space", "ok", finding)
    median = _sync_ms(home)
    finding = texts.gettext("Writing to the disk for good takes %(ms)s ms") % {
        "ms": f"{median:.2f}"
    }
    if median > SLOW_SYNC_MS:
        remedy = texts.gettext("Use a faster disk for the data directory.")
        yield Check("disk_sync", "warning", finding, remedy)
    elif median < NO_SYNC_MS:
        remedy = texts.gettext(
            "This disk does not really write through; a power cut loses ratings."
        )
        yield Check("disk_sync", "warning", finding, remedy)
    else:
        yield Check("disk_sync", "ok", finding)


def _sync_ms(folder: Path) -> float:
    """Time twenty small writes that reach the disk; median in milliseconds."""
    times = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(20):
            file.write(b"x" * 512)
            start = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def catalogues(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the catalogues of the languages are built."""
    compiled = {code: po_path(code).with_suffix(".mo") for code in TRANSLATED_LANGUAGES}
    missing = [code for code, path in compiled.items() if not path.exists()]
    if missing:
        remedy = texts.gettext("Start ./alpclusters once more: it compiles them.")
        finding = texts.gettext("Languages missing: %(names)s") % {"names": ", ".join(missing)}
        yield Check("languages", "error", finding, remedy)
    else:
        yield Check("languages", "ok", ", ".join(LANGUAGE_CODES))


def documents(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look for the fonts of documents."""
    fonts = [p.name for p in _fonts().iterdir() if p.name.endswith(".ttf")]
    if not fonts:
        remedy = texts.gettext("Install AlpClusters once more: its fonts are missing.")
        yield Check("fonts", "error", texts.gettext("No fonts for documents"), remedy)
        return
    yield Check("fonts", "ok", texts.gettext("Fonts for documents: %(n)s") % {"n": len(fonts)})


def _fonts() -> Path:
    return Path(str(resources.files("alpclusters") / "reports" / "fonts"))
