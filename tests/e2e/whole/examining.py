"""Axe and our own rules on every screen of a phase; pictures where somebody wants to look."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.auditing import examine

# Which kinds of elements stand in which: a page with more of the same is examined once.
SHAPE = """() => {
  const kind = e => e.tagName + "." + e.className + (e.disabled ? "-off" : "")
    + (e.checked ? "-on" : "") + (e.getAttribute?.("aria-pressed") || "");
  const shown = [...document.body.querySelectorAll("*")].filter(e => e.checkVisibility());
  return [...new Set(shown.map(e => kind(e.parentNode) + " " + kind(e)))].sort().join();
}"""
# Examined so high that nothing lies behind the bars at the top and the bottom.
NARROW = ("phone", "host")


class Examiner:
    """Collects what is wrong on screens, each named by phase and whose it is."""

    def __init__(self, pictures: Path | None = None) -> None:
        self.wrong: list[str] = []
        self.n = 0
        self.pictures = pictures
        self._seen: set[str] = set()

    def look(self, phase: str, screens: dict[str, Page]) -> None:
        """Examine screens; ``phone de`` names the screen and its language."""
        fresh = {name: page for name, page in screens.items() if self._is_new(name, page)}
        for name, page in fresh.items():
            self._take_picture(phase, name, page)
            if name.startswith(NARROW):
                page.set_viewport_size({"width": 320, "height": 3000})
                page.evaluate("window.scrollTo(0, 0)")
            found = examine(page, name.split()[1])
            self.wrong += [f"{phase}, {name}: {line}" for line in found]
            if name.startswith(NARROW):
                page.set_viewport_size({"width": 320, "height": 640})
        self.n += len(fresh)

    def _is_new(self, name: str, page: Page) -> bool:
        shape = re.sub(r"\d+", "", page.evaluate(SHAPE))
        mark = hashlib.sha256(f"{name} {shape}".encode()).hexdigest()
        is_new = mark not in self._seen
        self._seen.add(mark)
        return is_new

    def _take_picture(self, phase: str, name: str, page: Page) -> None:
        if self.pictures is not None:
            file = f"{len(self._seen):03d}-{phase}-{name.replace(' ', '-')}.png"
            page.screenshot(path=self.pictures / file, full_page="beamer" not in name)
