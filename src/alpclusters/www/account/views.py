"""The door for an administrator: a link from the terminal, used once."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.domain.second_step import has_second_step
from alpclusters.platform.partnership.domain.administrator_link import find_link, use_link
from alpclusters.platform.trust.domain.bodies import missing_of, responsible_body
from alpclusters.www.account.forms import AdministratorForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def administrator_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who the administrator is; the link is used up by the answer, not by looking."""
    link = find_link(settings.HOME, token, now=timezone.now())
    if link is None:
        return _answer(request, "account/administrator_used.html", {}, status=404)
    form = AdministratorForm(request.POST or None, link=link)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _answer(request, "account/administrator.html", {"form": form}, status=status)
    user = use_link(settings.HOME, **form.cleaned_data, language=get_language() or "en")
    if has_second_step(user):
        messages.success(request, _("Sign in with the new password and your second step."))
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password")
    messages.success(request, _("Welcome. You are an administrator of this site."))
    is_known = not missing_of(responsible_body())
    return redirect("workspace:dashboard" if is_known else "workspace:imprint")


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int
) -> HttpResponse:
    response = render(request, template, context, status=status)
    # The token stands in the address: no other page may learn it. "no-referrer" would make the
    # browser send the form with "Origin: null", which the check against foreign forms refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
