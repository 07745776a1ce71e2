"""The tables of the data package: columns, types, keys, and what they mean (Table Schema)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.platform.evidence.domain.codebook.editing import TEXTS
from alpclusters.platform.evidence.models import (
    Activity,
    Initiative,
    Lesson,
    Participation,
    Programme,
    SourceType,
    Stance,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Standing

TEXT: Final = "string"
WHOLE: Final = "integer"
NUMBER: Final = "number"
YES_NO: Final = "boolean"
DAY: Final = "date"
YEAR: Final = "year"
LIST: Final = "array"
OBJECT: Final = "object"


@dataclass(frozen=True, slots=True)
class Field:
    """A column; ``among`` are all values it may have."""

    name: str
    kind: str = TEXT
    means: str = ""
    is_required: bool = False
    among: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the descriptor of Table Schema."""
        limits: dict[str, Any] = {}
        if self.is_required:
            limits["required"] = True
        if self.among:
            limits["enum"] = list(self.among)
        facts = {"description": self.means, "constraints": limits}
        return {"name": self.name, "type": self.kind, **{k: v for k, v in facts.items() if v}}


@dataclass(frozen=True, slots=True)
class Tie:
    """A foreign key."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the descriptor of Table Schema."""
        return {
            "fields": list(self.fields),
            "reference": {"resource": self.table, "fields": list(self.to)},
        }


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table of the package."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    ties: tuple[Tie, ...] = field(default=())

    @property
    def columns(self) -> list[str]:
        """The names of the columns in their order."""
        return [one.name for one in self.fields]

    def as_json(self) -> dict[str, Any]:
        """Return the descriptor of Table Schema."""
        return {
            "fields": [one.as_json() for one in self.fields],
            "primaryKey": list(self.key),
            "foreignKeys": [tie.as_json() for tie in self.ties],
            "missingValues": [""],
        }


def _key(name: str, means: str) -> Field:
    return Field(name, TEXT, means, is_required=True)


def _texts(*names: str) -> Iterator[Field]:
    """A translated text is a column per language; nobody translated the empty ones."""
    for name in names:
        for code in LANGUAGE_CODES:
            yield Field(f"{name}_{code}", TEXT, f"{name}, {code}")


def _among(name: str, values: Sequence[str], means: str = "", *, empty: bool = False) -> Field:
    return Field(name, TEXT, means, is_required=not empty, among=tuple(values))


def _to(name: str, table: str, column: str = "key") -> Tie:
    return Tie((name,), table, (column,))


CENTS: Final = "in cents of the currency; empty is unknown, which is not zero"
PAGE: Final = "counted from 1 as the leaves of the document"

PROGRAMMES: Final = TableSchema(
    "programmes",
    "Funding programmes in one period",
    (
        _key("key", "permanent key"),
        Field("name", is_required=True),
        Field("period", TEXT, "first and last year; empty where the source names none"),
        _among("family", Programme.Family.values, "whose money it is"),
    ),
    ("key",),
)

INITIATIVES: Final = TableSchema(
    "initiatives",
    "Earlier initiatives",
    (
        _key("key", "permanent key, part of the address"),
        Field("address", TEXT, "permanent address", is_required=True),
        _among("kind", Initiative.Kind.values, "lines and calls of programmes are no evidence"),
        Field("acronym", is_required=True),
        *_texts("title", "topic", "aims", "note"),
        Field("programme", TEXT, "key of the programme"),
        Field("call"),
        Field("reference", TEXT, "number of the grant"),
        Field("start", DAY),
        _among("start_precision", Initiative.Precision.values, "how exactly it is known"),
        Field("end", DAY, "of the funding"),
        _among("end_precision", Initiative.Precision.values, "how exactly it is known"),
        _among("status", Initiative.Status.values, "of the funding"),
        Field("budget_cents", WHOLE, CENTS),
        Field("eu_cents", WHOLE, CENTS),
        Field("currency", TEXT, "ISO 4217"),
        Field("countries", LIST, "ISO 3166-1 alpha-2, as the source gives them"),
        Field("sectors", LIST, "NACE Rev. 2"),
        Field("keywords", LIST, "as the source gives them"),
        Field("follows", TEXT, "key of the initiative that it continues"),
        Field("family", TEXT, "key of the first initiative of those that count as one"),
        Field("website"),
        Field("source", TEXT, "where the facts come from"),
        Field("licence", TEXT, "of the texts, as the source states it"),
        _among("standing", Standing.values, "whether somebody confirmed it"),
        Field("is_simulated", YES_NO, "invented for demonstration", is_required=True),
    ),
    ("key",),
    (_to("programme", "programmes"), _to("follows", "initiatives"), _to("family", "initiatives")),
)

