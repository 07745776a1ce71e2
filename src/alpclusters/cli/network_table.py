"""What ``alpclusters network`` prints for people: a table of windows, missing pairs in words."""

from collections.abc import Callable, Sequence
from typing import Final

from alpclusters.analysis.network import Interval, MissingPair
from alpclusters.cli.network_windows import NetworkChoices, Territory, WindowFigures
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.network_files import reason_sentence
from alpclusters.reports.numbers import format_integer, format_interval, format_number

UNKNOWN: Final = "–"
_GAP: Final = "  "

ROWS: Final = (
    "organisations",
    "connected",
    "projects",
    "ties",
    "share",
    "index",
    "expected",
    "integration",
    "transitivity",
    "core",
)
LABELS: Final = {
    "organisations": _("organisations"),
    "connected": _("of these with a tie"),
    "projects": _("projects (of these with two or more of them)"),
    "ties": _("ties"),
    "share": _("cross-border share of ties"),
    "index": _("E-I index (-1 all within, +1 all between countries)"),
    "expected": _("E-I expected with random labels (p of a value as low)"),
    "integration": _("Frenken’s T (0 = fully integrated)"),
    "transitivity": _("transitivity"),
    "core": _("largest core k (organisations in it)"),
}


def figure_lines(figures: Sequence[WindowFigures], speech: Speech) -> list[str]:
    """Return a table: a line per figure, a column per window."""
    heads = ["", *(_name(found, speech) for found in figures)]
    body = [
        [speech.gettext(LABELS[name]), *(_CELLS[name](found, speech.language) for found in figures)]
        for name in ROWS
    ]
    table = [heads, *body]
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    lines = [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return lines + _reason_lines(figures, speech)


def missing_lines(found: WindowFigures, speech: Speech) -> list[str]:
    """Say which pairs meet less than expected, and who could bridge them."""
    head = speech.gettext("%(window)s: fewer ties than expected") % {"window": _name(found, speech)}
    if not found.missing.pairs:
        told = [reason_sentence(code, speech.language) for code in found.missing.reasons]
        return [head, *(f"  {sentence}" for sentence in told)]
    lines = [head]
    for pair in found.missing.pairs:
        lines += [f"  {_pair(pair, speech)}", f"    {_bridges(pair, speech)}"]
    return lines


def convention_lines(choices: NetworkChoices, territory: Territory, speech: Speech) -> list[str]:
    """Say how it was counted."""
    values = {
        "most": format_integer(choices.max_size, speech.language),
        "draws": format_integer(choices.draws, speech.language),
        "permutations": format_integer(choices.permutations, speech.language),
        "seed": str(choices.seed),
    }
    lines = [
        speech.gettext("Countries: %(codes)s") % {"codes": ", ".join(territory.codes)},
        speech.gettext(
            "Projects with at most %(most)s participants, counted world-wide. Share, E-I, "
            "transitivity and cores: a tie counts once. T and missing pairs: a project counts "
            "1/(participants − 1) for each of its ties."
        )
        % values,
        speech.gettext(
            "Intervals: 95 %% of %(draws)s draws of the projects; p from %(permutations)s "
            "permutations; seed %(seed)s."
        )
        % values,
    ]
    if territory.unseen:
        text = speech.gettext("Nobody in the file has this country: %(codes)s")
        lines.append(text % {"codes": ", ".join(territory.unseen)})
    return lines


def _name(found: WindowFigures, speech: Speech) -> str:
    return speech.gettext("all years") if found.window.rule == "all" else found.window.name


def _organisations(found: WindowFigures, language: str) -> str:
    return format_integer(found.binary.n_nodes, language)


def _connected(found: WindowFigures, language: str) -> str:
    return format_integer(found.binary.n_connected, language)


def _projects(found: WindowFigures, language: str) -> str:
    joint = format_integer(found.n_joint_projects, language)
    return f"{format_integer(found.n_projects, language)} ({joint})"


def _ties(found: WindowFigures, language: str) -> str:
    return format_integer(found.binary.n_ties, language)


def _share(found: WindowFigures, language: str) -> str:
    return _estimate(found.share.value, found.share.interval, language)


def _index(found: WindowFigures, language: str) -> str:
    return _estimate(found.index.value, found.index.interval, language)


def _expected(found: WindowFigures, language: str) -> str:
    value, p = found.index.expected, found.index.p_lower
    if value is None:
        return UNKNOWN
    told = format_number(value, language, 3)
    return told if p is None else f"{told} (p\u00a0=\u00a0{format_number(p, language, 3)})"


def _integration(found: WindowFigures, language: str) -> str:
    return _estimate(found.integration.total, found.integration.interval, language)


def _transitivity(found: WindowFigures, language: str) -> str:
    return _estimate(found.clustering.transitivity, None, language)


def _core(found: WindowFigures, language: str) -> str:
    if found.cores.kmax is None:
        return UNKNOWN
    inside = format_integer(found.cores.n_in_kmax, language)
    return f"{format_integer(found.cores.kmax, language)} ({inside})"


_CELLS: Final[dict[str, Callable[[WindowFigures, str], str]]] = {
    "organisations": _organisations,
    "connected": _connected,
    "projects": _projects,
    "ties": _ties,
    "share": _share,
    "index": _index,
    "expected": _expected,
    "integration": _integration,
    "transitivity": _transitivity,
    "core": _core,
}


def _estimate(value: float | None, interval: Interval | None, language: str) -> str:
    if value is None:
        return UNKNOWN
    told = format_number(value, language, 3)
    return told if interval is None else f"{told} [{_ends(interval, language, 3)}]"


def _ends(interval: Interval, language: str, decimals: int) -> str:
    return format_interval(interval.low, interval.high, language, decimals)


def _pair(pair: MissingPair, speech: Speech) -> str:
    language = speech.language
    text = speech.gettext(
        "%(first)s – %(second)s: %(ratio)s of what is expected [%(ends)s], %(shortfall)s short; "
        "%(n_first)s and %(n_second)s organisations"
    )
    return text % {
        "first": pair.first,
        "second": pair.second,
        "ratio": format_number(pair.ratio, language, 2),
        "ends": _ends(pair.interval, language, 2),
        "shortfall": format_number(pair.shortfall, language, 1),
        "n_first": format_integer(pair.n_connected[0], language),
        "n_second": format_integer(pair.n_connected[1], language),
    }


def _bridges(pair: MissingPair, speech: Speech) -> str:
    if not pair.bridges:
        return speech.gettext("Nobody has partners in both.")
    names = ", ".join(f"{bridge.node} ({bridge.group})" for bridge in pair.bridges)
    return speech.gettext("Could bridge it: %(names)s") % {"names": names}


def _reason_lines(figures: Sequence[WindowFigures], speech: Speech) -> list[str]:
    """Say once what is not defined, and where a core is only one large project."""
    lines = []
    for found in figures:
        codes = dict.fromkeys(
            [*found.share.reasons, *found.index.reasons, *found.integration.reasons]
        )
        name = _name(found, speech)
        lines += [f"{name}: {reason_sentence(code, speech.language)}" for code in codes]
        if found.cores.is_one_project:
            code = "core_of_one_project"
            lines.append(f"{name}: {reason_sentence(code, speech.language)}")
    return lines
