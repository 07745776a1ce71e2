"""``alpclusters journal``: look at the journal of answers, replay it, save what is whole."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.live.journal_salvage import Finding
    from alpclusters.live.replay import Replayed
    from alpclusters.platform.configuration import Configuration

HELP = _("look at the journal of answers, replay it, or save what is whole of it")
STATES = {
    "closed": _("whole"),
    "open": _("whole, still written"),
    "torn": _("unfinished end from byte %(offset)s, harmless"),
    "rotten": _("damaged from byte %(offset)s; numbers %(first)s to %(last)s may be lost"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is to be done and where."""
    parser.add_argument(
        "action",
        choices=("inspect", "replay", "salvage"),
        help=_("inspect: list the segments; replay: complete a database; salvage: save records"),
    )
    parser.add_argument("--dir", type=Path, help=_("directory of the journal"))
    parser.add_argument("--into", help=_("replay: database address; salvage: a new directory"))


def run(args: argparse.Namespace) -> int:
    """Do what was asked for; 1 where the journal is damaged or the database lacks something."""
    from alpclusters.platform.configuration import load_configuration

    configuration = load_configuration()
    folder = args.dir or configuration.journal_folder
    speech = Speech(args.language)
    if args.action == "inspect":
        return _inspect(folder, speech)
    if args.action == "replay":
        return _replay(folder, args.into, configuration, speech)
    return _salvage(folder, args.into, speech)


def _inspect(folder: Path, speech: Speech) -> int:
    from alpclusters.live.journal_salvage import look_at

    findings = look_at(folder)
    for finding in findings:
        print(_line(finding, speech))
    return 1 if any(finding.state == "rotten" for finding in findings) else 0


def _line(finding: "Finding", speech: Speech) -> str:
    text = speech.gettext("%(name)s: %(n)s records, numbers %(first)s to %(last)s, %(size)s bytes")
    values = {
        "name": finding.name,
        "n": finding.n,
        "first": finding.first,
        "last": finding.last,
        "size": finding.size,
    }
    first, last = finding.lost or (0, 0)
    state = speech.gettext(STATES[finding.state])
    return f"{text % values}: " + state % {"offset": finding.offset, "first": first, "last": last}


def _replay(folder: Path, into: str | None, configuration: "Configuration", speech: Speech) -> int:
    from alpclusters.live.journal_salvage import require_journal
    from alpclusters.live.journal_scan import read_journal
    from alpclusters.live.open_store import open_store
    from alpclusters.live.replay import replay
    from alpclusters.platform.database_address import parse_database
    from alpclusters.platform.database_reach import require_reachable

    require_journal(folder)
    database = parse_database(into, home=configuration.home) if into else configuration.database
    require_reachable(database)
    store = open_store(database)
    try:
        return _told(replay(store, read_journal(folder)), speech)
    finally:
        store.close()


def _told(replayed: "Replayed", speech: Speech) -> int:
    text = speech.gettext(
        "%(read)s commands read, %(applied)s added, %(foreign)s of unknown events or people, "
        "%(missing)s still missing"
    )
    values = {
        "read": replayed.read,
        "applied": replayed.applied,
        "foreign": replayed.foreign,
        "missing": replayed.missing,
    }
    print(text % values)
    return 1 if replayed.missing else 0


def _salvage(folder: Path, into: str | None, speech: Speech) -> int:
    from alpclusters.live.journal_salvage import salvage

    target = Path(into) if into else folder.with_name(f"{folder.name}-salvaged")
    n = salvage(folder, target)
    text = speech.gettext("%(n)s records saved in %(folder)s; put them where the journal was.")
    print(text % {"n": n, "folder": target})
    return 0
