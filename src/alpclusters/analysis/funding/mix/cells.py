"""Cells: which offer may pay for which cost, at which rate, and as which aid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.funding.case import FULL_BP, Case, Line, Offer, Partner
from alpclusters.analysis.funding.mix import law as laws
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.rulebooks.records import Rule

type IntArray = NDArray[np.int64]
type LineClass = tuple[int, str, bool, str | None, tuple[str, ...]]

FREE: Final = -1  # no State aid
DE_MINIMIS: Final = -2


class Judged(Protocol):
    """What the optimiser asks of the judgements of a case."""

    def is_eligible(self, offer: str, partner: str) -> bool | None:
        """Say whether a partner fits an offer; None is open."""

    def rate_bp(self, offer: str, partner: str) -> int | None:
        """Return the rate of an offer for a partner; None where no condition holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Eligible cells, sorted by offer and line; arrays of shape (n_cells,).

    Attributes
    ----------
    offer, line : array of int
        Positions in the offers and lines of the problem.
    bp : array of int
        What is granted of a declared cost.
    aid : array of int
        Position in ``articles``, or ``FREE``, or ``DE_MINIMIS``.
    limit : array of int
        The intensity of its article in basis points; full where there is none.
    """

    offer: IntArray
    line: IntArray
    bp: IntArray
    aid: IntArray
    limit: IntArray

    def __len__(self) -> int:
        return len(self.offer)

    def where(self, kept: NDArray[np.bool_]) -> "Cells":
        """Return the cells of a mask."""
        return Cells(
            self.offer[kept], self.line[kept], self.bp[kept], self.aid[kept], self.limit[kept]
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The cells of a case with the articles they name and the open answers they assume."""

    cells: Cells
    articles: tuple[str, ...]
    assumptions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LineTable:
    """The lines of a case as arrays of shape (n_lines,); ``kind`` is a position in ``kinds``."""

    partner: IntArray
    package: IntArray
    period: IntArray
    kind: IntArray
    kinds: tuple[LineClass, ...]
    samples: tuple[Line, ...]


def line_table(case: Case) -> LineTable:
    """Number the partners, packages and kinds of the lines."""
    partners = {partner.id: i for i, partner in enumerate(case.partners)}
    packages = {package.id: i for i, package in enumerate(case.work_packages)}
    kinds: dict[LineClass, int] = {}
    samples: list[Line] = []
    of_line = []
    for line in case.lines:
        key = (partners[line.partner], line.category, line.economic, line.article, line.bonuses)
        if key not in kinds:
            kinds[key] = len(kinds)
            samples.append(line)
        of_line.append(kinds[key])
    return LineTable(
        np.array([partners[line.partner] for line in case.lines], dtype=np.int64),
        np.array([packages[line.wp] for line in case.lines], dtype=np.int64),
        np.array([line.period for line in case.lines], dtype=np.int64),
        np.array(of_line, dtype=np.int64),
        tuple(kinds),
        tuple(samples),
    )


