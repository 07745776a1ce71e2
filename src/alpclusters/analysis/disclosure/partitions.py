"""Groups large enough to be shown, chosen from numbers of people only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Final

from alpclusters.analysis.errors import ScaleError, ShapeError, Where

MOST_CHOICES: Final = 4_140
"""Partitions that are compared per split; Bell's number of 8."""
SMALLEST: Final = 10


@dataclass(frozen=True, slots=True)
class Tree:
    """Codes and what they belong to; names of codes are kept elsewhere.

    Attributes
    ----------
    parents : mapping of str to str or None
        Parent of every code; None at the top. Order matters only among equally good choices.

    Examples
    --------
    >>> tree = Tree({"firm": None, "small": "firm", "large": "firm"})
    >>> tree.leaves("firm")
    ('small', 'large')
    """

    parents: Mapping[str, str | None]
    _children: Mapping[str | None, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: dict[str | None, tuple[str, ...]] = {}
        for code, parent in self.parents.items():
            if parent is not None and parent not in self.parents:
                where = Where(argument="parents")
                known = ", ".join(self.parents)
                raise ScaleError("argument.not_one_of", where=where, found=parent, expected=known)
            children[parent] = (*children.get(parent, ()), code)
        object.__setattr__(self, "_children", children)
        if sum(1 for _ in self._below(None)) != len(self.parents):
            raise ShapeError("disclosure.tree_circular", where=Where(argument="parents"))

    def children(self, code: str | None) -> tuple[str, ...]:
        """Return what belongs to a code directly; None stands for the top."""
        return self._children.get(code, ())

    def leaves(self, code: str) -> tuple[str, ...]:
        """Return the codes without children below a code, or the code itself."""
        below = tuple(one for one in self._below(code) if not self.children(one))
        return below or (code,)

    def _below(self, code: str | None) -> Iterator[str]:
        for child in self.children(code):
            yield child
            yield from self._below(child)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a partition.

    Attributes
    ----------
    node : str or None
        The code of the tree whose people it holds; None for "others and not stated".
    codes : tuple of str or None
        Codes with people in it; None are people who stated nothing.
    n : int
        People.
    """

    node: str | None
    codes: tuple[str | None, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups that together hold everybody; a single group means that the split is not shown.

    Attributes
    ----------
    groups : tuple of Group
    bits : float
        Entropy in bits: how much the groups tell apart.
    merges : int
        How many codes with people were joined with others.
    """

    groups: tuple[Group, ...]
    bits: float
    merges: int

    @property
    def is_split(self) -> bool:
        """Whether there is more than one group."""
        return len(self.groups) > 1

    def place(self, code: str | None) -> int:
        """Return the position of the group that holds a code."""
        return next(place for place, one in enumerate(self.groups) if code in one.codes)


def partitions(
    sizes: Mapping[str | None, int], tree: Tree, *, smallest: int = SMALLEST
) -> tuple[Partition, ...]:
    """List the partitions in which every group is large enough, the most telling first.

    Each group is a node of the tree with those present, or the one group "others and not
    stated". Of equally telling ones the one with fewer merges comes first, then the order of
    codes decides. Only numbers of people are looked at, no answers.

    Parameters
    ----------
    sizes : mapping of str or None to int
        People per code; None: not stated.
    tree : Tree
    smallest : int, default 10
        Fewest people of a group.

    Returns
    -------
    tuple of Partition
        At least one: everybody in one group, which comes last unless nothing else is possible.

    Examples
    --------
    >>> tree = Tree({"firm": None, "small": "firm", "large": "firm", "public": None})
    >>> best = partitions({"small": 9, "large": 5, "public": 12, None: 1}, tree)[0]
    >>> [(one.node, one.n) for one in best.groups]
    [('firm', 14), (None, 13)]
    """
    people = _checked(sizes, tree)
    choices = _Choices(people, tree, smallest)
    found: dict[frozenset[tuple[str | None, ...]], Partition] = {}
    for nodes in choices.all():
        made = _partition(nodes, choices)
        if all(one.n >= smallest for one in made.groups):
            same = frozenset(one.codes for one in made.groups)
            # Of several names of the same groups the last is the most exact: nodes come first.
            if same not in found or _named(made) >= _named(found[same]):
                found[same] = made
    whole = _partition((), choices)
    found.setdefault(frozenset(one.codes for one in whole.groups), whole)
    order = {code: place for place, code in enumerate(tree.parents)}
    return tuple(sorted(found.values(), key=lambda one: _rank(one, order)))


def _named(one: Partition) -> int:
    return sum(group.node is not None for group in one.groups)


def entropy(sizes: Mapping[str | None, int]) -> float:
    """Return the entropy of groups of these sizes, in bits."""
    total = sum(sizes.values())
    return sum(_term(n, total) for n in sizes.values())


def _term(n: int, total: int) -> float:
    return -n / total * log2(n / total) if n else 0.0


def _checked(sizes: Mapping[str | None, int], tree: Tree) -> dict[str | None, int]:
    for code, n in sizes.items():
        if not n >= 0:
            raise ScaleError("counts.negative", where=Where(argument="sizes"))
        if code is not None and code not in tree.parents:
            where, known = Where(argument="sizes"), ", ".join(tree.parents)
            raise ScaleError("argument.not_one_of", where=where, found=str(code), expected=known)
    order = {code: place for place, code in enumerate(tree.parents)}
    present = [code for code, n in sizes.items() if n]
    present.sort(key=lambda code: len(order) if code is None else order[code])
    return {code: sizes[code] for code in present}


class _Choices:
    """Every set of nodes of which none lies in another: the rest is "others"."""

    def __init__(self, people: Mapping[str | None, int], tree: Tree, smallest: int) -> None:
        self.people, self.tree = people, tree
        self._smallest = smallest
        self.n_of = {code: self._sum(code) for code in tree.parents}
        # Where there are very many codes, the large ones are always shown or joined upwards.
        self._kept = frozenset[str]()
        leaves = (c for c in self.n_of if self._is_large(c) and not tree.children(c))
        large = sorted(leaves, key=lambda c: -self.n_of[c])
        while self._count(None) > MOST_CHOICES and len(self._kept) < len(large):
            self._kept |= {large[len(self._kept)]}

    def all(self) -> Iterator[tuple[str, ...]]:
        """Yield the sets of nodes."""
        yield from self._under(self.tree.children(None))

    def codes(self, node: str) -> tuple[str, ...]:
        """Return the codes with people at or below a node."""
        own = (node,) if node in self.people else ()
        below = (code for child in self.tree.children(node) for code in self.codes(child))
        return (*own, *below)

    def _sum(self, node: str) -> int:
        below = sum(self._sum(child) for child in self.tree.children(node))
        return self.people.get(node, 0) + below

    def _is_large(self, node: str) -> bool:
        return self.n_of[node] >= self._smallest

    def _count(self, node: str | None) -> int:
        product = 1
        for child in self.tree.children(node):
            product *= self._count_at(child)
        return product

    def _count_at(self, node: str) -> int:
        if not self._is_large(node):
            return 1
        return 1 + self._count(node) - (node in self._kept)

    def _at(self, node: str) -> Iterator[tuple[str, ...]]:
        if not self._is_large(node):
            yield ()
            return
        yield (node,)
        for chosen in self._under(self.tree.children(node)):
            if chosen or node not in self._kept:
                yield chosen

    def _under(self, nodes: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if not nodes:
            yield ()
            return
        for rest in self._under(nodes[1:]):
            for chosen in self._at(nodes[0]):
                yield (*chosen, *rest)


def _partition(nodes: tuple[str, ...], choices: _Choices) -> Partition:
    people = choices.people
    groups = [Group(node, choices.codes(node), choices.n_of[node]) for node in nodes]
    taken = {code for one in groups for code in one.codes}
    left = tuple(code for code in people if code not in taken)
    if left or not groups:
        groups.append(Group(None, left, sum(people[code] for code in left)))
    total = sum(people.values())
    bits = sum(_term(one.n, total) for one in groups) if total else 0.0
    merges = sum(len(one.codes) - 1 for one in groups if len(one.codes) > 1)
    return Partition(tuple(groups), bits, merges)


def _rank(one: Partition, order: Mapping[str, int]) -> tuple[object, ...]:
    codes = tuple(tuple(order.get(c or "", len(order)) for c in g.codes) for g in one.groups)
    return (-round(one.bits, 12), one.merges, codes)
