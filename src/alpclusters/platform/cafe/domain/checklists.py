"""What is ready for the day and what is missing; it warns and never blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from alpclusters.platform.cafe.domain.agendas import agenda_of, minutes_over
from alpclusters.platform.cafe.domain.seat_plans import current_plan, fits_room
from alpclusters.platform.cafe.domain.tables import (
    FEW_GUESTS,
    missing_languages,
    propose_number,
    questions_of,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation, SeatPlan, Table

type State = Literal["done", "open", "warn"]
type Step = Literal[
    "event", "questions", "measures", "guests", "tables", "seats", "agenda", "invitations"
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at: a stable code and the numbers or names its sentence needs."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """One step of the preparation, how far it is, and what should be looked at."""

    step: Step
    state: State
    notes: tuple[Note, ...] = ()


def checklist(cafe: AlpCafe) -> list[Point]:
    """Return the steps that concern this AlpCafé, in the order in which they are taken."""
    points = [_event(cafe)]
    if cafe.in_hall:
        points.append(_questions(cafe))
    if cafe.round == AlpCafe.Round.MEASURES or not cafe.in_hall:
        points.append(_measures(cafe))
    if cafe.in_hall:
        points += _hall(cafe)
    return [*points, _invitations(cafe)]


def _hall(cafe: AlpCafe) -> list[Point]:
    guests = cafe.guests.filter(is_spare=False, left_after__isnull=True).count()
    tables = list(cafe.tables.filter(is_open=True))
    return [_guests(cafe, guests), _tables(tables, guests), _seats(cafe, guests), _agenda(cafe)]


def _point(step: Step, notes: list[Note], *, is_begun: bool) -> Point:
    return Point(step, "open" if not is_begun else "warn" if notes else "done", tuple(notes))


def _event(cafe: AlpCafe) -> Point:
    notes = []
    if not cafe.place:
        notes.append(Note("no_place"))
    if cafe.starts_at is None:
        notes.append(Note("no_begin"))
    untitled = [code for code in cafe.languages if not cafe.title.inside(code)]
    if untitled:
        notes.append(Note("title_missing", {"languages": untitled}))
    return _point("event", notes, is_begun=True)


def _questions(cafe: AlpCafe) -> Point:
    asked = questions_of(cafe)
    notes = [
        Note("question_missing", {"round": index})
        for index in range(1, cafe.n_rounds + 1)
        if index not in asked
    ]
    for index, question in asked.items():
        missing = missing_languages(question, cafe.languages)
        if missing:
            notes.append(Note("question_untranslated", {"round": index, "languages": missing}))
    return _point("questions", notes, is_begun=bool(asked))


def _measures(cafe: AlpCafe) -> Point:
    n_measures, n_criteria = cafe.cafe_measures.count(), cafe.cafe_criteria.count()
    notes = []
    if not n_measures:
        notes.append(Note("no_measures"))
    if not n_criteria:
        notes.append(Note("no_criteria"))
    return _point("measures", notes, is_begun=bool(n_measures or n_criteria))


def _guests(cafe: AlpCafe, guests: int) -> Point:
    notes = []
    if 0 < guests <= FEW_GUESTS:
        notes.append(Note("few_guests", {"n": guests}))
    unknown = cafe.guests.filter(is_spare=False, languages=[]).count()
    if unknown and len(cafe.languages) > 1:
        notes.append(Note("languages_unknown", {"n": unknown}))
    return _point("guests", notes, is_begun=guests > 0)


def _tables(tables: list[Table], guests: int) -> Point:
    notes = []
    wanted = propose_number(guests)
    if tables and guests and len(tables) != wanted:
        notes.append(Note("tables_proposed", {"n": wanted}))
    hostless = [table.number for table in tables if not table.host_name]
    if hostless:
        notes.append(Note("no_host", {"tables": hostless}))
    mute = [table.number for table in tables if not table.languages]
    if mute:
        notes.append(Note("no_table_language", {"tables": mute}))
    return _point("tables", notes, is_begun=bool(tables))


def _seats(cafe: AlpCafe, guests: int) -> Point:
    plan = current_plan(cafe)
    notes = list(_about(plan, cafe)) if plan else []
    return _point("seats", notes, is_begun=plan is not None and guests > 0)


def _about(plan: SeatPlan, cafe: AlpCafe) -> Iterator[Note]:
    if not fits_room(plan, cafe):
        yield Note("plan_outdated")
    if plan.data["plan"]["repeats"]:
        yield Note("plan_repeats", {"n": plan.data["plan"]["repeats"]})


def _agenda(cafe: AlpCafe) -> Point:
    over = minutes_over(cafe, agenda_of(cafe))
    notes = [Note("agenda_too_long", {"n": over})] if over > 0 else []
    return _point("agenda", notes, is_begun=cafe.starts_at is not None)


def _invitations(cafe: AlpCafe) -> Point:
    listed = cafe.invitations.filter(state=Invitation.State.LISTED).count()
    notes = [Note("not_invited", {"n": listed})] if listed else []
    return _point("invitations", notes, is_begun=cafe.invitations.exists())
