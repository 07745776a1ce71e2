"""What is asked of every page in the browser: axe, and rules of our own in one line each."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS: Final = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"),
]
OPTIONS: Final = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
CONTRAST_ONLY: Final = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

AUDIT: Final = """async options => {
  const result = await axe.run(document, options);
  return result.violations.map(v => v.id + ": "
    + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " {" + n.any.concat(n.all, n.none)
      .map(c => c.message).join("; ") + "}").join(" | ")
    + (v.nodes.length > 3 ? " and " + (v.nodes.length - 3) + " more" : "")); }"""
# A box that scrolls by itself may hold something wide; axe sees that a keyboard reaches it.
OWN_RULES: Final = """language => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(element => {
      if (element.getBoundingClientRect().right <= root.clientWidth + 1) return false;
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") return false;
      return true;
    }).slice(0, 3).map(e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "")
      + [...e.classList].map(c => "." + c).join(""));
    found.push("wider than the window (" + root.scrollWidth + " > " + root.clientWidth + "): "
      + wide.join(", "));
  }
  const heads = document.querySelectorAll("h1");
  if (heads.length !== 1) found.push(heads.length + " h1");
  if (root.lang !== language) found.push("lang is " + root.lang);
  if (!document.title.trim() || /^\\W*AlpClusters$/.test(document.title))
    found.push("no title: " + document.title);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  if (twice.length) found.push("same id twice: " + twice.join(", "));
  const empty = [...document.querySelectorAll("a[href], button")].filter(e =>
    e.getClientRects().length && !e.closest("[aria-hidden=true]")
      && !(e.textContent.trim() || e.getAttribute("aria-label")
      || e.querySelector("[alt]:not([alt='']), [aria-label], title, .visually-hidden, .sr")));
  if (empty.length) found.push("without a name: " + empty[0].outerHTML.slice(0, 120));
  if (/undefined|None\\b|\\bNaN\\b|%\\(\\w+\\)s|\\{\\{|\\{%/.test(document.body.innerText))
    found.push("leaks code: " + document.body.innerText.match(
      /.{0,30}(undefined|None\\b|\\bNaN\\b|%\\(\\w+\\)s|\\{\\{|\\{%).{0,30}/)[0]);
  return found;
}"""


# A window that was just made narrower or wider has told its scripts once two frames are drawn.
SETTLED: Final = "await new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"


def audit(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """List what axe finds on a page that has just been opened or made another size."""
    page.evaluate(f"async () => {{ {SETTLED}; }}")
    return ask(page, options)


def ask(page: Page, options: dict[str, Any]) -> list[str]:
    """List what axe finds on a page that stands still."""
    _bring_axe(page)
    return page.evaluate(AUDIT, options)


def _bring_axe(page: Page) -> None:
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE)
