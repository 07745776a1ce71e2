"""What all screens of the preparation share, and the first of them: what is ready and missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.errors import AlpClustersError, RecordsError
from alpclusters.platform.cafe.domain.checklists import Note, Point, checklist
from alpclusters.platform.cafe.domain.rehearsals import rehearsal_of
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.reports.errors import remedy, what
from alpclusters.www.components.parts import Crumb, Tab
from alpclusters.www.workspace.cafes.cockpit import crumbs
from alpclusters.www.workspace.cafes.running import own_cafe

# --- Why something could not be prepared, in sentences --------------------------------------------


SENTENCES: Final = {
    "cafe.seats_taken": _(
        "People have been led to their tables: the plan stands. Move single guests instead."
    ),
    "cafe.table_in_use": _(
        "A table that would go has guests or cards. Take it out of use instead."
    ),
    "cafe.too_many_guests": _("At most %(expected)s guests fit into one AlpCafé."),
    "cafe.nobody_to_seat": _("Add guests and tables first."),
    "cafe.registration_over": _("The AlpCafé is over: nobody can register any more."),
    "cafe.registration_by_invitation": _("One can register with a personal invitation only."),
    "guests.not_a_language": _("“%(found)s” is no language of ours; write %(expected)s."),
    "invitations.not_an_address": _("“%(found)s” is no e-mail address."),
}


def sentence(error: AlpClustersError) -> str:
    """Return what is wrong and what to do, in the reader's language."""
    if isinstance(error, RecordsError):
        return " ".join(sentences(error))
    known = SENTENCES.get(error.code)
    language = get_language() or "en"
    if known is None:
        text = f"{what(error, language)} {remedy(error, language)}".strip()
    else:
        text = str(known) % {"found": error.found or "", "expected": error.expected or ""}
    if error.where.line is not None:
        place = gettext("line %(line)s") % {"line": error.where.line}
        return f"{place}: {text}"
    return text


def sentences(error: RecordsError) -> list[str]:
    """Return one sentence for each wrong line."""
    found = [sentence(one) for one in error.errors]
    if error.n_more:
        found.append(gettext("and %(n)s more") % {"n": error.n_more})
    return found


# --- What all screens of the preparation share: their tabs, their context, what went wrong --------


# Digits of a number that somebody typed.
LONGEST: Final = 9
# Address, name, and whether it is for AlpCafés with tables only.
STEPS: Final = (
    ("cafe_prepare", _("Checklist"), False),
    ("cafe_edit", _("Event"), False),
    ("cafe_questions", _("Questions"), True),
    ("cafe_guests", _("Guests"), True),
    ("cafe_tables", _("Tables"), True),
    ("cafe_seats", _("Seat plan"), True),
    ("cafe_agenda", _("Agenda"), True),
    ("cafe_invitations", _("Invitations"), False),
    ("cafe_margins", _("Outside the room"), False),
    ("cafe_print", _("Print"), False),
)


def show(
    request: HttpRequest, cafe: AlpCafe, step: str, context: dict[str, Any], *, part: str = ""
) -> HttpResponse:
    """Show a screen of the preparation; ``part`` names a page below the step."""
    names = {name: label for name, label, _hall in STEPS}
    own = reverse(f"workspace:{step}", args=[cafe.pk])
    way = [Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))]
    way += [Crumb(names[step], own), Crumb(part)] if part else [Crumb(names[step])]
    shared = {
        "cafe": cafe,
        "tabs": tabs_of(cafe, step),
        "step_name": part or names[step],
        "crumbs": crumbs(*way),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    template = context.pop("template", step.removeprefix("cafe_"))
    status = context.pop("status", 200)
    return render(
        request, f"workspace/cafes/prepare/{template}.html", shared | context, status=status
    )


def tabs_of(cafe: AlpCafe, step: str) -> list[Tab]:
    """Return the way through the preparation."""
    return [
        Tab(label, reverse(f"workspace:{name}", args=[cafe.pk]), is_current=name == step)
        for name, label, needs_hall in STEPS
        if cafe.in_hall or not needs_hall
    ]


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Carry something out; say that it is done, or in a sentence why not."""
    try:
        act()
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return False
    if done:
        messages.success(request, done)
    return True


def back_to(step: str, cafe: AlpCafe, query: str = "") -> HttpResponse:
    """Lead back to a step after something was stored."""
    return redirect(reverse(f"workspace:{step}", args=[cafe.pk]) + query)


def number_in(text: str | None, *, least: int, most: int, default: int) -> int:
    """Read a number of a form or an address; anything else is the default."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > LONGEST:
        return default
    return max(least, min(most, int(text)))


def listed(values: list[Any]) -> str:
    """Write a few values one after the other; language codes in capitals."""
    words = [str(value).upper() if isinstance(value, str) else str(value) for value in values]
    more = len(words) - 12
    return ", ".join(words[:12]) + (gettext(" and %(n)s more") % {"n": more} if more > 0 else "")


# --- The checklist: what is ready, what is missing; it warns and never blocks ---------------------


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
