"""The links of one's organisations, and one of them with what both sides said and changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import is_coordinator
from alpclusters.platform.evidence.domain.versions import Version
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.network.domain.links.entering import (
    COMPARED,
    confirm_link,
    links_in_care,
    links_of_speaker,
    refuse_link,
    reports,
    versions,
    waiting_for,
    withdraw_link,
)
from alpclusters.platform.network.domain.links.reports import OPEN, report_status
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.network.rules import (
    may_confirm_link,
    may_refuse_link,
    may_speak_for,
    spoken_for_by,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON
from alpclusters.reports.dates import format_date
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.links.link_forms import (
    DecisionForm,
    ReportForm,
    crumbs,
    require_speaker,
    simulated,
    spoken_sides,
    tell_decision,
    visible_link,
)
from alpclusters.www.workspace.versions import VersionView, version_views

# --- The versions of a link in words: what changed, who changed it, why ---------------------------


_RELATIONS: Final[dict[str, Any]] = {"initiative_id": Initiative, "project_id": Project}
REASONS: Final = {
    "enter": gettext_lazy("Entered"),
    "change": gettext_lazy("Changed"),
    "confirm": gettext_lazy("Confirmed by the other side"),
    "refuse": gettext_lazy("The other side says that it is not so"),
    "withdraw": gettext_lazy("Withdrawn"),
    "report": gettext_lazy("A side said how it stands"),
    "derive": gettext_lazy("Taken from a published project"),
    REASON: gettext_lazy("Made with the demonstration"),
}


def change_views(found: Sequence[Version]) -> list[VersionView]:
    """Put versions into words; names of initiatives and projects are asked for once."""
    names = _names(found)
    said = partial(_words, names=names)
    return version_views(found, titles=_titles(), words=said, reason=_reason)


def _titles() -> dict[str, Any]:
    return {name: label_of(Link, name.removesuffix("_id")) for name in COMPARED}


def _words(field: str, value: Any, *, names: dict[str, dict[Any, str]]) -> str:
    if value in (None, ""):
        return ""
    if field in _RELATIONS:
        return names[field].get(value, _("no longer there"))
    if isinstance(value, date):
        return format_date(value, get_language() or "en")
    choices = dict(getattr(Link._meta.get_field(field), "flatchoices", ()))
    return str(choices.get(value, value))


def _names(found: Iterable[Version]) -> dict[str, dict[Any, str]]:
    wanted: dict[str, set[Any]] = {field: set() for field in _RELATIONS}
    for version in found:
        for change in version.changes:
            if change.field in wanted:
                wanted[change.field] |= {change.before, change.after} - {None}
    return {
        field: {pk: str(one) for pk, one in _RELATIONS[field].objects.in_bulk(keys).items()}
        for field, keys in wanted.items()
    }


def _reason(version: Version) -> str:
    if version.reason in REASONS:
        return str(REASONS[version.reason])
    if version.reason.startswith(("merge:", "unmerge:")):
        return _("One of the organisations was merged, or a merge was undone.")
    return version.reason or (_("The entry was made.") if version.is_first else "")


# --- The links of one's organisations, and those of the region one coordinates --------------------


SIZE: Final = 25
STATES: Final[Mapping[str, tuple[Any, Q]]] = {
    "waiting": (gettext_lazy("wait for the other side"), Q(standing=Link.Standing.ENTERED)),
    "alive": (
        pgettext_lazy("links", "alive"),
        Q(status__in=[Link.Status.ACTIVE_FUNDED, Link.Status.ACTIVE_SELF]),
    ),
    "dormant": (pgettext_lazy("links", "dormant"), Q(status=Link.Status.DORMANT)),
    "ended": (pgettext_lazy("links", "ended"), Q(status=Link.Status.ENDED)),
    "unknown": (pgettext_lazy("links", "not known whether alive"), Q(status=Link.Status.UNKNOWN)),
    "source": (
        gettext_lazy("from a published project"),
        Q(standing=Link.Standing.SOURCE),
    ),
    "closed": (
        gettext_lazy("refused or withdrawn"),
        Q(standing__in=[Link.Standing.REFUSED, Link.Standing.WITHDRAWN]),
    ),
}
_CLOSED: Final = STATES["closed"][1]
# standing: (icon, tone) of its badge
LOOKS: Final = {
    Link.Standing.ENTERED: ("clock", "warn"),
    Link.Standing.CONFIRMED: ("check", "good"),
    Link.Standing.REFUSED: ("x", "bad"),
    Link.Standing.WITHDRAWN: ("undo-2", ""),
    Link.Standing.SOURCE: ("file-text", "info"),
}


@dataclass(frozen=True)
class LinkRow:
    """A link in a list, told from one side."""

    link: Link
    own: Organisation
    other: Organisation
    icon: str
    tone: str


@dataclass(frozen=True)
class LinkList:
    """Everything a template of a list names."""

    rows: Sequence[LinkRow]
    page: Page[Any]
    states: Sequence[tuple[str, Any]]
    state: str
    organisations: Sequence[Organisation]
    organisation: str

    @property
    def labels(self) -> dict[str, str]:
        """The labels of the columns it shows."""
        return {name: label_of(Link, name) for name in ("type", "status")}

    @property
    def is_filtered(self) -> bool:
        """Whether something is chosen."""
        return bool(self.state or self.organisation)


@login_required
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """List the links of the organisations for which one speaks."""
    require_speaker(request)
    own = list(spoken_for_by(request.user))
    waiting = list(waiting_for(request.user)[:SIZE])
    found = _read(request, links_of_speaker(request.user), own)
    context = {
        "list": found,
        "waiting": [row_of(link, {one.pk for one in own}) for link in waiting],
        "speaks": bool(own),
        "coordinates": is_coordinator(request.user),
        "crumbs": crumbs(),
        "simulated": simulated([*waiting, *(row.link for row in found.rows)]),
    }
    return render(request, "workspace/links/list.html", context)


@login_required
@require_safe
def links_of_region(request: HttpRequest) -> HttpResponse:
    """List the links of the region that one coordinates."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    found = _read(request, links_in_care(request.user), ())
    context = {
        "list": found,
        "crumbs": crumbs(Crumb(_("In my region"))),
        "simulated": simulated(row.link for row in found.rows),
    }
    return render(request, "workspace/links/region.html", context)


