"""``alpclusters evaluate-matching``: whether the partners of later years would have been found."""

import argparse
import json
from typing import TYPE_CHECKING, Final

from alpclusters.cli.participations_input import add_output, add_table, check_least, existing
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.analysis.matching import Evaluation, MethodFigures
    from alpclusters.analysis.network import Window
    from alpclusters.cli.matching_split import TimeSplit
    from alpclusters.sources.participations import Participations

HELP: Final = _("test how well later partners are found from earlier projects")
METHODS: Final = (
    "adamic_adar",
    "katz_.5_fractional",
    "ppr_binary",
    "ppr_full",
    "katz_.3_binary",
    "rank_fusion",
    "log_blend",
    "blend",
)
DEFAULT: Final = ("adamic_adar", "ppr_full", "katz_.3_binary", "blend")
LABELS: Final = {
    "random": _("random"),
    "popularity": _("popularity (number of ties)"),
    "adamic_adar": _("common partners (Adamic-Adar)"),
    "katz_.5_fractional": _("paths (Katz .5, fractional)"),
    "ppr_binary": _("walks (PageRank .15, binary)"),
    "ppr_full": _("walks (PageRank .15, full)"),
    "katz_.3_binary": _("paths (Katz .3, binary)"),
    "rank_fusion": _("ranks of paths and walks together"),
    "log_blend": _("paths, walks and affinity of countries"),
    "blend": _("blend used for proposals"),
}
_UNKNOWN: Final = "–"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, the territory, the years and the methods."""
    add_table(parser)
    parser.add_argument(
        "--train",
        required=True,
        metavar="YEARS",
        help=_("years from which partners are proposed, such as 2014-2017, both included"),
    )
    parser.add_argument(
        "--test",
        required=True,
        metavar="YEARS",
        help=_("later years in which new partners are looked for, such as 2018-2019"),
    )
    parser.add_argument(
        "--method",
        action="append",
        choices=METHODS,
        help=_("a method beside popularity and random; may be repeated; default: four of them"),
    )
    parser.add_argument(
        "--draws",
        type=int,
        default=1000,
        metavar="N",
        help=_("draws of the organisations for the intervals; default 1000"),
    )
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Read, split, rank, print."""
    from alpclusters.sources.participations import read_participations

    check_least(args, max_participants=1, draws=1, seed=0)
    read = read_participations(existing(args.path))
    split = _split(args, read)
    found = _evaluated(args, split)
    if args.json:
        print(_json(args, read, split, found))
    else:
        print("\n".join(_lines(args, split, found, Speech(args.language))))
    return 0


def _split(args: argparse.Namespace, read: "Participations") -> "TimeSplit":
    from alpclusters.cli.matching_split import split_in_time
    from alpclusters.cli.network_windows import parse_territory

    return split_in_time(
        read,
        parse_territory(args.territory),
        train=_years(args.train, "--train"),
        test=_years(args.test, "--test"),
        max_size=args.max_participants,
    )


def _years(text: str, option: str) -> "Window":
    from alpclusters.analysis.errors import AnalysisError, Where
    from alpclusters.cli.network_windows import parse_window

    try:
        return parse_window(text, "started")
    except AnalysisError as error:
        raise AnalysisError(error.code, where=Where(argument=option), found=text) from error


def _evaluated(args: argparse.Namespace, split: "TimeSplit") -> "Evaluation":
    from alpclusters.analysis.matching import evaluate, standard_methods

    names = tuple(dict.fromkeys(args.method or DEFAULT))
    methods = standard_methods(
        split.train, fractional=split.fractional, wide=split.wide, names=names
    )
    return evaluate(split.train, split.test, methods, seed=args.seed, draws=args.draws)


def _json(
    args: argparse.Namespace, read: "Participations", split: "TimeSplit", found: "Evaluation"
) -> str:
    record = {
        "source": read.provenance.as_record(),
        "train": args.train,
        "test": args.test,
        "territory": list(split.territory.codes),
        "territory_unseen": list(split.territory.unseen),
        "max_participants": args.max_participants,
        **found.as_record(),
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)


def _lines(
    args: argparse.Namespace, split: "TimeSplit", found: "Evaluation", speech: Speech
) -> list[str]:
    lines = _count_lines(args, split, found, speech)
    if found.status == "undefined":
        return [*lines, speech.gettext("No organisation found a new partner in the later years.")]
    if found.status == "limited":
        lines.append(speech.gettext("Few organisations: the figures say little."))
    return [*lines, "", *_table(found, speech), "", *_notes(args, speech)]


def _count_lines(
    args: argparse.Namespace, split: "TimeSplit", found: "Evaluation", speech: Speech
) -> list[str]:
    from alpclusters.reports.numbers import format_integer

    counts = {
        name: format_integer(int(getattr(found, name)), speech.language)
        for name in ("n_candidates", "n_train_ties", "n_queries", "n_new_ties")
    }
    known = speech.gettext(
        "Organisations with ties in %(train)s: %(n_candidates)s. Ties: %(n_train_ties)s."
    )
    later = speech.gettext(
        "New ties in %(test)s: %(n_new_ties)s. Organisations with a new partner: %(n_queries)s."
    )
    lines = [
        speech.gettext("Countries: %(codes)s") % {"codes": ", ".join(split.territory.codes)},
        known % {**counts, "train": args.train},
        later % {**counts, "test": args.test},
    ]
    if split.territory.unseen:
        text = speech.gettext("Nobody in the file has this country: %(codes)s")
        lines.append(text % {"codes": ", ".join(split.territory.unseen)})
    return lines


def _table(found: "Evaluation", speech: Speech) -> list[str]:
    heads = [
        speech.gettext("method"),
        speech.gettext("MRR (interval)"),
        speech.gettext("minus popularity (interval)"),
        speech.gettext("Hit@10"),
        speech.gettext("Gini"),
        speech.gettext("coverage"),
    ]
    rows = [heads, *(_cells(one, speech) for one in found.methods)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cells(one: "MethodFigures", speech: Speech) -> list[str]:
    from alpclusters.reports.numbers import format_interval, format_number

    def number(value: float | None, digits: int) -> str:
        return _UNKNOWN if value is None else format_number(value, speech.language, digits)

    def estimate(value: float | None, name: str) -> str:
        ends = getattr(one, name)
        if value is None or ends is None:
            return number(value, 4)
        told = format_interval(ends.low, ends.high, speech.language, 4)
        return f"{number(value, 4)} ({told})"

    is_base = one.name == "popularity"
    return [
        speech.gettext(LABELS[one.name]),
        estimate(one.mrr, "mrr_interval"),
        number(0.0, 0) if is_base else estimate(one.difference, "difference_interval"),
        number(one.hit, 3),
        number(one.gini, 3),
        number(one.coverage, 3),
    ]


def _notes(args: argparse.Namespace, speech: Speech) -> list[str]:
    told = speech.gettext(
        "MRR: mean of 1/rank of the new partner that stands highest among all candidates. Hit@10: "
        "share with a new partner among the first ten. Gini and coverage: how evenly the lists of "
        "ten are spread, and over which share of the organisations."
    )
    how = speech.gettext("Intervals: 95 %% of %(draws)s draws of the organisations; seed %(seed)s.")
    return [told, how % {"draws": args.draws, "seed": args.seed}]
