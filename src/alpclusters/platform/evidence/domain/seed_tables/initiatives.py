"""Sources, programmes, initiatives, what they did and a few lessons, as facts with their source."""

from collections.abc import Iterable
from typing import Any, Final

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.domain.initiatives.partners import body_key
from alpclusters.platform.evidence.domain.seed_tables.storing import (
    SEEDS,
    Stored,
    cents,
    create_missing,
    first_day,
    last_day,
    number,
    store,
)
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Codebook,
    Document,
    Initiative,
    Lesson,
    LessonMeasure,
    Participation,
    Programme,
    Quotation,
)
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import BATCH, Row, read_rows, texts
from alpclusters.platform.territory.domain.lookups import current_recoder
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

# --- The public sources of the seeds, and what each of them is about ------------------------------


def load_documents(initiatives: Stored) -> Stored:
    """Store the documents; tie new ones to the initiatives and types of measures they are about."""
    rows = read_rows(SEEDS / "documents.csv")
    stored = store(Document, [_document(row) for row in rows], key=("key",))
    _tie_initiatives(initiatives, stored)
    _tie_measures(rows, stored)
    return stored


def ids_of(keys: str, stored: Stored) -> Iterable[int]:
    """Return primary keys of documents named in a column; without those that were deleted."""
    return [pk for key in keys.split() if (pk := stored.id_of(key)) is not None]


def _document(row: Row) -> dict[str, Any]:
    names = ("key", "title", "authors", "source_type", "language", "locator", "address", "licence")
    return {**{name: row[name] for name in names}, "year": number(row["year"])}


