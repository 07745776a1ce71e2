"""Rows of a list in chunks: each is one transaction."""

from collections.abc import Iterable, Iterator
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.platform.actors.domain.importing.supplies import Thing

CHUNK: Final = 1_000
# Characters of the rows of a chunk: rows may be long.
CHUNK_LENGTH: Final = 8_000_000


def in_chunks(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Gather rows up to a number, or up to a length."""
    chunk, length = list[Thing](), 0
    for thing in things:
        chunk.append(thing)
        length += sum(map(len, getattr(thing, "cells", ())))
        if len(chunk) >= CHUNK or length > CHUNK_LENGTH:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def line_of(thing: Thing) -> int:
    """Return the line of the list where a row, or what is wrong with it, stands."""
    return (thing.where.line or 0) if isinstance(thing, RecordError) else thing.line
