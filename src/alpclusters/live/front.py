"""What the handlers of the live process share: the writer, the hub, the limits, the settings."""

import logging
from typing import Final

from alpclusters.live.cookies import token_for
from alpclusters.live.gate import Gate
from alpclusters.live.hub import Hub
from alpclusters.live.intake import Intake
from alpclusters.live.pace import COMMANDS_AT_ONCE, COMMANDS_PER_S, JOINS_PER_S, Pace
from alpclusters.live.request import Request
from alpclusters.live.wire import NOT_JOINED, UNAVAILABLE, RefusedError
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.languages.catalogues import gettext_noop as _

log = logging.getLogger("alpclusters.live")

# A wrong recovery code hits one of 2,000 people with 7e-12; ten a second keep a day below 1e-5.
RECOVERIES: Final = 1_000
RECOVERIES_PER_S: Final = 5.0
NOT_IN: Final = _("This phone is not in this AlpCafé any more. Join again.")
CLOSING: Final = _("One moment: the server is being started again.")


class Front:
    """Everything the live process holds beside its connections."""

    def __init__(self, configuration: Configuration, intake: Intake) -> None:
        self.configuration, self.intake = configuration, intake
        self.hub = Hub(intake)
        self.gate = Gate()
        self.recoveries = Gate(capacity=RECOVERIES, refill=RECOVERIES_PER_S, pace=RECOVERIES_PER_S)
        self.commands = Pace(COMMANDS_PER_S, COMMANDS_AT_ONCE)
        self.joins = Pace(JOINS_PER_S, JOINS_PER_S)
        self.is_closing = False
        intake.on_change(self.note)
        self.hub.before_tick.append(self._look_at_the_gate)

    def note(self, event: int, kind: str) -> None:
        """Take what the writer tells; somebody who left hears nothing any more."""
        self.hub.note(event, kind)
        if kind.startswith("me:"):
            self.check_listeners(event, int(kind[3:]))

    async def reload(self, event: int) -> None:
        """Read an AlpCafé again and end the streams of links that became void."""
        await self.intake.reload(event)
        self.check_listeners(event)

    def check_listeners(self, event: int, participant: int | None = None) -> None:
        """End the streams of persons and links that are not valid any more."""
        room = self.hub.rooms.get(event)
        for listener in list(room.listeners()) if room else ():
            if participant not in {None, listener.participant}:
                continue
            if listener.participant is None:
                is_valid = self.role(listener.link, event) is not None
            else:
                is_valid = self.intake.person(event, listener.link) is not None
            if not is_valid:
                self.hub.drop(event, listener)

    def role(self, link: str, event: int) -> str | None:
        """Return the role of a screen's link in an AlpCafé; None if it is void."""
        found = self.intake.find_link(link)
        return found[1] if found is not None and found[0] == event else None

    def person(self, request: Request, event: int) -> int | None:
        """Return who a phone is."""
        token = token_for(request, event)
        return self.intake.person(event, token) if token else None

    def require_person(self, request: Request, event: int) -> int:
        """Return who a phone is.

        Raises
        ------
        RefusedError
            401: it has to join.
        """
        found = self.person(request, event)
        if found is None:
            raise RefusedError(NOT_JOINED, "not_joined", request.say(NOT_IN))
        return found

    def require_open_doors(self, request: Request) -> None:
        """Refuse what would have to be stored while the process ends."""
        if self.is_closing:
            text = request.say(CLOSING)
            raise RefusedError(UNAVAILABLE, "closing", text, retry_after=1)

    def _look_at_the_gate(self) -> None:
        is_slow = self.gate.is_slow
        if self.intake.codes_slow != is_slow:
            self.intake.codes_slow = is_slow
            self.hub.note_all()
