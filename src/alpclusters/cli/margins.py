"""``alpclusters margins``: shares of groups from official statistics, for ``evaluate``."""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.sources.statistics_tables import StatisticsTable

HELP: Final = _("make margins from a table of official statistics: sectors, sizes, ages")
OK: Final = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the table and what is taken from it."""
    parser.add_argument(
        "path", type=Path, metavar="TABLE", help=_("table of Eurostat as downloaded")
    )
    parser.add_argument(
        "--column", required=True, help=_("column of the ratings whose groups these are")
    )
    parser.add_argument(
        "--by",
        required=True,
        metavar="DIMENSION",
        help=_("dimension of the table with the groups, such as nace_r2"),
    )
    parser.add_argument(
        "--places",
        required=True,
        nargs="+",
        metavar="CODE",
        help=_("regions that are added up, as the table calls them"),
    )
    parser.add_argument("--year", help=_("year; default: the newest"))
    parser.add_argument(
        "--set",
        nargs="+",
        default=[],
        metavar="DIMENSION=VALUE",
        help=_("values of other dimensions; default: the whole"),
    )
    parser.add_argument(
        "--groups",
        nargs="+",
        default=[],
        metavar="VALUE[=NAME]",
        help=_("groups and what the ratings call them; default: all, for sectors the sections"),
    )


def run(args: argparse.Namespace) -> int:
    """Read, choose, print a table for ``evaluate --margins``."""
    from datetime import UTC, datetime

    from alpclusters.sources.statistics_shares import group_shares
    from alpclusters.sources.statistics_tables import read_statistics

    speech = Speech(args.language)
    table = read_statistics(args.path, name=args.path.name, wanted=args.places)
    chosen = _chosen(table, args)
    names = dict(_pair(one) for one in args.groups)
    for value in names:
        _one_of(value, table.choices[args.by], "--groups")
    year = args.year or table.years[0]
    _one_of(year, table.years, "--year")
    found = group_shares(
        table, args.by, places=args.places, year=year, chosen=chosen, groups=list(names)
    )
    several = [name for name in chosen if len(table.choices[name]) > 1]
    kept = ", ".join([*(f"{name} {chosen[name]}" for name in several), " + ".join(args.places)])
    origin = " ".join(filter(None, ("Eurostat", table.dataset)))
    source = f"{origin}; {kept}; {datetime.now(tz=UTC).date().isoformat()}"
    _write(args.column, found.shares, names, source, year)
    if found.missing:
        sentence = speech.gettext("Without a figure, so left out: %(names)s")
        speech.say(sentence % {"names": ", ".join(found.missing)})
    if found.flags:
        sentence = speech.gettext("Marked by the office: %(names)s")
        marked = (f"{value} ({flag})" for value, flag in found.flags.items())
        speech.say(sentence % {"names": ", ".join(marked)})
    return OK


def _chosen(table: "StatisticsTable", args: argparse.Namespace) -> dict[str, str]:
    """Return one value of every dimension but that of the groups."""
    _one_of(args.by, table.dimensions, "--by")
    given = dict(_pair(one) for one in args.set)
    others = [name for name in table.dimensions if name != args.by]
    for name, value in given.items():
        _one_of(name, others, "--set")
        _one_of(value, table.choices[name], "--set")
    return {name: given.get(name, table.choices[name][0]) for name in others}


def _pair(text: str) -> tuple[str, str]:
    value, _equal, name = text.partition("=")
    return value.strip(), name.strip() or value.strip()


def _one_of(value: str, known: Sequence[str], argument: str) -> None:
    from alpclusters.analysis.errors import InputError, Where

    if value not in known:
        raise InputError(
            "statistics.not_in_table",
            where=Where(argument=argument),
            found=value,
            expected=", ".join(known),
        )


def _write(
    column: str, shares: Mapping[str, float], names: Mapping[str, str], source: str, year: str
) -> None:
    from alpclusters.sources.heads import COLUMN, DATE, GROUP, SHARE, SOURCE

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([one[0] for one in (COLUMN, GROUP, SHARE, SOURCE, DATE)])
    for value, share in shares.items():
        writer.writerow([column, names.get(value, value), f"{share:.6f}", source, year])
