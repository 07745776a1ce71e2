"""Step 7: de minimis accounts, one for each single undertaking and granting state.

Reg. 1407/2013 Art. 3 (three fiscal years, grants to the end of 2023) and Reg. 2023/2831 Art. 3(2)
(any three years, grants since 2024). The account is checked on the day of every grant; aid granted
earlier counts, whatever regulation it was granted under (Art. 7(2) of 2023/2831).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.records import PastAid, Undertaking
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, basis
from alpclusters.analysis.funding.check.amounts import Amounts, cells_of_group
from alpclusters.analysis.funding.check.dates import (
    fiscal_year_start,
    years_earlier,
    years_later,
)
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Limit,
    law_of,
    note,
    together,
    undecided,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import figure
from alpclusters.analysis.funding.check.ledgers import Entry, Ledger, ledger_of
from alpclusters.analysis.funding.rulebooks.records import Rule

SWITZERLAND: Final = "CH"
EDGE_DAYS: Final = 2
_ONE_DAY: Final = dt.timedelta(days=1)


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
    found = [_on_day(ground, ledger, key, day) for day in days]
    return together([*found, _self_declared(ground, key, days), _counted_plans(ground, key, days)])


def members(ground: Ground, group: str) -> list[Undertaking]:
    """Return the undertakings that are one by control."""
    return [u for u in ground.case.undertakings if ground.groups[u.id] == group]


def past_aid(ground: Ground, key: Key) -> list[PastAid]:
    """Return what a state granted an undertaking earlier."""
    return [a for u in members(ground, key[0]) for a in u.de_minimis if a.state == key[1]]


def _ledger(ground: Ground, amounts: Amounts, key: Key) -> Ledger:
    earlier = [Entry(aid.granted_on, aid.amount_ct) for aid in past_aid(ground, key)]
    return ledger_of([*earlier, *_planned(ground, amounts, key)])


def _planned(ground: Ground, amounts: Amounts, key: Key) -> Iterator[Entry]:
    """Yield for each offer what it grants to the undertaking."""
    granted: dict[str, int] = {}
    for cell in cells_of_group(amounts, key[0], ground):
        if key in accounts_touched(ground, cell):
            granted[cell.offer] = granted.get(cell.offer, 0) + cell.grant_ct
    for name, amount in granted.items():
        yield Entry(ground.day(ground.offers[name]), amount, name)


def _on_day(ground: Ground, ledger: Ledger, key: Key, day: dt.date) -> Findings:
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
    return fiscal_year_start(day, month, years - 1) - _ONE_DAY


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
    others = ledger.within(years_earlier(day, years) + _ONE_DAY, day)
    leaving = [
        years_later(e.day, years) + _ONE_DAY for e in others if not (e.offer and e.day == day)
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
