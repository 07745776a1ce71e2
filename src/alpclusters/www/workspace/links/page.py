"""One link: what it is, what both sides said, what waits for a word, what changed."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.network.domain.links.entering import (
    confirm_link,
    refuse_link,
    reports,
    versions,
    withdraw_link,
)
from alpclusters.platform.network.domain.links.reports import OPEN, report_status
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.network.rules import may_confirm_link, may_refuse_link, may_speak_for
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.links.access import crumbs, spoken_sides, visible_link
from alpclusters.www.workspace.links.changes import change_views
from alpclusters.www.workspace.links.forms import DecisionForm, ReportForm
from alpclusters.www.workspace.links.letters import tell_decision
from alpclusters.www.workspace.links.lists import LOOKS

UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


@dataclass(frozen=True)
class Rights:
    """What the reader may do with a link."""

    confirm: bool
    refuse: bool
    withdraw: bool
    edit: bool
    report: bool


@login_required
@require_safe
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a link."""
    return _show(request, visible_link(request, pk))


@login_required
@require_POST
def link_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm, refuse or withdraw."""
    found = visible_link(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, decision=form, status=UNPROCESSABLE)
    try:
        _decide(request, found, form.cleaned_data)
    except NotAllowedError as error:
        raise PermissionDenied from error
    except StateError as error:
        messages.error(request, phrase(error, get_language() or "en"))
    return redirect("workspace:link", pk=pk)


@login_required
@require_POST
def link_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether it is alive."""
    found = visible_link(request, pk)
    form = ReportForm(request.POST, sides=spoken_sides(request.user, found))
    if not form.is_valid():
        return _show(request, found, report=form, status=UNPROCESSABLE)
    try:
        report_status(
            found,
            form.organisation,
            form.cleaned_data["status"],
            said_on=form.cleaned_data["said_on"],
            note=form.cleaned_data["note"],
            by=request.user,
            now=timezone.now(),
        )
    except (InputError, StateError) as error:
        field = error.where.field if error.where.field in form.fields else None
        form.add_error(field, phrase(error, get_language() or "en"))
        status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
        return _show(request, found, report=form, status=status)
    messages.success(request, _("Noted. Thank you."))
    return redirect("workspace:link", pk=pk)


def _decide(request: SignedInRequest, found: Link, data: dict[str, Any]) -> None:
    now, user = timezone.now(), request.user
    if data["do"] == "confirm":
        tell_decision(confirm_link(found, by=user, now=now, status=data["status"]))
        messages.success(request, _("Confirmed. The link is counted from now on."))
    elif data["do"] == "refuse":
        tell_decision(refuse_link(found, by=user, now=now, note=data["note"]))
        messages.success(request, _("Refused. The link is not counted."))
    else:
        if not rights_of(request, found).withdraw:
            raise PermissionDenied
        withdraw_link(found, by=user, now=now)
        messages.success(request, _("Withdrawn."))


def rights_of(request: HttpRequest, found: Link) -> Rights:
    """Say what the reader may do with a link as it stands."""
    user = request.user
    is_entered = found.standing == Link.Standing.ENTERED
    is_source = found.standing == Link.Standing.SOURCE
    own = found.entered_for
    is_open = found.standing in OPEN
    return Rights(
        confirm=is_entered and may_confirm_link(user, found),
        refuse=(is_entered or is_source) and may_refuse_link(user, found),
        withdraw=is_open and own is not None and may_speak_for(user, own),
        edit=is_open and not is_source,
        report=is_open,
    )


def _show(
    request: SignedInRequest,
    found: Link,
    *,
    report: ReportForm | None = None,
    decision: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    icon, tone = LOOKS[Link.Standing(found.standing)]
    sides = spoken_sides(request.user, found)
    context = {
        "link": found,
        "icon": icon,
        "tone": tone,
        "rights": rights_of(request, found),
        "reports": reports(found),
        "labels": {column.name: label_of(Link, column.name) for column in fields_of(Link)},
        "said": {name: label_of(LinkReport, name) for name in ("said_on", "status")},
        "report_form": report or ReportForm(sides=sides),
        "decision_form": decision or DecisionForm(initial={"status": found.status}),
        "versions": change_views(versions(found)),
        "crumbs": crumbs(Crumb(str(found))),
        "simulated": found.is_simulated,
    }
    return render(request, "workspace/links/page.html", context, status=status)
