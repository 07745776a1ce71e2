"""What planners decide about a day of meetings, and what organisations say."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.meetings.attending import AttendanceFacts
from alpclusters.platform.network.domain.meetings.days import DayFacts, facts_of, slot_times
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish
from alpclusters.platform.partnership.models import Project
from alpclusters.reports.meetings_words import span_words
from alpclusters.www.site.inputs import input_of, lazy_label_of, said_of, several_of

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
