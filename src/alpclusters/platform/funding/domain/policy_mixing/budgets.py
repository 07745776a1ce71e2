"""Budgets of a period and region as entries of a policy mix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.analysis.errors import RecordError
from alpclusters.analysis.funding.case_files.faults import nearest
from alpclusters.analysis.funding.policy_mix import Entry
from alpclusters.platform.funding.domain.lists import (
    INSTRUMENTS,
    THEMES,
    find_instrument,
    find_theme,
)
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import Budget, Programme, Status
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.platform.worlds import of_world
from alpclusters.sources.budget_tables import MOST_ERRORS, BudgetRow, BudgetTable, read_budget_table

# --- The codes a budget or a scheme may stand for -------------------------------------------------


def known_regions() -> frozenset[str]:
    """Return the codes of countries and regions of the current vintage."""
    return territory().codes[CURRENT_VINTAGE]


# --- Budgets of a period and region as entries of a policy mix ------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for.

    Attributes
    ----------
    period : str
        Empty is every period.
    region : str
        Empty is every region.
    is_simulated : bool
        Whether invented figures count instead of real ones.
    """

    period: str = ""
    region: str = ""
    is_simulated: bool = False


def read_budgets(scope: Scope) -> list[Budget]:
    """Return the budgets of a scope (one query)."""
    rows = Budget.objects.select_related("programme")
    if scope.period:
        rows = rows.filter(period=scope.period)
    if scope.region:
        rows = rows.filter(region=scope.region)
    return list(_of_world(rows, is_simulated=scope.is_simulated))


def entries_of(budgets: Iterable[Budget]) -> list[Entry]:
    """Return budgets in cents as entries; an unknown amount stays unknown."""
    return [
        Entry(
            instrument=row.instrument,
            theme=row.theme,
            region=row.region,
            amount=None if row.amount_ct is None else float(row.amount_ct),
        )
        for row in budgets
    ]


def budget_periods(*, is_simulated: bool) -> list[str]:
    """Return the periods of which anything is entered, the newest first (one query)."""
    rows = _of_world(Budget.objects.all(), is_simulated=is_simulated)
    return sorted(set(rows.order_by().values_list("period", flat=True).distinct()), reverse=True)


def _of_world(rows: QuerySet[Budget], *, is_simulated: bool) -> QuerySet[Budget]:
    invented = {"status": Status.DEMONSTRATION}
    return rows.filter(**invented) if is_simulated else rows.exclude(**invented)


# --- Budgets from a table: every row is understood, or nothing is stored --------------------------


_KEYS: Final = ("instrument", "theme", "region", "period", "programme_id")
type Key = tuple[str, str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a table.

    Attributes
    ----------
    n_new, n_changed, n_same : int
        All 0 where there are errors: then nothing was stored.
    errors : tuple of RecordError
    n_errors : int
    """

    n_new: int = 0
    n_changed: int = 0
    n_same: int = 0
    errors: tuple[RecordError, ...] = ()
    n_errors: int = 0


@transaction.atomic
def import_budgets(path: Path, *, name: str) -> Outcome:
    """Store the budgets of a table, all or none.

    Words are taken as keys or as names in any of the five languages. A row with a source counts as
    verified on the day that stands beside it, else it is unverified. An invented figure gives way
    to one of the same cell.

    Parameters
    ----------
    path : Path
    name : str
        How errors call the file.

    Raises
    ------
    FileFormatError
        The file as a whole.
    """
    table = read_budget_table(path, name=name)
    reader = _Reader(table)
    found = [one for row in table.rows if (one := reader.read(row)) is not None]
    n_errors = table.n_errors + len(reader.errors)
    if n_errors:
        listed = sorted((*table.errors, *reader.errors), key=lambda one: one.where.line or 0)
        return Outcome(errors=tuple(listed[:MOST_ERRORS]), n_errors=n_errors)
    return _store(found)


class _Reader:
    """Says what the words of a row mean, and notes what means nothing."""

    def __init__(self, table: BudgetTable) -> None:
        self.table = table
        self.errors: list[RecordError] = []
        self.regions = known_regions()
        # What a table says is real: no budget of an invented programme.
        real = of_world(Programme.objects.all(), is_simulated=False)
        keys = real.filter(key__in={row.programme for row in table.rows})
        self.programmes = dict(keys.values_list("key", "pk").order_by())
        self.seen: dict[Key, int] = {}

    def read(self, row: BudgetRow) -> Budget | None:
        """Return a budget, or None after noting why not."""
        instrument, theme = find_instrument(row.instrument), find_theme(row.theme)
        region = row.region.upper()
        programme = self.programmes.get(row.programme)
        for field, is_known, found, known in (
            ("instrument", instrument is not None, row.instrument, INSTRUMENTS),
            ("theme", theme is not None, row.theme, THEMES),
            ("region", region in self.regions, row.region, sorted(self.regions)),
            ("programme", not row.programme or programme is not None, row.programme, ()),
        ):
            if not is_known:
                self._note(f"budgets.unknown_{field}", field, row, found, nearest(found, known))
                return None
        key: Key = (instrument or "", theme or "", region, row.period, programme)
        if key in self.seen:
            self._note("budgets.twice", "amount", row, str(self.seen[key]), None)
            return None
        self.seen[key] = row.line
        return Budget(
            **dict(zip(_KEYS, key, strict=True)),
            amount_ct=row.amount_ct,
            source=row.source,
            status=Status.VERIFIED if row.source and row.checked_on else Status.UNVERIFIED,
            checked_on=row.checked_on,
        )

    def _note(
        self, code: str, field: str, row: BudgetRow, found: str, expected: str | None
    ) -> None:
        where = self.table.where(field, row.line)
        self.errors.append(RecordError(code, where=where, found=found, expected=expected or "–"))


def _store(budgets: Sequence[Budget]) -> Outcome:
    # Two imports at once: the second waits for the rows of the first.
    real = Budget.objects.exclude(status=Status.DEMONSTRATION)
    rows = list(real.select_for_update(of=("self",)))
    there = {_key(row): row for row in rows}
    new = [one for one in budgets if _key(one) not in there]
    outcome = Outcome(n_new=len(new))
    changed = []
    for one in budgets:
        old = there.get(_key(one))
        if old is None:
            continue
        if _facts(old) == _facts(one):
            outcome = replace(outcome, n_same=outcome.n_same + 1)
            continue
        one.pk = old.pk
        changed.append(one)
    Budget.objects.bulk_create(new)
    Budget.objects.bulk_update(changed, ["amount_ct", "source", "status", "checked_on"])
    return replace(outcome, n_changed=len(changed))


def _key(row: Budget) -> Key:
    return (row.instrument, row.theme, row.region, row.period, row.programme_id)


def _facts(row: Budget) -> tuple[object, ...]:
    return (row.amount_ct, row.source, row.status, row.checked_on)
