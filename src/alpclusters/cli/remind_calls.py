"""What ``alpclusters remind`` does for calls: one mail a week at most, to those who asked."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_calls(now: "datetime", speech: Speech) -> None:
    """Say what would be sent, without names of people."""
    from alpclusters.platform.funding.domain.alerts import due_alerts

    due = due_alerts(now)
    print(speech.gettext("Mails about calls that fit: %(n)s") % {"n": len(due)})
    for one in due:
        print(f"  {len(one.calls)}, {one.alert.user.language}")


def remind_of_calls(now: "datetime", speech: Speech) -> None:
    """Send what is due; what could not be sent is due again the next time."""
    from alpclusters.platform.funding.domain.alerts import due_alerts, note_alert
    from alpclusters.www.workspace.funding_alerts import send_alert

    n = failed = 0
    for one in due_alerts(now):
        try:
            send_alert(one)
        except OSError:  # of it are the errors of smtplib
            failed += 1
            continue
        note_alert(one, now=now)
        n += 1
    print(speech.gettext("Mails about calls that fit: %(n)s") % {"n": n})
    if failed:
        text = speech.gettext("Mails that could not be sent, and are tried again: %(n)s")
        print(text % {"n": failed})
