"""The network as a picture with all ties in a table, and who bridges whom in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.measuring.stored import StoredNetwork
from alpclusters.reports.charts.network import Edge, Mark, NetworkPicture, strengths
from alpclusters.reports.numbers import format_integer, format_number, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.network.asking import (
    GroupNames,
    Network,
    NetworkQuery,
    Organisations,
    address,
    load_network,
    write_query,
)
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.first_page import (
    Choice,
    Frame,
    export_links,
    frame_of,
    load_bodies,
)

# --- The network as a picture: its backbone, at most forty organisations, all ties in a table -----


type Record = Mapping[str, Any]


@dataclass(frozen=True)
class OverviewPage:
    """Everything the template names."""

    frame: Frame
    title: str
    what: str
    chart: ChartView | None
    note: str


def read_overview(query: NetworkQuery) -> OverviewPage | None:
    """Read the picture; None where nothing was measured."""
    network = load_network(query)
    if network is None:
        return None
    language = nearest_language(get_language())
    cells = Cells.of(network.record, is_public=query.is_public)
    picture = draw_overview(network, cells, language)
    files = [("overview", kind) for kind in ("svg", "graphml", "csv", "json")]
    title = _title(network)
    return OverviewPage(
        frame=frame_of(
            network,
            cells,
            "network-overview",
            exports=[(_("The picture"), export_links(network, files))],
        ),
        title=title,
        what=_("Discs are organisations, larger with more ties; near means tied, directions mean "
               "nothing. The colour is the region."),
        chart=view_of(picture, caption=title, language=language) if picture.marks else None,
        note=_note(network.record["picture"], language),
    )  # fmt: skip


def draw_overview(network: Network, cells: Cells, language: str) -> NetworkPicture:
    """Put names to the stored picture."""
    stored = network.record["picture"]
    groups = _groups_of(network, stored["nodes"])
    names = GroupNames.load(groups)
    bodies = load_bodies(network, stored["nodes"], names, cells.hidden)
    marks = [
        _mark(network, place, stored, groups[place], bodies)
        for place in range(len(stored["nodes"]))
    ]
    shares = strengths([weight for _one, _two, weight in stored["edges"]])
    edges = [
        Edge(int(one), int(two), weight, share)
        for (one, two, weight), share in zip(stored["edges"], shares, strict=True)
    ]
    title = _("The strongest ties of the network")
    weight = (
        _("Weight of joint projects")
        if network.is_of_projects
        else pgettext("between organisations", "Links")
    )
    return NetworkPicture(language, tuple(marks), tuple(edges), title, weight)


def _groups_of(network: Network, numbers: list[int]) -> list[str]:
    """Return the group of each organisation of the picture."""
    stored = StoredNetwork(network.file, network.window, network.query.grouping)
    if not stored.is_there:
        return [""] * len(numbers)
    return stored.groups_of(numbers)


def _mark(network: Network, place: int, stored: Record, group: str, bodies: Organisations) -> Mark:
    number = stored["nodes"][place]
    body = bodies.of(number, group)
    counts = [0] * len(stored["nodes"])
    for one, two, _weight in stored["edges"]:
        counts[int(one)] += 1
        counts[int(two)] += 1
    shown = "" if group in bodies.hidden else group
    return Mark(
        x=stored["x"][place],
        y=stored["y"][place],
        name=body.name,
        group=shown,
        group_name=bodies.groups.long(shown) if shown else _("region not known"),
        size=counts[place] / max([*counts, 1]),
        url=address(network.query, "network-organisation", number) if body.url else "",
        label=body.short if body.url else bodies.groups.short(shown) or "?",
    )


def _title(network: Network) -> str:
    n = len(network.record["picture"]["nodes"])
    return ngettext(
        "The backbone of the network: %(n)s organisation",
        "The backbone of the network: %(n)s organisations",
        n,
    ) % {"n": n}


def _note(stored: Record, language: str) -> str:
    if stored["alpha"] is None:
        return _(
            "No tie stands out from the others of its two ends: the organisations with most ties "
            "are shown."
        )
    return _(
        "Ties that one of their ends would hardly have by an even spread (disparity filter, level "
        "%(alpha)s): %(ties)s of the ties with %(weight)s of the weight, %(n)s organisations; the "
        "strongest are drawn."
    ) % {
        "alpha": format_number(stored["alpha"], language, 2),
        "ties": format_percent(stored["tie_share"], language),
        "weight": format_percent(stored["weight_share"], language),
        "n": format_integer(stored["n_backbone_nodes"], language),
    }


# --- Who bridges whom: the organisations that stand between two that are not tied -----------------


MOST: Final = 20
# Outward first: it is what joins regions.
ROLES: Final = {
    "outward": (
        gettext_lazy("Link their region outward"),
        gettext_lazy("Between an organisation of their own region and one of another."),
    ),
    "liaison": (
        gettext_lazy("Bridge two other regions"),
        gettext_lazy("Between organisations of two regions, themselves in a third."),
    ),
    "itinerant": (
        gettext_lazy("Join others within one region"),
        gettext_lazy("Between two organisations of one region, themselves in another."),
    ),
    "coordinator": (
        gettext_lazy("Join their own region"),
        gettext_lazy("Between two organisations of their own region."),
    ),
}


@dataclass(frozen=True)
class RoleView:
    """A role: what it is, how often it occurs, who has it most."""

    key: str
    title: str
    words: str
    total: str
    table: Table | None


@dataclass(frozen=True)
class RolesPage:
    """Everything the template names."""

    frame: Frame
    roles: Sequence[RoleView]
    region: Choice
    kept: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Broker:
    """An organisation in a role: number, group, count, share of all."""

    number: int
    group: str
    count: int
    share: float


def read_roles(query: NetworkQuery, region: str) -> RolesPage | None:
    """Read who bridges whom; None where nothing was measured."""
    network = load_network(query)
    if network is None:
        return None
    language = nearest_language(get_language())
    cells = Cells.of(network.record, is_public=query.is_public)
    wanted = region if region in cells.groups and region not in cells.hidden else ""
    found = {role: brokers(network, role, wanted) for role in ROLES}
    every = [broker for rows in found.values() for broker in rows]
    names = GroupNames.load([*cells.groups, *(broker.group for broker in every)])
    bodies = load_bodies(network, (b.number for b in every), names, cells.hidden)
    files = [("roles", kind) for kind in ("csv", "json")]
    exports = [(_("Who bridges whom"), export_links(network, files))]
    return RolesPage(
        frame=frame_of(network, cells, "network-roles", exports=exports),
        roles=[_view(network, role, found[role], bodies, language) for role in ROLES],
        region=_regions(cells, names, wanted),
        kept=[(k, str(v)) for k, v in QueryDict(write_query(network.query)).items()],
    )


def brokers(network: Network, role: str, region: str) -> list[Broker]:
    """Return who has a role most often, of all or of one region."""
    total = network.record["roles"]["totals"][role]
    if not region:
        rows = network.record["roles"]["top"][role]
    else:
        stored = StoredNetwork(network.file, network.window, network.query.grouping)
        rows = stored.brokers(role, region, MOST) if stored.is_there else []
    return [Broker(number, group, n, n / total if total else 0.0) for number, group, n in rows]


def _view(
    network: Network, role: str, found: list[Broker], bodies: Organisations, language: str
) -> RoleView:
    title, words = ROLES[role]
    total = network.record["roles"]["totals"][role]
    return RoleView(
        key=role,
        title=str(title),
        words=str(words),
        total=format_integer(total, language),
        table=_table(network, found, bodies, language) if found else None,
    )


def _table(network: Network, found: list[Broker], bodies: Organisations, language: str) -> Table:
    columns = [
        Column(_("Organisation")),
        Column(_("Region")),
        Column(_("Pairs bridged"), is_number=True),
        Column(_("Share of all"), is_number=True),
    ]
    rows = [broker_row(network, broker, bodies, language) for broker in found]
    caption = _("At most %(n)s organisations, most pairs first") % {"n": MOST}
    return Table(caption, columns, rows)


def broker_row(network: Network, broker: Broker, bodies: Organisations, language: str) -> list[Any]:
    """Return the row of an organisation in a role."""
    body = bodies.of(broker.number, broker.group)
    url = address(network.query, "network-organisation", broker.number) if body.url else ""
    return [
        Cell(body.name, url=url),
        region_name(broker.group, bodies),
        format_integer(broker.count, language),
        format_percent(broker.share, language, 1),
    ]


def region_name(group: str, bodies: Organisations) -> str:
    """Return the name of a region; of a small one not even that, unless somebody is listed."""
    return bodies.groups.long(group) if group and group not in bodies.hidden else "–"


def _regions(cells: Cells, names: GroupNames, chosen: str) -> Choice:
    shown = [code for code in cells.groups if code not in cells.hidden]
    ordered = sorted(((code, names.long(code)) for code in shown), key=lambda one: one[1])
    options: list[tuple[str, Any, bool]] = [("", _("all regions"), not chosen)]
    options += [(code, name, code == chosen) for code, name in ordered]
    return Choice("region", _("Organisations of"), options)
