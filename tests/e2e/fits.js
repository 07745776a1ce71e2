// What stands out of its box to the right, and so lies on its neighbour. It depends on style sheet
// and width, and on the longest words: asked in one language, also at widths of tablets.
() => {
  const found = new Set();
  const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("");
  const right = e => e.getBoundingClientRect().right;
  // Only readers of screens hear these; a drawing, and the name of a step, has its own room.
  const aside = ".vh, .ac-skip, .ac-steps, dialog, [popover]";
  const isHead = e => e.closest("thead") && style(e.closest("thead")).position === "absolute";
  const style = e => getComputedStyle(e);
  for (const one of document.querySelectorAll("body :not(svg, svg *)")) {
    if (!one.clientWidth || !one.checkVisibility() || one.closest(aside)) continue;
    const own = style(one);
    if (own.display === "inline" || /absolute|fixed/.test(own.position)) continue;
    const box = one.parentElement, around = style(box);
    const holds = around.overflowX === "visible" && !/^(inline|contents)$/.test(around.display);
    // A box that scrolls reaches to the edge of a phone on purpose.
    const reaches = own.overflowX === "auto" || own.overflowX === "scroll";
    if (holds && !reaches && right(one) > right(box) + 2 && !isHead(one))
      found.add(name(one) + " in " + name(box));
    const isText = ![...one.children].some(child => style(child).display !== "inline"
      && !child.matches("svg"));
    if (isText && own.overflowX === "visible" && own.display !== "table-row"
      && one.scrollWidth > one.clientWidth + 2) found.add("text in " + name(one));
  }
  return found.size ? ["stands out: " + [...found].slice(0, 4).join(", ")] : [];
}
