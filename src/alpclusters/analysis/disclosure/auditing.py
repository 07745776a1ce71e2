"""Audit everything public: "safe" is said only with another world in hand."""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from alpclusters.analysis.disclosure.answers import Block
from alpclusters.analysis.disclosure.block_audit import N_WITNESSES, BlockAudit, Clock, Replay
from alpclusters.analysis.disclosure.results import BOTH, Attacker, Audit, Disclosure, Witness
from alpclusters.analysis.disclosure.statements import Register
from alpclusters.analysis.errors import DuplicateError, ScaleError, ShapeError, Where


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
