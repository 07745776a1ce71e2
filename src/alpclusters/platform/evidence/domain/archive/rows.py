"""The rows of the data package, table by table, batch by batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import batched
from typing import Any, Final

from django.db.models import Model, QuerySet

from alpclusters.platform.evidence.domain.archive.contents import Keys, Scope, in_columns
from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Code,
    Codebook,
    Coding,
    Document,
    Initiative,
    Lesson,
    LessonMeasure,
    Participation,
    Programme,
    Quotation,
    Settlement,
)
from alpclusters.platform.fields import fields_of
from alpclusters.platform.measures.models import Measure

# --- What single coders chose and how differences were settled: only of work that is finished -----
#
# Of an activity that waits for its second coder or for a settlement nothing is passed on: it would
# tell one coder what the other one chose. Coders are numbers that mean nothing outside.


BATCH: Final = 500

type Row = dict[str, Any]


def codings(scope: Scope) -> Iterator[Row]:
    """One row per activity, coder and field."""
    numbers: dict[int, int] = {}
    names = ("activity_id", "place", "coder_id", "codebook__number", "values")
    for part in _finished(scope):
        rows = Coding.objects.filter(activity__in=part, closed_at__isnull=False).order_by("place")
        of_activity: dict[int, list[Row]] = {pk: [] for pk in part}
        for row in rows.values(*names):
            of_activity[row["activity_id"]].append(row)
        for pk, chosen in of_activity.items():
            for row in chosen:
                yield from _choices(row, scope.activities[pk], numbers)


def _choices(row: Row, activity: str, numbers: dict[int, int]) -> Iterator[Row]:
    coder = row["coder_id"]
    number = None if coder is None else numbers.setdefault(coder, len(numbers) + 1)
    values: Mapping[str, Any] = row["values"]
    for name in sorted(values):
        yield {
            "activity": activity,
            "place": row["place"],
            "field": name,
            "coder": number,
            "codebook": row["codebook__number"],
            "value": listed(values[name]),
        }


def settlements(scope: Scope) -> Iterator[Row]:
    """Values that stand where two coders differed, without who decided."""
    for part in _finished(scope):
        rows = Settlement.objects.filter(activity__in=part).order_by("field")
        of_activity: dict[int, list[Row]] = {pk: [] for pk in part}
        for found in rows.values("activity_id", "field", "value", "is_joint"):
            of_activity[found["activity_id"]].append(dict(found))
        for pk, settled in of_activity.items():
            for row in sorted(settled, key=lambda one: str(one["field"])):
                value = listed(row["value"])
                yield {**row, "activity": scope.activities[pk], "value": value}


def _finished(scope: Scope) -> Iterator[tuple[int, ...]]:
    """Return the activities whose coding is settled, batch by batch, in the order of the keys."""
    for part in batched(scope.activities, BATCH):
        rows = Activity.objects.filter(pk__in=part, state=Activity.State.SETTLED)
        settled = set(rows.order_by().values_list("pk", flat=True))
        yield tuple(pk for pk in part if pk in settled)


def listed(value: object) -> list[Any]:
    """Return one code, several or a number as a list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


# --- The rows of the data package, table by table, batch by batch ---------------------------------


def in_order(rows: QuerySet[Any], keys: Keys, *names: str) -> Iterator[Row]:
    """Read columns of the rows with these numbers, in this order, batch by batch."""
    for part in batched(keys, BATCH):
        named = rows.filter(pk__in=part).values("pk", *names)
        found = {row["pk"]: in_columns(row) for row in named}
        yield from (found[pk] for pk in part if pk in found)


def _exported(model: type[Model]) -> list[str]:
    """Return the columns that people fill and everybody may have."""
    return [field.attname for field in fields_of(model, lambda one: one.exported)]


def programmes(scope: Scope) -> Iterator[Row]:
    """Those of the initiatives in the package."""
    used = Initiative.objects.filter(programme__isnull=False).order_by()
    pairs = used.values_list("pk", "programme_id")
    wanted = {programme for pk, programme in pairs if pk in scope.initiatives}
    rows = Programme.objects.order_by().values("pk", "key", *_exported(Programme))
    known = [dict(row) for row in rows if row["pk"] in wanted]
    yield from sorted(known, key=lambda row: str(row["key"]))


def initiatives(scope: Scope) -> Iterator[Row]:
    """Initiatives with the keys of what they continue and of their family."""
    names = (*_exported(Initiative), "key", "programme__key", "family", "is_simulated")
    for row in in_order(Initiative.objects.order_by(), scope.initiatives, *names):
        yield {
            **row,
            "address": scope.address("initiatives", row["key"]),
            "programme": row["programme__key"] or "",
            "countries": row["countries"].split(),
            "follows": scope.initiatives.get(row["follows_id"], ""),
            "family": scope.families.get(row["family"], ""),
        }


