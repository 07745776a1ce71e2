"""Few and short tests that together send every statement.

The weighted set cover of Chvátal (1979, Mathematics of Operations Research 4, 233-235): again and
again the test that sends most new statements for its time, until none is missing. What a later one
has made needless is taken back, the longest first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from tests.statements import Note

# What a test costs beside its own seconds: to be set up, reported, taken down.
FIXED_S: Final = 0.01


def cover(notes: Mapping[str, Note], kept: Iterable[str]) -> set[str]:
    """Return tests that with the ``kept`` ones send every statement that all notes tell of."""
    kept = set(kept)
    sent = set().union(*(notes[name].shapes for name in kept))
    return _without_needless(notes, list(_by_worth(notes, sent)), kept)


def _by_worth(notes: Mapping[str, Note], sent: set[str]) -> Iterator[str]:
    """Yield tests, each time the one with most statements that are not yet ``sent`` for its time.

    What a test is worth only falls, so one that still leads after it was weighed again is best.
    """
    line = [(-_worth(note, sent), name) for name, note in notes.items()]
    heapify(line)
    while line:
        _, name = heappop(line)
        worth = _worth(notes[name], sent)
        if not worth:
            continue
        if line and worth < -line[0][0]:
            heappush(line, (-worth, name))
            continue
        sent |= notes[name].shapes
        yield name


def _worth(note: Note, sent: set[str]) -> float:
    return len(note.shapes - sent) / (note.seconds + FIXED_S)


def _without_needless(notes: Mapping[str, Note], picked: list[str], kept: set[str]) -> set[str]:
    """Return both without the picked ones whose statements the others send as well."""
    times = Counter(shape for name in (*picked, *kept) for shape in notes[name].shapes)
    found = {*picked, *kept}
    for name in sorted(picked, key=lambda name: -notes[name].seconds):
        if all(times[shape] > 1 for shape in notes[name].shapes):
            found.remove(name)
            times.subtract(notes[name].shapes)
    return found
