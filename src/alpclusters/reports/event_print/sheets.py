"""Paper rating sheets of an AlpCafé as plain data for the typesetter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from alpclusters.platform.cafe.domain.agendas import Step
from alpclusters.platform.cafe.domain.print_records import EventPrint, PrintTable, Words
from alpclusters.platform.cafe.models import Phase
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, LANGUAGES
from alpclusters.reports.captions import colon, page_words
from alpclusters.reports.cells import simulated_label
from alpclusters.reports.dates import format_date, format_time

# --- Words that the printed parts share: languages, rounds, times, phases, house rules ------------


NAMES: Final = dict(LANGUAGES)
_ANY_DAY: Final = date(2000, 1, 1)
PHASES: Final[Mapping[Phase, str]] = {
    Phase.DRAFT: _("in preparation"),
    Phase.LOBBY: _("arrival"),
    Phase.PRESENTATION: _("presentation"),
    Phase.SEATING: _("finding the table"),
    Phase.TALK: _("talk at the tables"),
    Phase.HARVEST: _("harvest"),
    Phase.RATING: _("rating"),
    Phase.TOP_THREE: _("top three"),
    Phase.RESULTS: _("results"),
    Phase.RATING_2: _("second rating"),
    Phase.RESULTS_2: _("results of the second rating"),
    Phase.FEEDBACK: _("feedback"),
    Phase.CLOSED: _("closed"),
    Phase.SEALED: _("sealed"),
}


def said(words: Words, language: str) -> str:
    """Return a text in a language, in English or any other where it is missing."""
    return words.get(language) or words.get(DEFAULT_LANGUAGE) or next(iter(words.values()), "")


def own_language(languages: Sequence[str], fallback: str) -> str:
    """Return the first of somebody's languages that we can print."""
    return next((code for code in languages if code in LANGUAGE_CODES), fallback)


def language_names(codes: Iterable[str]) -> str:
    """Name languages in their own words: Deutsch · Français."""
    return " · ".join(NAMES.get(code, code) for code in codes)


def with_colon(label: str, value: str, language: str) -> str:
    """Set a value behind its label."""
    return f"{label}{colon(language)}{value}"


def round_title(index: int, language: str) -> str:
    """Name a round."""
    return translator(language).gettext("Round %(n)s") % {"n": index}


def table_title(number: int, language: str) -> str:
    """Name a table."""
    return translator(language).gettext("Table %(n)s") % {"n": number}


def about(table: PrintTable, language: str) -> list[str]:
    """Say what a table talks about: its measure, its topic, or nothing beside the question."""
    measure = said(table.measure, language)
    label = translator(language).gettext("Measure")
    named = with_colon(label, measure, language) if measure else ""
    return [part for part in (named, said(table.topic, language)) if part]


def step_title(step: Step, language: str) -> str:
    """Name a step of the course, with its round where it has one."""
    name = translator(language).gettext(PHASES[step.phase])
    title = round_title(step.round_index, language)
    return with_colon(title, name, language) if step.round_index else name


def time_of_day(moment: time | None, language: str) -> str:
    """Write a time of day; nothing where there is none."""
    return format_time(datetime.combine(_ANY_DAY, moment), language) if moment else ""


def simulated_words(event: EventPrint, language: str) -> str:
    """Say that the event is simulated; nothing of a real one."""
    return simulated_label(language) if event.is_simulated else ""


def event_line(event: EventPrint, language: str) -> str:
    """Name the AlpCafé and its day."""
    return f"{said(event.title, language)} · {format_date(event.held_on, language)}"


def facts_line(event: EventPrint, language: str) -> str:
    """Name region, place and begin."""
    begin = time_of_day(event.starts_at, language)
    parts = (said(event.region, language), event.place, begin)
    return " · ".join(part for part in parts if part)


def house_rules(language: str) -> list[str]:
    """Return the three rules of a table."""
    text = translator(language)
    return [
        text.gettext("Let others finish."),
        text.gettext("Write down what you hear."),
        text.gettext("Ask instead of judging."),
    ]


# --- Paper rating sheets of an AlpCafé as plain data for the typesetter ---------------------------


type Data = dict[str, Any]


def rating_sheets(
    event: EventPrint, language: str, numbers: Sequence[str], *, is_large: bool = False
) -> Data:
    """Return numbered sheets in one language; large print puts the steps below each other.

    Where people rate twice, each number has a second sheet: it is the same person.
    """
    kind = "large" if is_large else "sheet"
    return {
        "kind": "rating-sheets",
        "lang": language,
        "simulated": simulated_words(event, language),
        "large": is_large,
        "event": event_line(event, language),
        "sheets": [{"number": number, "mark": f"{kind}-{number}"} for number in numbers],
        "measures": [
            {"number": str(number), "name": said(measure.names, language)}
            for number, measure in enumerate(event.measures, start=1)
        ],
        "criteria": [
            {
                "name": said(criterion.names, language),
                "question": said(criterion.questions, language),
                "steps": [
                    criterion.scale.name(step, said(criterion.scale.label(step), language))
                    for step in criterion.scale.steps
                ],
            }
            for criterion in event.criteria
        ],
        "rounds": _rounds(event, language),
        "w": _words(language),
    }


def _rounds(event: EventPrint, language: str) -> list[Data]:
    """Return the ratings: only the first asks for reasons and for the top three."""
    text = translator(language)
    how = text.gettext(
        "Please make one cross in each row. If you are not able to judge, cross the circle. "
        "Rows left empty count as not answered. The sheet has a number drawn by chance and no "
        "name."
    )
    places = _places(event, language)
    asked = {"mark": "", "how": how, "has-why": True, "research": True, "places": places}
    if not event.has_second_rating:
        return [{**asked, "title": text.gettext("Your rating")}]
    again = text.gettext(
        "Please fill it in when the second rating is called, after first results. One cross in "
        "each row; if you are not able to judge, cross the circle. Where you leave a row empty, "
        "your first answer stands. The number is that of your first sheet."
    )
    return [
        {**asked, "title": text.gettext("Your first rating")},
        {
            "mark": "-2",
            "title": text.gettext("Your second rating"),
            "how": again,
            "has-why": False,
            "research": False,
            "places": [],
        },
    ]


def _places(event: EventPrint, language: str) -> list[str]:
    """Return the three places with the points they give."""
    if not event.has_top_three:
        return []
    text = translator(language)
    return [
        f"{place}. ({text.ngettext('%(n)s point', '%(n)s points', points) % {'n': points}})"
        for place, points in enumerate(event.top_three_points, start=1)
    ]


def _words(language: str) -> dict[str, str]:
    text = translator(language)
    number = text.gettext("Sheet %(number)s") % {"number": "{number}"}
    hand_in = text.gettext("please hand in to the facilitators")
    return {
        "criterion": text.gettext("Criterion"),
        "one-cross": text.gettext("one cross in each row"),
        "cannot": text.gettext("cannot judge"),
        "why": text.gettext("Why? (optional)"),
        "top-three": text.gettext("Your three most important measures"),
        "top-numbers": text.gettext("Write the numbers of the measures into the boxes."),
        "no-research": text.gettext("Leave my answers out of files for research."),
        "research-note": text.gettext(
            "Researchers may get answers one by one, without name, role and region, if the "
            "coordinator of the project agrees. Cross the box to say no to that."
        ),
        "foot": f"{number} · {page_words(language)} · {hand_in}",
    }
