"""Why nothing is taken at the moment, as phones are told."""

from typing import Final

from alpclusters.live.answers import Busy
from alpclusters.live.pace import TooFastError
from alpclusters.live.request import Request
from alpclusters.live.wire import UNAVAILABLE, RefusedError
from alpclusters.platform.languages.catalogues import gettext_noop as _

# reason of the writer: (code on the wire, sentence)
TROUBLES: Final[dict[str, tuple[str, str]]] = {
    "stopped": (
        "journal",
        _(
            "The server cannot take anything at the moment: its record of answers is damaged. "
            "What was confirmed is kept. Please tell the facilitator."
        ),
    ),
    "disk_full": (
        "disk",
        _(
            "The server cannot take anything at the moment: its disk is full. What was confirmed "
            "is kept. Please tell the facilitator."
        ),
    ),
}


def sentence(busy: Busy, usual: str) -> str:
    """Return what is wrong with the server, else the usual sentence; still to be translated."""
    return TROUBLES.get(busy.reason, ("", usual))[1]


def held(request: Request, error: Busy | TooFastError, usual: str) -> RefusedError:
    """Return the answer 503: what is wrong with the server, else the usual sentence."""
    reason = error.reason if isinstance(error, Busy) else ""
    code, text = TROUBLES.get(reason, ("busy", usual))
    return RefusedError(UNAVAILABLE, code, request.say(text), retry_after=error.retry_after)
