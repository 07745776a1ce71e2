"""``alpclusters network``: how well regions are joined, from a table of participations."""

import argparse
import json
from typing import TYPE_CHECKING, Final

from alpclusters.cli.participations_input import add_output, add_table, check_least, existing
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.cli.network_windows import NetworkChoices, Territory, WindowFigures
    from alpclusters.sources.participations import Participations

HELP: Final = _("tell how well countries are joined by projects, window by window")
RULES: Final = ("started", "active")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, the territory, the windows and the conventions."""
    add_table(parser)
    parser.add_argument(
        "--window",
        action="append",
        default=[],
        metavar="YEARS",
        help=_("years such as 2014-2016, both included; may be repeated; default: everything"),
    )
    parser.add_argument(
        "--rule",
        choices=RULES,
        default="started",
        help=_("which projects lie in a window: those that started in it, or those that ran in it"),
    )
    parser.add_argument(
        "--draws",
        type=int,
        default=500,
        metavar="N",
        help=_("draws of the projects for the intervals; default 500"),
    )
    parser.add_argument(
        "--permutations",
        type=int,
        default=999,
        metavar="N",
        help=_("shuffled labels for the p values; default 999"),
    )
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Read, count every window, print."""
    from alpclusters.cli.network_windows import choose_territory, window_figures
    from alpclusters.sources.participations import read_participations

    choices = _choices(args)
    read = read_participations(existing(args.path))
    territory = choose_territory(read, choices.territory)
    figures = [window_figures(territory, window, choices) for window in choices.windows]
    if args.json:
        print(_json(read, territory, choices, figures, args.language))
    else:
        print("\n".join(_lines(read, territory, choices, figures, Speech(args.language))))
    return 0


def _choices(args: argparse.Namespace) -> "NetworkChoices":
    from alpclusters.analysis.network import Window
    from alpclusters.cli.network_windows import NetworkChoices, parse_territory, parse_window

    check_least(args, max_participants=1, draws=1, permutations=0, seed=0)
    windows = tuple(parse_window(text, args.rule) for text in args.window)
    return NetworkChoices(
        territory=parse_territory(args.territory),
        max_size=args.max_participants,
        windows=windows or (Window(),),
        draws=args.draws,
        permutations=args.permutations,
        seed=args.seed,
    )


def _json(
    read: "Participations",
    territory: "Territory",
    choices: "NetworkChoices",
    figures: "list[WindowFigures]",
    language: str,
) -> str:
    from alpclusters.cli.network_records import window_record
    from alpclusters.cli.network_windows import GROUP
    from alpclusters.reports.source_notes import note_sentence

    notes = [{**note.as_record(), "sentence": note_sentence(note, language)} for note in read.notes]
    record = {
        "source": read.provenance.as_record(),
        "notes": notes,
        "group": GROUP,
        "territory": list(territory.codes),
        "territory_unseen": list(territory.unseen),
        "max_participants": choices.max_size,
        "size_base": "all",
        "draws": choices.draws,
        "permutations": choices.permutations,
        "seed": choices.seed,
        "windows": [window_record(found) for found in figures],
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)


def _lines(
    read: "Participations",
    territory: "Territory",
    choices: "NetworkChoices",
    figures: "list[WindowFigures]",
    speech: Speech,
) -> list[str]:
    from alpclusters.cli.network_table import convention_lines, figure_lines, missing_lines
    from alpclusters.reports.source_notes import note_sentence

    lines = figure_lines(figures, speech)
    for found in figures:
        lines += ["", *missing_lines(found, speech)]
    lines += ["", *convention_lines(choices, territory, speech)]
    return lines + [note_sentence(note, speech.language) for note in read.notes]
