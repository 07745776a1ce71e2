"""The optimiser's own reading of the rule-books: which rule holds, and how much aid it allows."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from alpclusters.analysis.funding.case import FULL_BP, Case, Line, Offer, Partner, Size
from alpclusters.analysis.funding.rulebooks.days import PROLONGED, READINGS, read_books
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

NO_AID: Final = "none"
DE_MINIMIS: Final = "DM"
WITHOUT_AID: Final = ("ch", "private", "union_central")
# Of the bonuses in a group only the greatest counts (651/2014 Art. 25(6), 27(6)): the size of the
# undertaking is added, collaboration, areas and joint calls are never added to one another.
BONUSES: Final = (
    ("small",),
    ("medium",),
    ("large",),
    ("collaboration", "dissemination", "licences", "a_area", "c_area", "joint_call"),
    ("disadvantaged",),
    ("cross_border",),
    ("sme_capacity",),
)


@dataclass(frozen=True, eq=False)
class Law:
    """The rules a case is judged under; an offer without a day is judged on the project's start."""

    case: Case
    books: Sequence[RuleBook]
    _on: dict[dt.date, Mapping[str, Rule]] = field(default_factory=dict, repr=False)

    def day_of(self, offer: Offer) -> dt.date:
        """Return the day on which an offer's grant is judged."""
        return offer.day or self.case.periods.start

    def rules(self, day: dt.date) -> Mapping[str, Rule]:
        """Return the rules that hold on a day by their id."""
        if day not in self._on:
            self._on[day] = self._rules(day)
        return self._on[day]

    def rule(self, rule_id: str, day: dt.date) -> Rule | None:
        """Return one rule as it holds on a day."""
        return self.rules(day).get(rule_id)

    def checks(self, check: str, day: dt.date) -> list[Rule]:
        """Return the rules of a day that ask for a check."""
        return [rule for rule in self.rules(day).values() if rule.params.get("check") == check]

    def origins(self, check: str) -> tuple[tuple[str, ...], ...]:
        """Return the sets of origins that a check speaks of on any day of an offer."""
        found = {
            tuple(str(rule.params.get("origins", "")).split("|"))
            for day in self.days
            for rule in self.checks(check, day)
        }
        return tuple(sorted(found))

    def size(self, partner: Partner) -> Size:
        """Return the size of a partner's undertaking."""
        return self._sizes[partner.undertaking]

    def intensity_bp(self, rule: Rule, partner: Partner, line: Line) -> int | None:
        """Return the greatest aid for a line under an article; None where it is not eligible."""
        return intensity_bp(rule, partner, self.size(partner), line.bonuses)

    def is_late(self, offer: Offer) -> bool:
        """Say whether the application came after the start of work (651/2014 Art. 6(2))."""
        if offer.applied_on is None or not self.checks("incentive", self.day_of(offer)):
            return False
        return offer.applied_on >= self.start

    def pays_until(self, offer: Offer) -> dt.date:
        """Return the last day of costs that an offer can pay for as far as the law is known.

        Money of the Funds has such a day (2021/1060 Art. 63(2)); outside all periods none is known.
        """
        known = [
            rule
            for book in self._read
            for rule in book.rules
            if rule.params.get("check") == "eligible_costs"
            and offer.origin in str(rule.params["origins"]).split("|")
        ]
        if not known or self.case.rulebook not in READINGS:
            return dt.date.max
        day = self.day_of(offer)
        ends = [str(rule.params["until"]) for rule in known if rule.holds_on(day)]
        if not ends:
            return dt.date.min
        return dt.date.max if self.case.rulebook == PROLONGED else dt.date.fromisoformat(max(ends))

    def is_left_out(self, offer: Offer, partner: Partner) -> bool:
        """Say whether partners of a country get nothing from money of this origin (CH, LI)."""
        return any(
            offer.origin in str(rule.params["origins"]).split("|")
            and partner.country in str(rule.params["countries"]).split("|")
            for rule in self.checks("no_union_money", self.day_of(offer))
        )

    @cached_property
    def start(self) -> dt.date:
        """The start of work: as the project says it, else the first day of the first quarter."""
        told = self.case.project.get("start")
        try:
            return dt.date.fromisoformat(told) if isinstance(told, str) else self._first_day
        except ValueError:
            return self._first_day

    @property
    def _first_day(self) -> dt.date:
        return self.case.periods.start

    @cached_property
    def _sizes(self) -> Mapping[str, Size]:
        return {undertaking.id: undertaking.size for undertaking in self.case.undertakings}

    @cached_property
    def _read(self) -> Sequence[RuleBook]:
        return read_books(self.books, reading=self.case.rulebook)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """All days on which offers of the case are judged."""
        return tuple(sorted({self.day_of(offer) for offer in self.case.offers}))

    def _rules(self, day: dt.date) -> Mapping[str, Rule]:
        if self.case.rulebook not in READINGS:
            return _named(self.books, self.case.rulebook, day)
        found: dict[str, Rule] = {}
        for book in self._read:
            if book.valid_from <= day and (book.valid_to is None or day <= book.valid_to):
                found |= book.on(day)
        return found


def article_of(offer: Offer, line: Line) -> str:
    """Return the article under which an offer pays for a line, as the case says it."""
    named = offer.articles.get(line.category, offer.articles.get("*", NO_AID))
    if named in (NO_AID, DE_MINIMIS) or line.article is None:
        return named
    return line.article


def is_aid(offer: Offer, line: Line, size: Size) -> bool:
    """Say whether a grant could be State aid at all, before the article is read."""
    return line.economic and size != "none" and offer.origin not in WITHOUT_AID


def is_exempt(rule: Rule, partner: Partner) -> bool:
    """Say whether money under an article is no aid to bodies of this kind."""
    return partner.kind in str(rule.params.get("exempt_kinds", "")).split("|")


def intensity_bp(rule: Rule, partner: Partner, size: Size, bonuses: Iterable[str]) -> int | None:
    """Return the greatest aid as part of the cost; None where the body is not eligible."""
    base = rule.params.get(f"{size}_bp")
    if partner.kind == "cluster" and "cluster_bp" in rule.params:
        base = rule.params["cluster_bp"]
    if base is None:
        return None
    held = {size, *bonuses}
    added = sum(
        max(int(rule.params.get(f"bonus_{bonus}_bp", 0)) for bonus in group if bonus in held)
        for group in BONUSES
        if held.intersection(group)
    )
    return min(int(base) + added, int(rule.params.get("max_bp", FULL_BP)), FULL_BP)


def _named(books: Sequence[RuleBook], book_id: str, day: dt.date) -> Mapping[str, Rule]:
    book = next(book for book in books if book.id == book_id)
    last = book.valid_to or day
    return book.on(min(max(day, book.valid_from), last))
