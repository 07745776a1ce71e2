"""Figures of a plan: indicators with targets and values, and its money by year and currency."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alpclusters.analysis.plans import IndicatorFacts, PlanRules, indicator_status
from alpclusters.platform.policy.domain.records.lines import IndicatorLine, TargetLine, ValueLine
from alpclusters.platform.policy.models import FundingLine, Indicator, IndicatorValue, Target

# --- Indicators with targets, confirmed values and computed status --------------------------------


def indicators_of(
    plan: int, *, today: date, rules: PlanRules, only: Collection[int] | None = None
) -> dict[int | None, list[IndicatorLine]]:
    """Return the indicators of a plan by number of the action; None: of the plan as a whole.

    Parameters
    ----------
    plan : int
    today : date
    rules : PlanRules
    only : collection of int or None
        Actions whose indicators are wanted, beside those of the plan; None: all.
    """
    found_rows = Indicator.objects.filter(plan=plan)
    if only is not None:
        found_rows = found_rows.filter(Q(action__isnull=True) | Q(action__in=only))
    rows = list(found_rows)
    pks = [indicator.pk for indicator in rows]
    targets, values = _targets(plan, pks, only), _values(plan, pks, only)
    found: dict[int | None, list[IndicatorLine]] = defaultdict(list)
    for row in rows:
        line = _line(row, targets.get(row.pk, ()), values.get(row.pk, ()), today, rules)
        found[row.action_id].append(line)
    return found


def _targets(
    plan: int, pks: Collection[int], only: Collection[int] | None
) -> Mapping[int, list[TargetLine]]:
    rows = Target.objects.filter(indicator__plan=plan).order_by("due", "pk")
    if only is not None:
        rows = rows.filter(indicator__in=pks)
    found: dict[int, list[TargetLine]] = {}
    for pk, due, value in rows.values_list("indicator_id", "due", "value"):
        found.setdefault(pk, []).append(TargetLine(due, value))
    return found


def _values(
    plan: int, pks: Collection[int], only: Collection[int] | None
) -> Mapping[int, list[ValueLine]]:
    confirmed = IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.CONFIRMED
    )
    if only is not None:
        confirmed = confirmed.filter(indicator__in=pks)
    rows = confirmed.order_by("refers_to", "pk")
    found: dict[int, list[ValueLine]] = {}
    names = ("indicator_id", "refers_to", "value", "source", "note")
    for pk, refers_to, value, source, note in rows.values_list(*names):
        found.setdefault(pk, []).append(ValueLine(refers_to, value, source, note))
    return found


def _line(
    row: Indicator,
    targets: Collection[TargetLine],
    values: Collection[ValueLine],
    today: date,
    rules: PlanRules,
) -> IndicatorLine:
    return IndicatorLine(
        pk=row.pk,
        uuid=str(row.uuid),
        code=row.code,
        name=row.name.each(),
        unit=row.unit.each(),
        direction=row.direction,
        stage=row.stage,
        path=row.path,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        targets=tuple(targets),
        values=tuple(values),
        source=row.source.each(),
        frequency_days=row.frequency_days,
        status=indicator_status(_facts(row, targets, values), today=today, rules=rules),
    )


def _facts(
    row: Indicator, targets: Collection[TargetLine], values: Collection[ValueLine]
) -> IndicatorFacts:
    last = list(values)[-1:]
    return IndicatorFacts(
        key=str(row.pk),
        direction=row.direction,  # type: ignore[arg-type]  # the choices of the field
        path=row.path,  # type: ignore[arg-type]
        baseline=None if row.baseline is None else float(row.baseline),
        baseline_on=row.baseline_on,
        targets=tuple((target.due, float(target.value)) for target in targets),
        value=float(last[0].value) if last else None,
        value_on=last[0].refers_to if last else None,
        frequency_days=row.frequency_days,
    )


# --- The money of a plan: by year and currency, never summed over currencies ----------------------


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """What is planned in one year, in cents of one currency."""

    year: int
    currency: str
    planned_cents: int


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Planned, applied for, granted and spent, in cents of one currency.

    Attributes
    ----------
    granted_cents : int
        Granted money with that already spent.
    spent_share : float or None
        Spent through planned; None where nothing is planned.
    """

    currency: str
    planned_cents: int
    applied_cents: int
    granted_cents: int
    spent_cents: int

    @property
    def spent_share(self) -> float | None:
        """Spent through planned."""
        return self.spent_cents / self.planned_cents if self.planned_cents else None


def money_years(costs: Iterable[tuple[int, str, int]]) -> tuple[MoneyYear, ...]:
    """Add costs (year, currency, cents) by year and currency."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for year, currency, cents in costs:
        sums[year, currency] += cents
    return tuple(MoneyYear(*key, cents) for key, cents in sorted(sums.items()))


def money_sums(
    costs: Iterable[tuple[int, str, int]], funding: Iterable[tuple[str, str, int]]
) -> tuple[MoneySum, ...]:
    """Put costs beside funding (currency, status, cents), for each currency by itself."""
    planned: dict[str, int] = defaultdict(int)
    for _year, currency, cents in costs:
        planned[currency] += cents
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for currency, status, cents in funding:
        paid[currency, status] += cents
    currencies = sorted({*planned, *(currency for currency, _ in paid)}, key=_euro_first)
    return tuple(_sum(currency, planned[currency], paid) for currency in currencies)


def _sum(currency: str, planned: int, paid: dict[tuple[str, str], int]) -> MoneySum:
    status = FundingLine.Status
    spent = paid[currency, status.SPENT]
    applied = paid[currency, status.APPLIED]
    return MoneySum(currency, planned, applied, paid[currency, status.GRANTED] + spent, spent)


def _euro_first(currency: str) -> tuple[bool, str]:
    return currency != "EUR", currency
