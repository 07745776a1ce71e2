"""The fields of an action that are no rows."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import EDITABLE
from alpclusters.platform.policy.domain.coverage import On
from alpclusters.platform.policy.domain.coverage.text_checks import NEEDED
from alpclusters.platform.policy.models import Action, ActionPlan, Level, Recommendation
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.five import (
    LaterField,
    TextGroup,
    five_fields,
    text_group,
)
from alpclusters.www.workspace.policy.actions.fields import DayField
from alpclusters.www.workspace.policy.regions import region_field

# What is asked, where the name of the column would not say it, and the height of the box.
TEXTS: Final = {
    "title": (lazy_label_of(Action, "title"), 0),
    "background": (_("What was learnt, and where"), 5),
    "description": (_("What is done, in steps"), 5),
    "reason_not_done": (_("Reason why it is not carried out"), 3),
}
NO_TRAIL: Final = _("Choose at least one: without it the action has no trail.")
ANY: Final = _("Give a title in at least one language.")


class AddActionForm(forms.Form):
    """Which recommendations a new line carries out; its texts begin as theirs."""

    recommendations = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        label=_("Recommendations it carries out"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_TRAIL},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["recommendations"]
        field.queryset = recommendations_for(project)

    @property
    def has_recommendations(self) -> bool:
        """Say whether there is a recommendation to choose."""
        field: Any = self.fields["recommendations"]
        return bool(field.queryset)

    def chosen(self) -> list[Recommendation]:
        """Return the recommendations ticked."""
        return list(self.cleaned_data["recommendations"])


class ActionForm(forms.Form):
    """What, who, where, when, because of which recommendations, and how it ended."""

    use_required_attribute = False
    recommendations = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        label=_("Recommendations it carries out"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_TRAIL},
    )
    level = input_of(Action, "level", choices=Level.choices)
    responsible = input_of(Action, "responsible", form_class=LaterField, required=True)
    accepted_on = input_of(
        Action,
        "accepted_on",
        form_class=DayField,
        help_text=_("When the responsible body said yes. A European action needs it."),
    )
    starts_on = input_of(Action, "starts_on", form_class=DayField)
    ends_on = input_of(Action, "ends_on", form_class=DayField)
    weight = input_of(
        Action,
        "weight",
        max_value=1000,
        required=False,
        help_text=_("How much it counts in the plan; usually 1."),
    )
    critical = input_of(Action, "critical", label=_("Critical: if it fails, the plan fails"))
    done_on = input_of(Action, "done_on", form_class=DayField)
    stopped_on = input_of(Action, "stopped_on", form_class=DayField)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: ActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = plan.source_language
        for name, (label, rows) in TEXTS.items():
            needed_in = self.original if name in NEEDED[On.ACTION] else ""
            longest = length_of(Action, name)
            texts = five_fields(name, label, longest, rows=rows, needed_in=needed_in)
            self.fields.update(texts)
        fields: dict[str, Any] = self.fields
        fields["recommendations"].queryset = recommendations_for(plan.project)
        fields["regions"] = region_field(plan.project, self.initial.get("regions", ()))

    @property
    def texts(self) -> dict[str, TextGroup]:
        """The texts in five languages by name."""
        return {
            name: text_group(self, name, label, self.original)
            for name, (label, _rows) in TEXTS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a title, for days in order, and for a reason where it was stopped."""
        super().clean()
        self._check_texts()
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The end is before the start. Choose a later day."))
        if self.cleaned_data.get("done_on") and self.cleaned_data.get("stopped_on"):
            self.add_error("stopped_on", _("Done and stopped at once: leave one of them empty."))
        return self.cleaned_data

    def _check_texts(self) -> None:
        if not self._has("title"):
            self.add_error(f"title_{self.original}", ANY)
        if self.cleaned_data.get("stopped_on") and not self._has("reason_not_done"):
            text = _("Say why it was stopped. The reason is printed in the plan.")
            self.add_error(f"reason_not_done_{self.original}", text)

    def _has(self, name: str) -> bool:
        own = [key for key in self.cleaned_data if key.startswith(f"{name}_")]
        return any(str(self.cleaned_data[key] or "").strip() for key in own)

    @property
    def has_recommendations(self) -> bool:
        """Say whether there is a recommendation to choose."""
        field: Any = self.fields["recommendations"]
        return bool(field.queryset)

    def chosen(self) -> list[Recommendation]:
        """Return the recommendations ticked."""
        return list(self.cleaned_data["recommendations"])

    def changes(self) -> dict[str, Any]:
        """Return what the domain stores."""
        values = {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}
        values["weight"] = 1 if values.get("weight") is None else values["weight"]
        return {**values, "regions": list(self.cleaned_data["regions"])}


def recommendations_for(project: Project) -> Any:
    """Return the recommendations an action may carry out."""
    gone = (
        Recommendation.State.REJECTED,
        Recommendation.State.SUPERSEDED,
        Recommendation.State.WITHDRAWN,
    )
    return project.recommendations.exclude(state__in=gone)


def action_initial(action: Action) -> dict[str, Any]:
    """Return what is stored of an action."""
    return {
        **{name: read_input(action, name) for name in EDITABLE},
        "regions": list(action.regions.all()),
        "recommendations": list(action.recommendations.all()),
        "version": action.version,
    }
