"""Audit everything public, replay its witnesses, and what people who pool answers learn."""

import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import Block, features_of
from alpclusters.analysis.disclosure.block_audit import N_WITNESSES, BlockAudit, Clock, Replay
from alpclusters.analysis.disclosure.results import (
    BOTH,
    Attacker,
    Audit,
    Disclosure,
    Witness,
    World,
    answers_in,
)
from alpclusters.analysis.disclosure.statements import Mark, People, Register, Statement, weighted
from alpclusters.analysis.errors import DuplicateError, ScaleError, ShapeError, Where

# --- Replay the witnesses of an audit through the publication; no solver is asked -----------------


def verify(audit: Audit, publish: Callable[[World], bytes]) -> bool:
    """Say whether every witness publishes the same and hides what it claims to hide.

    Parameters
    ----------
    audit : Audit
    publish : callable
        Makes everything public from the answers of everybody, as bytes.

    Returns
    -------
    bool

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Register, audit, count_statements, verify
    >>> block = Block.of("clarity", [4, 4, 4, 4, 5, 5, 3, 4], values=(3, 4, 5))
    >>> groups = [range(4), (4, 5, 6, 7), (0, 1, 4, 5), (2, 3, 6, 7)]
    >>> told = [one for group in groups[2:] for one in count_statements(block, group, release="r")]
    >>> safe = audit(Register().add(told), [block])
    >>> verify(safe, lambda world: repr([sorted(world["clarity"][i] for i in g)
    ...                                  for g in groups[2:]]).encode())
    True
    """
    truth = audit.true_world()
    public = publish(truth)
    blocks = {block.key: block for block in audit.truth}
    return all(
        publish({**truth, one.block: one.answers}) == public and _hides(one, blocks[one.block])
        for one in audit.witnesses
    )


def _hides(witness: Witness, block: Block) -> bool:
    true = answers_in(block)
    if witness.participant is not None:
        own = witness.participant
        if own in witness.people or witness.answers[own] != true[own]:
            return False
    labels = dict(features_of(block))[witness.feature]
    class_of = dict(zip(block.values, labels, strict=True))
    in_truth = {class_of[true[person]] for person in witness.people}
    return in_truth != {class_of[witness.answers[person]] for person in witness.people}


# --- Audit everything public: "safe" is said only with another world in hand ----------------------


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
    clock = Clock.of(limit_s)
    parts = register.by_block()
    _check(truth, parts)
    found, witnesses, n_secrets = [], [], 0
    for block in truth:
        part = parts.get(block.key, Register())
        work = BlockAudit(block, part, attackers, clock, replay)
        work.run()
        found += _by_releases(work)
        witnesses.append(work.witnesses)
        n_secrets += work.n_secrets
    return Audit(
        n_answers=sum(int(block.is_answered.sum()) for block in truth),
        n_secrets=n_secrets,
        found=tuple(found),
        witnesses=_some(witnesses),
        truth=tuple(truth),
        cpu_s=round(time.process_time() - started, 3),
    )


def _by_releases(work: BlockAudit) -> list[Disclosure]:
    """Name what several releases tell together and none of them alone."""
    releases = work.register.releases
    if not work.found or len(releases) == 1:
        return work.found
    alone: frozenset[object] = frozenset()
    for release in releases:
        one = BlockAudit(work.block, work.register.only(release), work.attackers, work.clock)
        one.run()
        alone = alone.union(*(found.told for found in one.found))
    return [one if one.told <= alone else replace(one, code="D4") for one in work.found]


def _check(truth: Sequence[Block], parts: Iterable[Hashable]) -> None:
    if len({block.n_people for block in truth}) > 1:
        raise ShapeError("array.lengths_differ", where=Where(argument="truth"))
    keys = {block.key for block in truth}
    if not keys.issuperset(parts):
        where, known = Where(argument="register"), ", ".join(map(str, keys))
        raise ScaleError("argument.not_one_of", where=where, expected=known)
    if len(keys) != len(truth):
        raise DuplicateError("ratings.duplicate", where=Where(argument="truth"))


