"""What a lesson says in five languages, and what is done with it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.lessons.writing import FIELDS, TRANSLATED
from alpclusters.platform.evidence.models import Lesson, LessonMeasure, Stance
from alpclusters.platform.fields import label_of
from alpclusters.platform.history import history_of
from alpclusters.platform.measures.models import Measure
from alpclusters.www.forms import put_sent
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.translated import LanguagePart, language_parts

LETTERS: Final = [(letter, letter) for letter in "ABCD"]


class LessonForm(forms.Form):
    """Statement, condition and answer in five languages, verdict and type of measure."""

    use_required_attribute = False
    verdict = input_of(Lesson, "verdict", choices=Lesson.Verdict.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    statement = input_of(Lesson, "statement", rows=3)
    condition = input_of(Lesson, "condition", rows=3)
    answer = input_of(Lesson, "answer", rows=3)

    def __init__(self, *args: Any, lesson: Lesson | None = None, **kwargs: Any) -> None:
        self.newest = _newest(lesson)
        initial = {name: getattr(lesson, name) for name in FIELDS} if lesson else {}
        super().__init__(*args, **kwargs | {"initial": {**initial, "version": self.newest}})
        self.fields["measure_type"] = forms.ChoiceField(
            label=label_of(Lesson, "measure_type"), choices=[("", "–"), *_types()], required=False
        )

    @property
    def languages(self) -> list[LanguagePart]:
        """The cards of the five languages."""
        return language_parts(self, TRANSLATED)

    def clean(self) -> dict[str, Any]:
        """Ask for a statement, and refuse to write over what somebody else saved meanwhile."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get("statement", {}).values()):
            message = _("Write the lesson as one sentence in at least one language.")
            self.add_error("statement", message)
        if data.get("version") != self.newest:
            put_sent(self, "version", str(self.newest))
            message = _(
                "Somebody saved this lesson while you were writing. Compare in the history, "
                "then save again: what stands here then counts."
            )
            raise ValidationError(message, code="conflict")
        return data

    def texts(self) -> dict[str, Any]:
        """Return what the domain stores."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class SuggestionForm(forms.Form):
    """A measure that the lesson suggests, and why."""

    use_required_attribute = False
    measure = forms.ModelChoiceField(
        Measure.objects.filter(is_published=True).order_by("order", "pk"),
        label=_("Measure"),
        to_field_name="key",
        empty_label=None,
    )
    note = input_of(LessonMeasure, "note", label=_("Why"))


class GradeForm(forms.Form):
    """Another certainty than the computed one, with a reason."""

    use_required_attribute = False
    grade = input_of(Lesson, "own_grade", choices=LETTERS, required=True)
    reason = input_of(
        Lesson,
        "own_grade_reason",
        required=True,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("At least 20 characters; it stands beside the grade."),
    )


class BearForm(forms.Form):
    """An activity and its stance."""

    activity = forms.IntegerField(min_value=1)
    stance = forms.ChoiceField(choices=Stance.choices)


def _newest(lesson: Lesson | None) -> int:
    if lesson is None:
        return 0
    numbers = history_of(lesson).order_by("-history_id").values_list("history_id", flat=True)
    return numbers.first() or 0


def _types() -> list[tuple[str, str]]:
    measures = Measure.objects.of_catalogue().order_by("order", "pk")
    return [(m.type_key, m.name) for m in measures if m.key == m.type_key]
