"""One lesson at work: evidence on both sides, certainty with its reasons, ties, its texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.grading import clear_own_grade, set_own_grade, shown_grade
from alpclusters.platform.evidence.domain.lessons import (
    FIELDS,
    SETTLED_PLACE,
    TRANSLATED,
    bear,
    missing_languages,
    publish_lesson,
    settle_stance,
    suggest,
    unbear,
    unsuggest,
    withdraw_lesson,
)
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    BearingVote,
    Lesson,
    LessonMeasure,
    Stance,
)
from alpclusters.platform.evidence.rules import corpora_of, visible_lessons
from alpclusters.platform.fields import label_of
from alpclusters.platform.history import history_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.www.components.parts import Crumb
from alpclusters.www.forms import put_sent
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.evidence.corpora import WRITE, evidence_crumbs, require
from alpclusters.www.workspace.sentences import sentence
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Fetch a lesson one may write, and the place of its pages -------------------------------------


GRADE = "evidence.grade_lesson"


def own_lesson(request: SignedInRequest, key: str) -> Lesson:
    """Return a lesson: 403 for people who write no evidence."""
    require(request, WRITE)
    return get_object_or_404(visible_lessons(request.user), key=key)


def lesson_crumbs(lesson: Lesson | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of lessons."""
    if lesson is None:
        start = reverse("workspace:lessons") if last else ""
        return evidence_crumbs(Crumb(gettext("Lessons"), start), *last)
    address = reverse("workspace:lesson", args=[lesson.key]) if last else ""
    lessons = Crumb(gettext("Lessons"), reverse("workspace:lessons"))
    return evidence_crumbs(lessons, Crumb(lesson.statement, address), *last)


# --- What a lesson says in five languages, and what is done with it -------------------------------


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


# --- What bears on a lesson: both sides with equal weight, and what waits for a second coder ------


MOST_FOUND = 20


@dataclass(frozen=True)
class BearingView:
    """One activity with its stance, and what the reader may do."""

    bearing: Bearing
    activity: Activity
    stance: str
    stance_label: Any
    votes: Sequence[BearingVote]
    own: str
    own_label: Any
    is_disputed: bool
    may_vote: bool
    may_settle: bool
    may_take_back: bool


@dataclass(frozen=True)
class EvidenceView:
    """All that bears on a lesson, by side."""

    supports: Sequence[BearingView]
    contradicts: Sequence[BearingView]
    mixed: Sequence[BearingView]
    waiting: Sequence[BearingView]


def read_evidence(lesson: Lesson, user: User) -> EvidenceView:
    """Read the bearings in three queries; nobody's vote shows before all have spoken."""
    bearings = list(
        lesson.bearings.select_related("activity__initiative")
        .prefetch_related("votes")
        .annotate(n_places=Max("activity__initiative__corpora__n_coders"))
        .order_by("activity__initiative__acronym", "activity__number", "pk")
    )
    views = [_view(bearing, user) for bearing in bearings]
    return EvidenceView(
        supports=_with(views, Stance.SUPPORTS),
        contradicts=_with(views, Stance.CONTRADICTS),
        mixed=_with(views, Stance.MIXED),
        waiting=_with(views, ""),
    )


def find_activities(words: str, lesson: Lesson, user: User) -> list[Activity]:
    """Find activities of one's corpora that are not tied yet: every word in name or initiative."""
    found = Activity.objects.filter(initiative__corpora__in=corpora_of(user))
    for word in words.split()[:8]:
        says = Q(initiative__acronym__icontains=word)
        for code in LANGUAGE_CODES:
            says |= Q(**{f"name__{code}__icontains": word})
        found = found.filter(says)
    fresh = found.exclude(bearings__lesson=lesson).select_related("initiative").distinct()
    return list(fresh.order_by("initiative__acronym", "number", "pk")[:MOST_FOUND])


def _view(bearing: Any, user: User) -> BearingView:
    votes = sorted(bearing.votes.all(), key=lambda vote: vote.place)
    spoken = [vote for vote in votes if vote.place != SETTLED_PLACE]
    own = next((vote for vote in spoken if vote.coder_id == user.pk), None)
    places = bearing.n_places or 1
    is_complete = len(spoken) >= places
    is_disputed = is_complete and len({vote.stance for vote in spoken}) > 1
    return BearingView(
        bearing=bearing,
        activity=bearing.activity,
        stance=bearing.stance,
        stance_label=bearing.get_stance_display(),
        votes=votes if is_complete and len(spoken) > 1 else (),
        own=own.stance if own else "",
        own_label=own.get_stance_display() if own else "",
        is_disputed=is_disputed,
        may_vote=own is None and len(spoken) < places,
        may_settle=is_disputed and own is None,
        may_take_back=own is not None and len(spoken) < max(places, 2),
    )


def _with(views: Iterable[BearingView], stance: str) -> list[BearingView]:
    return [view for view in views if view.stance == stance]


# --- One lesson at work: evidence on both sides, certainty with its reasons, ties to measures -----


