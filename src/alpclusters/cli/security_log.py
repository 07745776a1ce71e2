"""``alpclusters security-log``: is the chain of the security log whole, and who did what."""

import argparse
from typing import Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP: Final = _("check that nobody changed, removed or moved an entry of the security log")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do and the heads that were written down."""
    parser.add_argument("action", choices=["verify"], help=_("verify: look at the whole chain"))
    parser.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="NUMBER:CODE",
        help=_("number and code of an entry that you wrote down earlier; may be repeated"),
    )


def run(args: argparse.Namespace) -> int:
    """Print one line; status 1 if an entry does not fit."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from alpclusters.platform.trust.domain.log import verify

    found = verify(args.expect)
    if not found.fault:
        print(speech.gettext("Security log whole: %(n)s entries.") % {"n": found.n})
        if found.head:
            print(speech.gettext("Write down: %(head)s") % {"head": found.head})
        return 0
    print(_sentence(found.fault, speech) % {"n": found.n + 1})
    return 1


def _sentence(fault: str, speech: Speech) -> str:
    sentences = {
        "number": speech.gettext("Entry %(n)s is missing or stands in another place."),
        "previous": speech.gettext("Entry %(n)s does not follow the one before."),
        "digest": speech.gettext("Entry %(n)s was changed."),
        "cut": speech.gettext("Entries from %(n)s on are gone, or one written down was changed."),
    }
    return sentences[fault]
