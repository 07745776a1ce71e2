"""The network to take away: what each file holds; the writers are those of `reports`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.measuring.stored import Partner, StoredNetwork
from alpclusters.reports.charts.network import NetworkPicture
from alpclusters.reports.charts.network_matrix import MatrixChart, RatioCell
from alpclusters.reports.network_files import (
    Node,
    Tie,
    graphml,
    network_json,
    nodes_csv,
    table_csv,
    table_json,
    ties_csv,
)
from alpclusters.www.public.network.asking import (
    GroupNames,
    Named,
    Network,
    Organisations,
    published_names,
    window_name,
)
from alpclusters.www.public.network.cells import Cells, PairCell
from alpclusters.www.public.network.change import change_charts, why_not_comparable
from alpclusters.www.public.network.figures import conventions, missing_numbers, source_lines
from alpclusters.www.public.network.first_page import load_bodies
from alpclusters.www.public.network.organisations import MOST_DRAWN, draw_ego, ego_of
from alpclusters.www.public.network.overview import ROLES, brokers, draw_overview
from alpclusters.www.public.network.pairs import across_of, missing_record, pair_rows

type Record = Mapping[str, Any]
type Chunks = Iterator[bytes]
SVG_WIDTH: Final = 520.0
PAIR_COLUMNS: Final = (
    "window", "first", "first_name", "second", "second_name", "ties", "observed", "expected",
    "ratio", "low", "high", "ratio_margins", "missing", "withheld",
)  # fmt: skip
ROLE_COLUMNS: Final = ("role", "organisation", "region", "region_name", "count", "share")
CHANGE_COLUMNS: Final = (
    "window", "measure", "value", "low", "high", "expected", "ties", "organisations",
)  # fmt: skip
PARTNER_COLUMNS: Final = ("partner", "region", "region_name", "joint", "since", "url")


@dataclass(frozen=True)
class Wanted:
    """What a file is made from.

    Attributes
    ----------
    network : Network
    base : str
        Address of the site, without the slash at its end.
    page : str
        Address of the page the file belongs to.
    today : date
    language : str
    """

    network: Network
    base: str
    page: str
    today: date
    language: str

    @property
    def cells(self) -> Cells:
        """The table of the window, small cells withheld on public pages."""
        return Cells.of(self.network.record, is_public=self.network.query.is_public)

    def about(self, title: str) -> dict[str, Any]:
        """Return what every file says of itself."""
        network = self.network
        return {
            "title": f"AlpClusters: {title}",
            "page": self.page,
            "exported_on": self.today.isoformat(),
            "measured_at": network.made_at.isoformat(),
            "basis": network.query.basis,
            "grouping": network.query.grouping,
            "window": network.window,
            "simulated": network.query.simulated,
            "projects_not_confirmed": network.n_unverified,
            "stamp": dict(network.record["stamp"]),
            "value_stamp": dict(network.record["value_stamp"]),
            "conventions": conventions(network, self.language),
            "sources": source_lines(network, self.language),
            "small_cells": "withheld: fewer than five organisations on either side"
            if network.query.is_public
            else "shown: not for publication",
            "licence": (
                "Counts by AlpClusters, CC BY 4.0: name AlpClusters and the date. The projects "
                "behind them name their own sources and licences."
            ),
        }


# --- the whole network ------------------------------------------------------------------------


def whole(wanted: Wanted, kind: str) -> Chunks:
    """Write all organisations and ties."""
    nodes, ties = _Nodes.of(wanted), _ties(wanted)
    about = wanted.about("the network")
    write = graphml if kind == "graphml" else network_json
    return write(nodes, ties, about)


def only_nodes(wanted: Wanted, _kind: str) -> Chunks:
    """Write the organisations."""
    return nodes_csv(_Nodes.of(wanted))


def only_ties(wanted: Wanted, _kind: str) -> Chunks:
    """Write the ties."""
    return ties_csv(_ties(wanted))


@dataclass(frozen=True)
class _Nodes:
    """Organisations row by row: those a page names by name, the others by their region alone."""

    wanted: Wanted
    listed: Mapping[int, str]
    published: Mapping[int, Named]
    groups: GroupNames
    hidden: frozenset[str]
    page: str

    @classmethod
    def of(cls, wanted: Wanted) -> "_Nodes":
        rows = Organisation.objects.listed().order_by("pk").values_list("pk", "name")
        stored = _stored(wanted.network)
        groups = GroupNames.load(stored.codes())
        page = wanted.base + reverse("public:organisation", args=[0])
        listed = dict(rows)
        published = {}
        if wanted.network.is_of_projects:
            others = {number for number, _group, _n in stored.nodes() if number not in listed}
            published = published_names(others)
        return cls(wanted, listed, published, groups, wanted.cells.hidden, page)

    def __iter__(self) -> Iterator[Node]:
        for place, (number, group, n) in enumerate(_stored(self.wanted.network).nodes()):
            name = self.listed.get(number, "") or self._published(number)
            shown = group if name or group not in self.hidden else ""
            url = self.page.replace("/0/", f"/{number}/") if number in self.listed else ""
            region = self.groups.long(shown) if shown else ""
            yield Node(f"n{place}", name, shown, region, n, url)

    def _published(self, number: int) -> str:
        return self.published[number].name if number in self.published else ""


def _ties(wanted: Wanted) -> Iterator[Tie]:
    for first, second, joint, since in _stored(wanted.network).ties():
        yield Tie(f"n{first}", f"n{second}", joint, since or None)


def _stored(network: Network) -> StoredNetwork:
    return StoredNetwork(network.file, network.window, network.query.grouping)


# --- matrix and pairs -------------------------------------------------------------------------


def matrix(wanted: Wanted, kind: str) -> Chunks:
    """Write the pairs of all regions; the drawing has those of the page."""
    cells = wanted.cells
    if kind == "svg":
        return _drawn(matrix_chart(wanted).standalone_svg(SVG_WIDTH))
    names = GroupNames.load(cells.groups)
    shown = sorted(cells.groups)
    pairs = [*(cells.cell(code, code) for code in shown), *cells.pairs(shown)]
    rows = (_pair_row(wanted.network.window, cell, names) for cell in pairs)
    return _table("pairs", PAIR_COLUMNS, rows, wanted, kind, "ties between regions")


def matrix_chart(wanted: Wanted) -> MatrixChart:
    """Return the drawing of the matrix of the page."""
    cells = wanted.cells
    codes = cells.chosen(wanted.network.query.country)
    names = GroupNames.load(codes)
    title = "AlpClusters"
    note = (
        f"{window_name(wanted.network.window)}. {wanted.today.isoformat()}. CC BY 4.0 AlpClusters"
    )
    if wanted.network.query.simulated:
        note = f"{_('simulated')}. {note}"
    return MatrixChart(
        wanted.language,
        tuple(names.long(code) for code in codes),
        tuple(names.short(code) for code in codes),
        tuple(tuple(_ratio(cells.cell(code, other)) for other in codes) for code in codes),
        title=title,
        note=note,
    )


def _ratio(cell: PairCell) -> RatioCell:
    is_self = cell.first == cell.second
    return RatioCell(
        None if is_self else cell.ratio,
        cell.n_ties,
        cell.is_missing,
        cell.is_withheld,
        is_self,
        cell.is_thin,
    )


def _pair_row(window: str, cell: PairCell, names: GroupNames) -> list[Any]:
    values: list[Any] = [None] * 7
    if not cell.is_withheld:
        values = [
            *(cell.n_ties, cell.observed, cell.expected, cell.ratio),
            *(cell.low, cell.high, cell.margins),
        ]
    return [
        window, cell.first, names.long(cell.first), cell.second, names.long(cell.second),
        *values, cell.is_missing, cell.is_withheld,
    ]  # fmt: skip


def pair(wanted: Wanted, first: str, second: str, kind: str) -> Chunks:
    """Write a pair in all periods; JSON also names who could bridge it and who ties it."""
    names = GroupNames.load([first, second])
    found = [(one, cell) for one, cell in pair_rows(wanted.network, first, second)]
    found.append((wanted.network.record, wanted.cells.cell(first, second)))
    rows = [_pair_row(one["name"], cell, names) for one, cell in found]
    unique = {row[0]: row for row in rows}
    if kind == "csv":
        return table_csv(PAIR_COLUMNS, unique.values())
    about = wanted.about(f"{first} and {second}")
    about |= _pair_people(wanted, first, second)
    records = (dict(zip(PAIR_COLUMNS, row, strict=True)) for row in unique.values())
    return table_json("windows", records, about)


def _pair_people(wanted: Wanted, first: str, second: str) -> dict[str, Any]:
    cells = wanted.cells
    if cells.cell(first, second).is_withheld:
        return {}
    record = missing_record(cells, first, second)
    across = across_of(wanted.network, first, second)
    numbers = [*missing_numbers(wanted.network.record), *(n for n, _g, _c in across)]
    bodies = load_bodies(wanted.network, numbers, GroupNames.load(cells.groups), cells.hidden)
    bridges = record["bridges"] if record else []
    return {
        "could_bridge": [
            {
                "organisation": bodies.of(one["node"], one["group"]).name,
                "partner_first": bodies.of(one["partner_first"], first).name,
                "partner_second": bodies.of(one["partner_second"], second).name,
            }
            for one in bridges
        ],
        "tie_the_two": [
            {"organisation": bodies.of(n, group).name, "region": group, "partners": count}
            for n, group, count in across
        ],
    }


# --- the other pages --------------------------------------------------------------------------


def roles(wanted: Wanted, kind: str) -> Chunks:
    """Write who has each role most often."""
    cells = wanted.cells
    found = [(role, broker) for role in ROLES for broker in brokers(wanted.network, role, "")]
    names = GroupNames.load([*cells.groups, *(broker.group for _role, broker in found)])
    bodies = load_bodies(wanted.network, (b.number for _role, b in found), names, cells.hidden)
    rows = []
    for role, broker in found:
        body = bodies.of(broker.number, broker.group)
        shown = broker.group if body.url or broker.group not in cells.hidden else ""
        region = names.long(shown) if shown else ""
        rows.append([role, body.name, shown, region, broker.count, round(broker.share, 6)])
    return _table("roles", ROLE_COLUMNS, iter(rows), wanted, kind, "who bridges whom")


def overview(wanted: Wanted, kind: str) -> Chunks:
    """Write the picture: as it is drawn, or its organisations and ties."""
    picture = draw_overview(wanted.network, wanted.cells, wanted.language)
    return _picture(wanted, picture, kind, "the backbone of the network")


def change(wanted: Wanted, kind: str) -> Chunks:
    """Write the measures of all periods."""
    charts = [] if why_not_comparable(wanted.network) else change_charts(
        wanted.network, wanted.language
    )  # fmt: skip
    if kind == "svg":
        return _drawn(charts[0].standalone_svg(SVG_WIDTH) if charts else _EMPTY_SVG)
    rows = (
        [one["name"], name, row.value, row.low, row.high, row.expected, row.n,
         one["stamp"]["n_connected"]]
        for name, chart in zip(("share", "ei", "t"), charts, strict=False)
        for one, row in zip(wanted.network.periods, chart.rows, strict=True)
    )  # fmt: skip
    return _table("measures", CHANGE_COLUMNS, rows, wanted, kind, "change over time")


def organisation(wanted: Wanted, body: Organisation, kind: str) -> Chunks | None:
    """Write an organisation with its partners; None where it has no tie."""
    ego = ego_of(wanted.network, body)
    if ego is None:
        return None
    names = GroupNames.load([ego.group, *(partner.group for partner in ego.partners)])
    hidden = wanted.cells.hidden
    bodies = load_bodies(wanted.network, (p.number for p in ego.partners), names, hidden)
    if kind in {"svg", "graphml"}:
        drawn = ego.partners[:MOST_DRAWN] if kind == "svg" else ego.partners
        picture = draw_ego(wanted.network, body, ego, drawn, bodies, wanted.language)
        return _picture(wanted, picture, kind, body.name)
    # At once: while a file is sent, nobody's language is active.
    rows = [_partner_row(partner, bodies, wanted.base) for partner in ego.partners]
    return _table("partners", PARTNER_COLUMNS, iter(rows), wanted, kind, body.name)


def _partner_row(partner: Partner, bodies: Organisations, base: str) -> list[Any]:
    known = bodies.of(partner.number, partner.group)
    shown = partner.group if known.url or partner.group not in bodies.hidden else ""
    return [
        known.name, shown, bodies.groups.long(shown) if shown else "", partner.joint,
        partner.since or None, f"{base}{known.url}" if known.url else "",
    ]  # fmt: skip


# --- writing ----------------------------------------------------------------------------------

_EMPTY_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _table(
    name: str,
    columns: Sequence[str],
    rows: Iterator[list[Any]],
    wanted: Wanted,
    kind: str,
    title: str,
) -> Chunks:
    if kind == "csv":
        return table_csv(columns, rows)
    records = (dict(zip(columns, row, strict=True)) for row in rows)
    return table_json(name, records, wanted.about(title))


def _picture(wanted: Wanted, picture: NetworkPicture, kind: str, title: str) -> Chunks:
    if kind == "svg":
        return _drawn(picture.standalone_svg(SVG_WIDTH))
    partners = picture.partners
    nodes = [
        Node(f"n{place}", mark.name if mark.url or mark.is_centre else "", mark.group,
             mark.group_name if mark.group else "", partners[place],
             f"{wanted.base}{mark.url}" if mark.url else "")
        for place, mark in enumerate(picture.marks)
    ]  # fmt: skip
    ties = [Tie(f"n{edge.first}", f"n{edge.second}", edge.weight) for edge in picture.edges]
    if kind == "csv":
        names = [mark.name for mark in picture.marks]
        return ties_csv([Tie(names[e.first], names[e.second], e.weight) for e in picture.edges])
    write: Callable[..., Chunks] = graphml if kind == "graphml" else network_json
    return write(nodes, ties, wanted.about(title))


def _drawn(text: str) -> Chunks:
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield text.encode()


type Writer = Callable[[Wanted, str], Chunks]
WRITERS: Final[dict[str, tuple[tuple[str, ...], Writer]]] = {
    "network": (("graphml", "json"), whole),
    "nodes": (("csv",), only_nodes),
    "ties": (("csv",), only_ties),
    "matrix": (("csv", "json", "svg"), matrix),
    "roles": (("csv", "json"), roles),
    "overview": (("svg", "graphml", "csv", "json"), overview),
    "change": (("csv", "json", "svg"), change),
}
