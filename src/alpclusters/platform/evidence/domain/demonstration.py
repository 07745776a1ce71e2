"""The invented example of the guide as a corpus: fifteen projects, two coders, four lessons.

A second corpus gathers 55 more projects that nobody has read yet. All of it is marked as simulated
and goes with the project; it holds nothing real.
"""

import itertools
import tempfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.domain.coding.answers import unquoted_fields
from alpclusters.platform.evidence.domain.coding.settling import refresh_activities, settle
from alpclusters.platform.evidence.domain.documents.files import drop_file, keep_file
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.grading.regrading import regrade
from alpclusters.platform.evidence.domain.seed_tables.storing import SEEDS, number
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    BearingVote,
    Coding,
    Corpus,
    Document,
    DocumentPage,
    Initiative,
    Lesson,
    LessonMeasure,
    Quotation,
    Stance,
)
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import Row, read_rows, texts
from alpclusters.platform.simulated import SIMULATED

# --- The report of the invented project "Ridge" as a PDF; each page says that it is simulated -----


PAGES: Final = (
    (
        "Final report of the invented project Ridge",
        """This report is simulated. It was made by the software to show how a document is read
and coded. Nothing in it happened.""",
        """Ridge ended on 30 June 2019. Four firms from two countries built a demonstrator for
lightweight parts. Managers of the two cluster organisations visited each other.""",
    ),
    (
        "What became of the demonstrator",
        "One cluster organisation owns the demonstrator and answers for its upkeep.",
        """Twenty-six months after the end of the funding it is still in use. Members’ fees pay
for it; each firm bears a share. The visits were not looked at again.""",
    ),
)
WORD: Final = "simulated · simuliert · simulé · simulato · simulirano"
QUOTED: Final = "One cluster organisation owns the demonstrator"
# Field -> the words that show its answer; without a field the activity as a whole.
QUOTED_FOR: Final = {
    "outcome_status": "Twenty-six months after the end of the funding it is still in use",
    "payer_after": "Members’ fees pay",
    "": "The visits were not looked at again",
}
QUOTED_PAGE: Final = 2


def report_pdf() -> bytes:
    """Set the report; the same bytes every time."""
    import typst

    body = "\n#pagebreak()\n".join(_page(*page) for page in PAGES)
    made: bytes = typst.compile(_HEAD.encode() + body.encode())
    return made


def page_texts() -> list[str]:
    """Return the text of each page as a reader of PDF finds it."""
    return ["\n".join((WORD, *page)) for page in PAGES]


_HEAD: Final = f"""#set document(title: "Ridge (simulated)", date: none)
#set page(paper: "a4", header: align(center, smallcaps("{WORD}")))
#set text(size: 11pt, lang: "en")
#set par(justify: false, leading: 0.8em, spacing: 1.4em)
"""


def _page(title: str, *paragraphs: str) -> str:
    return "\n\n".join([f"= {title}", *paragraphs])


# --- The invented example of the guide as a corpus: fifteen projects, two coders, four lessons


PREFIX: Final = "simulated-"
WRITTEN_BEFORE: Final = timedelta(days=460)
# How many projects wait to be read and coded.
_N_WAITING: Final = 55
_MANY: Final = ("audience", "payer_after", "success_factors", "failure_reasons")
_ONE: Final = ("measure_type", "scope", "outcome_status", "source_type", "context")
_SETTLED: Final = ("terrace", 1, "payer_after", ["regional"])
_REASON: Final = "The region names the sum in its own budget. (simulated)"


@transaction.atomic
def create_demonstration(project: Project, *, now: datetime | None = None) -> Corpus | None:
    """Make the simulated corpus with a report, codings, a disagreement and lessons.

    An installation that has it already is left alone.
    """
    moment = now or timezone.now()
    if Initiative.objects.filter(key__startswith=PREFIX, is_simulated=True).exists():
        return None
    initiatives = _initiatives()
    activities = _activities(initiatives)
    corpus = _corpus(project, initiatives)
    _collect_waiting(project)
    _code(activities, corpus, moment)
    reports = {key: _address(one) for key, one in initiatives.items() if key != "ridge"}
    reports["ridge"] = _report(initiatives["ridge"])
    _study()
    lessons = _lessons(activities, moment)
    _quote(reports, activities)
    Quotation.objects.create(
        document=reports["ridge"], lesson=lessons[0], page=QUOTED_PAGE, words=QUOTED
    )
    refresh_activities(activities.values(), by=None, now=moment)
    _settle(activities, moment)
    refresh_families([initiative.pk for initiative in initiatives.values()])
    regrade([lesson.pk for lesson in lessons], now=moment)
    return corpus


