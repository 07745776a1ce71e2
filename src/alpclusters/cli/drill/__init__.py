"""``alpclusters drill``: try on a throwaway installation what happens on a bad day."""

import argparse
import contextlib
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.drill.exercises import NAMES, chosen
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.cli.drill.exercises import Exercise
    from alpclusters.cli.drill.report import Drill

HELP = _("try on a throwaway installation of this machine what happens on a bad day")
OK: Final = 0
FAILED: Final = 1
ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is tried, where, and the form of the report."""
    parser.add_argument(
        "--attack",
        action="store_true",
        help=_("also flood it and try wrong passwords: about two minutes more"),
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=NAMES,
        metavar="NAME",
        help=_("only these exercises: %(choices)s"),
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help=_("new folder for the report, drill.md and drill.json"),
    )
    parser.add_argument("--json", action="store_true", help=_("print the report as JSON"))
    parser.add_argument(
        "--in",
        dest="inside",
        type=Path,
        metavar="FOLDER",
        help=_(
            "folder in which the throwaway one is made, perhaps on another disk; default: that "
            "for temporary files"
        ),
    )
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        help=_("address of this machine alone, 127.x.x.x, at which it serves; default 127.0.0.1"),
    )


def run(args: argparse.Namespace) -> int:
    """Try everything in turn; 1 if anything failed, 130 if somebody broke it off."""
    if not sys.platform.startswith("linux"):
        from alpclusters.analysis.errors import SetupError

        raise SetupError("drill.needs_linux")
    if args.report:
        from alpclusters.cli.output_folder import check_target

        check_target(args.report, force=False)
    with _ending_once():
        drill = _drill(args)
    _tell(drill, args)
    return FAILED if drill.failed else OK


def _drill(args: argparse.Namespace) -> "Drill":
    from datetime import UTC, datetime

    from alpclusters.cli.drill.conducting import conduct
    from alpclusters.cli.drill.grounds import Grounds
    from alpclusters.cli.drill.report import Drill, line
    from alpclusters.live.supervisor import raise_file_limit

    speech = Speech(args.language)
    exercises = chosen(args.only, attack=args.attack)
    raise_file_limit()

    def announce(number: int, exercise: "Exercise") -> None:
        speech.say(f"· {number}/{len(exercises)} {speech.gettext(exercise.title)}")

    outcomes = []
    with Grounds(args.inside, args.address) as grounds:
        speech.step(_("Setting up a throwaway installation. Ctrl+C ends everything and cleans up."))
        grounds.set_up()
        for outcome in conduct(exercises, grounds, announce):
            outcomes.append(outcome)
            speech.say(line(outcome, speech))
    return Drill(datetime.now(tz=UTC), outcomes)


def _tell(drill: "Drill", args: argparse.Namespace) -> None:
    from alpclusters.cli.drill.report import markdown, write_report
    from alpclusters.cli.output_folder import whole_folder

    speech = Speech(args.language)
    if args.report:
        with whole_folder(args.report) as folder:
            write_report(drill, folder, speech)
    if args.json:
        print(json.dumps(drill.as_record(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(markdown(drill, speech)))


@contextlib.contextmanager
def _ending_once() -> Iterator[None]:
    """Let a service manager or a closed terminal end a drill as Ctrl+C does, undisturbed."""
    import asyncio

    def end(*_args: Any) -> None:
        # Who presses again must not disturb the cleaning.
        for one in ENDS:
            signal.signal(one, signal.SIG_IGN)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise KeyboardInterrupt from None
        # A connection that is just being made is made before it is closed.
        for task in asyncio.all_tasks(loop):
            loop.call_soon_threadsafe(task.cancel)

    before = {one: signal.signal(one, end) for one in ENDS}
    try:
        yield
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for one, handler in before.items():
            # Ignored signals stay ignored: a second Ctrl+C may come while Python shuts down,
            # and would end it by the signal instead of with the status for an interruption.
            if signal.getsignal(one) is not signal.SIG_IGN:
                signal.signal(one, handler)