type Act = Callable[[SignedInRequest, Lesson], str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a lesson with all it rests on; do one thing with it."""
    found = own_lesson(request, key)
    if request.method != "POST":
        return _page(request, found)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, found, status=422)
    try:
        said = act(request, found)
    except AlpClustersError as error:
        return _page(request, found, problem=sentence(error), status=422)
    messages.success(request, said)
    return redirect("workspace:lesson", key=key)


def _bear(request: SignedInRequest, found: Lesson) -> str:
    form = BearForm(request.POST)
    if not form.is_valid():
        raise Http404
    own = Activity.objects.filter(initiative__corpora__in=corpora_of(request.user)).distinct()
    activity = get_object_or_404(own, pk=form.cleaned_data["activity"])
    bearing = bear(activity, found, form.cleaned_data["stance"], request.user, now=timezone.now())
    if bearing.stance:
        return gettext("Tied.")
    return gettext("Your stance is kept. It shows once the second coder has spoken.")


def _unbear(request: SignedInRequest, found: Lesson) -> str:
    bearing = _bearing(request, found)
    if not unbear(bearing, request.user, now=timezone.now()):
        raise Http404
    return gettext("Your stance is taken back.")


def _settle(request: SignedInRequest, found: Lesson) -> str:
    settle_stance(
        _bearing(request, found), request.POST.get("stance", ""), request.user, now=timezone.now()
    )
    return gettext("Settled. Both stances stay as they are.")


def _bearing(request: HttpRequest, found: Lesson) -> Bearing:
    pk = request.POST.get("bearing", "")
    own = found.bearings.filter(activity__initiative__corpora__in=corpora_of(request.user))
    return get_object_or_404(own.distinct(), pk=int(pk) if pk.isdecimal() else None)


def _suggest(request: SignedInRequest, found: Lesson) -> str:
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        raise Http404
    measure = form.cleaned_data["measure"]
    suggest(found, measure, request.user, form.cleaned_data["note"])
    return gettext("The lesson now stands on the page of “%(name)s”.") % {"name": measure.name}


def _unsuggest(request: HttpRequest, found: Lesson) -> str:
    tie = found.suggestions.filter(measure__key=request.POST.get("measure", "")).first()
    if tie is None or not unsuggest(found, tie.measure):
        raise Http404
    return gettext("The tie is gone.")


def _publish(request: SignedInRequest, found: Lesson) -> str:
    publish_lesson(found, request.user)
    return gettext("Lesson published.")


def _withdraw(request: SignedInRequest, found: Lesson) -> str:
    withdraw_lesson(found, request.user)
    return gettext("Lesson withdrawn. Visitors no longer see it.")


def _grade(request: SignedInRequest, found: Lesson) -> str:
    _require_grader(request)
    form_data: Mapping[str, str] = request.POST
    set_own_grade(found, form_data.get("grade", ""), form_data.get("reason", ""), request.user)
    return gettext("Your certainty stands beside the computed one until the evidence changes.")


def _ungrade(request: SignedInRequest, found: Lesson) -> str:
    _require_grader(request)
    clear_own_grade(found, request.user)
    return gettext("The computed certainty stands again.")


def _require_grader(request: HttpRequest) -> None:
    if not request.user.has_perm(GRADE):
        raise PermissionDenied


ACTS: Final[Mapping[str, Act]] = {
    "bear": _bear,
    "unbear": _unbear,
    "settle": _settle,
    "suggest": _suggest,
    "unsuggest": _unsuggest,
    "publish": _publish,
    "withdraw": _withdraw,
    "grade": _grade,
    "ungrade": _ungrade,
}


def _page(
    request: SignedInRequest, found: Lesson, *, problem: str = "", status: int = 200
) -> HttpResponse:
    words = request.GET.get("find", "").strip()[:200]
    grade = shown_grade(found)
    context: dict[str, Any] = {
        "lesson": found,
        "grade": grade,
        "evidence": read_evidence(found, request.user),
        "stances": Stance.choices,
        "words": words,
        "activities": find_activities(words, found, request.user) if words else [],
        "suggestions": list(found.suggestions.select_related("measure").order_by("pk")),
        "suggestion_form": SuggestionForm(),
        "grade_form": _grade_form(request, found),
        "may_grade": request.user.has_perm(GRADE),
        "missing": missing_languages(found),
        "quotations": list(found.quotations.select_related("document").order_by("pk")),
        "problem": problem,
        "crumbs": lesson_crumbs(found),
        "simulated": found.is_simulated,
    }
    return render(request, "workspace/lessons/lesson.html", context, status=status)


def _grade_form(request: HttpRequest, found: Lesson) -> Form:
    if request.POST.get("do") == "grade":
        return GradeForm(initial={name: request.POST.get(name, "") for name in ("grade", "reason")})
    reason, letter = found.own_grade_reason, found.own_grade or found.grade
    return GradeForm(initial={"grade": letter, "reason": reason})