PARTICIPATIONS: Final = TableSchema(
    "participations",
    "Bodies in initiatives, as the source names them",
    (
        _key("initiative", "key"),
        Field("number", WHOLE, "counted within the initiative", is_required=True),
        Field("body", TEXT, "the same for the same body wherever it takes part", is_required=True),
        Field("name", is_required=True),
        _among("role", Participation.Role.values),
        Field("country", TEXT, "ISO 3166-1 alpha-2"),
        Field("town"),
        Field("region", TEXT, "code of NUTS"),
        Field("budget_cents", WHOLE, CENTS),
        Field("eu_cents", WHOLE, CENTS),
        Field("has_left", YES_NO, is_required=True),
        Field("organisation", WHOLE, "number in the directory of AlpClusters"),
    ),
    ("initiative", "number"),
    (_to("initiative", "initiatives"),),
)

DOCUMENTS: Final = TableSchema(
    "documents",
    "Sources",
    (
        _key("key", "permanent key, part of the address"),
        Field("address", TEXT, "permanent address of the entry", is_required=True),
        Field("title", is_required=True),
        Field("authors", TEXT, "divided by semicolons, as the source names them"),
        Field("year", YEAR),
        _among("source_type", SourceType.values, "who says it"),
        Field("language", TEXT, "ISO 639-1; mul for several"),
        Field("licence"),
        Field("is_open", YES_NO, "whether the file may be passed on", is_required=True),
        Field("original", TEXT, "address of the source itself"),
        Field("locator", TEXT, "where it was found, without a full address"),
        Field("read_on", DAY),
        Field("pages", WHOLE, "0: no file was read"),
        Field("file", TEXT, "path in this package; only of open documents"),
        Field("sha256", TEXT, "of the file"),
        _among("standing", Standing.values, "whether somebody confirmed it"),
        Field("is_simulated", YES_NO, "invented for demonstration", is_required=True),
    ),
    ("key",),
)

DOCUMENT_INITIATIVES: Final = TableSchema(
    "document_initiatives",
    "What a source is about",
    (_key("document", "key"), _key("initiative", "key")),
    ("document", "initiative"),
    (_to("document", "documents"), _to("initiative", "initiatives")),
)

MEASURES: Final = TableSchema(
    "measures",
    "Measures: the types of the catalogue, and published proposals of projects",
    (
        _key("key", "permanent key, part of the address"),
        Field("address", TEXT, "permanent address", is_required=True),
        Field("measure_type", TEXT, "code", is_required=True),
        *_texts("name"),
    ),
    ("key",),
)

DOCUMENT_MEASURES: Final = TableSchema(
    "document_measures",
    "Measures that a source describes",
    (_key("document", "key"), _key("measure", "key")),
    ("document", "measure"),
    (_to("document", "documents"), _to("measure", "measures")),
)

CODEBOOKS: Final = TableSchema(
    "codebooks",
    "Published versions of the codebook",
    (
        Field("number", WHOLE, "of the version", is_required=True),
        Field("published_on", DAY),
        *_texts("note"),
        Field("recodes", LIST, "how codes of the version before are read in this one"),
    ),
    ("number",),
)

CODES: Final = TableSchema(
    "codes",
    "Codes with definitions and examples",
    (
        Field("codebook", WHOLE, "number of the version", is_required=True),
        _key("field", "column of the activities"),
        _key("key", "value in that column"),
        Field("order", WHOLE),
        *_texts(*TEXTS),
        Field("is_retired", YES_NO, "no longer chosen", is_required=True),
    ),
    ("codebook", "field", "key"),
    (_to("codebook", "codebooks", "number"),),
)

