"""``alpclusters fetch``: official reference data, fetched by the user onto the user's machine."""

import argparse
from pathlib import Path

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.sources.call_sources import SOURCES as CALL_SOURCES
from alpclusters.sources.cordis_downloads import PROGRAMMES

HELP = _("fetch official reference data onto this machine")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to fetch and where files lie that were downloaded by hand."""
    parser.add_argument(
        "what",
        choices=["nuts", "boundaries", "postcodes", "cordis", "calls"],
        help=_(
            "nuts: the codes of all of Europe, from Eurostat; boundaries: the boundaries of the "
            "regions for the detailed map, not for commercial use; postcodes: which region a "
            "postcode lies in (both from GISCO); cordis: projects of a framework programme; calls: "
            "open calls for proposals, imported at once as unverified"
        ),
    )
    parser.add_argument(
        "programme",
        nargs="?",
        choices=PROGRAMMES,
        default="HORIZON",
        help=_("cordis: which framework programme, at first HORIZON"),
    )
    parser.add_argument(
        "--from",
        dest="folder",
        type=Path,
        help=_("folder with the files, if they are here already"),
    )
    parser.add_argument(
        "--small", action="store_true", help=_("boundaries: a coarser and much smaller file")
    )
    parser.add_argument(
        "--accept-licence",
        action="store_true",
        help=_("boundaries: accept their licence without being asked"),
    )
    parser.add_argument(
        "--source",
        choices=[*CALL_SOURCES, "file"],
        default="sedia",
        help=_(
            "calls: sedia: the search of the EU portal; aides-territoires: France, with the token "
            "of an account there; incentivi: Italy; file: an answer of the EU portal, named by "
            "--from-recorded"
        ),
    )
    parser.add_argument(
        "--from-recorded",
        dest="recorded",
        type=Path,
        help=_("calls: folder or file with answers kept earlier; nothing is fetched"),
    )
    parser.add_argument(
        "--token-file",
        type=Path,
        help=_("calls: file with the token of your account at aides-territoires"),
    )


def run(args: argparse.Namespace) -> int:
    """Fetch what is missing and put it where the site finds it."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.operation.prepare import prepare

    prepare(configuration.home, say=speech.step)
    folder: Path = args.folder or configuration.home / "fetched" / args.what
    folder.mkdir(parents=True, exist_ok=True)
    if args.what == "boundaries":
        from alpclusters.cli.fetch_boundaries import fetch_boundaries

        return fetch_boundaries(
            folder, speech, is_small=args.small, is_accepted=args.accept_licence
        )
    if args.what == "postcodes":
        from alpclusters.cli.fetch_postcodes import fetch_postcodes

        return fetch_postcodes(folder, speech)
    if args.what == "calls":
        from alpclusters.cli.fetch_calls import fetch_calls

        return fetch_calls(args, folder, speech)
    if args.what == "cordis":
        from alpclusters.cli.fetch_cordis import fetch_cordis

        return fetch_cordis(args.programme, folder, speech)
    return _fetch_nuts(folder, speech)


def _fetch_nuts(folder: Path, speech: Speech) -> int:
    """Fetch the workbooks that are missing, read them, add what the database lacks."""
    from alpclusters.platform.territory.domain.imports import import_nuts
    from alpclusters.sources.nuts import read_nuts_workbook
    from alpclusters.sources.nuts_downloads import fetch_nuts_workbooks

    paths = fetch_nuts_workbooks(folder, progress=speech.step)
    found = import_nuts(read_nuts_workbook(path) for path in paths)
    text = speech.gettext(
        "Regions added: %(regions)s, changes: %(changes)s, known before: %(known)s"
    )
    values = {"regions": found.n_regions, "changes": found.n_changes, "known": found.n_known}
    print(text % values)
    print(speech.gettext("Source: Eurostat, free reuse with acknowledgement of the source."))
    return 0
