"""Which texts lack a language, by subject, each with the address where it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.evidence.models import Initiative, Lesson
from alpclusters.platform.funding.models import Offer, Programme
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.missing import count_missing, missing_of, rows_lacking, texts_of
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action, ActionPlan, JointApproach, Recommendation
from alpclusters.platform.trust.models import ResponsibleBody

# --- The subjects whose texts people write, each with the address where a text is written ---------


@dataclass(frozen=True)
class Subject:
    """Rows with texts: what they are called, and where their texts are written.

    Attributes
    ----------
    leaves : tuple of str
        Texts that the page at the address does not ask: said once, with a state or a picture.
    """

    key: str
    name: Any
    rows: Callable[[], QuerySet[Any]]
    address: Callable[[Any], str]
    leaves: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that the page at the address asks."""
        return tuple(name for name in texts_of(self.rows().model) if name not in self.leaves)


def _drafts() -> QuerySet[Any]:
    return ActionPlan.objects.filter(state=ActionPlan.State.DRAFT).order_by("pk")


def _actions() -> QuerySet[Any]:
    return Action.objects.filter(plan__in=_drafts().order_by()).order_by("plan", "pk")


def _profiles() -> QuerySet[Any]:
    every = ClusterOrganisation.objects.filter(organisation__merged_into=None)
    return every.select_related("organisation").order_by("slug")


def _by(name: str, attribute: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"workspace:{name}", args=[getattr(row, attribute)])


def _entry(kind: str) -> Callable[[Any], str]:
    return lambda row: reverse("workspace:funding_entry", args=[kind, row.key])


# Published plans are left out: their texts stand still until a new version is begun.
SUBJECTS: Final = (
    Subject(
        "measures",
        _("Measures"),
        lambda: Measure.objects.order_by("order", "pk"),
        _by("measure_edit", "key"),
        ("reported_note", "picture_alt"),
    ),
    Subject(
        "projects",
        _("Projects"),
        lambda: Project.objects.order_by("acronym", "pk"),
        _by("project_edit", "slug"),
    ),
    Subject(
        "profiles",
        _("Profiles of cluster organisations"),
        _profiles,
        _by("profile-edit", "slug"),
        ("logo_alt",),
    ),
    Subject(
        "lessons",
        _("Lessons"),
        lambda: Lesson.objects.order_by("key"),
        _by("lesson-edit", "key"),
    ),
    Subject(
        "initiatives",
        _("Initiatives"),
        lambda: Initiative.objects.order_by("key"),
        _by("initiative-edit", "key"),
    ),
    Subject(
        "recommendations",
        _("Recommendations"),
        lambda: Recommendation.objects.order_by("project", "code", "pk"),
        _by("recommendation_edit", "pk"),
        (
            "rejected_reason",
            "state_reason",
            "strength_reason",
            "denominator_reason",
            "no_action_reason",
        ),
    ),
    Subject("plans", _("Action plans"), _drafts, _by("plan_edit", "pk")),
    Subject("actions", _("Actions"), _actions, _by("action_edit", "pk"), ("reason_not_done",)),
    Subject(
        "approaches",
        _("Joint approaches"),
        lambda: JointApproach.objects.order_by("code", "pk"),
        _by("approach-edit", "pk"),
    ),
    Subject(
        "programmes",
        _("Funding programmes"),
        lambda: Programme.objects.order_by("key"),
        _entry("programme"),
    ),
    Subject("offers", _("Offers"), lambda: Offer.objects.order_by("key"), _entry("offer")),
    Subject(
        "imprint",
        _("Imprint and data protection"),
        lambda: ResponsibleBody.objects.order_by("pk"),
        lambda _row: reverse("workspace:imprint"),
    ),
)


# --- Which texts lack a language, for those who run the installation: by subject, with the rows


PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class Cell:
    """How many texts of a subject lack a language, and the address of their list."""

    code: str
    language: str
    n: int
    address: str


@dataclass(frozen=True)
class Line:
    """A subject with a cell for each language; there is nothing to do where all are zero."""

    subject: Subject
    cells: list[Cell]

    @property
    def is_complete(self) -> bool:
        """Whether no text lacks a language."""
        return not any(cell.n for cell in self.cells)


@dataclass(frozen=True)
class Row:
    """A thing with the languages that one of its texts lacks."""

    name: str
    address: str
    missing: list[str]


@login_required
@permission_required("partnership.manage_installation", raise_exception=True)
@require_safe
def missing_texts(request: HttpRequest) -> HttpResponse:
    """Count the texts that lack a language, and list the rows of one subject and language."""
    chosen = next((one for one in SUBJECTS if one.key == request.GET.get("subject")), None)
    code = request.GET.get("language", "")
    lines = [_line(one) for one in SUBJECTS]
    context: dict[str, Any] = {
        "lines": [line for line in lines if not line.is_complete],
        "complete": [line.subject.name for line in lines if line.is_complete],
        "languages": LANGUAGES,
    }
    if chosen is not None and code in dict(LANGUAGES):
        context |= {
            "chosen": chosen,
            "language": dict(LANGUAGES)[code],
            "page": _page(chosen, code, request.GET.get("page")),
        }
    return render(request, "workspace/missing_texts/page.html", context)


def _line(subject: Subject) -> Line:
    counts = count_missing(subject.rows(), subject.texts)
    return Line(subject, [_cell(subject, code, counts[code]) for code, _name in LANGUAGES])


def _cell(subject: Subject, code: str, n: int) -> Cell:
    query = urlencode({"subject": subject.key, "language": code})
    return Cell(code, dict(LANGUAGES)[code], n, f"?{query}#rows")


def _page(subject: Subject, code: str, number: str | None) -> Page[Any]:
    names = subject.texts
    page: Page[Any] = Paginator(rows_lacking(subject.rows(), names, code), PAGE_SIZE).get_page(
        number
    )
    page.object_list = [
        Row(str(row), subject.address(row), missing_of(row, names)) for row in page.object_list
    ]
    return page


urlpatterns = [path("missing-texts/", missing_texts, name="missing-texts")]
