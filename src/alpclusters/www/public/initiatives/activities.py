"""The activities of an initiative as cards: their codes with names, what became of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.codebook.reading import (
    FIELDS,
    CodeField,
    code_label,
    codes_of,
    current_codebook,
)
from alpclusters.platform.evidence.models import Activity, Bearing, Codebook, Initiative, Quotation
from alpclusters.platform.evidence.rules import visible_documents, visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Fact
from alpclusters.www.public.initiatives.said import (
    QuotationView,
    Said,
    StanceView,
    quotation_views,
    said,
    stance_view,
)

# --- The codebooks behind activities: one object per version, because it keeps its codes ----------


_NOT_ASKED: Final = "not asked"


class Books:
    """Hands out the codebook of an activity; where none is recorded, the one in force."""

    def __init__(self) -> None:
        self._known: dict[int, Codebook] = {}
        self._current: Codebook | str | None = _NOT_ASKED

    def of(self, activity: Activity) -> Codebook | None:
        """Return the codebook; None where the installation has none."""
        if activity.codebook is None:
            return self._in_force()
        return self._known.setdefault(activity.codebook.pk, activity.codebook)

    def _in_force(self) -> Codebook | None:
        if isinstance(self._current, str):
            try:
                self._current = current_codebook()
            except Codebook.DoesNotExist:
                self._current = None
        return self._current


def label_of(field: str, key: str, book: Codebook | None) -> str:
    """Return the name of a code; without a codebook the code itself."""
    return code_label(field, key, book) if key and book else key


# --- The codes of an activity with their names, and how far the coding is -------------------------


State = Activity.State
# Shown apart, with a symbol.
_APART: Final = frozenset({"outcome_status", "outcome_months", "payer_after"})
# How far the coding is -> symbol, tone, what that means.
STATES: Final[Mapping[str, tuple[str, str, Any]]] = {
    State.ONCE: ("user", "", _("One person coded it; nobody has checked the codes.")),
    State.DISPUTED: (
        "triangle-alert",
        "warn",
        _("Two people coded it and differ; codes on which they differ are left open."),
    ),
    State.SETTLED: (
        "users",
        "good",
        _("Two people coded it without seeing each other; where they differed, it was settled."),
    ),
}


@dataclass(frozen=True)
class CodeView:
    """One field with the names of its codes and what they mean."""

    label: Any
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class StateView:
    """How far the coding is."""

    text: Any
    icon: str
    tone: str
    means: Any


def code_views(activity: Activity, book: Codebook | None) -> list[CodeView]:
    """Return the coded fields of an activity; fields without a code are left out."""
    views = [CodeView(f.label, _values(activity, f, book)) for f in FIELDS if f.name not in _APART]
    return [view for view in views if view.values]


def _values(activity: Activity, asked: CodeField, book: Codebook | None) -> list[tuple[str, str]]:
    value = getattr(activity, asked.name)
    keys = value if isinstance(value, list) else [value]
    return [
        (label_of(asked.name, str(key), book), _meaning(asked.name, str(key), book))
        for key in keys
        if key not in ("", None)
    ]


def _meaning(field: str, key: str, book: Codebook | None) -> str:
    if book is None:
        return ""
    codes = codes_of(book, field, with_retired=True)
    return next((code.definition for code in codes if code.key == key), "")


def labels_of(field: str, keys: Sequence[Any], book: Codebook | None) -> str:
    """Return the names of several codes in a row."""
    return ", ".join(label_of(field, str(key), book) for key in keys)


def state_view(activity: Activity) -> StateView:
    """Return how far the coding of an activity is."""
    icon, tone, means = STATES.get(activity.state, ("pencil", "", ""))
    return StateView(activity.get_state_display(), icon, tone, means)


def codebook_url(book: Codebook | None) -> str:
    """Return the page of a version of the codebook."""
    if book is None:
        return ""
    try:
        return f"{reverse('public:codebook')}?version={book.number}"
    except NoReverseMatch:
        return ""


# --- What became of an activity after the funding: a word, a symbol, how long, who pays -----------


Status = Activity.Outcome
KNOWN: Final = (Status.LASTING, Status.TRANSFORMED, Status.ENDED)
# Symbol and tone of the badge; the word is always beside it.
LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Status.LASTING: ("check", "good"),
    Status.TRANSFORMED: ("git-branch", "good"),
    Status.ENDED: ("x", "bad"),
    Status.UNKNOWN: ("circle-help", ""),
}


@dataclass(frozen=True)
class OutcomeView:
    """The outcome in words."""

    status: str
    text: Any
    icon: str
    tone: str
    months: str = ""
    payer: str = ""


def outcome_mark(status: str, *, months: str = "", payer: str = "") -> OutcomeView:
    """Return the badge of an outcome; nothing coded is unknown."""
    status = status or Status.UNKNOWN
    icon, tone = LOOKS[status]
    return OutcomeView(status, Status(status).label, icon, tone, months, payer)


def outcome_of(activity: Activity, book: Codebook | None) -> OutcomeView:
    """Return what became of an activity."""
    return outcome_mark(
        activity.outcome_status,
        months=_months(activity),
        payer=", ".join(label_of("payer_after", str(key), book) for key in activity.payer_after),
    )


def _months(activity: Activity) -> str:
    n = activity.outcome_months
    if n is None:
        return ""
    if activity.outcome_status == Status.ENDED:
        text = ngettext(
            "first known to have ended %(n)s month after the funding",
            "first known to have ended %(n)s months after the funding",
            n,
        )
        return text % {"n": n}
    if n == 0:
        return gettext("last known to go on at the end of the funding")
    text = ngettext(
        "last known to go on %(n)s month after the funding",
        "last known to go on %(n)s months after the funding",
        n,
    )
    return text % {"n": n}


# --- The activities of an initiative as cards -----------------------------------------------------


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
        Fact(gettext("For whom"), labels_of("audience", activity.audience, book)),
        Fact(gettext("Where"), _places(activity)),
        Fact(gettext("Output"), _output(activity, output), lang=output.lang),
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
