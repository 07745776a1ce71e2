"""The command line: parse, call, print. Each command is a module of this package.

A command module has ``HELP``, ``add_arguments(parser)`` and ``run(args) -> int``, and imports
what it needs inside its functions, so that the start stays fast.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import NullTranslations
from importlib import import_module
from typing import Final

from alpclusters import __version__
from alpclusters.platform.garbage import look_for_rings_rarely
from alpclusters.platform.languages.catalogues import ensure_compiled, translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.operation.private_files import write_privately
from alpclusters.platform.stack import with_room

COMMANDS: Final = (
    "serve",
    "administrator",
    "evaluate",
    "margins",
    "seat",
    "fund",
    "fund-together",
    "eligible",
    "plan",
    "trail",
    "truth",
    "network",
    "evaluate-matching",
    "coverage",
    "snapshots",
    "disclosure",
    "demo",
    "doctor",
    "backup",
    "restore",
    "fetch",
    "import",
    "export",
    "index",
    "match",
    "remind",
    "journal",
    "drill",
    "security-log",
)
# Commands whose name cannot be that of a module.
MODULES: Final = {
    "security-log": "security_log",
    "fund-together": "fund_together",
    "import": "imports",
    "evaluate-matching": "evaluate_matching",
}
OK: Final = 0
FAILED: Final = 1
WRONG_INPUT: Final = 2
INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; ``None`` takes those of the process.

    Returns
    -------
    int
        0 done, 1 failed, 2 wrong input or arguments, 130 interrupted.
    """
    _use_one_thread()
    look_for_rings_rarely()
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _language_of(arguments)
    # The catalogues belong to the program, which other users of the machine may run too.
    ensure_compiled()
    write_privately()
    args = _parser(language).parse_args(arguments)
    if getattr(args, "run", None) is None:
        _parser(language).print_help()
        return OK
    return _run(args)


def _use_one_thread() -> None:
    """Keep linear algebra on one thread, before NumPy is loaded.

    Our matrices are small; on a busy machine threads that wait for one another cost far more
    than they save.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _run(args: argparse.Namespace) -> int:
    from alpclusters.analysis.errors import AlpClustersError, InputError

    try:
        status: int = with_room(args.run)(args)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (``| head``); say nothing when Python flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except AlpClustersError as error:
        from alpclusters.reports.errors import error_lines

        print("\n".join(error_lines(error, args.language)), file=sys.stderr)
        return WRONG_INPUT if isinstance(error, InputError) else FAILED
    return status


def _parser(language: str) -> argparse.ArgumentParser:
    text = translator(language)
    parser = argparse.ArgumentParser(
        prog="alpclusters",
        description=text.gettext(
            "AlpClusters: from earlier initiatives to rated measures to a joint action plan."
        ),
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _add_language(parser, language, default=language)
    commands = parser.add_subparsers(metavar=text.gettext("COMMAND"))
    for name in COMMANDS:
        module = import_module(f"alpclusters.cli.{MODULES.get(name, name)}")
        help_text = text.gettext(module.HELP)
        command = commands.add_parser(name, help=help_text, description=help_text)
        _add_language(command, language, default=argparse.SUPPRESS)
        module.add_arguments(command)
        _translate_help(command, text)
        command.set_defaults(run=module.run, language=language)
    return parser


def _translate_help(command: argparse.ArgumentParser, text: NullTranslations) -> None:
    """Translate what the command modules only mark, so that none of them must know how."""
    for action in command._actions:  # noqa: SLF001 - argparse lists its arguments nowhere else
        if action.help and action.help != argparse.SUPPRESS:
            action.help = text.gettext(action.help)


def _add_language(parser: argparse.ArgumentParser, language: str, *, default: str) -> None:
    parser.add_argument(
        "--language",
        choices=LANGUAGE_CODES,
        default=default,
        help=translator(language).gettext("language of messages and documents"),
    )


def _language_of(arguments: Sequence[str]) -> str:
    """Find the language before the parser is built, because the help is translated too."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--language="):
            return nearest_language(argument.partition("=")[2])
        if argument == "--language" and place + 1 < len(arguments):
            return nearest_language(arguments[place + 1])
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return nearest_language(next((os.environ[name] for name in names if os.environ.get(name)), ""))
