"""``alpclusters fetch``: official reference data, fetched by the user onto the user's machine."""

import argparse
from pathlib import Path

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("fetch official reference data onto this machine")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to fetch and where files lie that were downloaded by hand."""
    parser.add_argument(
        "what", choices=["nuts"], help=_("nuts: the codes of all of Europe, from Eurostat")
    )
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        help=_("folder with the files, if they are here already"),
    )


def run(args: argparse.Namespace) -> int:
    """Fetch the workbooks that are missing, read them, add what the database lacks."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.operation.prepare import prepare
    from alpclusters.platform.territory.domain.imports import import_nuts
    from alpclusters.sources.nuts import read_nuts_workbook
    from alpclusters.sources.nuts_downloads import fetch_nuts_workbooks

    prepare(configuration.home, say=speech.step)
    folder = args.folder or configuration.home / "fetched" / "nuts"
    folder.mkdir(parents=True, exist_ok=True)
    paths = fetch_nuts_workbooks(folder, progress=speech.step)
    found = import_nuts(read_nuts_workbook(path) for path in paths)
    text = speech.gettext(
        "Regions added: %(regions)s, changes: %(changes)s, known before: %(known)s"
    )
    values = {"regions": found.n_regions, "changes": found.n_changes, "known": found.n_known}
    print(text % values)
    print(speech.gettext("Source: Eurostat, free reuse with acknowledgement of the source."))
    return 0
