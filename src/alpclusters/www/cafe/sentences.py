"""What the scripts of the phone's page say, in which language, and which scripts it needs."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.live.held import TROUBLES
from alpclusters.platform.cafe.models import Block, Phase, Source
from alpclusters.platform.languages.codes import language_row

# --- A text of an AlpCafé with the language it is in, where it is not written in the reader's -----


def spoken(text: Any) -> str | list[str]:
    """Return the words, or the words and the language they fell back to."""
    return [str(text), text.foreign] if text.foreign else str(text)


# --- The scripts a page needs, found by following their imports: all are asked for at once --------
#
# Without this a phone would learn of each script only after it has read the one before.


STATIC: Final = Path(__file__).resolve().parents[1] / "static"
_IMPORT: Final = re.compile(r'^(?:import|export)\b[^"]*?\bfrom "(\.[^"]+)";', re.MULTILINE)


@cache
def scripts_behind(name: str) -> tuple[str, ...]:
    """Return the names of all scripts that a script imports, near ones first.

    Parameters
    ----------
    name : str
        Of the first script below ``static/``; it is left out.
    """
    found = [STATIC / name]
    for path in found:
        text = path.read_text(encoding="utf-8")
        targets = [(path.parent / target).resolve() for target in _IMPORT.findall(text)]
        found += [target for target in dict.fromkeys(targets) if target not in found]
    return tuple(str(path.relative_to(STATIC)) for path in found[1:])


# --- What the scripts of the phone's page say; the words stand here because scripts have no
# catalogue
#
# A sentence with a number is a record of its plural forms, by the categories that browsers know
# (``Intl.PluralRules``): Slovenian has four.


def join_sentences() -> dict[str, Any]:
    """Return what the script of the join page says."""
    return {
        "wrongCharacters": _plural(
            lambda n: ngettext(
                "No code contains %(characters)s. Compare it with the screen.",
                "No code contains the characters %(characters)s. Compare them with the screen.",
                n,
            )
        ),
        "codeLength": _("A code has eight characters."),
        "consent": _("Without consent nothing is stored. Tick the box to join."),
        "changed": _("The text has changed since. Please read it and tick the box."),
        "portal": _("This network wants you to sign in first. Open another page, then try again."),
        "noNetwork": _("No connection. Try again, or ask for a paper sheet."),
        "failed": _("This did not work. Try again in a moment."),
    }


def sentences() -> dict[str, Any]:
    """Return all sentences in the active language, with ``%(name)s`` for what scripts fill in."""
    return {**_counted(), **_connection(), **_moves(), **_conflicts(), **_results(), **_tasks()}


def _plural(form: Callable[[int], str]) -> dict[str, str]:
    forms = language_row(get_language()).plural_examples
    return {category: form(n) for category, n in forms.items()}


def _counted() -> dict[str, Any]:
    return {
        "waiting": _plural(
            lambda n: ngettext("%(n)s entry waits to be sent", "%(n)s entries wait to be sent", n)
        ),
        "unsent": _plural(lambda n: ngettext("%(n)s unsent entry", "%(n)s unsent entries", n)),
        "open": _plural(
            lambda n: ngettext(
                "%(n)s measure still has a question without an answer.",
                "%(n)s measures still have a question without an answer.",
                n,
            )
        ),
        "openNone": _(
            "You have answered everything, thank you. You can still change your answers."
        ),
        "minutes": _plural(lambda n: ngettext("%(n)s minute left", "%(n)s minutes left", n)),
        "characters": _plural(
            lambda n: ngettext("%(n)s character left", "%(n)s characters left", n)
        ),
        "supports": _plural(
            lambda n: ngettext("%(n)s person supports it", "%(n)s people support it", n)
        ),
        "rated": _plural(
            lambda n: ngettext("%(n)s person has rated", "%(n)s people have rated", n)
        ),
    }


def _connection() -> dict[str, Any]:
    return {
        "connecting": _("Connecting …"),
        "saved": _("Saved"),
        "offline": _("Offline"),
        "notJoined": _("This device is no longer in the AlpCafé. Enter the code again."),
        "serverStopped": _(TROUBLES["stopped"][1]),
        "serverFull": _(TROUBLES["disk_full"][1]),
        "noStorage": _(
            "This browser keeps nothing. Leave this page open until everything is saved."
        ),
    }


def _moves() -> dict[str, Any]:
    return {
        "now": _("Now: %(phase)s"),
        "phases": {str(phase.value): str(phase.label) for phase in Phase},
        "goOn": _("Go on"),
        "toRound": _("Go to round %(n)s"),
        "round": _("Round %(n)s of %(total)s"),
        "table": _("Table %(n)s"),
        "timeLeft": _("%(time)s left"),
        "paused": _("Paused at %(time)s"),
        "lastMinute": _("Last minute: %(time)s"),
        "timeOver": _("Time is up: finish your sentence"),
        "next": _("Next measure"),
        "toOverview": _("To the overview"),
        "position": _("Measure %(number)s of %(total)s"),
    }


def _conflicts() -> dict[str, Any]:
    return {
        "which": _("Your other phone says %(other)s, this one %(own)s: which?"),
        "whichText": _("Your other phone has another text. Which one counts?"),
        "kinds": {
            "top3": _("Top three"),
            "card": _("Card"),
            "card_gone": _("Card"),
            "support": _("Support"),
            "profile": _("About me"),
            "here": _("Your table"),
            "place": _("Number on the name card"),
            "feedback": _("Feedback"),
        },
        "none": _("no answer"),
        "cannotJudge": _("I cannot judge this"),
        "takeOther": _("Take the other one: %(value)s"),
        "takeOwn": _("Take this one: %(value)s"),
    }


def _results() -> dict[str, Any]:
    return {
        "blocks": {str(block.value): capfirst(str(block.label)) for block in Block},
        "sources": {str(source.value): str(source.label) for source in Source},
        "splits": {
            "region": _("By region"),
            "role": _("By role"),
            "level": _("By level"),
            "experience": _("By experience"),
        },
        "you": _("You: %(value)s"),
        "median": _("Middle of all answers: %(median)s; half lie between %(low)s and %(high)s."),
        "shareOf": _("Answered “%(answer)s”: %(share)s."),
        "yourFirst": _("Your first answer: %(value)s"),
        "n": "n = %(n)s",
        "cannotShare": _("“Cannot judge”: %(share)s"),
        "interval": _("%(value)s (%(low)s to %(high)s)"),
        "youShort": _("you"),
        "axes": _("To the right: %(x)s. Upwards: %(y)s. In each field the number of people."),
        "meanNote": _("Mean of the answers; in brackets the interval around it."),
        "withheld": _("Withheld: fewer than 5 people"),
        "noAnswer": _("No ratings yet"),
        "notStated": _("not stated"),
        "tier": _("Tier %(tier)s"),
        "convention": _(
            "In brackets: interval of %(level)s. Tiers hold what cannot be told apart."
        ),
        "pointsAre": _("Points for the places: %(points)s"),
        "points": _plural(lambda n: ngettext("%(n)s point", "%(n)s points", n)),
        "orderOnly": _("Points are not shown here, only the order of the first three."),
        "fewChose": _("chosen by fewer than 5 people, or withheld to protect them"),
        "placeNo": _("place %(place)s"),
        "whoRated": _("people who rated"),
        "answers": _("answers, “cannot judge” among them"),
        "fromTo": _("%(first)s, then %(second)s"),
        "simulated": _("These data are simulated."),
    }


def _tasks() -> dict[str, Any]:
    return {
        "place": _("%(name)s is now %(place)s of 3"),
        "sameTwice": _("A measure can be chosen once only."),
        "choiceSaved": _("Your choice is kept."),
        "cardSent": _("Your card is on its way."),
        "cardEmpty": _("Write something or add a photo."),
        "photoFailed": _("This picture could not be read. Take another one."),
        "photoAdded": _("The photo is added. Place and time of taking it are removed."),
        "thanks": _("Thank you. You can still change your answers."),
        "onScale": _("%(name)s %(value)s of %(high)s"),
        "notNow": _("This needs the network, and everything sent. Try again in a moment."),
        "sendCard": _("Send card"),
        "saveCard": _("Save the change"),
        "placeLabel": _("Place %(place)s (points: %(points)s)"),
    }


def feedback_questions() -> list[tuple[str, str]]:
    """Return what people are asked about the AlpCafé itself, by the name of the answer."""
    return [
        ("heard", _("I was heard")),
        ("learned", _("I learned something")),
        ("again", _("I would come again")),
    ]


def agreement() -> list[str]:
    """Return the words of the five steps, lowest first."""
    return [_("not at all"), _("a little"), _("partly"), _("mostly"), _("completely")]
