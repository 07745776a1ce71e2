"""Compare the pinned Python packages with a local file of known vulnerabilities.

    python -m tools.advisories FILE     FILE: an export of osv.dev for PyPI (all.zip), a folder of
                                        its JSON files, or one of them

Nothing is asked over the network: whoever runs this fetches the export and knows its day. The end
is 1 if a pinned version is affected. Format: https://ossf.github.io/osv-schema/
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools.licences import locked

EARLIEST: Final = Version("0")


@dataclass(frozen=True)
class Found:
    """A pinned version that an advisory names.

    Attributes
    ----------
    package, version : str
    advisory : str
        Its identifier.
    fixed : tuple of str
        Versions in which it is mended, if any is known.
    """

    package: str
    version: str
    advisory: str
    fixed: tuple[str, ...]


def read(source: Path) -> Iterator[dict[str, Any]]:
    """Yield the advisories of a file, an archive or a folder.

    Raises
    ------
    ValueError
        A file is no JSON object; the text names it.
    """
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                yield _object(archive.read(name), name)
        return
    for path in sorted(source.glob("*.json")) if source.is_dir() else [source]:
        yield _object(path.read_bytes(), str(path))


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        message = f"{name}: this is no JSON. Fetch the export again."
        raise ValueError(message) from error
    if not isinstance(found, dict):
        message = f"{name}: an advisory is a JSON object. Fetch the export again."
        raise TypeError(message)
    return found


def compare(advisories: Iterator[dict[str, Any]], pinned: list[tuple[str, str]]) -> list[Found]:
    """Return the pinned versions that are affected, by name."""
    versions = {canonicalize_name(name): version for name, version in pinned}
    found = []
    for advisory in advisories:
        if "withdrawn" in advisory:
            continue
        for affected in advisory.get("affected", []):
            package = affected.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            version = versions.get(name)
            if package.get("ecosystem") == "PyPI" and version and _is_in(version, affected):
                found.append(Found(name, version, str(advisory["id"]), _fixed(affected)))
    return sorted(found, key=lambda one: (one.package, one.advisory))


def _is_in(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    return any(_is_in_range(Version(version), events) for events in _ranges(affected))


def _ranges(affected: dict[str, Any]) -> Iterator[list[dict[str, str]]]:
    for span in affected.get("ranges", []):
        if span.get("type") == "ECOSYSTEM":
            yield span.get("events", [])


def _is_in_range(version: Version, events: list[dict[str, str]]) -> bool:
    """Walk the events in the order of versions: the last one before this version counts."""
    told = sorted(
        (_version(value), kind != "introduced", kind)
        for event in events
        for kind, value in event.items()
    )
    steps = [(at, kind) for at, _is_end, kind in told if kind != "limit"]
    ends = [*steps, (None, "")]
    for (at, kind), (until, next_kind) in pairwise(ends):
        if kind != "introduced" or version < at:
            continue
        if until is None or version < until or (next_kind == "last_affected" and version == until):
            return True
    return False


def _version(text: str) -> Version:
    try:
        return EARLIEST if text == "0" else Version(text)
    except InvalidVersion:
        return EARLIEST


def _fixed(affected: dict[str, Any]) -> tuple[str, ...]:
    return tuple(e["fixed"] for events in _ranges(affected) for e in events if "fixed" in e)


def main(arguments: list[str]) -> int:
    """Print what is affected; 0 if nothing, 1 if something, 2 without a file that can be read."""
    if len(arguments) != 1 or not Path(arguments[0]).exists():
        print(__doc__, file=sys.stderr)
        return 2
    pinned, advisories = locked(), list(read(Path(arguments[0])))
    newest = max((str(one.get("modified", "")) for one in advisories), default="no day")
    found = compare(iter(advisories), pinned)
    for one in found:
        remedy = f"mended in {', '.join(one.fixed)}" if one.fixed else "no mended version is known"
        print(f"{one.package} {one.version}: {one.advisory}, {remedy}")
    print(f"{len(found)} of {len(pinned)} packages, {len(advisories)} advisories until {newest}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
