"""Several people who put their answers together: what they learn of the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import Block
from alpclusters.analysis.disclosure.auditing import audit
from alpclusters.analysis.disclosure.statements import Mark, People, Register, Statement
from alpclusters.analysis.disclosure.wording import weighted
from alpclusters.analysis.errors import ScaleError, Where

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
