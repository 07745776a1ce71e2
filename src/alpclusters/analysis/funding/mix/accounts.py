"""De minimis accounts: for each state and single undertaking, at each day of a grant (C11)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import Case, PastAid
from alpclusters.analysis.funding.mix.days import fiscal_year, years_before
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.mix.pools import AidCell, Pool, account_of, undertaking_keys
from alpclusters.analysis.funding.rulebooks.records import Rule

CHECK: Final = "de_minimis"
ROLLING: Final = "rolling"
SWISS: Final = "CH"


@dataclass(frozen=True, slots=True)
class Account:
    """What was granted to an undertaking by a state, and what may be."""

    undertaking: str
    state: str
    history: tuple[PastAid, ...]
    fiscal_year_start: int
    is_road_freight: bool
    cells: tuple[AidCell, ...]


def account_pools(case: Case, law: Law, cells: Sequence[AidCell]) -> Iterator[Pool]:
    """Yield a ceiling for each account and each day on which something is or may be granted."""
    for account in _accounts(case, cells):
        for day in sorted(_days(case, law, account)):
            if pool := _pool(case, law, account, day):
                yield pool


def _accounts(case: Case, cells: Sequence[AidCell]) -> Iterator[Account]:
    keys = undertaking_keys(case)
    by_account: dict[tuple[str, str], list[AidCell]] = defaultdict(list)
    for cell in cells:
        if case.offers[cell.offer].grants_from != SWISS:
            by_account[account_of(case, keys, cell.offer, cell.partner)].append(cell)
    for (undertaking, state), members in by_account.items():
        family = [u for u in case.undertakings if keys[u.id] == undertaking]
        history = tuple(aid for u in family for aid in u.de_minimis if aid.state == state)
        road = any(
            partner.facts.get("road_freight") is True
            for partner in case.partners
            if keys[partner.undertaking] == undertaking
        )
        first = family[0].fiscal_year_start
        yield Account(undertaking, state, history, first, road, tuple(members))


def _days(case: Case, law: Law, account: Account) -> set[dt.date]:
    """The days of new grants and, later than them, of known ones."""
    new = {law.day_of(case.offers[cell.offer]) for cell in account.cells}
    later = {aid.granted_on for aid in account.history if aid.granted_on > min(new)}
    return new | later


def _pool(case: Case, law: Law, account: Account, day: dt.date) -> Pool | None:
    rule = next(iter(law.checks(CHECK, day)), None)
    if rule is None:
        return None
    counts = _window(rule, account, day)
    cells = [c.cell for c in account.cells if counts(law.day_of(case.offers[c.offer]))]
    used = sum(aid.amount_ct for aid in account.history if counts(aid.granted_on))
    subject = f"undertaking:{account.undertaking}/{account.state}@{day.isoformat()}"
    room = max(_limit_ct(rule, account) - used, 0)
    return Pool("C11", subject, np.array(sorted(cells), dtype=np.int64), room)


def _limit_ct(rule: Rule, account: Account) -> int:
    name = "road_freight_ct" if account.is_road_freight else "limit_ct"
    return int(rule.params.get(name, rule.params["limit_ct"]))


class _Counts:
    """Says whether a day lies in the window that ends on another."""

    def __init__(self, rule: Rule, first_month: int, day: dt.date) -> None:
        self._is_rolling = rule.params.get("window") == ROLLING
        self._years, self._month, self._day = int(rule.params.get("years", 3)), first_month, day

    def __call__(self, granted: dt.date) -> bool:
        if granted > self._day:
            return False
        if self._is_rolling:
            return granted > years_before(self._day, self._years)
        this, that = fiscal_year(self._day, self._month), fiscal_year(granted, self._month)
        return that > this - self._years


def _window(rule: Rule, account: Account, day: dt.date) -> _Counts:
    return _Counts(rule, account.fiscal_year_start, day)
