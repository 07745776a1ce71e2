"""How the things of a plan look on pages: badges of status, names of levels, sums of money."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.records import MoneySum
from alpclusters.platform.policy.models import Indicator, Level
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.status_marks import status_shape
from alpclusters.reports.numbers import format_money, format_percent
from alpclusters.reports.plan_status import Standing, status_of
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.templatetags.ac import icon

# Icon and tone; the word says the same.
LOOKS: Final[Mapping[StatusKind, tuple[str, str]]] = {
    StatusKind.FAR_BEHIND: ("circle-alert", "bad"),
    StatusKind.NO_REPORT: ("clock", ""),
    StatusKind.DELAYED: ("triangle-alert", "warn"),
    StatusKind.ON_TRACK: ("check", "good"),
    StatusKind.PLANNED: ("calendar", ""),
    StatusKind.DONE: ("circle-check", "info"),
    StatusKind.STOPPED: ("ban", ""),
}


def status_badge(status: Status, language: str) -> SafeString:
    """Show a status as symbol and word, the last known one in small print below it."""
    name, tone = LOOKS[status.kind]
    badge = format_html(
        '<span class="ac-badge {}">{}{}</span>', tone, icon(name), status_word(status, language)
    )
    if not status.detail:
        return badge
    return format_html('{} <span class="tiny muted block">{}</span>', badge, status.detail)


def badge_of(line: Standing, language: str) -> SafeString:
    """Show how an action stands."""
    return status_badge(status_of(line, language), language)


def shape_and_word(kind: str, word: str) -> SafeString:
    """Show the shape of a status with its word, as charts draw it."""
    # The shape is a drawing of ours without any text.
    return format_html("{}{}", mark_safe(status_shape(StatusKind(kind))), word)  # noqa: S308


def level_words() -> Mapping[str, str]:
    """Return the headings of the parts of a plan."""
    return {
        Level.EUROPEAN: _("European level"),
        Level.MACRO_REGIONAL: _("Macro-regional level"),
        Level.NATIONAL: _("National level"),
        Level.REGIONAL: _("Regional level"),
    }


def stage_word(stage: str) -> str:
    """Return the word for the place of an indicator in the logic of the plan."""
    return str(Indicator.Stage(stage).label)


def money_table(sums: Sequence[MoneySum], language: str) -> Table | None:
    """Put planned, applied for, granted and spent side by side, one row per currency."""
    if not sums:
        return None
    columns = [
        Column(_("Currency")),
        *(
            Column(name, is_number=True)
            for name in (_("Planned"), _("Applied for"), _("Granted"), _("Spent"), _("Spent share"))
        ),
    ]
    rows = [_money_row(line, language) for line in sums]
    return Table(_("Money by currency"), columns, rows)


def _money_row(line: MoneySum, language: str) -> list[Any]:
    amounts = (line.planned_cents, line.applied_cents, line.granted_cents, line.spent_cents)
    share = line.spent_share
    return [
        line.currency,
        *(format_money(cents, line.currency, language) for cents in amounts),
        "–" if share is None else format_percent(share, language),
    ]


def money_text(amounts: Iterable[tuple[str, int]], language: str) -> str:
    """Write sums by currency beside each other; they are never added."""
    sums: dict[str, int] = {}
    for currency, cents in amounts:
        sums[currency] = sums.get(currency, 0) + cents
    return ", ".join(format_money(cents, currency, language) for currency, cents in sums.items())
