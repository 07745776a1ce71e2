"""How many bytes a first visit moves: the page and what it names, compressed as the server does."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urljoin, urlsplit

STATIC: Final = "/static/"
ALREADY_SMALL: Final = (".woff2", ".png", ".webp", ".jpg", ".ico")
FACE: Final = re.compile(r"@font-face\s*\{([^}]*)\}")
ADDRESS: Final = re.compile(r"""url\(\s*["']?([^"')]+)""")
IMPORT: Final = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)""")
RANGE: Final = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)


class _Resources(HTMLParser):
    """Collect what a browser fetches at once, and the text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "link" and set(values.get("rel", "").split()) & {"stylesheet", "preload", "icon"}:
            self.addresses.append(values.get("href", ""))
        if tag in {"script", "img"} and values.get("src"):
            self.addresses.append(values["src"])
        if tag == "use":
            self.addresses.append(values.get("href", ""))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def first_visit(page: bytes) -> dict[str, int]:
    """Return compressed bytes by address; "page" is the document itself."""
    resources = _Resources()
    resources.feed(page.decode())
    characters = {ord(c) for c in "".join(resources.text)}
    sizes = {"page": _squeezed(page)}
    waiting = _static(resources.addresses)
    while waiting:
        address = waiting.pop()
        if address not in sizes:
            sizes[address] = _size(address)
            waiting += _static(_named_in(address, characters))
    return sizes


def _static(addresses: list[str]) -> list[str]:
    paths = {urlsplit(a).path for a in addresses}
    return sorted(p for p in paths if p.startswith(STATIC))


def _named_in(address: str, characters: set[int]) -> list[str]:
    """Fonts and imports of a style sheet; a font only if the page has a letter of its range."""
    if not address.endswith(".css"):
        return []
    css = _file(address).read_text(encoding="utf-8")
    faces = [face for face in FACE.findall(css) if _is_needed(face, characters)]
    found = [match[1] for face in faces if (match := ADDRESS.search(face))]
    return [urljoin(address, name) for name in [*found, *IMPORT.findall(css)]]


def _is_needed(face: str, characters: set[int]) -> bool:
    ranges = RANGE.findall(face)
    return not ranges or any(
        int(low, 16) <= c <= int(high or low, 16) for low, high in ranges for c in characters
    )


def _file(address: str) -> Path:
    from django.contrib.staticfiles import finders  # noqa: PLC0415 - after django.setup()

    found = finders.find(address.removeprefix(STATIC))
    return Path(str(found))


def _size(address: str) -> int:
    content = _file(address).read_bytes()
    small = PurePosixPath(address).suffix in ALREADY_SMALL
    return len(content) if small else _squeezed(content)


def _squeezed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))
