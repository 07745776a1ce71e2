"""The page behind the link of a reporting round: one action, no account, made for a phone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.monitoring.reports import (
    Said,
    SaidValue,
    latest_report,
    report_by_link,
)
from alpclusters.platform.policy.domain.monitoring.rounds import find_link
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    Indicator,
    IndicatorValue,
    Milestone,
    ProgressReport,
    ReportLink,
)
from alpclusters.reports.errors import phrase
from alpclusters.www.site.inputs import Day, input_of

# --- A number as people write it: 1.234,5 in German, 1,234.5 in English, 1 234,5 in French --------


_GAPS: Final = re.compile(r"[\s'’]")
_WHOLE: Final = re.compile(r"-?\d+")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}([.,]\d{3})+")


class FigureField(forms.DecimalField):
    """A number in the writing of the reader's language; empty means that none is given."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 4)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12})
        super().__init__(widget=widget, localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the number, whichever of dot and comma parts the thousands."""
        if value in self.empty_values:
            return None
        try:
            return Decimal(_plain(str(value)))
        except InvalidOperation:
            raise ValidationError(_("Write a number in figures, for example 12.5.")) from None


def _plain(text: str) -> str:
    text = _GAPS.sub("", text)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    if _is_parting_thousands(text, text[last]):
        return text.replace(".", "").replace(",", "")
    whole, part = text[:last], text[last + 1 :]
    is_whole = _WHOLE.fullmatch(whole) or (_THOUSANDS.fullmatch(whole) and text[last] not in whole)
    if not is_whole or not part.isdecimal():
        return ""
    return f"{whole.replace('.', '').replace(',', '')}.{part}"


def _is_parting_thousands(text: str, mark: str) -> bool:
    """Say whether the only kind of mark parts thousands: 1.234 in German is no 1 and a quarter."""
    other = "," if mark == "." else "."
    if other in text or not _THOUSANDS.fullmatch(text):
        return False
    return text.count(mark) > 1 or mark != get_format("DECIMAL_SEPARATOR")


# --- What a body fills in about its action, on a phone as on a desk -------------------------------


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


# --- The page behind the link of a reporting round: one action, no account, made for a phone ------
#
# Opening it changes nothing, because programs that check mails open links too.


UNPROCESSABLE = 422
NOT_FOUND = 404
TEMPLATE = "public/reporting/page.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how an action stands, then store the answer; the link can be used again until it ends."""
    now = timezone.now()
    link = find_link(token, now=now)
    if link is None:
        return render(request, TEMPLATE, {"link": None}, status=NOT_FOUND)
    action, today = link.action, today_of(link.round.plan, now)
    last = latest_report(action)
    form = ReportForm(
        request.POST if request.method == "POST" else None, action=action, today=today, last=last
    )
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid() and _store(request, link, form):
        return redirect("public:report-by-mail", token=token)
    return _page(request, link, form, last, status=status)


def _store(request: HttpRequest, link: ReportLink, form: ReportForm) -> bool:
    language = nearest_language(get_language())
    try:
        report_by_link(link, form.said(language), now=timezone.now())
    except (InputError, StateError) as error:
        form.add_error(None, phrase(error, language))
        return False
    messages.success(
        request, _("Thank you, your report is stored. You can still change or add to it here.")
    )
    return True


def _page(
    request: HttpRequest,
    link: ReportLink,
    form: ReportForm,
    last: ProgressReport | None,
    *,
    status: int,
) -> HttpResponse:
    plan, action = link.round.plan, link.action
    context = {
        "link": link,
        "plan": plan,
        "action": action,
        "last": last,
        "is_answered": last is not None and last.round_id == link.round_id,
        "is_late": link.round.closed_at is not None,
        "is_over": action.done_on is not None or action.stopped_on is not None,
        "form": form,
        "simulated": plan.is_simulated,
        "section": "plans",
    }
    return render(request, TEMPLATE, context, status=status)


urlpatterns: list[URLPattern] = [
    path("report/<str:token>/", report_by_mail, name="report-by-mail"),
]
