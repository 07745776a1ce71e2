"""Prepare an AlpCafé: what a facilitator decides about it, and the criteria to rate on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.scales import LARGEST_STEP, Kind, Scale
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.criteria import create_criterion, scale_with, steps_of_kind
from alpclusters.platform.cafe.domain.events import (
    DECIDED,
    NEEDED,
    OF_COURSE,
    Preparation,
    change_cafe,
    create_cafe,
)
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.inputs import TextsField, error_in
from alpclusters.platform.languages.text import column_of, field_of
from alpclusters.platform.measures.domain.facets import facet_values
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.territory.models import Region
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.cafes.cockpit import crumbs
from alpclusters.www.workspace.cafes.prepare.common import tabs_of
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.project_regions import by_country, regions_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any

# --- The part of the form of an AlpCafé that says how the day runs --------------------------------


_NOTHING: Final[tuple[Any, ...]] = (None, "", [])


def _clock(name: str) -> forms.Field:
    return input_of(AlpCafe, name, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _criterion(name: str) -> forms.Field:
    return input_of(AlpCafe, name, empty_label=_("none"))


class ProgrammeForm(forms.Form):
    """Round, hall, times, languages and phases; what is left out keeps its default."""

    round = input_of(AlpCafe, "round", required=False, widget=forms.RadioSelect)
    starts_at = _clock("starts_at")
    ends_at_time = _clock("ends_at_time")
    directions = input_of(AlpCafe, "directions")
    languages = forms.MultipleChoiceField(
        label=lazy_label_of(AlpCafe, "languages"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_hall = input_of(AlpCafe, "in_hall")
    n_rounds = input_of(AlpCafe, "n_rounds", required=False)
    minutes_per_round = input_of(AlpCafe, "minutes_per_round", required=False)
    minutes_to_change = input_of(AlpCafe, "minutes_to_change", required=False)
    has_presentation = input_of(AlpCafe, "has_presentation")
    has_top_three = input_of(AlpCafe, "has_top_three")
    has_second_rating = input_of(AlpCafe, "has_second_rating")
    has_feedback = input_of(AlpCafe, "has_feedback")
    shows_table_cards = input_of(AlpCafe, "shows_table_cards")
    open_registration = input_of(AlpCafe, "open_registration")
    cloud_x = _criterion("cloud_x")
    cloud_y = _criterion("cloud_y")
    # No number is the 0 of the column.
    best_k = input_of(AlpCafe, "best_k", required=False, min_value=1)
    welcome = input_of(AlpCafe, "welcome", rows=3, legend=True)

    def decided(self, name: str) -> Any:
        """Return what a column is set to: what is left out and must be there is as usual."""
        column: Any = field_of(AlpCafe, name)
        value = self.cleaned_data[name]
        is_left_out = value in _NOTHING and not column.blank
        return column.get_default() if is_left_out else value


# --- What a facilitator decides about an AlpCafé --------------------------------------------------


def _boxes(name: str) -> forms.Field:
    return input_of(AlpCafe, name, required=False, widget=forms.CheckboxSelectMultiple)


class CafeForm(ProgrammeForm):
    """All that is decided about an AlpCafé; a draft may still lack measures."""

    project = input_of(AlpCafe, "project", empty_label=_("Choose a project"))
    region = input_of(AlpCafe, "region")
    held_on = input_of(
        AlpCafe, "held_on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = input_of(AlpCafe, "place")
    measures = _boxes("measures")
    criteria = _boxes("criteria")
    title = input_of(AlpCafe, "title", legend=True)

    def __init__(self, *args: Any, by: User, cafe: AlpCafe | None = None, **kwargs: Any) -> None:
        self.by, self.cafe = by, cafe
        kwargs.setdefault("initial", initial_of(cafe))
        super().__init__(*args, **kwargs)
        self._set_choices()
        if cafe is not None:
            del self.fields["project"]
        if self.is_table_laid:
            for name in ("measures", "criteria", *OF_COURSE):
                del self.fields[name]

    @property
    def is_table_laid(self) -> bool:
        """Say whether people have begun to rate: then the questions stay as they are."""
        return self.cafe is not None and self.cafe.state != AlpCafe.State.DRAFT

    def _set_choices(self) -> None:
        projects = [p for p in _projects(self.by) if self.by.has_perm("cafe.add_alpcafe", p)]
        project: Any = self.fields["project"]
        project.queryset = Project.objects.filter(pk__in=[p.pk for p in projects])
        ids = [self.cafe.project_id] if self.cafe else [p.pk for p in projects]
        region: Any = self.fields["region"]
        region.queryset = regions_of(ids)
        region.choices = [("", _("Choose a region")), *by_country(region.queryset)]
        measures: Any = self.fields["measures"]
        measures.queryset = Measure.objects.published().filter(
            Q(project__isnull=True) | Q(project__in=ids)
        )
        criteria: Any = self.fields["criteria"]
        criteria.queryset = Criterion.objects.all()

    @property
    def project_label(self) -> str:
        """What the project is called once it cannot be chosen any more."""
        return label_of(AlpCafe, "project")

    def measures_by_phase(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield the name of each phase with the boxes of its measures."""
        boxes = {str(box.data["value"]): box for box in self["measures"]}
        measures: Any = self.fields["measures"]
        found = list(measures.queryset)
        for value in facet_values("phase"):
            inside = [boxes[str(m.pk)] for m in found if m.phase == value.key]
            if inside:
                yield value.name(get_language()), inside

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        data = super().clean() or {}
        if not any(data.get("title", {}).values()):
            self.add_error("title", _("Write the title in at least one language."))
        project = data.get("project") or (self.cafe.project if self.cafe else None)
        if project and data.get("region"):
            self._check_region(project, data["region"])
        if project:
            self._check_measures(project, data.get("measures") or ())
        self._check_course(data)
        return data

    def _check_course(self, data: dict[str, Any]) -> None:
        if "criteria" in self.fields and self._rates() and not data.get("criteria"):
            self.add_error("criteria", _("Choose at least one criterion."))
        begin, end = data.get("starts_at"), data.get("ends_at_time")
        if begin and end and end <= begin:
            self.add_error("ends_at_time", _("The end must be later than the begin."))
        across, upwards = data.get("cloud_x"), data.get("cloud_y")
        if (across or upwards) and (across is None or across == upwards):
            self.add_error("cloud_x", _("Choose two different criteria, or none."))

        best, measures = data.get("best_k"), data.get("measures")
        if best and measures and best >= len(measures):
            self.add_error("best_k", _("Look for fewer measures than are rated."))

    def _rates(self) -> bool:
        is_in_hall = self.cleaned_data.get("in_hall")
        return not is_in_hall or self.decided("round") == AlpCafe.Round.MEASURES

    def _check_region(self, project: Project, region: Region) -> None:
        wanted = AlpCafe(project=project, region=region)
        if not self.by.has_perm("cafe.run_alpcafe", wanted):
            self.add_error("region", _("Your role does not cover this region."))

    def _check_measures(self, project: Project, measures: Iterable[Measure]) -> None:
        foreign = [m for m in measures if m.project_id not in (None, project.pk)]
        if foreign:
            text = _("“%(name)s” belongs to another project.")
            self.add_error("measures", ValidationError(text, params={"name": foreign[0].name}))

    def preparation(self) -> Preparation:
        """Return the decisions in the words of the domain."""
        data = self.cleaned_data
        return Preparation(
            project=self.cafe.project if self.cafe else data["project"],
            region=data["region"],
            titles=data["title"],
            held_on=data["held_on"],
            measures=list(data.get("measures") or ()),
            criteria=list(data.get("criteria") or ()),
            programme={name: self.decided(name) for name in DECIDED if name in data},
        )


