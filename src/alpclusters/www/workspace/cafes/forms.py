"""What a facilitator decides about an AlpCafé."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.events import Preparation
from alpclusters.platform.cafe.domain.programme import DECIDED, NEEDED, OF_COURSE
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.text import column_of
from alpclusters.platform.measures.domain.facets import facet_values
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.cafes.programme_forms import ProgrammeForm
from alpclusters.www.workspace.project_regions import by_country, regions_of


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
