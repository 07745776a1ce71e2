"""What a mix is checked against: the case by its ids, the law of each day, who is one."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Offer,
    Partner,
    Size,
    Territory,
    Undertaking,
    WorkPackage,
)
from alpclusters.analysis.funding.check.conditions import (
    NO,
    YES,
    Record,
    holds,
    offer_facts,
    partner_facts,
    project_facts,
)
from alpclusters.analysis.funding.rulebooks.days import READINGS, read_books
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

# --- Single undertakings: those that hang together by control count as one ------------------------


def single_undertakings(undertakings: Iterable[Undertaking]) -> Mapping[str, str]:
    """Return for each undertaking the first of those it is one with (Reg. 2023/2831 Art. 2(2)).

    Chains of control join too. Union-find over ``controlled_by``; of a group the undertaking that
    stands first in the case names it.
    """
    listed = list(undertakings)
    order = {one.id: at for at, one in enumerate(listed)}
    above = {one.id: one.id for one in listed}
    for one in listed:
        if one.controlled_by in above:
            first, second = _root(above, one.id), _root(above, one.controlled_by)
            top, below = sorted((first, second), key=order.__getitem__)
            above[below] = top
    return {one.id: _root(above, one.id) for one in listed}


def _root(above: dict[str, str], name: str) -> str:
    while above[name] != name:
        above[name] = above[above[name]]
        name = above[name]
    return name


# --- What a mix is checked against: the case by its ids, the law of each day, who fits what -------


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A case made ready for checking; answers are kept, since a change of a cell asks them anew.

    Attributes
    ----------
    case, territory, books, rejected
        As given.
    offers, lines, partners, packages : mapping
        Records by id.
    sizes, groups : mapping of str to str
        Size of a partner's undertaking by partner; first of the undertakings joined by control by
        undertaking.
    paired : frozenset of str
        Offers that are granted in a fixed ratio to another.
    averages : tuple of str
        Articles named in the case whose intensity holds for a whole period.
    lines_of, partners_of : mapping
        Lines by partner; partners by the first of undertakings joined by control.
    bases : dict
        Articles of cells as far as they were asked.
    """

    case: Case
    territory: Territory
    books: Sequence[RuleBook]
    rejected: frozenset[str]
    offers: Mapping[str, Offer]
    lines: Mapping[str, Line]
    partners: Mapping[str, Partner]
    packages: Mapping[str, WorkPackage]
    sizes: Mapping[str, Size]
    groups: Mapping[str, str]
    paired: frozenset[str]
    averages: tuple[str, ...]
    lines_of: Mapping[str, Sequence[Line]]
    partners_of: Mapping[str, Sequence[str]]
    positions: Mapping[str, Mapping[str, int]]
    facts: Mapping[str, Record]
    project: Record
    bases: dict[tuple[str, str], str] = field(default_factory=dict)
    _rules: dict[dt.date, Mapping[str, Rule]] = field(default_factory=dict)
    _fits: dict[tuple[str, str], int] = field(default_factory=dict)
    _rates: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def day(self, offer: Offer) -> dt.date:
        """Return the day whose law holds for a grant; the project's start where none is known."""
        return offer.day or self.case.periods.start

    def rules(self, day: dt.date) -> Mapping[str, Rule]:
        """Return the rules of a day by id, from the case's own book if it names one."""
        if day not in self._rules:
            self._rules[day] = self._rules_on(day)
        return self._rules[day]

    def rules_for(self, day: dt.date, check: str) -> list[Rule]:
        """Return the rules of a day that a part of the check is about."""
        return [rule for rule in self.rules(day).values() if rule.params.get("check") == check]

    def book(self, day: dt.date) -> str:
        """Return the name of the rule-book of a day, empty where there is none."""
        if self.case.rulebook not in READINGS:
            return self.case.rulebook
        held = [b.id for b in self.books if _in_book(b, day)]
        return held[-1] if held else ""

    def fits(self, offer: Offer, partner: Partner) -> int:
        """Say whether a partner fits an offer: NO, OPEN or YES."""
        key = (offer.id, partner.id)
        if key not in self._fits:
            self._fits[key] = self._asked(offer, partner, offer.eligibility)
        return self._fits[key]

    def rate_bp(self, offer: Offer, partner: Partner) -> int | None:
        """Return the rate that an offer gives a partner for sure; None where no rate holds."""
        key = (offer.id, partner.id)
        if key not in self._rates:
            self._rates[key] = self._rate(offer, partner)
        return self._rates[key]

    def at(self, kind: str, record_id: str) -> str:
        """Return the JSON Pointer of a record: ``at("lines", "L3")`` is ``/lines/2``."""
        position = self.positions[kind].get(record_id)
        return f"/{kind}" if position is None else f"/{kind}/{position}"

    def _rules_on(self, day: dt.date) -> Mapping[str, Rule]:
        if self.case.rulebook not in READINGS:
            return _clamped(self.books, self.case.rulebook, day)
        found: dict[str, Rule] = {}
        for book in self.books:
            if _in_book(book, day):
                found |= book.on(day)
        return found

    def _asked(self, offer: Offer, partner: Partner, expression: object) -> int:
        records = {
            "partner": self.facts[partner.id],
            "project": self.project,
            "offer": offer_facts(offer),
            "partners": tuple(self.facts.values()),
        }
        return holds(expression, records, self.territory)

    def _rate(self, offer: Offer, partner: Partner) -> int | None:
        """The first rate that holds; open ones before it can only lower it, unless assumed."""
        least: int | None = None
        for rate in offer.rates:
            value = YES if rate.when is None else self._asked(offer, partner, rate.when)
            if value == NO:
                continue
            least = rate.bp if least is None else min(least, rate.bp)
            if value == YES or self.case.solver.assume_open:
                return least
        return None


