"""How an action ended: done or stopped on which day, and why it was not carried out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.inputs import input_name, input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.actions import ENDED
from alpclusters.platform.policy.models import Action
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.five import TextGroup, five_fields, text_group
from alpclusters.www.workspace.policy.actions.fields import DayField
from alpclusters.www.workspace.policy.actions.forms import TEXTS

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
