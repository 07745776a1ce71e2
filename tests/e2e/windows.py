"""A window that is made narrow and wide, and drawn small where nobody looks at it."""

from typing import Final

from playwright.sync_api import Page

# Sizes, places and colours that scripts read are those of the full size; only what the screen would
# show is a twentieth of it, since drawing took a seventh of the time and is thrown away.
SMALL: Final = 0.05
FULL: Final = 1.0


class Window:
    """The window of a page whose context was opened with ``no_viewport``, or its own would hold.

    A mouse is pressed where things are shown: in a window that is drawn small it misses them.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.size = (0, 0)
        self._scale = FULL
        self._browser = page.context.new_cdp_session(page)

    def resize(self, width: int, height: int, scale: float = SMALL) -> None:
        """Make the window this large, in pixels of style sheets."""
        if (self.size, self._scale) == ((width, height), scale):
            return
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._browser.send("Emulation.setDeviceMetricsOverride", {**metrics, "scale": scale})
        self.size, self._scale = (width, height), scale
