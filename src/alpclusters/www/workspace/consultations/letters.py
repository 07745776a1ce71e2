"""Mails to those invited to a consultation, each in the language chosen for it."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.consulting.invitations import note_sent, token_of
from alpclusters.platform.policy.models import ConsultationInvitation
from alpclusters.reports.dates import format_date
from alpclusters.www.public.initiatives.said import said


def send_invitation(invitation: ConsultationInvitation, *, now: datetime) -> bool:
    """Send the first mail or the reminder; one that is refused is due again the next time."""
    try:
        _send(invitation)
    except OSError:  # of it are the errors of smtplib
        return False
    note_sent(invitation, now=now)
    return True


def _send(invitation: ConsultationInvitation) -> None:
    held = invitation.consultation
    language = nearest_language(invitation.language)
    with translation.override(language):
        title = said(held, "title").text
        subject = (
            _("Your comment is asked for: %(title)s")
            if invitation.sent_at is None
            else _("Reminder: your comment is asked for: %(title)s")
        ) % {"title": title}
        day = format_date(held.closes_on, language) if held.closes_on else "–"
        parts = [
            _("Good day,"),
            _("you are invited to comment on these recommendations: %(title)s") % {"title": title},
            said(held, "introduction").text,
            _("It is simulated: it only serves to try the software.")
            if held.project.is_simulated
            else "",
            _("Read them paragraph by paragraph and comment until %(day)s, without an account:")
            % {"day": day},
            _address(invitation),
            _("The link is yours: please do not pass it on. Comments are shown without your "
              "address; 90 days after the end it is deleted."),
        ]  # fmt: skip
        body = "\n\n".join(part for part in parts if part) + "\n"
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email]).send()


def _address(invitation: ConsultationInvitation) -> str:
    path = reverse("public:consultation-invited", args=[token_of(invitation)])
    return f"{settings.CONFIGURATION.address}{path}"
