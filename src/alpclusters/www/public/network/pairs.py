"""Two regions: how much ties them, since when, who could bridge them, who does already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.measuring.places import COUNTRY, NUTS2
from alpclusters.platform.network.domain.measuring.stored import StoredNetwork
from alpclusters.reports.charts.network_matrix import WindowChart, WindowRow
from alpclusters.reports.numbers import EN_DASH, format_integer, format_number
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import (
    COMPUTED_FROM_NETWORK_FILES,
    IN_NETWORK_FILES,
    Cell,
    Column,
    Figure,
    Table,
)
from alpclusters.www.public.network.asking import (
    GroupNames,
    Network,
    NetworkQuery,
    Organisations,
    address,
    load_network,
    window_name,
)
from alpclusters.www.public.network.cells import (
    Cells,
    PairCell,
    interval_text,
    number_text,
    pair_name,
)
from alpclusters.www.public.network.figures import (
    BridgeView,
    bridge_view,
    facts_text,
    reason_text,
    who_text,
)
from alpclusters.www.public.network.first_page import Frame, frame_of, load_bodies

type Record = Mapping[str, Any]
MOST: Final = 60
MOST_NAMED: Final = 20
KINDS: Final = ("csv", "json")


@dataclass(frozen=True)
class PairPage:
    """Everything the template names."""

    frame: Frame
    name: str
    cell: PairCell
    lead: str
    figures: Sequence[Figure]
    chart: ChartView | None
    who: str
    bridges: Sequence[BridgeView]
    bodies: Table | None


def codes_of(pair: str) -> tuple[str, str] | None:
    """Read the two codes of an address: ``AT-FR``."""
    first, dash, second = pair.partition("-")
    is_pair = dash and first and second and first != second and (first + second).isalnum()
    return (first, second) if is_pair and pair.isascii() else None


def read_pair(query: NetworkQuery, pair: str) -> PairPage | None:
    """Read the page of a pair; None where nothing was measured or a code has no ties at all."""
    codes = codes_of(pair)
    network = load_network(_by_length(query, codes)) if codes else None
    if codes is None or network is None:
        return None
    cells = Cells.of(network.record, is_public=query.is_public)
    if not set(codes) <= _tied_in([network]) and not set(codes) <= _tied_in(_same(network)):
        return None
    return _page(network, cells, codes, nearest_language(get_language()))


def _tied_in(networks: Iterable[Network]) -> set[str]:
    """Return the groups that have ties in any period."""
    windows = [window for network in networks for window in network.windows]
    return {code for window in windows for code in window["matrix"]["groups"]}


def _same(network: Network) -> list[Network]:
    """Return the networks of the same world and groups, whatever is counted."""
    query = network.query
    found = [
        load_network(replace(query, basis=basis))
        for basis, grouping, simulated in network.others
        if (grouping, simulated) == (query.grouping, query.simulated)
    ]
    return [one for one in found if one]


def _by_length(query: NetworkQuery, codes: tuple[str, str]) -> NetworkQuery:
    """Two letters are a country, more a region; the address says which grouping is meant."""
    is_region = len(codes[0]) > 2  # noqa: PLR2004 - letters of a country
    return replace(query, grouping=NUTS2 if is_region else COUNTRY, country="")


def _page(network: Network, cells: Cells, codes: tuple[str, str], language: str) -> PairPage:
    first, second = codes
    cell = cells.cell(first, second)
    record = missing_record(cells, first, second)
    across = [] if cell.is_withheld else across_of(network, first, second)
    bridges = record["bridges"] if record else []
    numbers = [b[k] for b in bridges for k in ("node", "partner_first", "partner_second")]
    names = GroupNames.load([first, second, *(bridge["group"] for bridge in bridges)])
    bodies = load_bodies(network, [*numbers, *(n for n, _g, _c in across)], names, cells.hidden)
    pair = f"{first}-{second}"
    files = [
        (kind.upper(), address(network.query, "network-pair-export", pair, kind)) for kind in KINDS
    ]
    return PairPage(
        frame=frame_of(network, cells, "network-pair", pair, exports=[(_("This pair"), files)]),
        name=pair_name(first, second, names),
        cell=cell,
        lead=_lead(network, cell, record, language),
        figures=[] if cell.is_withheld else _figures(cells, cell, names, language),
        chart=_chart(network, first, second, language),
        who=who_text(len(bridges), language) if record else "",
        bridges=[bridge_view(one, record or {}, names, bodies) for one in bridges],
        bodies=_bodies(network, across, bodies, language),
    )


def missing_record(cells: Cells, first: str, second: str) -> Record | None:
    """Return what is stored of a missing pair."""
    wanted = {first, second}
    return next(
        (pair for pair in cells.missing_pairs if {pair["first"], pair["second"]} == wanted), None
    )


def across_of(network: Network, first: str, second: str) -> list[tuple[int, str, int]]:
    """Return who of the two regions has partners in the other."""
    stored = StoredNetwork(network.file, network.window, network.query.grouping)
    return stored.across(first, second, MOST) if stored.is_there else []


def _lead(network: Network, cell: PairCell, record: Record | None, language: str) -> str:
    if cell.is_withheld:
        return _(
            "One of the two has fewer than five organisations with ties: nothing of the pair is "
            "shown."
        )
    if record:
        return facts_text(record, cell.n_ties, network, language)
    if cell.ratio is None:
        return reason_text(network.record["matrix"]["reasons"])
    if cell.low is not None and cell.low > 1:
        return _("More ties than expected.")
    return _("Not surely fewer ties than expected.")


def _figures(cells: Cells, cell: PairCell, names: GroupNames, language: str) -> list[Figure]:
    expected = number_text(cell.expected, language)
    span = interval_text(cell.low, cell.high, language)
    ratio = EN_DASH if cell.ratio is None else format_number(cell.ratio, language, 2)
    told = _("interval %(interval)s") % {"interval": span} if span else ""
    both = [cells.n_connected.get(code, 0) for code in (cell.first, cell.second)]
    ties = format_integer(cell.n_ties, language)
    return [
        Figure(_("Ties"), ties, key="ties", exact=cell.n_ties, why=IN_NETWORK_FILES),
        Figure(
            _("Observed"), number_text(cell.observed, language),
            _("expected %(value)s") % {"value": expected}, key="observed",
            why=COMPUTED_FROM_NETWORK_FILES,
        ),
        Figure(
            _("Ratio"), ratio, told, key="ratio", exact=cell.ratio,
            why=COMPUTED_FROM_NETWORK_FILES,
        ),
        Figure(
            _("Organisations with ties"),
            " + ".join(format_integer(n, language) for n in both),
            f"{names.long(cell.first)}, {names.long(cell.second)}", key="connected",
            why=IN_NETWORK_FILES,
        ),
    ]  # fmt: skip


def pair_rows(network: Network, first: str, second: str) -> list[tuple[Record, PairCell]]:
    """Return the pair in every period."""
    return [
        (one, Cells.of(one, is_public=network.query.is_public).cell(first, second))
        for one in network.periods
    ]


def _chart(network: Network, first: str, second: str, language: str) -> ChartView | None:
    rows = [
        WindowRow(window_name(one["name"]), cell.ratio, cell.low, cell.high, 1.0, cell.n_ties)
        for one, cell in pair_rows(network, first, second)
        if not cell.is_withheld and cell.ratio is not None
    ]
    if not rows:
        return None
    title = _("Ratio of observed to expected ties")
    level = network.record["matrix"]["level"]
    chart = WindowChart(language, tuple(rows), title, level=level, title=title)
    return view_of(chart, caption=title, language=language)


def _bodies(
    network: Network, across: list[tuple[int, str, int]], bodies: Organisations, language: str
) -> Table | None:
    columns = [
        Column(_("Organisation")),
        Column(_("Region")),
        Column(_("Partners on the other side"), is_number=True),
    ]
    rows: list[list[Any]] = []
    named = [one for one in across if bodies.is_listed(one[0])]
    for number, group, n in named[:MOST_NAMED]:
        body = bodies.of(number)
        # Who took part in a project without being in the directory has a name and no page.
        url = address(network.query, "network-organisation", number) if body.url else ""
        named_cell = Cell(body.name, url=url)
        rows.append([named_cell, bodies.groups.long(group), format_integer(n, language)])
    caption = _("Those that may be named, with most partners on the other side first")
    return Table(caption, columns, rows) if rows else None
