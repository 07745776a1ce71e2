"""What each daily job does: the names of `platform.operation.daily` and the calls behind them."""

from functools import partial
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from alpclusters.platform.actors.domain.confirmations import Due
    from alpclusters.platform.cafe.models import Invitation
    from alpclusters.platform.operation.daily import Call


def calls(speech: Speech) -> "dict[str, Call]":
    """Return the call of each job; it prints what it did and returns how much."""
    from alpclusters.cli.remind_calls import remind_of_calls
    from alpclusters.cli.remind_consultations import remind_of_consultations
    from alpclusters.cli.remind_introductions import remind_of_introductions
    from alpclusters.cli.remind_links import remind_of_links
    from alpclusters.cli.remind_meetings import remind_of_meetings
    from alpclusters.cli.remind_monitoring import remind_of_monitoring
    from alpclusters.cli.remind_postings import remind_of_postings
    from alpclusters.platform.operation.retention import deleting

    letters: dict[str, Callable[[datetime, Speech], None]] = {
        "cafe_reminders": _remind_guests,
        "profile_questions": _ask_keepers,
        "introductions": remind_of_introductions,
        "links": remind_of_links,
        "meetings": remind_of_meetings,
        "postings": remind_of_postings,
        "call_alerts": remind_of_calls,
        "monitoring": remind_of_monitoring,
        "consultations": remind_of_consultations,
    }
    written = {name: partial(_write, call, speech) for name, call in letters.items()}
    return {**written, "profiles": _recompute, **deleting()}


def tell_all(now: "datetime", speech: Speech) -> None:
    """Say what would be sent, and send nothing."""
    from alpclusters.cli.remind_calls import tell_calls
    from alpclusters.cli.remind_consultations import tell_consultations
    from alpclusters.cli.remind_introductions import tell_introductions
    from alpclusters.cli.remind_links import tell_links
    from alpclusters.cli.remind_meetings import tell_meetings
    from alpclusters.cli.remind_monitoring import tell_monitoring
    from alpclusters.cli.remind_postings import tell_postings
    from alpclusters.platform.actors.domain.confirmations import due_confirmations
    from alpclusters.platform.cafe.domain.invitations import due_reminders

    _tell(due_reminders(now), speech)
    _tell_confirmations(due_confirmations(now), speech)
    tell_introductions(now, speech)
    tell_links(now, speech)
    tell_meetings(now, speech)
    tell_postings(now, speech)
    tell_calls(now, speech)
    tell_monitoring(now, speech)
    tell_consultations(now, speech)


def _write(call: "Callable[[datetime, Speech], None]", speech: Speech, now: "datetime") -> int:
    call(now, speech)
    return 0


def _recompute(_now: "datetime") -> int:
    """Compute again what depends on the day: labels end, activity grows old."""
    from alpclusters.platform.actors.domain.judging import recompute

    recompute()
    return 0


def _remind_guests(now: "datetime", speech: Speech) -> None:
    from alpclusters.platform.cafe.domain.invitations import due_reminders

    print(speech.gettext("Reminders sent: %(n)s") % {"n": _send(due_reminders(now), now)})


def _ask_keepers(now: "datetime", speech: Speech) -> None:
    from alpclusters.platform.actors.domain.confirmations import due_confirmations

    asked = _ask(due_confirmations(now), now)
    print(speech.gettext("Keepers of profiles asked: %(n)s") % {"n": asked})


def _tell(due: "list[Invitation]", speech: Speech) -> None:
    print(speech.gettext("Reminders due: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.cafe.held_on:%Y-%m-%d}  {one.cafe.title}: {one.language}")


def _send(due: "list[Invitation]", now: "datetime") -> int:
    from alpclusters.www.site.cafe_letters import send_reminder

    return sum(send_reminder(one, now=now) for one in due)


def _tell_confirmations(due: "list[Due]", speech: Speech) -> None:
    print(speech.gettext("Keepers of profiles to ask: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.cluster}: {one.user.language}")


def _ask(due: "list[Due]", now: "datetime") -> int:
    from django.utils import timezone

    from alpclusters.platform.actors.domain.confirmations import note_reminders
    from alpclusters.www.workspace.profiles.keeping import ask_to_confirm

    for one in due:
        ask_to_confirm(one)
        note_reminders([one], today=timezone.localdate(now))
    return len(due)
