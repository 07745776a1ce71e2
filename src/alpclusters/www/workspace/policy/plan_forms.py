"""The general part of a plan in a form, and what a person may see and do with it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import InputError
from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.editing.things import PLAN, Values, values_of
from alpclusters.platform.policy.domain.parts import body_rows
from alpclusters.platform.policy.domain.plans import EDITABLE
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    DraftingBody,
    Level,
    Recommendation,
)
from alpclusters.platform.policy.rules import visible_plans, visible_recommendations
from alpclusters.platform.territory.domain.names import country_name, iso_countries
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.policy.action_rows import DayField, region_field
from alpclusters.www.workspace.translated import LaterField, TextGroup, five_fields, text_group

# --- Fetch what a person may see, then ask one right by name --------------------------------------


VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
PUBLISH = "policy.publish_plan"
SIGN_OFF = "policy.decide"


def require(request: HttpRequest, right: str, obj: Model) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, obj):
        raise PermissionDenied


def own_project(request: HttpRequest, slug: str, right: str = VIEW) -> Project:
    """Return a project in which one has a right."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(request, right, project)
    return project


def own_recommendation(request: HttpRequest, pk: int, right: str = VIEW) -> Recommendation:
    """Return a recommendation of a project in which one has a right."""
    seen = visible_recommendations(request.user).select_related("project")
    found = get_object_or_404(seen, pk=pk)
    require(request, right, found.project)
    return found


def own_plan(request: HttpRequest, pk: int, right: str = VIEW) -> ActionPlan:
    """Return a plan of a project in which one has a right."""
    found = get_object_or_404(visible_plans(request.user).select_related("project"), pk=pk)
    require(request, right, found.project)
    return found


def own_action(request: HttpRequest, pk: int) -> Action:
    """Return a line of a plan one may write."""
    plans = visible_plans(request.user)
    seen = Action.objects.filter(plan__in=plans).select_related("plan__project")
    found = get_object_or_404(seen, pk=pk)
    require(request, WRITE, found.plan.project)
    return found


def workspace_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way from the workspace."""
    return [Crumb(gettext("Workspace"), reverse("workspace:dashboard")), *last]


def recommendation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the recommendations of a project."""
    address = reverse("workspace:recommendations", args=[project.slug]) if last else ""
    return workspace_crumbs(
        Crumb(gettext("Projects"), reverse("workspace:projects")),
        Crumb(gettext("Recommendations: %(project)s") % {"project": project.acronym}, address),
        *last,
    )


