"""The key figures in words: each with n and its interval; how it was counted, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.network.domain.measuring.places import ALL, NUTS2
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.reports.numbers import (
    EN_DASH,
    format_integer,
    format_interval,
    format_number,
    format_percent,
    format_share_interval,
)
from alpclusters.www.components.parts import COMPUTED_FROM_FILES, IN_FILES, Figure
from alpclusters.www.public.network.asking import (
    GroupNames,
    Named,
    Network,
    Organisations,
    address,
    window_name,
)
from alpclusters.www.public.network.cells import Cells, interval_text, pair_name

# --- How it was counted, in words; on every page of the network -----------------------------------


type Record = Mapping[str, Any]
REASONS: Final = {
    "no_ties": gettext_lazy("There are no ties in this period."),
    "one_group": gettext_lazy("All organisations with ties lie in one region."),
    "no_cross_ties": gettext_lazy("There are no ties between regions."),
    "one_region_holds_all_cross_ties": gettext_lazy(
        "One region has at least half of all ties between regions: no expectation can be said."
    ),
    "too_few_organisations": gettext_lazy("Too few organisations to say what chance would give."),
    "no_spread": gettext_lazy("Chance would always give the same."),
    "nothing_to_judge": gettext_lazy(
        "No pair has five organisations on both sides and five expected ties."
    ),
    "none_missing": gettext_lazy("No pair surely has fewer ties than expected."),
    "no_internal_ties": gettext_lazy("There are no ties within regions."),
    "no_external_ties": gettext_lazy("There are no ties between regions."),
}


SIMULATED: Final = "simulated"


def reason_text(codes: Sequence[str]) -> str:
    """Return why a figure is missing, in words."""
    return " ".join(str(REASONS[code]) for code in codes if code in REASONS)


def conventions(network: Network, language: str) -> list[str]:
    """Say how the figures of a page were counted."""
    stamp = network.record["stamp"]
    parts = [
        _of_projects(stamp, language) if network.is_of_projects else _of_links(),
        _of_groups(network, stamp, language),
        _of_window(network, stamp, language),
        *(_of_figures(network, language)),
    ]
    return [part for part in parts if part]


def _of_links() -> str:
    return _(
        "A tie is a link between two organisations that both sides confirmed or a published "
        "project shows; several links between the same two are one tie."
    )


def _of_projects(stamp: Record, language: str) -> str:
    told = _(
        "A tie is a joint published project. In the number of ties each pair counts once; in the "
        "ratios and in T each organisation brings one unit per project, shared among all its "
        "partners, also those elsewhere."
    )
    n = stamp["n_dropped_projects"]
    if not n:
        return told
    dropped = ngettext(
        "%(n)s project with more than %(most)s participants is left out.",
        "%(n)s projects with more than %(most)s participants are left out.",
        n,
    )
    return f"{told} {dropped % {'n': format_integer(n, language), 'most': stamp['max_size']}}"


def _of_groups(network: Network, stamp: Record, language: str) -> str:
    told = (
        _("Regions are those of NUTS 2 of %(year)s; older codes are carried over.")
        % {"year": CURRENT_VINTAGE}
        if network.query.grouping == NUTS2
        else _("An organisation belongs to the country of its seat.")
    )
    n = stamp["n_unknown"]
    if not n:
        return told
    unknown = ngettext(
        "%(n)s tie is left out of all figures on regions because the region of one end is not "
        "known.",
        "%(n)s ties are left out of all figures on regions because the region of one end is not "
        "known.",
        n,
    )
    return f"{told} {unknown % {'n': format_integer(n, language)}}"


def _of_window(network: Network, stamp: Record, language: str) -> str:
    n = format_integer(stamp["n_connected"], language)
    if network.window == ALL:
        return _("All years, also ties without a date; %(n)s organisations have a tie.") % {"n": n}
    return _("Counted in the period in which they began: %(period)s; %(n)s organisations.") % {
        "period": window_name(network.window),
        "n": n,
    }


def _of_figures(network: Network, language: str) -> list[str]:
    matrix, chance = network.record["matrix"], network.record["ei"]
    level = format_percent(matrix["level"], language)
    return [
        _(
            "Expected number of ties of a pair: from the ties between regions alone, given how "
            "many each region has. A pair is missing if the whole %(level)s interval of its ratio "
            "lies below 1, both sides have at least five organisations and at least five ties are "
            "expected."
        )
        % {"level": level},
        _(
            "Intervals: %(level)s, %(draws)s draws of the projects or links. Expected share across "
            "a border: random places for the same ties, %(permutations)s permutations."
        )
        % {
            "level": level,
            "draws": format_integer(matrix["draws"], language),
            "permutations": format_integer(chance["permutations"], language),
        },
        _("Cells where less than one tie was expected have no colour: none there says nothing."),
        _("Cells with fewer than five organisations on either side are withheld.")
        if network.query.is_public
        else _("Nothing is withheld here: this page is for coordinators only."),
    ]


def source_lines(network: Network, language: str) -> list[str]:
    """Name the sources with their licences."""
    lines = []
    for row in network.sources:
        name = _source_name(row["source"], network)
        licence = f", {row['licence']}" if row["licence"] else ""
        lines.append(f"{name}{licence} ({format_integer(row['n'], language)})")
    return lines


def _source_name(source: str, network: Network) -> str:
    if source == SIMULATED:
        return _("simulated")
    if source:
        return source
    return _("source not stated") if network.is_of_projects else _("entered by the organisations")


# --- The key figures: each with n, expectation or interval ----------------------------------------


_MOST_BIAS: Final = 0.25


def key_figures(network: Network, cells: Cells, language: str) -> list[Figure]:
    """Return ties, share across a border, integration and missing pairs."""
    return [
        _ties(network, language),
        share_figure(network, language),
        integration_figure(network.record, language),
        _missing(network, cells, language),
    ]


def _ties(network: Network, language: str) -> Figure:
    stamp = network.record["stamp"]
    organisations = ngettext("%(n)s organisation", "%(n)s organisations", stamp["n_connected"]) % {
        "n": format_integer(stamp["n_connected"], language)
    }
    label = (
        _("Pairs with a joint project")
        if network.is_of_projects
        else _("Links between organisations")
    )
    sub = f"{window_name(network.window)}, {organisations}"
    n = stamp["n_ties"]
    return Figure(label, format_integer(n, language), sub, key="ties", exact=n, why=IN_FILES)


def share_figure(network: Network, language: str) -> Figure:
    """Return the share across a border beside what chance would give."""
    share, chance = network.record["share"], network.record["ei"]
    is_by_region = network.query.grouping == NUTS2
    label = _("across the border of a region") if is_by_region else _("across a border")
    if share["value"] is None:
        return _unknown(label, share["reasons"])
    shown = format_percent(share["value"], language)
    told = chance_text(chance, language)
    return Figure(label, shown, told, key="across", exact=share["value"], why=COMPUTED_FROM_FILES)


def _unknown(label: str, reasons: Sequence[str]) -> Figure:
    """Show that a figure cannot be computed, and why."""
    return Figure(label, EN_DASH, key="unknown", why=reason_text(reasons))


def chance_text(chance: Record, language: str) -> str:
    """Say what random places would give, and how rare the observed share would be."""
    if chance["expected"] is None:
        return reason_text(chance["reasons"])
    expected = format_percent((1 + chance["expected"]) / 2, language)
    if chance["p_two"] is None:
        return _("expected %(share)s") % {"share": expected}
    return _("expected %(share)s, p\u00a0=\u00a0%(p)s") % {
        "share": expected,
        "p": p_text(chance["p_two"], language),
    }


def p_text(p: float, language: str) -> str:
    """Return a p value to three digits; it is never 0."""
    return format_number(max(p, 0.001), language, 3)


def share_interval(share: Record, language: str) -> str:
    """Return the interval of a share, or nothing."""
    span = share["interval"]
    return "" if span is None else format_share_interval(span["low"], span["high"], language)


def integration_figure(record: Record, language: str) -> Figure:
    """Return Frenken's T with its interval; 0 is fully integrated."""
    found = record["integration"]
    label = _("bias among regions (T)")
    if found["total"] is None:
        return _unknown(label, found["reasons"])
    shown, told = format_number(found["total"], language, 2), integration_text(found, language)
    return Figure(
        label, shown, told, key="integration", exact=found["total"], why=COMPUTED_FROM_FILES
    )


