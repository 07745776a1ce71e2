"""What ``alpclusters remind`` does for needs and offers: expiry, digests, news for followers."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def tell_postings(now: "datetime", speech: Speech) -> None:
    """Say what would be sent, without names of people."""
    from alpclusters.platform.network.domain.postings.following import due_digests, due_news
    from alpclusters.platform.network.domain.postings.writing import due_expiries

    expiring, digests, news = due_expiries(now), due_digests(now), due_news(now)
    n = {"n": len(expiring)}
    print(speech.gettext("Reminders of needs and offers that expire: %(n)s") % n)
    for due in expiring:
        print(f"  {due.posting.expires_on}  {due.posting}: {due.user.language}")
    print(speech.gettext("Mails with new needs and offers: %(n)s") % {"n": len(digests)})
    for one in digests:
        print(f"  {one.digest.rhythm}: {len(one.postings)}, {one.digest.user.language}")
    print(speech.gettext("Mails to followers of needs and offers: %(n)s") % {"n": len(news)})
    for told in news:
        print(f"  {len(told.happened)}, {told.user.language}")


def remind_of_postings(now: "datetime", speech: Speech) -> None:
    """Send what is due; what could not be sent is due again the next time."""
    n, failed = _remind_of_expiry(now)
    print(speech.gettext("Reminders of needs and offers that expire: %(n)s") % {"n": n})
    n, lost = _send_digests(now)
    print(speech.gettext("Mails with new needs and offers: %(n)s") % {"n": n})
    failed += lost
    n, lost = _send_news(now)
    print(speech.gettext("Mails to followers of needs and offers: %(n)s") % {"n": n})
    failed += lost
    if failed:
        print(
            speech.gettext("Mails that could not be sent, and are tried again: %(n)s")
            % {"n": failed}
        )


def _remind_of_expiry(now: "datetime") -> tuple[int, int]:
    from alpclusters.platform.network.domain.postings.writing import due_expiries, note_reminded
    from alpclusters.www.workspace.postings.letters import remind_of_expiry

    due = due_expiries(now)
    sent = [_is_sent(remind_of_expiry, one) for one in due]
    # Reminded is a posting of which all who speak for it were told.
    missed = {one.posting.pk for one, done in zip(due, sent, strict=True) if not done}
    for one in due:
        if one.posting.pk not in missed:
            note_reminded(one.posting)
    return sum(sent), len(due) - sum(sent)


def _send_digests(now: "datetime") -> tuple[int, int]:
    from alpclusters.platform.network.domain.postings.following import due_digests, note_sent
    from alpclusters.www.workspace.postings.letters import send_digest

    due = due_digests(now)
    n = 0
    for one in due:
        if _is_sent(send_digest, one):
            note_sent(one)
            n += 1
    return n, len(due) - n


def _send_news(now: "datetime") -> tuple[int, int]:
    from alpclusters.platform.network.domain.postings.following import due_news, note_told
    from alpclusters.www.workspace.postings.letters import send_news

    due = due_news(now)
    n = 0
    for one in due:
        if _is_sent(send_news, one):
            note_told(one.happened, now=now)
            n += 1
    return n, len(due) - n


def _is_sent[Due](send: "Callable[[Due], None]", due: Due) -> bool:
    """Send one mail; one refused by the server for mail must not hold up the others."""
    try:
        send(due)
    except OSError:  # of it are the errors of smtplib
        return False
    return True
