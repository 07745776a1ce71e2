"""Union-find: which things hang together."""

from collections.abc import Iterable


class Unions:
    """Disjoint sets of numbers; each set is named by its smallest member."""

    __slots__ = ("_parent",)

    def __init__(self, members: Iterable[int]) -> None:
        self._parent = {member: member for member in members}

    def root(self, member: int) -> int:
        """Return the smallest member of the set."""
        parent = self._parent
        while parent[member] != member:
            # Path halving: every other step is shortened.
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, first: int, second: int) -> bool:
        """Join two sets; say whether they were two."""
        a, b = self.root(first), self.root(second)
        if a == b:
            return False
        self._parent[max(a, b)] = min(a, b)
        return True
