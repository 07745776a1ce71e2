"""The ceilings of a case for its cells: on a line, over many cells, over a period."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP, Case, share_ct
from alpclusters.analysis.funding.mix import pools
from alpclusters.analysis.funding.mix.accounts import account_pools
from alpclusters.analysis.funding.mix.cells import DE_MINIMIS, FREE, Cells, IntArray
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.mix.pools import AidCell, Average, Pool
from alpclusters.analysis.funding.mix.problem import Cumulation, Lines, Setter


@dataclass(frozen=True, eq=False)
class Ceilings:
    """Reads the ceilings of a case for its cells.

    One is stricter than the law, so that it fits a linear model: where offers of two days meet on a
    line the least intensity of those days holds. ``is_loose`` takes the greatest, and leaves out
    averages on lines where other aid may be: no mix that the law allows is lost then.
    """

    case: Case
    law: Law
    articles: tuple[str, ...]
    lines: Lines
    cells: Cells
    is_loose: bool = False

    def cumulations(self) -> Iterator[Cumulation]:
        """Yield the lines on which State aid under an article is possible."""
        order = np.argsort(self.cells.line, kind="stable")
        for members in split(order, self.cells.line[order]):
            aid = self.cells.aid[members]
            under = members[aid >= 0]
            if len(under):
                line = int(self.cells.line[members[0]])
                setters = tuple(self._setters(line, members[aid != FREE], under))
                dm = members[aid == DE_MINIMIS]
                central, others = self._beside(members)
                yield Cumulation(line, setters, dm, central, others)

    def pools(self) -> Iterator[Pool]:
        """Yield de minimis accounts and thresholds of articles."""
        yield from account_pools(self.case, self.law, self._de_minimis)
        yield from pools.threshold_pools(self.case, self.law, self._by_article)

    def averages(self) -> Iterator[Average]:
        """Yield intensities over a whole aid period."""
        aid = [cell for cells in self._by_article.values() for cell in cells]
        every = [*aid, *self._de_minimis]
        for average in pools.averages(self.case, self.law, self._by_article, every):
            if not (self.is_loose and self._is_mixed(average)):
                yield average

    def days(self) -> IntArray:
        """Return the number of the day on which the aid of each cell is judged; -1 for no aid."""
        days = [self.law.day_of(offer) for offer in self.case.offers]
        numbers = np.unique(np.array([day.toordinal() for day in days]), return_inverse=True)[1]
        return np.where(self.cells.aid == FREE, -1, numbers[self.cells.offer])

    def is_strict(self) -> bool:
        """Say whether a ceiling of this case is stricter than the law."""
        numbers = range(len(self.articles))
        by_line = [np.unique(self.cells.line[self.cells.aid == number]) for number in numbers]
        return any(
            len(self._intensities(name, int(line))) > 1
            for name, lines in zip(self.articles, by_line, strict=True)
            for line in lines
        )

    def _is_mixed(self, average: Average) -> bool:
        """Say whether other aid is possible on the lines of an average."""
        number = self.articles.index(average.article)
        return bool((self.cells.aid[average.cells] != number).any())

    def _intensities(self, article: str, line: int) -> set[int]:
        """Return what the rules of the days of aid on a line allow under an article."""
        here = (self.cells.line == line) & (self.cells.aid != FREE)
        days = {self.law.day_of(self.case.offers[o]) for o in self.cells.offer[here]}
        own = self.cells.limit[here & (self.cells.aid == self.articles.index(article))]
        later = (self._limit_on(article, line, day) for day in days)
        return {*own.tolist(), *(bp for bp in later if bp is not None)}

    def _setters(self, line: int, aid: IntArray, under: IntArray) -> list[Setter]:
        found = []
        days = {self.law.day_of(self.case.offers[o]) for o in self.cells.offer[aid]}
        for article in np.unique(self.cells.aid[under]):
            cells = under[self.cells.aid[under] == article]
            name = self.articles[article]
            found_bp = self._intensities(name, line)
            bp = max(found_bp) if self.is_loose else min(found_bp)
            cost = int(self.lines.cost_ct[line])
            limit, is_average = share_ct(cost, bp), self._is_average(name, days)
            rate = share_ct(cost, self._rate_bp(name, line, days)) if is_average else limit
            found.append(Setter(name, limit, cells, rate, is_average))
        return sorted(found, key=self._rank)

    def _rank(self, setter: Setter) -> tuple[int, str]:
        """Rank by rate; loosely by limit, which lets an average set the limit beside any other."""
        return setter.limit_ct if self.is_loose else setter.rate_ct, setter.article

    def _rate_bp(self, article: str, line: int, days: set[dt.date]) -> int:
        """Return the intensity of an average over the days of aid on a line."""
        sample = self.case.lines[self.lines.members[line][0]]
        partner = self.case.partners[int(self.lines.partner[line])]
        rules = [rule for day in days if (rule := self.law.rule(article, day))]
        found = [self.law.intensity_bp(rule, partner, sample) or 0 for rule in rules]
        return max(found) if self.is_loose else min(found)

    def _limit_on(self, article: str, line: int, day: dt.date) -> int | None:
        rule = self.law.rule(article, day)
        if rule is None or rule.params.get("rate_of_seal"):
            return None
        if rule.params.get("average_over_period"):
            return FULL_BP
        sample = self.case.lines[self.lines.members[line][0]]
        partner = self.case.partners[int(self.lines.partner[line])]
        return self.law.intensity_bp(rule, partner, sample)

    def _is_average(self, article: str, days: set[dt.date]) -> bool:
        rules = [rule for day in days if (rule := self.law.rule(article, day))]
        return any(rule.params.get("average_over_period") for rule in rules)

    def _beside(self, members: IntArray) -> tuple[IntArray, IntArray]:
        """Return central Union money and other public money that is no aid."""
        offers = [self.case.offers[o] for o in self.cells.offer[members]]
        if not any(self.law.checks("union_rate", self.law.day_of(offer)) for offer in offers):
            return members[:0], members[:0]
        origins = np.array([offer.origin for offer in offers])
        central = origins == "union_central"
        is_free = self.cells.aid[members] == FREE
        return members[central], members[is_free & ~central & (origins != "private")]

    @cached_property
    def _by_article(self) -> dict[str, list[AidCell]]:
        found: dict[str, list[AidCell]] = defaultdict(list)
        for i in np.flatnonzero(self.cells.aid >= 0).tolist():
            found[self.articles[self.cells.aid[i]]].append(self._aid_cell(i))
        return found

    @cached_property
    def _de_minimis(self) -> list[AidCell]:
        chosen = np.flatnonzero(self.cells.aid == DE_MINIMIS).tolist()
        return [self._aid_cell(i) for i in chosen]

    def _aid_cell(self, i: int) -> AidCell:
        line = int(self.cells.line[i])
        return AidCell(i, int(self.cells.offer[i]), line, int(self.lines.partner[line]))


def split(order: IntArray, keys: IntArray) -> list[IntArray]:
    """Split positions where their sorted keys change."""
    if not len(order):
        return []
    return np.split(order, np.flatnonzero(np.diff(keys)) + 1)
