"""Write what the pages of a data directory say, to compare two states of the code.

    ALPCLUSTERS_HOME=DIR python tools/page_texts.py INTO [--as EMAIL] [--list FILE]

One page for every kind is found by following links from the home page, as a visitor or as the
person with this address, and fetched in German and in Slovenian. Each is a file of its own: one
piece of text or attribute a line, without scripts, tokens and names of files. ``diff -r`` of two
folders says what changed. ``--list`` keeps the addresses that were found; if the file is there
already, exactly these are fetched, so that both states show the same pages.
"""

import argparse
import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

LANGUAGES: Final = ("de", "sl")
SAID: Final = ("alt", "title", "aria-label", "value", "datetime", "placeholder", "content")
UNSAID: Final = {"script", "style"}
HASHED: Final = re.compile(r"\.[0-9a-f]{12}(?=\.)")
LIMIT: Final = 3000


class _Page(HTMLParser):
    """The texts and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.links: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unsaid += tag in UNSAID
        said = {name: value or "" for name, value in attrs}
        if said.get("name") == "csrfmiddlewaretoken":
            return
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        for name in ("href", *SAID):
            if said.get(name):
                self.lines.append(f"{tag} {name}={HASHED.sub('', said[name])}")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid -= tag in UNSAID

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._unsaid:
            self.lines.append(text)


def read(client: object, path: str) -> tuple[int, _Page]:
    """Fetch a page; a file has no texts."""
    answer = client.get(path)
    page = _Page()
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        page.feed(body.decode())
    return answer.status_code, page


def find(client: object, start: str) -> Iterator[str]:
    """Yield one address for every kind of page, in the order in which links lead there."""
    from django.urls import Resolver404, resolve
    from django.utils import translation

    kinds, seen, waiting = set(), {start}, [start]
    while waiting and len(seen) < LIMIT:
        path = waiting.pop(0)
        translation.activate(path.split("/")[1] if path[1:3].isalpha() else "de")
        try:
            view = resolve(path).view_name
        except Resolver404:
            continue
        if view in kinds or "logout" in view:
            continue
        status, page = read(client, path)
        if status != 200 or not page.lines:
            continue
        kinds.add(view)
        yield path
        for link in page.links:
            target = urlsplit(urljoin(path, link))
            if not target.netloc and target.path not in seen:
                seen.add(target.path)
                waiting.append(target.path)


def main() -> int:
    """Write the pages."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("into", type=Path)
    arguments.add_argument("--as", dest="email", default="")
    arguments.add_argument("--list", type=Path)
    given = arguments.parse_args()
    warnings.filterwarnings("ignore", message="No directory at")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
    os.environ.setdefault("ALPCLUSTERS_STATIC", "finders")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if given.email:
        person = get_user_model().objects.get(email=given.email)
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    if given.list and given.list.exists():
        paths = json.loads(given.list.read_text("utf-8"))
    else:
        paths = sorted(find(client, "/de/workspace/" if given.email else "/de/"))
        if given.list:
            given.list.write_text(json.dumps(paths, indent=0), "utf-8")
    given.into.mkdir(parents=True, exist_ok=True)
    for path in paths:
        for language in LANGUAGES:
            status, page = read(client, re.sub(r"^/de/", f"/{language}/", path))
            name = re.sub(r"[^a-z0-9]+", "-", path.removeprefix("/de/")).strip("-") or "home"
            text = "\n".join([path, str(status), *page.lines]) + "\n"
            (given.into / f"{name}.{language}.txt").write_text(text, "utf-8")
    sys.stdout.write(f"{len(paths)} pages in {given.into}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