ACTIVITIES: Final = TableSchema(
    "activities",
    "What initiatives did, coded",
    (
        _key("key", "initiative and number"),
        Field("address", TEXT, "permanent address", is_required=True),
        _key("initiative", "key"),
        Field("number", WHOLE, "counted within the initiative", is_required=True),
        *_texts("name", "what", "output"),
        Field("output_value", NUMBER),
        *_texts("output_unit", "result"),
        Field("regions", LIST, "codes of NUTS"),
        Field("measure_type", TEXT, "code"),
        Field("scope", TEXT, "code"),
        Field("audience", LIST, "codes"),
        _among("outcome_status", Activity.Outcome.values, "after the funding", empty=True),
        Field("outcome_months", WHOLE, "after the funding, last known alive or first known dead"),
        Field("payer_after", LIST, "codes"),
        Field("source_type", TEXT, "code"),
        Field("context", TEXT, "code"),
        Field("success_factors", LIST, "codes"),
        Field("failure_reasons", LIST, "codes"),
        _among("state", [s for s in Activity.State.values if s != "open"], "of the coding"),
        Field("codebook", WHOLE, "number of the version"),
        Field("is_seeded", YES_NO, "coded once from public pages", is_required=True),
        Field("is_simulated", YES_NO, "invented for demonstration", is_required=True),
    ),
    ("key",),
    (_to("initiative", "initiatives"), _to("codebook", "codebooks", "number")),
)

CODINGS: Final = TableSchema(
    "codings",
    "What each coder chose, of activities coded twice and settled",
    (
        _key("activity", "key"),
        Field("place", WHOLE, "first or second coder", is_required=True),
        _key("field", "column of the activities"),
        Field("coder", WHOLE, "a number that means a person within this package only"),
        Field("codebook", WHOLE, "number of the version", is_required=True),
        Field("value", LIST, "codes or a number; nothing in the list: nothing applies"),
    ),
    ("activity", "place", "field"),
    (_to("activity", "activities"), _to("codebook", "codebooks", "number")),
)

SETTLEMENTS: Final = TableSchema(
    "settlements",
    "How differences between coders were settled",
    (
        _key("activity", "key"),
        _key("field", "column of the activities"),
        Field("value", LIST, "codes or a number that stand now"),
        Field("is_joint", YES_NO, "by both coders, not by a third person", is_required=True),
    ),
    ("activity", "field"),
    (_to("activity", "activities"),),
)

LESSONS: Final = TableSchema(
    "lessons",
    "What follows from activities",
    (
        _key("key", "permanent key, part of the address"),
        Field("address", TEXT, "permanent address", is_required=True),
        *_texts("statement"),
        _among("verdict", Lesson.Verdict.values),
        *_texts("condition", "answer"),
        Field("measure_type", TEXT, "code"),
        _among("grade", Lesson.Grade.values, "certainty, computed by our own rule"),
        Field("grading", OBJECT, "what the computed grade rests on"),
        _among(
            "own_grade",
            Lesson.Grade.values,
            "as a person judged it, while the evidence stays the same",
            empty=True,
        ),
        Field("own_grade_reason"),
        Field("is_seeded", YES_NO, is_required=True),
        Field("is_simulated", YES_NO, "invented for demonstration", is_required=True),
    ),
    ("key",),
)

BEARINGS: Final = TableSchema(
    "bearings",
    "Activities that speak for or against a lesson",
    (_key("activity", "key"), _key("lesson", "key"), _among("stance", Stance.values)),
    ("activity", "lesson"),
    (_to("activity", "activities"), _to("lesson", "lessons")),
)

LESSON_MEASURES: Final = TableSchema(
    "lesson_measures",
    "Measures that a lesson suggests",
    (_key("lesson", "key"), _key("measure", "key"), Field("note")),
    ("lesson", "measure"),
    (_to("lesson", "lessons"), _to("measure", "measures")),
)

QUOTATIONS: Final = TableSchema(
    "quotations",
    "Places in sources on which an activity or a lesson rests",
    (
        Field("number", WHOLE, "counted within this package", is_required=True),
        _key("document", "key"),
        Field("activity", TEXT, "key"),
        Field("lesson", TEXT, "key"),
        Field("page", WHOLE, PAGE),
        Field("page_end", WHOLE, PAGE),
        Field("field", TEXT, "column of the activities whose answer the place shows"),
        Field("words", TEXT, "a few words to find the place"),
    ),
    ("number",),
    (
        _to("document", "documents"),
        _to("activity", "activities"),
        _to("lesson", "lessons"),
    ),
)

TABLES: Final[tuple[TableSchema, ...]] = (
    PROGRAMMES, INITIATIVES, PARTICIPATIONS, DOCUMENTS, DOCUMENT_INITIATIVES, MEASURES,
    DOCUMENT_MEASURES, CODEBOOKS, CODES, ACTIVITIES, CODINGS, SETTLEMENTS, LESSONS, BEARINGS,
    LESSON_MEASURES, QUOTATIONS,
)  # fmt: skip
