"""Why a command is not taken, as a status and as a sentence in the language of the phone."""

from typing import Final

from alpclusters.live.answers import CONFLICT, FAILED, GONE, UNPROCESSABLE, Result
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

SENTENCES: Final[dict[str, tuple[int, str]]] = {
    "closed": (CONFLICT, _("This is not taken at the moment.")),
    "key_reused": (CONFLICT, _("This answer was sent before with another value.")),
    "gone": (GONE, _("The AlpCafé is closed. Answers are not taken any more.")),
    "unreadable": (UNPROCESSABLE, _("This answer could not be read.")),
    "too_long": (UNPROCESSABLE, _("The text is too long. Please shorten it.")),
    "empty": (UNPROCESSABLE, _("The card has neither text nor photo.")),
    "off_scale": (UNPROCESSABLE, _("This step is not on the scale.")),
    "not_on_sheet": (UNPROCESSABLE, _("This question is not asked here.")),
    "twice": (UNPROCESSABLE, _("Choose a different measure for each place.")),
    "too_many": (UNPROCESSABLE, _("Choose up to three measures.")),
    "unknown_card": (UNPROCESSABLE, _("This card does not exist any more.")),
    "not_your_card": (UNPROCESSABLE, _("Only whoever wrote a card can change it.")),
    "own_card": (UNPROCESSABLE, _("You cannot support your own card.")),
    "grouped": (
        UNPROCESSABLE,
        _("This card is part of an insight and can no longer be changed."),
    ),
    "hidden": (UNPROCESSABLE, _("This card was hidden and can no longer be changed.")),
    "unknown_region": (UNPROCESSABLE, _("This region is not in the list.")),
    "unknown_choice": (UNPROCESSABLE, _("This choice is not in the list.")),
    "no_seat": (UNPROCESSABLE, _("You have no seat in this round. Ask the host.")),
    "unknown_number": (UNPROCESSABLE, _("No name card of this AlpCafé has this number.")),
    "number_taken": (
        UNPROCESSABLE,
        _("Another phone has this number already. Compare it with your card, or ask the host."),
    ),
    "failed": (FAILED, _("This answer could not be stored. Please tell the facilitator.")),
}


def refused(key: str, code: str, language: str) -> Result:
    """Build the result of a command that is not taken."""
    status, sentence = SENTENCES[code]
    return Result(key, status, code=code, text=translator(language).gettext(sentence))
