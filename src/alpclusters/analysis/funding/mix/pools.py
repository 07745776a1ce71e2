"""Ceilings over many cells: thresholds of articles, averages over a period (C12, C9)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.funding.case import Case, EarlierAid
from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.days import years_before
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.rulebooks.records import Rule

PROJECT = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """``sum of grants of cells <= limit_ct``; ``constraint`` and ``subject`` name the row."""

    constraint: str
    subject: str
    cells: IntArray
    limit_ct: int


@dataclass(frozen=True, slots=True, eq=False)
class Average:
    """Aid on the lines under an article ``<= bp`` of the cost of those that are used."""

    article: str
    subject: str
    cells: IntArray
    lines: IntArray
    bp: int


@dataclass(frozen=True, slots=True)
class AidCell:
    """A cell that is aid under an article, with what its ceilings ask about it."""

    cell: int
    offer: int
    line: int
    partner: int


@dataclass(frozen=True, slots=True)
class _Group:
    """All aid that shares one ceiling: articles of a group, for an undertaking or the project."""

    articles: tuple[str, ...]
    undertaking: str
    cells: tuple[AidCell, ...]


def undertaking_keys(case: Case) -> Mapping[str, str]:
    """Return for each undertaking the first of those it hangs together with by control."""
    order = {undertaking.id: i for i, undertaking in enumerate(case.undertakings)}
    parent = {name: name for name in order}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for undertaking in case.undertakings:
        if undertaking.controlled_by in parent:
            ends = (root(undertaking.id), root(undertaking.controlled_by))
            first, second = sorted(ends, key=order.__getitem__)
            parent[second] = first
    return {name: root(name) for name in parent}


def threshold_pools(
    case: Case, law: Law, aid_cells: Mapping[str, Sequence[AidCell]]
) -> Iterator[Pool]:
    """Yield the thresholds of articles per undertaking, year, cluster or project (C12).

    Parameters
    ----------
    case : Case
    law : Law
    aid_cells : mapping of str to sequence of AidCell
        By article.
    """
    for group in _groups(case, law, aid_cells):
        for day in sorted(_days(case, law, group)):
            if pool := _pool(case, law, group, day):
                yield pool


def _groups(case: Case, law: Law, aid_cells: Mapping[str, Sequence[AidCell]]) -> Iterator[_Group]:
    keys = undertaking_keys(case)
    cells: dict[tuple[str, str], list[AidCell]] = defaultdict(list)
    articles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article, members in aid_cells.items():
        for cell in members:
            rule = law.rule(article, law.day_of(case.offers[cell.offer]))
            if rule is None or "ceiling_ct" not in rule.params:
                continue
            is_project = rule.params.get("ceiling_per") == "project"
            owner = PROJECT if is_project else keys[case.partners[cell.partner].undertaking]
            key = (str(rule.params.get("ceiling_group", article)), owner)
            cells[key].append(cell)
            articles[key].add(article)
    for key, members in cells.items():
        yield _Group(tuple(sorted(articles[key])), key[1], tuple(members))


def _days(case: Case, law: Law, group: _Group) -> set[dt.date]:
    """The days of new grants and, later than them, of known ones."""
    keys = undertaking_keys(case)
    new = {law.day_of(case.offers[cell.offer]) for cell in group.cells}
    family = [u for u in case.undertakings if keys[u.id] == group.undertaking]
    known = {aid.granted_on for undertaking in family for aid in undertaking.earlier_aid}
    return new | {day for day in known if day > min(new)}


def _pool(case: Case, law: Law, group: _Group, day: dt.date) -> Pool | None:
    found = [rule for name in group.articles if (rule := law.rule(name, day))]
    if not found:
        return None
    rule = min(found, key=lambda each: int(each.params["ceiling_ct"]))
    counted = [c for c in group.cells if _counts(rule, law.day_of(case.offers[c.offer]), day)]
    used = sum(aid.amount_ct for aid in _earlier(case, law, group, rule, day))
    subject = f"undertaking:{group.undertaking}" if group.undertaking else "project"
    return Pool(
        "C12",
        f"{subject}:{'+'.join(group.articles)}@{day.isoformat()}",
        numbers(counted),
        max(int(rule.params["ceiling_ct"]) - used, 0),
    )


def _counts(rule: Rule, granted: dt.date, day: dt.date) -> bool:
    """Say whether a grant of one day counts in the ceiling that is checked on another."""
    per = rule.params.get("ceiling_per")
    if granted > day:
        return False
    if per == "undertaking_year":
        return granted.year == day.year
    return per != "undertaking_three_years" or granted > years_before(day, 3)


def _earlier(case: Case, law: Law, group: _Group, rule: Rule, day: dt.date) -> Iterator[EarlierAid]:
    keys = undertaking_keys(case)
    wanted = str(rule.params.get("ceiling_group", rule.id))
    for undertaking in case.undertakings:
        if keys[undertaking.id] != group.undertaking:
            continue
        for aid in undertaking.earlier_aid:
            its = law.rule(aid.article, aid.granted_on) or law.rule(aid.article, day)
            name = str(its.params.get("ceiling_group", its.id)) if its else aid.article
            if name == wanted and _counts(rule, aid.granted_on, day):
                yield aid


def averages(
    case: Case, law: Law, aid_cells: Mapping[str, Sequence[AidCell]], together: Sequence[AidCell]
) -> Iterator[Average]:
    """Yield intensities that hold over the whole aid period (operation of clusters, Art. 27(7)).

    They hold for each partner. All aid on a line where such an article may be used counts,
    ``together`` holds it.
    """
    for article, cells in aid_cells.items():
        groups: dict[str, list[AidCell]] = defaultdict(list)
        for cell in cells:
            rule = law.rule(article, law.day_of(case.offers[cell.offer]))
            if rule is not None and rule.params.get("average_over_period"):
                groups[case.partners[cell.partner].id].append(cell)
        for partner, members in groups.items():
            yield _average(case, law, article, partner, members, together)


def _average(
    case: Case,
    law: Law,
    article: str,
    partner: str,
    members: Sequence[AidCell],
    together: Sequence[AidCell],
) -> Average:
    lines = {cell.line for cell in members}
    found = []
    for cell in members:
        rule = law.rule(article, law.day_of(case.offers[cell.offer]))
        sample = next(x for x in case.lines if x.partner == case.partners[cell.partner].id)
        if rule is not None:
            found.append(law.intensity_bp(rule, case.partners[cell.partner], sample) or 0)
    counted = [cell for cell in together if cell.line in lines]
    subject = f"partner:{partner}:{article}"
    return Average(article, subject, numbers(counted), np.array(sorted(lines)), min(found))


def numbers(cells: Sequence[AidCell]) -> IntArray:
    """Return the positions of cells, sorted."""
    return np.array(sorted(cell.cell for cell in cells), dtype=np.int64)


def account_of(case: Case, keys: Mapping[str, str], offer: int, partner: int) -> tuple[str, str]:
    """Return undertaking and granting state of a de minimis grant."""
    return keys[case.partners[partner].undertaking], case.offers[offer].grants_from