def _tie_initiatives(initiatives: Stored, stored: Stored) -> None:
    through: Any = Document.initiatives.through
    pairs = [
        (document, initiatives.id_of(row["key"]))
        for row in read_rows(SEEDS / "initiatives.csv")
        for key in row["documents"].split()
        if initiatives.is_new(row["key"]) or stored.is_new(key)
        for document in ids_of(key, stored)
    ]
    through.objects.bulk_create(
        [through(document_id=d, initiative_id=i) for d, i in pairs if i is not None],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _tie_measures(rows: list[Row], stored: Stored) -> None:
    through: Any = Document.measures.through
    known = dict(Measure.objects.filter(project__isnull=True).values_list("key", "pk"))
    pairs = [
        (stored.id_of(row["key"]), known[key])
        for row in rows
        if stored.is_new(row["key"])
        for key in row["measures"].split()
        if key in known
    ]
    through.objects.bulk_create(
        [through(document_id=d, measure_id=m) for d, m in pairs],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


# --- Programmes, earlier initiatives and who took part, as facts with their sources ---------------


# The list of partners gives NUTS codes of this vintage.
VINTAGE: Final = 2013


def load_initiatives() -> Stored:
    """Store programmes, initiatives, what continues what, and the partners of new initiatives."""
    programmes = create_missing(Programme, read_rows(SEEDS / "programmes.csv"), key="key")
    rows = read_rows(SEEDS / "initiatives.csv")
    stored = store(Initiative, [_initiative(row, programmes) for row in rows], key=("key",))
    _follow(rows, stored)
    _take_part(stored)
    return stored


def _initiative(row: Row, programmes: dict[str, int]) -> dict[str, Any]:
    start, start_precision = first_day(row["start"])
    end, end_precision = last_day(row["end"])
    return {
        "key": row["key"],
        "kind": row["kind"],
        "acronym": row["acronym"],
        "title": {DEFAULT_LANGUAGE: row["title"]},
        "programme_id": programmes.get(row["programme"]),
        "reference": row["reference"],
        "start": start,
        "start_precision": start_precision,
        "end": end,
        "end_precision": end_precision,
        "status": Initiative.Status.CLOSED if end else Initiative.Status.UNKNOWN,
        "budget_cents": cents(row["budget"]),
        "eu_cents": cents(row["eu"]),
        "countries": row["countries"],
        "source": row["source"],
        "licence": row["licence"],
        **texts(row, "topic", "note"),
    }


def _follow(rows: list[Row], stored: Stored) -> None:
    """Say of new initiatives which one they continue."""
    changed = []
    for row in rows:
        before = stored.id_of(row["follows"])
        if before and stored.is_new(row["key"]):
            initiative = stored.things[row["key"],]
            initiative.follows_id = before
            changed.append(initiative)
    Initiative.objects.bulk_update(changed, ["follows"], batch_size=BATCH)


def _take_part(stored: Stored) -> None:
    rows = [
        row for row in read_rows(SEEDS / "participations.csv") if stored.is_new(row["initiative"])
    ]
    if not rows:
        return
    regions = _regions({row["nuts"] for row in rows if row["nuts"]})
    bodies = _organisations({row["name"] for row in rows})
    new = [_participation(row, stored, regions, bodies) for row in rows]
    Participation.objects.bulk_create(new, batch_size=BATCH)


def _participation(
    row: Row, stored: Stored, regions: dict[str, int], bodies: dict[tuple[str, str], int]
) -> Participation:
    return Participation(
        initiative=stored.things[row["initiative"],],
        organisation_id=bodies.get((row["name"], row["country"])),
        body_key=body_key(row["name"], row["country"]),
        name=row["name"],
        role=row["role"],
        order=int(row["order"]),
        country=row["country"],
        town=row["town"],
        region_id=regions.get(row["nuts"]),
        given_code=row["nuts"],
    )


def _regions(codes: set[str]) -> dict[str, int]:
    """Return today's regions of older codes; none where it is not clear which one it is."""
    recoder = current_recoder()
    found = {
        code: recoder.recode(code, from_vintage=VINTAGE, to_vintage=CURRENT_VINTAGE)
        for code in codes
    }
    today = {code: recoding.code for code, recoding in found.items() if recoding.code}
    current = Region.objects.filter(
        code__in=set(today.values()),
        first_vintage__lte=CURRENT_VINTAGE,
        last_vintage__gte=CURRENT_VINTAGE,
    )
    ids = dict(current.values_list("code", "pk"))
    return {code: ids[new] for code, new in today.items() if new in ids}


def _organisations(names: set[str]) -> dict[tuple[str, str], int]:
    """Return real organisations of exactly these names, by name and country."""
    real = Organisation.objects.current().filter(is_simulated=False)
    found = real.filter(name__in=names).order_by("-pk")
    return {(name, country): pk for pk, name, country in found.values_list("pk", "name", "country")}


# --- What the initiatives did, coded once by us as far as the sources go; the rest stays empty


def load_activities(initiatives: Stored, documents: Stored, book: Codebook) -> Stored:
    """Store activities and the documents that new ones rest on."""
    rows = [
        row
        for row in read_rows(SEEDS / "activities.csv")
        if initiatives.id_of(row["initiative"]) is not None
    ]
    values = [_activities_activity(row, initiatives, book) for row in rows]
    stored = store(Activity, values, key=("initiative_id", "number"))
    _quote(rows, initiatives, documents, stored)
    return stored


def _activities_activity(row: Row, initiatives: Stored, book: Codebook) -> dict[str, Any]:
    codes = ("measure_type", "scope", "outcome_status", "source_type", "context")
    return {
        "initiative_id": initiatives.id_of(row["initiative"]),
        "number": int(row["number"]),
        **{name: row[name] for name in codes},
        "audience": row["audience"].split(),
        "payer_after": row["payer_after"].split(),
        "outcome_months": number(row["outcome_months"]),
        "output_value": float(row["output_value"]) if row["output_value"] else None,
        "state": Activity.State.ONCE,
        "codebook_id": book.pk,
        "is_seeded": True,
        **texts(row, "name", "what", "output", "output_unit"),
    }


def _quote(rows: list[Row], initiatives: Stored, documents: Stored, stored: Stored) -> None:
    new = []
    for row in rows:
        key = (initiatives.id_of(row["initiative"]), int(row["number"]))
        if stored.is_new(*key):
            new += [
                Quotation(document_id=document, activity_id=stored.id_of(*key))
                for document in ids_of(row["documents"], documents)
            ]
    Quotation.objects.bulk_create(new, batch_size=BATCH)


# --- A few lessons, each only as strong as the facts it rests on ----------------------------------


def load_lessons(initiatives: Stored, activities: Stored, documents: Stored) -> Stored:
    """Store lessons; new ones with their evidence, their sources and the measures they suggest."""
    rows = read_rows(SEEDS / "lessons.csv")
    stored = store(Lesson, [_lesson(row) for row in rows], key=("key",))
    new = [row for row in rows if stored.is_new(row["key"])]
    _bear(initiatives, activities, stored)
    _suggest(new, stored)
    Quotation.objects.bulk_create(
        Quotation(document_id=document, lesson_id=stored.id_of(row["key"]))
        for row in new
        for document in ids_of(row["documents"], documents)
    )
    return stored


def _lesson(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "measure_type": row["measure_type"],
        "verdict": row["verdict"],
        "is_published": True,
        "is_seeded": True,
        **texts(row, "statement", "condition"),
    }


def _bear(initiatives: Stored, activities: Stored, stored: Stored) -> None:
    new = [
        Bearing(activity_id=activity, lesson_id=lesson, stance=row["stance"], is_seeded=True)
        for row in read_rows(SEEDS / "bearings.csv")
        if stored.is_new(row["lesson"])
        and (lesson := stored.id_of(row["lesson"])) is not None
        and (activity := _lessons_activity(row, initiatives, activities)) is not None
    ]
    Bearing.objects.bulk_create(new)


def _lessons_activity(row: Row, initiatives: Stored, activities: Stored) -> int | None:
    return activities.id_of(initiatives.id_of(row["initiative"]), int(row["number"]))


def _suggest(rows: list[Row], stored: Stored) -> None:
    known = dict(Measure.objects.filter(project__isnull=True).values_list("key", "pk"))
    LessonMeasure.objects.bulk_create(
        LessonMeasure(lesson=stored.things[row["key"],], measure_id=known[key])
        for row in rows
        for key in row["measures"].split()
        if key in known
    )
