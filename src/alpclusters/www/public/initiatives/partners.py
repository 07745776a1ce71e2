"""Who took part: names as the source has them, tied to the directory where the body is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import format_money
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.regions.maps import MapView, count_map
from alpclusters.www.site.organisation_addresses import page_of

FIRST: Final = 12


@dataclass(frozen=True)
class PartnersView:
    """The bodies: the first ones at once, all behind a word; where they are."""

    n: int
    table: Table
    rest: Table | None
    map: MapView | None


def read_partners(initiative: Initiative) -> PartnersView | None:
    """Read who took part; None where no source names anybody."""
    rows = list(
        Participation.objects.filter(initiative=initiative)
        .select_related("organisation__cluster", "region")
        .order_by("order", "pk")
    )
    if not rows:
        return None
    first, rest = rows[:FIRST], rows[FIRST:]
    return PartnersView(
        n=len(rows),
        table=_table(_("Who took part"), first, initiative.currency),
        rest=_table(_("Further bodies"), rest, initiative.currency) if rest else None,
        map=_map(rows, initiative),
    )


def _table(caption: str, rows: Sequence[Participation], currency: str) -> Table:
    with_money = any(row.budget_cents is not None for row in rows)
    columns = [Column(_("Body")), Column(_("Part")), Column(_("Place"))]
    if with_money:
        columns.append(Column(_("Budget"), is_number=True))
    return Table(caption, columns, [_row(row, currency, with_money=with_money) for row in rows])


def _row(row: Participation, currency: str, *, with_money: bool) -> list[object]:
    known = row.organisation if row.organisation and row.organisation.is_listed else None
    cells: list[object] = [
        Cell(row.name, url=page_of(known) if known else ""),
        Cell(row.get_role_display(), note=_("left early") if row.has_left else ""),
        place_of(row),
    ]
    if with_money:
        cells.append(_money(row, currency))
    return cells


def place_of(row: Participation) -> str:
    """Write town, region and country as far as they are known."""
    country = country_name(row.country, get_language()) if row.country else ""
    region = row.region.name if row.region else ""
    parts = dict.fromkeys(filter(None, (row.town, region, country)))
    return ", ".join(parts) or _("unknown")


def _money(row: Participation, currency: str) -> str:
    if row.budget_cents is None:
        return _("unknown")
    return format_money(row.budget_cents, currency, nearest_language(get_language()))


def _map(rows: Sequence[Participation], initiative: Initiative) -> MapView | None:
    codes = [row.region.code for row in rows if row.region]
    if not codes:
        return None
    caption = _("Bodies of %(name)s by region") % {"name": initiative.acronym}
    return count_map(codes, what=_("bodies"), caption=caption)
