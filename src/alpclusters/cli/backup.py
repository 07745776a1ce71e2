"""``alpclusters backup``: the whole installation in one file, and whether one is good."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.operation.archive import Manifest

HELP = _("write database, journal, uploads and sealed keys into one file, or verify such a file")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the target, and what else can be done with backups."""
    parser.add_argument(
        "file",
        nargs="?",
        help=_(
            "target; default: backups/ in the data directory. With --verify also bucket:NAME, or "
            "bucket: for the newest in the bucket of the settings"
        ),
    )
    parser.add_argument(
        "--verify",
        action="store_true",
        help=_("open FILE, compare checksums and rows, write nothing"),
    )
    parser.add_argument(
        "--scheduled",
        action="store_true",
        help=_("daily: write, verify, copy elsewhere, drop the oldest, as the settings say"),
    )
    parser.add_argument(
        "--keep", type=int, metavar="N", help=_("drop all but the newest N daily backups beside it")
    )
    parser.add_argument(
        "--make-key",
        action="store_true",
        help=_("make a pair of keys: the secret one goes into FILE, the public one is printed"),
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup and say what it holds, or do what was asked for instead."""
    speech = Speech(args.language)
    if args.verify or args.make_key:
        return _on_file(args, speech)
    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from django.utils import timezone

    from alpclusters.platform.operation.backup import (
        backups_folder,
        daily_name,
        drop_old_backups,
        make_backup,
        make_daily_backup,
        verify_backup,
    )

    now = timezone.now()
    speech.step(speech.gettext("Writing the backup"))
    if args.scheduled:
        target = make_daily_backup(configuration, now=now)
        _tell(target, verify_backup(target), speech)
        return 0
    target = Path(args.file) if args.file else backups_folder(configuration) / daily_name(now)
    _tell(target, make_backup(configuration, target, now=now), speech)
    if args.keep is not None:
        drop_old_backups(target.parent, keep=max(1, args.keep))
    return 0


def _on_file(args: argparse.Namespace, speech: Speech) -> int:
    from alpclusters.analysis.errors import InputError, Where

    if args.file is None:
        raise InputError("argument.missing", where=Where(argument="FILE"))
    if args.make_key:
        from alpclusters.platform.operation.sealed_keys import make_identity

        print(make_identity(Path(args.file)))
        speech.say(
            speech.gettext(
                "Set ALPCLUSTERS_BACKUP_RECIPIENT to this line. Keep %(file)s on another machine: "
                "without it the keys in backups stay closed."
            )
            % {"file": args.file}
        )
        return 0
    from alpclusters.platform.configuration import load_configuration
    from alpclusters.platform.operation.backup import at_hand, verify_backup

    with at_hand(args.file, load_configuration().backup) as archive:
        manifest = verify_backup(archive)
    text = speech.gettext(
        "%(file)s is whole: %(rows)s rows in %(tables)s tables as counted, made %(time)s"
    )
    values = {"file": args.file, "rows": sum(manifest.rows.values()), "time": manifest.made_at}
    print(text % {**values, "tables": len(manifest.rows)})
    _tell_keys(manifest, speech)
    return 0


def _tell(target: Path, manifest: "Manifest", speech: Speech) -> None:
    text = speech.gettext("Backup written: %(file)s (%(rows)s rows, %(files)s uploaded files)")
    rows = sum(manifest.rows.values())
    print(text % {"file": target, "rows": rows, "files": manifest.n_files})
    _tell_keys(manifest, speech)


def _tell_keys(manifest: "Manifest", speech: Speech) -> None:
    if manifest.keys:
        n = len(manifest.keys)
        text = speech.texts.ngettext("%(n)s key is sealed in it", "%(n)s keys are sealed in it", n)
        speech.say(text % {"n": n})
        return
    speech.say(
        speech.gettext(
            "It holds no keys: after a restore all phones of an open AlpCafé are strangers and "
            "printed codes are void. Set ALPCLUSTERS_BACKUP_RECIPIENT or "
            "ALPCLUSTERS_BACKUP_PASSPHRASE_FILE."
        )
    )
