"""Examine a page in full once, and then only what other words can change.

Nearly all rules of axe read the tree of a page: names of elements, roles, attributes, which of them
are empty. In five languages that is five times the same answer. So the browser writes down what the
rules see (skeleton.js). Where that is the same, in the same width, as on a page that axe has passed
as a whole, axe is asked only the rules whose answer other words can change, and those only where it
is not plain. Where anything else is different, axe is asked as a whole, as on the first page. Our
own rules are asked of every page. docs/developer/tests.md goes through the rules one by one.
"""

from hashlib import sha256
from typing import Any, Final

from playwright.sync_api import Page

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.e2e.auditing import CONTRAST_ONLY, OPTIONS, ask
from tests.e2e.kit import call

WITHOUT_CONTRAST: Final = {
    **OPTIONS,
    "rules": {**OPTIONS["rules"], "color-contrast": {"enabled": False}},
}


# A page: width and height of the window, and what the rules see of it.
Key = tuple[int, int, bytes]


class Reviewer:
    """Who remembers what was sound: whole pages by window, and texts on their grounds."""

    def __init__(self) -> None:
        self.sound: set[Key] = set()
        # Where texts of a sound page do not lie where they should, and could be read all the same.
        self.legible: set[tuple[Key, str]] = set()
        self.readable: set[str] = set()
        self.n_in_full = 0

    def examine(self, page: Page, language: str, size: tuple[int, int] | None = None) -> list[str]:
        """List what axe and our own rules find on a page just opened or made another size.

        With ``size`` also whether the window has it: what was asked for may have been forgotten.
        """
        seen = call(page, "look", language, LANGUAGE_CODES)
        is_right = size is None or seen["size"] == [*size]
        wrong = [] if is_right else [f"window is {seen['size']} instead of {size}"]
        return wrong + self._ask_axe(page, seen) + seen["own"]

    def examine_contrast(self, page: Page, language: str) -> list[str]:
        """List what axe finds wrong with the contrast of a page whose theme was changed."""
        seen = call(page, "look", language, LANGUAGE_CODES)
        return [] if self._is_readable(seen) else self._ask(page, CONTRAST_ONLY, seen)

    def _ask_axe(self, page: Page, seen: dict[str, Any]) -> list[str]:
        key = _key(seen)
        is_legible = (key, seen["lies"]) in self.legible or self._is_readable(seen)
        if key in self.sound:
            rules = [*seen["ask"], *([] if is_legible else ["color-contrast"])]
            found = self._ask(page, only(rules), seen) if rules else []
        else:
            self.n_in_full += 1
            found = self._ask(page, WITHOUT_CONTRAST if is_legible else OPTIONS, seen)
        if key and not found:
            self.sound.add(key)
            self.legible.add((key, seen["lies"]))
        return found

    def _ask(self, page: Page, options: dict[str, Any], seen: dict[str, Any]) -> list[str]:
        answer = ask(page, options, self._unknown(seen))
        if not answer.found:
            self.readable.update(answer.judged)
        return answer.found

    def _unknown(self, seen: dict[str, Any]) -> list[str] | None:
        """Return the kinds of texts whose contrast nobody judged yet; None if that is all."""
        contrasts = seen["contrasts"]
        return None if contrasts is None else [one for one in contrasts if one not in self.readable]

    def _is_readable(self, seen: dict[str, Any]) -> bool:
        return self._unknown(seen) == [] and not seen["odd"]


# What one page showed to be sound holds for every other one that looks the same to axe.
REVIEWER: Final = Reviewer()


def only(rules: list[str]) -> dict[str, Any]:
    """Return the options that ask axe no more than these rules."""
    return {"runOnly": {"type": "rule", "values": rules}, "resultTypes": ["violations"]}


def _key(seen: dict[str, Any]) -> Key | None:
    skeleton = seen["skeleton"]
    return skeleton and (*seen["size"], sha256(skeleton.encode()).digest())
