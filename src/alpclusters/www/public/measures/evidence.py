"""What earlier initiatives say for and against a measure, and how people rated it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.evaluation.domain.records import CriterionResult, step_word, word
from alpclusters.platform.evaluation.domain.snapshots import ReleasedResult
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.domain.measures import (
    LessonEvidence,
    documents_describing,
    lessons_behind,
)
from alpclusters.platform.evidence.domain.synthesis import evidence_of_measure_type
from alpclusters.platform.evidence.models import Activity, Document, Lesson
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.claims.ratings import at_least_half, half_in_cafes
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
)
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Crumb, Figure, Table
from alpclusters.www.public.evaluations.tables import ANSWERS, CANNOT_JUDGE
from alpclusters.www.worlds import in_world

# --- What earlier initiatives say for and against a measure, ready for its page -------------------


MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Side:
    """The activities that speak for or against, the first of them by name."""

    title: str
    words: str
    activities: Sequence[Crumb]
    n_more: int


@dataclass(frozen=True)
class LessonView:
    """A lesson with both sides; neither is left out where it is empty."""

    lesson: Lesson
    grade: str
    url: str
    lasting: str
    speaks_for: Side
    speaks_against: Side
    depends: Side | None


@dataclass(frozen=True)
class EvidenceView:
    """Everything the section of a measure's page names."""

    figures: Sequence[Figure]
    lessons: Sequence[LessonView]
    described: Sequence[Document]
    initiatives_url: str
    simulated: bool


def read_evidence(person: Person, measure: Measure, *, is_simulated: bool = False) -> EvidenceView:
    """Read the lessons tied to a measure and the documents that describe it, of one world."""
    lessons = lessons_behind(measure, seen_by=person, is_simulated=is_simulated)
    initiatives = f"{reverse('public:initiatives')}?measure={measure.type_key}"
    return EvidenceView(
        figures=_what_lasted(measure, is_simulated=is_simulated),
        lessons=[_lesson(item) for item in lessons],
        described=documents_describing(measure, seen_by=person, is_simulated=is_simulated),
        initiatives_url=in_world(initiatives, is_simulated=is_simulated),
        simulated=is_simulated,
    )


def _lesson(item: LessonEvidence) -> LessonView:
    """Count families as the grade does: one that says both counts as mixed, on neither side."""
    lesson = item.lesson
    shown = shown_grade(lesson)
    counts = (shown.n_for, shown.n_against)
    n_for, n_against = counts[::-1] if item.is_warning else counts
    return LessonView(
        lesson=lesson,
        grade="" if shown.grade == Lesson.Grade.NONE else shown.grade,
        url=reverse("public:lesson", args=[lesson.key]),
        lasting=_lasting(*shown.lasting) if shown.lasting[1] else "",
        speaks_for=_side(_("Speaks for the measure"), n_for, item.speaks_for),
        speaks_against=_side(_("Speaks against it"), n_against, item.speaks_against),
        depends=_side(_("Speaks for both"), shown.n_mixed, item.mixed) if shown.n_mixed else None,
    )


def _lasting(n_lasting: int, n_known: int) -> str:
    return ngettext(
        "%(lasting)s of %(n)s with a known outcome goes on",
        "%(lasting)s of %(n)s with a known outcome go on",
        n_known,
    ) % {"lasting": n_lasting, "n": n_known}


def _what_lasted(measure: Measure, *, is_simulated: bool) -> list[Figure]:
    """Say what became of activities of this type, with n and the interval."""
    found = evidence_of_measure_type(measure.type_key, is_simulated=is_simulated)
    if not found.n_families:
        return []
    language = nearest_language(get_language())
    share = found.lasting
    n = found.n_families
    counted = _("families; the list below has their initiatives")
    first = Figure(
        _("Initiatives that did this"),
        format_integer(n, language),
        ngettext("%(n)s activity", "%(n)s activities", found.n_activities)
        % {"n": format_integer(found.n_activities, language)},
        key="families",
        exact=n,
        why=counted,
    )
    label, known = _("Went on after the funding"), share.n_known
    lasting = Figure(label, str(share.n_lasting), key="known.lasting", exact=share.n_lasting)
    if share.value is None or share.low is None or share.high is None:
        told = _("known of %(n)s of them: too few for a share") % {"n": known}
        return [first, replace(lasting, sub=told, n=known, why=counted)]
    interval = format_share_interval(share.low, share.high, language)
    told = _("of %(known)s known of %(n)s: %(share)s (90%% interval %(interval)s)") % {
        "interval": interval,
        "known": known,
        "n": share.n_families,
        "share": format_percent(share.value, language),
    }
    return [first, replace(lasting, sub=told, n=known, why=counted)]


def _side(title: str, n_families: int, activities: Sequence[Activity]) -> Side:
    return Side(
        title=title,
        words=_independent(n_families),
        activities=[_named(activity) for activity in activities[:MOST_NAMED]],
        n_more=max(0, len(activities) - MOST_NAMED),
    )


def _independent(n: int) -> str:
    if not n:
        return _("no initiative")
    return ngettext("%(n)s independent initiative", "%(n)s independent initiatives", n) % {"n": n}


def _named(activity: Activity) -> Crumb:
    initiative = activity.initiative
    page = reverse("public:initiative", args=[initiative.key])
    return Crumb(f"{initiative.acronym}: {activity.name}", f"{page}#activity-{activity.number}")


# --- How people rated a measure, from the evaluations the public sees -----------------------------


