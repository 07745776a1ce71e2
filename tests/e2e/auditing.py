"""What every page in the browser is asked: axe as a whole, and our own rules."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Frame, Page

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.sizes import IS_FULL

HERE: Final = Path(__file__).parent
AXE: Final = (HERE.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
OWN_RULES: Final = (HERE / "own_rules.js").read_text(encoding="utf-8")
FITS: Final = (HERE / "fits.js").read_text(encoding="utf-8")
# Of a page that is looked at in five languages, axe is asked in German, whose words are longest;
# ./check full asks it in all.
AXE_LANGUAGES: Final = LANGUAGE_CODES if IS_FULL else ("de",)
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
RUN_AXE: Final = """async options => (await axe.run(document, options)).violations.map(v =>
  v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " {" + n.any.concat(n.all, n.none)
    .map(c => c.message).join("; ") + "}").join(" | ")
  + (v.nodes.length > 3 ? " and " + (v.nodes.length - 3) + " more" : ""))"""
# A window that was just made narrower or wider has told its scripts once two frames are drawn.
SETTLED: Final = "() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"


def examine(page: Page, language: str) -> list[str]:
    """List what axe and our own rules find on a page that was just opened or made another size."""
    return [*audit(page), *own_rules(page, language)]


def audit(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """List what axe finds."""
    page.evaluate(SETTLED)
    for frame in page.frames:
        _bring_axe(frame)
    return page.evaluate(RUN_AXE, options)


def own_rules(page: Page, language: str) -> list[str]:
    """List what our own rules find; what depends on the longest words only in German."""
    page.evaluate(SETTLED)
    return [*page.evaluate(OWN_RULES, language), *(page.evaluate(FITS) if language == "de" else [])]


def _bring_axe(frame: Frame) -> None:
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE)
