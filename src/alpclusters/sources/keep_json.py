"""Cooperation projects as keep.eu's interface hands them out: JSON with their partnerships."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.json_items import json_items
from alpclusters.sources.keep import LICENCE, SOURCE
from alpclusters.sources.keep_projects import family_of, split_code
from alpclusters.sources.organisation_fields import (
    clean,
    country_of,
    is_natural_person,
    website_of,
)
from alpclusters.sources.organisation_records import id_from_name
from alpclusters.sources.project_reading import MAX_NAME, MAX_TOWN, ProjectReading, themes_of, told
from alpclusters.sources.project_records import (
    Money,
    Refused,
    Role,
    SourceParticipation,
    SourceProject,
    Status,
    Thing,
)
from alpclusters.sources.project_values import (
    acronym_of,
    date_of,
    money_of,
    period_of,
    plain_text,
    without_period,
)
from alpclusters.sources.records import Note
from alpclusters.sources.streams import TextStream, open_text

LISTS: Final = frozenset(("projects", "results", "programmes", "data"))
HEADER: Final = ("id", "acronym", "programme", "period")
_TEXTS: Final = {
    "aims": ("description",),
    "expected": ("expected_results", "expected_outputs"),
    "achieved": ("achievements", "delivered_outputs"),
}
_STATUS: Final[Mapping[str, Status]] = {
    "closed": "closed",
    "completed": "closed",
    "ongoing": "running",
    "running": "running",
    "approved": "running",
    "terminated": "terminated",
    "cancelled": "terminated",
}
_ROLES: Final[Mapping[str, Role]] = {
    "lead": "lead",
    "associated": "associated",
    "third_party": "third_party",
}


def read_json_projects(
    source: Path, *, name: str | None = None, natural_persons: bool = False
) -> ProjectReading:
    """Open the projects of a JSON file: a list, the answer of a search, or programmes with them.

    Parameters
    ----------
    source : Path
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether partners whose legal form is that of one person are taken.

    Raises
    ------
    FileFormatError
        No such file, no JSON, or no project at its beginning.
    """
    text = open_text(source, name=name or source.name)
    first = next(_projects(text), None)
    if first is None or not {"acronym", "partnerships"} & first.keys():
        code = "project.no_list"
        raise FileFormatError(code, where=Where(file=text.file), expected="acronym, partnerships")
    things = partial(_things, text, natural_persons=natural_persons)
    return ProjectReading(
        SOURCE, LICENCE, text.file, text.sha256, text.n_bytes, HEADER, things, text.notes
    )


def _projects(text: TextStream) -> Iterator[dict[str, Any]]:
    for item in json_items(text, lists=LISTS):
        inside = item.get("projects")
        if isinstance(inside, list):
            programme = {"id": item.get("id"), "title": item.get("title") or item.get("name")}
            for one in inside:
                yield {"programme": programme, **one} if isinstance(one, dict) else {"": one}
        else:
            yield item


def _things(text: TextStream, *, natural_persons: bool) -> Iterator[Thing]:
    for place, item in enumerate(_projects(text), start=1):
        reading = _Item(item, text.file, place)
        try:
            project = reading.project()
        except RecordError as error:
            error.cells = tuple(reading.text(name) for name in HEADER)
            yield Refused("project", error)
            continue
        yield project
        for order, one in enumerate(_listed(item.get("partnerships")), start=1):
            try:
                yield reading.partner(one, order, natural_persons=natural_persons)
            except RecordError as error:
                yield Refused("participation", error)


class _Item:
    """One project as an object."""

    def __init__(self, item: Mapping[str, Any], file: str, place: int) -> None:
        self._item, self._file, self._place = item, file, place
        self._notes: list[Note] = []

    def text(self, name: str) -> str:
        """Return a value as text; that of an object is its title or name."""
        return _line(self._item.get(name))

    def project(self) -> SourceProject:
        """Read the project.

        Raises
        ------
        RecordError
            It has no number, or neither acronym nor title.
        """
        number = self.text("id")
        if not number.isdecimal():
            raise self._error("project.bad_id", "id", number, expected="40001")
        titles, texts = self._texts()
        code, acronym = split_code(self.text("acronym"))
        acronym = acronym_of(acronym, next(iter(titles.values()), ""))
        if not acronym:
            raise self._error("organisation.empty", "acronym", "")
        programme = self._item.get("programme")
        title = _line(programme)
        return SourceProject(
            key=number,
            acronym=acronym,
            line=self._place,
            titles=titles,
            programme=without_period(title),
            period=_period(programme, title),
            family=family_of(title),
            reference=(self.text("project_id") or code)[:60],
            start=date_of(self.text("start_date")[:10]),
            end=date_of(self.text("end_date")[:10]),
            status=_STATUS.get(self.text("status").casefold(), "unknown"),
            budget=self._money("total_budget", self._item),
            eu=self._money("eu_funding", self._item),
            themes=themes_of(*map(_line, _listed(self._item.get("themes")))),
            texts=texts,
            website=self._website(),
            notes=tuple(self._notes),
        )

    def _texts(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        titles: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {kind: {} for kind in _TEXTS}
        given = self._item.get("translations")
        for language, values in given.items() if isinstance(given, dict) else ():
            if not isinstance(values, dict):
                continue
            key = str(language)[:2].casefold()
            titles[key] = _line(values.get("name"))
            for kind, names in _TEXTS.items():
                texts[kind][key] = "\n\n".join(filter(None, (_long(values, n) for n in names)))
        return told(titles), {kind: told(by) for kind, by in texts.items() if told(by)}

    def _website(self) -> str:
        given = self.text("website")
        found = website_of(given) if given else ""
        if found is None or len(found) > MAX_NAME:
            self._notes.append(Note("organisation.no_website", {"given": shown(given)}))
            return ""
        return found

    def _money(self, name: str, values: Mapping[str, Any]) -> Money | None:
        """Return an amount; nothing, nought and a number are three different things."""
        given = _line(values.get(name))
        found = money_of(given, comma_is_decimal=False) if given else None
        if given and found is None:
            values = {"column": name, "given": shown(given)}
            self._notes.append(Note("organisation.left_out", values))
        return found

    def partner(self, given: Any, order: int, *, natural_persons: bool) -> SourceParticipation:
        """Read a partnership.

        Raises
        ------
        RecordError
            It has no name, or that of a single person.
        """
        one = given if isinstance(given, dict) else {}
        body = one.get("partner")
        name = _line(body)
        if not name:
            raise self._error("organisation.empty", "partner", "")
        country = country_of(_line(one.get("country"))) or ""
        town, role = _line(one.get("town")), _line(one.get("type")).casefold()
        if not natural_persons and is_natural_person(name, country):
            raise self._error("organisation.natural_person", "partner", name)
        known = _numbers(one, body)
        by_name = ("keep-name", id_from_name(name, country, town))
        first = f"{known[0][0]}:{known[0][1]}" if known else f"name:{by_name[1]}"
        return SourceParticipation(
            project_key=self.text("id"),
            organisation_key=first,
            identity=_line(one.get("id")) or f"{first}|{role}|{order}",
            name=name[:MAX_NAME],
            line=self._place,
            country=country,
            town=town[:MAX_TOWN],
            role=_ROLES.get(role, "partner"),
            order=order,
            nuts=_line(one.get("nuts3") or one.get("nuts2")),
            budget=self._money("total_budget", one),
            eu=self._money("co_financing_eur", one),
            known_as=(*known, by_name),
        )

    def _error(
        self, code: str, name: str, found: str, *, expected: str | None = None
    ) -> RecordError:
        where = Where(file=self._file, line=self._place, field=name)
        return RecordError(code, where=where, found=found, expected=expected)


def _numbers(one: Mapping[str, Any], body: Any) -> tuple[tuple[str, str], ...]:
    pic = _line(one.get("pic"))
    number = _line(body.get("id")) if isinstance(body, dict) else ""
    pairs = (("pic", pic if len(pic) == 9 and pic.isdecimal() else ""), ("keep", number))  # noqa: PLR2004 - of a PIC
    return tuple((scheme, value) for scheme, value in pairs if value)


def _period(programme: Any, title: str) -> str:
    given = _line(programme.get("period")) if isinstance(programme, dict) else ""
    return period_of(given) or period_of(title)


def _line(value: Any) -> str:
    """Return a value in one line; of an object its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return " ".join(plain_text(clean(str(value))).split())


def _long(values: Mapping[str, Any], name: str) -> str:
    given = values.get(name)
    return plain_text(given) if isinstance(given, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
