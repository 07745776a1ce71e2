"""The checklist: what is ready, what is missing; it warns and never blocks."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.checklists import Note, Point, checklist
from alpclusters.platform.cafe.domain.rehearsals import rehearsal_of
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.www.workspace.cafes.prepare.common import listed, show
from alpclusters.www.workspace.cafes.running import own_cafe

NAMES: Final = {
    "event": (gettext_lazy("Place, date, title"), "cafe_edit"),
    "questions": (gettext_lazy("Questions of the rounds"), "cafe_questions"),
    "measures": (gettext_lazy("Measures and criteria"), "cafe_edit"),
    "guests": (gettext_lazy("Guests"), "cafe_guests"),
    "tables": (gettext_lazy("Tables and hosts"), "cafe_tables"),
    "seats": (gettext_lazy("Seat plan"), "cafe_seats"),
    "agenda": (gettext_lazy("Agenda"), "cafe_agenda"),
    "invitations": (gettext_lazy("Invitations"), "cafe_invitations"),
}
NOTES: Final = {
    "no_place": gettext_lazy("The place is missing."),
    "no_begin": gettext_lazy("The begin is missing."),
    "title_missing": gettext_lazy("No title in: %(languages)s."),
    "question_missing": gettext_lazy("Round %(round)s has no question."),
    "question_untranslated": gettext_lazy(
        "The question of round %(round)s is missing in: %(languages)s."
    ),
    "no_measures": gettext_lazy("No measure chosen yet."),
    "no_criteria": gettext_lazy("No criterion chosen yet."),
    "few_guests": gettext_lazy(
        "With six guests or fewer, one table without rotation is better (now %(n)s)."
    ),
    "languages_unknown": gettext_lazy(
        "Guests whose languages are unknown: %(n)s. The plan cannot count wrong tables for them."
    ),
    "tables_proposed": gettext_lazy("Proposed for these guests: %(n)s tables."),
    "no_host": gettext_lazy("Tables without a host: %(tables)s."),
    "no_table_language": gettext_lazy("Tables without a language: %(tables)s."),
    "plan_outdated": gettext_lazy(
        "Guests, tables or rounds have changed since the plan was made: compute it again."
    ),
    "plan_repeats": gettext_lazy("Meetings of pairs beyond the first: %(n)s."),
    "agenda_too_long": gettext_lazy("The agenda is %(n)s minutes longer than announced."),
    "not_invited": gettext_lazy("On the list, but not invited yet: %(n)s."),
}
STATES: Final = {
    "done": (gettext_lazy("ready"), "good", "circle-check"),
    "warn": (gettext_lazy("please look"), "warn", "triangle-alert"),
    "open": (gettext_lazy("not begun"), "", "circle-help"),
}


@dataclass(frozen=True)
class Step:
    """A step of the preparation in words."""

    name: Any
    url: str
    state: Any
    tone: str
    icon: str
    notes: list[str]


@login_required
@require_safe
def cafe_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is ready and what is missing."""
    cafe = own_cafe(request, pk)
    steps = [_step(cafe, point) for point in checklist(cafe)]
    n_ready = sum(step.tone == "good" for step in steps)
    context = {"steps": steps, "n_ready": n_ready}
    return show(request, cafe, "cafe_prepare", {**context, "rehearsal": rehearsal_of(cafe)})


def _step(cafe: AlpCafe, point: Point) -> Step:
    name, address = NAMES[point.step]
    state, tone, icon = STATES[point.state]
    url = reverse(f"workspace:{address}", args=[cafe.pk])
    return Step(name, url, state, tone, icon, [note_text(note) for note in point.notes])


def note_text(note: Note) -> str:
    """Return a note of the checklist as a sentence."""
    values = {
        name: listed(value) if isinstance(value, list) else value
        for name, value in note.values.items()
    }
    return str(NOTES[note.code]) % values
