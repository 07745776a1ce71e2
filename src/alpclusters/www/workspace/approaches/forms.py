"""A joint approach, a region of it, and its next step."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.approaches.making import Aim, Task
from alpclusters.platform.policy.domain.approaches.steps import TABLE, NextStep
from alpclusters.platform.policy.models import Adoption, AdoptionStep, JointApproach, Recommendation
from alpclusters.platform.territory.models import Region
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.consultations.forms import RecommendationsField
from alpclusters.www.workspace.endorsements.forms import region_field
from alpclusters.www.workspace.translated import LanguagePart, language_parts

TEXTS: Final = ("title", "objective")


class ApproachForm(forms.Form):
    """Texts in five languages, the coordinating body, recommendations behind it."""

    use_required_attribute = False
    coordinator = input_of(JointApproach, "coordinator")
    is_public = forms.BooleanField(label=_("Everybody sees it"), required=False)
    title = input_of(JointApproach, "title")
    objective = input_of(JointApproach, "objective", rows=3)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Recommendation.objects.filter(project=project).order_by("pk")
        self.fields["recommendations"] = RecommendationsField(
            own, label=_("Recommendations behind it"), required=False
        )

    def languages(self) -> list[LanguagePart]:
        """Sort the texts into languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any] | None:
        """A title in one language at least."""
        data = self.cleaned_data
        if not any(data.get("title", {}).values()):
            self.add_error(None, _("Give a title in at least one language."))
        return data

    def aim(self) -> Aim:
        """Return what the approach is to be."""
        data = self.cleaned_data
        return Aim(
            {name: data[name] for name in TEXTS},
            data["coordinator"],
            data["is_public"],
            list(data["recommendations"]),
        )


class TaskForm(forms.Form):
    """What a region adopts until when."""

    use_required_attribute = False
    body = input_of(Adoption, "body")
    task = input_of(Adoption, "task")
    due = input_of(Adoption, "due", form_class=Day)

    def task_of(self, region: Region) -> Task:
        """Return what was filled in."""
        data = self.cleaned_data
        return Task(region, data["body"], data["task"], data["due"])


class RegionForm(TaskForm):
    """A region that takes part."""

    field_order = ("region", "body", "task", "due")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(project)
        self.order_fields(self.field_order)


class StepForm(forms.Form):
    """The next step of a region: only those that can follow are offered."""

    use_required_attribute = False
    happened_on = input_of(AdoptionStep, "happened_on", form_class=Day)
    document = input_of(
        AdoptionStep,
        "document",
        help_text=_("Needed for an adoption."),
        assume_scheme="https",
    )
    reason = input_of(
        AdoptionStep,
        "reason",
        help_text=_("Needed where it does not apply, is declined or discontinued."),
    )
    field_order = ("state", "happened_on", "document", "reason")

    def __init__(self, *args: Any, adoption: Adoption, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Adoption.State.choices)
        self.fields["state"] = forms.ChoiceField(
            label=_("Next step"), choices=[(one, labels[one]) for one in TABLE[adoption.state]]
        )
        self.order_fields(self.field_order)

    def step(self) -> NextStep:
        """Return the step."""
        return NextStep(**self.cleaned_data)
