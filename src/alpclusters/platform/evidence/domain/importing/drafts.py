"""What a project of a source would store: values of our models, before anything is looked up."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.platform.actors.domain.importing.places import Gazetteer
from alpclusters.platform.evidence.domain.initiatives.bodies import body_key
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.sources.project_records import SourceParticipation, SourceProject
from alpclusters.sources.project_spool import SpooledProject
from alpclusters.sources.records import Note

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
