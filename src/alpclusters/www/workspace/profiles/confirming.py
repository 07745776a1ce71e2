"""The link of the yearly mail: confirms without signing in, by one press of a button.

Opening it changes nothing, because programs that check mails open links too.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.confirmations import confirm, is_used, read_token
from alpclusters.www.workspace.profiles.pages import read_overview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more on a page, then confirm."""
    due = read_token(token)
    if due is None:
        return render(request, "workspace/profiles/confirm_link.html", {"due": None}, status=404)
    used = is_used(token, due)
    if request.method == "POST" and not used:
        confirm(due.cluster, by=due.user, today=timezone.localdate())
        messages.success(request, _("Confirmed. Thank you: others see that this is up to date."))
        return redirect("workspace:profile-confirm-link", token=token)
    context = {
        "due": due,
        "cluster": due.cluster,
        "is_used": used,
        "page": read_overview(due.cluster),
        "simulated": due.cluster.organisation.is_simulated,
    }
    return render(request, "workspace/profiles/confirm_link.html", context)