@transaction.atomic
def remove_demonstration(project: Project) -> None:
    """Remove the simulated corpus with all that hangs on it."""
    project.corpora.all().delete()
    files = []
    mine: dict[str, Any] = {"key__startswith": PREFIX, "is_simulated": True}
    for document in Document.objects.filter(**mine):
        files.append(document.file)
        document.delete()
    for model in (Lesson, Initiative):
        for thing in model.objects.filter(**mine):
            thing.delete()
    for name in files:
        drop_file(name)


def _initiatives() -> dict[str, Initiative]:
    return {row["key"]: _initiative(row) for row in _projects()}


def _projects() -> list[Row]:
    return read_rows(SEEDS / "demonstration_initiatives.csv")


def _initiative(row: Row, number: int = 1) -> Initiative:
    acronym, key = row["acronym"], f"{PREFIX}{row['key']}"
    if number > 1:
        acronym, key = f"{acronym} {number}", f"{key}-{number}"
    initiative = Initiative(
        key=key,
        acronym=acronym,
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        status=Initiative.Status.CLOSED,
        countries=row["countries"],
        is_simulated=True,
        **texts(row, "topic"),
        title={code: f"{acronym} ({word})" for code, word in SIMULATED.items()},
    )
    initiative.save()
    return initiative


def _activities(initiatives: dict[str, Initiative]) -> dict[tuple[str, int], Activity]:
    made = {}
    for row in _rows():
        activity = Activity(
            initiative=initiatives[row["initiative"]],
            number=int(row["number"]),
            is_simulated=True,
            **texts(row, "name", "what"),
        )
        activity.save()
        made[row["initiative"], activity.number] = activity
    return made


def _rows() -> list[Row]:
    return read_rows(SEEDS / "demonstration_activities.csv")


def _corpus(project: Project, initiatives: dict[str, Initiative]) -> Corpus:
    # Names of all languages: pages say "simulated" beside the corpora of such a project.
    return _gathered(project, "", "Ridge", initiatives.values())


def _collect_waiting(project: Project) -> None:
    """Gather projects that nobody has read yet, so that there is something to read and code."""
    rows = _projects()
    every = ((row, number) for number in itertools.count(2) for row in rows)
    waiting = [_initiative(*one) for one in itertools.islice(every, _N_WAITING)]
    _gathered(project, "-waiting", "Alps", waiting)


def _gathered(
    project: Project, suffix: str, name: str, initiatives: Iterable[Initiative]
) -> Corpus:
    corpus = Corpus.objects.create(
        project=project,
        slug=f"{PREFIX}{project.slug}{suffix}"[:80],
        name=name,
        codebook=current_codebook(),
        n_coders=2,
    )
    corpus.initiatives.set(initiatives)
    return corpus


def _code(activities: dict[tuple[str, int], Activity], corpus: Corpus, now: datetime) -> None:
    """Store two codings of each activity; the coders have no accounts, being simulated."""
    for row in _rows():
        first = _values(row)
        field, _, value = row["second_coder"].partition("=")
        other = value.split() if field in _MANY else value
        second = {**first, field: other} if field else first
        for place, values in enumerate((first, second), start=1):
            Coding(
                activity=activities[row["initiative"], int(row["number"])],
                place=place,
                codebook=corpus.codebook,
                values=values,
                began_at=now,
                closed_at=now,
            ).save()


