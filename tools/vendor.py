"""Bring files of others into the repository: fonts, icons, test scripts, each with its sums.

    python tools/vendor.py           fetch what vendor.toml names, verify, strip, join, copy
    python tools/vendor.py pin       fetch and write the sums into vendor.toml (after a new version)
    python tools/vendor.py check     verify the shipped files and docs/licences.md, offline
    python tools/vendor.py licences  rewrite docs/licences.md

Only maintainers need npm; everything fetched is committed. Tests import `fetched` for the one
tool that is too big for that (the HTML checker).
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
MANIFEST: Final = ROOT / "vendor.toml"
CACHE: Final = ROOT / ".cache"
# collectstatic with hashed names stops at a comment that names a map we do not ship.
SOURCE_MAP: Final = re.compile(
    rb"(?m)^[ \t]*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=.*?\*/)[ \t]*\n?"
)
TEXT_ENDINGS: Final = (".js", ".mjs", ".css")
SHAPES: Final = re.compile(r"<(?:path|circle|line|rect|polyline|polygon|ellipse)\b[^>]*/>")

Entry = dict[str, Any]


class VendorError(Exception):
    """A file is not what vendor.toml says; the text names it and what to do."""


def read_manifest() -> Entry:
    """Return vendor.toml as nested dictionaries."""
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8"))


def sum_of(data: bytes) -> str:
    """Return the sum as vendor.toml writes it."""
    return "sha256-" + hashlib.sha256(data).hexdigest()


# --- fetching ---------------------------------------------------------------------------------


def pack(package: Entry, folder: Path) -> Path:
    """Let npm fetch one package by name and version; return its archive."""
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is not installed; it is needed to fetch files of others (Debian: npm)"
        raise VendorError(message)
    wanted = f"{package['name']}@{package['version']}"
    command = [npm, "pack", "--silent", "--ignore-scripts", wanted]
    done = subprocess.run(  # noqa: S603 - names and versions from our own manifest
        command, cwd=folder, check=False, capture_output=True, text=True
    )
    if done.returncode:
        message = f"npm could not fetch {wanted}: {done.stderr.strip()}"
        raise VendorError(message)
    return folder / done.stdout.split()[-1]


def unpack(package: Entry, folder: Path, *, pin: bool) -> Path:
    """Fetch, verify and unpack one package; return the folder with its files."""
    folder.mkdir()
    archive = pack(package, folder)
    hold(package, "archive", archive.read_bytes(), archive.name, pin=pin)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def hold(entry: Entry, key: str, data: bytes, name: str, *, pin: bool) -> None:
    """Compare data with the sum under a key, or write the sum when pinning."""
    found = sum_of(data)
    if pin:
        entry[key] = found
    elif entry.get(key) != found:
        message = (
            f"{name}: {key} sum is {found}, vendor.toml says {entry.get(key)}; "
            "if the change is wanted run: tools/vendor.py pin"
        )
        raise VendorError(message)


# --- from published to shipped ----------------------------------------------------------------


def joined(entry: Entry, package: Path) -> bytes:
    """Read the published files of one entry and join them in order."""
    return b"\n".join((package / name).read_bytes() for name in entry["from"])


def stripped(data: bytes, target: str) -> bytes:
    """Drop source-map comments from scripts and styles; leave everything else as it is."""
    return SOURCE_MAP.sub(b"", data) if target.endswith(TEXT_ENDINGS) else data


def symbol(name: str, drawing: str) -> str:
    """Return one icon as a symbol that takes its colour and stroke from the page."""
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{" ".join(SHAPES.findall(drawing))}</symbol>'


def sprite(icons: list[str], package: Path) -> bytes:
    """Join single icons to one file of symbols."""
    drawings = [(name, package / "icons" / f"{name}.svg") for name in icons]
    symbols = [symbol(name, path.read_text(encoding="utf-8")) for name, path in drawings]
    text = '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"
    return text.encode()


def shipped(entry: Entry, package: Path, *, pin: bool) -> bytes:
    """Return the bytes to ship for one entry after checking what was published."""
    if "icons" in entry:
        return sprite(entry["icons"], package)
    published = joined(entry, package)
    hold(entry, "published", published, " + ".join(entry["from"]), pin=pin)
    return stripped(published, entry["to"])


def write(target: Path, data: bytes) -> None:
    """Write under a name of its own and rename: nobody reads half a file, and two may write."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=target.name, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(target)


def bring(package: Entry, folder: Path, *, pin: bool) -> None:
    """Fetch one package and write its files."""
    content = unpack(package, folder, pin=pin)
    for entry in package.get("files", []):
        data = shipped(entry, content, pin=pin)
        hold(entry, "shipped", data, entry["to"], pin=pin)
        write(ROOT / entry["to"], data)
        print(f"{package['name']} {package['version']} -> {entry['to']} ({len(data):,} bytes)")


