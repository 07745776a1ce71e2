"""Read one address as somebody, and keep what the answer told without what changes by itself."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client

# What differs from one answer to the next by itself.
CHANGING = [
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'type="hidden" name="(once|id)" value="[\w-]{22}"'),
    # When a form was shown (forms that anybody may send).
    re.compile(rb'type="hidden" name="since" value="[^"]*"'),
    re.compile(rb'data-seconds="\d+"'),
    re.compile(rb"DTSTAMP:\w+"),
    re.compile(rb"/(CreationDate|ModDate)\s*\(.*?\)"),
    re.compile(rb"/ID\s*\[\(.*?\)\s*\(.*?\)\]"),
]
WORDS = re.compile(r"\w+")
PICTURES = (".png", ".jpeg", ".jpg", ".ttf", ".odttf")


type Place = tuple[str, str]
"""Who reads, and where."""


@dataclass(frozen=True)
class Told:
    """What an answer told, and the words of what was asked for it, names of tables among them."""

    text: bytes
    asked: frozenset[str]


def read(place: Place, clients: dict[str, Client]) -> Told:
    """Read one address as one person."""
    who, path = place
    asked: set[str] = set()

    def note(execute: Callable, sql: str, *rest: Any) -> Any:
        asked.update(WORDS.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = clients[who].get(path)
        text = told(answer)
        # It leads to a page that will say something once, and must not say it on another one.
        if "messages" in answer.cookies and "Location" in answer.headers:
            text += told(clients[who].get(answer.headers["Location"]))
    return Told(text, frozenset(asked))


def told(response) -> bytes:
    """Return what an answer tells, without what changes by itself."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"\n|\n".join(map(partial(member, file), sorted(file.namelist())))
    for pattern in CHANGING:
        body = pattern.sub(b"", body)
    return str(response.status_code).encode() + body


def member(file: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of a bundle; of a picture only what tells it from others, it is no text."""
    body = file.read(name)
    return hashlib.sha256(body).hexdigest().encode() if name.endswith(PICTURES) else body


def names_of(writes: Iterable[str]) -> set[str]:
    """Return the tables that were written to."""
    return {write.split()[1] for write in writes}
