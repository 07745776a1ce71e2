"""What a project of a source would store: values of our models, before anything is looked up."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from alpclusters.analysis.errors import RecordError
from alpclusters.platform.actors.domain.importing.places import Gazetteer
from alpclusters.platform.actors.domain.importing.reports import Outcome
from alpclusters.platform.evidence.domain.initiatives.partners import body_key
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.sources import cordis, keep, kohesio, project_tables
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_records import SourceParticipation, SourceProject
from alpclusters.sources.project_sources import TABLE
from alpclusters.sources.project_spool import SpooledProject
from alpclusters.sources.records import Licence, Note

MAX_TITLE: Final = 400
MAX_AIMS: Final = 20_000
MAX_KEY: Final = 160
MAX_COUNTRIES: Final = 200
MAX_ORDER: Final = 32_000
# Bodies with a number of a source; others are known by name and country.
_NUMBERED: Final = ("pic:", "keep:", "kohesio:")


@dataclass(frozen=True, slots=True)
class ProgrammeName:
    """A programme as a source names it."""

    name: str
    period: str
    family: str


@dataclass(slots=True)
class Body:
    """A participation in the words of our model.

    Attributes
    ----------
    values : dict
        Fields of `Participation`, without the initiative and the organisation.
    known_as : tuple of (scheme, value)
        Numbers by which the organisation may be known.
    """

    values: dict[str, Any]
    known_as: tuple[tuple[str, str], ...]

    @property
    def identity(self) -> tuple[str, str, int]:
        """Tells the bodies of one initiative apart."""
        return self.values["body_key"], self.values["role"], self.values["order"]


@dataclass(slots=True)
class Draft:
    """One project in the words of our models.

    Attributes
    ----------
    number : int
        Its place in the spool.
    line : int
    key : str
        Finds it again within its source.
    name : str
    values : dict
        Fields of `Initiative`; of a text each language as its input is called.
    programme : ProgrammeName or None
    bodies : list of Body
    address : str
        Where the source shows it.
    notes : list of Note
    n_rows : int
    digest : str
        Of everything that was read.
    """

    number: int
    line: int
    key: str
    name: str
    values: dict[str, Any]
    programme: ProgrammeName | None
    bodies: list[Body]
    address: str
    notes: list[Note] = field(default_factory=list)
    n_rows: int = 1
    digest: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the list of taken projects."""
        programme = self.programme.name if self.programme else ""
        period = self.programme.period if self.programme else ""
        countries = str(self.values.get("countries", ""))
        return self.key, self.name, programme, period, countries, str(len(self.bodies))


def draft_of(one: SpooledProject, gazetteer: Gazetteer) -> Draft:
    """Turn a project with its participations into a draft."""
    project, notes = one.project, list(one.project.notes)
    bodies = _bodies(one.participations, gazetteer, notes)
    digest = hashlib.blake2b(one.content.encode("utf-8", "surrogatepass"), digest_size=32)
    return Draft(
        number=one.number,
        line=project.line,
        key=project.key[:MAX_KEY],
        name=project.acronym,
        values=_values(project, one.participations, notes),
        programme=_programme(project),
        bodies=bodies,
        address=project.address,
        notes=list({(n.code, *sorted(n.values.items())): n for n in notes}.values()),
        n_rows=one.n_rows,
        digest=digest.hexdigest(),
    )


def _values(
    project: SourceProject, bodies: Iterable[SourceParticipation], notes: list[Note]
) -> dict[str, Any]:
    money = project.budget or project.eu
    values: dict[str, Any] = {
        "acronym": project.acronym,
        **_texts("title", project.titles, MAX_TITLE, notes),
        **_texts("aims", project.texts.get("aims", {}), MAX_AIMS, notes),
        "call": project.call,
        "reference": project.reference,
        "start": project.start,
        "end": project.end,
        "status": project.status,
        "budget_cents": project.budget.cents if project.budget else None,
        "eu_cents": project.eu.cents if project.eu else None,
        "currency": money.currency if money else "",
        "countries": _countries(project, bodies),
        "keywords": list(project.themes),
        "website": project.website,
    }
    # An empty cell takes nothing away, so it is not even said.
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _texts(name: str, texts: Mapping[str, str], most: int, notes: list[Note]) -> dict[str, str]:
    """Return texts by our languages; one whose language nobody knows stands as English."""
    ours = {code: texts[code] for code in LANGUAGE_CODES if texts.get(code)}
    if not ours and texts:
        ours = {"en": texts.get("") or next(iter(texts.values()))}
    if any(len(text) > most for text in ours.values()):
        notes.append(Note("project.cut", {"column": name, "most": most}))
    return {input_name(name, code): _cut(text, most) for code, text in ours.items()}


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _countries(project: SourceProject, bodies: Iterable[SourceParticipation]) -> str:
    """Return the countries in order, that of the lead first, as many as can be kept."""
    given = [body.country for body in bodies] + [country for country, _ in project.places]
    text = " ".join(dict.fromkeys(filter(None, given)))
    return text if len(text) <= MAX_COUNTRIES else text[:MAX_COUNTRIES].rsplit(" ", 1)[0]