def initial_of(cafe: AlpCafe | None) -> dict[str, Any]:
    """Return what the form shows first: tables and the default criteria, or what was decided."""
    new = AlpCafe(in_hall=True)
    shown = {name: getattr(cafe or new, column_of(AlpCafe, name)) for name in (*NEEDED, *DECIDED)}
    shown["best_k"] = shown["best_k"] or None
    if cafe is None:
        return shown | {"criteria": list(Criterion.objects.filter(is_default=True))}
    rated = {"measures": list(cafe.measures.all()), "criteria": list(cafe.criteria.all())}
    return shown | rated


def _projects(by: User) -> QuerySet[Project]:
    return visible_projects(by).running().order_by("acronym", "pk")


# --- Prepare an AlpCafé and change what was prepared ----------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_create(request: SignedInRequest) -> HttpResponse:
    """Prepare a new AlpCafé."""
    if not request.user.has_perm("cafe.add_alpcafe"):
        raise PermissionDenied
    form = CafeForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        cafe = create_cafe(form.preparation(), by=request.user)
        if cafe.in_hall:
            messages.success(request, gettext("AlpCafé prepared. Go through the steps one by one."))
            return redirect("workspace:cafe_prepare", pk=cafe.pk)
        messages.success(request, gettext("AlpCafé prepared. Open it when the rating begins."))
        return redirect("workspace:cafe", pk=cafe.pk)
    return _show(request, form, None, [Crumb(gettext("New AlpCafé"))])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an AlpCafé; measures and criteria only before it is opened."""
    cafe = own_cafe(request, pk)
    form = CafeForm(request.POST or None, by=request.user, cafe=cafe)
    if request.method == "POST" and form.is_valid():
        changed = change_cafe(cafe, form.preparation(), by=request.user)
        messages.success(request, gettext("Saved"))
        return redirect("workspace:cafe_prepare" if changed.in_hall else "workspace:cafe", pk=pk)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    return _show(request, form, cafe, [here, Crumb(gettext("Edit"))])


def _show(
    request: HttpRequest, form: CafeForm, cafe: AlpCafe | None, last: list[Crumb]
) -> HttpResponse:
    context = {
        "form": form,
        "cafe": cafe,
        "tabs": tabs_of(cafe, "cafe_edit") if cafe else (),
        "crumbs": crumbs(*last),
        "simulated": cafe is not None and cafe.is_simulated,
        "section": "cafes",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/cafes/form.html", context, status=status)


# --- The criteria that AlpCafés can be rated on, and a form for a further one ---------------------


KINDS: Final = (
    (Kind.ORDERED.value, gettext_lazy("Steps that rise, such as 1 to 5")),
    (Kind.YES_NO.value, gettext_lazy("Yes or no")),
    (Kind.AGREEMENT.value, gettext_lazy("Against, neither, for")),
)
TEXTS: Final = ("name", "question", "words")
LONGEST_WORDS: Final = 80


class CriterionForm(forms.Form):
    """Kind first, then steps, then what is asked and what each step says."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        choices=KINDS,
        initial=Kind.ORDERED.value,
        widget=forms.RadioSelect,
    )
    low = forms.IntegerField(
        label=gettext_lazy("Lowest step"),
        initial=1,
        min_value=-LARGEST_STEP,
        max_value=LARGEST_STEP,
    )
    high = forms.IntegerField(
        label=gettext_lazy("Highest step"),
        initial=5,
        min_value=-LARGEST_STEP,
        max_value=LARGEST_STEP,
    )
    name = input_of(Criterion, "name")
    question = input_of(Criterion, "question")
    words = TextsField(label=gettext_lazy("Words of the steps"), rows=5)

    def languages(self) -> list[LanguagePart]:
        """Sort the texts into languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a question, and put the steps together."""
        data = super().clean() or {}
        require_any(self, "name", "question")
        if {"kind", "low", "high", "words"} <= data.keys():
            data["scale"] = self._scale(data)
        return data

    def _scale(self, data: dict[str, Any]) -> Scale | None:
        kind = Kind(data["kind"])
        steps = steps_of_kind(kind, data["low"], data["high"])
        lines = {
            code: [line.strip()[:LONGEST_WORDS] for line in text.splitlines() if line.strip()]
            for code, text in data["words"].items()
        }
        wrong = [code for code, own in lines.items() if own and len(own) != len(steps)]
        text = gettext("Write one line for each of the %(n)s steps, the lowest first.")
        for code in wrong:
            self.add_error("words", error_in(code, text % {"n": len(steps)}))
        if wrong:
            return None
        try:
            return scale_with(kind, steps, lines)
        except ScaleError as error:
            self.add_error("high", phrase(error, nearest_language(get_language())))
            return None


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as the list shows it: its steps in words, with numbers where these are seen."""

    criterion: Criterion
    kind: str
    steps: tuple[str, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest) -> HttpResponse:
    """List the criteria and take a further one."""
    if not request.user.has_perm("cafe.add_alpcafe"):
        raise PermissionDenied
    form = CriterionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        create_criterion(data["name"], data["question"], data["scale"])
        messages.success(request, gettext("Criterion saved. AlpCafés can choose it now."))
        return redirect("workspace:criteria")
    context = {
        "form": form,
        "lines": [_line(one) for one in Criterion.objects.all()],
        "crumbs": crumbs(Crumb(gettext("Criteria"))),
        "section": "cafes",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/cafes/criteria.html", context, status=status)


def _line(criterion: Criterion) -> CriterionLine:
    steps = (criterion.scale.name(step, words) for step, words in criterion.anchors)
    return CriterionLine(criterion, str(dict(KINDS)[criterion.scale.kind.value]), tuple(steps))
