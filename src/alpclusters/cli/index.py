"""``alpclusters index``: bring the search index of the directory up to date."""

import argparse

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("bring the search index of the directory up to date")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add whether everything is made anew."""
    parser.add_argument(
        "--rebuild", action="store_true", help=_("make the whole index anew, not only what changed")
    )


def run(args: argparse.Namespace) -> int:
    """Index, and say how many organisations that were."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from alpclusters.platform.actors.domain.directory.index import ensure_index, look_at, rebuild

    n = rebuild() if args.rebuild else ensure_index()
    print(speech.gettext("Organisations indexed: %(n)s") % {"n": n})
    return 0 if look_at().is_complete else 1
