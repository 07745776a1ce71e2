"""What is missing, in words: two regions, how many ties too few, and who could bridge them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.reports.numbers import format_integer, format_interval, format_number
from alpclusters.www.public.network.addresses import address
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.loading import Network
from alpclusters.www.public.network.matrix import pair_name
from alpclusters.www.public.network.names import GroupNames, Named, Organisations

type Record = Mapping[str, Any]


@dataclass(frozen=True)
class BridgeView:
    """Somebody who could bring two regions together, with the two ties that qualify it."""

    body: Named
    region: str
    partners: Sequence[tuple[Named, str]]


@dataclass(frozen=True)
class MissingView:
    """A missing pair as a card."""

    name: str
    url: str
    facts: str
    who: str
    bridges: Sequence[BridgeView]


def missing_numbers(record: Record) -> list[int]:
    """Return the numbers of all organisations that the missing pairs name."""
    return [
        bridge[key]
        for pair in record["missing"]["pairs"]
        for bridge in pair["bridges"]
        for key in ("node", "partner_first", "partner_second")
    ]


def missing_views(
    network: Network, cells: Cells, names: GroupNames, bodies: Organisations, language: str
) -> list[MissingView]:
    """Put the missing pairs into words, largest shortfall first."""
    shown = [p for p in cells.missing_pairs if _is_inside(p, network.query.country)]
    return [_view(network, cells, pair, names, bodies, language) for pair in shown]


def _is_inside(pair: Record, country: str) -> bool:
    return any(str(pair[side]).startswith(country) for side in ("first", "second"))


def _view(
    network: Network,
    cells: Cells,
    pair: Record,
    names: GroupNames,
    bodies: Organisations,
    language: str,
) -> MissingView:
    first, second = pair["first"], pair["second"]
    return MissingView(
        name=pair_name(first, second, names),
        url=address(network.query, "network-pair", f"{first}-{second}"),
        facts=facts_text(pair, cells.cell(first, second).n_ties, network, language),
        who=who_text(len(pair["bridges"]), language),
        bridges=[bridge_view(one, pair, names, bodies) for one in pair["bridges"]],
    )


def facts_text(pair: Record, n_ties: int, network: Network, language: str) -> str:
    """Say observed, expected and the interval of the ratio."""
    values = {
        "n": format_integer(n_ties, language),
        "expected": format_number(pair["expected"], language, 1),
        "observed": format_number(pair["observed"], language, 1),
        "ratio": format_number(pair["ratio"], language, 2),
        "interval": format_interval(pair["interval"]["low"], pair["interval"]["high"], language, 2),
    }
    if network.is_of_projects:
        text = ngettext(
            "Fewer ties than expected: %(n)s tie; weighted by the size of projects %(observed)s "
            "where %(expected)s were expected, ratio %(ratio)s (%(interval)s).",
            "Fewer ties than expected: %(n)s ties; weighted by the size of projects %(observed)s "
            "where %(expected)s were expected, ratio %(ratio)s (%(interval)s).",
            n_ties,
        )
    else:
        text = ngettext(
            "Fewer ties than expected: %(n)s link where %(expected)s were expected, ratio "
            "%(ratio)s (%(interval)s).",
            "Fewer ties than expected: %(n)s links where %(expected)s were expected, ratio "
            "%(ratio)s (%(interval)s).",
            n_ties,
        )
    return text % values


def who_text(n: int, language: str) -> str:
    """Say how many could bridge a pair; five are named at most."""
    if not n:
        return _("Nobody has been found yet who could bridge them.")
    return ngettext(
        "%(n)s organisation could bridge them:", "%(n)s organisations could bridge them:", n
    ) % {"n": format_integer(n, language)}


def bridge_view(
    bridge: Record, pair: Record, names: GroupNames, bodies: Organisations
) -> BridgeView:
    """Name an organisation and its partner on each side."""
    first, second = pair["first"], pair["second"]
    return BridgeView(
        body=bodies.of(bridge["node"], bridge["group"]),
        region=names.long(bridge["group"]),
        partners=[
            (bodies.of(bridge["partner_first"], first), names.long(first)),
            (bodies.of(bridge["partner_second"], second), names.long(second)),
        ],
    )
