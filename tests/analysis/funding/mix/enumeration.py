"""The best mix of a small case by trying every choice, with one linear program for each.

Written from the rules as docs/methods/funding-check.md lists them, not from the optimiser's rows:
who takes part in what, which article sets the limit of a line, whether central Union money meets
aid on it. All figures of law are typed here again. Euro.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog  # noqa: TID253 - this file is about a second solver

from alpclusters.analysis.funding.case import Allocation, Case, Line, Offer

INTENSITIES = {
    "GB-17": {"small": 20, "medium": 10},
    "GB-18": {"small": 50, "medium": 50},
    "GB-25-experimental": {"small": 45, "medium": 35, "large": 25},
    "GB-25-industrial": {"small": 70, "medium": 60, "large": 50},
    "GB-28": {"small": 50, "medium": 50},
    "GB-28a": {"small": 100, "medium": 100},
    "GB-20a": {"small": 100, "medium": 100, "large": 100},
    "GB-27i": {"cluster": 50},
    "GB-27o": {"cluster": 50},
}
# Art. 25(6): beside the size one of these counts, the last three since July 2023; 80 % at most.
BONUSES = {"collaboration": 15, "a_area": 15, "c_area": 5, "joint_call": 25}
WITH_BONUSES, SINCE_2023 = (
    ("GB-25-experimental", "GB-25-industrial"),
    ("a_area", "c_area", "joint_call"),
)
AVERAGE, SEAL = "GB-27o", "GB-25a"
JULY_2023, YEAR_2024, END = dt.date(2023, 7, 1), dt.date(2024, 1, 1), dt.date(2026, 12, 31)
CENT = 0.01
UNION = ("union_central", "union_shared")

type Terms = dict[int, float]
type Row = tuple[Terms, float]  # sum of terms <= number


@dataclass(frozen=True)
class Cell:
    at: int
    offer: Offer
    line: Line
    rate: float
    article: str  # empty: no aid


@dataclass(frozen=True)
class Option:
    """How the law may stand on a line: the rows of it, and the article that sets the limit."""

    line: Line
    rows: tuple[Row, ...]
    setter: str = ""  # empty: no exempted aid is there


class Enumeration:
    """All choices of a case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.partner = {one.id: one for one in case.partners}
        self.size = {
            one.id: next(u.size for u in case.undertakings if u.id == one.undertaking)
            for one in case.partners
        }
        self.group = {one.id: self._head(one.undertaking) for one in case.partners}
        found = [self._cell(offer, line) for offer in case.offers for line in case.lines]
        kept = [one for one in found if one is not None]
        self.cells = [Cell(at, *one) for at, one in enumerate(kept)]
        self.pairs = sorted({(c.offer.id, c.line.partner) for c in self.cells})
        self.matches = [
            (offer.id, partner.id)
            for offer in case.offers
            for partner in case.partners
            if offer.private_match_bp and partner.kind not in ("public", "research")
        ]
        self.soft = [
            at
            for at, wish in enumerate(case.wishes)
            if wish.weight is not None and wish.type in ("min_total", "min_partner", "fund_line")
        ]

    def best(self) -> float | None:
        """Return what the best mix is worth, less what missed wishes cost; None: there is none."""
        best: float | None = None
        for flags in product((False, True), repeat=len(self.pairs)):
            taking = {pair for pair, flag in zip(self.pairs, flags, strict=True) if flag}
            fixed = self._fixed(taking)
            if fixed is None:
                continue
            active = [c for c in self.cells if (c.offer.id, c.line.partner) in taking]
            if best is not None and self._most(active) + fixed <= best + 1e-9:
                continue
            rows = list(self._rows(active, taking))
            for options in product(*self._options(active)):
                chosen = [row for option in options for row in option.rows]
                chosen += self._rows_of_averages(active, options)
                value = self._solved(active, [*rows, *chosen])
                if value is not None and (best is None or value + fixed > best):
                    best = value + fixed
        return best

    def worth(self, mix: Allocation) -> float:
        """Return what a mix in cents is worth by the same measure."""
        of_line = {line.id: line.partner for line in self.case.lines}
        taking = {(cell.offer, of_line[cell.line]) for cell in mix}
        missed = 0.0
        for at in self.soft:
            wish = self.case.wishes[at]
            got = sum(
                cell.grant_ct
                for cell in mix
                if (wish.partner is None or of_line[cell.line] == wish.partner)
                and (wish.line is None or cell.line == wish.line)
            )
            missed += wish.weight / 100 * max(0.0, 1 - got / wish.amount_ct)
        return sum(cell.grant_ct for cell in mix) / 100 - missed + self._price(taking)

    # --- what a case says ---
    def _head(self, name: str) -> str:
        by = {one.id: one.controlled_by for one in self.case.undertakings}
        while by.get(name) in by:
            name = by[name]
        return name

    def _cell(self, offer: Offer, line: Line):
        is_other = bool(offer.categories) and line.category not in offer.categories
        if is_other or not offer.window[0] <= line.period <= offer.window[1]:
            return None
        article = offer.articles.get(line.category, offer.articles["*"])
        size, rate = self.size[line.partner], offer.rates[0].bp / 10_000
        is_state = offer.origin in ("national", "regional", "union_shared")
        if not (line.economic and size != "none" and is_state) or article == "none":
            return offer, line, rate, ""
        if article == "DM":
            return offer, line, rate, "DM"
        # After the end of the block exemption it is not known which rule holds.
        is_known = offer.grant_date <= END
        limit = self._limit(article, offer, line, offer.grant_date) if is_known else None
        if limit is None:
            return None
        return offer, line, rate if article == AVERAGE else min(rate, limit), article

    def _limit(self, article: str, offer: Offer, line: Line, day: dt.date) -> float | None:
        """Return the part of a cost that may be aid under an article as it stands on a day."""
        if article == SEAL:
            return next(o.rates[0].bp for o in self.case.offers if o.id == offer.seal_of) / 10_000
        kind, size = self.partner[line.partner].kind, self.size[line.partner]
        percent = INTENSITIES[article].get(kind if article.startswith("GB-27") else size)
        if percent is None or article not in WITH_BONUSES:
            return None if percent is None else percent / 100
        held = [b for b in line.bonuses if day >= JULY_2023 or b not in SINCE_2023]
        return min(percent + max([BONUSES[b] for b in held], default=0), 80) / 100

    # --- choices that need no amounts ---
    def _fixed(self, taking: set[tuple[str, str]]) -> float | None:
        """Return efforts and prices of missed wishes as a negative number; None: not allowed."""
        takers = {o.id: [p for name, p in taking if name == o.id] for o in self.case.offers}
        used = {name for name, bodies in takers.items() if bodies}
        for offer in self.case.offers:
            bodies = takers[offer.id]
            lands = {self.partner[p].country for p in bodies}
            least = max(offer.min_countries, self._interreg(offer))
            most = offer.max_partners or len(self.case.partners)
            is_wrong = not offer.min_partners <= len(bodies) <= most
            if bodies and (is_wrong or len(lands) < least):
                return None
        for partner in self.partner:
            central = [
                o for o in self.case.offers
                if o.origin == "union_central" and partner in takers[o.id]
            ]  # fmt: skip
            if len(central) > 1:
                return None
        if any(offer.seal_of in used and offer.id in used for offer in self.case.offers):
            return None
        if not all(self._is_tied(link, used, takers) for link in self.case.links):
            return None
        for wish in self.case.wishes:
            if wish.weight is None and self._missed(wish, used):
                return None
        return self._price(taking)

    @staticmethod
    def _interreg(offer: Offer) -> int:
        """Interreg asks for two countries, each with a beneficiary of its own (2021/1059, 23)."""
        return 2 if offer.origin == "union_shared" and offer.level == "european" else 1

    def _is_tied(self, link, used, takers) -> bool:
        there = [name for name in link.offers if name in used]
        if link.type in ("exclusive", "alternative"):
            return len(there) <= 1
        if link.type == "requires":
            return link.offers[0] not in used or len(there) == len(link.offers)
        if link.type == "paired":
            return len(there) in (0, 2)
        return all(sum(partner in takers[name] for name in there) <= 1 for partner in self.partner)

    def _missed(self, wish, used) -> int:
        """Return how far a wish about offers is missed; wishes for amounts are rows."""
        if wish.type == "use":
            return int(wish.offer not in used)
        if wish.type == "avoid":
            return int(wish.offer in used)
        return max(len(used) - wish.count, 0) if wish.type == "max_offers" else 0

    def _price(self, taking) -> float:
        used = {name for name, _ in taking}
        offers = {one.id: one for one in self.case.offers}
        price = -sum(offers[name].effort_ct for name in used)
        price -= sum(offers[name].partner_effort_ct for name, _ in taking)
        price -= sum(
            wish.weight * self._missed(wish, used)
            for wish in self.case.wishes
            if wish.weight is not None
        )
        return price / 100

    # --- rows ---
    def _rows(self, active, taking) -> Iterator[Row]:
        yield from self._rows_of_offers(active, taking)
        yield from self._rows_of_lines(active)
        yield from self._rows_of_accounts(active)
        yield from self._rows_of_partners(active)
        yield from self._rows_of_matches(active)
        yield from self._rows_of_wishes(active)
        yield from self._rows_of_pairs(active)

    def _rows_of_offers(self, active, taking) -> Iterator[Row]:
        for name, partner in taking:
            offer = next(o for o in self.case.offers if o.id == name)
            mine = [c for c in active if (c.offer.id, c.line.partner) == (name, partner)]
            whole = [c for c in active if c.offer.id == name]
            yield minus(declared(mine)), -max(offer.partner_floor_ct / 100, CENT)
            if offer.partner_cap_ct is not None:
                yield grants(mine), offer.partner_cap_ct / 100
            if offer.max_share_bp is not None:
                yield part(mine, whole, offer.max_share_bp), 0.0
        for offer in self.case.offers:
            whole = [c for c in active if c.offer.id == offer.id]
            if not whole:
                continue
            if offer.cap_ct is not None:
                yield grants(whole), offer.cap_ct / 100
            yield minus(grants(whole)), -offer.floor_ct / 100
            if offer.outside_bp is not None:
                yield part([c for c in whole if c.line.outside], whole, offer.outside_bp), 0.0

    def _rows_of_lines(self, active) -> Iterator[Row]:
        for line in self.case.lines:
            here = [c for c in active if c.line.id == line.id]
            yield grants(here), line.cost_ct / 100
            yield declared([c for c in here if c.offer.origin in UNION]), line.cost_ct / 100

    def _rows_of_accounts(self, active) -> Iterator[Row]:
        for group in sorted(set(self.group.values())):
            mine = [c for c in active if self.group[c.line.partner] == group]
            firms = [u for u in self.case.undertakings if self._head(u.id) == group]
            for state in ("DE", "AT"):
                new = [c for c in mine if c.article == "DM" and c.offer.grants_from == state]
                past = [(a.granted_on, a.amount_ct) for u in firms for a in u.de_minimis
                        if a.state == state]  # fmt: skip
                yield from account(new, past, de_minimis)
            new = [c for c in mine if c.article == "GB-28a"]
            past = [(a.granted_on, a.amount_ct) for u in firms for a in u.earlier_aid]
            yield from account(new, past, advice)
            yield from account([c for c in mine if c.article == "GB-20a"], [], limited)

    def _rows_of_partners(self, active) -> Iterator[Row]:
        for partner in self.case.partners:
            mine = [c for c in active if c.line.partner == partner.id]
            if partner.own_ct is not None:
                cost = sum(x.cost_ct for x in self.case.lines if x.partner == partner.id)
                yield minus(grants(mine)), (partner.own_ct - cost) / 100
            if partner.credit_ct is not None:
                for now in range(self.case.periods.count):
                    yield {c.at: c.rate * waiting(c, now) for c in mine}, partner.credit_ct / 100

    def _rows_of_matches(self, active) -> Iterator[Row]:
        first = len(self.cells)
        for offer in self.case.offers:
            whole = [c for c in active if c.offer.id == offer.id]
            if not offer.private_match_bp or not whole:
                continue
            shown = {
                first + at: -1.0 for at, (name, _) in enumerate(self.matches) if name == offer.id
            }
            share = offer.private_match_bp / 10_000
            yield {**shown, **{c.at: share for c in whole}}, 0.0
        for at, (name, partner) in enumerate(self.matches):
            mine = [c for c in active if (c.offer.id, c.line.partner) == (name, partner)]
            yield {first + at: 1.0, **{c.at: c.rate - 1.0 for c in mine}}, 0.0
        for partner in self.case.partners:
            if partner.own_ct is not None:
                terms = {
                    first + at: 1.0 for at, (_, p) in enumerate(self.matches) if p == partner.id
                }
                yield terms, partner.own_ct / 100

    def _rows_of_wishes(self, active) -> Iterator[Row]:
        for at, wish in enumerate(self.case.wishes):
            if wish.type not in ("min_total", "min_partner", "fund_line"):
                continue
            chosen = [
                c for c in active
                if (wish.partner is None or c.line.partner == wish.partner)
                and (wish.line is None or c.line.id == wish.line)
            ]  # fmt: skip
            amount, terms = wish.amount_ct / 100, minus(grants(chosen))
            if wish.weight is not None:
                terms[self._soft_at(at)] = -amount
            yield terms, -amount

    def _soft_at(self, wish: int) -> int:
        return len(self.cells) + len(self.matches) + self.soft.index(wish)

    def _rows_of_pairs(self, active) -> Iterator[Row]:
        for link in self.case.links:
            if link.type != "paired":
                continue
            first, second = link.ratio or (1, 1)
            for line in self.case.lines:
                here = [c for c in active if c.line.id == line.id]
                terms = {c.at: c.rate * second for c in here if c.offer.id == link.offers[0]}
                terms |= {c.at: -c.rate * first for c in here if c.offer.id == link.offers[1]}
                yield terms, 0.0
                yield minus(terms), 0.0

    # --- which article sets the limit of a line, and whether Union money meets aid there ---
    def _options(self, active) -> list[list[Option]]:
        found = []
        for line in self.case.lines:
            here = [c for c in active if c.line.id == line.id]
            if any(c.article not in ("", "DM") for c in here):
                found.append(list(self._options_of_line(line, here)))
        return found

    def _options_of_line(self, line: Line, here: list[Cell]) -> Iterator[Option]:
        aid = [c for c in here if c.article not in ("", "DM")]
        yield Option(line, ((declared(aid), 0.0),))
        for day in sorted({c.offer.grant_date for c in here if c.article}):
            yield from self._options_of_day(line, here, day)

    def _options_of_day(self, line: Line, here: list[Cell], day: dt.date) -> Iterator[Option]:
        """Where offers of several days meet on a cost the rules of the last day hold."""
        cost = line.cost_ct / 100
        last = [c for c in here if c.article and c.offer.grant_date == day]
        later = [c for c in here if c.article and c.offer.grant_date > day]
        is_last = ((declared(later), 0.0), (minus(declared(last)), -CENT))
        aid = [c for c in here if c.article not in ("", "DM") and c not in later]
        small = [c for c in here if c.article == "DM" and c not in later]
        central = [c for c in here if c.offer.origin == "union_central"]
        public = [c for c in here if c.offer.origin != "private"]
        standing = [(self._limit(c.article, c.offer, line, min(day, END)), c) for c in aid]
        for limit, article in sorted({(limit, c.article) for limit, c in standing}):
            under = [c for c in aid if c.article == article]
            lower = [c for low, c in standing if (low, c.article) < (limit, article)]
            most = 1.0 if article == AVERAGE else limit
            bound = (grants([*aid, *small]), most * cost)
            carries = (minus(declared(under)), -one_per_cent(line) / 100)
            is_lowest = (declared(lower), 0.0)
            apart = (declared(central), 0.0)
            best = max([limit, *(c.rate for c in central)])
            for applied in (carries, is_lowest) if lower else (is_lowest,):
                yield Option(line, (*is_last, bound, applied, apart), article)
                if central:
                    yield Option(
                        line, (*is_last, bound, applied, (grants(public), best * cost)), article
                    )

    def _rows_of_averages(self, active, options) -> Iterator[Row]:
        """Operation of a cluster: half of all costs that its offers in use can take (Art. 27)."""
        setters = {option.line.id: option.setter for option in options}
        for partner in self.partner:
            mine = [c for c in active if c.article == AVERAGE and c.line.partner == partner]
            if not mine:
                continue
            taken = {c.line.id: c.line for c in mine if setters.get(c.line.id, "") in ("", AVERAGE)}
            counted = [c for c in active if c.article and setters.get(c.line.id) == AVERAGE
                       and c.line.id in taken]  # fmt: skip
            yield grants(counted), sum(line.cost_ct for line in taken.values()) / 200

    # --- one linear program ---
    def _most(self, active) -> float:
        return sum(
            min(line.cost_ct / 100, sum(c.rate * line.cost_ct / 100 for c in active
                                        if c.line.id == line.id))
            for line in self.case.lines
        )  # fmt: skip

    def _solved(self, active, rows: list[Row]) -> float | None:
        n = len(self.cells) + len(self.matches) + len(self.soft)
        used = [(terms, side) for terms, side in rows if terms]
        if any(side < -1e-9 for terms, side in rows if not terms):
            return None
        if n == 0:
            return 0.0
        gains, tops = np.zeros(n), np.zeros(n)
        for c in active:
            gains[c.at], tops[c.at] = c.rate, c.line.cost_ct / 100
        tops[len(self.cells) :] = 1e9
        for at in self.soft:
            gains[self._soft_at(at)] = -self.case.wishes[at].weight / 100
            tops[self._soft_at(at)] = 1.0
        matrix = np.zeros((len(used), n))
        for row, (terms, _) in enumerate(used):
            for column, value in terms.items():
                matrix[row, column] += value
        sides = np.array([side for _, side in used])
        found = linprog(
            -gains, A_ub=matrix if used else None, b_ub=sides if used else None,
            bounds=np.stack([np.zeros(n), tops], axis=1), method="highs",
        )  # fmt: skip
        return float(-found.fun) if found.status == 0 else None


