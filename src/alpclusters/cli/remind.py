"""``alpclusters remind``: mails that are due; once a day is enough.

Reminders of the AlpCafés that are near, and the yearly question to those who keep a profile.
"""

import argparse
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from datetime import datetime

    from alpclusters.platform.actors.domain.confirmations import Due
    from alpclusters.platform.cafe.models import Invitation

HELP: Final = _("send reminders and yearly questions that are due, and delete old names")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the dry run."""
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be sent, and send nothing")
    )


def run(args: argparse.Namespace) -> int:
    """Remind guests, ask keepers of profiles; forget names 30 days after the day."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from django.utils import timezone

    from alpclusters.cli.remind_consultations import (
        forget_who_was_invited,
        remind_of_consultations,
        tell_consultations,
    )
    from alpclusters.cli.remind_introductions import remind_of_introductions, tell_introductions
    from alpclusters.cli.remind_links import remind_of_links, tell_links
    from alpclusters.cli.remind_meetings import forget_who_met, remind_of_meetings, tell_meetings
    from alpclusters.cli.remind_monitoring import (
        forget_who_reported,
        remind_of_monitoring,
        tell_monitoring,
    )
    from alpclusters.cli.remind_postings import remind_of_postings, tell_postings
    from alpclusters.platform.actors.domain.confirmations import due_confirmations
    from alpclusters.platform.actors.domain.judging import recompute
    from alpclusters.platform.actors.domain.people import forget_people
    from alpclusters.platform.cafe.domain.invitations import forget_names
    from alpclusters.platform.cafe.domain.reminders import due_reminders
    from alpclusters.platform.evaluation.domain.own_requests import forget_who_asked

    now = timezone.now()
    due, to_confirm = due_reminders(now), due_confirmations(now)
    if args.dry_run:
        _tell(due, speech)
        _tell_confirmations(to_confirm, speech)
        tell_introductions(now, speech)
        tell_links(now, speech)
        tell_meetings(now, speech)
        tell_postings(now, speech)
        tell_monitoring(now, speech)
        tell_consultations(now, speech)
        return 0
    sent = _send(due, now)
    print(speech.gettext("Reminders sent: %(n)s") % {"n": sent})
    asked = _ask(to_confirm, now)
    print(speech.gettext("Keepers of profiles asked: %(n)s") % {"n": asked})
    remind_of_introductions(now, speech)
    remind_of_links(now, speech)
    remind_of_meetings(now, speech)
    remind_of_postings(now, speech)
    remind_of_monitoring(now, speech)
    remind_of_consultations(now, speech)
    # Some facts about a profile depend on the day: labels end, activity grows old.
    recompute()
    n_names = forget_names(now) + forget_people(now) + forget_who_met(now)
    n_names += forget_who_reported(now) + forget_who_was_invited(now)
    n_names += forget_who_asked(now)
    print(speech.gettext("Names deleted: %(n)s") % {"n": n_names})
    return 0


def _tell(due: "list[Invitation]", speech: Speech) -> None:
    print(speech.gettext("Reminders due: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.cafe.held_on:%Y-%m-%d}  {one.cafe.title}: {one.language}")


def _send(due: "list[Invitation]", now: "datetime") -> int:
    from alpclusters.www.workspace.cafes.letters import send_reminder

    return sum(send_reminder(one, now=now) for one in due)


def _tell_confirmations(due: "list[Due]", speech: Speech) -> None:
    print(speech.gettext("Keepers of profiles to ask: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.cluster}: {one.user.language}")


def _ask(due: "list[Due]", now: "datetime") -> int:
    from django.utils import timezone

    from alpclusters.platform.actors.domain.confirmations import note_reminders
    from alpclusters.www.workspace.claims.letters import ask_to_confirm

    for one in due:
        ask_to_confirm(one)
        note_reminders([one], today=timezone.localdate(now))
    return len(due)
