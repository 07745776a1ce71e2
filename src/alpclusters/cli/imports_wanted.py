"""Which projects of a list ``alpclusters import`` takes, as options and as a filter."""

import argparse
from typing import TYPE_CHECKING, Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.sources.project_filters import ProjectFilter

# What the command calls it: which reader takes it.
PROJECTS: Final = {
    "cordis": "cordis",
    "keep": "keep",
    "kohesio": "kohesio",
    "initiatives": "table",
}


def add_project_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which projects are wanted; without any, all of them are."""
    parser.add_argument(
        "--countries",
        metavar="CODES",
        default="",
        help=_("projects: only those with a partner in one of these countries, as AT,CH,SI"),
    )
    parser.add_argument(
        "--nuts",
        metavar="CODES",
        default="",
        help=_("projects: only those with a partner in regions that begin so, as ITC,FRK"),
    )
    parser.add_argument(
        "--match",
        metavar="WORDS",
        action="append",
        default=[],
        help=_("projects: only those with all these words; repeat it for alternatives"),
    )
    parser.add_argument(
        "--programme",
        metavar="NAME",
        action="append",
        default=[],
        help=_("projects: only those of programmes with this in their name; may be repeated"),
    )
    parser.add_argument(
        "--years", metavar="YEARS", default="", help=_("projects: only those of 2014-2020, say")
    )
    parser.add_argument(
        "--complete",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_(
            "projects: whether the file lists all projects of its programmes, so that one that is "
            "missing is marked as no longer listed; at first yes for archives of CORDIS and files "
            "of Kohesio"
        ),
    )


def wanted_of(args: argparse.Namespace) -> "ProjectFilter":
    """Return the filter that the options say.

    Raises
    ------
    InputError
        The years are none.
    """
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.sources.project_filters import ProjectFilter, is_years

    if args.years and not is_years(args.years):
        where = Where(argument="--years")
        raise InputError("project.years", where=where, found=args.years, expected="2014-2020")
    return ProjectFilter(
        words=tuple(args.match),
        countries=_listed(args.countries),
        nuts=_listed(args.nuts),
        programmes=tuple(args.programme),
        years=args.years,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip().upper() for part in text.split(","))))
