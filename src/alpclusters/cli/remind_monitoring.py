"""What ``alpclusters remind`` does for reporting rounds: letters, reminders, old addresses."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_monitoring(now: "datetime", speech: Speech) -> None:
    """Say what would be sent, without addresses."""
    from alpclusters.platform.policy.domain.monitoring.rounds import due_letters

    due = due_letters(now)
    print(speech.gettext("Letters of reporting rounds due: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {one.link.round.plan.slug} {one.link.action.code}: {one.link.language}")


def remind_of_monitoring(now: "datetime", speech: Speech) -> None:
    """Ask bodies how their actions stand, and remind those that have not answered."""
    from alpclusters.platform.policy.domain.monitoring.rounds import due_letters
    from alpclusters.www.workspace.monitoring.rounds import send_letter

    due = due_letters(now)
    sent = sum(send_letter(one, now=now) for one in due)
    print(speech.gettext("Letters of reporting rounds sent: %(n)s") % {"n": sent})
    if sent < len(due):
        print(
            speech.gettext("Mails that could not be sent, and are tried again: %(n)s")
            % {"n": len(due) - sent}
        )


def forget_who_reported(now: "datetime") -> int:
    """Delete the addresses of links that work no more."""
    from alpclusters.platform.policy.domain.monitoring.rounds import forget_addresses

    return forget_addresses(now)
