"""Examine a page in full once, and then only what other words can change.

Nearly all rules of axe read the tree of a page: names of elements, roles, attributes, which of them
are empty. In five languages that is five times the same answer. So the browser writes down what the
rules see (skeleton.js). Where that is the same, in the same width, as on a page that axe has passed
as a whole, axe is asked only the rules whose answer other words can change, and those only where it
is not plain. Where anything else is different, axe is asked as a whole, as on the first page. Our
own rules are asked of every page. docs/developer/tests.md goes through the rules one by one.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import CONTRAST_ONLY, OPTIONS, OWN_RULES, SETTLED, ask

SKELETON: Final = Path(__file__).with_name("skeleton.js").read_text(encoding="utf-8")
LOOK: Final = f"""async ([language, languages]) => {{ {SETTLED};
  return {{...({SKELETON})(languages), own: ({OWN_RULES})(language)}}; }}"""
WITHOUT_CONTRAST: Final = {
    **OPTIONS,
    "rules": {**OPTIONS["rules"], "color-contrast": {"enabled": False}},
}


class Reviewer:
    """Who remembers what was sound: whole pages by window, and texts on their grounds."""

    def __init__(self) -> None:
        self.sound: set[tuple[int, int, bytes]] = set()
        self.readable: set[str] = set()
        self.n_in_full = 0

    def examine(self, page: Page, language: str) -> list[str]:
        """List what axe and our own rules find on a page just opened or made another size."""
        seen = page.evaluate(LOOK, [language, LANGUAGE_CODES])
        return self._ask_axe(page, seen) + seen["own"]

    def examine_contrast(self, page: Page, language: str) -> list[str]:
        """List what axe finds wrong with the contrast of a page whose theme was changed."""
        seen = page.evaluate(LOOK, [language, LANGUAGE_CODES])
        if self._is_readable(seen):
            return []
        found = ask(page, CONTRAST_ONLY)
        self._learn(seen, found)
        return found

    def _ask_axe(self, page: Page, seen: dict[str, Any]) -> list[str]:
        key = _key(page, seen["skeleton"])
        if key in self.sound:
            return ask(page, only(seen["ask"])) if seen["ask"] else []
        self.n_in_full += 1
        found = ask(page, WITHOUT_CONTRAST if self._is_readable(seen) else OPTIONS)
        self._learn(seen, found)
        if key and not found:
            self.sound.add(key)
        return found

    def _is_readable(self, seen: dict[str, Any]) -> bool:
        return seen["contrasts"] is not None and self.readable.issuperset(seen["contrasts"])

    def _learn(self, seen: dict[str, Any], found: list[str]) -> None:
        if seen["contrasts"] is not None and seen["teaches"] and not found:
            self.readable.update(seen["contrasts"])


# What one page showed to be sound holds for every other one that looks the same to axe.
REVIEWER: Final = Reviewer()


def only(rules: list[str]) -> dict[str, Any]:
    """Return the options that ask axe no more than these rules."""
    return {"runOnly": {"type": "rule", "values": rules}, "resultTypes": ["violations"]}


def _key(page: Page, skeleton: str | None) -> tuple[int, int, bytes] | None:
    if skeleton is None:
        return None
    size = page.viewport_size
    return size["width"], size["height"], sha256(skeleton.encode()).digest()
