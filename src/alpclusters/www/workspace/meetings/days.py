"""The days of meetings one plans or is asked to; a new one, its settings; who may do what."""

import re
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.meetings.attending import AttendanceFacts, days_attended_by
from alpclusters.platform.network.domain.meetings.days import (
    DayFacts,
    change_day,
    create_day,
    days_of,
    facts_of,
    slot_times,
)
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay, MeetingWish
from alpclusters.platform.network.rules import speaks_for
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.reports.meetings import span_words
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of, said_of, several_of

# --- Fetch a day of meetings with the right one has to it, and the place of its pages -------------


PLANNERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.FACILITATOR)


def planned_projects(request: HttpRequest) -> list[int] | None:
    """Return the projects whose meetings one plans; None is all of them."""
    return project_ids(request.user, *PLANNERS)


def plans(request: HttpRequest, day: MeetingDay) -> bool:
    """Say whether one plans this day."""
    return bool(request.user.has_perm("network.plan_meetings", day.project))


def planned_day(request: HttpRequest, pk: int) -> MeetingDay:
    """Return a day that one plans: 403 for others, who may know that it exists."""
    day = seen_day(request, pk)
    if not plans(request, day):
        raise PermissionDenied
    return day


def seen_day(request: HttpRequest, pk: int) -> MeetingDay:
    """Return a day one plans or is asked to; others do not exist, nor do drafts for the asked."""
    rows = MeetingDay.objects.select_related("project", "cafe")
    day = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("network.view_meeting_day", day):
        raise Http404
    if day.state == MeetingDay.State.DRAFT and not plans(request, day):
        raise Http404
    return day


def own_attendance(request: HttpRequest, pk: int, organisation: int) -> Attendance:
    """Return the attendance of an organisation one speaks for, or whose day one plans."""
    day = seen_day(request, pk)
    rows = Attendance.objects.select_related("organisation__cluster", "user")
    attendance = get_object_or_404(rows, day=day, organisation=organisation)
    attendance.day = day
    if not (speaks_for(request.user, attendance.organisation) or plans(request, day)):
        raise Http404
    return attendance


def planned_meeting(request: HttpRequest, pk: int, meeting: int) -> Meeting:
    """Return a meeting of a day that one plans."""
    day = planned_day(request, pk)
    rows = Meeting.objects.select_related("first__organisation", "second__organisation")
    found = get_object_or_404(rows, pk=meeting, day=day)
    found.day = day
    return found