def _programme(project: SourceProject) -> ProgrammeName | None:
    if not project.programme:
        return None
    return ProgrammeName(project.programme[:160], project.period, project.family or "other_eu")


def _bodies(
    given: Iterable[SourceParticipation], gazetteer: Gazetteer, notes: list[Note]
) -> list[Body]:
    bodies: list[Body] = []
    taken: set[tuple[str, str, int]] = set()
    for one in given:
        body = _body(one, gazetteer, notes)
        while body.identity in taken:
            body.values["order"] += 1
        taken.add(body.identity)
        bodies.append(body)
        notes += one.notes
    return bodies


def _body(one: SourceParticipation, gazetteer: Gazetteer, notes: list[Note]) -> Body:
    has_number = one.organisation_key.startswith(_NUMBERED)
    values: dict[str, Any] = {
        "body_key": one.organisation_key if has_number else body_key(one.name, one.country),
        "name": one.name,
        "role": one.role,
        "order": min(one.order, MAX_ORDER),
        "country": one.country,
        "town": one.town,
        "region_id": None,
        "given_code": "",
        "budget_cents": one.budget.cents if one.budget else None,
        "eu_cents": one.eu.cents if one.eu else None,
        "has_left": one.ended,
    }
    if one.nuts:
        place = gazetteer.find(one.nuts, one.country)
        values["region_id"], values["given_code"] = place.region_id, place.given_code[:8]
        notes += place.notes
    return Body(values, one.known_as)


# --- What a person chose for a whole list of projects ---------------------------------------------


LICENCES: Final[Mapping[str, Licence]] = {
    "cordis": cordis.LICENCE,
    "keep": keep.LICENCE,
    "kohesio": kohesio.LICENCE,
    TABLE: project_tables.LICENCE,
}
SOURCE_NAMES: Final = {"cordis": "CORDIS", "keep": "keep.eu", "kohesio": "Kohesio"}
# The countries of the Alps, the first choice where a person chooses on a page.
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")


@dataclass(frozen=True, slots=True)
class ProjectChoices:
    """What a person chose; all of it has a default.

    Attributes
    ----------
    kind : str
        cordis, keep, kohesio or table.
    report_folder : str
        Where the lists of rows go; empty takes one beside the upload.
    language : str
        Of reasons and notes.
    wanted : ProjectFilter
        Which projects are stored.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    is_published : bool
        Whether new initiatives are shown to the public.
    is_simulated : bool
    is_whole : bool or None
        Whether the file lists all projects of its programmes, so that one that is missing is gone;
        None takes what is known of the source.
    """

    kind: str = TABLE
    report_folder: str = ""
    language: str = "en"
    wanted: ProjectFilter = field(default_factory=ProjectFilter)
    natural_persons: bool = False
    is_published: bool = True
    is_simulated: bool = False
    is_whole: bool | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the choices for JSON."""
        return {**asdict(self), "wanted": self.wanted.as_record()}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read choices back from JSON."""
        given = {name: record[name] for name in cls.__dataclass_fields__ if name in record}
        return cls(**{**given, "wanted": ProjectFilter.of(given.get("wanted", {}))})


# --- What became of the projects of a list: counts that add up, and the fate of single ones -------


COUNTS: Final = ("created", "updated", "unchanged", "rejected")


@dataclass(slots=True)
class Fate:
    """One project, or a row that is none, and what became of it.

    Attributes
    ----------
    outcome : Outcome
    draft : Draft or None
        None for a rejected row.
    error : RecordError or None
    notes : list of Note
    """

    outcome: Outcome
    draft: Draft | None = None
    error: RecordError | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where the row stands."""
        if self.draft is not None:
            return self.draft.line
        return (self.error.where.line if self.error else None) or 0


@dataclass(slots=True)
class Tally:
    """Counts of an import; ``read`` is always the sum of the other four."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """All rows that the filter let through."""
        return self.created + self.updated + self.unchanged + self.rejected

    def add(self, fates: Iterable[Fate]) -> None:
        """Count some projects; further rows of one that is listed above are unchanged."""
        for fate in fates:
            setattr(self, fate.outcome.value, getattr(self, fate.outcome.value) + 1)
            self.notes.update(note.code for note in fate.notes)
            n_rows = fate.draft.n_rows if fate.draft else 1
            if n_rows > 1:
                self.unchanged += n_rows - 1
                self.notes["project.repeat"] += n_rows - 1
            if fate.error is not None:
                self.reasons[fate.error.code] += 1

    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        return {"read": self.read, **{name: getattr(self, name) for name in COUNTS}}
