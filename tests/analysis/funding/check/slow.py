"""A slow second version of the checker: plain loops over all combinations, a function per rule.

It shares nothing with the first but the records. It gives every ceiling as (rule, subject, limit,
used) in cents or counts, and leaves single cells to the first version.
"""

import datetime as dt
from fractions import Fraction
from itertools import product
from math import floor

from alpclusters.analysis.funding.case import Case

type Found = tuple[str, str, int, int]


class Slow:
    """All ceilings of a mix; each method goes through everything there is."""

    def __init__(self, case: Case, allocation, books) -> None:
        self.case, self.books = case, books
        self.mix = [c for c in allocation if c.declared_ct > 0 and c.grant_ct >= 0]

    # --- looking up, slowly ---
    def offer(self, name):
        return next(o for o in self.case.offers if o.id == name)

    def line(self, name):
        return next(one for one in self.case.lines if one.id == name)

    def partner(self, name):
        return next(p for p in self.case.partners if p.id == name)

    def of(self, cell):
        return self.partner(self.line(cell.line).partner)

    def size(self, partner):
        return next(u.size for u in self.case.undertakings if u.id == partner.undertaking)

    def group(self, partner):
        joined = {partner.undertaking}
        for _ in self.case.undertakings:
            for one in self.case.undertakings:
                if one.controlled_by and {one.id, one.controlled_by} & joined:
                    joined |= {one.id, one.controlled_by}
        return next(u.id for u in self.case.undertakings if u.id in joined)

    def family(self, group):
        of = [p for p in self.case.partners if self.group(p) == group]
        names = {p.undertaking for p in of}
        return [u for u in self.case.undertakings if u.id in names or u.id == group]

    def day(self, offer):
        return offer.day or self.case.periods.start

    def rules(self, day, check=None):
        held = [r for b in self.books for r in b.rules if r.holds_on(day) and _in(b, day)]
        unique = {r.id: r for r in held}
        return [r for r in unique.values() if check is None or r.params.get("check") == check]

    def article(self, cell):
        offer, line = self.offer(cell.offer), self.line(cell.line)
        if not line.economic or self.size(self.of(cell)) == "none":
            return None
        if offer.origin in ("ch", "private", "union_central"):
            return None
        named = offer.articles.get(line.category, offer.articles.get("*", "none"))
        if named in ("none", "DM"):
            return None if named == "none" else "DM"
        return line.article or named

    def rule(self, article, day):
        return next((r for r in self.rules(day) if r.id == article), None)

    def alpha(self, article, day, cell):
        rule = self.rule(article, day)
        if rule is None:
            return None
        p, partner, bonuses = rule.params, self.of(cell), self.line(cell.line).bonuses
        size = self.size(partner)
        base = p.get("cluster_bp") if partner.kind == "cluster" else None
        base = p.get(f"{size}_bp") if base is None else base
        if base is None:
            return None
        total = base + p.get(f"bonus_{size}_bp", 0)
        added = {"disadvantaged", "cross_border", "sme_capacity"}
        total += max([p.get(f"bonus_{b}_bp", 0) for b in bonuses if b not in added] or [0])
        total += sum(p.get(f"bonus_{b}_bp", 0) for b in bonuses if b in added)
        return min(total, p.get("max_bp", 10_000), 10_000)

    # --- one function per rule ---
    def everything(self) -> list[Found]:
        parts = (self.one_grant, self.union_once, self.no_profit, self.cumulation, self.averages,
                 self.union_rate, self.de_minimis, self.thresholds, self.offers, self.partners,
                 self.own_means, self.cash)  # fmt: skip
        return sorted(one for part in parts for one in part())

    def one_grant(self):
        for partner in self.case.partners:
            cells = [c for c in self.mix if self.of(c) == partner]
            if not cells:
                continue
            for rule in self.rules(max(self.day(self.offer(c.offer)) for c in cells), "one_grant"):
                names = {
                    c.offer for c in cells if self.offer(c.offer).origin in rule.params["origins"]
                }
                if names:
                    yield rule.id, f"partner:{partner.id}", 1, len(names)

    def on_lines(self, check):
        for line in self.case.lines:
            cells = [c for c in self.mix if c.line == line.id]
            if cells:
                day = max(self.day(self.offer(c.offer)) for c in cells)
                for rule in self.rules(day, check):
                    yield rule, line, cells

    def union_once(self):
        for rule, line, cells in self.on_lines("union_once"):
            origins = rule.params["origins"].split("|")
            mine = [c for c in cells if self.offer(c.offer).origin in origins]
            if mine:
                yield rule.id, f"line:{line.id}", line.cost_ct, sum(c.declared_ct for c in mine)

    def no_profit(self):
        for rule, line, cells in self.on_lines("no_profit"):
            yield rule.id, f"line:{line.id}", line.cost_ct, sum(c.grant_ct for c in cells)

    def aid_on(self, line):
        """Day, aid, de minimis, articles that count with their intensity and whether averaged."""
        cells = [c for c in self.mix if c.line == line.id and c.grant_ct > 0 and self.article(c)]
        if not cells:
            return None
        day = max(self.day(self.offer(c.offer)) for c in cells)
        small = sum(c.grant_ct for c in cells if self.article(c) == "DM")
        aid = sum(c.grant_ct for c in cells) - small
        found = []
        for article in sorted({self.article(c) for c in cells} - {"DM"}):
            mine = [c for c in cells if self.article(c) == article]
            when = day if self.rule(article, day) else None
            alphas = [a for c in mine
                      if (a := self.alpha(article, when or self.day(self.offer(c.offer)), c))
                      is not None]  # fmt: skip
            if alphas:
                found.append((min(alphas), article, sum(c.declared_ct for c in mine)))
        found.sort()
        counted = [f for at, f in enumerate(found) if at == 0 or 100 * f[2] >= line.cost_ct]
        return day, aid, small, counted

    def averaged(self, article):
        return any(r.id == article and r.params.get("average_over_period")
                   for b in self.books for r in b.rules)  # fmt: skip

    def line_bp(self, counted):
        return 10_000 if not counted or self.averaged(counted[-1][1]) else counted[-1][0]

    def cumulation(self):
        for line in self.case.lines:
            if found := self.aid_on(line):
                day, aid, small, counted = found
                limit = floor(Fraction(line.cost_ct * self.line_bp(counted), 10_000))
                check = "line_limit_de_minimis" if small else "line_limit"
                for rule in self.rules(day, check)[:1]:
                    yield rule.id, f"line:{line.id}", limit, aid + small

    def averages(self):
        articles = {
            r.id for b in self.books for r in b.rules if r.params.get("average_over_period")
        }
        for partner, article in product(self.case.partners, sorted(articles)):
            mine = [c for c in self.mix if self.of(c) == partner and self.article(c) == article]
            if not any(c.grant_ct for c in mine):
                continue
            day = max(self.day(self.offer(c.offer)) for c in mine)
            if self.rule(article, day) is None:
                continue
            lines, used = [], 0
            for line in self.case.lines:
                takes = [o for o in self.case.offers if o.id in {c.offer for c in mine}
                         and o.window[0] <= line.period <= o.window[1]
                         and (not o.categories or line.category in o.categories)
                         and self.article(_Cell(o.id, line.id)) == article]  # fmt: skip
                aid = self.aid_on(line)
                setter = aid[3][-1][1] if aid and aid[3] else None
                if line.partner == partner.id and takes and setter in (None, article):
                    lines.append(line)
                    used += aid[1] + aid[2] if aid and aid[1] else 0
            alphas = [self.alpha(article, day, _Cell(mine[0].offer, one.id)) or 0 for one in lines]
            total = sum(one.cost_ct for one in lines)
            limit = total * min(alphas, default=0) // 10_000
            yield article, f"partner:{partner.id}/{article}", limit, used

    def union_rate(self):
        for line in self.case.lines:
            cells = [c for c in self.mix if c.line == line.id and c.grant_ct > 0]
            central = [c for c in cells if self.offer(c.offer).origin == "union_central"]
            aid = [c for c in cells if self.article(c) not in (None, "DM")]
            if central and aid:
                public = [c for c in cells if self.offer(c.offer).origin != "private"]
                day = max(self.day(self.offer(c.offer)) for c in public)
                counted = self.aid_on(line)[3]
                best = max(self.offer(c.offer).rates[0].bp for c in central)
                bp = max(best, self.line_bp(counted) if counted else 0)
                for rule in self.rules(day, "union_rate"):
                    used = sum(c.grant_ct for c in public)
                    yield rule.id, f"line:{line.id}", line.cost_ct * bp // 10_000, used

    def de_minimis(self):
        groups = {self.group(p) for p in self.case.partners}
        states = {o.grants_from for o in self.case.offers} - {"CH"}
        for group, state in product(sorted(groups), sorted(states)):
            new = [(self.day(self.offer(c.offer)), c.grant_ct) for c in self.mix
                   if self.article(c) == "DM" and self.group(self.of(c)) == group
                   and self.offer(c.offer).grants_from == state and c.grant_ct > 0]  # fmt: skip
            old = [(a.granted_on, a.amount_ct) for u in self.family(group) for a in u.de_minimis
                   if a.state == state and a.amount_ct > 0]  # fmt: skip
            for day in sorted({d for d, _ in new + old}):
                if not new or day < min(d for d, _ in new):
                    continue
                for rule in self.rules(day, "de_minimis"):
                    counts = self.window(rule, group, day)
                    if any(counts(d) for d, _ in new):
                        used = sum(amount for d, amount in new + old if counts(d))
                        subject = f"undertaking:{group}/{state}@{day.isoformat()}"
                        yield rule.id, subject, rule.params["limit_ct"], used

    def window(self, rule, group, day):
        if rule.params["window"] == "rolling":
            return lambda d: d <= day and _years_on(d, 3) > day
        month = self.family(group)[0].fiscal_year_start

        def year(d):
            return d.year - (1 if d.month < month else 0)

        return lambda d: d <= day and year(d) > year(day) - 3

    def thresholds(self):
        keys = set()
        for cell in self.mix:
            for key in self.threshold(cell):
                keys.add(key)
        for key in sorted(keys):
            yield from self.one_threshold(key)

    def threshold(self, cell):
        article = self.article(cell)
        rule = self.rule(article, self.day(self.offer(cell.offer))) if article else None
        if rule is None or "ceiling_ct" not in rule.params:
            return
        per = rule.params.get("ceiling_per", "undertaking_project")
        whom = {"project": "", "cluster": self.of(cell).id}.get(per, self.group(self.of(cell)))
        yield per, rule.params.get("ceiling_group", rule.id), whom

    def one_threshold(self, key):
        per, group, whom = key
        cells = [c for c in self.mix if key in self.threshold(c)]
        new = [(self.day(self.offer(c.offer)), c.grant_ct) for c in cells if c.grant_ct > 0]
        old = []
        if per != "project":
            family = self.family(self.group(self.partner(whom)) if per == "cluster" else whom)
            names = {r.id for b in self.books for r in b.rules
                     if r.params.get("ceiling_group", r.id) == group}  # fmt: skip
            old = [(a.granted_on, a.amount_ct) for u in family for a in u.earlier_aid
                   if a.article in names and a.amount_ct > 0]  # fmt: skip
        for day in sorted({d for d, _ in new + old}):
            if not new or day < min(d for d, _ in new):
                continue
            counts = {
                "undertaking_year": lambda d, day=day: d <= day and d.year == day.year,
                "undertaking_three_years": lambda d, day=day: d <= day and _years_on(d, 3) > day,
            }.get(per, lambda d, day=day: d <= day)
            rules = [r for r in self.rules(day) if r.id in {self.article(c) for c in cells}]
            rules = [r for r in rules if "ceiling_ct" in r.params]
            if not rules or not any(counts(d) for d, _ in new):
                continue
            rule = min(rules, key=lambda r: (r.params["ceiling_ct"], r.id))
            named = {"project": "project", "cluster": f"partner:{whom}"}.get(
                per, f"undertaking:{whom}"
            )
            used = sum(amount for d, amount in new + old if counts(d))
            yield rule.id, f"{named}@{day.isoformat()}", rule.params["ceiling_ct"], used

    def offers(self):
        for offer in self.case.offers:
            cells = [c for c in self.mix if c.offer == offer.id]
            if not cells:
                continue
            total = sum(c.grant_ct for c in cells)
            if offer.cap_ct is not None:
                yield "case.cap", f"offer:{offer.id}", offer.cap_ct, total
            if offer.floor_ct:
                yield "case.floor", f"offer:{offer.id}", offer.floor_ct, total
            if offer.outside_bp is not None:
                out = sum(c.grant_ct for c in cells if self.line(c.line).outside)
                yield "case.outside", f"offer:{offer.id}", offer.outside_bp * total // 10_000, out
            takers = {self.of(c).id for c in cells}
            if offer.min_partners > 1:
                yield "case.min_partners", f"offer:{offer.id}", offer.min_partners, len(takers)
            if offer.max_partners is not None:
                yield "case.max_partners", f"offer:{offer.id}", offer.max_partners, len(takers)
            lands = {self.of(c).country for c in cells}
            if offer.min_countries > 1:
                yield "case.min_countries", f"offer:{offer.id}", offer.min_countries, len(lands)

    def partners(self):
        for offer, partner in product(self.case.offers, self.case.partners):
            cells = [c for c in self.mix if c.offer == offer.id and self.of(c) == partner]
            if not cells:
                continue
            subject = f"offer:{offer.id}/{partner.id}"
            total = sum(c.grant_ct for c in self.mix if c.offer == offer.id)
            mine = sum(c.grant_ct for c in cells)
            if offer.partner_cap_ct is not None:
                yield "case.partner_cap", subject, offer.partner_cap_ct, mine
            if offer.partner_floor_ct:
                declared = sum(c.declared_ct for c in cells)
                yield "case.partner_floor", subject, offer.partner_floor_ct, declared
            if offer.max_share_bp is not None:
                yield "case.max_share", subject, offer.max_share_bp * total // 10_000, mine

    def own_means(self):
        for partner in self.case.partners:
            if partner.own_ct is not None:
                costs = sum(one.cost_ct for one in self.case.lines if one.partner == partner.id)
                paid = sum(c.grant_ct for c in self.mix if self.of(c) == partner)
                yield "case.own_means", f"partner:{partner.id}", partner.own_ct, costs - paid

    def cash(self):
        for partner, at in product(self.case.partners, range(self.case.periods.count)):
            if partner.credit_ct is None:
                continue
            claim = Fraction(0)
            for cell in self.mix:
                if self.of(cell) != partner:
                    continue
                offer, period = self.offer(cell.offer), self.line(cell.line).period
                ahead = Fraction(offer.prepay_bp, 10_000)
                claim += cell.grant_ct * (period <= at)
                claim -= cell.grant_ct * ahead * (offer.window[0] <= at)
                claim -= cell.grant_ct * (1 - ahead) * (period + offer.lag_periods <= at)
            if claim > 0:
                yield "case.credit", f"partner:{partner.id}@{at}", partner.credit_ct, -floor(-claim)


class _Cell:
    def __init__(self, offer: str, line: str) -> None:
        self.offer, self.line = offer, line


def _in(book, day: dt.date) -> bool:
    return book.valid_from <= day and (book.valid_to is None or day <= book.valid_to)


def _years_on(day: dt.date, years: int) -> dt.date:
    """The first day on which a grant of this day is out; 29 February counts as the 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
