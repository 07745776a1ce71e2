"""What a body fills in about its action, on a phone as on a desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.policy.domain.monitoring.reports import Said
from alpclusters.platform.policy.domain.monitoring.values import SaidValue
from alpclusters.platform.policy.models import (
    Action,
    Indicator,
    IndicatorValue,
    Milestone,
    ProgressReport,
)
from alpclusters.www.public.reporting.figures import FigureField
from alpclusters.www.site.inputs import Day, input_of

PER_CENT: Final = 100
_MILESTONE: Final = "milestone"
_VALUE: Final = "value"
_DAY: Final = "value_on"
_SOURCE: Final = "value_source"


@dataclass(frozen=True)
class MilestoneField:
    """An open milestone with the day on which it was reached."""

    milestone: Milestone
    day: BoundField


@dataclass(frozen=True)
class IndicatorFields:
    """An indicator with what is asked about it."""

    indicator: Indicator
    value: BoundField
    day: BoundField
    source: BoundField


class ReportForm(forms.Form):
    """How far an action is, in words and figures; nothing must be filled in, but something."""

    use_required_attribute = False
    progress = FigureField(
        label=gettext_lazy("Progress in per cent"),
        min_value=0,
        max_value=PER_CENT,
        decimal_places=1,
        help_text=ProgressReport._meta.get_field("progress").help_text,
    )
    text = input_of(ProgressReport, "text", widget=forms.Textarea(attrs={"rows": 4}))
    obstacles = input_of(ProgressReport, "obstacles", widget=forms.Textarea(attrs={"rows": 3}))
    next_step = input_of(ProgressReport, "next_step", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        action: Action,
        today: date,
        last: ProgressReport | None = None,
        **kwargs: Any,
    ) -> None:
        self.today = today
        initial = {} if last is None or last.progress is None else {"progress": _per_cent(last)}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.milestones = list(action.milestones.filter(done_on=None).order_by("due", "pk"))
        self.indicators = list(action.indicators.order_by("order", "pk"))
        self._add_milestones()
        self._add_indicators()

    def _add_milestones(self) -> None:
        for one in self.milestones:
            self.fields[f"{_MILESTONE}_{one.pk}"] = Day(
                label=_("Reached on: %(milestone)s") % {"milestone": one.title}, required=False
            )

    def _add_indicators(self) -> None:
        for one in self.indicators:
            unit = f" ({one.unit})" if one.unit else ""
            self.fields[f"{_VALUE}_{one.pk}"] = FigureField(label=f"{one.name}{unit}")
            self.fields[f"{_DAY}_{one.pk}"] = input_of(
                IndicatorValue,
                "refers_to",
                form_class=Day,
                required=False,
                initial=self.today,
            )
            self.fields[f"{_SOURCE}_{one.pk}"] = input_of(IndicatorValue, "source")

    def milestone_fields(self) -> Iterator[MilestoneField]:
        """Return the open milestones with their fields."""
        for one in self.milestones:
            yield MilestoneField(one, self[f"{_MILESTONE}_{one.pk}"])

    def indicator_fields(self) -> Iterator[IndicatorFields]:
        """Return the indicators with their fields."""
        for one in self.indicators:
            names = (f"{name}_{one.pk}" for name in (_VALUE, _DAY, _SOURCE))
            yield IndicatorFields(one, *(self[name] for name in names))

    def clean(self) -> dict[str, Any]:
        """Refuse days that have not come, and a form in which nothing was said."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and value > self.today:
                self.add_error(name, _("This day has not come yet."))
        if not self.errors and self.said("en").is_empty:
            raise ValidationError(_("Say at least how far the action is, or what happened."))
        return cleaned

    def said(self, language: str) -> Said:
        """Return what was filled in."""
        given = self.cleaned_data
        progress = given.get("progress")
        return Said(
            progress=None if progress is None else float(progress) / PER_CENT,
            texts={name: given.get(name, "") for name in ("text", "obstacles", "next_step")},
            language=language,
            milestones={
                one: day
                for one in self.milestones
                if (day := given.get(f"{_MILESTONE}_{one.pk}")) is not None
            },
            values=self._values(),
        )

    def _values(self) -> Sequence[SaidValue]:
        given = self.cleaned_data
        return [
            SaidValue(
                indicator=one,
                value=value,
                refers_to=given.get(f"{_DAY}_{one.pk}") or self.today,
                source=given.get(f"{_SOURCE}_{one.pk}", ""),
            )
            for one in self.indicators
            if (value := given.get(f"{_VALUE}_{one.pk}")) is not None
        ]


def _per_cent(report: ProgressReport) -> float | int:
    """Return the last progress as people type it: 50 rather than 50.0."""
    value = round((report.progress or 0) * PER_CENT, 1)
    return int(value) if value == int(value) else value
