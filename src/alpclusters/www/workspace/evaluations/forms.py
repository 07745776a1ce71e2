"""Which measures of a snapshot become recommendations."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure


class DeriveForm(forms.Form):
    """Tick measures; those of which nothing is shown cannot be ticked."""

    measures = forms.MultipleChoiceField(
        label=_("Measures"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one measure.")},
    )

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = nearest_language(get_language())
        choices: Any = self.fields["measures"]
        named = {item.pk: word(item.names, language) for item in evaluation.measures}
        shown = [
            pk
            for pk in named
            if any(_is_shown(result.summary(pk)) for result in evaluation.criteria)
        ]
        choices.choices = [(str(pk), named[pk]) for pk in shown]
        self.has_choices = bool(shown)
        self.left_out = ", ".join(name for pk, name in named.items() if pk not in shown)

    def chosen(self) -> list[Measure]:
        """Return the ticked measures in the order of the snapshot."""
        wanted = [int(pk) for pk in self.cleaned_data["measures"]]
        found = Measure.objects.in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


def _is_shown(summary: Any) -> bool:
    return summary is not None and summary.n > 0
