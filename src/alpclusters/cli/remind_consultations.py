"""What ``alpclusters remind`` does for consultations: closing, letters, old addresses."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_consultations(now: "datetime", speech: Speech) -> None:
    """Say what would be closed and sent, without addresses."""
    from alpclusters.platform.policy.domain.consulting.commenting import due_letters
    from alpclusters.platform.policy.domain.consulting.steps import due_to_close

    over = due_to_close(now)
    print(speech.gettext("Consultations whose last day is over: %(n)s") % {"n": len(over)})
    due = due_letters(now)
    print(speech.gettext("Letters of consultations due: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.consultation_id}: {one.language}")


def remind_of_consultations(now: "datetime", speech: Speech) -> None:
    """Close what is over, then write to those invited who were not written to or are reminded."""
    from alpclusters.platform.policy.domain.consulting.commenting import due_letters
    from alpclusters.platform.policy.domain.consulting.steps import close_due
    from alpclusters.www.workspace.consultations.consultation_pages import send_invitation

    print(speech.gettext("Consultations closed: %(n)s") % {"n": len(close_due(now))})
    due = due_letters(now)
    sent = sum(send_invitation(one, now=now) for one in due)
    print(speech.gettext("Letters of consultations sent: %(n)s") % {"n": sent})
    if sent < len(due):
        print(
            speech.gettext("Mails that could not be sent, and are tried again: %(n)s")
            % {"n": len(due) - sent}
        )


def forget_who_was_invited(now: "datetime") -> int:
    """Delete the addresses of consultations that ended long ago."""
    from alpclusters.platform.policy.domain.consulting.commenting import forget_invited

    return forget_invited(now)
