"""``alpclusters index``: bring the search indexes of directory and evidence up to date."""

import argparse

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

WHAT = ("search", "vectors", "network")
HELP = _("bring the search indexes of the directory and the evidence base up to date")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which index, and whether everything is made anew."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=WHAT,
        default="search",
        help=_(
            "search: of directory and evidence (default); vectors: texts for the matching; "
            "network: what is counted of the network"
        ),
    )
    parser.add_argument(
        "--rebuild", action="store_true", help=_("make the whole index anew, not only what changed")
    )


def run(args: argparse.Namespace) -> int:
    """Index, and say how many organisations and things of the evidence base that were."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    if args.what == "vectors":
        from alpclusters.cli.index_vectors import index_vectors

        return index_vectors(speech, rebuild=args.rebuild)
    if args.what == "network":
        from alpclusters.cli.index_network import index_network

        return index_network(speech, rebuild=args.rebuild)
    from alpclusters.platform.actors.domain.directory.index import ensure_index, look_at, rebuild
    from alpclusters.platform.evidence.domain.search import index as evidence

    n = rebuild() if args.rebuild else ensure_index()
    print(speech.gettext("Organisations indexed: %(n)s") % {"n": n})
    n = evidence.rebuild() if args.rebuild else evidence.refresh_all()
    print(speech.gettext("Initiatives, activities, lessons and sources indexed: %(n)s") % {"n": n})
    return 0 if look_at().is_complete and not evidence.n_waiting() else 1
