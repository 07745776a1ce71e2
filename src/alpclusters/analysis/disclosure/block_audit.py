"""The audit of one question: screen, exchange of four, whole-number programme."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from alpclusters.analysis.disclosure.answers import MISSING, Block, BoolArray, IntArray, features_of
from alpclusters.analysis.disclosure.results import Attacker, Disclosure, Witness, answers_in
from alpclusters.analysis.disclosure.statements import Register
from alpclusters.analysis.disclosure.systems import (
    Atoms,
    Outcome,
    Search,
    atoms_of,
    check_true,
    counts_of,
    person_of,
    pinned_sets,
    placed,
    system_of,
)

# --- Steps 1 and 2 of an audit: which secrets need work, and exchanges of four that keep them -----


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


# --- The audit of one question: screen, exchange of four, whole-number programmes, replay ---------


type Replay = Callable[[Block], Hashable]
"""What is published about one block in a world; compared with what is published in truth."""
N_WITNESSES: Final = 20


@dataclass(frozen=True, slots=True)
class Clock:
    """When the processor time is used up."""

    ends: float

    @classmethod
    def of(cls, seconds: float) -> Self:
        """Start a clock with so many seconds."""
        return cls(time.process_time() + seconds)

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.ends - time.process_time()


@dataclass(slots=True)
class BlockAudit:
    """What is certain about one question, and for whom."""

    block: Block
    register: Register
    attackers: Sequence[Attacker]
    clock: Clock
    replay: Replay | None = None
    found: list[Disclosure] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    n_secrets: int = 0
    _atoms: Atoms = field(init=False)
    _z: IntArray = field(init=False)
    _secrets: list[Secret] = field(init=False)
    _searched: Search | None = None
    _published: Hashable = None

    def __post_init__(self) -> None:
        check_true(self.register, self.block)
        self._atoms = atoms_of(self.register.groups(), self.block.n_people)
        self._z = counts_of(self.block, self._atoms)
        self._secrets = secrets_of(
            self.block,
            self._z,
            has_insider="insider" in self.attackers,
            has_participants="participant" in self.attackers,
        )

    @property
    def _search(self) -> Search:
        """The search, made when the first secret needs it."""
        if self._searched is None:
            system = system_of(self.register, self._atoms, len(self.block.values))
            self._searched = Search(system)
        return self._searched

    def run(self) -> None:
        """Decide every secret for every attacker."""
        self.n_secrets = sum(len(secret.open) for secret in self._secrets)
        for secret in self._secrets:
            self._exchange(secret)
        knowers = {who for secret in self._secrets for who in secret.open}
        for knower in sorted(knowers, key=lambda who: who or (-1, -1)):
            self._ask_all(knower)
        if "insider" in self.attackers:
            self._small_sets()

    def _exchange(self, secret: Secret) -> None:
        before = list(secret.open)
        found = exchange(secret, self._atoms, self._z)
        if found is None:
            return
        world = found.applied(self._z)
        if self.replay is None:
            self._keep(secret, secret.odd, world)
        else:  # only this one exchange is replayed, so only whom it serves is done
            secret.open = before
            self._close(world)

    def _ask_all(self, knower: Knower) -> None:
        """Search worlds for one attacker: many secrets at once, until none moves."""
        asked = [secret for secret in self._secrets if knower in secret.open]
        while asked:
            outcome = self._ask(asked, knower)
            if outcome == "moved":
                asked = [secret for secret in asked if knower in secret.open]
            elif outcome == "fixed" or len(asked) == 1:
                for secret in asked:
                    self._tell(secret, knower, is_decided=outcome == "fixed")
                return
            else:  # too much at once: one by one
                for secret in asked:
                    self._ask_alone(secret, knower)
                return

    def _ask_alone(self, secret: Secret, knower: Knower) -> None:
        outcome: Outcome = "moved"
        if knower in secret.open:
            outcome = self._ask([secret], knower)
        if outcome != "moved":
            self._tell(secret, knower, is_decided=outcome == "fixed")

    def _ask(self, asked: list[Secret], knower: Knower) -> Outcome:
        """Look for one world in which a secret is another; close what it closes."""
        if self.clock.left <= 0:
            return "undecided"
        cost, lower = np.zeros_like(self._z), np.zeros_like(self._z)
        for secret in asked:
            cost[secret.atom, secret.alike] += 1
        if knower is not None:
            lower[knower] = 1
        outcome, found = self._search.smallest(
            cost.ravel(),
            int((cost * self._z).sum()),
            lower=lower.ravel(),
            seconds=self.clock.left,
        )
        if found is None:
            return outcome
        before = sum(len(secret.open) for secret in asked)
        self._close(found.reshape(self._z.shape))
        for secret in asked if self.replay is not None else ():
            self._try_others(secret, knower)
        is_closed = sum(len(secret.open) for secret in asked) < before
        return "moved" if is_closed else "undecided"

    def _try_others(self, secret: Secret, knower: Knower) -> None:
        """Try worlds near the truth until one is replayed and closes the secret."""
        lower = np.zeros_like(self._z)
        if knower is not None:
            lower[knower] = 1
        for world in nearby(secret, self._z):
            if knower not in secret.open:
                return
            if self._search.system.holds(world.ravel(), lower.ravel()):
                self._close(world)

    def _close(self, world: IntArray) -> None:
        """Close every secret for every attacker for whom this is another possible world."""
        for secret in self._secrets:
            n, before = (z[secret.atom, secret.alike].sum() for z in (world, self._z))
            closed = [who for who in secret.open if who is None or world[who] >= 1]
            if n >= before or not closed or not self._keep(secret, closed[0], world):
                continue
            secret.open = [who for who in secret.open if who not in closed]

    def _keep(self, secret: Secret, knower: Knower, world: IntArray) -> bool:
        """Replay a world person by person; no if something else would be published in it."""
        if self.replay is None and len(self.witnesses) >= N_WITNESSES:
            return True
        person = None if knower is None else person_of(self.block, self._atoms, knower)
        other = placed(self.block, self._atoms, world, person)
        if not self._is_replayed(other):
            return False
        people = frozenset(self._atoms.members(secret.atom)) - {person}
        witness = Witness(self.block.key, answers_in(other), people, secret.feature, person)
        self.witnesses += [witness] if len(self.witnesses) < N_WITNESSES else []
        return True

    def _is_replayed(self, other: Block) -> bool:
        if self.replay is None:
            return True
        if self._published is None:
            self._published = self.replay(self.block)
        return self.replay(other) == self._published

    def _tell(self, secret: Secret, knower: Knower, *, is_decided: bool) -> None:
        """Note a disclosure; what the insider knows, every participant knows."""
        people = frozenset(self._atoms.members(secret.atom))
        person = None if knower is None else person_of(self.block, self._atoms, knower)
        # Of several participants who answered alike, each is given away to the others.
        is_alone = knower is not None and self._z[knower] == 1
        secret.open = [] if knower is None else [who for who in secret.open if who != knower]
        is_membership = secret.feature == "changed" or secret.label == MISSING
        self.found.append(
            Disclosure(
                code="D5" if is_membership else "D2",
                block=self.block.key,
                people=people - {person} if is_alone else people,
                feature=secret.feature,
                attacker="insider" if knower is None else "participant",
                participant=person,
                is_decided=is_decided,
            )
        )

    def _small_sets(self) -> None:
        """Note sets of fewer than five people of whom a count is certain."""
        known = _all(one.people for one in self.found if one.attacker == "insider")
        classes = [
            alike for _, labels in features_of(self.block) for _, alike in classes_of(labels)
        ]
        left = lambda: self.clock.left  # noqa: E731 - asked again before every search
        told = pinned_sets(self._atoms, self._z, lambda: self._search, classes, known, left)
        for atoms, is_decided in told:
            people = _all(frozenset(self._atoms.members(atom)) for atom in atoms)
            self.found.append(
                Disclosure("D3", self.block.key, people, "counts", "insider", is_decided=is_decided)
            )


def _all(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*sets)
