"""Numbers and dates in the reader's language; the estimate that never stands bare."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports import dates, numbers

register = template.Library()


def _language() -> str:
    return nearest_language(get_language())


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """Write a number in the reader's language; nothing for ``None``."""
    return "" if value is None else numbers.format_number(value, _language(), decimals)


@register.filter
def percent(share: Any, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as per cent; nothing for ``None``."""
    return "" if share is None else numbers.format_percent(share, _language(), decimals)


@register.filter
def interval(bounds: Sequence[Any] | None, decimals: int | None = None) -> str:
    """Write a pair of bounds as an interval; nothing for ``None``."""
    if not bounds:
        return ""
    return numbers.format_interval(bounds[0], bounds[1], _language(), decimals)


@register.filter
def people(n: int | None) -> str:
    """Write ``n = 58`` so that it stays on one line."""
    return "" if n is None else numbers.format_n(n, _language())


@register.filter
def money(cents: int | None, currency: str = "EUR") -> str:
    """Write an amount held in cents."""
    return "" if cents is None else numbers.format_money(cents, currency, _language())


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def longdate(value: date | datetime | None) -> str:
    """Write a date as running text has it: 1. julija 2026."""
    return dates.format_date(_day(value), _language()) if value else ""


@register.filter
def shortdate(value: date | datetime | None) -> str:
    """Write a date as a table has it: 01.07.2026."""
    return dates.format_date_short(_day(value), _language()) if value else ""


@register.filter
def longdatetime(value: datetime | None) -> str:
    """Write date and time of an instant in the server's time zone."""
    return dates.format_datetime(timezone.localtime(value), _language()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day of an instant."""
    return dates.format_time(timezone.localtime(value), _language()) if value else ""


@register.simple_tag
def estimate(
    value: Any,
    interval: Sequence[Any] | None = None,  # noqa: A002, RUF100 - the word pages use
    n: int | None = None,
    decimals: int = 1,
    *,
    share: bool = False,
) -> SafeString:
    """Write a value with its interval and the number of people behind it.

    ``share=True`` writes all of it as per cent. Without a value the sentence for suppressed
    results stands instead: fewer than five people answered.
    """
    if value is None:
        return SafeString(get_template("components/suppressed.html").render({}))
    language = _language()
    parts = [format_html("<b>{}</b>", _amount(value, language, decimals, share=share))]
    if interval:
        span = _span(interval, language, decimals, share=share)
        parts.append(format_html('<span class="iv">({})</span>', span))
    if n is not None:
        parts.append(format_html('<span class="n">{}</span>', numbers.format_n(n, language)))
    return format_html('<span class="est">{}</span>', SafeString(" ".join(parts)))


@register.simple_tag
def figure_marks(figure: Any) -> SafeString:
    """Write what a number counts as attributes; nothing for a number that nobody can follow."""
    if figure is None or not figure.key:
        return SafeString("")
    value, of = figure.exact, figure.n
    if figure.url and figure.rests:
        return _marks(figure=figure.key, value=value, rests=figure.rests, rows=of)
    if figure.url:
        return _marks(figure=figure.key, value=value, of=of)
    # A number without an address stands where others lead, and says why it goes no further.
    listed = "1" if figure.is_listed else ""
    return _marks(total=figure.key, value=value, of=of, why=figure.why, listed=listed)


@register.simple_tag
def total_marks(key: str, value: Any, of: Any = None, *, listed: bool = False) -> SafeString:
    """Mark the number that figures lead to; ``listed`` promises that its rows stand below."""
    return _marks(total=key, value=value, of=of, listed="1" if listed else "")


@register.simple_tag
def row_marks(key: str, value: Any = 1) -> SafeString:
    """Mark a row of a total, or for how many of it the row stands."""
    return _marks(row=key, value=value)


def _marks(**given: Any) -> SafeString:
    known = [(name, value) for name, value in given.items() if value not in {None, ""}]
    return format_html_join("", ' data-{}="{}"', known)


def _amount(value: Any, language: str, decimals: int, *, share: bool) -> str:
    if share:
        return numbers.format_percent(value, language)
    return numbers.format_number(value, language, decimals)


def _span(bounds: Sequence[Any], language: str, decimals: int, *, share: bool) -> str:
    if share:
        return numbers.format_share_interval(bounds[0], bounds[1], language)
    return numbers.format_interval(bounds[0], bounds[1], language, decimals)
