"""A second attack on what is public, which shares nothing with the first: no solver, no NumPy.

Systems are plain: upper bounds of whole-number columns (from 0), and rows (terms, low, high) whose
terms are (column, coefficient).
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor

PRIME = 2_147_483_647
MOST_NODES = 400_000


class TooManyNodesError(Exception):
    """The enumeration ended at its limit: nothing is known."""


@dataclass(frozen=True)
class Plain:
    upper: tuple[int, ...]
    rows: tuple[tuple[tuple[tuple[int, int], ...], float, float], ...]


# --- exact enumeration --------------------------------------------------------------------------


def worlds(system, most=MOST_NODES):
    """Every world: propagate intervals over all rows, branch on the smallest domain."""
    found, nodes = [], [0]

    def visit(low, high):
        nodes[0] += 1
        if nodes[0] > most:
            raise TooManyNodesError
        if not propagate(system.rows, low, high):
            return
        open_ = [i for i in range(len(low)) if low[i] < high[i]]
        if not open_:
            found.append(tuple(low))
            return
        column = min(open_, key=lambda i: high[i] - low[i])
        for value in range(low[column], high[column] + 1):
            less, more = list(low), list(high)
            less[column] = more[column] = value
            visit(less, more)

    visit([0] * len(system.upper), list(system.upper))
    return found


def propagate(rows, low, high):
    """Narrow every domain in place until nothing changes; no if a row cannot be met."""
    changed = True
    while changed:
        changed = False
        for terms, least, most in rows:
            smallest = sum(c * (low[i] if c > 0 else high[i]) for i, c in terms)
            largest = sum(c * (high[i] if c > 0 else low[i]) for i, c in terms)
            if smallest > most or largest < least:
                return False
            for i, c in terms:
                own = (low[i], high[i])
                rest_low = smallest - c * (low[i] if c > 0 else high[i])
                rest_high = largest - c * (high[i] if c > 0 else low[i])
                ends = ((least - rest_high) / c, (most - rest_low) / c)
                low[i] = max(low[i], ceil(min(ends) - 1e-9)) if c else low[i]
                high[i] = min(high[i], floor(max(ends) + 1e-9)) if c else high[i]
                if low[i] > high[i]:
                    return False
                if (low[i], high[i]) != own:
                    changed = True
                    smallest = rest_low + c * (low[i] if c > 0 else high[i])
                    largest = rest_high + c * (high[i] if c > 0 else low[i])
    return True


def bounds(found):
    return [(min(column), max(column)) for column in zip(*found, strict=True)]


# --- elimination --------------------------------------------------------------------------------


def fixed_by_equations(system):
    """Columns that the equations alone fix, by elimination modulo a prime."""
    lines = []
    for terms, low, high in system.rows:
        if low == high:
            line = defaultdict(int)
            for column, c in terms:
                line[column] = (line[column] + c) % PRIME
            lines.append({column: c for column, c in line.items() if c})
    pivots = {}
    for line in lines:
        left = dict(line)
        # Pivot lines hold no other pivot, so one pass is enough.
        for column in [c for c in left if c in pivots]:
            subtract(left, pivots[column], left[column])
        if left:
            column = min(left)
            scale = pow(left[column], PRIME - 2, PRIME)
            new = {c: v * scale % PRIME for c, v in left.items()}
            for other in pivots.values():
                if column in other:
                    subtract(other, new, other[column])
            pivots[column] = new
    return {column for column, line in pivots.items() if len(line) == 1}


def subtract(line, other, times):
    for column, c in list(other.items()):
        value = (line.get(column, 0) - times * c) % PRIME
        if value:
            line[column] = value
        else:
            line.pop(column, None)


# --- from statements to a system, by code of its own -------------------------------------------


@dataclass(frozen=True)
class Classes:
    """People who lie in the same groups, and the system over (class, value)."""

    people: tuple[tuple[int, ...], ...]
    values: tuple
    answers: tuple[int, ...]
    system: Plain
    marks: tuple[tuple[int, ...], ...]

    def column(self, place, value):
        return place * len(self.values) + value

    def truth(self):
        z = [0] * (len(self.people) * len(self.values))
        for place, members in enumerate(self.people):
            for person in members:
                z[self.column(place, self.answers[person])] += 1
        return tuple(z)


def classes_of(register, block):
    """Translate what is public about a block; marks are kept as lists of rows."""
    mine = [one for one in register.statements if one.block == block.key]
    marks = [mark for mark in register.marks if mark.block == block.key]
    every = [*mine, *(one for mark in marks for one in mark.alternatives)]
    groups = sorted({tuple(sorted(one.people)) for one in every})
    signs = defaultdict(list)
    for person in range(len(block.answers)):
        signs[tuple(person in group for group in groups)].append(person)
    people = tuple(tuple(members) for members in signs.values())
    width = len(block.values)

    def row(one):
        terms = tuple(
            (place * width + value, int(weight))
            for place, members in enumerate(people)
            if members[0] in one.people
            for value, weight in enumerate(one.weights)
            if weight
        )
        return terms, one.low, one.high

    whole = [
        (tuple((place * width + v, 1) for v in range(width)), len(members), len(members))
        for place, members in enumerate(people)
    ]
    upper = tuple(len(members) for members in people for _ in range(width))
    system = Plain(upper, (*whole, *(row(one) for one in mine)))
    choices = tuple(tuple(row(one) for one in mark.alternatives) for mark in marks)
    answers = tuple(int(answer) for answer in block.answers)
    return Classes(people, tuple(block.values), answers, system, choices)


def holds(row, world):
    terms, low, high = row
    return low <= sum(c * world[i] for i, c in terms) <= high


def all_worlds(classes, most=MOST_NODES):
    found = worlds(classes.system, most)
    return [w for w in found if all(any(holds(row, w) for row in c) for c in classes.marks)]


# --- what is certain ----------------------------------------------------------------------------


def certain_answers(classes, found):
    """(person, attacker) for every answer that is the same in every world an attacker sees."""
    told = set()
    attackers = [("insider", None)] + [("participant", p) for p in range(len(classes.answers))]
    where = {p: place for place, members in enumerate(classes.people) for p in members}
    for attacker, own in attackers:
        seen = found
        if own is not None:
            column = classes.column(where[own], classes.answers[own])
            seen = [world for world in found if world[column] >= 1]
        for place, members in enumerate(classes.people):
            others = [person for person in members if person != own]
            if not others:
                continue
            possible = set()
            for world in seen:
                for value in range(len(classes.values)):
                    n = world[classes.column(place, value)]
                    n -= own in members and value == classes.answers[own]
                    possible |= {value} if n else set()
            if len(possible) == 1:
                told |= {(person, attacker) for person in others}
    return told | {(person, "participant") for person, who in told if who == "insider"}


# --- random exchanges as witnesses --------------------------------------------------------------


def freed_by_exchanges(classes, seed=1, tries=3_000):
    """People whose answer differs in some world reached from the truth by random exchanges."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    truth = classes.truth()
    freed, n = set(), len(classes.people)
    for _ in range(tries):
        world = list(truth)
        one, other = rng.sample(range(n), 2) if n > 1 else (0, 0)
        third, fourth = rng.randrange(n), rng.randrange(n)
        v, w = rng.sample(range(len(classes.values)), 2)
        for place, gives, takes in ((one, v, w), (other, w, v), (third, w, v), (fourth, v, w)):
            world[classes.column(place, gives)] -= 1
            world[classes.column(place, takes)] += 1
        is_world = min(world) >= 0 and all(holds(row, world) for row in classes.system.rows)
        if is_world and all(any(holds(r, world) for r in c) for c in classes.marks):
            for place, members in enumerate(classes.people):
                columns = [classes.column(place, value) for value in range(len(classes.values))]
                if any(world[c] != truth[c] for c in columns):
                    freed |= set(members)
    return freed
