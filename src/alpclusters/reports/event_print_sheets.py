"""Paper rating sheets of an AlpCafé as plain data for the typesetter."""

from collections.abc import Sequence
from typing import Any

from alpclusters.platform.cafe.domain.print_records import EventPrint
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.captions import page_words
from alpclusters.reports.event_print_words import event_line, said, simulated_words

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
