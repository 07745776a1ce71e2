"""From a block to its system over atoms and values, and from a world back to people."""

import numpy as np

from alpclusters.analysis.disclosure.answers import Block, IntArray
from alpclusters.analysis.disclosure.atoms import Atoms
from alpclusters.analysis.disclosure.statements import Register, Statement
from alpclusters.analysis.disclosure.systems import Row, System
from alpclusters.analysis.disclosure.wording import weighted
from alpclusters.analysis.errors import ScaleError, ShapeError, Where


def system_of(register: Register, atoms: Atoms, n_values: int) -> System:
    """Write what is public about a block as a system over atoms and values."""
    groups = {group: place for place, group in enumerate(register.groups())}

    def row(one: Statement) -> Row:
        inside = np.flatnonzero(atoms.inside[groups[one.people]]).tolist()
        terms = [(a * n_values + v, int(w)) for a in inside for v, w in enumerate(one.weights) if w]
        return Row.of(terms, one.low, one.high)

    sizes = atoms.sizes.tolist()
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


def placed(block: Block, atoms: Atoms, world: IntArray, keeps: int | None) -> Block:
    """Give each person an answer in a world, the true one to as many as possible.

    One participant keeps the own answer in any case.
    """
    answers = block.answers.copy()
    for atom, counts in enumerate(world):
        members = sorted(atoms.members(atom), key=lambda person: (person != keeps, person))
        left, moved = counts.copy(), []
        for person in members:
            if left[answers[person]] > 0:
                left[answers[person]] -= 1
            else:
                moved.append(person)
        answers[moved] = [value for value, n in enumerate(left.tolist()) for _ in range(n)]
    return block.with_answers(answers)


def check_true(register: Register, block: Block) -> None:
    """Refuse statements that do not hold: they would hide worlds and so disclosures."""
    untrue = ScaleError("disclosure.statement_untrue", where=Where(argument="register"))
    if not all(is_true(one, block) for one in register.statements):
        raise untrue
    if not all(any(is_true(one, block) for one in m.alternatives) for m in register.marks):
        raise untrue


def is_true(statement: Statement, block: Block) -> bool:
    """Say whether a statement holds of the answers of a block."""
    if len(statement.weights) != len(block.values):
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="weights"), expected=str(len(block.values)))
    if any(not 0 <= person < block.n_people for person in statement.people):
        raise ScaleError("disclosure.person_unknown", where=Where(argument="people"))
    return statement.low <= weighted(block, statement.people, statement.weights) <= statement.high
