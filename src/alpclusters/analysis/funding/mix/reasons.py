"""Why an offer is not used or a partner gets nothing, by how much, and what would change it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case import (
    FULL_BP,
    Allocation,
    Case,
    Line,
    Offer,
    Territory,
    Wish,
)
from alpclusters.analysis.funding.mix import law as laws
from alpclusters.analysis.funding.mix.cells import IntArray, Judged
from alpclusters.analysis.funding.mix.judging import judge
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.mix.lifting import fitting_ways, open_way
from alpclusters.analysis.funding.mix.means import means_found
from alpclusters.analysis.funding.mix.obstacles import (
    Found,
    Obstacle,
    ObstacleKind,
    Reason,
    cited,
    some,
)
from alpclusters.analysis.funding.mix.owners import explain_owner, unpaid_lines
from alpclusters.analysis.funding.mix.partnerships import (
    MEMBER_STATES,
    least_partnership,
    silent_partners,
)
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.solution import Solution
from alpclusters.analysis.funding.mix.ways import (
    Forced,
    Way,
    category_ways,
    cost_for,
    other_articles,
    waits,
    with_cost,
    with_lines_in,
    with_offer,
    without_history,
)
from alpclusters.analysis.funding.rulebooks.days import PROLONGED
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

EXCLUDING = ("exclusive", "alternative", "exclusive_per_partner")
ONE_EURO_CT = 100
ELIGIBLE = "CO-EL"
ASKING_NOBODY = {"min_partners": 1, "min_countries": 1, "min_member_states": 0}
# Whom an offer fits is not known or nobody: there is nobody to count.
NOBODY = ("not_eligible", "open")


def explain_unused(
    case: Case,
    territory: Territory,
    subject: str,
    *,
    worth_ct: int,
    used: AbstractSet[str] = frozenset(),
    today: dt.date | None = None,
    books: Sequence[RuleBook] | None = None,
) -> Reason:
    """Say why the best mix does nothing for an offer, a partner, a work package or a cost.

    Parameters
    ----------
    case : Case
    territory : Territory
    subject : str
        ``offer:X``, ``partner:P3``, ``package:W2`` or ``line:L7``.
    worth_ct : int
        Worth of the best mix in cents.
    used : set of str
        The offers that it uses.
    today : date, optional
        An offer that closed before it, and was not applied for, is closed.
    books : sequence of RuleBook, optional

    Returns
    -------
    Reason
        Each way was computed by solving the changed case with the wish forced.

    Raises
    ------
    AnalysisError
        ``mix.no_such_offer``: the case has no such thing.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Partner, Periods
    >>> body = Partner("P1", "Body", "U1", "public", "AT32", 2024, "AT")
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (body,), (), (), ())
    >>> from alpclusters.analysis.funding.case import Territory
    >>> explain_unused(case, Territory({}), "partner:P1", worth_ct=0).obstacles[0].kind
    'no_costs'
    """
    kind, _colon, key = subject.partition(":")
    known = {
        "offer": {offer.id for offer in case.offers},
        "partner": {partner.id for partner in case.partners},
        "package": {package.id for package in case.work_packages},
        "line": {line.id for line in case.lines},
    }
    if key not in known.get(kind, ()):
        raise AnalysisError("mix.no_such_offer", found=subject)
    search = _Search(case, territory, worth_ct, frozenset(used), books)
    if kind == "offer":
        obstacles, ways = search.of_offer(key, today)
    else:
        obstacles, ways = search.of_owner(kind, key)
    return Reason(subject, tuple(obstacles), tuple(sorted(ways, key=_by_worth)))


def _by_worth(way: Way) -> tuple[bool, int]:
    return way.worth_ct is None, -(way.worth_ct or 0)


class _Search:
    """One case; looks for the first condition that fails, from the outside to the inside."""

    def __init__(
        self,
        case: Case,
        territory: Territory,
        worth_ct: int,
        used: frozenset[str],
        books: Sequence[RuleBook] | None,
    ) -> None:
        self.case, self.territory, self.worth_ct, self.used = case, territory, worth_ct, used
        self.books = books
        self.problem: Problem = prepare(case, territory, books=books)
        self.law = Law(case, books if books is not None else _packaged())
        self.judged: Judged = judge(case, territory)
        self.partners = {partner.id: partner for partner in case.partners}

    def of_offer(self, key: str, today: dt.date | None) -> Found:
        """Explain an offer that is not used."""
        offer = next(one for one in self.case.offers if one.id == key)
        if today and offer.is_closed(today):
            return [Obstacle("closed", offer.id, day=offer.closes)], self._next_call(offer)
        forced = self._forced(Wish("use", offer=key))
        dropped = {one.offer: one.reason for one in self.problem.dropped}.get(key)
        if dropped is not None:
            return self._dropped(offer, dropped, forced)
        return self._usable(offer, forced)

    def of_owner(self, kind: str, key: str) -> Found:
        """Explain a partner, a work package or a cost that gets nothing."""
        lines = [
            line
            for line in self.case.lines
            if {"partner": line.partner, "package": line.wp}.get(kind, line.id) == key
        ]
        paid = {self.case.lines[i].id for m in self.problem.lines.members for i in m}
        forced = self._forced(_wish(kind, key, lines))
        found = explain_owner(forced, key, lines, paid, self._fits)
        if isinstance(found, Solution):
            return self._at_a_loss(found, key, forced.least_ct(found))
        return found

    def _next_call(self, offer: Offer) -> list[Way]:
        """Return what a next round on the same terms would bring."""
        way = Way("next_call", offer.id)
        found = self._forced(Wish("use", offer=offer.id)).way(way, self.case)
        return [way if found is None or (found.worth_ct or 0) <= 0 else found]

    def _forced(self, wish: Wish) -> Forced:
        return Forced(self.case, self.territory, wish, self.worth_ct, self.books, self.judged)

    def _at_a_loss(self, forced: Solution, subject: str, least_ct: int | None) -> Found:
        loss = self.worth_ct - forced.objective_ct
        newly = {cell.offer for cell in forced.allocation} - self.used
        kind: ObstacleKind = "displaced" if loss > 0 else "as_good"
        found = [Obstacle(kind, offer, needed=loss) for offer in sorted(newly)] or [
            Obstacle(kind, subject, needed=loss)
        ]
        return found, [Way("use", subject, least_ct, worth_ct=-loss)]

    def _dropped(self, offer: Offer, reason: str, forced: Forced) -> Found:
        """Explain an offer that no mix can use as the case stands."""
        if reason == "no_cells":
            obstacles, ways = self._without_cells(offer, forced)
            if obstacles[0].kind in NOBODY:
                return obstacles, ways
        elif reason == "floor" or self._is_below_floor(offer):
            obstacles, ways = self._below_floor(offer, forced)
        else:
            obstacles, ways = [], []
        told = {one.kind for one in obstacles}
        lacking = [one for one in self._lacking(offer) if one.kind not in told]
        return [*obstacles, *lacking], [*ways, *some(_partnership_way(offer, lacking, forced))]

    def _lacking(self, offer: Offer) -> list[Obstacle]:
        """Return which numbers of partners and countries an offer asks for and does not find."""
        silent = silent_partners(self.case, self.law)[self._number(offer)]
        taking = self._taking(offer) | {
            one.id for one, is_silent in zip(self.case.partners, silent, strict=True) if is_silent
        }
        countries = [self.partners[one].country for one in taking]
        least = least_partnership(self.law, offer)
        asked: list[tuple[ObstacleKind, int, int, int]] = [
            ("partners", offer.min_partners, offer.min_partners, len(taking)),
            ("countries", offer.min_countries, least[0], len(set(countries))),
            (
                "member_states",
                offer.min_member_states,
                least[1],
                sum(one in MEMBER_STATES for one in countries),
            ),
        ]
        return [
            cited(
                Obstacle(kind, offer.id, needed, have),
                self._partnership(offer) if needed > own else None,
            )
            for kind, own, needed, have in asked
            if have < needed
        ]

    def _partnership(self, offer: Offer) -> Rule | None:
        return next(iter(self.law.checks("partnership", self.law.day_of(offer))), None)

    def _taking(self, offer: Offer) -> set[str]:
        """Return the partners with a cost that the offer could pay for, whatever else fails."""
        problem, mine = self._freed(offer)
        lines = np.unique(problem.cells.line[mine])
        found = {self.case.partners[int(problem.lines.partner[i])].id for i in lines}
        return found or {p.id for p in self.case.partners if self._fits(offer, p.id)}

    def _freed(self, offer: Offer, **terms: object) -> tuple[Problem, IntArray]:
        """Return the problem in which an offer asks for nobody and no amount, and its cells."""
        free = with_offer(self.case, offer, **ASKING_NOBODY, floor_ct=0, **terms)
        problem = prepare(free, self.territory, books=self.books)
        return problem, np.flatnonzero(problem.cells.offer == self._number(offer))

    def _number(self, offer: Offer) -> int:
        return next(i for i, one in enumerate(self.case.offers) if one.id == offer.id)

    def _is_below_floor(self, offer: Offer) -> bool:
        """Say whether all its costs at its rates do not reach the least grant of an offer."""
        problem, mine = self._freed(offer)
        grants = problem.lines.cost_ct[problem.cells.line[mine]] * problem.cells.bp[mine]
        return bool(len(mine)) and int(grants.sum()) // FULL_BP < offer.floor_ct

    def _fits(self, offer: Offer, partner: str) -> bool:
        if self.law.is_left_out(offer, self.partners[partner]):
            return False
        answer = self.judged.is_eligible(offer.id, partner)
        return self.case.solver.assume_open if answer is None else bool(answer)

    def _below_floor(self, offer: Offer, forced: Forced) -> Found:
        most = self._most(offer)
        found = [Obstacle("floor", offer.id, offer.floor_ct, most)]
        line, bp = self._best_line(offer)
        if line is None or most >= offer.floor_ct:
            return found, []
        more = cost_for(offer.floor_ct - most, bp)
        way = Way("cost", line.partner, more)
        return found, [forced.way(way, with_cost(self.case, line, more)) or way]

    def _most(self, offer: Offer) -> int:
        """Return the largest grant of an offer by itself, its floor left aside."""
        alone = replace(self.case, offers=(offer,), links=(), wishes=())
        free = with_offer(
            alone, offer, **ASKING_NOBODY, floor_ct=0, effort_ct=0, partner_effort_ct=0
        )
        wish = Wish("use", offer=offer.id)
        found = Forced(free, self.territory, wish, 0, self.books).solve()
        return sum(cell.grant_ct for cell in found.allocation) if found else 0

    def _best_line(self, offer: Offer) -> tuple[Line | None, int]:
        """Return a cost to which more may be added, at the best rate."""
        problem, mine = self._freed(offer, partner_floor_ct=0)
        if not len(mine):
            return None, 0
        best = mine[int(np.argmax(problem.cells.bp[mine]))]
        member = problem.lines.members[int(problem.cells.line[best])][0]
        return self.case.lines[member], int(problem.cells.bp[best])

    def _without_cells(self, offer: Offer, forced: Forced) -> Found:
        """Find the first condition that no cost meets."""
        fitting = {p.id for p in self.case.partners if self._fits(offer, p.id)}
        if not fitting:
            return self._fitting_nobody(offer, forced)
        lines = [line for line in self.case.lines if line.partner in fitting]
        usual = lines
        if offer.categories:
            lines = [line for line in lines if line.category in offer.categories]
        if not lines:
            ways = category_ways(self.case, offer, usual)
            return [Obstacle("category", offer.id)], some(forced.best(ways))
        first, last = offer.window
        inside = [line for line in lines if first <= line.period <= last]
        if not inside:
            way = Way("quarter", offer.id, first)
            moved = with_lines_in(self.case, lines, first)
            return [Obstacle("quarter", offer.id)], some(forced.way(way, moved))
        return self._by_law(offer, inside, forced)

    def _fitting_nobody(self, offer: Offer, forced: Forced) -> Found:
        partners = [partner.id for partner in self.case.partners]
        if any(self.judged.is_eligible(offer.id, partner) is None for partner in partners):
            return [Obstacle("open", offer.id)], [open_way(forced, offer)]
        return [Obstacle("not_eligible", offer.id)], fitting_ways(forced, offer)

    def _by_law(self, offer: Offer, lines: Sequence[Line], forced: Forced) -> Found:
        start, until = self.law.start, self.law.pays_until(offer)
        if until == dt.date.min:
            return [self._after_the_period(self.law.day_of(offer))], []
        last_days = {line.id: self.case.periods.last_day(line.period) for line in lines}
        lines = [line for line in lines if last_days[line.id] <= until]
        if not lines:
            return [self._after_the_period(max(last_days.values()))], []
        if self.law.is_late(offer) and offer.applied_on is not None:
            rule = next(iter(self.law.checks("incentive", self.law.day_of(offer))), None)
            before = with_offer(self.case, offer, applied_on=start - dt.timedelta(days=1))
            way = forced.way(Way("apply_before", offer.id, day=start), before)
            return [cited(Obstacle("late", offer.id, day=offer.applied_on), rule)], some(way)
        found = self._by_article(offer, lines, forced)
        if found is not None:
            return found
        if any(offer.partner_floor(partner) for partner in {x.partner for x in lines}):
            return self._below_partner_floor(offer, lines, forced)
        way = forced.way(Way("theme", offer.id), with_offer(self.case, offer, themes=()))
        return [Obstacle("theme" if offer.themes else "together", offer.id)], some(way)

    def _after_the_period(self, day: dt.date) -> Obstacle:
        return cited(Obstacle("no_law", ELIGIBLE, day=day, rule=ELIGIBLE), self._last(ELIGIBLE))

    def _by_article(self, offer: Offer, lines: Sequence[Line], forced: Forced) -> Found | None:
        named = {laws.article_of(offer, line) for line in lines}
        named -= {laws.NO_AID, laws.DE_MINIMIS}
        day = self.law.day_of(offer)
        for article in sorted(named):
            rule = self.law.rule(article, day)
            kind: ObstacleKind = "no_law" if rule is None else "article"
            if rule is None or self._is_excluded(rule, lines):
                ways = some(forced.first(other_articles(self.case, offer)))
                longer = self._prolonged(forced) if rule is None else []
                said = cited(Obstacle(kind, article, day=day), rule or self._last(article))
                is_open = rule is None and not longer
                more, further = self._lacking_even_so(offer) if is_open else ([], [])
                return [said, *more], [*ways, *longer, *further]
        return None

    def _lacking_even_so(self, offer: Offer) -> Found:
        """Say what an offer lacks even if its act were prolonged; worth under no known law."""
        longer = replace(self.case, rulebook=PROLONGED)
        search = _Search(longer, self.territory, self.worth_ct, self.used, self.books)
        dropped = {one.offer: one.reason for one in search.problem.dropped}.get(offer.id)
        if dropped is None or dropped == "no_cells":
            return [], []
        forced = search._forced(Wish("use", offer=offer.id))
        obstacles, ways = search._dropped(offer, dropped, forced)
        return obstacles, [replace(way, worth_ct=None) for way in ways]

    def _prolonged(self, forced: Forced) -> list[Way]:
        """Return what the scenario of a prolonged act would bring."""
        longer = replace(self.case, rulebook=PROLONGED)
        return some(forced.way(Way("prolonged"), longer))

    def _last(self, article: str) -> Rule | None:
        """Return the newest version of a rule, whatever its days."""
        found = [rule for book in self.law.books for rule in book.rules if rule.id == article]
        return max(found, key=lambda rule: rule.valid_from, default=None)

    def _is_excluded(self, rule: Rule, lines: Sequence[Line]) -> bool:
        limits = [self.law.intensity_bp(rule, self.partners[x.partner], x) for x in lines]
        return all(limit is None for limit in limits)

    def _below_partner_floor(self, offer: Offer, lines: Sequence[Line], forced: Forced) -> Found:
        sums = {x.partner: sum(y.cost_ct for y in lines if y.partner == x.partner) for x in lines}
        best = min(sums, key=lambda p: offer.partner_floor(p) - sums[p])
        needed, have = offer.partner_floor(best), sums[best]
        line = next(x for x in lines if x.partner == best)
        way = Way("cost", best, max(needed - have, 0))
        changed = with_cost(self.case, line, max(needed - have, 0))
        return [Obstacle("partner_floor", best, needed, have)], some(forced.way(way, changed))

    def _usable(self, offer: Offer, forced: Forced) -> Found:
        """Explain an offer that could be used by itself."""
        found = forced.solve()
        if found is None:
            return self._contradicted(offer, forced)
        loss = self.worth_ct - found.objective_ct
        now = {cell.offer for cell in found.allocation}
        gone = self.used - now
        ways = [Way("use", offer.id, forced.least_ct(found), worth_ct=-loss)]
        for wish in self.case.wishes:
            if wish.type == "avoid" and wish.offer == offer.id:
                return [Obstacle("avoid", offer.id)], ways
        for link in self.case.links:
            rivals = (set(link.offers) & gone) - {offer.id}
            if link.type in EXCLUDING and offer.id in link.offers and rivals:
                obstacles = [Obstacle("exclusive", one, needed=loss) for one in sorted(rivals)]
                return obstacles, ways
        if loss <= 0:
            return [Obstacle("as_good", offer.id, needed=max(loss, 0))], ways
        return self._unprofitable(offer, loss, found.allocation, forced, ways)

    def _unprofitable(
        self, offer: Offer, loss: int, allocation: Allocation, forced: Forced, ways: list[Way]
    ) -> Found:
        """Weigh what it brings beyond the others against what applying costs."""
        owner = {line.id: line.partner for line in self.case.lines}
        mine = [cell for cell in allocation if cell.offer == offer.id]
        effort = offer.effort_ct + offer.partner_effort_ct * len({owner[c.line] for c in mine})
        brings = effort - loss
        if brings <= 0:
            return [Obstacle("displaced", offer.id, needed=loss)], ways
        found = [Obstacle("effort", offer.id, needed=effort, found=brings)]
        line, bp = self._best_line(offer)
        if line is not None:
            more = cost_for(loss, bp)
            changed = with_cost(self.case, line, more)
            way = forced.way(Way("cost", line.partner, more), changed)
            ways.extend(w for w in some(way) if (w.worth_ct or 0) >= 0)
        return found, ways

    def _contradicted(self, offer: Offer, forced: Forced) -> Found:
        """Find what lets the wish not hold: other wishes, history, floor, own means."""
        case = self.case
        if forced.solve(replace(case, wishes=())) is not None:
            return [Obstacle("max_offers", offer.id)], some(
                forced.way(Way("wish", offer.id), replace(case, wishes=()))
            )
        if "DM" in offer.articles.values() and forced.solve(without_history(case)) is not None:
            day = self.law.day_of(offer)
            rule = next(iter(self.law.checks("de_minimis", day)), None)
            ways = [
                *some(forced.first(waits(case, offer))),
                *some(forced.first(other_articles(case, offer))),
            ]
            limit = None if rule is None else int(rule.params["limit_ct"])
            return [cited(Obstacle("de_minimis", offer.id, limit, day=day), rule)], ways
        if offer.floor_ct and forced.solve(with_offer(case, offer, floor_ct=0)) is not None:
            return self._below_floor(offer, forced)
        return means_found(forced) or ([Obstacle("together", offer.id)], [])


def _partnership_way(offer: Offer, lacking: Sequence[Obstacle], forced: Forced) -> Way | None:
    """Return the further partners and countries that an offer needs, and what they would bring."""
    found = {one.kind: one.found for one in lacking}
    missing = {one.kind: (one.needed or 0) - (one.found or 0) for one in lacking}
    if not missing:
        return None
    if list(missing) == ["countries"]:
        way = Way("countries", offer.id, missing["countries"])
    else:
        way = Way(
            "partners", offer.id, max(missing.values()), countries=missing.get("countries", 0)
        )
    terms = {f"min_{kind}": have for kind, have in found.items()}
    return forced.way(way, with_offer(forced.case, offer, **terms)) or way


def _wish(kind: str, key: str, lines: Sequence[Line]) -> Wish:
    """Return the wish that something is paid for; of a work package its largest cost."""
    if kind == "partner":
        return Wish("min_partner", partner=key, amount_ct=ONE_EURO_CT)
    largest = max(lines, key=lambda line: line.cost_ct, default=None)
    return Wish("fund_line", line=largest.id if largest else key, amount_ct=ONE_EURO_CT)


def _packaged() -> Sequence[RuleBook]:
    from alpclusters.analysis.funding.rulebooks import BOOKS  # noqa: PLC0415 - read when needed

    found: Sequence[RuleBook] = BOOKS
    return found


def unused_subjects(case: Case, allocation: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """List what a mix does nothing for: offers, partners, work packages and costs.

    Parameters
    ----------
    case : Case
    allocation : iterable of (str, str)
        Offer and line of each cell.

    Returns
    -------
    tuple of str
        ``offer:X`` in the order of the case, then ``partner:P``, ``package:W``, and ``line:L`` of
        partners and packages that get something; of costs that differ in their quarter only the
        first stands for all.
    """
    pairs = list(allocation)
    used, lines = {offer for offer, _line in pairs}, {line for _offer, line in pairs}
    offers = [f"offer:{offer.id}" for offer in case.offers if offer.id not in used]
    return (*offers, *unpaid_lines(case, lines))
