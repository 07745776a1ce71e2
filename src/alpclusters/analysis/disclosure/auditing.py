"""Audit everything public: "safe" is said only with another world in hand."""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import MISSING, Block, IntArray
from alpclusters.analysis.disclosure.atoms import Atoms, atoms_of, counts_of
from alpclusters.analysis.disclosure.results import (
    Attacker,
    Audit,
    Code,
    Disclosure,
    Witness,
    answers_in,
)
from alpclusters.analysis.disclosure.secrets import Knower, Secret, exchange, secrets_of
from alpclusters.analysis.disclosure.statements import Register, Statement
from alpclusters.analysis.disclosure.systems import Outcome, Row, Search, System
from alpclusters.analysis.disclosure.wording import weighted
from alpclusters.analysis.errors import ScaleError, ShapeError, Where

type Replay = Callable[[Block], Hashable]
"""What is published about one block in a world; compared with what is published in truth."""
N_WITNESSES: Final = 20
BOTH: Final[tuple[Attacker, ...]] = ("insider", "participant")


def audit(
    register: Register,
    truth: Sequence[Block],
    *,
    attackers: Sequence[Attacker] = BOTH,
    limit_s: float = 300.0,
    replay: Replay | None = None,
) -> Audit:
    """Find every answer that is certain for somebody who has all releases.

    Parameters
    ----------
    register : Register
        Everything that is or was public.
    truth : sequence of Block
        The questions with everybody's answers.
    attackers : sequence of {"insider", "participant"}
        The insider knows who lies in which group; a participant also knows the own answer.
    limit_s : float, default 300
        Limit of processor time in seconds; what is undecided then counts as disclosed.
    replay : callable, optional
        What is published about a block; a world in which it is not the same is no witness.

    Returns
    -------
    Audit

    Raises
    ------
    ScaleError
        A statement that is not true of the answers.

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Register, audit, count_statements
    >>> block = Block.of("clarity", [4, 4, 4, 4, 5, 3, 3, 5], values=(3, 4, 5))
    >>> shown = count_statements(block, range(4), release="table")
    >>> [sorted(one.people) for one in audit(Register().add(shown), [block]).found][0]
    [0, 1, 2, 3]
    """
    started = time.process_time()
    clock = Clock(started + limit_s)
    _check(truth)
    parts, found, witnesses, n_secrets = register.by_block(), [], [], 0
    for block in truth:
        part = parts.get(block.key, Register())
        work = BlockAudit(block, part, attackers, clock, replay)
        work.run()
        found += _by_releases(work)
        witnesses.append(work.witnesses)
        n_secrets += work.n_secrets
    return Audit(
        n_answers=sum(_n_answers(block) for block in truth),
        n_secrets=n_secrets,
        found=tuple(found),
        undecided=sum(not one.is_decided for one in found),
        witnesses=_some(witnesses),
        truth=tuple(truth),
        cpu_s=round(time.process_time() - started, 3),
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """When the processor time is used up."""

    ends: float

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.ends - time.process_time()


@dataclass(slots=True)
class BlockAudit:
    """The audit of one question."""

    block: Block
    register: Register
    attackers: Sequence[Attacker]
    clock: Clock
    replay: Replay | None = None
    found: list[Disclosure] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    n_secrets: int = 0

    def run(self) -> None:
        """Screen, exchange, and search in whole numbers for what is left."""
        check_true(self.register, self.block)
        atoms = atoms_of(self.register.groups(), self.block.n_people)
        z = counts_of(self.block, atoms)
        secrets = secrets_of(
            self.block,
            z,
            has_insider="insider" in self.attackers,
            has_participants="participant" in self.attackers,
        )
        self.n_secrets = sum(len(secret.open) for secret in secrets)
        for secret in secrets:
            self._exchange(secret, atoms, z)
        still_open = [secret for secret in secrets if secret.open]
        if still_open:
            self._search(still_open, atoms, z)

    def _exchange(self, secret: Secret, atoms: Atoms, z: IntArray) -> None:
        before = list(secret.open)
        found = exchange(secret, atoms, z)
        if found is None:
            return
        witness = self._witness(secret, secret.odd, atoms, found.applied(z))
        if witness is None:
            secret.open = before
        elif len(self.witnesses) < N_WITNESSES:
            self.witnesses.append(witness)

    def _search(self, secrets: list[Secret], atoms: Atoms, z: IntArray) -> None:
        """Ask for each attacker in turn; a world found for one may serve the next."""
        search = Search(system_of(self.register, atoms, len(self.block.values)))
        knowers = sorted({who for one in secrets for who in one.open}, key=lambda w: w or (-1, -1))
        known: set[int] = set()  # what the insider knows, every participant knows
        for knower in knowers:
            asked = [s for s in secrets if knower in s.open and id(s) not in known]
            while asked:
                outcome, world = self._ask(search, asked, knower, z)
                if outcome == "moved" and world is not None:
                    moved = self._close(asked, secrets, world, atoms, z)
                    if moved:
                        asked = [s for s in asked if knower in s.open]
                        continue
                    outcome = "undecided"
                if outcome == "undecided" and len(asked) > 1 and self.clock.left > 0:
                    for secret in asked:
                        self._ask_alone(search, secret, knower, atoms, z, known, secrets)
                    break
                for secret in asked:
                    self._tell(secret, knower, atoms, outcome, known)
                break

    def _ask_alone(
        self,
        search: Search,
        secret: Secret,
        knower: Knower,
        atoms: Atoms,
        z: IntArray,
        known: set[int],
        secrets: list[Secret],
    ) -> None:
        if knower not in secret.open:
            return
        outcome, world = self._ask(search, [secret], knower, z)
        if outcome == "moved" and world is not None:
            if self._close([secret], secrets, world, atoms, z):
                return
            outcome = "undecided"
        self._tell(secret, knower, atoms, outcome, known)

    def _ask(
        self, search: Search, secrets: list[Secret], knower: Knower, z: IntArray
    ) -> tuple[Outcome, IntArray | None]:
        if self.clock.left <= 0:
            return "undecided", None
        cost, lower = np.zeros_like(z), np.zeros_like(z)
        for secret in secrets:
            cost[secret.atom, secret.alike] += 1
        if knower is not None:
            lower[knower] = 1
        truth = int((cost * z).sum())
        outcome, world = search.smallest(
            cost.ravel(), truth, lower=lower.ravel(), seconds=self.clock.left
        )
        return outcome, None if world is None else world.reshape(z.shape)

    def _close(
        self,
        asked: list[Secret],
        secrets: list[Secret],
        world: IntArray,
        atoms: Atoms,
        z: IntArray,
    ) -> bool:
        """Close every secret and attacker for whom this is another world; say if one was asked."""
        before = sum(len(secret.open) for secret in asked)
        if self.replay is not None and not self._is_replayed(world, atoms):
            return False
        for secret in secrets:
            if world[secret.atom, secret.alike].sum() >= z[secret.atom, secret.alike].sum():
                continue
            closed = [who for who in secret.open if who is None or world[who] >= 1]
            if closed and len(self.witnesses) < N_WITNESSES:
                witness = self._witness(secret, closed[0], atoms, world)
                self.witnesses += [] if witness is None else [witness]
            secret.open = [who for who in secret.open if who not in closed]
        return sum(len(secret.open) for secret in asked) < before

    def _is_replayed(self, world: IntArray, atoms: Atoms) -> bool:
        if self.replay is None:
            return True
        other = self.block.with_answers(placed(self.block, atoms, world, None))
        return self.replay(other) == self.replay(self.block)

    def _witness(
        self, secret: Secret, knower: Knower, atoms: Atoms, world: IntArray
    ) -> Witness | None:
        """Write a world person by person; None if something else would be published in it."""
        person = None if knower is None else person_of(self.block, atoms, knower)
        answers = placed(self.block, atoms, world, person)
        other = self.block.with_answers(answers)
        if self.replay is not None and self.replay(other) != self.replay(self.block):
            return None
        people = frozenset(atoms.members(secret.atom)) - {person}
        return Witness(self.block.key, answers_in(other), frozenset(people), person)

    def _tell(
        self, secret: Secret, knower: Knower, atoms: Atoms, outcome: Outcome, known: set[int]
    ) -> None:
        if knower is None:
            known.add(id(secret))
        person = None if knower is None else person_of(self.block, atoms, knower)
        people = frozenset(atoms.members(secret.atom))
        self.found.append(
            Disclosure(
                code=_code(secret),
                block=self.block.key,
                people=people - {person} if person is not None else people,
                feature=secret.feature,
                attacker="insider" if knower is None else "participant",
                participant=person,
                is_decided=outcome == "fixed",
            )
        )


def _code(secret: Secret) -> Code:
    is_membership = secret.feature == "changed" or secret.label == MISSING
    return "D5" if is_membership else "D2"


def check_true(register: Register, block: Block) -> None:
    """Refuse statements that do not hold: they would hide worlds and so disclosures."""
    for one in register.statements:
        if not is_true(one, block):
            raise ScaleError("disclosure.statement_untrue", where=Where(argument="register"))
    for mark in register.marks:
        if not any(is_true(one, block) for one in mark.alternatives):
            raise ScaleError("disclosure.statement_untrue", where=Where(argument="register"))


def is_true(statement: Statement, block: Block) -> bool:
    """Say whether a statement holds of the answers of a block."""
    if len(statement.weights) != len(block.values):
        code = "disclosure.weights_length"
        raise ShapeError(code, where=Where(argument="weights"), expected=str(len(block.values)))
    if any(not 0 <= person < block.n_people for person in statement.people):
        raise ScaleError("disclosure.person_unknown", where=Where(argument="people"))
    return statement.low <= weighted(block, statement.people, statement.weights) <= statement.high


def system_of(register: Register, atoms: Atoms, n_values: int) -> System:
    """Write what is public about a block as a system over atoms and values."""
    groups = {group: place for place, group in enumerate(register.groups())}

    def row(one: Statement) -> Row:
        inside = np.flatnonzero(atoms.inside[groups[one.people]])
        terms = [
            (int(atom) * n_values + v, int(w))
            for atom in inside
            for v, w in enumerate(one.weights)
            if w
        ]
        columns, coefficients = tuple(t[0] for t in terms), tuple(t[1] for t in terms)
        return Row(columns, coefficients, one.low, one.high)

    sizes = [int(size) for size in atoms.sizes]
    whole = [
        Row(tuple(range(a * n_values, (a + 1) * n_values)), (1,) * n_values, n, n)
        for a, n in enumerate(sizes)
    ]
    return System(
        upper=tuple(size for size in sizes for _ in range(n_values)),
        rows=(*whole, *(row(one) for one in register.statements)),
        choices=tuple(tuple(row(one) for one in mark.alternatives) for mark in register.marks),
    )


def person_of(block: Block, atoms: Atoms, entry: tuple[int, int]) -> int:
    """Return the first person of an atom who gave an answer."""
    return int(np.flatnonzero((atoms.of == entry[0]) & (block.answers == entry[1]))[0])


def placed(block: Block, atoms: Atoms, world: IntArray, keeps: int | None) -> IntArray:
    """Give each person an answer in a world, the true one to as many as possible.

    One participant keeps the own answer in any case.
    """
    answers = block.answers.copy()
    for atom, counts in enumerate(world):
        members = atoms.members(atom)
        ordered = sorted(members, key=lambda person: (person != keeps, person))
        left, moved = counts.copy(), []
        for person in ordered:
            if left[answers[person]] > 0:
                left[answers[person]] -= 1
            else:
                moved.append(person)
        rest = [value for value, n in enumerate(left.tolist()) for _ in range(n)]
        answers[moved] = rest
    return answers


def _by_releases(work: BlockAudit) -> list[Disclosure]:
    """Name what several releases tell together and none of them alone."""
    releases = work.register.releases
    if not work.found or len(releases) == 1:
        return work.found
    alone: set[tuple[int, str, Attacker]] = set()
    for release in releases:
        one = BlockAudit(work.block, work.register.only(release), work.attackers, work.clock)
        one.run()
        alone |= {told for found in one.found for told in _told(found)}
    alone |= {(person, feature, "participant") for person, feature, _ in alone}
    return [one if set(_told(one)) <= alone else replace(one, code="D4") for one in work.found]


def _told(one: Disclosure) -> Iterator[tuple[int, str, Attacker]]:
    for person in one.people:
        yield person, one.feature, one.attacker


def _check(truth: Iterable[Block]) -> None:
    blocks = list(truth)
    if len({block.n_people for block in blocks}) > 1:
        raise ShapeError("disclosure.people_differ", where=Where(argument="truth"))
    if len({block.key for block in blocks}) != len(blocks):
        raise ShapeError("disclosure.blocks_repeated", where=Where(argument="truth"))


def _n_answers(block: Block) -> int:
    missing = [i for i, value in enumerate(block.values) if value == MISSING]
    return int((~np.isin(block.answers, missing)).sum())


def _some(by_block: list[list[Witness]]) -> tuple[Witness, ...]:
    """Choose at most 20, the first of each block before the second of any."""
    deepest = max(map(len, by_block), default=0)
    mixed = [w[depth] for depth in range(deepest) for w in by_block if depth < len(w)]
    return tuple(mixed[:N_WITNESSES])
