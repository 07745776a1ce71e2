"""The network as a picture: its backbone, at most forty organisations, all ties in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.measuring.stored import StoredNetwork
from alpclusters.reports.charts.network import Edge, Mark, NetworkPicture, strengths
from alpclusters.reports.numbers import format_integer, format_number, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.network.addresses import NetworkQuery, address
from alpclusters.www.public.network.bodies import load_bodies
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.loading import Network, load_network
from alpclusters.www.public.network.names import GroupNames, Organisations
from alpclusters.www.public.network.pages import Frame, export_links, frame_of

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