def row_of(link: Link, own: Iterable[int]) -> LinkRow:
    """Tell a link from the side of one's own organisation; else from the first."""
    sides = (link.first, link.second)
    is_turned = link.first_id not in own and link.second_id in own
    mine, other = sides[::-1] if is_turned else sides
    return LinkRow(link, mine, other, *LOOKS[Link.Standing(link.standing)])


def _read(request: HttpRequest, found: "QuerySet[Link]", own: Sequence[Organisation]) -> LinkList:
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    chosen = next((one for one in own if str(one.pk) == request.GET.get("organisation")), None)
    if chosen is not None:
        found = found.filter(Q(first=chosen) | Q(second=chosen))
    found = _in_state(found, state)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    pks = {chosen.pk} if chosen else {one.pk for one in own}
    return LinkList(
        rows=[row_of(link, pks) for link in page.object_list],
        page=page,
        states=[(key, label) for key, (label, _) in STATES.items()],
        state=state,
        organisations=own if len(own) > 1 else (),
        organisation=str(chosen.pk) if chosen else "",
    )


def _in_state(found: "QuerySet[Link]", state: str) -> "QuerySet[Link]":
    """What was refused or withdrawn shows only where one asks for it."""
    if state == "closed":
        return found.filter(_CLOSED)
    found = found.exclude(_CLOSED)
    return found.filter(STATES[state][1]) if state else found


# --- One link: what it is, what both sides said, what waits for a word, what changed --------------


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