def one_per_cent(line: Line) -> int:
    """From so many cents on, declared under an article, the article counts."""
    return (line.cost_ct + 99) // 100


def declared(cells) -> Terms:
    return {c.at: 1.0 for c in cells}


def grants(cells) -> Terms:
    return {c.at: c.rate for c in cells}


def minus(terms: Terms) -> Terms:
    return {at: -value for at, value in terms.items()}


def part(some, whole, share_bp: int) -> Terms:
    """Grants of some cells minus their greatest share of the whole."""
    inside = {c.at for c in some}
    return {c.at: c.rate * ((c.at in inside) - share_bp / 10_000) for c in whole}


def waiting(cell: Cell, now: int) -> float:
    """What a euro granted leaves to be financed at the end of a quarter."""
    offer, spent = cell.offer, cell.line.period
    ahead = offer.prepay_bp / 10_000
    paid = ahead * (offer.window[0] <= now) + (1 - ahead) * (spent + offer.lag_periods <= now)
    return (spent <= now) - paid


type Window = tuple[dt.date, float]  # the day after which grants count, and the most of them


def three_years(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 3)


def de_minimis(day: dt.date) -> Window:
    """Until 2023 200,000 in this fiscal year and the two before, since 300,000 in three years."""
    if day < YEAR_2024:
        return dt.date(day.year - 3, 12, 31), 200_000
    return three_years(day), 300_000


def advice(day: dt.date) -> Window:
    return three_years(day), 200_000 if day < JULY_2023 else 220_000


def limited(day: dt.date) -> Window:
    return dt.date.min, 20_000 if day < JULY_2023 else 22_000


def account(new: list[Cell], past: list[tuple[dt.date, int]], window) -> Iterator[Row]:
    """Aid within a window, on the day of each grant and on each later day of known aid."""
    if not new:
        return
    first = min(c.offer.grant_date for c in new)
    days = {c.offer.grant_date for c in new} | {day for day, _ in past if day >= first}
    for day in sorted(days):
        since, most = window(day)
        counted = [c for c in new if since < c.offer.grant_date <= day]
        before = sum(amount for when, amount in past if since < when <= day) / 100
        if counted:
            yield grants(counted), max(most - before, 0.0)
