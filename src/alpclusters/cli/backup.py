"""``alpclusters backup``: the whole installation in one file."""

import argparse
from pathlib import Path

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("write database and uploads into one file")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the target and what else goes in."""
    parser.add_argument(
        "file", nargs="?", type=Path, help=_("target; default: backups/ in the data directory")
    )
    parser.add_argument(
        "--with-secrets", action="store_true", help=_("also the key that signs cookies")
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup and say what it holds."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from django.utils import timezone

    from alpclusters.platform.operation.backup import make_backup

    now = timezone.now()
    target = args.file or configuration.home / "backups" / f"alpclusters-{now:%Y%m%d-%H%M%S}.zip"
    speech.step(speech.gettext("Writing the backup"))
    manifest = make_backup(configuration, target, now=now, with_secrets=args.with_secrets)
    text = speech.gettext("Backup written: %(file)s (%(rows)s rows, %(files)s files)")
    print(
        text % {"file": target, "rows": sum(manifest.rows.values()), "files": len(manifest.files)}
    )
    return 0
