"""Steps 7 and 8: de minimis accounts and thresholds of the block exemption, added up by days."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from alpclusters.analysis.funding.case import Cell, PastAid, Undertaking
from alpclusters.analysis.funding.check.aid import (
    DE_MINIMIS,
    FREE,
    basis,
    figure,
    fiscal_year_start,
    years_earlier,
    years_later,
)
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    Limit,
    cells_of_group,
    law_of,
    note,
    together,
    undecided,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- Dated amounts of one account, added up over windows of days ----------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An amount granted on a day; ``offer`` names a planned grant, else it was granted earlier."""

    day: dt.date
    amount_ct: int
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in order of days with running sums: all of them, and the planned ones."""

    entries: tuple[Entry, ...]
    days: tuple[dt.date, ...]
    sums: tuple[int, ...]
    planned: tuple[int, ...]

    def over(self, after: dt.date, until: dt.date) -> tuple[int, int]:
        """Return all and the planned amounts of the days after one until another."""
        first, last = bisect_right(self.days, after), bisect_right(self.days, until)
        return self.sums[last] - self.sums[first], self.planned[last] - self.planned[first]

    def within(self, first: dt.date, last: dt.date) -> Sequence[Entry]:
        """Return the entries of the days from one to another, both counted."""
        return self.entries[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def check_days(self) -> list[dt.date]:
        """Return the days of planned grants, and those of others that come after the first."""
        new = [entry.day for entry in self.entries if entry.offer]
        return sorted({day for day in self.days if new and day >= min(new)})


def ledger_of(entries: Iterable[Entry]) -> Ledger:
    """Return a ledger; amounts of 0 count for nothing and are left out."""
    ordered = tuple(sorted(entry for entry in entries if entry.amount_ct > 0))
    planned = [entry.amount_ct if entry.offer else 0 for entry in ordered]
    return Ledger(
        ordered,
        tuple(entry.day for entry in ordered),
        tuple(accumulate((entry.amount_ct for entry in ordered), initial=0)),
        tuple(accumulate(planned, initial=0)),
    )


# --- Step 7: de minimis accounts, one for each single undertaking and granting state --------------
#
# Reg. 1407/2013 Art. 3 (three fiscal years, grants to the end of 2023) and Reg. 2023/2831 Art.
# 3(2) (any three years, grants since 2024). The account is checked on the day of every grant; aid
# granted earlier counts, whatever regulation it was granted under (Art. 7(2) of 2023/2831).


SWITZERLAND: Final = "CH"
EDGE_DAYS: Final = 2
_ACCOUNTS_ONE_DAY: Final = dt.timedelta(days=1)


def account_keys(ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield undertaking and state of each account from which something is granted."""
    cells = [cell for cells in amounts.by_offer.values() for cell in cells]
    yield from sorted({key for cell in cells for key in accounts_touched(ground, cell)})


def accounts_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the account of a cell; Swiss grants never count."""
    if cell.offer not in ground.offers or cell.line not in ground.lines:
        return
    state = ground.offers[cell.offer].grants_from
    if state != SWITZERLAND and basis(ground, cell) == DE_MINIMIS:
        yield (_group(ground, cell), state)


def judge_account(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check an account on the day of every grant, and say what is unsure about its history."""
    ledger = _ledger(ground, amounts, key)
    days = ledger.check_days()
    if not days:
        return NOTHING
    found = [_accounts_on_day(ground, ledger, key, day) for day in days]
    return together([*found, _self_declared(ground, key, days), _counted_plans(ground, key, days)])


def members(ground: Ground, group: str) -> list[Undertaking]:
    """Return the undertakings that are one by control."""
    return [u for u in ground.case.undertakings if ground.groups[u.id] == group]


def past_aid(ground: Ground, key: Key) -> list[PastAid]:
    """Return what a state granted an undertaking earlier."""
    return [a for u in members(ground, key[0]) for a in u.de_minimis if a.state == key[1]]


def _ledger(ground: Ground, amounts: Amounts, key: Key) -> Ledger:
    earlier = [Entry(aid.granted_on, aid.amount_ct) for aid in past_aid(ground, key)]
    return ledger_of([*earlier, *_accounts_planned(ground, amounts, key)])


def _accounts_planned(ground: Ground, amounts: Amounts, key: Key) -> Iterator[Entry]:
    """Yield for each offer what it grants to the undertaking."""
    granted: dict[str, int] = {}
    for cell in cells_of_group(amounts, key[0], ground):
        if key in accounts_touched(ground, cell):
            granted[cell.offer] = granted.get(cell.offer, 0) + cell.grant_ct
    for name, amount in granted.items():
        yield Entry(ground.day(ground.offers[name]), amount, name)