def participations(scope: Scope) -> Iterator[Row]:
    """Bodies per initiative, counted from 1 in the order of the source."""
    names = (
        "initiative_id", "body_key", "name", "role", "country", "town", "region__code",
        "budget_cents", "eu_cents", "has_left", "organisation_id", "organisation__is_listed",
    )  # fmt: skip
    for part in batched(scope.initiatives, BATCH):
        rows = Participation.objects.filter(initiative__in=part)
        gathered: dict[int, list[Row]] = {pk: [] for pk in part}
        for row in rows.order_by("order", "pk").values(*names):
            gathered[row["initiative_id"]].append(row)
        for pk, bodies in gathered.items():
            for number, row in enumerate(bodies, start=1):
                yield _participation(row, scope.initiatives[pk], number)


def _participation(row: Row, initiative: str, number: int) -> Row:
    organisation = row["organisation_id"] if row["organisation__is_listed"] else None
    return {
        **row,
        "initiative": initiative,
        "number": number,
        "body": row["body_key"],
        "region": row["region__code"] or "",
        "organisation": organisation,
    }


def documents(scope: Scope, files: Mapping[int, str]) -> Iterator[Row]:
    """Sources; ``files`` are the paths of those whose file is in the package."""
    names = (*_exported(Document), "key", "is_simulated", "n_pages", "digest")
    for row in in_order(Document.objects.order_by(), scope.documents, *names):
        path = files.get(row["pk"], "")
        yield {
            **row,
            "original": row["address"],
            "address": scope.address("sources", row["key"]),
            "pages": row["n_pages"],
            "file": path,
            "sha256": row["digest"] if path else "",
        }


def document_initiatives(scope: Scope) -> Iterator[Row]:
    """Which source is about which initiative."""
    pairs = Document.initiatives.through.objects.order_by()
    rows = pairs.values_list("document_id", "initiative_id")
    yield from _pairs(rows, ("document", scope.documents), ("initiative", scope.initiatives))


def document_measures(scope: Scope) -> Iterator[Row]:
    """Which source describes which measure."""
    pairs: Any = Document.measures.through
    rows = pairs.objects.order_by().values_list("document_id", "measure_id")
    yield from _pairs(rows, ("document", scope.documents), ("measure", scope.measures))


def _pairs(
    rows: Iterable[tuple[int, int]], first: tuple[str, Keys], second: tuple[str, Keys]
) -> Iterator[Row]:
    known = ((a, b) for a, b in rows if a in first[1] and b in second[1])
    named = sorted((first[1][a], second[1][b]) for a, b in known)
    yield from ({first[0]: a, second[0]: b} for a, b in named)


def measures(scope: Scope) -> Iterator[Row]:
    """The types of the catalogue and published proposals of projects."""
    names = ("key", "type_key", "name")
    for row in in_order(Measure.objects.order_by(), scope.measures, *names):
        address = scope.address("measures", row["key"])
        yield {**row, "address": address, "measure_type": row["type_key"]}


def codebooks(scope: Scope) -> Iterator[Row]:  # noqa: ARG001 - every table is asked alike
    """Published versions, the oldest first."""
    rows = Codebook.objects.filter(published_at__isnull=False).order_by("number")
    for row in rows.values("number", "published_at", "recodes", "note"):
        columns = in_columns(row)
        yield {**columns, "published_on": columns["published_at"].date()}


def codes(scope: Scope) -> Iterator[Row]:  # noqa: ARG001 - every table is asked alike
    """Codes of the published versions."""
    names = ("field", "key", "order", "is_retired")
    rows = Code.objects.filter(codebook__published_at__isnull=False)
    ordered = rows.order_by("codebook__number", "field", "order", "key", "pk")
    for row in ordered.values("codebook__number", *names, *TEXTS).iterator(chunk_size=BATCH):
        yield {**in_columns(row), "codebook": row["codebook__number"]}


_PLAIN_ACTIVITY: Final = (
    "number", "output_value", "measure_type", "scope", "audience", "outcome_status",
    "outcome_months", "payer_after", "source_type", "context", "success_factors",
    "failure_reasons", "state", "is_seeded", "is_simulated",
)  # fmt: skip
_ACTIVITY_TEXTS: Final = ("name", "what", "output", "output_unit", "result")


