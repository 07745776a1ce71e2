"""Whether work in the background goes on: jobs, daily work, mail that waits, worlds."""

from collections.abc import Iterator
from datetime import timedelta
from gettext import NullTranslations
from typing import Final

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.checkup.lines import Check

MOST_NAMED: Final = 5
RECENT: Final = timedelta(days=7)
LONG_WAIT: Final = timedelta(minutes=10)


def work(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look for work in the background that failed or waits."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    now = timezone.now()
    try:
        failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - RECENT).count()
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONG_WAIT).count()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    finding = texts.gettext(
        "Background work: %(failed)s failed in the last 7 days, %(waiting)s waiting too long"
    ) % {"failed": failed, "waiting": waiting}
    if failed or waiting:
        remedy = texts.gettext(
            "Look at the page of the import, and at what the server printed when it failed."
        )
        yield Check("background_work", "warning", finding, remedy)
    else:
        yield Check("background_work", "ok", finding)


def worlds(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether anything real is tied to anything simulated."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable

    from alpclusters.platform.worlds import crossings  # noqa: PLC0415 - it loads the models

    try:
        found = crossings()
    except DatabaseError:
        return  # the tables are not there yet; the database's own check says so
    if not found:
        yield Check("worlds", "ok", texts.gettext("Nothing real is tied to anything simulated"))
        return
    named = "; ".join(f"{one.field}: {', '.join(map(str, one.pks[:MOST_NAMED]))}" for one in found)
    n = sum(len(one.pks) for one in found)
    finding = texts.ngettext(
        "%(n)s tie joins something real and something simulated: %(rows)s",
        "%(n)s ties join something real and something simulated: %(rows)s",
        n,
    )
    remedy = texts.gettext(
        "An earlier version stored them. Take each tie off on the page of one of the two, or "
        "remove the demonstration."
    )
    yield Check("worlds", "warning", finding % {"n": n, "rows": named}, remedy)


def daily(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the daily work was done."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415

    from alpclusters.platform.operation.daily import standings  # noqa: PLC0415

    try:
        found = standings(timezone.now())
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    late = [texts.gettext(one.label) for one in found if one.is_late]
    failing = [texts.gettext(one.label) for one in found if one.n_failures]
    remedy = texts.gettext("Run ./alpclusters remind and see what it prints.")
    if late:
        finding = texts.gettext("Not done for more than two days: %(names)s")
        yield Check("daily_work", "error", finding % {"names": ", ".join(late)}, remedy)
    elif failing:
        finding = texts.gettext("Daily work that failed, and is tried again each hour: %(names)s")
        yield Check("daily_work", "warning", finding % {"names": ", ".join(failing)}, remedy)
    else:
        done = [one.finished_at for one in found if one.finished_at]
        finding = texts.gettext("Daily work (letters, deletion by time): last done %(when)s") % {
            "when": f"{min(done):%Y-%m-%d %H:%M}" if done else "–"
        }
        yield Check("daily_work", "ok", finding)


def queued_mail(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look for mail that waits."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils import timezone  # noqa: PLC0415

    from alpclusters.platform.operation.mail import mail_standing  # noqa: PLC0415

    try:
        found = mail_standing(timezone.now())
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    finding = texts.gettext(
        "Mails waiting: %(waiting)s; given up in the last 30 days: %(given_up)s"
    ) % {"waiting": found.n_waiting, "given_up": found.n_given_up}
    if found.is_slow or found.n_given_up:
        remedy = texts.gettext("Check ALPCLUSTERS_SMTP_URL and the mail server.")
        yield Check("mail_queue", "warning", finding, remedy)
    else:
        yield Check("mail_queue", "ok", finding)