def crumbs(day: MeetingDay | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of meetings."""
    days = reverse("workspace:meeting-days") if day or last else ""
    steps = [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("Meetings"), days),
    ]
    if day is not None:
        url = reverse("workspace:meeting-day", args=[day.pk]) if last else ""
        steps.append(Crumb(day.title, url))
    return [*steps, *last]


# --- What planners decide about a day of meetings, and what organisations say ---------------------


MINUTES_A_DAY: Final = 24 * 60
WEIGHTS: Final = [(1, _("nice to have")), (2, _("matters")), (3, _("matters most"))]


class DayForm(forms.Form):
    """All that is decided about a day."""

    use_required_attribute = False
    project = forms.ModelChoiceField(
        Project.objects.none(),
        **said_of(MeetingDay, "project"),
        empty_label=_("Choose a project"),
    )
    cafe = forms.ModelChoiceField(
        AlpCafe.objects.none(),
        **said_of(MeetingDay, "cafe"),
        empty_label=_("none: a fair"),
    )
    title = input_of(MeetingDay, "title")
    place = input_of(MeetingDay, "place")
    held_on = input_of(
        MeetingDay, "held_on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = input_of(
        MeetingDay, "begins", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    n_slots = input_of(MeetingDay, "n_slots")
    slot_minutes = input_of(MeetingDay, "slot_minutes")
    pause_minutes = input_of(MeetingDay, "pause_minutes")
    breaks = forms.CharField(**said_of(MeetingDay, "breaks"), max_length=120)
    n_tables = input_of(MeetingDay, "n_tables")
    most_each = input_of(MeetingDay, "most_each")
    wishes_until = input_of(
        MeetingDay,
        "wishes_until",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self, *args: Any, projects: Any, day: MeetingDay | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"initial": _initial(day)})
        shown: Any = self.fields["project"]
        shown.queryset = projects
        cafes: Any = self.fields["cafe"]
        cafes.queryset = AlpCafe.objects.filter(project__in=projects).order_by("-held_on", "pk")
        if day is not None:
            del self.fields["project"]
            cafes.queryset = cafes.queryset.filter(project=day.project_id)

    def clean_breaks(self) -> list[int]:
        """Read numbers with commas or spaces between them."""
        words = re.split(r"[\s,;]+", self.cleaned_data["breaks"].strip())
        numbers = [word for word in words if word]
        if not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in numbers):  # noqa: PLR2004 - nobody has a thousand slots
            raise ValidationError(_("Write numbers with commas between them, for example 4, 8."))
        return sorted({int(word) for word in numbers})

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        data = super().clean() or {}
        n, breaks = data.get("n_slots"), data.get("breaks") or []
        if n and any(not 1 <= number <= n for number in breaks):
            self.add_error("breaks", _("A break lies outside the day."))
        if n and len(set(breaks)) >= n:
            self.add_error("breaks", _("Nothing is left but breaks."))
        each = (data.get("slot_minutes") or 0) + (data.get("pause_minutes") or 0)
        begins = data.get("begins")
        if n and begins and begins.hour * 60 + begins.minute + n * each > MINUTES_A_DAY:
            self.add_error("n_slots", _("The last meeting would end after midnight."))
        if data.get("cafe") and data.get("project") and data["cafe"].project != data["project"]:
            self.add_error("cafe", _("This AlpCafé belongs to another project."))
        return data

    def facts(self) -> DayFacts:
        """Return what the domain stores."""
        return DayFacts(**{k: v for k, v in self.cleaned_data.items() if k != "project"})


class AttendanceForm(forms.Form):
    """What an organisation says about itself for this day."""

    use_required_attribute = False
    languages = several_of(Attendance, "languages", LANGUAGES)
    away = forms.TypedMultipleChoiceField(
        **said_of(Attendance, "away"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    looks_for = input_of(
        Attendance,
        "looks_for",
        label=_("What you look for"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shows_name = input_of(Attendance, "shows_name")

    def __init__(self, *args: Any, attendance: Attendance, is_own: bool, **kwargs: Any) -> None:
        initial = {
            "languages": attendance.languages,
            "away": attendance.away,
            "looks_for": attendance.looks_for,
            "shows_name": attendance.shows_name,
        }
        super().__init__(*args, **kwargs | {"initial": initial})
        self.attendance = attendance
        away: Any = self.fields["away"]
        language = get_language() or "en"
        away.choices = [
            (slot.number, span_words(slot, language))
            for slot in slot_times(attendance.day)
            if not slot.is_break
        ]
        if not is_own:
            # Only the person itself can agree to be named.
            del self.fields["shows_name"]

    def facts(self) -> AttendanceFacts:
        """Return what the domain stores; languages in the order of the profile."""
        data = self.cleaned_data
        before = list(self.attendance.languages)
        known = [code for code in before if code in data["languages"]]
        return AttendanceFacts(
            languages=(*known, *(c for c in data["languages"] if c not in known)),
            away=tuple(data["away"]),
            looks_for=data["looks_for"],
            shows_name=data.get("shows_name", False),
        )


class WishForm(forms.Form):
    """A wish, an answer to one, or taking it back."""

    do = forms.ChoiceField(choices=[("wish", ""), ("decline", ""), ("withdraw", "")])
    other = forms.IntegerField(min_value=1)
    weight = forms.TypedChoiceField(
        label=lazy_label_of(MeetingWish, "weight"),
        choices=WEIGHTS,
        coerce=int,
        initial=2,
        required=False,
        empty_value=2,  # type: ignore[arg-type]  # stubs: texts only
    )


class MoveForm(forms.Form):
    """Where a meeting goes."""

    use_required_attribute = False
    slot = forms.TypedChoiceField(label=_("Time"), coerce=int)
    table = forms.IntegerField(label=pgettext_lazy("to sit at", "Table"), min_value=1)
    swap = forms.BooleanField(
        label=_("Let a meeting that is there take the old place"), required=False
    )

    def __init__(self, *args: Any, day: MeetingDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        slot: Any = self.fields["slot"]
        slot.choices = [
            (one.number, span_words(one, language)) for one in slot_times(day) if not one.is_break
        ]
        table: Any = self.fields["table"]
        table.max_value = day.n_tables
        table.widget.attrs["max"] = day.n_tables


def _initial(day: MeetingDay | None) -> dict[str, Any]:
    if day is None:
        return {}
    return {**facts_of(day), "breaks": ", ".join(map(str, day.breaks))}


# --- The days of meetings one plans, and those one is asked to; a new one, and changes of one -----


PER_PAGE: Final = 30
UNPROCESSABLE: Final = 422


@login_required
@require_safe
def meeting_days(request: SignedInRequest) -> HttpResponse:
    """List the days, the latest first."""
    if not request.user.has_perm("network.view_meeting_day"):
        raise PermissionDenied
    projects = planned_projects(request)
    planned = days_of(projects) if projects != [] else MeetingDay.objects.none()
    page = Paginator(_counted(planned), PER_PAGE).get_page(request.GET.get("page"))
    asked = list(_counted(days_attended_by(request.user))[:PER_PAGE])
    context = {
        "page": page,
        "asked": asked,
        "labels": {name: label_of(MeetingDay, name) for name in ("title", "held_on")},
        "plans": projects != [],
        "crumbs": crumbs(),
        "simulated": any(day.is_simulated for day in (*page.object_list, *asked)),
    }
    return render(request, "workspace/meetings/list.html", context)


def _counted(days: QuerySet[MeetingDay]) -> QuerySet[MeetingDay]:
    comes = Q(attendances__state=Attendance.State.COMES)
    return days.select_related("project").annotate(
        n_coming=Count("attendances", filter=comes, distinct=True),
        n_meetings=Count("meetings", distinct=True),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_day_new(request: SignedInRequest) -> HttpResponse:
    """Begin to prepare a day."""
    projects = _projects(request)
    form = DayForm(request.POST or None, projects=projects)
    if request.method == "POST" and form.is_valid():
        project = form.cleaned_data["project"]
        made = create_day(project, form.facts(), by=request.user, now=timezone.now())
        messages.success(request, gettext("The day is prepared. Now invite organisations."))
        return redirect("workspace:meeting-invite", pk=made.pk)
    return _form(request, form, {"day": None, "crumbs": crumbs(None, Crumb(gettext("New day")))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_day_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was decided."""
    day = planned_day(request, pk)
    projects = Project.objects.filter(pk=day.project_id)
    form = DayForm(request.POST or None, projects=projects, day=day)
    if request.method == "POST" and form.is_valid():
        change_day(day, form.facts())
        messages.success(request, gettext("Saved."))
        return redirect("workspace:meeting-day", pk=pk)
    return _form(request, form, {"day": day, "crumbs": crumbs(day, Crumb(gettext("Edit")))})


def _projects(request: HttpRequest) -> QuerySet[Project]:
    own = planned_projects(request)
    if own == []:
        raise PermissionDenied
    rows = Project.objects.running().order_by("acronym", "pk")
    return rows if own is None else rows.filter(pk__in=own)


def _form(request: HttpRequest, form: DayForm, context: dict[str, Any]) -> HttpResponse:
    day = context["day"]
    back = reverse("workspace:meeting-day", args=[day.pk]) if day else None
    values = {
        "form": form,
        "back": back or reverse("workspace:meeting-days"),
        "simulated": bool(day and day.is_simulated),
        **context,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/meetings/form.html", values, status=status)