def _some(by_block: list[list[Witness]]) -> tuple[Witness, ...]:
    """Choose at most 20, the first of each block before the second of any."""
    deepest = max(map(len, by_block), default=0)
    mixed = [w[depth] for depth in range(deepest) for w in by_block if depth < len(w)]
    return tuple(mixed[:N_WITNESSES])


# --- Several people who put their answers together: what they learn of the others -----------------


TABLE: Final = 5
TABLES: Final = 40
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class PooledAttack:
    """What tables of people learn who put their answers together.

    Attributes
    ----------
    size : int
        People at a table.
    n_tables : int
        Tables, drawn by chance with a fixed seed.
    share : float
        Mean over the tables of the share of answers of all others that become certain.
    worst : float
        The greatest share of any of these tables.
    """

    size: int
    n_tables: int
    share: float
    worst: float


def without(
    register: Register, truth: Sequence[Block], people: People
) -> tuple[Register, tuple[Block, ...]]:
    """Take people and their answers out of everything public: what these people know of the rest.

    Parameters
    ----------
    register : Register
    truth : sequence of Block
    people : frozenset of int
        Who puts the answers together.

    Returns
    -------
    register, truth
        About the others alone.

    Raises
    ------
    ScaleError
        Somebody named is not among the people.

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Register, count_statements, without
    >>> block = Block.of("clarity", [4, 4, 5], values=(4, 5))
    >>> told = Register().add(count_statements(block, range(3), release="r"))
    >>> rest, (others,) = without(told, [block], frozenset({2}))
    >>> [(sorted(one.people), one.low) for one in rest.statements], others.n_people
    ([([0, 1], 2), ([0, 1], 0)], 2)
    """
    n = truth[0].n_people if truth else 0
    if any(not 0 <= person < n for person in people):
        raise ScaleError("disclosure.person_unknown", where=Where(argument="people"))
    left = [person for person in range(n) if person not in people]
    places = {person: place for place, person in enumerate(left)}
    blocks = {block.key: block for block in truth}

    def rest(one: Statement) -> Statement:
        known = weighted(blocks[one.block], one.people & people, one.weights)
        others = frozenset(places[person] for person in one.people - people)
        return replace(one, people=others, low=one.low - known, high=one.high - known)

    return (
        Register(
            tuple(rest(one) for one in register.statements),
            tuple(
                Mark(mark.block, tuple(map(rest, mark.alternatives)), mark.release)
                for mark in register.marks
            ),
        ),
        tuple(replace(block, answers=block.answers[left]) for block in truth),
    )


def pooled_attack(
    register: Register,
    truth: Sequence[Block],
    *,
    size: int = TABLE,
    n_tables: int = TABLES,
    limit_s: float = 300.0,
) -> PooledAttack:
    """Say how many answers of the others become certain for people who put theirs together.

    Parameters
    ----------
    register : Register
        Everything that is or was public.
    truth : sequence of Block
    size : int, default 5
        People at a table.
    n_tables : int, default 40
        Tables drawn by chance, with a fixed seed.
    limit_s : float, default 300
        Limit of processor time of each table in seconds; what is undecided counts as disclosed.

    Returns
    -------
    PooledAttack

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Register, count_statements, pooled_attack
    >>> block = Block.of("clarity", [4] * 8 + [2, 3], values=(2, 3, 4))
    >>> told = Register().add(count_statements(block, range(10), release="r"))
    >>> pooled_attack(told, [block], size=2, n_tables=400).worst
    1.0
    """
    n = truth[0].n_people if truth else 0
    rng = np.random.default_rng(SEED)
    shares = []
    for _ in range(n_tables if n > size else 0):
        table = frozenset(rng.choice(n, size, replace=False).tolist())
        rest, others = without(register, truth, table)
        found = audit(rest, others, attackers=("insider",), limit_s=limit_s)
        shares.append(found.answers("insider") / max(found.n_answers, 1))
    return PooledAttack(size, len(shares), float(np.mean(shares or [0])), max(shares, default=0.0))
