"""``alpclusters administrator``: a new one-time link on the machine, whoever is lost.

Whoever may run this on the data directory could change the database as well; so it asks nobody.
"""

import argparse
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.configuration import Configuration

HELP = _("print a new link with which somebody becomes administrator, also after a lost phone")
# As www/account/urls.py has it: asking there loads every page, which takes a second.
LINK: Final = "/{language}/account/administrator/{token}/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add for whom the link is."""
    parser.add_argument(
        "--email", metavar="ADDRESS", default="", help=_("the only address the link works for")
    )


def run(args: argparse.Namespace) -> int:
    """Name the administrators there are and print the link."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.partnership.domain.administrators import administrators

    _check(args.email)
    for user in administrators().order_by("email"):
        print(speech.gettext("Administrator so far: %(email)s") % {"email": user.email})
    print(link_line(configuration, speech, email=args.email, is_from_command=True), flush=True)
    return 0


def link_line(
    configuration: "Configuration",
    speech: Speech,
    *,
    email: str = "",
    is_from_command: bool = False,
) -> str:
    """Make a link, which voids the one before, and return the line that tells it."""
    from django.utils import timezone

    from alpclusters.platform.partnership.domain.administrator_link import make_link_token

    token = make_link_token(
        configuration.home, now=timezone.now(), email=email, is_from_command=is_from_command
    )
    link = f"{configuration.address}{LINK.format(language=speech.language, token=token)}"
    return speech.gettext("Become administrator (once, within 24 hours): %(link)s") % {"link": link}


def _check(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from alpclusters.analysis.errors import InputError, Where

    try:
        if email:
            validate_email(email)
    except ValidationError:
        where = Where(argument="--email")
        raise InputError("account.no_address", where=where, found=email) from None