def _accounts_on_day(ground: Ground, ledger: Ledger, key: Key, day: dt.date) -> Findings:
    rules = ground.rules_for(day, "de_minimis")
    subject = f"undertaking:{key[0]}/{key[1]}@{day.isoformat()}"
    if not rules:
        return undecided("law_unknown", subject, "DM", on=day.isoformat(), article=DE_MINIMIS)
    after = window_start(ground, rules[0], key[0], day)
    used, planned = ledger.over(after, day)
    if not planned:
        return NOTHING
    limit, name = _limit(ground, rules[0], key[0])
    params: dict[str, int | str] = {"on": day.isoformat(), "planned": planned}
    weighed = weigh(
        Limit(
            law_of(ground, rules[0], day, name),
            subject,
            ground.at("undertakings", key[0]),
            limit,
            used,
            params=params,
        )
    )
    edge = _near_edge(ledger, rules[0], subject, after, day)
    return together([weighed, edge, _wait(ledger, rules[0], subject, day, limit)])


def window_start(ground: Ground, rule: Rule, group: str, day: dt.date) -> dt.date:
    """Return the day after which grants count: open at its left end."""
    years = figure(rule, "years", 3)
    if rule.params.get("window") == "rolling":
        return years_earlier(day, years)
    month = members(ground, group)[0].fiscal_year_start
    return fiscal_year_start(day, month, years - 1) - _ACCOUNTS_ONE_DAY


def _limit(ground: Ground, rule: Rule, group: str) -> tuple[int, str]:
    """Return the limit and the name of its figure; road freight had a lower one until 2023."""
    mine = {undertaking.id for undertaking in members(ground, group)}
    is_freight = any(
        p.facts.get("road_freight") is True for p in ground.case.partners if p.undertaking in mine
    )
    name = "road_freight_ct" if is_freight and "road_freight_ct" in rule.params else "limit_ct"
    return figure(rule, name), name


def _near_edge(ledger: Ledger, rule: Rule, subject: str, after: dt.date, day: dt.date) -> Findings:
    """Warn of grants within two days of the window's edge: the register's own count is unknown."""
    if rule.params.get("window") != "rolling":
        return NOTHING
    near = dt.timedelta(days=EDGE_DAYS)
    return together(
        [
            note(
                "de_minimis_edge",
                subject,
                rule.id,
                granted_on=e.day.isoformat(),
                on=day.isoformat(),
            )
            for e in ledger.within(after - near, min(after + near, day))
        ]
    )


def _wait(ledger: Ledger, rule: Rule, subject: str, day: dt.date, limit: int) -> Findings:
    """Say from which day the same grant would have room, if old aid leaves the window.

    One day more than the window needs, because its edge is a convention.
    """
    years = figure(rule, "years", 3)
    if rule.params.get("window") != "rolling":
        return NOTHING
    used, _ = ledger.over(years_earlier(day, years), day)
    if used <= limit:
        return NOTHING
    mine = sum(e.amount_ct for e in ledger.within(day, day) if e.offer)
    others = ledger.within(years_earlier(day, years) + _ACCOUNTS_ONE_DAY, day)
    leaving = [
        years_later(e.day, years) + _ACCOUNTS_ONE_DAY
        for e in others
        if not (e.offer and e.day == day)
    ]
    for later in sorted(set(leaving)):
        counted = ledger.over(years_earlier(later, years), day)[0] - mine
        if counted + mine <= limit:
            days = {"on": day.isoformat(), "until": later.isoformat()}
            return note("waiting_makes_room", subject, rule.id, room=limit - counted, **days)
    return NOTHING


def _self_declared(ground: Ground, key: Key, days: Iterable[dt.date]) -> Findings:
    """Warn where history is self-declared; the register begins in 2026 (Art. 6, 7(4))."""
    stated = [aid for aid in past_aid(ground, key) if aid.declared == "self"]
    rules = ground.rules_for(max(days), "self_declared")
    if not stated:
        return NOTHING
    name = rules[0].id if rules else "DM"
    return note("self_declared", f"undertaking:{key[0]}/{key[1]}", name, n=len(stated))


def _counted_plans(ground: Ground, key: Key, days: Iterable[dt.date]) -> Findings:
    """Say that grants count which are only planned elsewhere, and how much they are."""
    plans = [aid for aid in past_aid(ground, key) if aid.declared == "planned"]
    if not plans:
        return NOTHING
    rules = ground.rules_for(max(days), "de_minimis")
    amount = sum(aid.amount_ct for aid in plans)
    subject = f"undertaking:{key[0]}/{key[1]}"
    return note("planned_elsewhere", subject, rules[0].id if rules else "DM", amount=amount)


def _group(ground: Ground, cell: Cell) -> str:
    partner = ground.partners[ground.lines[cell.line].partner]
    return ground.groups[partner.undertaking]


# --- Step 8: ceilings of the block exemption per undertaking, project, year and cluster -----------
#
# Reg. 651/2014 Art. 4(1) and 8(1): all State aid of the activity, the project or the undertaking
# counts. Checked on the day of every grant with the ceiling of that day, over all aid granted
# until then under the same article (operation and investment of a cluster share one ceiling, Art.
# 27).


