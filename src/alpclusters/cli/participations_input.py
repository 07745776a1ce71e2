"""What the commands over a table of participations are told: the file, where, how large, a seed."""

import argparse
from pathlib import Path

from alpclusters.platform.languages.catalogues import gettext_noop as _


def add_table(parser: argparse.ArgumentParser) -> None:
    """Add the file and the territory."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="PARTICIPATIONS",
        help=_("CSV file, plain or .gz, with the columns rcn, pic, country, start_date, end_date"),
    )
    parser.add_argument(
        "--territory",
        metavar="CODES",
        help=_("countries as in the file, separated by commas; default: all"),
    )
    parser.add_argument(
        "--max-participants",
        type=int,
        default=100,
        metavar="N",
        help=_("leave out projects with more participants; default 100"),
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the seed and the form of the answer."""
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help=_("start of the random numbers; default 0")
    )
    parser.add_argument("--json", action="store_true", help=_("print the figures as JSON"))


def existing(path: Path) -> Path:
    """Return a path that is there.

    Raises
    ------
    InputError
        It is not.
    """
    from alpclusters.analysis.errors import InputError, Where

    if not path.exists():
        code = "path.missing"
        raise InputError(code, where=Where(file=str(path)))
    return path


def check_least(args: argparse.Namespace, **least: int) -> None:
    """Refuse numbers that are too small; names are those of the arguments.

    Raises
    ------
    AnalysisError
        For the first one.
    """
    from alpclusters.analysis.errors import AnalysisError, Where

    for name, low in least.items():
        if getattr(args, name) < low:
            code = "argument.out_of_range"
            where = Where(argument=f"--{name.replace('_', '-')}")
            raise AnalysisError(code, where=where, expected=f"{low} – …")
