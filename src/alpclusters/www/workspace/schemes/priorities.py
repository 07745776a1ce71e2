"""What programmes and regions put weight on: a list, and forms with one row for each theme."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.fields import length_of
from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.funding.domain.policy_mixing.budgets import known_regions
from alpclusters.platform.funding.domain.policy_mixing.strategies import (
    PriorityFacts,
    priorities_of,
    save_priorities,
    seen_mark,
)
from alpclusters.platform.funding.models import Priority, Programme, Status
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.synergies.questions import period_text, place_names
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.schemes.attributes import theme_choices
from alpclusters.www.workspace.schemes.scheme_forms import (
    CONFLICT,
    UNPROCESSABLE,
    crumbs,
    require_keeper,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- Forms of priorities: whose they are, and one row for each theme ------------------------------


SPARE: Final = 3
MOST: Final = 80
PERCENT: Final = 100


class SubjectForm(forms.Form):
    """A programme or a region, and the period."""

    use_required_attribute = False
    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        label=lazy_label_of(Priority, "programme"),
        to_field_name="key",
        empty_label="–",
        required=False,
    )
    region = input_of(Priority, "region", label=gettext_lazy("or region"))
    period = forms.RegexField(
        r"^\d{4}-\d{4}$",
        label=lazy_label_of(Priority, "period"),
        max_length=length_of(Priority, "period"),
        initial="2021-2027",
        error_messages={"invalid": gettext_lazy("Write it as 2021-2027.")},
    )

    def clean_region(self) -> str:
        """Let only codes through that are in use."""
        code = str(self.cleaned_data["region"]).strip().upper()
        if code and code not in known_regions():
            text = _("“%(code)s” is no code of NUTS 2021.") % {"code": code}
            raise ValidationError(text, code="region")
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("programme")) == bool(data.get("region")) and not self.errors:
            self.add_error("region", _("Choose a programme or write a region, one of the two."))
        return data


class PriorityRowForm(forms.Form):
    """One theme; without a theme the row is nothing."""

    use_required_attribute = False
    theme = forms.ChoiceField(label=lazy_label_of(Priority, "theme"), required=False)
    side = input_of(Priority, "side", required=False)
    weight = forms.DecimalField(
        label=gettext_lazy("Weight in per cent"),
        help_text=Priority._meta.get_field("weight").help_text,
        min_value=0,
        max_value=PERCENT,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    source = input_of(Priority, "source")
    checked_on = input_of(
        Priority,
        "checked_on",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["theme"]
        field.choices = [("", "–"), *theme_choices()]

    @property
    def label(self) -> str:
        """What the row says, in a line; empty for one that says nothing."""
        theme, weight = self["theme"].value(), self["weight"].value()
        if not theme:
            return ""
        side = dict(Priority.Side.choices).get(self["side"].value() or "", "")
        about = [str(side), _written(weight)]
        return f"{theme_label(theme, get_language())} ({', '.join(filter(None, about))})"

    def facts(self) -> PriorityFacts | None:
        """Return what a valid row says; nothing without a theme."""
        data = self.cleaned_data
        if not data.get("theme"):
            return None
        weight = data["weight"]
        return PriorityFacts(
            side=data["side"] or Priority.Side.PRIORITY,
            theme=data["theme"],
            weight=None if weight is None else float(weight) / PERCENT,
            source=data["source"],
            checked_on=data["checked_on"],
        )


def _written(weight: Any) -> str:
    if weight in (None, ""):
        return str(_("weight not stated"))
    return f"{weight:g} %" if isinstance(weight, float) else f"{weight} %"


PriorityForms = forms.formset_factory(PriorityRowForm, extra=SPARE, max_num=MOST, absolute_max=MOST)


def initial_rows(rows: Sequence[Priority]) -> list[dict[str, Any]]:
    """Return stored priorities as the forms show them."""
    return [
        {
            "theme": row.theme,
            "side": row.side,
            "weight": None if row.weight is None else round(row.weight * PERCENT, 2),
            "source": row.source,
            "checked_on": row.checked_on,
        }
        for row in rows
    ]


def stated_rows(forms: Any) -> list[PriorityFacts]:
    """Return the rows of valid forms that name a theme."""
    return [facts for form in forms.forms if (facts := form.facts()) is not None]


# --- What programmes and regions put weight on: a list, and one form for each of them and period


PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class SubjectRow:
    """A programme or region with a period, and how many themes it names."""

    name: str
    period: str
    n_themes: int
    is_simulated: bool
    url: str


@login_required
@require_safe
def priorities(request: HttpRequest) -> HttpResponse:
    """List programmes and regions that name priorities."""
    require_keeper(request)
    keys = ("region", "programme__key", "period")
    rows = list(Priority.objects.order_by(*keys, "pk").values_list(*keys, "status"))
    counts = Counter(
        (region, programme, period, status == Status.DEMONSTRATION)
        for region, programme, period, status in rows
    )
    page = Paginator(list(counts.items()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _subject_rows(list(page.object_list)),
        "crumbs": crumbs(Crumb(_("Priorities"))),
        "simulated": any(is_simulated for *_subject_key, is_simulated in counts),
    }
    return render(request, "workspace/schemes/priorities.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_new(request: HttpRequest) -> HttpResponse:
    """Ask whose priorities are to be entered, then lead to their form."""
    require_keeper(request)
    form = SubjectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        programme = data["programme"]
        return redirect(_address(programme.key if programme else data["region"], data["period"]))
    context = {"form": form, "crumbs": _way(Crumb(_("Enter priorities")))}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/schemes/priority_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a programme or region puts weight on in one period."""
    require_keeper(request)
    period = request.GET.get("period", "")[:9]
    programme, region = _subject(key)
    rows = priorities_of(programme, region, period)
    posted = request.POST if request.method == "POST" else None
    forms = PriorityForms(posted, initial=initial_rows(rows), prefix="row")
    told = {"rows": rows, "programme": programme, "region": region, "period": period}
    if posted is None:
        return _page(request, forms, told)
    if not forms.is_valid():
        return _page(request, forms, told, status=UNPROCESSABLE)
    try:
        seen = posted.get("seen", "")
        n = save_priorities(programme, region, period, stated_rows(forms), seen=seen)
    except AlpClustersError as error:
        status = CONFLICT if isinstance(error, StateError) else UNPROCESSABLE
        return _page(request, forms, told, problem=placed_sentence(error), status=status)
    messages.success(request, _("Saved.") if n else _("These priorities are gone."))
    return redirect("workspace:priorities")


