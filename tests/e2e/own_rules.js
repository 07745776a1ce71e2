// What every page keeps, beside what axe asks. A box that scrolls by itself may hold something wide;
// axe sees that a keyboard reaches it.
language => {
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
  if (!document.title.trim() || /^\W*AlpClusters$/.test(document.title))
    found.push("no title: " + document.title);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
  if (twice.length) found.push("same id twice: " + twice.join(", "));
  const empty = [...document.querySelectorAll("a[href], button")].filter(e =>
    e.getClientRects().length && !e.closest("[aria-hidden=true]")
      && !(e.textContent.trim() || e.getAttribute("aria-label")
      || e.querySelector("[alt]:not([alt='']), [aria-label], title, .visually-hidden, .sr")));
  if (empty.length) found.push("without a name: " + empty[0].outerHTML.slice(0, 120));
  if (/undefined|None\b|\bNaN\b|%\(\w+\)s|\{\{|\{%/.test(document.body.innerText))
    found.push("leaks code: " + document.body.innerText.match(
      /.{0,30}(undefined|None\b|\bNaN\b|%\(\w+\)s|\{\{|\{%).{0,30}/)[0]);
  return found;
}
