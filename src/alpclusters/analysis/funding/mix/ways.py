"""Changes of a case that could bring an offer in, and what the best mix is worth after each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from alpclusters.analysis.funding.case import FULL_BP, Case, Line, Offer, Territory, Wish
from alpclusters.analysis.funding.mix.cells import Judged
from alpclusters.analysis.funding.mix.days import years_before
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.solution import Solution
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.analysis.funding.rulebooks.records import RuleBook

type WayKind = Literal[
    "use", "partners", "countries", "cost", "quarter", "apply_before", "wait", "article", "wish",
    "fit", "answer", "category", "theme", "own_means", "credit", "next_call", "enter_costs",
    "prolonged", "loosen",
]  # fmt: skip
DE_MINIMIS_YEARS: Final = 3
# Articles that another offer of the case names are tried in place of its own; more take too long.
MOST_ARTICLES: Final = 2
MOST_CATEGORIES: Final = 3
# Days on which earlier aid falls out: the soonest ones, and the last.
SOONEST: Final = 2
# What a forced mix grants at least, in cents: less than the first nobody applies for. The next
# ones where costs or law leave no room for that.
LEASTS_CT: Final = (100_000, 10_000, 1_000)


@dataclass(frozen=True, slots=True)
class Way:
    """A change that lets an offer be used, or a partner or a cost be paid for.

    Attributes
    ----------
    kind : str
        ``use`` (all the same, at a loss, with so much at least), ``partners`` and ``countries`` (so
        many more), ``cost`` (so much more), ``quarter`` (costs in another one), ``apply_before``
        and ``wait`` (a day),
        ``article``, ``wish`` (give one up), ``fit`` (a partner, or all, meet the conditions),
        ``answer`` (open conditions are answered well), ``category`` (plan a cost as another kind),
        ``theme``, ``own_means`` and ``credit`` (so much more), ``next_call``, ``enter_costs``,
        ``prolonged`` (the scenario in which an act that ends goes on), ``loosen`` (so much more of
        a limit).
    subject : str
        The partner, line, article or wish that it is about.
    amount : int or None
        Cents of a cost or a grant; else how many.
    day : date or None
    to : str
        The category as which a cost is planned, or the offer that would pay.
    worth_ct : int or None
        Worth of the best mix with the change and the wish, minus that of today's mix; None where
        the change is named only and no mix was computed for it.
    countries : int
        From how many further countries further partners have to come.
    """

    kind: WayKind
    subject: str = ""
    amount: int | None = None
    day: dt.date | None = None
    to: str = ""
    worth_ct: int | None = None
    countries: int = 0


@dataclass(frozen=True)
class Forced:
    """A case solved again with a wish forced; ``worth_ct`` is what its best mix is worth now."""

    case: Case
    territory: Territory
    wish: Wish
    worth_ct: int
    books: Sequence[RuleBook] | None = None
    judged: Judged | None = None

    def solve(self, case: Case | None = None) -> Solution | None:
        """Solve a case with the wish as one that has to hold; None where no mix fits.

        It grants at least what the offer itself asks for, else the first of `LEASTS_CT` that
        costs and law leave room for.
        """
        found = self._solved(case, 0)
        if found is None or self._floor_ct(case):
            return found
        granted = self._granted(found)
        for least in LEASTS_CT:
            if granted >= least:
                return found
            more = self._solved(case, least)
            if more is not None:
                return more
        return found

    def least_ct(self, found: Solution) -> int | None:
        """Return what a forced mix had to grant at least; None where that was any amount."""
        floor = self._floor_ct(None)
        granted = self._granted(found)
        return floor or next((least for least in LEASTS_CT if granted >= least), None)

    def problem(self, case: Case | None = None, least_ct: int = 0) -> Problem:
        """Return the problem of a case with the wish, granting at least so much for it."""
        wanted = case or self.case
        wish = replace(self.wish, amount_ct=max(self.wish.amount_ct or 0, least_ct) or None)
        kept = [w for w in wanted.wishes if w.type != "avoid" or w.offer != wish.offer]
        forced = replace(wanted, wishes=(*kept, wish))
        if wish.type == "use":
            offers = [
                replace(o, floor_ct=max(o.floor_ct, least_ct)) if o.id == wish.offer else o
                for o in forced.offers
            ]
            forced = replace(forced, offers=tuple(offers))
        return prepare(forced, self.territory, books=self.books, judged=self.judged)

    def _solved(self, case: Case | None, least_ct: int) -> Solution | None:
        found = solve(self.problem(case, least_ct), levels=1)
        return None if found.status == "infeasible" or not found.allocation else found

    def _floor_ct(self, case: Case | None) -> int:
        offers = (case or self.case).offers
        return next((o.floor_ct for o in offers if o.id == self.wish.offer), 0)

    def _granted(self, found: Solution) -> int:
        """Return what a mix grants for that of which the wish speaks."""
        wish, owner = self.wish, {line.id: line.partner for line in self.case.lines}
        return sum(
            cell.grant_ct
            for cell in found.allocation
            if cell.offer == wish.offer
            or cell.line == wish.line
            or (wish.partner is not None and owner[cell.line] == wish.partner)
        )

    def way(self, way: Way, case: Case | None = None) -> Way | None:
        """Return a way with its worth; None if it does not help."""
        found = self.solve(case)
        return None if found is None else replace(way, worth_ct=found.objective_ct - self.worth_ct)

    def first(self, tries: Iterable[tuple[Way, Case]]) -> Way | None:
        """Return the first of some changes that helps."""
        return next((w for w in (self.way(way, case) for way, case in tries) if w), None)

    def best(self, tries: Iterable[tuple[Way, Case]]) -> Way | None:
        """Return the change that brings most of some."""
        found = [one for one in (self.way(way, case) for way, case in tries) if one]
        return max(found, key=lambda way: way.worth_ct or 0, default=None)


def with_offer(case: Case, offer: Offer, **terms: object) -> Case:
    """Return a case with terms of an offer changed."""
    changed = replace(offer, **terms)  # type: ignore[arg-type]
    return replace(case, offers=tuple(changed if o.id == offer.id else o for o in case.offers))


def with_cost(case: Case, line: Line, more_ct: int) -> Case:
    """Return a case in which a line costs more."""
    changed = replace(line, cost_ct=line.cost_ct + more_ct)
    return replace(case, lines=tuple(changed if x.id == line.id else x for x in case.lines))


def with_lines_in(case: Case, lines: Iterable[Line], period: int) -> Case:
    """Return a case with some costs in another quarter."""
    moved = {line.id for line in lines}
    return replace(
        case,
        lines=tuple(replace(x, period=period) if x.id in moved else x for x in case.lines),
    )


def with_line_as(case: Case, line: Line, category: str) -> Case:
    """Return a case in which a cost is of another category."""
    changed = replace(line, category=category)
    return replace(case, lines=tuple(changed if x.id == line.id else x for x in case.lines))


def category_ways(case: Case, offer: Offer, lines: Sequence[Line]) -> list[tuple[Way, Case]]:
    """List the categories of an offer as which the largest of some costs could be planned."""
    line = max(lines, key=lambda one: one.cost_ct, default=None)
    if line is None:
        return []
    return [
        (
            Way("category", line.partner, line.cost_ct, to=category),
            with_line_as(case, line, category),
        )
        for category in offer.categories[:MOST_CATEGORIES]
    ]


def without_history(case: Case) -> Case:
    """Return a case whose undertakings had no de minimis aid before."""
    return replace(case, undertakings=tuple(replace(u, de_minimis=()) for u in case.undertakings))


def cost_for(grant_ct: int, bp: int) -> int:
    """Return the least cost that brings a grant at a rate, rounded up to whole euros."""
    cost = -(-grant_ct * FULL_BP // bp)
    return -(-cost // 100) * 100


def waits(case: Case, offer: Offer) -> list[tuple[Way, Case]]:
    """List the days on which earlier de minimis aid no longer counts, soonest first."""
    grants = {
        aid.granted_on
        for undertaking in case.undertakings
        for aid in undertaking.de_minimis
        if aid.state == offer.grants_from
    }
    days = sorted(_free_again(day) for day in grants)
    today = offer.day or case.periods.start
    coming = [day for day in days if day > today]
    tried = dict.fromkeys([*coming[:SOONEST], *coming[-1:]])
    return [
        (Way("wait", offer.id, day=day), with_offer(case, offer, grant_date=day)) for day in tried
    ]


def other_articles(case: Case, offer: Offer) -> list[tuple[Way, Case]]:
    """List the articles of other offers under which this one could pay instead."""
    own = set(offer.articles.values())
    named = dict.fromkeys(
        article
        for other in case.offers
        for article in other.articles.values()
        if article not in own and article not in {"none", "DM"}
    )
    tried = [*named][:MOST_ARTICLES]
    if "DM" not in own:
        tried.append("DM")
    return [
        (Way("article", article), with_offer(case, offer, articles={"*": article}))
        for article in tried
    ]


def _free_again(granted_on: dt.date) -> dt.date:
    """Return the first day on which a grant lies outside the three years before."""
    day = granted_on
    while years_before(day, DE_MINIMIS_YEARS) < granted_on:
        day = _later(day, granted_on)
    return day


def _later(day: dt.date, granted_on: dt.date) -> dt.date:
    """Step to the anniversary, then day by day over the edges of leap years."""
    anniversary = granted_on + dt.timedelta(days=365 * DE_MINIMIS_YEARS)
    return anniversary if day < anniversary else day + dt.timedelta(days=1)
