"""Steps 1 and 2 of an audit: which secrets need work, and exchanges of four that keep them."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

import numpy as np

from alpclusters.analysis.disclosure.answers import Block, BoolArray, IntArray, features_of
from alpclusters.analysis.disclosure.atoms import Atoms

type Entry = tuple[int, int]
"""An atom and a value: participants of one atom with the same answer know the same."""
type Knower = Entry | None
"""A participant, or None for the insider."""


@dataclass(slots=True)
class Secret:
    """People of one atom whose answers are all of one class.

    Attributes
    ----------
    atom : int
    alike : array of bool, shape (n_values,)
        Values of the class.
    feature : str
    label : hashable
        The class.
    odd : Entry or None
        The one participant of the atom whose answer is of another class: the secret is about
        the others, and only this participant can know it.
    open : list of Knower
        Attackers for whom no other world is known yet.
    """

    atom: int
    alike: BoolArray
    feature: str
    label: Hashable
    odd: Entry | None
    open: list[Knower] = field(default_factory=list)


def secrets_of(
    block: Block, z: IntArray, *, has_insider: bool, has_participants: bool
) -> list[Secret]:
    """Return the secrets that the screen leaves: atoms that are unanimous, or all but one."""
    entries = [(int(a), int(v)) for a, v in np.argwhere(z)] if has_participants else []
    insider: list[Knower] = [None] if has_insider else []
    sizes, found = z.sum(axis=1), []
    for feature, labels in features_of(block):
        for label, alike in classes_of(labels):
            n = z[:, alike].sum(axis=1)
            for atom in np.flatnonzero((n == sizes) & (n > 0)).tolist():
                others = [e for e in entries if not (e[0] == atom and sizes[atom] == 1)]
                found.append(Secret(atom, alike, feature, label, None, [*insider, *others]))
            if not has_participants:
                continue
            for atom in np.flatnonzero((n == sizes - 1) & (n > 0)).tolist():
                odd = (atom, int(np.flatnonzero((z[atom] > 0) & ~alike)[0]))
                found.append(Secret(atom, alike, feature, label, odd, [odd]))
    return found


def classes_of(labels: tuple[Hashable, ...]) -> Iterator[tuple[Hashable, BoolArray]]:
    """Yield each class of a feature with the values that belong to it."""
    for label in dict.fromkeys(labels):
        yield label, np.array([one == label for one in labels])


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two people of a and d give up a value, two of b and c take it over."""

    square: tuple[int, int, int, int]
    gives: int
    takes: int

    def applied(self, z: IntArray) -> IntArray:
        """Return the counts after the exchange."""
        a, b, c, d = self.square
        world = z.copy()
        for atom, sign in ((a, -1), (d, -1), (b, 1), (c, 1)):
            world[atom, self.gives] += sign
            world[atom, self.takes] -= sign
        return world


def exchange(secret: Secret, atoms: Atoms, z: IntArray) -> Exchange | None:
    """Find exchanges that change a secret; close it for everybody for whom one of them holds.

    An exchange holds for a participant if the own answer is not the only one of its kind that
    it moves. So only answers that all exchanges move and that one person alone gave stay open.
    """
    squares = atoms.squares[atoms.squares[:, 0] == secret.atom]
    given = np.flatnonzero(secret.alike & (z[secret.atom] > 0))
    taken = np.flatnonzero(~secret.alike)
    if not (squares.size and given.size and taken.size):
        return None
    has = z > 0
    give = has[squares[:, 3]][:, given]
    take = has[squares[:, 1]][:, taken] & has[squares[:, 2]][:, taken]
    places = np.argwhere(give[:, :, None] & take[:, None, :])
    if not len(places):
        return None
    rows, gives, takes = squares[places[:, 0]], given[places[:, 1]], taken[places[:, 2]]
    needed = _needed(rows, gives, takes, z.shape)
    secret.open = [who for who in secret.open if who is not None and who != secret.odd
                   and who in needed and z[who] == 1]  # fmt: skip
    first = tuple(int(atom) for atom in rows[0])
    return Exchange(first, int(gives[0]), int(takes[0]))  # type: ignore[arg-type]  # four


def _needed(rows: IntArray, gives: IntArray, takes: IntArray, shape: tuple[int, ...]) -> set[Entry]:
    """Return the entries that every exchange moves."""
    used = np.zeros(shape, dtype=np.int64)
    for column, values in ((0, gives), (3, gives), (1, takes), (2, takes)):
        np.add.at(used, (rows[:, column], values), 1)
    return {(int(a), int(v)) for a, v in np.argwhere(used == len(rows))}


def nearby(secret: Secret, z: IntArray) -> Iterator[IntArray]:
    """Yield counts near the truth: two people exchange answers, or two answers exchange names."""
    taken = np.flatnonzero(~secret.alike).tolist()
    for gives in np.flatnonzero(secret.alike & (z[secret.atom] > 0)).tolist():
        for other, takes in ((a, v) for a in range(len(z)) for v in taken if a != secret.atom):
            if z[other, takes]:
                world = z.copy()
                world[secret.atom, [gives, takes]] += (-1, 1)
                world[other, [gives, takes]] += (1, -1)
                yield world
        for takes in taken:
            world = z.copy()
            world[:, [gives, takes]] = world[:, [takes, gives]]
            yield world
