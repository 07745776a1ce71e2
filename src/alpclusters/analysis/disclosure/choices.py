"""The top three: who put which measure at which place."""

import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import IntArray, outside, whole_matrix
from alpclusters.analysis.disclosure.results import BOTH, Attacker, Disclosure, Verdict
from alpclusters.analysis.disclosure.statements import People
from alpclusters.analysis.disclosure.systems import Outcome, Row, Search, System, atoms_of
from alpclusters.analysis.errors import DuplicateError, ScaleError, Where

NOTHING: Final = -1
"""Chosen at a place by somebody who left it free."""
POINTS_FROM: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What everybody put first, second, third.

    Attributes
    ----------
    chosen : array of int64, shape (n_people, n_places)
        Measure from 0, or -1 where a place was left free. Read-only.
    n_measures : int
    """

    chosen: IntArray
    n_measures: int

    def __post_init__(self) -> None:
        chosen = whole_matrix(self.chosen, argument="chosen", expected="(n_people, n_places)")
        object.__setattr__(self, "chosen", chosen)
        if chosen.size and not (chosen.min() >= NOTHING and chosen.max() < self.n_measures):
            expected = f"-1, 0 ... {self.n_measures - 1}"
            raise outside("chosen", expected)
        for own in chosen:
            if len(set(own[own >= 0].tolist())) < (own >= 0).sum():
                raise DuplicateError("ratings.duplicate", where=Where(argument="chosen"))

    def counts(self, people: People) -> IntArray:
        """Return how many of these people put each measure at each place."""
        z = np.zeros((self.chosen.shape[1], self.n_measures), dtype=np.int64)
        for place, measures in enumerate(self.chosen[sorted(people)].T):
            np.add.at(z[place], measures[measures >= 0], 1)
        return z


@dataclass(frozen=True, slots=True)
class ChoiceStatement:
    """The weighted number of choices of these people lies between two bounds.

    Attributes
    ----------
    people : frozenset of int
    weights : tuple of ((int, int), int)
        (place, measure) and its weight.
    low, high : int
    release : str
    """

    people: People
    weights: tuple[tuple[tuple[int, int], int], ...]
    low: int
    high: int
    release: str


@dataclass(frozen=True, slots=True)
class ChoiceAudit(Verdict):
    """Which choices are certain, and for whom.

    Attributes
    ----------
    n_choices : int
        Choices in all.
    found : tuple of Disclosure
        ``block`` is ("choice", measure), ``feature`` "place 0", "place 1", ... or "any place".
    """

    n_choices: int
    found: tuple[Disclosure, ...]


def audit_choices(
    choices: Choices,
    statements: Sequence[ChoiceStatement],
    *,
    attackers: Sequence[Attacker] = BOTH,
    limit_s: float = 300.0,
) -> ChoiceAudit:
    """Find every choice that is certain for somebody who has all these statements.

    People who lie in the same groups are counted together: by König's theorem such counts can
    always be dealt out to people so that nobody puts a measure at two places, as long as no
    measure has more choices than there are people.

    Parameters
    ----------
    choices : Choices
    statements : sequence of ChoiceStatement
        Of every release that was ever public.
    attackers : sequence of {"insider", "participant"}
    limit_s : float, default 300
        Limit of processor time in seconds.

    Returns
    -------
    ChoiceAudit

    Examples
    --------
    >>> choices = Choices([[0], [0], [0], [0], [0]], 4)
    >>> people = frozenset(range(5))
    >>> told = [ChoiceStatement(people, (((0, m), 1),), n, n, "r") for m, n in enumerate([5, 0])]
    >>> sorted(audit_choices(choices, told).people)
    [0, 1, 2, 3, 4]
    """
    return _Audit(choices, tuple(statements), time.process_time() + limit_s).run(attackers)


@dataclass(frozen=True, slots=True)
class _Secret:
    atom: int
    measure: int
    places: tuple[int, ...]
    n: int

    @property
    def feature(self) -> str:
        return f"place {self.places[0]}" if len(self.places) == 1 else "any place"


class _Audit:
    def __init__(
        self, choices: Choices, statements: tuple[ChoiceStatement, ...], ends: float
    ) -> None:
        self.choices, self.statements, self.ends = choices, statements, ends
        groups = tuple(dict.fromkeys(one.people for one in statements))
        self.groups = groups
        self.atoms = atoms_of(groups, len(choices.chosen))
        self.n_places: int = choices.chosen.shape[1]
        # One column more for each place: left free.
        self.width = choices.n_measures + 1
        members = [frozenset(self.atoms.members(a)) for a in range(len(self.atoms.sizes))]
        self.members = members
        counts = [choices.counts(group) for group in members]
        free = [len(m) - c.sum(axis=1) for m, c in zip(members, counts, strict=True)]
        self.z = np.array(
            [np.column_stack([c, f]) for c, f in zip(counts, free, strict=True)], dtype=np.int64
        ).reshape(len(members), self.n_places, self.width)
        for one in statements:
            total = sum(int(choices.counts(one.people)[at]) * weight for at, weight in one.weights)
            if not one.low <= total <= one.high:
                where = Where(argument="statements")
                raise ScaleError("disclosure.statement_untrue", where=where)

    def run(self, attackers: Sequence[Attacker]) -> ChoiceAudit:
        """Ask for the insider, then for one participant of each kind."""
        found: list[Disclosure] = []
        known: set[tuple[int, int, tuple[int, ...]]] = set()
        if "insider" in attackers:
            for secret in self._secrets(None):
                outcome = self._ask(secret, None)
                if outcome != "moved":
                    known.add((secret.atom, secret.measure, secret.places))
                    found.append(self._told(secret, None, outcome))
        for person in self._kinds() if "participant" in attackers else ():
            for secret in self._secrets(person):
                if (secret.atom, secret.measure, secret.places) in known:
                    continue
                outcome = self._ask(secret, person)
                if outcome != "moved":
                    found.append(self._told(secret, person, outcome))
        n = int((self.choices.chosen >= 0).sum())
        return ChoiceAudit(n, tuple(found))

    def _kinds(self) -> list[int]:
        """Return one person of each atom and choice: people alike know the same."""
        rows = np.column_stack([self.atoms.of, self.choices.chosen])
        return sorted(np.unique(rows, axis=0, return_index=True)[1].tolist())

    def _is_alone(self, person: int | None) -> bool:
        """Say whether nobody of the same atom chose the same."""
        if person is None:
            return True
        alike = (self.choices.chosen == self.choices.chosen[person]).all(axis=1)
        return int((alike & (self.atoms.of == self.atoms.of[person])).sum()) == 1

    def _own(self, person: int | None) -> IntArray:
        own = np.zeros_like(self.z)
        if person is not None:
            for place, measure in enumerate(self.choices.chosen[person].tolist()):
                own[self.atoms.of[person], place, measure] = 1
        return own

    def _secrets(self, person: int | None) -> list[_Secret]:
        """Return what all (other) people of an atom share in truth."""
        left = self.z - self._own(person)
        sizes = left.sum(axis=2)[:, 0] if self.n_places else np.zeros(0)
        every = tuple(range(self.n_places))
        found = []
        for atom, size in enumerate(sizes.tolist()):
            for measure in range(self.choices.n_measures if size else 0):
                wanted: list[tuple[int, ...]] = [(place,) for place in every]
                wanted += [every] if self.n_places > 1 else []
                for places in wanted:
                    n = int(left[atom, list(places), measure].sum())
                    if n == size:
                        found.append(_Secret(atom, measure, places, n))
        return found

    def _ask(self, secret: _Secret, person: int | None) -> Outcome:
        own = self._own(person)
        cost = np.zeros_like(self.z)
        cost[secret.atom, list(secret.places), secret.measure] = 1
        search = Search(self._system(person))
        outcome, _ = search.smallest(
            cost.ravel(),
            int((cost * self.z).sum()),
            lower=own.ravel(),
            seconds=self.ends - time.process_time(),
        )
        return outcome

    def _system(self, person: int | None) -> System:
        sizes = self.atoms.sizes.tolist()
        own = self._own(person).sum(axis=1)
        rows = []
        for atom, size in enumerate(sizes):
            for place in range(self.n_places):
                columns = tuple(self._column(atom, place, m) for m in range(self.width))
                rows.append(Row(columns, (1,) * self.width, size, size))
            for measure in range(self.choices.n_measures):
                columns = tuple(self._column(atom, p, measure) for p in range(self.n_places))
                others = size - (person is not None and self.atoms.of[person] == atom)
                most = others + int(own[atom, measure])
                rows.append(Row(columns, (1,) * self.n_places, 0, most))
        rows += [self._row(one) for one in self.statements]
        upper = tuple(size for size in sizes for _ in range(self.n_places * self.width))
        return System(upper, tuple(rows))

    def _row(self, one: ChoiceStatement) -> Row:
        inside = np.flatnonzero(self.atoms.inside[self.groups.index(one.people)]).tolist()
        terms = [(self._column(a, *at), weight) for a in inside for at, weight in one.weights]
        return Row.of(terms, one.low, one.high)

    def _column(self, atom: int, place: int, measure: int) -> int:
        return (atom * self.n_places + place) * self.width + measure

    def _told(self, secret: _Secret, person: int | None, outcome: Outcome) -> Disclosure:
        block: Hashable = ("choice", secret.measure)
        # Of several participants who chose alike, each is given away to the others.
        people = self.members[secret.atom] - ({person} if self._is_alone(person) else set())
        attacker: Attacker = "insider" if person is None else "participant"
        is_decided = outcome == "fixed"
        return Disclosure("D2", block, people, secret.feature, attacker, person, is_decided)
