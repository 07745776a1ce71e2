"""The page behind the link of a reporting round: one action, no account, made for a phone.

Opening it changes nothing, because programs that check mails open links too.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.links import find_link
from alpclusters.platform.policy.domain.monitoring.reports import latest_report, report_by_link
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import ProgressReport, ReportLink
from alpclusters.reports.errors import phrase
from alpclusters.www.public.reporting.forms import ReportForm

UNPROCESSABLE = 422
NOT_FOUND = 404
TEMPLATE = "public/reporting/page.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how an action stands, then store the answer; the link can be used again until it ends."""
    now = timezone.now()
    link = find_link(token, now=now)
    if link is None:
        return render(request, TEMPLATE, {"link": None}, status=NOT_FOUND)
    action, today = link.action, today_of(link.round.plan, now)
    last = latest_report(action)
    form = ReportForm(
        request.POST if request.method == "POST" else None, action=action, today=today, last=last
    )
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid() and _store(request, link, form):
        return redirect("public:report-by-mail", token=token)
    return _page(request, link, form, last, status=status)


def _store(request: HttpRequest, link: ReportLink, form: ReportForm) -> bool:
    language = nearest_language(get_language())
    try:
        report_by_link(link, form.said(language), now=timezone.now())
    except (InputError, StateError) as error:
        form.add_error(None, phrase(error, language))
        return False
    messages.success(
        request, _("Thank you, your report is stored. You can still change or add to it here.")
    )
    return True


def _page(
    request: HttpRequest,
    link: ReportLink,
    form: ReportForm,
    last: ProgressReport | None,
    *,
    status: int,
) -> HttpResponse:
    plan, action = link.round.plan, link.action
    context = {
        "link": link,
        "plan": plan,
        "action": action,
        "last": last,
        "is_answered": last is not None and last.round_id == link.round_id,
        "is_late": link.round.closed_at is not None,
        "is_over": action.done_on is not None or action.stopped_on is not None,
        "form": form,
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, TEMPLATE, context, status=status)
