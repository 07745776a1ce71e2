"""The whole form of an action: its fields, its rows, how it ended, what is asked before saving."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import InputError
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.inputs import input_name, input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import EDITABLE, ENDED
from alpclusters.platform.policy.domain.coverage import On
from alpclusters.platform.policy.domain.coverage.text_checks import NEEDED
from alpclusters.platform.policy.domain.merging import Base, base_json, read_base
from alpclusters.platform.policy.domain.parts import (
    DependencyCycleError,
    check_dependencies,
    parts_of,
)
from alpclusters.platform.policy.models import Action, ActionPlan, Level, Recommendation
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.policy.action_rows import (
    KINDS,
    MOST_ROWS,
    DayField,
    region_field,
    row_forms,
    stored_rows,
)
from alpclusters.www.workspace.translated import LaterField, TextGroup, five_fields, text_group

# --- The fields of an action that are no rows -----------------------------------------------------


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


# --- How an action ended: done or stopped on which day, and why it was not carried out ------------


_REASON = TEXTS["reason_not_done"]


class EndForm(forms.Form):
    """Done on, or stopped on with a reason."""

    use_required_attribute = False
    done_on = input_of(Action, "done_on", form_class=DayField)
    stopped_on = input_of(Action, "stopped_on", form_class=DayField)

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original
        label, rows = _REASON
        longest = length_of(Action, "reason_not_done")
        self.fields.update(five_fields("reason_not_done", label, longest, rows=rows))

    @property
    def reason(self) -> TextGroup:
        """The reason in five languages."""
        return text_group(self, "reason_not_done", _REASON[0], self.original)

    def clean(self) -> dict[str, Any]:
        """Ask for one end, and for a reason where it was stopped."""
        super().clean()
        data = self.cleaned_data
        if data.get("done_on") and data.get("stopped_on"):
            self.add_error("stopped_on", _("Done and stopped at once: leave one of them empty."))
        reasons = [str(data.get(name) or "").strip() for name in input_names(["reason_not_done"])]
        if data.get("stopped_on") and not any(reasons):
            text = _("Say why it was stopped. The reason is printed in the plan.")
            self.add_error(input_name("reason_not_done", self.original), text)
        return data

    def changes(self) -> dict[str, Any]:
        """Return what the domain stores."""
        return {name: self.cleaned_data[name] for name in ENDED}


def end_initial(action: Action) -> dict[str, Any]:
    """Return what is stored."""
    return {name: read_input(action, name) for name in ENDED}


# --- The whole form of an action: its fields, its rows, and what is asked before it is saved ------


MORE: Final = "more"


class ActionForms:
    """Fields and rows of an action in one form.

    Parameters
    ----------
    action : Action
    data : QueryDict, optional
        What was sent; without it the form shows what is stored.
    is_checked : bool
        False for a form that was sent to get more rows or to look something up: it is shown as it
        was filled in, and nothing is complained about yet.
    """

    def __init__(
        self, action: Action, data: QueryDict | None = None, *, is_checked: bool = True
    ) -> None:
        self.action = action
        original = action.plan.source_language
        stored = parts_of(action)
        initial = {**action_initial(action), "base": base_json(action, stored)}
        self.form = ActionForm(data, plan=action.plan, initial=initial)
        self.rows = {
            name: row_forms(name, action, stored[name], data, original=original) for name in KINDS
        }
        if data is not None and not is_checked:
            keep_quiet(self.form, *(form for rows in self._sent() for form in rows.forms))

    def is_valid(self) -> bool:
        """Check fields, rows, and that no action waits for itself."""
        checks = [self.form.is_valid(), *(rows.is_valid() for rows in self._sent())]
        return all(checks) and self._has_no_circle()

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.form.errors) or any(
            rows.is_bound and any(form.errors for form in rows.forms) for rows in self.rows.values()
        )

    @property
    def n_row_errors(self) -> int:
        """How many rows are wrong."""
        return sum(bool(form.errors) for rows in self._sent() for form in rows.forms)

    def changes(self) -> dict[str, Any]:
        """Return the fields as the domain stores them."""
        return self.form.changes()

    def parts(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows as the domain stores them; kinds that were not sent stay."""
        return {name: stored_rows(rows) for name, rows in self.rows.items() if rows.is_bound}

    @property
    def version(self) -> int | None:
        """The version that was edited."""
        version: int | None = self.form.cleaned_data.get("version")
        return version

    @property
    def base(self) -> Base | None:
        """What stood in the form at first."""
        return read_base(self.form.cleaned_data.get("base") or "")

    def _sent(self) -> list[Any]:
        return [rows for rows in self.rows.values() if rows.is_bound]

    def _has_no_circle(self) -> bool:
        rows = self.rows["dependencies"]
        if not rows.is_bound:
            return True
        waiting = [(row["before"], row["lag_days"]) for row in stored_rows(rows)]
        try:
            check_dependencies(self.action, waiting)
        except InputError as refused:
            self._blame(rows, refusal_words(refused))
            return False
        return True

    def _blame(self, rows: Any, text: str) -> None:
        last = next(form for form in reversed(rows.forms) if form.cleaned_data)
        last.add_error("before", text)


def keep_quiet(*forms: Any) -> None:
    """Show forms as they were filled in, without complaints: nothing was to be saved yet."""
    for form in forms:
        form._errors = ErrorDict()  # noqa: SLF001 - the only way to show a form unchecked
        form.cleaned_data = {}


def with_more_rows(data: QueryDict, kind: str) -> QueryDict:
    """Return what was sent with one more empty row of a kind."""
    return with_rows(data, kind, [{}])


def with_rows(data: QueryDict, kind: str, rows: Sequence[Mapping[str, str]]) -> QueryDict:
    """Return what was sent with more rows of a kind, filled as given."""
    longer = data.copy()
    name = f"{kind}-TOTAL_FORMS"
    total = int(data.get(name) or 0) if str(data.get(name) or 0).isdigit() else 0
    for row in rows:
        if total >= MOST_ROWS:
            break
        for field, value in row.items():
            longer[f"{kind}-{total}-{field}"] = value
        total += 1
    longer[name] = str(total)
    return longer


def refusal_words(refused: InputError) -> str:
    """Say why a dependency is refused; of a circle, which actions wait for one another."""
    if isinstance(refused, DependencyCycleError):
        return gettext("These actions would wait for one another: %(path)s.") % {
            "path": " → ".join(refused.path)
        }
    return gettext("This action stands there twice, or is none of this plan: %(code)s.") % {
        "code": refused.found
    }
