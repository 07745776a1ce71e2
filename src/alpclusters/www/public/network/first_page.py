"""The first page of the network: how closely the regions are tied, and what one can choose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.lasting import Scope, read_lasting
from alpclusters.platform.network.domain.measuring.places import NUTS2
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.components.parts import Figure, Tab
from alpclusters.www.public.lasting.lasting_page import answer
from alpclusters.www.public.network.asking import (
    BASES,
    GROUPING_NAMES,
    GroupNames,
    Network,
    NetworkQuery,
    Organisations,
    address,
    load_network,
    public,
    window_name,
)
from alpclusters.www.public.network.cells import Cells, MatrixView, left_out_text, matrix_view
from alpclusters.www.public.network.figures import (
    MissingView,
    conventions,
    key_figures,
    missing_numbers,
    missing_views,
    reason_text,
    source_lines,
)

# --- The organisations that a page of the network names -------------------------------------------


def load_bodies(
    network: Network,
    numbers: Iterable[int],
    groups: GroupNames,
    hidden: frozenset[str] = frozenset(),
) -> Organisations:
    """Read the organisations of a page by their numbers (two queries at most)."""
    return Organisations.load(numbers, groups, hidden, is_of_projects=network.is_of_projects)


# --- What one can choose on a page of the network: a form that works without a script -------------


@dataclass(frozen=True)
class Choice:
    """A list of which one entry is taken: name in the address, label, (value, label, chosen)."""

    name: str
    label: str
    options: Sequence[tuple[str, Any, bool]]


@dataclass(frozen=True)
class Chooser:
    """The form above a page and the link to the other kind of data."""

    action: str
    choices: Sequence[Choice]
    hidden: Sequence[tuple[str, str]]
    other_kind: tuple[str, str]


def chooser(network: Network, cells: Cells, page: str, *args: Any) -> Chooser:
    """Return what can be chosen here."""
    query = network.query
    choices = [_bases(network)]
    if page != "network-pair":  # its address says which
        choices.append(_groupings(network))
    if page != "network-change":  # it shows all of them
        choices.append(_windows(network))
    if query.grouping == NUTS2 and page == "network":
        choices.append(_countries(query, cells))
    return Chooser(
        action=address(NetworkQuery(space=query.space), page, *args),
        choices=[choice for choice in choices if len(choice.options) > 1],
        hidden=[("simulated", "1")] if query.simulated else [],
        other_kind=_other_kind(network, page, *args),
    )


def _bases(network: Network) -> Choice:
    there = {basis for basis, _g, kind in network.others if kind == network.query.simulated}
    options = [(key, name, key == network.query.basis) for key, name in BASES.items()]
    return Choice("basis", _("What is counted"), [o for o in options if o[0] in there])


def _groupings(network: Network) -> Choice:
    options = [(key, name, key == network.query.grouping) for key, name in GROUPING_NAMES.items()]
    return Choice("by", _("By"), options)


def _windows(network: Network) -> Choice:
    options = [
        (one["name"], window_name(one["name"]), one["name"] == network.window)
        for one in network.windows
    ]
    return Choice("window", _("Period"), options)


def _countries(query: NetworkQuery, cells: Cells) -> Choice:
    language = get_language()
    known = [(code, country_name(code, language)) for code in cells.countries()]
    options: list[tuple[str, Any, bool]] = [("", _("all countries"), not query.country)]
    options += [(c, n, c == query.country) for c, n in sorted(known, key=lambda one: one[1])]
    return Choice("country", _("Regions of"), options)


def _other_kind(network: Network, page: str, *args: Any) -> tuple[str, str]:
    """Return words and address of the network of the other kind of data, if it is there."""
    wanted = not network.query.simulated
    if not any(kind == wanted for _b, _g, kind in network.others):
        return ("", "")
    words = _("Show the simulated network") if wanted else _("Show the real network")
    query = NetworkQuery(
        grouping=network.query.grouping, simulated=wanted, space=network.query.space
    )
    # A pair or an organisation of one world has no page in the other.
    return (str(words), address(query, "network" if args else page))


def subpages(network: Network, current: str) -> list[Tab]:
    """Return the other pages of the same network."""
    query = replace(network.query, country="")
    known = [
        ("network", _("Regions")),
        ("network-overview", _("As a picture")),
        ("network-roles", _("Who bridges whom")),
        ("network-change", _("Change over time")),
    ]
    return [
        Tab(label, address(query, page), is_current=page == current)
        for page, label in known
        if query.is_public or page == "network"
    ]


# --- The first page of the network: how closely the regions are tied, and what is missing ---------


type Record = Mapping[str, Any]
type Files = Sequence[tuple[str, Sequence[tuple[str, str]]]]
MOST_LASTING: Final = 10_000
MATRIX_KINDS: Final = ("csv", "json", "svg")
KIND_NAMES: Final = {"graphml": "GraphML"}


@dataclass(frozen=True)
class Frame:
    """What every page of the network has.

    Attributes
    ----------
    network : Network
    chooser : Chooser
    tabs : sequence of Tab
    conventions, sources : sequence of str
    exports : sequence of (words, (kind, address)...)
    """

    network: Network
    chooser: Chooser
    tabs: Sequence[Tab]
    conventions: Sequence[str]
    sources: Sequence[str]
    exports: Sequence[tuple[str, Sequence[tuple[str, str]]]]

    @property
    def is_simulated(self) -> bool:
        """Say whether the network is invented."""
        return self.network.query.simulated

    @property
    def is_public(self) -> bool:
        """Say whether small cells are withheld."""
        return self.network.query.is_public

    @property
    def first_url(self) -> str:
        """Address of the first page with the same question."""
        return address(self.network.query)


@dataclass(frozen=True)
class NetworkPage:
    """Everything the template of the first page names."""

    frame: Frame
    figures: Sequence[Figure]
    matrix: MatrixView
    left_out: str
    note: str
    missing: Sequence[MissingView]
    why_none: str
    overview_url: str
    matrix_files: Sequence[tuple[str, str]]
    lasting_url: str
    lasting: str


def frame_of(
    network: Network,
    cells: Cells,
    page: str,
    *args: Any,
    exports: Files = (),
) -> Frame:
    """Return what surrounds a page."""
    language = nearest_language(get_language())
    return Frame(
        network=network,
        chooser=chooser(network, cells, page, *args),
        tabs=subpages(network, page),
        conventions=conventions(network, language),
        sources=source_lines(network, language),
        exports=exports,
    )


def export_links(
    network: Network, wanted: Sequence[tuple[str, str]], *, page: str = "network-export"
) -> list[tuple[str, str]]:
    """Return words and address of each file: ``("matrix", "csv")``."""
    return [
        (KIND_NAMES.get(kind, kind.upper()), address(network.query, page, what, kind))
        for what, kind in wanted
    ]


def read_page(query: NetworkQuery) -> NetworkPage | None:
    """Read the first page; None where nothing was measured yet."""
    network = load_network(query)
    if network is None:
        return None
    language = nearest_language(get_language())
    cells = Cells.of(network.record, is_public=query.is_public)
    names = GroupNames.load(_codes(network, cells))
    bodies = load_bodies(network, missing_numbers(network.record), names, cells.hidden)
    view = matrix_view(network, cells, names, language)
    return NetworkPage(
        frame=frame_of(network, cells, "network", exports=_files(network)),
        figures=key_figures(network, cells, language),
        matrix=view,
        left_out=left_out_text(view.n_left_out),
        note=_note(network),
        missing=missing_views(network, cells, names, bodies, language),
        why_none=reason_text(network.record["missing"]["reasons"]),
        overview_url=address(public(query_without_country(network.query)), "network-overview"),
        matrix_files=export_links(network, [("matrix", kind) for kind in MATRIX_KINDS]),
        lasting_url=f"{reverse('public:lasting')}?simulated={int(network.query.simulated)}",
        lasting=_lasting(network, language),
    )


def _codes(network: Network, cells: Cells) -> list[str]:
    """Return the groups a page names: those of the matrix and of the missing pairs."""
    named = [p[key] for p in network.record["missing"]["pairs"] for key in ("first", "second")]
    bridges = [b["group"] for p in network.record["missing"]["pairs"] for b in p["bridges"]]
    return [*cells.chosen(network.query.country), *named, *bridges]


def _lasting(network: Network, language: str) -> str:
    """Say in a sentence what lasts, with its interval and what it rests on."""
    scope = Scope(is_simulated=network.query.simulated)
    # Of more links the curve takes longer than this page may: it has a page of its own.
    if scope.links()[: MOST_LASTING + 1].count() > MOST_LASTING:
        return ""
    return answer(read_lasting(scope, today=timezone.localdate()), language)


def query_without_country(query: NetworkQuery) -> NetworkQuery:
    """Return the question for pages that show all countries."""
    return replace(query, country="")


def _files(network: Network) -> Files:
    """Return the files of the whole network."""
    return [
        (_("The network"), export_links(network, [("network", k) for k in ("graphml", "json")])),
        (_("Organisations"), export_links(network, [("nodes", "csv")])),
        (_("Ties"), export_links(network, [("ties", "csv")])),
    ]


def _note(network: Network) -> str:
    """Say under the matrix what was expected, when and how weighted."""
    weights = _("weighted by the size of projects") if network.is_of_projects else _("unweighted")
    return _("Expected from the ties between regions alone; %(period)s, %(weights)s.") % {
        "period": window_name(network.window),
        "weights": weights,
    }