def update(*, pin: bool = False) -> None:
    """Fetch all packages; with pin also write their sums."""
    manifest = read_manifest()
    with tempfile.TemporaryDirectory() as name:
        for number, package in enumerate(manifest["package"]):
            bring(package, Path(name) / str(number), pin=pin)
        if pin:
            for number, tool in enumerate(manifest.get("tool", [])):
                content = unpack(tool, Path(name) / f"tool-{number}", pin=True)
                hold(tool, "published", joined(tool, content), tool["name"], pin=True)
            write(MANIFEST, as_toml(manifest).encode())


def fetched(name: str) -> Path:
    """Return a tool that is only needed in tests, fetched once into `.cache/` and verified.

    Raises
    ------
    VendorError
        npm is missing, the network is, or the file is not the pinned one.
    """
    tool = next(t for t in read_manifest()["tool"] if t["name"] == name)
    target = CACHE / f"{name}-{tool['version']}{Path(tool['from'][0]).suffix}"
    if not target.exists():
        with tempfile.TemporaryDirectory() as folder:
            content = unpack(tool, Path(folder) / "tool", pin=False)
            write(target, joined(tool, content))
    hold(tool, "published", target.read_bytes(), str(target), pin=False)
    return target


# --- vendor.toml ------------------------------------------------------------------------------

HEADER: Final = """\
# Files of others, fetched by name and version with tools/vendor.py and committed.
# "archive": sum of the package; "published": of the file inside (several are joined in order);
# "shipped": of our copy, from which source-map comments are stripped. Nothing else is changed.
# `tools/vendor.py pin` rewrites this file with fresh sums; put explanations into "note".
"""


def as_toml(manifest: Entry) -> str:
    """Write the manifest in one fixed order and form."""
    parts = [HEADER, _table("[python.licences]", manifest["python"]["licences"])]
    for kind in ("package", "tool"):
        for entry in manifest.get(kind, []):
            parts.append(_table(f"[[{kind}]]", entry))
            parts += [_table(f"[[{kind}.files]]", f) for f in entry.get("files", [])]
    return "\n".join(parts)


def _table(head: str, entry: Entry) -> str:
    rows = [f"{_key(k)} = {_value(v)}" for k, v in entry.items() if k != "files"]
    return "\n".join([head, *rows]) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else f'"{name}"'


def _value(value: str | list[str]) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    line = ", ".join(f'"{v}"' for v in value)
    return f"[{line}]" if len(line) < 90 else "[\n" + "".join(f'  "{v}",\n' for v in value) + "]"


# --- commands ---------------------------------------------------------------------------------


def problems() -> list[str]:
    """Compare the shipped files and the licences page with the manifest; offline."""
    manifest = read_manifest()
    entries = [e for package in manifest["package"] for e in package["files"]]
    found = [_problem(entry) for entry in entries]
    found += [_stranger(path, {e["to"] for e in entries}) for path in _vendored_files()]
    return [text for text in [*found, _licences_problem(manifest)] if text]


def _problem(entry: Entry) -> str:
    path = ROOT / entry["to"]
    if not path.exists():
        return f"{entry['to']} is missing; run: tools/vendor.py"
    if sum_of(path.read_bytes()) != entry["shipped"]:
        return f"{entry['to']} was changed; run: tools/vendor.py"
    return ""


def _vendored_files() -> list[Path]:
    folders = (ROOT / "src/alpclusters/www/static/vendor", ROOT / "tests/vendor")
    return [p for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()]


def _stranger(path: Path, known: set[str]) -> str:
    name = path.relative_to(ROOT).as_posix()
    return "" if name in known else f"{name} is not in vendor.toml"


def _licences_problem(manifest: Entry) -> str:
    page = _licences_page(manifest)
    path = ROOT / "docs" / "licences.md"
    if path.exists() and path.read_text(encoding="utf-8") == page:
        return ""
    return "docs/licences.md is out of date; run: tools/vendor.py licences"


def _licences_page(manifest: Entry) -> str:
    sys.path.insert(0, str(ROOT))
    from tools.licences import page

    return page(manifest)


def check() -> int:
    """Print what is wrong; 1 if anything is."""
    found = problems()
    for text in found:
        print(text)
    return 1 if found else 0


def licences() -> int:
    """Rewrite docs/licences.md."""
    write(ROOT / "docs" / "licences.md", _licences_page(read_manifest()).encode())
    return 0


def bring_all() -> int:
    """Fetch everything with the pinned sums."""
    update()
    return 0


def pin_all() -> int:
    """Fetch everything and write the sums."""
    update(pin=True)
    return 0


COMMANDS: Final[dict[str, Callable[[], int]]] = {
    "update": bring_all,
    "pin": pin_all,
    "check": check,
    "licences": licences,
}


def main(arguments: list[str]) -> int:
    """Run one command; 2 for a wrong one."""
    command = COMMANDS.get(arguments[0] if arguments else "update")
    if command is None or len(arguments) > 1:
        print(__doc__)
        return 2
    try:
        return command()
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