@dataclass(frozen=True)
class Answered:
    """What one AlpCafé said about the measure on one criterion.

    ``n_people`` rated in it, None for fewer than five; ``summary`` is None where it is withheld.
    """

    measure: int
    n_people: int | None
    snapshot: Snapshot
    result: CriterionResult
    summary: Summary | None


@dataclass(frozen=True)
class RatingView:
    """One criterion over all AlpCafés."""

    name: str
    question: str
    claim: str
    figures: Sequence[Figure]
    chart: ChartView
    table: Table
    note: str
    simulated: bool


def read_ratings(results: Sequence[ReleasedResult], measure: int) -> list[RatingView]:
    """Return the released results of a measure on each criterion, the AlpCafés as rows."""
    found: dict[str, list[Answered]] = {}
    for result in results:
        for figures in result.figures:
            answered = Answered(
                measure,
                result.evaluation.n_people,
                result.snapshot,
                figures.criterion,
                figures.summary,
            )
            found.setdefault(figures.criterion.key, []).append(answered)
    return [_view(answers, nearest_language(get_language())) for answers in found.values()]


def why_no_median(people: Sequence[int | None]) -> str:
    """Say why ratings are withheld, from how many people rated in each AlpCafé."""
    most = max(n or 0 for n in people)
    if not most:
        return _("Rated, but by fewer than five people: their answers are withheld")
    if most < SMALLEST_GROUP:
        return _("Rated, but by fewer than ten people: no median is shown")
    return _("Rated, but withheld: few judged it, or nearly everybody answered alike")


def _view(answers: list[Answered], language: str) -> RatingView:
    first = answers[0]
    claim = _claim(answers, language)
    chart = DistributionChart(
        language=language,
        rows=tuple(_row(a) for a in answers),
        answers=tuple(word(anchor, language) for anchor in first.result.anchors),
        first=first.result.scale.ends[0] if first.result.scale.is_numbered else None,
        label_title=_("AlpCafé"),
        title=claim,
    )
    return RatingView(
        name=word(first.result.names, language),
        question=word(first.result.questions, language),
        claim=claim,
        figures=_figures(first, language) if len(answers) == 1 else (),
        chart=view_of(chart, caption=claim, language=language),
        table=_table(answers, language),
        note=_("Median with 90% interval; groups under ten people are not shown."),
        simulated=any(a.snapshot.is_simulated for a in answers),
    )


def _row(answered: Answered) -> DistributionRow:
    label = answered.snapshot.cafe.region.name
    if answered.summary is None:
        return DistributionRow(label, None)
    return DistributionRow(label, answered.summary.counts, answered.summary.cannot_judge)


def _claim(answers: list[Answered], language: str) -> str:
    known = [a.summary for a in answers if a.summary and a.summary.median_low is not None]
    if not known:
        return why_no_median([a.n_people for a in answers])
    scale = answers[0].result.scale
    if len(answers) == 1:
        return at_least_half(step_word(scale, known[0].median_low or 0, language), language).text
    high = scale.agrees_from
    n_high = sum(1 for s in known if (s.median_low or 0) >= high)
    return half_in_cafes(n_high, len(known), step_word(scale, high, language), language).text


def _figures(answered: Answered, language: str) -> list[Figure]:
    summary = answered.summary
    if summary is None or summary.median is None:
        return []
    n = format_n(summary.n, language)
    total = summary.n + summary.cannot_judge
    median, interval = format_number(summary.median, language), _interval(summary, language)
    of = _("of %(high)s, %(n)s") % {"high": answered.result.scale.ends[1], "n": n}
    label = _("90% interval of the median")
    page = reverse("public:evaluation", args=[answered.snapshot.pk])
    url = f"{page}?criterion={answered.result.key}#{ANSWERS}"
    rests = f"{ANSWERS}.{answered.measure}"
    figures = [
        Figure(_("Median"), median, of, key="median", exact=summary.median, n=summary.n, url=url,
               rests=rests),
        Figure(label, interval, n, key="median-interval", n=summary.n, url=url, rests=rests),
    ]  # fmt: skip
    share, unable = summary.cannot_judge_share, summary.cannot_judge
    if share is not None:
        sub = _("%(k)s of %(n)s people") % {"k": unable, "n": total}
        shown, rests = format_percent(share, language), f"{CANNOT_JUDGE}.{answered.measure}"
        figures.append(
            Figure(_("I cannot judge this"), shown, sub, key=CANNOT_JUDGE, exact=share, n=unable,
                   url=url, rests=rests)
        )  # fmt: skip
    return figures


def _interval(summary: Summary, language: str) -> str:
    ends = summary.median_interval
    return format_interval(ends.low, ends.high, language) if ends else "–"


def _table(answers: list[Answered], language: str) -> Table:
    columns = [
        Column(_("AlpCafé")),
        Column(_("Date")),
        Column(_("Median"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column(_("People"), is_number=True),
        Column(_("I cannot judge this"), is_number=True),
    ]
    rows = [_table_row(a, language) for a in answers]
    return Table(_("The evaluations behind it"), columns, rows)


def _table_row(answered: Answered, language: str) -> list[Any]:
    snapshot, summary = answered.snapshot, answered.summary
    link = Cell(snapshot.cafe.title, url=reverse("public:evaluation", args=[snapshot.pk]))
    day = format_date(snapshot.cafe.held_on, language)
    if summary is None or summary.median is None:
        withheld = Cell("", suppressed=True)
        return [link, day, withheld, "", "", ""]
    share = summary.cannot_judge_share
    return [
        link,
        day,
        format_number(summary.median, language),
        _interval(summary, language),
        format_n(summary.n, language),
        "" if share is None else format_percent(share, language),
    ]