@dataclass(frozen=True, eq=False)
class Search:
    """Looks for the cells of one offer after the other; keeps what it asked."""

    case: Case
    law: Law
    judged: Judged
    table: LineTable
    articles: dict[str, int]
    aids: dict[tuple[object, ...], tuple[int, int] | None]
    assumptions: list[tuple[str, str]]

    def of_offer(self, offer: Offer) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """Return lines, rates, kinds of aid and intensities of an offer's cells."""
        lines = np.flatnonzero(self._in_scope(offer))
        table = np.zeros((len(self.table.kinds), 3), dtype=np.int64)
        for kind in np.unique(self.table.kind[lines]):
            table[kind] = self._terms(offer, int(kind))
        terms = table[self.table.kind[lines]]
        kept = terms[:, 0] > 0
        return lines[kept], terms[kept, 0], terms[kept, 1], terms[kept, 2]

    def _in_scope(self, offer: Offer) -> NDArray[np.bool_]:
        table, (first, last) = self.table, offer.window
        partners = np.array([self._fits(offer, partner) for partner in self.case.partners])
        fits = partners[table.partner] & (table.period >= first) & (table.period <= last)
        fits &= self._last_days <= self.law.pays_until(offer).toordinal()
        if offer.categories:
            wanted = np.array([kind[1] in offer.categories for kind in table.kinds])
            fits &= wanted[table.kind]
        if self.case.solver.theme_filter and offer.themes:
            themes = set(offer.themes)
            wanted = np.array([not themes.isdisjoint(p.themes) for p in self.case.work_packages])
            fits &= wanted[table.package]
        return fits

    @cached_property
    def _last_days(self) -> IntArray:
        """The last day of the quarter of each line, as an ordinal."""
        periods = self.case.periods
        days = [periods.last_day(period).toordinal() for period in range(periods.count)]
        return np.array(days, dtype=np.int64)[self.table.period]

    def _fits(self, offer: Offer, partner: Partner) -> bool:
        if self.law.is_left_out(offer, partner):
            return False
        answer = self.judged.is_eligible(offer.id, partner.id)
        if answer is None and self.case.solver.assume_open:
            self.assumptions.append((offer.id, partner.id))
            return True
        return bool(answer)

    def _terms(self, offer: Offer, kind: int) -> tuple[int, int, int]:
        partner = self.case.partners[self.table.kinds[kind][0]]
        rate = self.judged.rate_bp(offer.id, partner.id)
        aid = self._aid(offer, kind)
        if rate is None or aid is None:
            return 0, FREE, 0
        return min(rate, aid[0]), aid[1], aid[0]

    def _aid(self, offer: Offer, kind: int) -> tuple[int, int] | None:
        line, day = self.table.samples[kind], self.law.day_of(offer)
        terms = (offer.origin in laws.WITHOUT_AID, self.law.is_late(offer), offer.seal_of)
        key = (laws.article_of(offer, line), day, kind, terms)
        if key not in self.aids:
            self.aids[key] = self._read_aid(offer, kind)
        return self.aids[key]

    def _read_aid(self, offer: Offer, kind: int) -> tuple[int, int] | None:
        """Return intensity and kind of aid; None where no known law allows it."""
        line = self.table.samples[kind]
        partner = self.case.partners[self.table.kinds[kind][0]]
        article = laws.article_of(offer, line)
        if article == laws.NO_AID or not laws.is_aid(offer, line, self.law.size(partner)):
            return FULL_BP, FREE
        day = self.law.day_of(offer)
        if article == laws.DE_MINIMIS:
            return (FULL_BP, DE_MINIMIS) if self.law.checks("de_minimis", day) else None
        rule = self.law.rule(article, day)
        if rule is None or self.law.is_late(offer):
            return None
        if laws.is_exempt(rule, partner):
            return FULL_BP, FREE
        limit = self._limit(rule, offer, partner, line)
        number = self.articles.setdefault(article, len(self.articles))
        return None if limit is None else (limit, number)

    def _limit(self, rule: Rule, offer: Offer, partner: Partner, line: Line) -> int | None:
        if rule.params.get("rate_of_seal"):
            return self.judged.rate_bp(offer.seal_of, partner.id) if offer.seal_of else None
        limit = self.law.intensity_bp(rule, partner, line)
        is_average = limit is not None and rule.params.get("average_over_period")
        return FULL_BP if is_average else limit


def find_cells(case: Case, law: Law, judged: Judged, rejected: Sequence[str] = ()) -> Found:
    """Find all eligible cells of a case.

    Offers that are rejected have none. Open questions count as answered well only where the case
    says so; they are then listed as assumptions.
    """
    search = Search(case, law, judged, line_table(case), {}, {}, [])
    parts = list(_parts(search, case, set(rejected)))
    columns = [
        np.concatenate([part[i] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        for i in range(5)
    ]
    used = {case.offers[i].id for i in np.unique(columns[0])}
    assumed = tuple(pair for pair in search.assumptions if pair[0] in used)
    return Found(Cells(*columns), tuple(search.articles), assumed)


def _parts(search: Search, case: Case, rejected: set[str]) -> Iterator[tuple[IntArray, ...]]:
    for i, offer in enumerate(case.offers):
        if offer.id in rejected:
            continue
        found = search.of_offer(offer)
        yield np.full(len(found[0]), i, dtype=np.int64), *found


@dataclass(frozen=True, slots=True)
class GivenJudgements:
    """Judgements from two mappings, for cases whose eligibility is known otherwise."""

    eligible: Mapping[tuple[str, str], bool | None]
    rates: Mapping[tuple[str, str], int]

    def is_eligible(self, offer: str, partner: str) -> bool | None:
        """Look a pair up; a pair that is not there does not fit."""
        return self.eligible.get((offer, partner), False)

    def rate_bp(self, offer: str, partner: str) -> int | None:
        """Look a pair up."""
        return self.rates.get((offer, partner))
