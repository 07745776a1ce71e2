"""Mails about requests for answers: to those who decide, then to the person who asked."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.research_requests import token_of
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.evaluation.rules import deciders_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date


def tell_deciders(request: DataRequest) -> int:
    """Tell the coordinators that somebody asks, each in their language; return how many.

    Raises
    ------
    OSError
        The server for mail refuses it.
    """
    readers = deciders_of(request.cafe)
    path = reverse("workspace:data_request", args=[request.pk])
    names = {"title": request.cafe.title, "organisation": request.organisation}
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            text = _(
                "%(organisation)s asks for the answers of %(title)s person by person, for "
                "research. Please grant or refuse it with a reason:"
            )
            subject = _("Request for answers to decide: %(title)s") % names
            parts = [_("Good day,"), text % names, f"{settings.CONFIGURATION.address}{path}"]
            _send(reader.email, subject, parts)
    return len(readers)


def send_decision(request: DataRequest) -> None:
    """Tell the decision in the language of the request.

    Raises
    ------
    OSError
        The server for mail refuses it.
    """
    language = nearest_language(request.language)
    with translation.override(language):
        subject = _("Your request for answers: %(title)s") % {"title": request.cafe.title}
        is_granted = request.state == DataRequest.State.GRANTED
        parts = _granted(request, language) if is_granted else _refused(request)
        _send(request.email, subject, [_("Good day,"), *parts])


def _granted(request: DataRequest, language: str) -> list[str]:
    path = reverse("public:research_data", args=[token_of(request)])
    return [
        _("your request for the answers person by person is granted."),
        _("Reason: %(reason)s") % {"reason": request.reason},
        _("With this personal link you fetch the data until %(day)s, and confirm that you have "
          "deleted them:") % {"day": format_date(request.until, language)},
        f"{settings.CONFIGURATION.address}{path}",
        _("The link is meant for the people you named: please do not pass it on. The terms stand "
          "on its page and in the file."),
    ]  # fmt: skip


def _refused(request: DataRequest) -> list[str]:
    return [
        _("your request for the answers person by person is refused."),
        _("Reason: %(reason)s") % {"reason": request.reason},
        _("The counts of the answers remain open data for everybody."),
    ]


def _send(reader: str, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(parts) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader]).send()
