"""Mails of a reporting round, each in the language of its reader."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.links import (
    DueLetter,
    Mail,
    note_sent,
    token_of,
)
from alpclusters.platform.policy.domain.records.plans import last_report
from alpclusters.platform.policy.models import ReportLink
from alpclusters.reports.captions import kept_sentence
from alpclusters.reports.dates import format_date


def send_letter(due: DueLetter, *, now: datetime) -> bool:
    """Send one mail and note it; one that the server refuses is due again the next time."""
    try:
        _send(due)
    except OSError:  # of it are the errors of smtplib
        return False
    note_sent(due, now=now)
    return True


def _send(due: DueLetter) -> None:
    link = due.link
    language = nearest_language(link.language)
    with translation.override(language):
        parts = _first(link) if due.mail == Mail.FIRST else _reminder(link, language)
        subject = (
            _("How does action %(code)s stand?")
            if due.mail == Mail.FIRST
            else _("Reminder: how does action %(code)s stand?")
        ) % {"code": link.action.code}
        body = "\n\n".join([*parts, *_closing(link, language)]) + "\n"
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[link.email]).send()


def _first(link: ReportLink) -> Sequence[str]:
    return [
        _("Good day,"),
        _("your organisation carries out this action of the plan “%(plan)s”:")
        % {"plan": link.round.plan.title},
        f"{link.action.code}: {link.action.title}",
        *_simulated(link),
        _("Please tell us in five minutes how it stands, without an account:"),
    ]


def _reminder(link: ReportLink, language: str) -> Sequence[str]:
    day = format_date(link.round.closes_on, language)
    return [
        _("Good day,"),
        _("we have no report yet on this action of the plan “%(plan)s”:")
        % {"plan": link.round.plan.title},
        f"{link.action.code}: {link.action.title}",
        *_simulated(link),
        _("The round closes on %(day)s. Without a report the plan says that nobody answered.")
        % {"day": day},
    ]


def _simulated(link: ReportLink) -> Sequence[str]:
    if not link.round.plan.is_simulated:
        return ()
    return (_("The plan is simulated: it only serves to try the software."),)


def _closing(link: ReportLink, language: str) -> Sequence[str]:
    days = {
        "closes": format_date(link.round.closes_on, language),
        "ends": format_date(link.expires_on, language),
    }
    return [
        _address(link, language),
        _("Please answer until %(closes)s. The link is for this action alone; please do not pass "
          "it on. It works until %(ends)s, then your address is deleted.") % days,
        *_kept(link, language),
    ]  # fmt: skip


def _kept(link: ReportLink, language: str) -> Sequence[str]:
    """Send the head of the chain out: who has it sees later whether a report was changed."""
    last = last_report(link.round.plan)
    if last is None:
        return ()
    why = _("Whoever keeps this mail can have it checked later that no report was changed.")
    return (f"{kept_sentence(last, language)}\n{why}",)


def _address(link: ReportLink, language: str) -> str:
    with translation.override(language):
        path = reverse("public:report-by-mail", args=[token_of(link)])
    return f"{settings.CONFIGURATION.address}{path}"
