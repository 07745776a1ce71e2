"""What offers bring in with them: by need, and by being paired."""

from collections.abc import Iterator, Sequence
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Pointer

AT_MOST: Final = 1


class Needs:
    """Offers as a graph; sets of offers are bits of whole numbers, as there may be a thousand."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._next: dict[str, dict[str, Pointer]] = {}
        self._pairs: dict[str, list[str]] = {}
        self._closed: dict[str, int] | None = None
        self._circles: list[tuple[Pointer, str]] = []

    def add(self, offer: str, needed: str, at: Pointer) -> None:
        """Say that an offer needs another."""
        self._know(offer, needed)
        self._next[offer].setdefault(needed, at)

    def join(self, one: str, other: str) -> None:
        """Say that two offers are nothing without each other."""
        self._know(one, other)
        self._pairs[one].append(other)
        self._pairs[other].append(one)

    def circles(self) -> list[tuple[Pointer, str]]:
        """Return the links that close a circle of needs, with an offer on it."""
        self._close()
        return self._circles

    def brings(self, apart: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
        """Return the first offer that would bring in two of some that exclude one another."""
        closed = self._close()
        mask = sum(self._bits.get(name, 0) for name in apart)
        for offer, brought in closed.items():
            if (brought & mask).bit_count() > AT_MOST:
                both = tuple(name for name in apart if brought & self._bits.get(name, 0))
                return offer, both
        return None

    def _know(self, *offers: str) -> None:
        for offer in offers:
            self._bits.setdefault(offer, 1 << len(self._bits))
            self._next.setdefault(offer, {})
            self._pairs.setdefault(offer, [])

    def _close(self) -> dict[str, int]:
        """Return what each offer brings in, itself included, as bits; walked once, depth first."""
        if self._closed is None:
            self._closed = {}
            for offer in self._bits:
                self._walk(offer, self._closed)
        return self._closed

    def _walk(self, start: str, closed: dict[str, int]) -> None:
        open_ = {start: self._around(start)}
        while open_ and start not in closed:
            offer = next(reversed(open_))
            for other, at in open_[offer]:
                if other in open_ and at is not None:
                    self._circles.append((at, other))
                elif other not in closed and other not in open_:
                    open_[other] = self._around(other)
                    break
            else:
                del open_[offer]
                closed[offer] = self._union(offer, closed)
        self._spread(closed)

    def _around(self, offer: str) -> Iterator[tuple[str, Pointer | None]]:
        yield from self._next[offer].items()
        yield from ((other, None) for other in self._pairs[offer])

    def _union(self, offer: str, closed: dict[str, int]) -> int:
        mask = self._bits[offer]
        for other in (*self._next[offer], *self._pairs[offer]):
            mask |= closed.get(other, self._bits[other])
        return mask

    def _spread(self, closed: dict[str, int]) -> None:
        """Give paired offers what the other one brings in."""
        for offer in [offer for offer, others in self._pairs.items() if others]:
            if offer in closed:
                closed[offer] = self._union(offer, closed)
