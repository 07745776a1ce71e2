"""How it was counted, in words; on every page of the network."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.network.domain.measuring.places import ALL, NUTS2
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.public.network.loading import Network
from alpclusters.www.public.network.names import window_name

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
