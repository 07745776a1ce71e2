"""The mail by which a body is asked to endorse, in the language chosen for it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.endorsing.links import token_of
from alpclusters.platform.policy.models import Endorsement
from alpclusters.www.public.initiatives.said import said


def ask_to_endorse(endorsement: Endorsement, *, email: str, language: str) -> bool:
    """Send the link to a body; say whether the server took the mail."""
    thing: Any = endorsement.plan or endorsement.recommendation
    with translation.override(language):
        title = said(thing, "title").text
        kind = (
            _("the action plan “%(title)s”")
            if endorsement.plan
            else _("the recommendation “%(title)s”")
        )
        parts = [
            _("Good day,"),
            _("we ask whether this body stands behind %(thing)s: %(body)s")
            % {"thing": kind % {"title": title}, "body": endorsement.body},
            _("It is simulated: it only serves to try the software.")
            if thing.project.is_simulated
            else "",
            _("Read it and answer here, without an account:"),
            _address(endorsement),
            _("The link is for this body; please pass it on only to those who decide. It works "
              "for 90 days. Your address is not stored."),
        ]  # fmt: skip
        subject = _("Do you endorse it? %(title)s") % {"title": title}
        body = "\n\n".join(part for part in parts if part) + "\n"
        mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[email])
        try:
            mail.send()
        except OSError:  # of it are the errors of smtplib
            return False
    return True


def _address(endorsement: Endorsement) -> str:
    path = reverse("public:endorse", args=[token_of(endorsement)])
    return f"{settings.CONFIGURATION.address}{path}"
