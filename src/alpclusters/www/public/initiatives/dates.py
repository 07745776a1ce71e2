"""Dates as exactly as they are known."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date, format_month_year

Precision = Initiative.Precision


def dated(day: date | None, precision: str) -> str:
    """Write a day, a month or a year; nothing where nobody knows."""
    if day is None:
        return ""
    language = nearest_language(get_language())
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return format_month_year(day, language)
    return format_date(day, language)


def period_of(initiative: Initiative) -> str:
    """Write from when to when it was funded, as far as it is known."""
    start = dated(initiative.start, initiative.start_precision)
    end = dated(initiative.end, initiative.end_precision)
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("from %(date)s") % {"date": start}
    return _("until %(date)s") % {"date": end} if end else ""