PROJECT = "project"
CLUSTER = "cluster"
YEAR = "undertaking_year"
THREE_YEARS = "undertaking_three_years"
_THRESHOLDS_ONE_DAY = dt.timedelta(days=1)


def threshold_keys(ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield measure, group of articles and subject of each ceiling that something uses."""
    cells = [cell for cells in amounts.by_offer.values() for cell in cells]
    yield from sorted({key for cell in cells for key in thresholds_touched(ground, cell)})


def thresholds_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the ceiling that a cell counts in; none where its article has none."""
    if cell.offer not in ground.offers or cell.line not in ground.lines:
        return
    rule = _rule(ground, cell)
    if rule is not None and "ceiling_ct" in rule.params:
        per = str(rule.params.get("ceiling_per", "undertaking_project"))
        yield (per, _group_of(rule), _subject(ground, cell, per))


def judge_threshold(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check one ceiling on every day on which something is granted under it."""
    cells = _cells(ground, amounts, key)
    ledger = ledger_of([*_earlier(ground, key), *_thresholds_planned(ground, cells)])
    articles = sorted({basis(ground, cell) for cell in cells})
    days = ledger.check_days()
    return together([_thresholds_on_day(ground, ledger, key, articles, day) for day in days])


def _thresholds_on_day(
    ground: Ground, ledger: Ledger, key: Key, articles: Iterable[str], day: dt.date
) -> Findings:
    held = [ground.rules(day)[name] for name in articles if name in ground.rules(day)]
    rules = [rule for rule in held if "ceiling_ct" in rule.params]
    used, planned = ledger.over(_after(key[0], day), day)
    if not (rules and planned):
        return NOTHING
    rule = min(rules, key=lambda one: (figure(one, "ceiling_ct"), one.id))
    law = law_of(ground, rule, day, "ceiling_ct", set_by=key[1])
    subject = f"{_named(key)}@{day.isoformat()}"
    pointer = _pointer(ground, key)
    limit = figure(rule, "ceiling_ct")
    return weigh(Limit(law, subject, pointer, limit, used, params={"on": day.isoformat()}))


def _after(per: str, day: dt.date) -> dt.date:
    """Return the day after which grants count."""
    if per == YEAR:
        return dt.date(day.year, 1, 1) - _THRESHOLDS_ONE_DAY
    return years_earlier(day, 3) if per == THREE_YEARS else dt.date.min


def _cells(ground: Ground, amounts: Amounts, key: Key) -> list[Cell]:
    if key[0] == PROJECT:
        every = [cell for cells in amounts.by_offer.values() for cell in cells]
    else:
        every = cells_of_group(amounts, _undertaking(ground, key), ground)
    return [cell for cell in every if key in thresholds_touched(ground, cell)]


def _thresholds_planned(ground: Ground, cells: Iterable[Cell]) -> Iterator[Entry]:
    granted: dict[str, int] = {}
    for cell in cells:
        granted[cell.offer] = granted.get(cell.offer, 0) + cell.grant_ct
    for name, amount in granted.items():
        yield Entry(ground.day(ground.offers[name]), amount, name)


def _earlier(ground: Ground, key: Key) -> Iterator[Entry]:
    """Yield aid granted before under the same articles; a project has none before itself."""
    if key[0] == PROJECT:
        return
    groups = _ceiling_groups(ground)
    for undertaking in members(ground, _undertaking(ground, key)):
        for aid in undertaking.earlier_aid:
            if groups.get(aid.article, aid.article) == key[1]:
                yield Entry(aid.granted_on, aid.amount_ct)


def _ceiling_groups(ground: Ground) -> Mapping[str, str]:
    return {rule.id: _group_of(rule) for book in ground.books for rule in book.rules}


def _group_of(rule: Rule) -> str:
    return str(rule.params.get("ceiling_group", rule.id))


def _rule(ground: Ground, cell: Cell) -> Rule | None:
    article = basis(ground, cell)
    if article in (FREE, DE_MINIMIS):
        return None
    return ground.rules(ground.day(ground.offers[cell.offer])).get(article)


def _subject(ground: Ground, cell: Cell, per: str) -> str:
    if per == PROJECT:
        return ""
    partner = ground.partners[ground.lines[cell.line].partner]
    return partner.id if per == CLUSTER else ground.groups[partner.undertaking]


def _undertaking(ground: Ground, key: Key) -> str:
    name = ground.partners[key[2]].undertaking if key[0] == CLUSTER else key[2]
    return ground.groups[name]


def _named(key: Key) -> str:
    if key[0] == PROJECT:
        return PROJECT
    return f"partner:{key[2]}" if key[0] == CLUSTER else f"undertaking:{key[2]}"


def _pointer(ground: Ground, key: Key) -> str:
    if key[0] == PROJECT:
        return "/lines"
    return ground.at("partners" if key[0] == CLUSTER else "undertakings", key[2])
