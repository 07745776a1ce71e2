"""Step 8: ceilings of the block exemption per undertaking, project, year and cluster.

Reg. 651/2014 Art. 4(1) and 8(1): all State aid of the activity, the project or the undertaking
counts. Checked on the day of every grant with the ceiling of that day, over all aid granted until
then under the same article (operation and investment of a cluster share one ceiling, Art. 27).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check.accounts import members
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis
from alpclusters.analysis.funding.check.amounts import Amounts, cells_of_group
from alpclusters.analysis.funding.check.dates import years_earlier
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Limit,
    law_of,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import figure
from alpclusters.analysis.funding.check.ledgers import Entry, Ledger, ledger_of
from alpclusters.analysis.funding.rulebooks.records import Rule

PROJECT = "project"
CLUSTER = "cluster"
YEAR = "undertaking_year"
THREE_YEARS = "undertaking_three_years"
_ONE_DAY = dt.timedelta(days=1)


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
    ledger = ledger_of([*_earlier(ground, key), *_planned(ground, cells)])
    articles = sorted({basis(ground, cell) for cell in cells})
    days = ledger.check_days()
    return together([_on_day(ground, ledger, key, articles, day) for day in days])


def _on_day(
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
        return dt.date(day.year, 1, 1) - _ONE_DAY
    return years_earlier(day, 3) if per == THREE_YEARS else dt.date.min


def _cells(ground: Ground, amounts: Amounts, key: Key) -> list[Cell]:
    if key[0] == PROJECT:
        every = [cell for cells in amounts.by_offer.values() for cell in cells]
    else:
        every = cells_of_group(amounts, _undertaking(ground, key), ground)
    return [cell for cell in every if key in thresholds_touched(ground, cell)]


def _planned(ground: Ground, cells: Iterable[Cell]) -> Iterator[Entry]:
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