def integration_text(found: Record, language: str) -> str:
    """Say how sure T is: its interval, or how much of it few ties alone would make."""
    span, total, bias = found["interval"], found["total"], found["bias"] or 0.0
    # Draws of a thin table lie above it: then they tell of thinness, not of the value.
    if span and span["low"] <= total <= span["high"] and bias < _MOST_BIAS * total:
        shown = interval_text(span["low"], span["high"], language)
        return _("0 would be none; interval %(interval)s") % {"interval": shown}
    if bias >= total:
        return _("0 would be none; too few ties to tell it from chance")
    return _("0 would be none; about %(bias)s of it comes from few ties alone") % {
        "bias": format_number(bias, language, 2)
    }


def _missing(network: Network, cells: Cells, language: str) -> Figure:
    label = _("missing pairs of regions")
    if not cells.n_judged:
        return _unknown(label, ["nothing_to_judge"])
    of = ngettext("of %(n)s that can be judged", "of %(n)s that can be judged", cells.n_judged)
    n = len(cells.missing_pairs)
    told = of % {"n": format_integer(cells.n_judged, language)}
    shown = format_integer(n, language)
    # The list below may be narrowed to one country, and the picture and its roles have none.
    is_listed = not network.query.country
    why = "" if is_listed else _("of all countries")
    return Figure(
        label, shown, told, key="pairs.missing", exact=n, n=cells.n_judged, why=why,
        is_listed=is_listed,
    )  # fmt: skip


# --- What is missing, in words: two regions, how many ties too few, and who could bridge them -----


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
