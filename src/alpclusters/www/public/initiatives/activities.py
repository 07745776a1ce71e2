"""The activities of an initiative as cards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Codebook,
    Initiative,
    Quotation,
)
from alpclusters.platform.evidence.rules import visible_documents, visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Fact
from alpclusters.www.public.initiatives.books import Books
from alpclusters.www.public.initiatives.codes import (
    CodeView,
    StateView,
    code_views,
    codebook_url,
    labels_of,
    state_view,
)
from alpclusters.www.public.initiatives.outcomes import OutcomeView, outcome_of
from alpclusters.www.public.initiatives.quotations import QuotationView, quotation_views
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.stances import StanceView, stance_view


@dataclass(frozen=True)
class BearingView:
    """A lesson on which an activity bears, and how."""

    statement: Said
    url: str
    stance: StanceView


@dataclass(frozen=True)
class ActivityView:
    """One activity."""

    number: int
    name: Said
    measure: str
    measure_url: str
    what: Said
    facts: Sequence[Fact]
    result: Said
    outcome: OutcomeView
    codes: Sequence[CodeView]
    state: StateView
    codebook: Codebook | None
    codebook_url: str
    quotations: Sequence[QuotationView]
    bearings: Sequence[BearingView]
    is_seeded: bool
    is_simulated: bool

    @property
    def anchor(self) -> str:
        """Part of the permanent address."""
        return f"activity-{self.number}"


def read_activities(user: Person, initiative: Initiative) -> list[ActivityView]:
    """Read the coded activities of an initiative with what they rest on and bear on."""
    rows = Activity.objects.published().filter(initiative=initiative)
    if not initiative.is_published:
        rows = initiative.activities.exclude(state=Activity.State.OPEN)
    activities = list(
        rows.select_related("codebook").prefetch_related("regions").order_by("number", "pk")
    )
    quoted = _quotations(user, activities)
    bearings = _bearings(user, activities)
    measures = _measures(activities)
    books = Books()
    return [_view(a, books.of(a), measures, quoted[a.pk], bearings[a.pk]) for a in activities]


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


def _bearings(user: Person, activities: Sequence[Activity]) -> dict[int, list[BearingView]]:
    rows = Bearing.objects.filter(
        ~Q(stance=""), activity__in=activities, lesson__in=visible_lessons(user)
    )
    found: dict[int, list[BearingView]] = defaultdict(list)
    for row in rows.select_related("lesson").order_by("lesson", "pk"):
        url = reverse("public:lesson", args=[row.lesson.key])
        view = BearingView(said(row.lesson, "statement"), url, stance_view(row.stance))
        found[row.activity_id].append(view)
    return found


def _measures(activities: Sequence[Activity]) -> dict[str, Measure]:
    """Return the measures of the catalogue of the types of activities."""
    types = {a.measure_type for a in activities} - {""}
    rows = Measure.objects.of_catalogue().filter(type_key__in=types)
    return {m.type_key: m for m in rows if m.is_published}


def _view(
    activity: Activity,
    book: Codebook | None,
    measures: dict[str, Measure],
    quoted: Sequence[QuotationView],
    bearings: Sequence[BearingView],
) -> ActivityView:
    measure = measures.get(activity.measure_type)
    return ActivityView(
        number=activity.number,
        name=said(activity, "name"),
        measure=measure.name if measure else "",
        measure_url=reverse("public:measure", args=[measure.key]) if measure else "",
        what=said(activity, "what"),
        facts=_facts(activity, book),
        result=said(activity, "result"),
        outcome=outcome_of(activity, book),
        codes=code_views(activity, book),
        state=state_view(activity),
        codebook=activity.codebook,
        codebook_url=codebook_url(activity.codebook),
        quotations=quoted,
        bearings=bearings,
        is_seeded=activity.is_seeded,
        is_simulated=activity.is_simulated,
    )


def _facts(activity: Activity, book: Codebook | None) -> list[Fact]:
    """Return for whom, where, output; what nobody has said is unknown."""
    output = said(activity, "output")
    facts = [
        Fact(_("For whom"), labels_of("audience", activity.audience, book)),
        Fact(_("Where"), _places(activity)),
        Fact(_("Output"), _output(activity, output), lang=output.lang),
    ]
    return [f if f.value else Fact(f.label, state="unknown") for f in facts]


def _places(activity: Activity) -> str:
    return ", ".join(sorted(region.name for region in activity.regions.all()))


def _output(activity: Activity, output: Said) -> str:
    if activity.output_value is None:
        return output.text
    language = nearest_language(get_language())
    number = format_number(activity.output_value, language)
    unit = said(activity, "output_unit").text
    counted = f"{number} {unit}".strip()
    return f"{output.text} ({counted})" if output else counted
