"""What axe is asked of every page in the browser."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

from tests.e2e.kit import call

TAGS: Final = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"),
]
OPTIONS: Final = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
CONTRAST_ONLY: Final = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What axe found, and whose contrast it judged of the kinds of texts it was asked."""

    found: list[str]
    judged: list[str]


def audit(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """List what axe finds on a page that has just been opened or made another size."""
    call(page, "settle")
    return ask(page, options).found


def ask(page: Page, options: dict[str, Any], texts: Collection[str] | None = None) -> Answer:
    """Return what axe says of a page that stands still.

    With ``texts``, kinds of texts as the last look wrote them down, the rule about contrast judges
    those only, and what does not lie where it should.
    """
    for frame in page.frames[1:]:
        call(frame, "bring")
    return Answer(**call(page, "audit", options, texts))
