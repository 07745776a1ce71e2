"""``alpclusters seat``: who sits where, round by round, with a certificate."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.analysis.rotation import Advice, Reason, SeatChoices, SeatPlan

HELP: Final = _("plan who sits where at an AlpCafé, so that people meet once")
CHOICES: Final = ("mix_most", "balanced", "language_first")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how many, and what else is wished."""
    parser.add_argument("--guests", type=int, required=True, metavar="N", help=_("how many guests"))
    parser.add_argument("--tables", type=int, required=True, metavar="T", help=_("how many tables"))
    parser.add_argument("--rounds", type=int, required=True, metavar="R", help=_("how many rounds"))
    parser.add_argument(
        "--languages",
        type=Path,
        metavar="FILE",
        help=_("CSV file with the columns guest, table, languages: who speaks what"),
    )
    parser.add_argument(
        "--choice",
        choices=CHOICES,
        default="balanced",
        help=_("with --languages: which of the three plans; default balanced"),
    )
    parser.add_argument(
        "--pin",
        action="append",
        nargs=2,
        type=int,
        default=[],
        metavar=("GUEST", "TABLE"),
        help=_("keep a guest at a table in all rounds; may be repeated"),
    )
    parser.add_argument(
        "--apart",
        action="append",
        nargs=2,
        type=int,
        default=[],
        metavar=("GUEST", "GUEST"),
        help=_("two guests who must never share a table; may be repeated"),
    )
    parser.add_argument(
        "--prefer",
        choices=("spread", "few"),
        default="spread",
        help=_("no pair more often than necessary (spread, the default) or fewest repeats (few)"),
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help=_("start of the random numbers; default 0")
    )
    parser.add_argument("--json", action="store_true", help=_("print the plan as JSON"))


def run(args: argparse.Namespace) -> int:
    """Plan, certify, print."""
    speech = Speech(args.language)
    plan, choices = _planned(args)
    if args.json:
        print(_json(plan, choices, speech.language))
    else:
        print("\n".join(_lines(plan, choices, speech)))
    return 0


def _planned(args: argparse.Namespace) -> "tuple[SeatPlan, SeatChoices | None]":
    from alpclusters.analysis.rotation import seat, seat_choices
    from alpclusters.cli.seat_languages import read_languages

    pins = _pins(args.pin)
    size = (args.guests, args.tables, args.rounds)
    apart = [tuple(pair) for pair in args.apart]
    seed = _seed(args.seed)
    if args.languages is None:
        return seat(*size, pins=pins, apart=apart, seed=seed, prefer=args.prefer), None
    _check_size(*size)
    languages = read_languages(args.languages, guests=args.guests, tables=args.tables)
    choices = seat_choices(
        *size, languages=languages, pins=pins, apart=apart, seed=seed, prefer=args.prefer
    )
    plan: SeatPlan = getattr(choices, args.choice)
    return plan, choices


def _check_size(guests: int, tables: int, rounds: int) -> None:
    """Refuse impossible sizes before a file is read against them."""
    from alpclusters.analysis.rotation.wishes import check_wishes

    check_wishes(guests, tables, rounds, pins=None, apart=None)


def _seed(seed: int) -> int:
    from alpclusters.analysis.errors import AnalysisError, Where

    if seed < 0:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="--seed"), expected="0 – …")
    return seed


def _pins(pairs: list[list[int]]) -> dict[int, int]:
    from alpclusters.analysis.rotation import PinConflict

    pins: dict[int, int] = {}
    for guest, table in pairs:
        if pins.setdefault(guest, table) != table:
            code = "seat.pin_twice"
            raise PinConflict(code, found=str(guest), values={"n": 1})
    return pins


def _json(plan: "SeatPlan", choices: "SeatChoices | None", language: str) -> str:
    record = plan.as_record()
    record["reasons"] = [_told(reason, language) for reason in plan.reasons]
    record["reason"] = _told(plan.reason, language) if plan.reason else None
    record["advice"] = [_told(advice, language) for advice in plan.advice]
    if choices is not None:
        record["choices"] = choices.as_record()
    return json.dumps(record, ensure_ascii=False)


def _told(item: "Reason | Advice", language: str) -> dict[str, str | int]:
    from alpclusters.reports.seating import phrase_code

    return {**item.as_record(), "sentence": phrase_code(item, language)}


def _lines(plan: "SeatPlan", choices: "SeatChoices | None", speech: Speech) -> list[str]:
    from alpclusters.reports.seating import certificate_lines, choice_lines

    lines = []
    for number, tables in enumerate(plan.rounds, start=1):
        lines += [speech.gettext("Round %(n)s") % {"n": number}, *_tables(plan, tables, speech), ""]
    lines += certificate_lines(plan, speech.language)
    if choices is not None:
        lines += ["", speech.gettext("What languages cost in repeats:")]
        lines += [f"  {line}" for line in choice_lines(choices, speech.language)]
    return lines


def _tables(plan: "SeatPlan", tables: tuple[tuple[int, ...], ...], speech: Speech) -> list[str]:
    """Return the tables of a round below one another, guest numbers in columns."""
    width = len(str(len(plan.guests)))
    heads = [speech.gettext("table %(n)s") % {"n": n} for n in range(1, len(tables) + 1)]
    if plan.languages is not None:
        heads = [
            f"{head} ({code})" for head, code in zip(heads, plan.languages.tables, strict=True)
        ]
    widest = max(map(len, heads))
    return [
        f"  {head:<{widest}}  " + " ".join(f"{guest:>{width}}" for guest in guests)
        for head, guests in zip(heads, tables, strict=True)
    ]
