"""Fetch the cases one may see, and the frame that their pages share."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.funding.domain.casework import change_case
from alpclusters.platform.funding.domain.casework.documents import Document, Item, find
from alpclusters.platform.funding.domain.casework.saving import Part
from alpclusters.platform.funding.domain.casework.totals import totals_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.words import euros, language
from alpclusters.www.workspace.sentences import sentence

SEE = ""
WRITE = "funding.write_case"
UNPROCESSABLE = 422


def own_case(request: HttpRequest, pk: int, right: str = "") -> FundingCase:
    """Return a case of one's projects: 404 if not visible, 403 if not allowed."""
    cases = visible_cases(request.user).select_related("project", "action_tie__action")
    found = get_object_or_404(cases, pk=pk)
    if right and not request.user.has_perm(right, found):
        raise PermissionDenied
    return found


def list_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to the cases."""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Funding cases"), reverse("workspace:funding_cases") if last else ""),
        *last,
    ]


def case_crumbs(case: FundingCase, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of a case."""
    address = reverse("workspace:funding_case", args=[case.pk]) if last else ""
    return list_crumbs(Crumb(case.title, address), *last)


def frame(
    request: HttpRequest, case: FundingCase, current: str = "", *last: Crumb
) -> dict[str, Any]:
    """Return head, place and tabs of a page of a case.

    Parameters
    ----------
    request : HttpRequest
    case : FundingCase
    current : str
        The step: ``partners`` or ``fits``; empty on a page below one.
    last : Crumb
        The way below the case.
    """
    runs = case.runs.only("pk", "case_id", "asked_at", "state")
    return {
        "case": case,
        "figures": head_figures(case.data),
        "latest_run": runs.order_by("-asked_at", "-pk").first(),
        "current": current,
        "crumbs": case_crumbs(case, *last),
        "simulated": case.is_simulated or bool(case.data.get("is_simulated")),
        "may_write": request.user.has_perm(WRITE, case),
        "section": "funding",
    }


def head_figures(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say how large a case is: pairs of a number and its noun."""
    partners = data.get("partners", [])
    n_countries = len({partner["country"] for partner in partners})
    n_offers = len(data.get("offers", []))
    countries = ngettext("from %(n)s country", "from %(n)s countries", n_countries)
    noun = ngettext("partner", "partners", len(partners))
    if partners:
        noun = f"{noun} {countries % {'n': format_integer(n_countries, language())}}"
    return [
        (format_integer(len(partners), language()), noun),
        (euros(totals_of(data).total_ct), _("costs")),
        (
            format_integer(n_offers, language()),
            ngettext("offer examined", "offers examined", n_offers),
        ),
    ]


def changed(
    request: SignedInRequest,
    case: FundingCase,
    change: Callable[[Document], object],
    *,
    reason: str,
    version: int,
    part: Part | None = None,
    remember: Callable[[dict[str, Any]], object] | None = None,
) -> FundingCase:
    """Change a case as the person of a request, now."""
    return change_case(
        case,
        change,
        version=version,
        by=request.user,
        now=timezone.now(),
        reason=reason,
        part=part,
        remember=remember,
    )


def part_of(kind: str, key: str) -> Part:
    """Return the part of a document that a form about one thing rests on."""
    return lambda document: find(document, kind, key)


def item_or_404(case: FundingCase, kind: str, key: str) -> Item:
    """Return a thing of a case by its identifier."""
    found = find(case.data, kind, key)
    if found is None:
        raise Http404
    return found


def version_in(request: HttpRequest) -> int:
    """Return the version that a button was made from."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - no such version


def refused(request: HttpRequest, error: AlpClustersError) -> None:
    """Say on the next page why nothing was changed."""
    messages.error(request, sentence(error))
