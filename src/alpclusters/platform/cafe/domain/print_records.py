"""What is printed for an AlpCafé, as frozen records: all words in their languages, no layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from django.conf import settings

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.scales import Scale
from alpclusters.platform.cafe.domain.agendas import Slot, agenda_of
from alpclusters.platform.cafe.domain.host_links import host_address
from alpclusters.platform.cafe.domain.keys import MARK, derive_link, ensure_key
from alpclusters.platform.cafe.domain.papers import has_second_sheets
from alpclusters.platform.cafe.domain.plan_records import Word, tables_in_need, words_of
from alpclusters.platform.cafe.domain.seat_plans import current_plan
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Guest, Table
from alpclusters.platform.measures.domain.pictures import picture_path
from alpclusters.platform.measures.models import Measure

type Words = Mapping[str, str]
"""One text by language; languages without the text are missing."""


@dataclass(frozen=True, slots=True)
class PrintTable:
    """A table as its sign shows it.

    Attributes
    ----------
    host_address : str
        What opens the screen of its host: on the host's sheet only, for it lets anybody act.
    """

    number: int
    measure: Words
    topic: Words
    host: str
    languages: tuple[str, ...]
    way: str
    is_quiet: bool
    is_accessible: bool
    host_address: str = ""


@dataclass(frozen=True, slots=True)
class PrintGuest:
    """A place in the rotation; ``tables`` has a number per round, None where there is none."""

    number: int
    name: str
    languages: tuple[str, ...]
    tables: tuple[int | None, ...]
    is_spare: bool
    needs_access: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PrintMeasure:
    """A measure that is presented and rated."""

    key: str
    names: Words
    texts: Words
    reported: Words
    source: str
    # A JPEG with what it shows and its source; without one all three are empty.
    picture: bytes = b""
    picture_shows: Words = field(default_factory=dict)
    picture_credit: str = ""


@dataclass(frozen=True, slots=True)
class PrintCriterion:
    """A criterion of the sheet and the steps that people cross."""

    names: Words
    questions: Words
    scale: Scale


@dataclass(frozen=True, slots=True)
class EventPrint:
    """Everything that the printed material of an AlpCafé says.

    Attributes
    ----------
    join_address : str
        What people type who have no camera.
    qr_address : str
        What the QR code holds; the secret stands behind ``#`` and reaches no server log.
    questions : tuple of Words
        One per round, empty where none was written.
    interpreters : tuple of mapping of str to tuple of int
        Per round the tables that need an interpreter, by language.
    sheets : tuple of str
        Numbers of paper rating sheets.
    """

    title: Words
    place: str
    region: Words
    project: str
    held_on: date
    starts_at: time | None
    languages: tuple[str, ...]
    code: str
    join_address: str
    qr_address: str
    n_rounds: int
    minutes_per_round: int
    minutes_to_change: int
    questions: tuple[Words, ...]
    tables: tuple[PrintTable, ...]
    guests: tuple[PrintGuest, ...]
    measures: tuple[PrintMeasure, ...]
    criteria: tuple[PrintCriterion, ...]
    steps: tuple[Slot, ...]
    interpreters: tuple[Mapping[str, tuple[int, ...]], ...]
    has_second_rating: bool
    has_top_three: bool
    top_three_points: tuple[int, ...]
    is_simulated: bool
    sheets: tuple[str, ...] = ()


# --- Read what is printed for an AlpCafé in a fixed number of queries -----------------------------


# Where phones join; the addresses themselves belong to the layer above.
JOIN_PATH: Final = "/cafe/"


def read_event(cafe: AlpCafe, *, sheets: tuple[str, ...] = ()) -> EventPrint:
    """Return everything that is printed for an AlpCafé as it stands now.

    Raises
    ------
    StateError
        ``cafe.sealed``: its key is destroyed, and no code leads into it any more.
    """
    if cafe.is_sealed:
        raise StateError("cafe.sealed")
    tables = list(cafe.tables.filter(is_open=True).select_related("cafe", "measure"))
    guests = list(cafe.guests.filter(left_after__isnull=True))
    words = _words_of_plan(cafe)
    join_address = settings.CONFIGURATION.address + JOIN_PATH
    return EventPrint(
        title=cafe.title.by_language,
        place=cafe.place,
        region=cafe.region.name.by_language,
        project=cafe.project.acronym,
        held_on=cafe.held_on,
        starts_at=cafe.starts_at,
        languages=tuple(cafe.languages),
        code=cafe.shown_code,
        join_address=join_address,
        qr_address=f"{join_address}#{cafe.pk}{MARK}{_secret(cafe)}",
        n_rounds=cafe.n_rounds,
        minutes_per_round=cafe.minutes_per_round,
        minutes_to_change=cafe.minutes_to_change,
        questions=_questions(cafe),
        tables=tuple(_table(table) for table in tables),
        guests=_guests(cafe, guests, words),
        measures=_measures(cafe),
        criteria=_criteria(cafe),
        steps=tuple(agenda_of(cafe)),
        interpreters=_interpreters(cafe, guests, tables, words),
        has_second_rating=has_second_sheets(cafe),
        has_top_three=cafe.has_top_three,
        top_three_points=tuple(cafe.top_three_points),
        is_simulated=cafe.is_simulated,
        sheets=sheets,
    )


def _secret(cafe: AlpCafe) -> str:
    key = ensure_key(settings.HOME, cafe.pk)
    return derive_link(key, role="qr", epoch=cafe.link_epoch)


def _questions(cafe: AlpCafe) -> tuple[Words, ...]:
    known = {question.round_index: question for question in cafe.questions.all()}
    return tuple(
        known[index].text.by_language if index in known else {}
        for index in range(1, cafe.n_rounds + 1)
    )


def _table(table: Table) -> PrintTable:
    return PrintTable(
        number=table.number,
        measure=table.measure.name.by_language if table.measure else {},
        topic=table.topic.by_language,
        host=table.host_name,
        languages=tuple(table.languages),
        way=table.way,
        is_quiet=table.is_quiet,
        is_accessible=table.is_accessible,
        host_address=host_address(table),
    )


def _words_of_plan(cafe: AlpCafe) -> Mapping[int, Word]:
    plan = current_plan(cafe)
    return words_of(plan.data) if plan else {}


def _words_before(cafe: AlpCafe) -> Mapping[int, Word] | None:
    """Return the plan before the current one; None where there was none."""
    older = cafe.seat_plans.filter(is_current=False).first()
    return words_of(older.data) if older else None


def _guests(
    cafe: AlpCafe, guests: list[Guest], words: Mapping[int, Word]
) -> tuple[PrintGuest, ...]:
    before = _words_before(cafe)
    return tuple(
        PrintGuest(
            number=guest.number,
            name=guest.name,
            languages=tuple(guest.languages),
            tables=tuple(words.get(guest.number, ())),
            is_spare=guest.is_spare,
            needs_access=guest.needs_access,
            is_changed=before is None or before.get(guest.number) != words.get(guest.number),
        )
        for guest in guests
    )


def _measures(cafe: AlpCafe) -> tuple[PrintMeasure, ...]:
    rows = cafe.cafe_measures.select_related("measure")
    return tuple(_measure(row.measure) for row in rows)


def _measure(measure: Measure) -> PrintMeasure:
    path = picture_path(measure)
    return PrintMeasure(
        key=measure.key,
        names=measure.name.by_language,
        texts=measure.description.by_language,
        reported=measure.reported_note.by_language,
        source=measure.reported_source,
        picture=path.read_bytes() if path else b"",
        picture_shows=measure.picture_alt.by_language,
        picture_credit=measure.picture_credit,
    )


def _criteria(cafe: AlpCafe) -> tuple[PrintCriterion, ...]:
    rows = cafe.cafe_criteria.select_related("criterion")
    return tuple(_criterion(row.criterion) for row in rows)


def _criterion(criterion: Criterion) -> PrintCriterion:
    return PrintCriterion(
        names=criterion.name.by_language,
        questions=criterion.question.by_language,
        scale=criterion.scale,
    )


def _interpreters(
    cafe: AlpCafe, guests: list[Guest], tables: list[Table], words: Mapping[int, Word]
) -> tuple[Mapping[str, tuple[int, ...]], ...]:
    by_number = {table.number: table for table in tables}
    found = []
    for place in range(cafe.n_rounds):
        numbers = {guest.pk: _table_in(words, guest, place) for guest in guests}
        pairs = [
            (guest, by_number[number])
            for guest in guests
            if not guest.is_spare and (number := numbers[guest.pk]) in by_number
        ]
        needed = tables_in_need(pairs, cafe.languages)
        found.append({code: tuple(tables_) for code, tables_ in needed.items()})
    return tuple(found)


def _table_in(words: Mapping[int, Word], guest: Guest, place: int) -> int:
    """Return the number of the table; 0, which no table has, where there is none."""
    word = words.get(guest.number, ())
    return (word[place] or 0) if len(word) > place else 0
