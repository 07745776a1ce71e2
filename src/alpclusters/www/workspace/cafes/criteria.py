"""The criteria that AlpCafés can be rated on, and a form for a further one."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.scales import LARGEST_STEP, Kind, Scale
from alpclusters.platform.cafe.domain.criteria import create_criterion, scale_with, steps_of_kind
from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.languages.inputs import TextsField, error_in
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.cafes.pages import crumbs
from alpclusters.www.workspace.translated import LanguagePart, language_parts, require_any

KINDS: Final = (
    (Kind.ORDERED.value, gettext_lazy("Steps that rise, such as 1 to 5")),
    (Kind.YES_NO.value, gettext_lazy("Yes or no")),
    (Kind.AGREEMENT.value, gettext_lazy("Against, neither, for")),
)
TEXTS: Final = ("name", "question", "words")
LONGEST_WORDS: Final = 80


class CriterionForm(forms.Form):
    """Kind first, then steps, then what is asked and what each step says."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        choices=KINDS,
        initial=Kind.ORDERED.value,
        widget=forms.RadioSelect,
    )
    low = forms.IntegerField(
        label=gettext_lazy("Lowest step"),
        initial=1,
        min_value=-LARGEST_STEP,
        max_value=LARGEST_STEP,
    )
    high = forms.IntegerField(
        label=gettext_lazy("Highest step"),
        initial=5,
        min_value=-LARGEST_STEP,
        max_value=LARGEST_STEP,
    )
    name = input_of(Criterion, "name")
    question = input_of(Criterion, "question")
    words = TextsField(label=gettext_lazy("Words of the steps"), rows=5)

    def languages(self) -> list[LanguagePart]:
        """Sort the texts into languages."""
        return language_parts(self, TEXTS)

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a question, and put the steps together."""
        data = super().clean() or {}
        require_any(self, "name", "question")
        if {"kind", "low", "high", "words"} <= data.keys():
            data["scale"] = self._scale(data)
        return data

    def _scale(self, data: dict[str, Any]) -> Scale | None:
        kind = Kind(data["kind"])
        steps = steps_of_kind(kind, data["low"], data["high"])
        lines = {
            code: [line.strip()[:LONGEST_WORDS] for line in text.splitlines() if line.strip()]
            for code, text in data["words"].items()
        }
        wrong = [code for code, own in lines.items() if own and len(own) != len(steps)]
        text = _("Write one line for each of the %(n)s steps, the lowest first.")
        for code in wrong:
            self.add_error("words", error_in(code, text % {"n": len(steps)}))
        if wrong:
            return None
        try:
            return scale_with(kind, steps, lines)
        except ScaleError as error:
            self.add_error("high", phrase(error, nearest_language(get_language())))
            return None


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as the list shows it: its steps in words, with numbers where these are seen."""

    criterion: Criterion
    kind: str
    steps: tuple[str, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest) -> HttpResponse:
    """List the criteria and take a further one."""
    if not request.user.has_perm("cafe.add_alpcafe"):
        raise PermissionDenied
    form = CriterionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        create_criterion(data["name"], data["question"], data["scale"])
        messages.success(request, _("Criterion saved. AlpCafés can choose it now."))
        return redirect("workspace:criteria")
    context = {
        "form": form,
        "lines": [_line(one) for one in Criterion.objects.all()],
        "crumbs": crumbs(Crumb(_("Criteria"))),
        "section": "cafes",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/cafes/criteria.html", context, status=status)


def _line(criterion: Criterion) -> CriterionLine:
    steps = (criterion.scale.name(step, words) for step, words in criterion.anchors)
    return CriterionLine(criterion, str(dict(KINDS)[criterion.scale.kind.value]), tuple(steps))
