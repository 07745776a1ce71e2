"""Who comes late gets a table by itself: the live process tells the site, which has the plan.

One request a moment for each AlpCafé, however many phones come at once.
"""

import asyncio
import logging
from typing import Final

from alpclusters.live.site_words import SiteWords

GATHER_S: Final = 1.5
# After these pauses the site is asked again; then the next phone or "Give places" has to do.
AGAIN_S: Final = (1.0, 4.0, 15.0)
WORD: Final = "late"
_DONE: Final = frozenset({204, 404})

log = logging.getLogger("alpclusters.live")


class LateGuests:
    """Asks the site to seat those who have no place.

    Parameters
    ----------
    words : SiteWords
    """

    def __init__(self, words: SiteWords) -> None:
        self._words = words
        self._waiting: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()

    def note(self, event: int) -> None:
        """Ask soon; those who come meanwhile are part of the same request."""
        if event in self._waiting:
            self._again.add(event)
            return
        task = asyncio.get_running_loop().create_task(self._ask(event))
        self._waiting[event] = task
        task.add_done_callback(lambda _: self._end(event))

    async def close(self) -> None:
        """Ask nothing more."""
        self._again.clear()
        tasks = list(self._waiting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, event: int) -> None:
        self._waiting.pop(event, None)
        if event in self._again:
            self._again.discard(event)
            self.note(event)

    async def _ask(self, event: int) -> None:
        for pause in (GATHER_S, *AGAIN_S):
            await asyncio.sleep(pause)
            self._again.discard(event)
            try:
                if await self._words.say(event, WORD) in _DONE:
                    return
            except Exception:
                log.warning("the site could not seat late guests", exc_info=True)