def _subject(key: str) -> tuple[Programme | None, str]:
    """Return a programme, or the code of a region; the two never look alike."""
    code = key.upper()
    if code in known_regions():
        return None, code
    programme = Programme.objects.filter(key=key).first()
    if programme is None:
        raise Http404
    return programme, ""


def _page(
    request: HttpRequest,
    forms: Any,
    told: Mapping[str, Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    programme, region = told["programme"], told["region"]
    name = str(programme) if programme else f"{place_names([region])[region]} ({region})"
    rows: Sequence[Priority] = told["rows"]
    context = {
        "forms": forms,
        "name": name,
        "period": period_text(told["period"]),
        "seen": seen_mark(rows),
        "problem": problem,
        "crumbs": _way(Crumb(name)),
        "simulated": any(row.status == Status.DEMONSTRATION for row in rows),
    }
    return render(request, "workspace/schemes/priority.html", context, status=status)


def _subject_rows(
    found: Sequence[tuple[tuple[str, str | None, str, bool], int]],
) -> list[SubjectRow]:
    places = place_names(region for (region, *_rest), _n in found if region)
    keys = [key for (_region, key, *_rest), _n in found if key]
    names = {one.key: one.name for one in Programme.objects.filter(key__in=keys)}
    return [
        SubjectRow(
            name=names[key] if key else f"{places[region]} ({region})",
            period=period_text(period),
            n_themes=n,
            is_simulated=is_simulated,
            # What is invented of a real region is not for people to change.
            url="" if is_simulated and not key else _address(key or region, period),
        )
        for (region, key, period, is_simulated), n in found
    ]


def _address(key: str, period: str) -> str:
    return f"{reverse('workspace:priority', args=[key])}?{urlencode({'period': period})}"


def _way(*steps: Crumb) -> list[Crumb]:
    return crumbs(Crumb(_("Priorities"), reverse("workspace:priorities")), *steps)
