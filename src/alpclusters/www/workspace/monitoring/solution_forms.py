"""The form of a solution: texts in five languages, the pilot action, the bodies line by line."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.languages.inputs import error_in
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.solutions import Body, TakeUp
from alpclusters.platform.policy.models import Action, Solution, SolutionBody
from alpclusters.www.forms import inputs_of
from alpclusters.www.site.inputs import Day, input_of

_MOST_NAME: Final = length_of(SolutionBody, "name")


class BodiesField(forms.CharField):
    """Bodies, one a line, each with its country."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, part: str, **kwargs: Any) -> None:
        self.part = part
        super().__init__(required=False, max_length=4000, **kwargs)

    def clean(self, value: Any) -> list[Body]:
        """Read each line; name the one that cannot be read."""
        text = super().clean(value)
        return [self._body(line) for line in text.splitlines() if line.strip()]

    def _body(self, line: str) -> Body:
        name, _separator, country = line.rpartition(";")
        name, country = name.strip(), country.strip().upper()
        if not name or len(name) > _MOST_NAME or len(country) != 2 or not country.isalpha():  # noqa: PLR2004 - ISO codes
            text = _("“%(line)s” is no body with its country. Write for example: ecoplus; AT")
            raise ValidationError(text % {"line": line.strip()[:60]})
        return Body(name, country, self.part)


class SolutionForm(forms.Form):
    """What came out of a pilot action; a title in one language must be there."""

    use_required_attribute = False
    pilot = forms.ModelChoiceField(
        Action.objects.none(),
        label=gettext_lazy("Pilot action"),
        required=False,
        empty_label=gettext_lazy("none of the plans"),
    )
    pilot_ended_on = input_of(Solution, "pilot_ended_on", form_class=Day)
    carried_by = BodiesField(
        part=SolutionBody.Part.PILOT,
        label=gettext_lazy("Bodies that carried the pilot action"),
        help_text=gettext_lazy("One a line, with the country: ecoplus; AT"),
    )
    designed_by = BodiesField(
        part=SolutionBody.Part.DESIGN,
        label=gettext_lazy("Bodies that designed the solution"),
        help_text=gettext_lazy("One a line, with the country: ecoplus; AT"),
    )

    taken_up_on = input_of(
        Solution,
        "taken_up_on",
        form_class=Day,
        help_text=gettext_lazy("When the first body began to use it or scaled it up."),
    )
    taken_up_by = input_of(
        Solution,
        "taken_up_by",
        help_text=gettext_lazy("It need not be a partner."),
    )
    taken_up_in = input_of(
        Solution,
        "taken_up_in",
        help_text=gettext_lazy("Title or address of a plan, strategy or decision that names it."),
    )
    is_legal = input_of(
        Solution,
        "is_legal",
        help_text=gettext_lazy("RCR104 leaves such solutions out."),
    )

    title = input_of(Solution, "title", named=True)
    take_up = input_of(Solution, "take_up", rows=3, named=True)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields["pilot"]
        rows = Action.objects.filter(plan__project=project).select_related("plan")
        shown.queryset = rows.order_by("plan", "order", "pk")

    def sections(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """Return the label of each text with its five fields."""
        for name in ("title", "take_up"):
            yield label_of(Solution, name), inputs_of(self, name)

    def clean(self) -> dict[str, Any]:
        """Ask for a title in at least one language."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get("title", {}).values()):
            message = _("Give a title in at least one language.")
            self.add_error("title", error_in(DEFAULT_LANGUAGE, message))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what `write_solution` takes."""
        given = self.cleaned_data
        return {
            "texts": {name: given[name] for name in ("title", "take_up")},
            "pilot": given["pilot"],
            "pilot_ended_on": given["pilot_ended_on"],
            "bodies": [*given["carried_by"], *given["designed_by"]],
            "taken_up": TakeUp(
                is_legal=given["is_legal"],
                on=given["taken_up_on"],
                by=given["taken_up_by"],
                document=given["taken_up_in"],
            ),
        }


def solution_initial(solution: Solution) -> dict[str, Any]:
    """Return what the form begins with."""
    return {
        "title": solution.title,
        "take_up": solution.take_up,
        "pilot": solution.pilot_id,
        "pilot_ended_on": solution.pilot_ended_on,
        "carried_by": _lines(solution, SolutionBody.Part.PILOT),
        "designed_by": _lines(solution, SolutionBody.Part.DESIGN),
        "taken_up_on": solution.taken_up_on,
        "taken_up_by": solution.taken_up_by,
        "taken_up_in": solution.taken_up_in,
        "is_legal": solution.is_legal,
    }


def _lines(solution: Solution, part: str) -> str:
    rows = solution.bodies.filter(part=part).order_by("pk")
    return "\n".join(f"{one.name}; {one.country}" for one in rows)
