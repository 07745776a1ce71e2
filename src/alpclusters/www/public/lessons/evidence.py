"""The activities behind a lesson, those for and those against it with equal weight."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.grading import ShownGrade
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Codebook,
    Lesson,
    Quotation,
    Stance,
)
from alpclusters.platform.evidence.rules import visible_documents, visible_initiatives
from alpclusters.platform.partnership.roles import Person
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.initiatives.addresses import initiative_url
from alpclusters.www.public.initiatives.books import Books
from alpclusters.www.public.initiatives.codes import StateView, state_view
from alpclusters.www.public.initiatives.outcomes import OutcomeView, outcome_of
from alpclusters.www.public.initiatives.quotations import QuotationView, quotation_views
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.stances import StanceView, stance_view


@dataclass(frozen=True)
class EvidenceView:
    """An activity that bears on a lesson."""

    initiative: str
    initiative_url: str
    name: Said
    url: str
    result: Said
    outcome: OutcomeView
    state: StateView
    quotations: Sequence[QuotationView]
    family: int
    is_simulated: bool


@dataclass(frozen=True)
class SideView:
    """All activities with one stance."""

    stance: StanceView
    title: str
    activities: Sequence[EvidenceView]
    n_families: int


@dataclass(frozen=True)
class LessonEvidenceView:
    """Both sides, and what is on neither."""

    speaks_for: SideView
    against: SideView
    mixed: SideView
    n_hidden: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be shown."""
        sides = (self.speaks_for, self.against, self.mixed)
        return not any(side.activities for side in sides)

    @property
    def simulated(self) -> bool:
        """Whether an activity is invented."""
        sides = (self.speaks_for, self.against, self.mixed)
        return any(a.is_simulated for side in sides for a in side.activities)


def read_evidence(user: Person, lesson: Lesson, grade: ShownGrade) -> LessonEvidenceView:
    """Read the activities whose stance towards the lesson is settled."""
    bearings = list(
        Bearing.objects.of_one_world()
        .filter(lesson=lesson, activity__initiative__in=visible_initiatives(user))
        .exclude(stance="")
        .exclude(activity__state=Activity.State.OPEN)
        .select_related("activity__initiative", "activity__codebook")
        .order_by("activity__initiative__acronym", "activity__number", "pk")
    )
    quoted = _quotations(user, [b.activity for b in bearings])
    books = Books()
    by_stance: dict[str, list[EvidenceView]] = defaultdict(list)
    for bearing in bearings:
        activity = bearing.activity
        view = _view(activity, books.of(activity), quoted[activity.pk])
        by_stance[bearing.stance].append(view)
    return LessonEvidenceView(
        _side(Stance.SUPPORTS, _("Speaks for it"), by_stance, grade.n_for),
        _side(Stance.CONTRADICTS, _("Speaks against it"), by_stance, grade.n_against),
        _side(Stance.MIXED, _("Speaks for both"), by_stance, grade.n_mixed),
        max(0, grade.n_activities - len(bearings)),
    )


def _side(
    stance: str, title: str, by_stance: Mapping[str, Sequence[EvidenceView]], n_families: int
) -> SideView:
    return SideView(stance_view(stance), title, by_stance.get(stance, ()), n_families)


def _quotations(user: Person, activities: Sequence[Activity]) -> dict[int, list[QuotationView]]:
    rows = list(
        Quotation.objects.filter(activity__in=activities, document__in=visible_documents(user))
        .select_related("document")
        .order_by("document__title", "page", "pk")
    )
    found: dict[int, list[QuotationView]] = defaultdict(list)
    for row, view in zip(rows, quotation_views(rows), strict=True):
        found[row.activity_id or 0].append(view)
    return found


def _view(
    activity: Activity, book: Codebook | None, quoted: Sequence[QuotationView]
) -> EvidenceView:
    initiative = activity.initiative
    return EvidenceView(
        initiative=initiative.acronym,
        initiative_url=initiative_url(initiative.key),
        name=said(activity, "name"),
        url=initiative_url(initiative.key, activity.number),
        result=said(activity, "result"),
        outcome=outcome_of(activity, book),
        state=state_view(activity),
        quotations=quoted,
        family=initiative.family or initiative.pk,
        is_simulated=activity.is_simulated,
    )


def families_table(grade: ShownGrade, evidence: LessonEvidenceView) -> Table | None:
    """Return what each family says, as it was counted; None where nothing was."""
    if not grade.families:
        return None
    names = _names(evidence)
    columns = [
        Column(_("Family of initiatives")),
        Column(_("Stance")),
        Column(_("Alive 12 months after the funding")),
        Column(_("Longest, in months"), is_number=True),
        Column(_("Independent source")),
        Column(_("Alpine or comparable")),
    ]
    rows = [_family_row(one, names) for one in grade.families]
    return Table(_("How the families were counted"), columns, rows)


def _names(evidence: LessonEvidenceView) -> dict[int, list[tuple[str, str]]]:
    """Return the initiatives behind each family, as far as they are public."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for side in (evidence.speaks_for, evidence.against, evidence.mixed):
        for activity in side.activities:
            found[activity.family][activity.initiative] = activity.initiative_url
    return {family: list(named.items()) for family, named in found.items()}


def _family_row(
    one: Mapping[str, Any], names: Mapping[int, Sequence[tuple[str, str]]]
) -> list[object]:
    named = names.get(int(one["family"]), ())
    head = ", ".join(name for name, _url in named) or _("not public")
    return [
        Cell(head, url=named[0][1] if len(named) == 1 else ""),
        Stance(one["stance"]).label if one.get("stance") in Stance.values else "–",
        _yes_no(one.get("is_lasting")),
        "–" if one.get("months") is None else str(one["months"]),
        _yes_no(one.get("is_independent")),
        _yes_no(one.get("is_relevant")),
    ]


def _yes_no(value: object) -> str:
    words: dict[object, str] = {True: _("yes"), False: _("no")}
    return words.get(value, _("unknown"))
