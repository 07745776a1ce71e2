"""One organisation in the network: its partners, where it stands, and a picture of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.measuring.stored import (
    FEW_PARTNERS,
    Ego,
    Partner,
    Standing,
    StoredNetwork,
)
from alpclusters.platform.network.models import Link
from alpclusters.reports.charts.network import Edge, Mark, NetworkPicture, strengths
from alpclusters.reports.numbers import (
    EN_DASH,
    format_integer,
    format_interval,
    format_number,
    format_percent,
)
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.network.asking import (
    GroupNames,
    Network,
    NetworkQuery,
    Organisations,
    address,
    load_network,
)
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.first_page import Frame, frame_of, load_bodies
from alpclusters.www.public.network.overview import ROLES

PER_PAGE: Final = 25
MOST_DRAWN: Final = 30
KINDS: Final = ("graphml", "csv", "json", "svg")


@dataclass(frozen=True)
class EgoPage:
    """Everything the template names; without ``ego`` it has no tie in the window."""

    frame: Frame
    name: str
    region: str
    lead: str
    table: Table | None
    pages: Page[Any] | None
    positions: Table | None
    roles: Table | None
    chart: ChartView | None
    n_left_out: int


@dataclass(frozen=True)
class LinkFacts:
    """What links say of a partner: kinds, states, topics."""

    types: Sequence[str]
    states: Sequence[str]


def read_ego(query: NetworkQuery, body: Organisation, page: str) -> EgoPage | None:
    """Read the page of an organisation; None where nothing was measured."""
    network = load_network(query)
    if network is None:
        return None
    language = nearest_language(get_language())
    cells = Cells.of(network.record, is_public=query.is_public)
    ego = ego_of(network, body)
    pages = Paginator(ego.partners if ego else [], PER_PAGE).get_page(page)
    shown: list[Partner] = list(pages.object_list)
    drawn = ego.partners[:MOST_DRAWN] if ego else []
    groups = {p.group for p in (*shown, *drawn)} | {ego.group if ego else ""}
    names = GroupNames.load(groups)
    bodies = load_bodies(network, (p.number for p in (*shown, *drawn)), names, cells.hidden)
    exports = [
        (address_name(kind), address(network.query, "network-organisation-export", body.pk, kind))
        for kind in KINDS
    ]
    return EgoPage(
        frame=frame_of(
            network, cells, "network-organisation", body.pk,
            exports=[(_("This organisation"), exports)] if ego else [],
        ),
        name=body.name,
        region=names.long(ego.group) if ego and ego.group else "",
        lead=_lead(ego, language),
        table=_table(network, body, shown, bodies, language) if ego else None,
        pages=pages if pages.has_other_pages() else None,
        positions=_positions(ego, language) if ego else None,
        roles=_roles(ego, language) if ego else None,
        chart=_chart(network, body, ego, drawn, bodies, language) if ego else None,
        n_left_out=len(ego.partners) - len(drawn) if ego else 0,
    )  # fmt: skip


def address_name(kind: str) -> str:
    """Return what a kind of file is called."""
    return "GraphML" if kind == "graphml" else kind.upper()


def ego_of(network: Network, body: Organisation) -> Ego | None:
    """Return the rows of an organisation; None where it has no tie or the file is being made."""
    stored = StoredNetwork(network.file, network.window, network.query.grouping)
    return stored.ego(body.pk) if stored.is_there else None


def _lead(ego: Ego | None, language: str) -> str:
    if ego is None or not ego.partners:
        return _("No tie of this organisation is counted in this network and period.")
    abroad = sum(p.group != ego.group for p in ego.partners if p.group)
    return _("%(n)s partners, %(abroad)s of them in other regions.") % {
        "n": format_integer(len(ego.partners), language),
        "abroad": format_integer(abroad, language),
    }


# --- partners ---------------------------------------------------------------------------------


def _table(
    network: Network,
    body: Organisation,
    shown: list[Partner],
    bodies: Organisations,
    language: str,
) -> Table:
    columns = [Column(_("Partner")), Column(_("Region"))]
    facts: Mapping[int, LinkFacts] = {}
    if network.is_of_projects:
        columns.append(Column(_("Joint projects"), is_number=True))
    else:
        facts = link_facts(body, shown)
        columns += [Column(label_of(Link, "type")), Column(label_of(Link, "status"))]
    columns.append(Column(label_of(Link, "started_on"), is_number=True))
    rows = [_row(network, partner, facts, bodies, language) for partner in shown]
    return Table(_("Partners with most joint work first"), columns, rows)


def _row(
    network: Network,
    partner: Partner,
    facts: Mapping[int, LinkFacts],
    bodies: Organisations,
    language: str,
) -> list[Any]:
    known = bodies.of(partner.number, partner.group)
    url = address(network.query, "network-organisation", partner.number) if known.url else ""
    region = partner.group if partner.group not in bodies.hidden or known.url else ""
    row: list[Any] = [Cell(known.name, url=url), bodies.groups.long(region) if region else EN_DASH]
    if network.is_of_projects:
        row.append(format_integer(partner.joint, language))
    else:
        said = facts.get(partner.number, LinkFacts((), ()))
        row += [", ".join(said.types) or EN_DASH, ", ".join(said.states) or EN_DASH]
    return [*row, str(partner.since) if partner.since else EN_DASH]


def link_facts(body: Organisation, shown: Sequence[Partner]) -> dict[int, LinkFacts]:
    """Return kind and state of the links with each partner.

    One query for each end: an index holds either of them, but not one or the other.
    """
    wanted = [partner.number for partner in shown if partner.number > 0]
    rows = Link.objects.counted().filter(is_simulated=body.is_simulated).order_by("pk")
    columns = ("type", "status")
    said = [
        *rows.filter(first=body.pk, second__in=wanted).values_list("second", *columns),
        *rows.filter(second=body.pk, first__in=wanted).values_list("first", *columns),
    ]
    found: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for other, kind, status in said:
        types, states = found.setdefault(other, ({}, {}))
        types[str(Link.Type(kind).label)] = None
        states[str(Link.Status(status).label)] = None
    return {other: LinkFacts(list(t), list(s)) for other, (t, s) in found.items()}


# --- where it stands --------------------------------------------------------------------------


def _positions(ego: Ego, language: str) -> Table:
    words = {
        "degree": (_("Partners"), 0),
        "betweenness": (_("Shortest paths through it (betweenness)"), 1),
        "constraint": (_("Room between partners (constraint, small is much)"), 2),
    }
    columns = [
        Column(_("Position")),
        Column(_("Value"), is_number=True),
        Column(_("Rank of %(n)s") % {"n": format_integer(ego.n, language)}, is_number=True),
    ]
    rows: list[list[Any]] = [
        [title, _value(ego.standings[key].value, decimals, language),
         _rank(ego.standings[key], language)]
        for key, (title, decimals) in words.items()
    ]  # fmt: skip
    rows.append([_("Depth in the dense middle (core)"), format_integer(ego.core, language), ""])
    rows.append([_("Spread over regions (participation)"), _spread(ego, language), ""])
    return Table(_("Values with their ranks"), columns, rows)


def _value(value: float | None, decimals: int, language: str) -> str:
    return EN_DASH if value is None else format_number(value, language, decimals)


def _rank(standing: Standing, language: str) -> str:
    if standing.value is None:
        return EN_DASH
    if standing.best == standing.worst:
        return format_integer(standing.best, language)
    return format_interval(standing.best, standing.worst, language, 0)


def _spread(ego: Ego, language: str) -> Any:
    if ego.participation is None:
        few = _("fewer than %(n)s partners: no value") % {"n": FEW_PARTNERS}
        return Cell(EN_DASH, note=few if len(ego.partners) < FEW_PARTNERS else "")
    return format_number(ego.participation, language, 2)


def _roles(ego: Ego, language: str) -> Table | None:
    if not any(count for count, _total in ego.roles.values()):
        return None
    columns = [
        Column(_("Role")),
        Column(_("Pairs bridged"), is_number=True),
        Column(_("Share of all"), is_number=True),
    ]
    rows = [
        [
            Cell(title, note=words),
            format_integer(ego.roles[role][0], language),
            format_percent(ego.roles[role][0] / (ego.roles[role][1] or 1), language, 1),
        ]
        for role, (title, words) in ROLES.items()
    ]
    return Table(_("How often it stands between two that are not tied"), columns, rows)


# --- picture ----------------------------------------------------------------------------------


def _chart(
    network: Network,
    body: Organisation,
    ego: Ego,
    drawn: list[Partner],
    bodies: Organisations,
    language: str,
) -> ChartView:
    picture = draw_ego(network, body, ego, drawn, bodies, language)
    return view_of(picture, caption=picture.title, language=language)


def draw_ego(
    network: Network,
    body: Organisation,
    ego: Ego,
    drawn: list[Partner],
    bodies: Organisations,
    language: str,
) -> NetworkPicture:
    """Put the organisation into the middle and its partners around it, region by region."""
    around = sorted(drawn, key=lambda one: (one.group, one.number))
    shares = strengths([partner.joint for partner in around])
    centre = Mark(0.5, 0.5, body.name, ego.group, bodies.groups.long(ego.group), 1.0,
                  label=body.short_name, is_centre=True)  # fmt: skip
    marks = [centre]
    for place, partner in enumerate(around):
        angle = 2 * pi * place / len(around) - pi / 2
        marks.append(_mark(network, partner, shares[place], angle, bodies))
    edges = [
        Edge(0, place + 1, partner.joint, shares[place]) for place, partner in enumerate(around)
    ]
    stored = StoredNetwork(network.file, network.window, network.query.grouping)
    edges += [
        Edge(one + 1, two + 1, n, 0.0)
        for one, two, n in stored.between([partner.place for partner in around])
    ]
    weight = (
        _("Joint projects")
        if network.is_of_projects
        else pgettext("between organisations", "Links")
    )
    title = _("%(name)s and its partners") % {"name": body.name}
    return NetworkPicture(language, tuple(marks), tuple(edges), title, weight)


def _mark(
    network: Network, partner: Partner, share: float, angle: float, bodies: Organisations
) -> Mark:
    known = bodies.of(partner.number, partner.group)
    group = partner.group if known.url or partner.group not in bodies.hidden else ""
    return Mark(
        x=0.5 + 0.5 * cos(angle),
        y=0.5 + 0.5 * sin(angle),
        name=known.name,
        group=group,
        group_name=bodies.groups.long(group) if group else _("region not known"),
        size=share,
        url=address(network.query, "network-organisation", partner.number) if known.url else "",
        label=known.short if known.url else bodies.groups.short(group) or "?",
    )
