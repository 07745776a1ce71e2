"""Forms of texts that several people edit: they carry what they began from."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.editing.drafts import typed
from alpclusters.platform.policy.domain.editing.things import Editing, Values, values_of
from alpclusters.platform.policy.models import EditDraft

BESIDE = frozenset({"version", "base"})


class LaterText(forms.CharField):
    """A text that may still be empty but is asked for later, so it is not called optional."""

    def validate(self, value: Any) -> None:
        """Take an empty text; length is checked by the validators."""


class EditForm(forms.Form):
    """The version somebody began from and what stood in it then."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    base = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean_base(self) -> Any:
        """Take a plain mapping or nothing."""
        base = self.cleaned_data["base"]
        if base is not None and not isinstance(base, dict):
            raise forms.ValidationError(_("Load the page again: it was not sent as a whole."))
        return base

    def changes(self) -> dict[str, Any]:
        """Return what was typed, as the domain takes it."""
        return {k: _as_sent(v) for k, v in self.cleaned_data.items() if k not in BESIDE}


def initial_of(obj: Any, how: Editing, draft: EditDraft | None = None) -> dict[str, Any]:
    """Return how the form begins: what is stored, or what this person typed before.

    With a draft the form goes on from where it was begun, so that saving compares with that.
    """
    stored: Values = values_of(obj, how)
    if draft is None or draft.is_conflict:
        return {**stored, "version": obj.version, "base": stored}
    return {**stored, **typed(draft), "version": draft.base_version, "base": draft.base}


def _as_sent(value: Any) -> Any:
    """Name a chosen row by its number."""
    return value.pk if hasattr(value, "pk") else value
