"""The mail to somebody who asked for answers: granted with the personal link, or refused."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.research_requests import token_of
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date


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
        body = "\n\n".join([_("Good day,"), *parts]) + "\n"
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[request.email]).send()


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