def _values(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {name: row[name] for name in _ONE}
    found |= {name: row[name].split() for name in _MANY}
    found["outcome_months"] = number(row["outcome_months"])
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _settle(activities: dict[tuple[str, int], Activity], now: datetime) -> None:
    """Decide one of the two disagreements jointly; the other one waits."""
    key, place, field, value = _SETTLED
    activity = Activity.objects.get(pk=activities[key, place].pk)
    settle(activity, field, value, by=None, reason=_REASON, is_joint=True, now=now)


def _report(initiative: Initiative) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ridge.pdf")
        path.write_bytes(report_pdf())
        name, digest = keep_file(path, "pdf")
        n_bytes = path.stat().st_size
    pages = page_texts()
    document = Document(
        key=f"{PREFIX}ridge-report",
        title="Ridge: final report",
        authors="Ridge",
        year=2019,
        source_type="own_report",
        language="en",
        licence="CC BY 4.0",
        is_open=True,
        file=name,
        file_name="ridge-simulated.pdf",
        digest=digest,
        n_bytes=n_bytes,
        n_pages=len(pages),
        state=Document.State.READ,
        is_simulated=True,
    )
    document.save()
    document.initiatives.add(initiative)
    DocumentPage.objects.bulk_create(
        DocumentPage(document=document, number=place, label=str(place), text=text)
        for place, text in enumerate(pages, start=1)
    )
    return document


def _lessons(activities: dict[tuple[str, int], Activity], now: datetime) -> list[Lesson]:
    rows = read_rows(SEEDS / "demonstration_lessons.csv")
    return [_lesson(row, activities, now) for row in rows]


def _lesson(row: Row, activities: dict[tuple[str, int], Activity], now: datetime) -> Lesson:
    lesson = Lesson(
        key=f"{PREFIX}{row['key']}",
        measure_type=row["measure_type"],
        verdict=row["verdict"],
        is_published=True,
        is_simulated=True,
        **texts(row, "statement", "answer"),
    )
    lesson.save()
    # The plan of the demonstration is older than today; its own lessons are older still.
    Lesson.objects.filter(pk=lesson.pk).update(created_at=now - WRITTEN_BEFORE)
    for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
        for place in row[str(stance)].split():
            key, _, which = place.partition(":")
            _bear(activities[key, int(which)], lesson, stance, now)
    measure = Measure.objects.filter(key=row["measure_type"]).first()
    if measure is not None:
        LessonMeasure.objects.create(lesson=lesson, measure=measure)
    return lesson


def _bear(activity: Activity, lesson: Lesson, stance: Stance, now: datetime) -> None:
    bearing = Bearing.objects.create(activity=activity, lesson=lesson, stance=stance)
    BearingVote.objects.bulk_create(
        BearingVote(bearing=bearing, place=place, stance=stance, made_at=now) for place in (1, 2)
    )


def _address(initiative: Initiative) -> Document:
    """Write down the report of an invented project of which nobody has the file."""
    document = _known_by_name(
        f"{initiative.key}-report", f"{initiative.acronym}: final report", source_type="own_report"
    )
    document.initiatives.add(initiative)
    return document


def _study() -> None:
    """Write down an invented study of all types of measures, so that none is without a source."""
    document = _known_by_name(
        f"{PREFIX}study", "Measures for clusters: a study", source_type="external_evaluation"
    )
    document.measures.set(Measure.objects.of_catalogue())


def _known_by_name(key: str, title: str, *, source_type: str) -> Document:
    marks = ", ".join(SIMULATED.values())
    document = Document(
        key=key,
        title=f"{title} ({marks})",
        source_type=source_type,
        language="en",
        locator=marks,
        is_simulated=True,
    )
    document.save()
    return document


def _quote(reports: dict[str, Document], activities: dict[tuple[str, int], Activity]) -> None:
    """Give coders a place for what they are asked about, else for the activity as a whole."""
    rows = []
    for (key, _number), activity in activities.items():
        words = QUOTED_FOR if key == "ridge" else {}
        coding = activity.codings.order_by("place").first()
        fields = [field.name for field in unquoted_fields(coding)] if coding else []
        rows += [
            Quotation(
                document=reports[key],
                activity=activity,
                field=field,
                page=QUOTED_PAGE,
                words=words.get(field, ""),
            )
            for field in fields or [""]
        ]
    Quotation.objects.bulk_create(rows)
    Quotation.objects.create(
        document=reports["ridge"],
        activity=activities["ridge", 1],
        page=QUOTED_PAGE,
        words=QUOTED,
    )
