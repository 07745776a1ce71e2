"""The figures of a window as a record for JSON; what too few stand behind is withheld."""

from dataclasses import asdict
from datetime import date

from alpclusters.analysis.network import Interval, RegionTable, Stamp, Window
from alpclusters.cli.network_windows import WindowFigures


def window_record(found: WindowFigures) -> dict[str, object]:
    """Return the figures of a window as a plain mapping for JSON."""
    index, whole = found.index, found.integration
    return {
        "window": _window(found.window),
        "projects": found.n_projects,
        "projects_with_two": found.n_joint_projects,
        "projects_too_large": list(found.binary.dropped_projects),
        "projects_without_date": found.binary.n_undated_projects,
        "organisations": found.binary.n_nodes,
        "organisations_connected": found.binary.n_connected,
        "connected_by_group": _by_group(found.table),
        "ties": found.binary.n_ties,
        "cross_border_share": found.share.value,
        "cross_border_share_interval": _plain(found.share.interval),
        "ei": index.value,
        "ei_interval": _plain(index.interval),
        "ei_expected": index.expected,
        "ei_sd": index.sd,
        "ei_z": index.z,
        "ei_p_lower": index.p_lower,
        "ei_p_upper": index.p_upper,
        "ei_p_two": index.p_two,
        "affinity_t": whole.total,
        "affinity_t_interval": _plain(whole.interval),
        "affinity_t_internal": whole.internal,
        "affinity_t_external": whole.external,
        "affinity_t_bias": whole.bias,
        "affinity_t_home_share": whole.home_share,
        "transitivity": found.clustering.transitivity,
        "mean_local_clustering": found.clustering.mean_connected,
        "kmax": found.cores.kmax,
        "kmax_organisations": found.cores.n_in_kmax,
        "kmax_is_one_project": found.cores.is_one_project,
        "missing_pairs": [asdict(pair) for pair in found.missing.pairs],
        "pairs_examined": found.missing.n_examined,
        "pairs": _pairs(found),
        "reasons": _reasons(found),
        "stamp": {"binary": _stamp(found.binary), "fractional": _stamp(found.fractional)},
    }


def _window(window: Window) -> dict[str, object]:
    ends = [day and date.fromordinal(day).isoformat() for day in (window.start, window.end)]
    return {"name": window.name, "start": ends[0], "end": ends[1], "rule": window.rule}


def _stamp(stamp: Stamp) -> dict[str, object]:
    return {**stamp.as_record(), "window": _window(stamp.window)}


def _plain(interval: Interval | None) -> dict[str, object] | None:
    return None if interval is None else asdict(interval)


def _by_group(table: RegionTable) -> dict[str, int]:
    return dict(zip(table.group_names, table.n_connected.tolist(), strict=True))


def _pairs(found: WindowFigures) -> list[dict[str, object]]:
    """Return every pair; its figures are withheld where too few organisations stand behind."""
    names = found.pairs.group_names
    margins = {(pair.first, pair.second): pair.ratio for pair in found.margins.pairs}
    rows = []
    for pair in found.pairs.pairs:
        told: dict[str, object] = {"first": names[pair.first], "second": names[pair.second]}
        told["withheld"] = is_hidden = bool(found.hidden.cells[pair.first, pair.second])
        if not is_hidden:
            told |= {key: value for key, value in asdict(pair).items() if key not in told}
            told["ratio_margins"] = margins[pair.first, pair.second]
        rows.append(told)
    return rows


def _reasons(found: WindowFigures) -> dict[str, list[str]]:
    parts = {
        "cross_border_share": found.share.reasons,
        "ei": found.index.reasons,
        "affinity_t": found.integration.reasons,
        "transitivity": found.clustering.reasons,
        "kmax": found.cores.reasons,
        "pairs": found.pairs.reasons,
        "missing_pairs": found.missing.reasons,
    }
    return {name: list(codes) for name, codes in parts.items() if codes}