def activities(scope: Scope) -> Iterator[Row]:
    """Coded activities: what the coders agreed on, never what one of them chose alone."""
    regions = _regions(scope)
    names = (*_PLAIN_ACTIVITY, *_ACTIVITY_TEXTS)
    extra = ("initiative_id", "codebook__number")
    for row in in_order(Activity.objects.order_by(), scope.activities, *names, *extra):
        initiative = scope.initiatives[row["initiative_id"]]
        anchor = f"#activity-{row['number']}"
        yield {
            **row,
            "key": scope.activities[row["pk"]],
            "address": scope.address("initiatives", initiative, anchor),
            "initiative": initiative,
            "regions": regions.get(row["pk"], []),
            "codebook": row["codebook__number"],
        }


def _regions(scope: Scope) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    pairs = Activity.regions.through.objects.order_by().values_list("activity_id", "region__code")
    for activity, code in pairs.iterator(chunk_size=BATCH):
        if activity in scope.activities:
            found.setdefault(activity, []).append(code)
    return {activity: sorted(found_codes) for activity, found_codes in found.items()}


def lessons(scope: Scope) -> Iterator[Row]:
    """Lessons with the computed grade and, beside it, one set by a person."""
    own = ("key", "grade", "grading", "own_grade_digest", "is_seeded", "is_simulated")
    for row in in_order(Lesson.objects.order_by(), scope.lessons, *_exported(Lesson), *own):
        holds = row["own_grade_digest"] == (row["grading"] or {}).get("digest", "")
        yield {
            **row,
            "address": scope.address("lessons", row["key"]),
            "grading": _grading(scope, row["grading"]),
            "own_grade": row["own_grade"] if holds else "",
            "own_grade_reason": row["own_grade_reason"] if holds else "",
        }


def _grading(scope: Scope, kept: Row) -> Row:
    """Name families by keys; the numbers of the database mean nothing outside."""
    named = [
        {**one, "family": scope.families.get(one["family"]) or scope.initiatives.get(one["family"])}
        for one in kept.get("families", ())
    ]
    return {**kept, "families": named} if named else kept


def bearings(scope: Scope) -> Iterator[Row]:
    """Settled stances; where coders still differ, nothing is said."""
    rows = Bearing.objects.exclude(stance="").order_by()
    known = [
        (scope.lessons[lesson], place, stance)
        for place, lesson, stance in rows.values_list("activity_id", "lesson_id", "stance")
        if lesson in scope.lessons and place in scope.activities
    ]
    places = {pk: order for order, pk in enumerate(scope.activities)}
    for lesson, pk, stance in sorted(known, key=lambda row: (row[0], places[row[1]])):
        yield {"activity": scope.activities[pk], "lesson": lesson, "stance": stance}


def lesson_measures(scope: Scope) -> Iterator[Row]:
    """Which measures a lesson suggests."""
    rows = LessonMeasure.objects.order_by().values_list("lesson_id", "measure_id", "note")
    known = sorted(
        (scope.lessons[lesson], scope.measures[measure], note)
        for lesson, measure, note in rows
        if lesson in scope.lessons and measure in scope.measures
    )
    yield from ({"lesson": a, "measure": b, "note": note} for a, b, note in known)


def quotations(scope: Scope) -> Iterator[Row]:
    """Places in sources, of what is in the package on both ends."""
    plain = (*_exported(Quotation), "field")
    names = ("document_id", "activity_id", "lesson_id", *plain)
    rows = Quotation.objects.order_by("pk").values(*names)
    known = [
        {
            "document": scope.documents[row["document_id"]],
            "activity": scope.activities.get(row["activity_id"], ""),
            "lesson": scope.lessons.get(row["lesson_id"], ""),
            **{name: row[name] for name in plain},
        }
        for row in rows.iterator(chunk_size=BATCH)
        if row["document_id"] in scope.documents
        and (row["activity_id"] in scope.activities or row["lesson_id"] in scope.lessons)
    ]
    known.sort(key=lambda row: (row["document"], row["page"] or 0, row["activity"], row["lesson"]))
    yield from ({**row, "number": number} for number, row in enumerate(known, start=1))


READERS: Final[Mapping[str, Callable[[Scope], Iterator[Row]]]] = {
    "programmes": programmes,
    "initiatives": initiatives,
    "participations": participations,
    "document_initiatives": document_initiatives,
    "measures": measures,
    "document_measures": document_measures,
    "codebooks": codebooks,
    "codes": codes,
    "activities": activities,
    "codings": codings,
    "settlements": settlements,
    "lessons": lessons,
    "bearings": bearings,
    "lesson_measures": lesson_measures,
    "quotations": quotations,
}
