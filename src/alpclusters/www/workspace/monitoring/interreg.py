"""The Interreg indicators of a project: each number with the list behind it, and what lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.plans import InterregFigure
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.lasting import Scope, read_lasting
from alpclusters.platform.policy.domain.interreg.lasting_actions import (
    FEWEST,
    LastingActions,
    read_lasting_actions,
)
from alpclusters.platform.policy.domain.interreg.reading import read_interreg
from alpclusters.platform.policy.models import Solution
from alpclusters.reports.interreg_words import NAMES, RULES, reason_words
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.parts import Column, Figure, Table
from alpclusters.www.public.lasting.lasting_page import answer
from alpclusters.www.workspace.monitoring.access import WRITE, interreg_crumbs, own_project

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
