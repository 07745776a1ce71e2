"""The Interreg indicators of a project, and its solutions out of pilot actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.plans import InterregFigure
from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, nearest_language
from alpclusters.platform.languages.inputs import error_in
from alpclusters.platform.network.domain.links.lasting import Scope, read_lasting
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.reading import read_interreg
from alpclusters.platform.policy.domain.interreg.solutions import (
    FEWEST,
    Body,
    LastingActions,
    TakeUp,
    read_lasting_actions,
    remove_solution,
    write_solution,
)
from alpclusters.platform.policy.models import Action, Solution, SolutionBody
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan_words.figures import NAMES, RULES, reason_words
from alpclusters.www.components.parts import Column, Crumb, Figure, Table
from alpclusters.www.forms import inputs_of
from alpclusters.www.public.lasting.lasting_page import answer
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.monitoring.report_forms import (
    UNPROCESSABLE,
    WRITE,
    interreg_crumbs,
    own_project,
    own_solution,
)

# --- The form of a solution: texts in five languages, the pilot action, the bodies line by line


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


# --- Solutions out of pilot actions: write one down, change it, take it away ----------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a solution."""
    project = own_project(request, slug, WRITE)
    form = SolutionForm(request.POST if request.method == "POST" else None, project=project)
    if request.method == "POST" and form.is_valid():
        write_solution(project, **form.facts())
        messages.success(request, _("Saved"))
        return redirect("workspace:interreg", slug=slug)
    return _page(request, project, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a solution, or take it away."""
    solution = own_solution(request, pk)
    project = solution.project
    if request.method == "POST" and request.POST.get("decision") == "remove":
        remove_solution(solution)
        messages.success(request, _("Removed."))
        return redirect("workspace:interreg", slug=project.slug)
    form = SolutionForm(
        request.POST if request.method == "POST" else None,
        project=project,
        initial=solution_initial(solution),
    )
    if request.method == "POST" and form.is_valid():
        write_solution(project, **form.facts(), solution=solution)
        messages.success(request, _("Saved"))
        return redirect("workspace:interreg", slug=project.slug)
    return _page(request, project, form, solution)


def _page(
    request: HttpRequest, project: Project, form: SolutionForm, solution: Solution | None = None
) -> HttpResponse:
    label = solution.title if solution else _("New solution")
    context = {
        "project": project,
        "solution": solution,
        "form": form,
        "crumbs": interreg_crumbs(project, Crumb(label)),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/monitoring/solution.html", context, status=status)


# --- The Interreg indicators of a project: each number with the list behind it, and what lasts


# Whether a programme counts Swiss bodies differs; the page shows both ways.
SWISS: Final = "CH"


@dataclass(frozen=True)
class LeftOut:
    """Something that does not count, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class FigureView:
    """One indicator as the page shows it."""

    code: str
    name: Any
    rule: Any
    value: str
    why_not: str
    counted: Sequence[str]
    left_out: Sequence[LeftOut]
    convention: str

    @property
    def anchor(self) -> str:
        """Return the place of its list on the page."""
        return self.code.lower()


@login_required
@require_safe
def interreg(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the indicators; ``?without=CH`` leaves Swiss bodies out."""
    project = own_project(request, slug)
    is_without = request.GET.get("without") == SWISS
    reading = read_interreg(project, uncounted_countries=(SWISS,) if is_without else ())
    views = [_view(one) for one in reading.figures.values()]
    today = timezone.localdate()
    language = nearest_language(get_language())
    scope = Scope("project", project.pk, is_simulated=project.is_simulated)
    actions = read_lasting_actions(project)
    context = {
        "project": project,
        "figures": views,
        "key_figures": [_key_figure(one) for one in views],
        "is_without_swiss": is_without,
        "has_swiss": any(one.country == SWISS for one in reading.facts.bodies),
        "until": reading.until,
        "is_final": reading.until is not None and reading.until < today,
        "links_answer": answer(read_lasting(scope, today=today), language),
        "actions": actions,
        "actions_answer": actions_answer(actions),
        "actions_table": _actions_table(actions),
        "solutions": list(Solution.objects.filter(project=project).order_by("pk")),
        "may_write": request.user.has_perm(WRITE, project),
        "crumbs": interreg_crumbs(project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/monitoring/interreg.html", context)


def _view(figure: InterregFigure) -> FigureView:
    language = nearest_language(get_language())
    return FigureView(
        code=figure.code,
        name=NAMES[figure.code],
        rule=RULES[figure.code],
        value="–" if figure.value is None else format_integer(figure.value, language),
        why_not=" ".join(reason_words(one, language) for one in figure.reasons),
        counted=figure.counted,
        left_out=[
            LeftOut(one.name, reason_words(one.reason, language)) for one in figure.not_counted
        ],
        convention=figure.convention,
    )


def _key_figure(one: FigureView) -> Figure:
    return Figure(label=f"{one.code} {one.name}", value=one.value, sub=one.why_not)


def actions_answer(found: LastingActions | None) -> str:
    """Say in a sentence what became of the actions, or why nobody can say."""
    if found is None:
        return _("The end of the project is not known.")
    if not found.n_open:
        return _("No action was open when the project ended.")
    n = found.n_open
    text = ngettext(
        "%(n)s action was open when the project ended; of it there is word since for %(answered)s, "
        "%(done)s done, %(stopped)s stopped.",
        "%(n)s actions were open when the project ended; of them there is word since for "
        "%(answered)s, %(done)s done, %(stopped)s stopped.",
        n,
    )
    told = {"answered": found.n_answered, "done": found.n_done, "stopped": found.n_stopped}
    return text % {"n": n, **told}


def _actions_table(found: LastingActions | None) -> Table | None:
    """Return the shares that go on after some years; none below five actions with a word."""
    if found is None or not found.readings:
        return None
    language = nearest_language(get_language())
    rows = []
    for one in found.readings:
        years = ngettext("%(n)s year", "%(n)s years", int(one.time)) % {"n": int(one.time)}
        rows.append([years, _share(one, language), _interval(one, language), str(one.at_risk)])
    columns = [
        Column(_("After")),
        Column(_("Share that goes on"), is_number=True),
        Column(_("Interval (90 %)"), is_number=True),
        Column(_("Under observation"), is_number=True),
    ]
    return Table(_("Actions after the end of the project"), columns, rows)


def _share(one: Any, language: str) -> str:
    is_known = one.survival is not None and one.at_risk >= FEWEST
    return format_percent(one.survival, language) if is_known else "–"


def _interval(one: Any, language: str) -> str:
    if one.low is None or one.high is None or one.at_risk < FEWEST:
        return "–"
    return f"{format_percent(one.low, language)} – {format_percent(one.high, language)}"
