"""The account of de minimis aid of a partner: what is free by day, entries, changes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.headroom import Headroom
from alpclusters.analysis.funding.rulebooks.writing import is_unsure
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.planned import StateRoom, planned_aid, rooms_of
from alpclusters.platform.funding.domain.accounts.undertakings import (
    Change,
    account_of,
    add_aid,
    changes_of,
    confirm_aid,
    remove_aid,
    set_control,
    standing_keys,
    undertaking_of,
)
from alpclusters.platform.funding.domain.casework.documents import Item
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid, FundingCase
from alpclusters.reports.dates import format_date_short
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.account_forms import (
    ControlForm,
    DayForm,
    EntryForm,
    choose_plan,
    plan_rows,
    unseen_plans,
)
from alpclusters.www.workspace.funding_cases.case_frame import (
    UNPROCESSABLE,
    WRITE,
    euros,
    frame,
    item_or_404,
    language,
    own_case,
    refused,
)

# --- The account of de minimis aid of a partner: what is free by day, entries, one undertaking


REGULATIONS = dict(DeMinimisAid.Regulation.choices)
CHANGES: Final[Mapping[str, Any]] = {
    "added": gettext_lazy("Entry added"),
    "confirmed": gettext_lazy("Entry confirmed"),
    "removed": gettext_lazy("Entry removed"),
    "tied": gettext_lazy("Made one undertaking"),
    "untied": gettext_lazy("No longer one undertaking"),
}


@dataclass(frozen=True)
class RoomRow:
    """What one state may still grant under one regulation, in words."""

    state: str
    regulation: Any
    limit: str
    used: str
    room: str
    is_known: bool
    is_unsure: bool
    # Days on which there is more, with how much then.
    releases: Sequence[tuple[dt.date, str]]


@dataclass(frozen=True)
class EntryRow:
    """An entry, and what the person who looks at it may do with it."""

    aid: DeMinimisAid
    may_remove: bool
    may_confirm: bool


@dataclass(frozen=True)
class ChangeRow:
    """A change of the account in words; ``by`` is empty where the program made it."""

    words: Any
    subject: str
    made_at: dt.datetime
    by: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_account(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Show the account of a partner's undertaking; add entries, say who controls it."""
    case = own_case(request, pk, WRITE)
    partner, organisation = partner_with_account(case, key)
    form = EntryForm(initial={"state": organisation.country})
    if request.method == "POST":
        do = request.POST.get("do")
        if do == "control":
            _control(request, case, organisation)
        elif do in {"count", "leave"}:
            choose_plan(request, case, organisation)
        else:
            form = EntryForm(request.POST)
            if form.is_valid():
                aid = form.entry(organisation, timezone.localdate())
                add_aid([aid], by=request.user, now=timezone.now())
                messages.success(request, _("Added to the account."))
        if not form.errors:
            return redirect("workspace:funding_account", pk=pk, key=key)
    context = frame(request, case, "", *way(case, partner))
    context |= _account_context(request, case, organisation)
    context |= {"partner": partner, "organisation": organisation, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/funding_cases/account.html", context, status=status)


def partner_with_account(case: FundingCase, key: str) -> tuple[Item, Organisation]:
    """Return a partner and its organisation; 404 for one that is none of the directory."""
    partner = item_or_404(case, "partners", key)
    pk = case.taken.get("partners", {}).get(key)
    if pk is None:
        raise Http404
    return partner, get_object_or_404(Organisation, pk=standing_keys([pk])[pk])


def way(case: FundingCase, partner: Item, *last: Crumb) -> Sequence[Crumb]:
    """Return the way to the account of a partner."""
    names = ("funding_partner", "funding_account")
    person, account = (
        reverse(f"workspace:{name}", args=[case.pk, partner["id"]]) for name in names
    )
    here = Crumb(_("De minimis account"), account if last else "")
    return [Crumb(partner["name"], person), here, *last]


def room_row(found: StateRoom) -> RoomRow:
    """Put the room of a state into words."""
    room: Headroom = found.room
    return RoomRow(
        state=found.state,
        regulation=REGULATIONS[room.regulation],
        limit=euros(room.limit_ct),
        used=euros(room.used_ct),
        room=euros(room.room_ct),
        is_known=room.rule is not None,
        is_unsure=room.rule is not None and is_unsure(room.rule),
        releases=[(one.day, euros(one.room_ct)) for one in room.releases],
    )


def _account_context(
    request: HttpRequest, case: FundingCase, organisation: Organisation
) -> dict[str, Any]:
    chosen = DayForm(request.GET if "on" in request.GET else None)
    on = chosen.day() or timezone.localdate()
    entries = account_of(organisation)
    members = undertaking_of(organisation)
    plans = plan_rows(request, case, members)
    planned = planned_aid(case, members)
    granted = [(one.state, one.granted_on, one.amount_ct) for one in entries]
    planned = [o for o in planned if (o.state, o.granted_on, o.amount_ct) not in granted]
    counted = [*entries, *planned]
    link = _link(organisation)
    read = [one.read_on for one in entries if one.source != DeMinimisAid.Source.TYPED]
    return {
        "on": on,
        "day_form": chosen if chosen.is_bound else DayForm(initial={"on": on}),
        "rooms": [room_row(one) for one in rooms_of(counted, country=organisation.country, on=on)],
        "plans": plans,
        "unseen_plans": unseen_plans(case, members, plans),
        "planned": euros(sum(one.amount_ct for one in planned)) if planned else "",
        "entries": _entry_rows(request, entries),
        "n_typed": sum(one.source == DeMinimisAid.Source.TYPED for one in entries),
        "read_on": max(read, default=None),
        "members": _members(organisation, members),
        "control_form": _control_form(case, organisation) if _may_tie(request, link) else None,
        "link": link,
        "changes": [_change_row(one) for one in changes_of(organisation)],
        "in_case": _in_case(case, organisation),
    }


def _members(organisation: Organisation, undertaking: frozenset[int]) -> list[str]:
    others = undertaking - {organisation.pk}
    names = Organisation.objects.filter(pk__in=others).order_by("name")
    return list(names.values_list("name", flat=True)) if others else []


def _in_case(case: FundingCase, organisation: Organisation) -> bool:
    """Say whether the case itself names earlier aid of this partner as well."""
    keys = [key for key, pk in case.taken["partners"].items() if pk == organisation.pk]
    mine = {one["undertaking"] for one in case.data["partners"] if one["id"] in keys}
    return any(one.get("de_minimis") for one in case.data["undertakings"] if one["id"] in mine)


def _control_form(
    case: FundingCase, organisation: Organisation, data: Mapping[str, Any] | None = None
) -> ControlForm:
    """Offer the other organisations of the case, and the one that controls it now."""
    link = _link(organisation)
    wanted = {*case.taken["partners"].values(), *([link.controlled_by_id] if link else [])}
    others = Organisation.objects.filter(pk__in=wanted, merged_into=None)
    choices = list(others.exclude(pk=organisation.pk).order_by("name").values_list("pk", "name"))
    return ControlForm(
        data, others=choices, initial={"controlled_by": link.controlled_by_id if link else ""}
    )


def _link(organisation: Organisation) -> ControlLink | None:
    links = ControlLink.objects.filter(organisation=organisation)
    return links.select_related("controlled_by").first()


def _may_tie(request: HttpRequest, link: ControlLink | None) -> bool:
    """Say whether a person may tie an organisation, or change the tie that it has."""
    return link is None or request.user.has_perm("funding.change_control", link)


def _entry_rows(request: HttpRequest, aid: Sequence[DeMinimisAid]) -> list[EntryRow]:
    # What one may do hangs on the organisation and on who entered it: asked once for each.
    kinds = {(one.organisation_id, one.entered_by_id): one for one in aid}
    person = request.user
    may = {
        kind: (
            person.has_perm("funding.remove_aid", one),
            person.has_perm("funding.confirm_aid", one),
        )
        for kind, one in kinds.items()
    }
    rows = []
    for one in aid:
        may_remove, may_confirm = may[one.organisation_id, one.entered_by_id]
        rows.append(EntryRow(one, may_remove, may_confirm and one.confirmed_on is None))
    return rows


def _change_row(change: Change) -> ChangeRow:
    if change.aid is None:
        subject = " – ".join(name or "?" for name in change.names)
    else:
        day = format_date_short(change.aid.granted_on, language())
        subject = f"{day}, {change.aid.state}, {euros(change.aid.amount_ct)}"
    return ChangeRow(CHANGES[change.kind], subject, change.made_at, change.by)


def _control(request: SignedInRequest, case: FundingCase, organisation: Organisation) -> None:
    if not _may_tie(request, _link(organisation)):
        raise PermissionDenied
    form = _control_form(case, organisation, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the organisations."))
        return
    by = form.cleaned_data["controlled_by"]
    other = Organisation.objects.get(pk=by) if by else None
    try:
        set_control(organisation, other, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
    except AlpClustersError as error:
        refused(request, error)


# --- Change an entry of an account: take it away or confirm it, each only for those who may -------


REMOVE: Final = "funding.remove_aid"
CONFIRM: Final = "funding.confirm_aid"


@login_required
@require_POST
def funding_aid_remove(request: SignedInRequest, pk: int, entry: int, key: str) -> HttpResponse:
    """Take an entry away, because it was wrong."""
    aid = _aid(request, pk, entry, key, REMOVE)
    name = _name(aid)
    remove_aid(aid, by=request.user, now=timezone.now())
    messages.success(request, _("Removed: %(code)s") % {"code": name})
    return redirect("workspace:funding_account", pk=pk, key=key)


@login_required
@require_POST
def funding_aid_confirm(request: SignedInRequest, pk: int, entry: int, key: str) -> HttpResponse:
    """Say for the organisation that an entry is right."""
    aid = _aid(request, pk, entry, key, CONFIRM)
    confirm_aid(aid, by=request.user, today=timezone.localdate())
    messages.success(request, _("Confirmed: %(code)s") % {"code": _name(aid)})
    return redirect("workspace:funding_account", pk=pk, key=key)


def _aid(request: HttpRequest, pk: int, entry: int, key: str, right: str) -> DeMinimisAid:
    """Return an entry of the undertaking of a partner: 404 if it is none, 403 if not allowed."""
    case = own_case(request, pk, WRITE)
    _partner, organisation = partner_with_account(case, key)
    own = DeMinimisAid.objects.filter(organisation__in=undertaking_of(organisation))
    aid = get_object_or_404(own, pk=entry)
    if not request.user.has_perm(right, aid):
        raise PermissionDenied
    return aid


def _name(aid: Any) -> str:
    return f"{format_date_short(aid.granted_on, language())}, {euros(aid.amount_ct)}"
