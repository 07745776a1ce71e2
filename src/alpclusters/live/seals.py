"""What has been closed is sealed in time, also where nobody looks at the page any more."""

import asyncio
import logging
from pathlib import Path
from typing import Final

from alpclusters.live.site_words import SiteWords

EVERY_S: Final = 60.0
WORD: Final = "due"

log = logging.getLogger("alpclusters.live")


async def keep_sealing(words: SiteWords, home: Path) -> None:
    """Ask the site once a minute to seal what is due, as long as there is a key to destroy."""
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            found = await asyncio.to_thread(_any_event, home)
            if found is not None:
                await words.say(found, WORD)
        except Exception:
            log.warning("the site could not be asked what is due", exc_info=True)


def _any_event(home: Path) -> int | None:
    """Return an AlpCafé that has a key: it proves who asks, and the site looks at all."""
    names = (path.stem.removeprefix("cafe-") for path in (home / "secrets").glob("cafe-*.key"))
    return next((int(name) for name in names if name.isdigit()), None)
