"""The door for the first administrator: a link from the terminal, used once."""

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

from alpclusters.platform.accounts.domain.administrator_link import is_link_valid, use_link
from alpclusters.www.account.forms import AdministratorForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def administrator_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who the first administrator is; the link is used up by the answer, not by looking."""
    if not is_link_valid(settings.HOME, token, now=timezone.now()):
        return _answer(request, "account/administrator_used.html", {}, status=404)
    form = AdministratorForm(request.POST or None)
    if request.method != "POST":
        return _answer(request, "account/administrator.html", {"form": form}, status=200)
    if not form.is_valid():
        return _answer(request, "account/administrator.html", {"form": form}, status=422)
    data = form.cleaned_data
    user = use_link(
        settings.HOME, email=data["email"], name=data["name"], language=get_language() or "en"
    )
    user.set_password(data["password"])
    user.save(update_fields=["password"])
    login(request, user, backend=BACKEND)
    messages.success(request, _("Welcome. You are the administrator of this installation."))
    return redirect("workspace:dashboard")


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int
) -> HttpResponse:
    response = render(request, template, context, status=status)
    # The token stands in the address: no other page may learn it. "no-referrer" would make the
    # browser send the form with "Origin: null", which the check against foreign forms refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
