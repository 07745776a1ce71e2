"""Remove a partner, a work package or a cost: first it is said what goes with it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.casework.costs import remove_cost
from alpclusters.platform.funding.domain.casework.documents import Document
from alpclusters.platform.funding.domain.casework.packages import remove_package
from alpclusters.platform.funding.domain.casework.partners import remove_partner
from alpclusters.platform.funding.domain.casework.totals import entry_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import (
    WRITE,
    changed,
    frame,
    item_or_404,
    own_case,
    refused,
    version_in,
)
from alpclusters.www.workspace.funding_cases.words import category_label, euros, language

type Remove = Callable[[Document, str], None]
REMOVERS: Final[Mapping[str, tuple[Remove, str]]] = {
    "partners": (remove_partner, "partner.remove"),
    "work_packages": (remove_package, "package.remove"),
    "costs": (remove_cost, "cost.remove"),
}
_FIELDS: Final = {"partners": "partner", "work_packages": "wp"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_remove(request: SignedInRequest, pk: int, kind: str, key: str) -> HttpResponse:
    """Say what would go, then remove it; the history can bring it back."""
    case = own_case(request, pk, WRITE)
    if kind not in REMOVERS:
        raise Http404
    name = _name(case, kind, key)
    if request.method == "POST":
        remove, reason = REMOVERS[kind]
        try:
            changed(
                request,
                case,
                lambda document: remove(document, key),
                reason=f"{reason}:{name}",
                version=version_in(request),
            )
            messages.success(request, _("Removed: %(code)s") % {"code": name})
        except AlpClustersError as error:
            refused(request, error)
        return redirect("workspace:funding_case", pk=pk)
    context = frame(request, case, "", Crumb(_("Remove")))
    context |= {"name": name, "with_it": _with_it(case.data, kind, key)}
    return render(request, "workspace/funding_cases/remove.html", context)


def _name(case: FundingCase, kind: str, key: str) -> str:
    if kind != "costs":
        item = item_or_404(case, kind, key)
        return str(item.get("name") or item["title"])
    entry = entry_of(case.data, key)
    if entry is None:
        raise Http404
    return f"{category_label(entry.first['category'])}, {euros(entry.cost_ct)}"


def _with_it(data: Mapping[str, Any], kind: str, key: str) -> str:
    """Say which costs go too."""
    field = _FIELDS.get(kind)
    lines = [line for line in data["lines"] if field and line[field] == key]
    if not lines:
        return ""
    cost = euros(sum(line["cost_ct"] for line in lines))
    text = ngettext(
        "Its cost of %(cost)s (%(n)s line) goes with it.",
        "Its costs of %(cost)s (%(n)s lines) go with it.",
        len(lines),
    )
    return text % {"cost": cost, "n": format_integer(len(lines), language())}
