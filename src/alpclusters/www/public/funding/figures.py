"""The figures of programmes and calls: each with how sure it is, its source and its day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_words
from alpclusters.platform.funding.models import Parameter
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.funding.standing import status_word
from alpclusters.www.public.funding.terms import language

DASH: Final = "–"
_CURRENCIES: Final[Mapping[str, str]] = {Parameter.Unit.EUR: "EUR", Parameter.Unit.CHF: "CHF"}
_MOST_DECIMALS: Final = 2


def figures_table(rows: Sequence[Parameter]) -> Table | None:
    """Return the figures with what says so; None where there is none."""
    if not rows:
        return None
    columns = [
        Column(_("Figure")),
        Column(_("Value")),
        Column(_("How sure")),
        Column(_("Source")),
        Column(_("Checked on")),
    ]
    return Table(_("What its sources say"), columns, [_row(row) for row in rows])


def _row(row: Parameter) -> list[object]:
    label = parameter_label(row.name, language())
    return [
        f"{label} ({row.period})" if row.period else label,
        figure_text(row),
        status_word(row.status),
        # A source is cited as it calls itself.
        Cell(row.source or DASH),
        format_date_short(row.checked_on, language()) if row.checked_on else DASH,
    ]


def figure_text(row: Parameter) -> str:
    """Write a figure with its unit and how exact it is; "unknown" where nobody knows."""
    if not row.value:
        return f"{DASH} {_('unknown')}"
    text = _value(row)
    if not row.precision:
        return text
    return _("%(precision)s %(value)s") % {
        "precision": row.get_precision_display(),
        "value": text,
    }


def _value(row: Parameter) -> str:
    if row.unit == Parameter.Unit.TEXT:
        return parameter_words(row.value, language()) or row.value
    if row.unit == Parameter.Unit.DAY:
        return _day(row.value)
    number = _number(row.value)
    # Somebody's own words where a number is meant are shown as they are.
    return row.value if number is None else _counted(number, row.unit)


def _counted(number: Decimal, unit: str) -> str:
    if unit in _CURRENCIES:
        cents = int(number * 100)
        return format_money(cents, _CURRENCIES[unit], language(), 2 if cents % 100 else 0)
    if unit == Parameter.Unit.PERCENT:
        return format_percent(float(number / 100), language(), _decimals(number))
    if unit == Parameter.Unit.MONTHS:
        n = int(number)
        return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
    return format_number(float(number), language(), _decimals(number))


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return min(_MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


def _day(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value), language())
    except ValueError:
        return value
