"""``alpclusters index``: bring the search indexes of directory and evidence up to date."""

import argparse

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("bring the search indexes of the directory and the evidence base up to date")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add whether everything is made anew."""
    parser.add_argument(
        "--rebuild", action="store_true", help=_("make the whole index anew, not only what changed")
    )


def run(args: argparse.Namespace) -> int:
    """Index, and say how many organisations and things of the evidence base that were."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from alpclusters.platform.actors.domain.directory.index import ensure_index, look_at, rebuild
    from alpclusters.platform.evidence.domain.search import index as evidence

    n = rebuild() if args.rebuild else ensure_index()
    print(speech.gettext("Organisations indexed: %(n)s") % {"n": n})
    n = evidence.rebuild() if args.rebuild else evidence.refresh_all()
    print(speech.gettext("Initiatives, activities, lessons and sources indexed: %(n)s") % {"n": n})
    return 0 if look_at().is_complete and not evidence.n_waiting() else 1
