"""The objects of a large JSON file one after the other, without keeping it."""

import json
from collections.abc import Iterator
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.streams import TextStream

# Characters that one object may have.
MAX_ITEM: Final = 40_000_000
_CHUNK: Final = 1 << 16
_SPACE: Final = " \t\r\n"


def json_items(text: TextStream, *, lists: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list that a file is, or of the named lists of its one object.

    Parameters
    ----------
    text : TextStream
    lists : frozenset of str
        Names under which an object may hold the list; an object without any is itself yielded.

    Raises
    ------
    FileFormatError
        It is no JSON, is cut off, or holds something else than objects.
    """
    try:
        yield from _Reader(text).items(lists)
    except (ValueError, RecursionError) as error:
        code = "project.bad_json"
        raise FileFormatError(code, where=Where(file=text.file)) from error


class _Reader:
    """A window on the text that moves on as values are read."""

    def __init__(self, text: TextStream) -> None:
        self._lines = text.lines()
        self._held = ""
        self._decoder = json.JSONDecoder()

    def items(self, lists: frozenset[str]) -> Iterator[dict[str, Any]]:
        first = self._next_mark()
        if first == "[":
            yield from self._elements()
        elif first == "{":
            yield from self._members(lists)
        else:
            raise ValueError("neither list nor object")
        if self._peek():
            raise ValueError("something stands behind the end")

    def _members(self, lists: frozenset[str]) -> Iterator[dict[str, Any]]:
        """Read an object member by member: a named list is streamed, the rest is kept."""
        rest: dict[str, Any] = {}
        has_list = False
        mark = "," if self._peek() != "}" else self._next_mark()
        while mark == ",":
            name = self._value()
            if not isinstance(name, str) or self._next_mark() != ":":
                raise ValueError("no name")
            if name in lists and self._peek() == "[":
                self._next_mark()
                has_list = True
                yield from self._elements()
            else:
                rest[name] = self._value()
            mark = self._next_mark()
        if mark != "}":
            raise ValueError("no end of an object")
        if not has_list:
            yield rest

    def _elements(self) -> Iterator[dict[str, Any]]:
        if self._peek() == "]":
            self._next_mark()
            return
        mark = ","
        while mark == ",":
            value = self._value()
            if not isinstance(value, dict):
                raise ValueError("no object")  # noqa: TRY004 - of the file, not of the program
            yield value
            mark = self._next_mark()
        if mark != "]":
            raise ValueError("no end of a list")

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held)
            except ValueError:
                if not self._more(len(self._held)):
                    raise
                continue
            # A number may go on in what was not read yet.
            if end == len(self._held) and self._more(_CHUNK):
                continue
            self._held = self._held[end:]
            return value

    def _next_mark(self) -> str:
        mark = self._peek()
        self._held = self._held[1:]
        return mark

    def _peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            self._held = self._held.lstrip(_SPACE)
            if self._held or not self._more(_CHUNK):
                return self._held[:1]

    def _more(self, least: int) -> bool:
        """Read at least some more characters if there are any."""
        if len(self._held) > MAX_ITEM:
            return False
        parts, size = [self._held], 0
        while size < max(least, _CHUNK) and (line := next(self._lines, "")):
            parts.append(line)
            size += len(line)
        self._held = "".join(parts)
        return size > 0
