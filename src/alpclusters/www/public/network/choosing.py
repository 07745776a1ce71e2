"""What one can choose on a page of the network: a form that works without a script."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.network.domain.measuring.places import NUTS2
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.components.parts import Tab
from alpclusters.www.public.network.addresses import NetworkQuery, address
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.loading import Network
from alpclusters.www.public.network.names import BASES, GROUPINGS, window_name


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
    options = [(key, name, key == network.query.grouping) for key, name in GROUPINGS.items()]
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
