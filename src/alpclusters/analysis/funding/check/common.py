"""The accounts that several cases draw from, added up over the mixes of all of them.

Reg. 1407/2013 Art. 3 and 2023/2831 Art. 3(2): de minimis aid counts for the single undertaking and
the granting state, in whatever project it was granted. Reg. 651/2014 Art. 4(1), 28(4): so do the
ceilings per undertaking and year or three years. Written from the text; every grant is looked at on
every day on which something is granted, without running sums.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.case import Allocation, Case, Territory, Undertaking
from alpclusters.analysis.funding.check.aid import (
    DE_MINIMIS,
    FREE,
    basis_of,
    figure,
    fiscal_year_start,
    years_earlier,
)
from alpclusters.analysis.funding.check.ground import Ground, ground_of
from alpclusters.analysis.funding.rulebooks.books import BOOKS
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

YEAR: Final = "undertaking_year"
THREE_YEARS: Final = "undertaking_three_years"
_SWITZERLAND: Final = "CH"
_ONE_DAY: Final = dt.timedelta(days=1)
type Name = tuple[str, str]  # case, undertaking


@dataclass(frozen=True, slots=True)
class CommonGrant:
    """What one case is granted from a common account by one offer."""

    case: str
    offer: str
    day: dt.date
    amount_ct: int


@dataclass(frozen=True, slots=True)
class CommonLimit:
    """A common account on one day: what counts, and the most that may.

    ``limit_ct`` is None where the law of the day is not known.
    """

    on: dt.date
    after: dt.date
    rule: str
    limit_ct: int | None
    earlier_ct: int
    planned_ct: int

    @property
    def over_ct(self) -> int:
        """By how much the limit is passed; 0 where it is kept or not known."""
        if self.limit_ct is None:
            return 0
        return max(self.earlier_ct + self.planned_ct - self.limit_ct, 0)


@dataclass(frozen=True, slots=True)
class CommonAccount:
    """An account of one undertaking that several cases know.

    Attributes
    ----------
    undertakings : tuple of (case, undertaking)
        All that are one.
    kind : {"de_minimis", "article"}
    name : str
        Granting state, or group of articles.
    grants : tuple of CommonGrant
        By day.
    limits : tuple of CommonLimit
        On each day of a grant on which something that is planned counts.
    """

    undertakings: tuple[Name, ...]
    kind: Literal["de_minimis", "article"]
    name: str
    grants: tuple[CommonGrant, ...]
    limits: tuple[CommonLimit, ...]

    @property
    def over_ct(self) -> int:
        """By how much the account is overdrawn on its worst day."""
        return max((limit.over_ct for limit in self.limits), default=0)


def check_common(
    mixes: Sequence[tuple[str, Case, Allocation]],
    same: Iterable[Iterable[Name]],
    *,
    territory: Territory,
    books: Sequence[RuleBook] = BOOKS,
) -> tuple[CommonAccount, ...]:
    """Add up what several mixes grant to undertakings that they have in common.

    Parameters
    ----------
    mixes : sequence of (name, Case, allocation)
    same : iterable of sets of (case, undertaking)
        Who is one undertaking across the cases; control inside a case is read from it.
    territory : Territory
    books : sequence of RuleBook

    Returns
    -------
    tuple of CommonAccount
        Each account of a common undertaking from which something is granted.

    Examples
    --------
    >>> from alpclusters.analysis.funding.case import Territory
    >>> check_common([], [], territory=Territory({}))
    ()
    """
    grounds = {name: ground_of(case, territory, books, ()) for name, case, _ in mixes}
    allocations = {name: allocation for name, _, allocation in mixes}
    found: list[CommonAccount] = []
    for group in _groups(grounds, same):
        if len({name for name, _ in group}) > 1:
            found.extend(_accounts(group, grounds, allocations))
    return tuple(found)


def _groups(
    grounds: Mapping[str, Ground], same: Iterable[Iterable[Name]]
) -> list[tuple[Name, ...]]:
    """Join sets that have somebody in common, until none has."""
    sets: list[set[Name]] = []
    for name, ground in grounds.items():
        by_first: dict[str, set[Name]] = {}
        for undertaking, first in ground.groups.items():
            by_first.setdefault(first, set()).add((name, undertaking))
        sets.extend(by_first.values())
    for one in same:
        joined = set(one)
        apart = [each for each in sets if each.isdisjoint(joined)]
        met = [each for each in sets if not each.isdisjoint(joined)]
        sets = [*apart, joined.union(*met)]
    return sorted(tuple(sorted(one)) for one in sets)


def _accounts(
    group: tuple[Name, ...],
    grounds: Mapping[str, Ground],
    allocations: Mapping[str, Allocation],
) -> Iterator[CommonAccount]:
    grants: dict[tuple[str, str], Counter[CommonGrant]] = {}
    rules: dict[tuple[str, str], Rule] = {}
    for name, ground in grounds.items():
        mine = {undertaking for case, undertaking in group if case == name}
        for cell in allocations[name]:
            offer, line = ground.offers[cell.offer], ground.lines[cell.line]
            if ground.partners[line.partner].undertaking not in mine or not cell.grant_ct:
                continue
            day, article = ground.day(offer), basis_of(ground, offer, line)
            key = _account(ground, article, offer.grants_from, day)
            if key is None:
                continue
            if key[0] == "article":
                rules[key] = ground.rules(day)[article]
            grant = CommonGrant(name, cell.offer, day, 0)
            grants.setdefault(key, Counter())[grant] += cell.grant_ct
    for key, sums in sorted(grants.items()):
        planned = [CommonGrant(g.case, g.offer, g.day, ct) for g, ct in sums.items()]
        planned.sort(key=lambda one: (one.day, one.case, one.offer))
        earlier = _earlier(group, grounds, key)
        limits = tuple(_limits(group, grounds, key, planned, earlier, rules.get(key)))
        kind: Literal["de_minimis", "article"] = "article" if key[0] == "article" else "de_minimis"
        yield CommonAccount(group, kind, key[1], tuple(planned), limits)


def _account(ground: Ground, article: str, state: str, day: dt.date) -> tuple[str, str] | None:
    if article == DE_MINIMIS:
        return None if state == _SWITZERLAND else ("de_minimis", state)
    rule = None if article == FREE else ground.rules(day).get(article)
    if rule is None or rule.params.get("ceiling_per") not in (YEAR, THREE_YEARS):
        return None
    return "article", _group_of(rule)


def _group_of(rule: Rule) -> str:
    return str(rule.params.get("ceiling_group", rule.id))


def _earlier(
    group: tuple[Name, ...], grounds: Mapping[str, Ground], key: tuple[str, str]
) -> list[tuple[dt.date, int]]:
    """Return aid granted before; what several cases state of it is one grant."""
    most: Counter[tuple[dt.date, int]] = Counter()
    for name, ground in grounds.items():
        mine = [u for u in ground.case.undertakings if (name, u.id) in group]
        stated: Counter[tuple[dt.date, int]] = Counter()
        if key[0] == "de_minimis":
            stated.update(
                (a.granted_on, a.amount_ct) for u in mine for a in u.de_minimis if a.state == key[1]
            )
        else:
            groups = {r.id: _group_of(r) for book in ground.books for r in book.rules}
            stated.update(
                (a.granted_on, a.amount_ct)
                for u in mine
                for a in u.earlier_aid
                if groups.get(a.article, a.article) == key[1]
            )
        most |= stated
    return sorted(most.elements())


def _limits(
    group: tuple[Name, ...],
    grounds: Mapping[str, Ground],
    key: tuple[str, str],
    planned: Sequence[CommonGrant],
    earlier: Sequence[tuple[dt.date, int]],
    article: Rule | None,
) -> Iterator[CommonLimit]:
    first = min(one.day for one in planned)
    days = {one.day for one in planned} | {day for day, _ in earlier if day >= first}
    for day in sorted(days):
        rule = _rule(grounds, key, day, article)
        if rule is None:
            yield CommonLimit(day, day, "", None, 0, 0)
            continue
        after = _after(group, grounds, rule, day)
        counted = sum(one.amount_ct for one in planned if after < one.day <= day)
        before = sum(amount for granted, amount in earlier if after < granted <= day)
        if counted:
            limit = _limit(group, grounds, rule)
            yield CommonLimit(day, after, rule.id, limit, before, counted)


def _rule(
    grounds: Mapping[str, Ground], key: tuple[str, str], day: dt.date, article: Rule | None
) -> Rule | None:
    ground = next(iter(grounds.values()))
    if article is None:
        return next(iter(ground.rules_for(day, "de_minimis")), None)
    held = [
        rule
        for rule in ground.rules(day).values()
        if "ceiling_ct" in rule.params and _group_of(rule) == key[1]
    ]
    return min(held, key=lambda one: (figure(one, "ceiling_ct"), one.id), default=None)


def _after(
    group: tuple[Name, ...], grounds: Mapping[str, Ground], rule: Rule, day: dt.date
) -> dt.date:
    """Return the day after which grants count."""
    per = rule.params.get("ceiling_per")
    if per == YEAR:
        return dt.date(day.year, 1, 1) - _ONE_DAY
    if per == THREE_YEARS or rule.params.get("window") == "rolling":
        return years_earlier(day, figure(rule, "years", 3))
    month = _members(group, grounds)[0].fiscal_year_start
    return fiscal_year_start(day, month, figure(rule, "years", 3) - 1) - _ONE_DAY


def _limit(group: tuple[Name, ...], grounds: Mapping[str, Ground], rule: Rule) -> int:
    if "ceiling_ct" in rule.params:
        return figure(rule, "ceiling_ct")
    is_freight = any(
        one.facts.get("road_freight") is True and (name, one.undertaking) in group
        for name, ground in grounds.items()
        for one in ground.case.partners
    )
    lower = is_freight and "road_freight_ct" in rule.params
    return figure(rule, "road_freight_ct" if lower else "limit_ct")


def _members(group: tuple[Name, ...], grounds: Mapping[str, Ground]) -> list[Undertaking]:
    return [
        one
        for name, ground in grounds.items()
        for one in ground.case.undertakings
        if (name, one.id) in group
    ]
