"""``alpclusters restore``: bring a backup back into an empty installation."""

import argparse
from pathlib import Path

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("bring a backup back into an empty data directory")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the archive and where it goes."""
    parser.add_argument("file", type=Path, help=_("backup made by alpclusters backup"))
    parser.add_argument("--into", type=Path, help=_("data directory; default ALPCLUSTERS_HOME"))


def run(args: argparse.Namespace) -> int:
    """Restore, bring the tables to this version, compare the counts."""
    import os

    if args.into:
        os.environ["ALPCLUSTERS_HOME"] = str(args.into)
    speech = Speech(args.language)
    from alpclusters.platform.configuration import load_configuration
    from alpclusters.platform.operation.restore import restore_backup

    speech.step(speech.gettext("Checking the backup"))
    manifest = restore_backup(args.file, load_configuration())
    return _compare(manifest.rows, speech)


def _compare(expected: dict[str, int], speech: Speech) -> int:
    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from alpclusters.analysis.errors import SetupError
    from alpclusters.platform.operation.backup import count_rows
    from alpclusters.platform.operation.prepare import prepare

    found = count_rows()
    different = sorted(name for name, n in expected.items() if found.get(name) != n)
    if different:
        raise SetupError("backup.rows_differ", found=", ".join(different))
    prepare(configuration.home, say=speech.step)
    text = speech.gettext("Restored and compared: %(rows)s rows in %(tables)s tables")
    print(text % {"rows": sum(expected.values()), "tables": len(expected)})
    return 0
