"""The texts of a measure in five languages, with its place in the catalogue."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.domain.editing import FIELDS, PLAIN, TRANSLATED
from alpclusters.platform.measures.domain.facets import FACETS, facet_values
from alpclusters.platform.measures.models import Measure
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.forms import input_in, put_sent
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any


class MeasureForm(forms.Form):
    """Names and descriptions, each in at least one language, which stands in for the others."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = input_of(Measure, "name")
    description = input_of(Measure, "description", rows=7)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        initial = {name: getattr(measure, name) for name in FIELDS}
        history: Any = measure.history  # type: ignore[attr-defined]  # simple_history has no types
        newest = history.order_by("-history_id").values_list("history_id", flat=True)
        self.newest = newest.first() or 0
        self.measure = measure
        super().__init__(*args, **kwargs | {"initial": {**initial, "version": self.newest}})
        for facet in FACETS:
            self.fields[facet] = _choice(facet)
        self.fields["is_published"] = input_of(Measure, "is_published")

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TRANSLATED)

    @property
    def place(self) -> list[forms.BoundField]:
        """The fields that are the same in every language."""
        return [self[name] for name in PLAIN]

    @property
    def conflicts(self) -> list[tuple[Side, Side]]:
        """What the other person wrote, beside one's own text; only after a conflict."""
        if not self.is_bound or not self.has_error("__all__", "conflict"):
            return []
        texts = [
            (code, getattr(self.measure, name).inside(code), one.value() or "")
            for code in LANGUAGE_CODES
            for name in TRANSLATED
            for one in [input_in(self, name, code)]
        ]
        return [_sides(code, theirs, mine) for code, theirs, mine in texts if theirs != mine]

    def clean(self) -> dict[str, Any]:
        """Ask for each text in any language, and do not write over what somebody else saved."""
        data: dict[str, Any] = super().clean() or {}
        require_any(self, *TRANSLATED)
        if data.get("version") != self.newest:
            # The next attempt is made with both texts in sight.
            put_sent(self, "version", str(self.newest))
            raise ValidationError(_("This entry was changed in the meantime."), code="conflict")
        return data

    def cleaned_texts(self) -> dict[str, Any]:
        """Return what `change_measure` takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def _choice(facet: str) -> forms.ChoiceField:
    values = facet_values(facet)
    choices = [(v.key, v.name(get_language())) for v in values]
    return forms.ChoiceField(label=label_of(Measure, facet), choices=choices)


def _sides(code: str, theirs: str, mine: str) -> tuple[Side, Side]:
    left, right = compare(theirs, mine)
    return (
        Side(_("Saved by somebody else"), left, code),
        Side(_("Your text"), right, code),
    )
