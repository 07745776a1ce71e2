"""Write the licences page from vendor.toml, the lock and the installed packages' own metadata."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
LONGEST_NAME: Final = 40  # some packages put the whole text into the field for the name
HEAD: Final = """\
# Licences

AlpClusters itself is licensed under the EUPL-1.2 (see LICENSE). This page names what it stands
on. It is written by `tools/vendor.py licences` and compared by `./check`.

"Copyleft" libraries (LGPL) are used unmodified and can be replaced: they are separate packages
in the environment. Data that a region loads keeps its own licence; it is named beside the data.
"""


def page(manifest: dict[str, Any]) -> str:
    """Return docs/licences.md."""
    vendored = [*manifest["package"], *manifest.get("tool", [])]
    named = manifest["python"]["licences"]
    parts = [
        HEAD,
        "## Python packages at run time\n",
        _table([_python_row(name, version, named) for name, version in locked()]),
        "## Files of others in the repository, and tools fetched by the tests\n",
        _table([_vendored_row(package) for package in vendored], extra="what for"),
    ]
    return "\n".join(parts)


def locked() -> list[tuple[str, str]]:
    """Return names and versions from the run-time lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)", text)


def _table(rows: list[list[str]], *, extra: str = "") -> str:
    head = ["name", "version", "licence", *([extra] if extra else [])]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _vendored_row(package: dict[str, Any]) -> list[str]:
    return [package["name"], package["version"], package["licence"], package["note"]]


def _python_row(name: str, version: str, named: dict[str, str]) -> list[str]:
    return [name, version, named.get(name) or _licence_of(name)]


def _licence_of(name: str) -> str:
    try:
        metadata = distribution(name)
    except PackageNotFoundError:
        return "unknown here: name it in vendor.toml under [python.licences]"
    return _expression(metadata) or _classified(metadata) or "not stated"


def _expression(package: Distribution) -> str:
    stated = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    # Some write the whole text there.
    is_name = "\n" not in stated and (len(stated) <= LONGEST_NAME or " AND " in stated)
    return stated if is_name else ""


def _classified(package: Distribution) -> str:
    lines = package.metadata.get_all("Classifier") or []
    return ", ".join(c.split("::")[-1].strip() for c in lines if c.startswith("License ::"))
