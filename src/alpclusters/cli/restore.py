"""``alpclusters restore``: bring a backup back into an empty installation."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.configuration import Configuration
    from alpclusters.platform.operation.restore import Restored

HELP = _("bring a backup back into an empty data directory and an empty database")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the archive, where it goes, and what opens the keys in it."""
    parser.add_argument(
        "file",
        help=_(
            "backup made by alpclusters backup; bucket:NAME, or bucket: for the newest in the "
            "bucket of the settings"
        ),
    )
    parser.add_argument("--into", type=Path, help=_("data directory; default ALPCLUSTERS_HOME"))
    parser.add_argument(
        "--identity",
        type=Path,
        metavar="FILE",
        help=_(
            "secret key that opens the keys in it; without it ALPCLUSTERS_BACKUP_PASSPHRASE_FILE"
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Restore, bring the tables to this version, compare the counts, replay the journal."""
    import os

    if args.into:
        os.environ["ALPCLUSTERS_HOME"] = str(args.into)
    speech = Speech(args.language)
    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from alpclusters.platform.operation.backup import at_hand
    from alpclusters.platform.operation.home_lock import lock_home
    from alpclusters.platform.operation.prepare import prepare
    from alpclusters.platform.operation.restore import Secrets, restore_backup

    # Held until this process ends: no server runs on the data directory, and none begins.
    lock_home(configuration.home, port=configuration.port)
    speech.step(speech.gettext("Checking the backup"))
    secrets = Secrets(args.identity, configuration.backup.passphrase_file)
    with at_hand(args.file, configuration.backup) as archive:
        restored = restore_backup(archive, configuration, secrets)
    # What came back is not saved again: the backup is there.
    prepare(configuration.home, say=speech.step, saves=False)
    if restored.manifest.engine != configuration.database.kind:
        _index_anew(speech)
    _tell(restored, speech)
    return _replay(configuration, speech)


def _index_anew(speech: Speech) -> None:
    """Make the words of the search, which every kind of database keeps in its own way."""
    from alpclusters.platform.actors.domain.directory.index import rebuild
    from alpclusters.platform.evidence.domain.search import index as evidence

    speech.step(speech.gettext("search index"))
    rebuild()
    evidence.rebuild()


def _tell(restored: "Restored", speech: Speech) -> None:
    rows = restored.manifest.rows
    text = speech.gettext("Restored and compared: %(rows)s rows in %(tables)s tables")
    print(text % {"rows": sum(rows.values()), "tables": len(rows)})
    if restored.has_older_journal:
        speech.say(speech.gettext("The journal that was there is newer and was kept."))
    if restored.keys:
        n = len(restored.keys)
        text = speech.texts.ngettext("%(n)s key came back", "%(n)s keys came back", n)
        speech.say(text % {"n": n})
    elif restored.manifest.keys:
        speech.say(
            speech.gettext("The keys in it stayed closed: name what opens them with --identity.")
        )
    else:
        speech.say(
            speech.gettext("There are no keys in it: phones of an open AlpCafé have to join again.")
        )


def _replay(configuration: "Configuration", speech: Speech) -> int:
    from alpclusters.live.journal_scan import read_journal, segment_paths
    from alpclusters.live.open_store import open_store
    from alpclusters.live.replay import replay

    if not segment_paths(configuration.journal_folder):
        return 0
    store = open_store(configuration.database)
    try:
        replayed = replay(store, read_journal(configuration.journal_folder))
    finally:
        store.close()
    text = speech.gettext("Answers added from the journal: %(n)s")
    print(text % {"n": replayed.applied})
    return 1 if replayed.missing else 0
