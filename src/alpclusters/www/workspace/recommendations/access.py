"""Who may do what with recommendations, why something is refused, reasons in other languages."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language, told
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.reasons import LONGEST, REASONS, has_reason, missing_reasons
from alpclusters.platform.policy.domain.states import MoveRefusedError
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.translated import TextGroup, five_fields, text_group

# --- Fetch what a person may see, then ask one right by name --------------------------------------


VIEW = "policy.view_drafts"
WRITE = "policy.write_policy"
DECIDE = "policy.decide"


def require(request: HttpRequest, right: str, obj: Model) -> None:
    """Answer 403 without the right."""
    if not request.user.has_perm(right, obj):
        raise PermissionDenied


def own_project(request: HttpRequest, slug: str, right: str = VIEW) -> Project:
    """Return a project in which one has a right."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(request, right, project)
    return project


def own_recommendation(request: HttpRequest, pk: int, right: str = VIEW) -> Recommendation:
    """Return a recommendation of a project in which one has a right."""
    seen = visible_recommendations(request.user).select_related("project", "region")
    found = get_object_or_404(seen, pk=pk)
    require(request, right, found.project)
    return found


def own_finding(request: HttpRequest, pk: int, right: str = VIEW) -> Finding:
    """Return a finding of a project in which one has a right."""
    rows = Finding.objects.filter(project__in=visible_projects(request.user))
    found = get_object_or_404(rows.select_related("project", "lesson", "superseded_by"), pk=pk)
    require(request, right, found.project)
    return found


def recommendation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the recommendations of a project."""
    address = reverse("workspace:recommendations", args=[project.slug]) if last else ""
    return [
        Crumb(_("Workspace"), reverse("workspace:dashboard")),
        Crumb(_("Projects"), reverse("workspace:projects")),
        Crumb(_("Recommendations: %(project)s") % {"project": project.acronym}, address),
        *last,
    ]


def page_crumbs(recommendation: Recommendation, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of one recommendation."""
    address = reverse("workspace:recommendation", args=[recommendation.pk]) if last else ""
    return recommendation_crumbs(recommendation.project, Crumb(recommendation.code, address), *last)


# --- What a refusal says: which rule, and where one can go from here ------------------------------


SENTENCES: Final[Mapping[str, Any]] = {
    "recommendation.move_refused": gettext_lazy("This step is not possible from here."),
    "recommendation.source_incomplete": gettext_lazy(
        "In the language of the original title, text or reasons are missing."
    ),
    "recommendation.no_finding": gettext_lazy("No finding is behind it yet."),
    "recommendation.no_addressee": gettext_lazy("It does not say whom it is addressed to."),
    "recommendation.contradiction_open": gettext_lazy(
        "Something speaks against it and has no answer: %(found)s. Answer it, or say that it is "
        "known and why the decision stands."
    ),
    "recommendation.consultation_open": gettext_lazy("The consultation is still open."),
    "recommendation.comments_open": gettext_lazy("Comments without an answer: %(found)s."),
    "recommendation.no_new_version": gettext_lazy(
        "The text is the one that was discussed already. Revise it first."
    ),
    "recommendation.in_plan": gettext_lazy(
        "An action of a plan carries it out. Change the action first."
    ),
    "recommendation.not_reviewed": gettext_lazy(
        "The original and at least one more language have to be reviewed; so far: %(found)s."
    ),
    "recommendation.no_trail": gettext_lazy(
        "Findings without a source, or none at all: %(found)s. Complete the trail, or say why it "
        "is published so."
    ),
    "recommendation.no_reason": gettext_lazy("Give the reason."),
    "recommendation.long_reason": gettext_lazy("Give a reason of at most 500 characters."),
    "recommendation.short_reason": gettext_lazy("Give a reason of at least 20 characters."),
    "recommendation.strength": gettext_lazy("Choose a strength."),
    "recommendation.successor": gettext_lazy(
        "Choose the recommendation that takes its place; it has to be adopted."
    ),
    "recommendation.conflict": gettext_lazy("Choose other recommendations of this project."),
    "recommendation.closed": gettext_lazy(
        "The text is decided and is not rewritten. Reopen it or write a new one."
    ),
    "recommendation.no_title": gettext_lazy("Give a title in at least one language."),
    "denominator.refused": gettext_lazy("The numbers do not allow this decision."),
    "finding.superseded": gettext_lazy("A newer finding stands in its place already."),
    "finding.successor": gettext_lazy("Choose another finding that still stands."),
    "finding.no_statement": gettext_lazy("Write the sentence in at least one language."),
    "text.missing": gettext_lazy("There is no translation to review yet."),
    "text.is_source": gettext_lazy("This is the original."),
    "text.unknown": gettext_lazy("There is no such text."),
}
_STATES: Final = dict(Recommendation.State.choices)
_NAMES: Final = dict(LANGUAGES)


def sentence(error: AlpClustersError) -> str:
    """Say what is wrong and, for a step, which ones are possible."""
    said = SENTENCES.get(error.code)
    if said is None:
        return _("This is not possible.")
    text = str(said) % {"found": _found(error)}
    return f"{text} {_next(error)}".strip()


def lack(code: str) -> str:
    """Say in short what still has to hold; a figure is not named."""
    return str(SENTENCES[code]).split("%(found)s")[0].rstrip(" :;.") + "."


def _found(error: AlpClustersError) -> str:
    """Name languages by their own names; codes and counts stay as they are."""
    parts = (error.found or "").split(", ")
    return ", ".join(_NAMES.get(part, part) for part in parts if part) or "–"


def _next(error: AlpClustersError) -> str:
    if not isinstance(error, MoveRefusedError):
        return ""
    states = [str(_STATES.get(one, one)) for one in (error.expected or "").split(", ") if one]
    if not states:
        return _("No further step is possible from here.")
    return _("Possible from here: %(states)s.") % {"states": ", ".join(states)}


# --- Reasons in other languages: what somebody typed with a decision, said again for the others


class ReasonsForm(forms.Form):
    """The reasons that were given, in five languages; what a decider wrote only one may change."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, recommendation: Recommendation, may_decide: bool
    ) -> None:
        self._found = recommendation
        self._given = [name for name in REASONS if has_reason(recommendation, name)]
        names = input_names(self._given)
        texts = {name: read_input(recommendation, name) for name in names}
        super().__init__(data, initial=texts, prefix="reasons")
        for name in self._given:
            self.fields.update(five_fields(name, label_of(Recommendation, name), LONGEST, rows=2))
        for name, text in texts.items():
            self.fields[name].disabled = bool(text) and not may_decide

    def groups(self) -> list[TextGroup]:
        """Return every reason with its five fields, the language of the page first."""
        return [
            text_group(self, name, label_of(Recommendation, name), self._first(name))
            for name in self._given
        ]

    def missing(self) -> str:
        """Name the languages in which a reason is missing."""
        return ", ".join(_NAMES[code] for code in missing_reasons(self._found))

    def _first(self, name: str) -> str:
        own = nearest_language(get_language())
        return told(getattr(self._found, name).each(), own)[1] or own
