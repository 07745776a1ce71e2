"""Administrators and data protection officers read what happened to the installation's safety."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.fields import label_of
from alpclusters.platform.trust.models import ResponsibleBody, SecurityEvent
from alpclusters.www.workspace.security_log.forms import LogFilter

ON_A_PAGE: Final = 50
FACTORS: Final = {
    "totp": gettext_lazy("App on the phone"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Recovery codes"),
}


@login_required
@permission_required("trust.answer_requests", raise_exception=True)
@require_safe
def security_log(request: HttpRequest) -> HttpResponse:
    """List entries, the newest first."""
    form = LogFilter(request.GET)
    page = Paginator(form.found(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(event, ", ".join(words_of(event.detail))) for event in page]
    last = SecurityEvent.objects.order_by("-number").first()
    context = {"form": form, "page": page, "rows": rows, "last": last}
    return render(request, "workspace/security_log/log.html", context)


def words_of(detail: Mapping[str, Any]) -> Iterator[str]:
    """Say in words what an entry holds beside its kind."""
    if detail.get("role"):
        yield str(dict(Role.choices).get(detail["role"], detail["role"]))
    for key in ("project", "region"):
        if detail.get(key):
            yield str(detail[key])
    if detail.get("factor"):
        yield str(FACTORS.get(detail["factor"], detail["factor"]))
    if "devices" in detail:
        n = detail["devices"]
        yield ngettext("%(n)s device", "%(n)s devices", n) % {"n": n}
    if "plan" in detail:
        yield _("%(plan)s, version %(n)s") % {"plan": detail["plan"], "n": detail["version"]}
    if "cafe" in detail:
        numbers = {"cafe": detail["cafe"], "n": detail["evaluation"]}
        yield _("AlpCafé %(cafe)s, evaluation %(n)s") % numbers
    if "n" in detail:
        n = detail["n"]
        yield ngettext(
            "%(n)s try from this network within the hour",
            "%(n)s tries from this network within the hour",
            n,
        ) % {"n": n}
    if "rows" in detail:
        n = detail["rows"]
        yield ngettext("%(n)s entry", "%(n)s entries", n) % {"n": n}
    yield from map(_label, detail.get("fields", ()))


def _label(field: str) -> str:
    return label_of(ResponsibleBody, field)