def plan_crumbs(plan: ActionPlan | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a plan."""
    if plan is None:
        start = reverse("workspace:plans") if last else ""
        return workspace_crumbs(Crumb(gettext("Action plans"), start), *last)
    address = reverse("workspace:plan", args=[plan.pk]) if last else ""
    plans = Crumb(gettext("Action plans"), reverse("workspace:plans"))
    return workspace_crumbs(plans, Crumb(str(plan), address), *last)


# --- The general part of a plan: texts, policy instrument, level, regions, period, who drafted it


_ROWS: Final = {"title": 0, "summary": 4}
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
BODIES: Final = "bodies"
_MOST_BODIES: Final = 60
_LONGEST_INTERVAL: Final = 3660


class PlanForm(forms.Form):
    """Everything about a plan that is not about one of its actions."""

    use_required_attribute = False
    source_language = input_of(
        ActionPlan,
        "source_language",
        required=False,
        initial=None,
        help_text=_("Title, summary and descriptions have to be there in this language."),
    )
    publisher = input_of(ActionPlan, "publisher", form_class=LaterField, required=True)
    kind = input_of(ActionPlan, "kind", required=False, initial=None)
    policy_instrument = input_of(
        ActionPlan,
        "policy_instrument",
        help_text=_("The programme or scheme the plan wants to change."),
    )
    instrument_type = input_of(
        ActionPlan, "instrument_type", choices=[("", "–"), *ActionPlan.InstrumentType.choices]
    )
    level = input_of(ActionPlan, "level", choices=[("", _("several levels")), *Level.choices])
    parent = forms.ModelChoiceField(
        ActionPlan.objects.none(),
        label=lazy_label_of(ActionPlan, "parent"),
        required=False,
        empty_label="–",
        help_text=_("For a regional plan the joint plan it belongs to."),
    )
    starts_on = input_of(ActionPlan, "starts_on", form_class=DayField)
    ends_on = input_of(ActionPlan, "ends_on", form_class=DayField)
    completed_on = input_of(
        ActionPlan,
        "completed_on",
        form_class=DayField,
        help_text=_("When the plan itself was finished."),
    )
    reporting_days = input_of(
        ActionPlan,
        "reporting_days",
        min_value=7,
        max_value=_LONGEST_INTERVAL,
        required=False,
    )
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, project: Project, plan: ActionPlan | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.project, self.plan = project, plan
        self.original = plan.source_language if plan else _own_language()
        for name, rows in _ROWS.items():
            label, longest = label_of(ActionPlan, name), length_of(ActionPlan, name)
            texts = five_fields(name, label, longest, rows=rows, needed_in=self.original)
            self.fields.update(texts)
        fields: dict[str, Any] = self.fields
        fields["parent"].queryset = _plans_above(project, plan)
        fields["regions"] = region_field(project, self.initial.get("regions", ()))

    @property
    def texts(self) -> dict[str, TextGroup]:
        """The texts in five languages by name."""
        return {
            name: text_group(self, name, label_of(ActionPlan, name), self.original)
            for name in _ROWS
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a title, and for an end that is not before the start."""
        super().clean()
        titles = [self.cleaned_data.get(input_name("title", code)) or "" for code in LANGUAGE_CODES]
        if not any(title.strip() for title in titles):
            text = _("Give a title in at least one language.")
            self.add_error(f"title_{self.original}", text)
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The end is before the start. Choose a later day."))
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """Return what the domain stores; fields that were not sent stay."""
        sent = {name for name in EDITABLE if self.add_prefix(name) in self.data}
        values = {name: self.cleaned_data[name] for name in EDITABLE if name in sent}
        if values.get("reporting_days", 1) is None:
            del values["reporting_days"]
        return {**values, "regions": list(self.cleaned_data["regions"])}

    def blame(self, refused: InputError) -> None:
        """Say at its field why the plan cannot be stored."""
        if refused.code == "plan.parent_below":
            self.add_error("parent", _("This plan is below the one you edit. Choose another one."))
        else:
            text = gettext("This body stands there twice: %(name)s.") % {"name": refused.found}
            self.add_error(None, text)

    def again(self, base: str) -> "PlanForm":
        """Return the form as it was sent, with another base."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # as `put_sent` does
        data["base"] = base
        form = PlanForm(data, project=self.project, plan=self.plan, initial=self.initial)
        form.is_valid()
        return form

    def base_values(self) -> Values | None:
        """Return what stood in the form at first; None for what cannot be read."""
        try:
            return dict(json.loads(self.cleaned_data.get("base") or ""))
        except (ValueError, TypeError):
            return None


class BodyForm(forms.Form):
    """A body that drafted the plan, and its country."""

    use_required_attribute = False
    name = input_of(DraftingBody, "name", widget=forms.TextInput({"list": "partner-names"}))
    country = forms.ChoiceField(label=lazy_label_of(DraftingBody, "country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = [("", "–"), *_countries()]


def body_forms(data: Any, plan: ActionPlan | None, more: int = 0) -> Any:
    """Build the forms of the drafting bodies; without data for them they show what is stored."""
    factory = forms.formset_factory(
        BodyForm,
        extra=1 + more,
        max_num=_MOST_BODIES,
        absolute_max=_MOST_BODIES,
        can_delete=True,
    )
    is_sent = data is not None and f"{BODIES}-TOTAL_FORMS" in data
    stored = body_rows(plan) if plan else []
    return factory(data if is_sent else None, initial=stored, prefix=BODIES)


def stated_bodies(bodies: Any) -> list[Mapping[str, Any]] | None:
    """Return the bodies that are filled in and not removed; None if none were sent."""
    if not bodies.is_bound:
        return None
    return [
        form.cleaned_data
        for form in bodies.forms
        if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
    ]


def plan_initial(plan: ActionPlan) -> dict[str, Any]:
    """Return what is stored of a plan."""
    return {
        **{name: read_input(plan, name) for name in EDITABLE},
        "regions": list(plan.regions.all()),
        "base": json.dumps(values_of(plan, PLAN), ensure_ascii=False),
    }


def partner_names(project: Project) -> Sequence[str]:
    """Return the names of the partners, to choose from."""
    rows = project.partners.order_by("organisation__name")
    return list(rows.values_list("organisation__name", flat=True))


def _plans_above(project: Project, plan: ActionPlan | None) -> Any:
    """Return the plans of the same project that are not the plan itself or one of its versions."""
    plans = project.plans.order_by("pk")
    return plans.exclude(uuid=plan.uuid) if plan else plans


def _countries() -> list[tuple[str, str]]:
    """Name the countries, those of the Alps first."""
    language = get_language()
    rest = sorted(
        (country_name(code, language), code) for code in iso_countries() if code not in ALPINE
    )
    near = [(code, country_name(code, language)) for code in ALPINE]
    return [*near, *((code, name) for name, code in rest)]


def _own_language() -> str:
    language = get_language() or ""
    return language if language in LANGUAGE_CODES else "en"
