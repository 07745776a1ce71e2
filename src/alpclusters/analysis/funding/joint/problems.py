"""The problems of several cases side by side, and the accounts that bind them all at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.joint.parts import Node, Part, merged_case, scopes_of
from alpclusters.analysis.funding.mix.accounts import SWISS, account_pools
from alpclusters.analysis.funding.mix.cells import DE_MINIMIS, Cells, IntArray
from alpclusters.analysis.funding.mix.freezing import freeze
from alpclusters.analysis.funding.mix.law import Law, article_of
from alpclusters.analysis.funding.mix.pools import (
    AidCell,
    Average,
    Pool,
    account_of,
    threshold_pools,
    undertaking_keys,
)
from alpclusters.analysis.funding.mix.problem import (
    BoolArray,
    Cumulation,
    Lines,
    Looser,
    Problem,
    Setter,
)
from alpclusters.analysis.funding.rulebooks.records import RuleBook

# Ceilings of an article that go beyond one project (651/2014 Art. 4, 28(4)).
BEYOND_A_PROJECT = ("undertaking_year", "undertaking_three_years")
# Days of aid of different parts are never the same number.
DAYS_APART = 1_000_000

type AccountKey = tuple[str, str]  # undertaking in the merged case; state, or group of articles


@dataclass(frozen=True, slots=True)
class _First:
    """Where the records of a part begin in the whole."""

    offer: int
    partner: int
    case_line: int
    line: int
    cell: int
    article: int


@dataclass(frozen=True, eq=False)
class JointProblem:
    """Prepared problems of several parts as one problem with common accounts.

    Attributes
    ----------
    parts : sequence of Part
        With a common history.
    problems : sequence of Problem
        Of each part by itself.
    heads : mapping
        First of the undertakings that are one.
    books : sequence of RuleBook
    """

    parts: Sequence[Part]
    problems: Sequence[Problem]
    heads: Mapping[Node, Node]
    books: Sequence[RuleBook]

    def whole(self, free: Collection[AccountKey] = ()) -> Problem:
        """Return one problem; accounts that are ``free`` bind each part by itself alone."""
        strict = self._bound(self._side_by_side(self.problems), free)
        if all(problem.looser is None for problem in self.problems):
            return strict
        loose = [p.looser.problem if p.looser else p for p in self.problems]
        looser = Looser(
            self._bound(self._side_by_side(loose), free),
            self._days(),
            lambda kept: self._narrowed(kept, free),
        )
        return replace(strict, looser=looser)

    @cached_property
    def case(self) -> Case:
        """All parts as one case."""
        return merged_case(self.parts, self.heads)

    @cached_property
    def law(self) -> Law:
        """The law as all parts read it."""
        return Law(self.case, self.books)

    def accounts(self, problem: Problem) -> dict[AccountKey, list[Pool]]:
        """Return the ceilings of each account from which several parts may draw."""
        found = {**self._de_minimis(problem), **self._articles(problem)}
        return {key: pools for key, pools in found.items() if pools}

    def _bound(self, problem: Problem, free: Collection[AccountKey]) -> Problem:
        common = [
            pool
            for key, pools in self.accounts(problem).items()
            if key not in free
            for pool in pools
        ]
        freeze(tuple(common))
        return replace(problem, pools=(*problem.pools, *common))

    def _narrowed(self, kept: BoolArray, free: Collection[AccountKey]) -> Problem:
        parts = np.split(kept, np.cumsum([len(p.cells) for p in self.problems])[:-1])
        made = [
            problem.looser.narrowed(mine) if problem.looser else problem
            for problem, mine in zip(self.problems, parts, strict=True)
        ]
        return self._bound(self._side_by_side(made), free)

    def _days(self) -> IntArray:
        """Return the numbers of days of aid; a part that is not strict has none to choose."""
        return np.concatenate(
            [
                np.where(p.looser.day >= 0, p.looser.day + at * DAYS_APART, -1)
                if p.looser
                else np.full(len(p.cells), -1)
                for at, p in enumerate(self.problems)
            ]
        ).astype(np.int64)

    def _side_by_side(self, problems: Sequence[Problem]) -> Problem:
        firsts = list(_firsts(problems))
        pairs = list(zip(problems, firsts, strict=True))
        n_offers, n_partners = len(self.case.offers), len(self.case.partners)
        silent = np.zeros((n_offers, n_partners), dtype=np.bool_)
        for problem, first in pairs:
            rows, columns = problem.silent.shape
            silent[first.offer : first.offer + rows, first.partner : first.partner + columns] = (
                problem.silent
            )
        made = Problem(
            case=self.case,
            lines=_lines(pairs),
            cells=_cells(pairs),
            cumulations=tuple(_cumulation(c, first) for p, first in pairs for c in p.cumulations),
            pools=tuple(
                replace(pool, cells=pool.cells + first.cell)
                for p, first in pairs
                for pool in p.pools
            ),
            averages=tuple(_average(one, first) for p, first in pairs for one in p.averages),
            rejected=(),
            seals=tuple(
                (seal + first.offer, other + first.offer)
                for p, first in pairs
                for seal, other in p.seals
            ),
            dropped=(),
            assumptions=(),
            once=_common([p.once for p in problems]),
            one_grant=_common([p.one_grant for p in problems]),
            silent=silent,
            least=tuple(pair for p in problems for pair in p.least),
            scopes=scopes_of(self.parts),
        )
        freeze((made.lines, made.cells, made.cumulations, made.pools, made.averages, made.silent))
        return made

    def _de_minimis(self, problem: Problem) -> dict[AccountKey, list[Pool]]:
        keys = undertaking_keys(self.case)
        cells: dict[AccountKey, list[AidCell]] = {}
        for cell in self._aid_cells(problem, problem.cells.aid == DE_MINIMIS):
            if self.case.offers[cell.offer].grants_from != SWISS:
                account = account_of(self.case, keys, cell.offer, cell.partner)
                cells.setdefault(account, []).append(cell)
        return {
            key: list(account_pools(self.case, self.law, mine))
            for key, mine in cells.items()
            if self._is_common(mine)
        }

    def _articles(self, problem: Problem) -> dict[AccountKey, list[Pool]]:
        keys = undertaking_keys(self.case)
        cells: dict[AccountKey, dict[str, list[AidCell]]] = {}
        for cell in self._aid_cells(problem, problem.cells.aid >= 0):
            offer = self.case.offers[cell.offer]
            line = self.case.lines[problem.lines.members[cell.line][0]]
            article = article_of(offer, line)
            rule = self.law.rule(article, self.law.day_of(offer))
            if rule is None or rule.params.get("ceiling_per") not in BEYOND_A_PROJECT:
                continue
            undertaking = keys[self.case.partners[cell.partner].undertaking]
            group = str(rule.params.get("ceiling_group", article))
            cells.setdefault((undertaking, group), {}).setdefault(article, []).append(cell)
        return {
            key: list(threshold_pools(self.case, self.law, mine))
            for key, mine in cells.items()
            if self._is_common([cell for members in mine.values() for cell in members])
        }

    def _aid_cells(self, problem: Problem, chosen: BoolArray) -> Iterator[AidCell]:
        for cell in np.flatnonzero(chosen).tolist():
            line = int(problem.cells.line[cell])
            offer, partner = int(problem.cells.offer[cell]), int(problem.lines.partner[line])
            yield AidCell(cell, offer, line, partner)

    def _is_common(self, cells: Sequence[AidCell]) -> bool:
        return len({self._part_of_offer[cell.offer] for cell in cells}) > 1

    @cached_property
    def _part_of_offer(self) -> list[int]:
        return [at for at, part in enumerate(self.parts) for _ in part.case.offers]


def _firsts(problems: Sequence[Problem]) -> Iterator[_First]:
    first = _First(0, 0, 0, 0, 0, 0)
    for problem in problems:
        yield first
        case, aid = problem.case, problem.cells.aid
        first = _First(
            first.offer + len(case.offers),
            first.partner + len(case.partners),
            first.case_line + len(case.lines),
            first.line + len(problem.lines),
            first.cell + len(problem.cells),
            first.article + max(int(aid.max(initial=-1)), -1) + 1,
        )


type _Pairs = Sequence[tuple[Problem, _First]]


def _lines(pairs: _Pairs) -> Lines:
    return Lines(
        np.concatenate([p.lines.partner + first.partner for p, first in pairs]),
        np.concatenate([p.lines.period for p, _ in pairs]),
        np.concatenate([p.lines.cost_ct for p, _ in pairs]),
        np.concatenate([p.lines.is_outside for p, _ in pairs]),
        tuple(
            tuple(member + first.case_line for member in members)
            for p, first in pairs
            for members in p.lines.members
        ),
    )


def _cells(pairs: _Pairs) -> Cells:
    aid = [
        np.where(p.cells.aid >= 0, p.cells.aid + first.article, p.cells.aid) for p, first in pairs
    ]
    return Cells(
        np.concatenate([p.cells.offer + first.offer for p, first in pairs]),
        np.concatenate([p.cells.line + first.line for p, first in pairs]),
        np.concatenate([p.cells.bp for p, _ in pairs]),
        np.concatenate(aid),
        np.concatenate([p.cells.limit for p, _ in pairs]),
    )


def _cumulation(one: Cumulation, first: _First) -> Cumulation:
    return replace(
        one,
        line=one.line + first.line,
        setters=tuple(_setter(each, first) for each in one.setters),
        de_minimis=one.de_minimis + first.cell,
        central=one.central + first.cell,
        others=one.others + first.cell,
    )


def _setter(one: Setter, first: _First) -> Setter:
    return replace(one, cells=one.cells + first.cell)


def _average(one: Average, first: _First) -> Average:
    return replace(one, cells=one.cells + first.cell, lines=one.lines + first.line)


def _common(sets: Sequence[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of origins of all parts."""
    return tuple(sorted({one for each in sets for one in each}))
