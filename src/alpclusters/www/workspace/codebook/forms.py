"""What is new in a version, the words of a code, and what takes the place of a retired one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.codebook.editing import LONGEST_KEY, TEXTS
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Code, Codebook
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts


class NoteForm(forms.Form):
    """What is new in a version, in five languages."""

    note = input_of(Codebook, "note", rows=3)

    def __init__(self, *args: Any, draft: Codebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"note": draft.note}})

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, ["note"])


class CodeForm(forms.Form):
    """Name, definition, example and counter-example of a code in five languages."""

    label = input_of(Code, "label")
    definition = input_of(Code, "definition", rows=3)
    example = input_of(Code, "example", rows=3)
    counter_example = input_of(Code, "counter_example", rows=3)

    def __init__(self, *args: Any, code: Code | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(code, name) for name in TEXTS} if code else {}
        super().__init__(*args, **kwargs | {"initial": initial})
        if code is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=LONGEST_KEY,
                help_text=_("Small letters, digits and underscores; it never changes."),
            )
            self.order_fields(["key"])

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TEXTS)

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What `change_code` and `add_code` take."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class RetireForm(forms.Form):
    """Which codes take the place of one that is no longer used; none is an answer too."""

    into = forms.MultipleChoiceField(
        label=_("Read older codings as"),
        help_text=_(
            "One code: older codings are read as it. Several: the code is split, a person has to "
            "say which one fits. None: older codings keep it, newer ones cannot choose it."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [c for c in codes_of(code.codebook, code.field) if c.key != code.key]
        choices: Any = self.fields["into"]
        choices.choices = [(other.key, other.label) for other in others]
