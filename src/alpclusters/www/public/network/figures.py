"""The key figures: each with n, expectation or interval."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.network.domain.measuring.places import NUTS2
from alpclusters.reports.numbers import (
    EN_DASH,
    format_integer,
    format_number,
    format_percent,
    format_share_interval,
)
from alpclusters.www.components.parts import COMPUTED_FROM_FILES, IN_FILES, Figure
from alpclusters.www.public.network.cells import Cells
from alpclusters.www.public.network.loading import Network
from alpclusters.www.public.network.matrix import interval_text
from alpclusters.www.public.network.names import window_name
from alpclusters.www.public.network.words import reason_text

type Record = Mapping[str, Any]
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
