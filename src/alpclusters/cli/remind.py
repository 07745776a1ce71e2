"""``alpclusters remind``: reminder mails of the AlpCafés that are near; once a day is enough."""

import argparse
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from datetime import datetime

    from alpclusters.platform.cafe.models import Invitation

HELP: Final = _("send reminders of the AlpCafés that are near, and delete old names")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the dry run."""
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be sent, and send nothing")
    )


def run(args: argparse.Namespace) -> int:
    """Remind those who come or have not answered; forget names 30 days after the day."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from django.utils import timezone

    from alpclusters.platform.cafe.domain.invitations import forget_names
    from alpclusters.platform.cafe.domain.reminders import due_reminders

    now = timezone.now()
    due = due_reminders(now)
    if args.dry_run:
        _tell(due, speech)
        return 0
    sent = _send(due, now)
    print(speech.gettext("Reminders sent: %(n)s") % {"n": sent})
    print(speech.gettext("Names deleted: %(n)s") % {"n": forget_names(now)})
    return 0


def _tell(due: "list[Invitation]", speech: Speech) -> None:
    print(speech.gettext("Reminders due: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.cafe.held_on:%Y-%m-%d}  {one.cafe.title}: {one.language}")


def _send(due: "list[Invitation]", now: "datetime") -> int:
    from alpclusters.www.workspace.cafes.letters import send_reminder

    return sum(send_reminder(one, now=now) for one in due)
