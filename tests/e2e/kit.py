"""What examines a page, as one script that the browser compiles once for all documents."""

from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Frame, Page

AXE: Final = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SKELETON: Final = Path(__file__).with_name("skeleton.js").read_text(encoding="utf-8")
FITS: Final = Path(__file__).with_name("fits.js").read_text(encoding="utf-8")
# Where a page was looked at, color-contrast judges only the texts that are asked, and it is told
# which kinds of texts were judged: what cannot be used, for example, is left out by the rule.
AUDIT: Final = """async (options, asked) => {
  bring();
  const rule = axe._audit.rules.find(one => one.id === "color-contrast");
  const isJudged = rule.isJudged ||= rule.matches;
  const wanted = asked && new Map([...seen.odd.map(one => [one, null]),
    ...asked.flatMap(key => seen.contrasts.get(key).map(one => [one, key]))]);
  const judged = new Set();
  rule.matches = function (node, ...others) {
    const is = (!wanted || wanted.has(node)) && isJudged.call(this, node, ...others);
    if (is && wanted?.get(node)) judged.add(wanted.get(node));
    return is;
  };
  const result = await axe.run(document, options);
  return { judged: [...judged], found: result.violations.map(v => v.id + ": "
    + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " {" + n.any.concat(n.all, n.none)
      .map(c => c.message).join("; ") + "}").join(" | ")
    + (v.nodes.length > 3 ? " and " + (v.nodes.length - 3) + " more" : "")) };
}"""
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
  // Frames and headings keep a distance from what stands above and below them. It depends on the
  // style sheet and not on the words: asked in one language.
  const style = element => getComputedStyle(element);
  const isThere = element => element.offsetHeight > 0
    && /^(block|grid|flex|list-item|table|flow-root)$/.test(style(element).display)
    && !/absolute|fixed|sticky/.test(style(element).position);
  const air = (element, side) => style(element)["border" + side + "Width"] === "0px"
    && style(element).backgroundColor === "rgba(0, 0, 0, 0)"
    ? parseFloat(style(element)["padding" + side]) : 0;
  const touches = (upper, lower) => {
    const [a, b] = [upper.getBoundingClientRect(), lower.getBoundingClientRect()];
    const isBelow = b.top >= a.bottom - 1 && b.left < a.right && a.left < b.right;
    return isBelow && b.top - a.bottom + air(upper, "Bottom") + air(lower, "Top") < 4;
  };
  const neighbour = (element, way) => {
    do element = element[way + "ElementSibling"]; while (element && !element.offsetHeight);
    return element;
  };
  const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("");
  const close = new Set();
  const look = (upper, lower) => {
    if (upper && lower && !/^(H[1-4]|LEGEND)$/.test(upper.tagName) && isThere(upper)
      && isThere(lower) && touches(upper, lower)) close.add(name(lower) + " on " + name(upper));
  };
  const apart = ".ac-table, .scroll, .ac-card, .ac-msg, .ac-fig, .ac-trail, h2, h3, h4";
  for (const one of language === "de" ? document.querySelectorAll(`main :is(${apart})`) : []) {
    look(neighbour(one, "previous"), one);
    look(one, neighbour(one, "next"));
  }
  if (close.size) found.push("no distance: " + [...close].join(", "));
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
SETTLED: Final = "() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"
# Axe is 550 kB. What a browser compiled of a script that begins each document serves the next one
# too; so axe stands in a function, called where it is asked.
KIT: Final = f"""(() => {{
  if ("examiners" in window) return;
  const bring = () => {{ if (!("axe" in window)) {{ {AXE} }} }};
  const settle = {SETTLED};
  const rules = {OWN_RULES};
  const fits = {FITS};
  const own = language => [...rules(language), ...language === "de" ? fits() : []];
  const skeleton = {SKELETON};
  let seen;
  const look = async (language, languages) => {{
    await settle();
    seen = skeleton(languages);
    const contrasts = seen.contrasts && [...seen.contrasts.keys()];
    const size = [innerWidth, innerHeight];
    return {{ ...seen, size, contrasts, odd: seen.odd.length > 0, own: own(language) }};
  }};
  const audit = {AUDIT};
  Object.defineProperty(window, "examiners", {{ value: {{ bring, settle, audit, look, own }} }});
}})()"""
KNOWN: Final[WeakSet[BrowserContext]] = WeakSet()


def call(place: Page | Frame, name: str, *given: object) -> Any:
    """Return what a function of the kit answers in a window."""
    asked = f"async given => 'examiners' in window ? [await examiners.{name}(...given)] : null"
    answer = place.evaluate(asked, list(given))
    if answer is None:
        _bring(place)
        answer = place.evaluate(asked, list(given))
    return answer[0]


def _bring(place: Page | Frame) -> None:
    """Bring the kit to the document of a window, and to all that follow in its browser context."""
    context = place.context if isinstance(place, Page) else place.page.context
    if context not in KNOWN:
        context.add_init_script(KIT)
        KNOWN.add(context)
    place.evaluate(KIT)