def ground_of(
    case: Case, territory: Territory, books: Sequence[RuleBook], rejected: Sequence[str]
) -> Ground:
    """Make a case ready for checking."""
    sizes = {undertaking.id: undertaking.size for undertaking in case.undertakings}
    links = [link.offers for link in case.links if link.type == "paired"]
    return Ground(
        case,
        territory,
        read_books(books, reading=case.rulebook),
        frozenset(rejected),
        {offer.id: offer for offer in case.offers},
        {line.id: line for line in case.lines},
        {partner.id: partner for partner in case.partners},
        {package.id: package for package in case.work_packages},
        {p.id: sizes.get(p.undertaking, "none") for p in case.partners},
        single_undertakings(case.undertakings),
        frozenset(offer for pair in links for offer in pair),
        _averages(case, books),
        {p.id: [one for one in case.lines if one.partner == p.id] for p in case.partners},
        _partners_of(case),
        _positions(case),
        partner_facts(case),
        project_facts(case),
    )


def _partners_of(case: Case) -> Mapping[str, Sequence[str]]:
    """Return the partners of each single undertaking."""
    groups = single_undertakings(case.undertakings)
    found: dict[str, list[str]] = {}
    for partner in case.partners:
        found.setdefault(groups[partner.undertaking], []).append(partner.id)
    return found


def _positions(case: Case) -> Mapping[str, Mapping[str, int]]:
    return {
        "offers": _numbered([offer.id for offer in case.offers]),
        "lines": _numbered([line.id for line in case.lines]),
        "partners": _numbered([partner.id for partner in case.partners]),
        "undertakings": _numbered([undertaking.id for undertaking in case.undertakings]),
    }


def _numbered(ids: Sequence[str]) -> Mapping[str, int]:
    return {name: at for at, name in enumerate(ids)}


def _averages(case: Case, books: Sequence[RuleBook]) -> tuple[str, ...]:
    named = {article for offer in case.offers for article in offer.articles.values()}
    named |= {line.article for line in case.lines if line.article}
    rules = [rule for book in books for rule in book.rules if rule.id in named]
    return tuple(sorted({r.id for r in rules if r.params.get("average_over_period")}))


def _in_book(book: RuleBook, day: dt.date) -> bool:
    return book.valid_from <= day and (book.valid_to is None or day <= book.valid_to)


def _clamped(books: Sequence[RuleBook], name: str, day: dt.date) -> Mapping[str, Rule]:
    """Return the rules of a book that a case names, on the day of its own that is nearest."""
    for book in books:
        if book.id == name:
            return book.on(min(max(day, book.valid_from), book.valid_to or dt.date.max))
    return {}


# --- Member States of the Union, for rules that count them ----------------------------------------


# EL is Greece in the codes of statistics, GR in those of ISO 3166.
_STATES: Final = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR"),
        *("HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
_UNITED_KINGDOM: Final = frozenset({"GB", "UK"})
_WITHDRAWAL: Final = dt.date(2020, 1, 31)
_CROATIA: Final = dt.date(2013, 7, 1)


def is_member_state(ground: Ground, offer: Offer, partner: str) -> bool:
    """Say whether a partner's country is a Member State on the day of a grant."""
    country, day = ground.partners[partner].country, ground.day(offer)
    if country in _UNITED_KINGDOM:
        return day <= _WITHDRAWAL
    return country in _STATES and (country != "HR" or day >= _CROATIA)


# --- Whether the law of a day is known: acts that hold, and what is said where none does ----------


# Where one of these stands, a mix is neither valid nor wrong.
LAW_OPEN: Final = frozenset({"law_unknown", "transition_open", "period_open", "costs_after_period"})


def acts_of(ground: Ground, article: str) -> frozenset[str]:
    """Return the acts in which an article of this name stands on any day."""
    return frozenset(r.act for book in ground.books for r in book.rules if r.id == article)


def is_in_force(ground: Ground, acts: AbstractSet[str], day: dt.date) -> bool:
    """Say whether one of these acts has rules that hold on a day and may end."""
    held = (rule for rule in ground.rules(day).values() if rule.valid_to or rule.ends)
    return any(rule.act in acts for rule in held)
