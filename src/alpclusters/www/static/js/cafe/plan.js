// The room from above: where the tables stand, and which is yours.

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

// Draws; false where nobody has said where the tables stand.
export function drawPlan(place, tables, own, words) {
  const rows = Object.entries(tables);
  if (!rows.some(([, table]) => table.x || table.y)) return false;
  const mine = tables[own];
  const svg = element("svg", {
    viewBox: "-8 -8 116 116",
    role: "img",
    class: "roomplan",
    "aria-label": mine ? `${words.of("table", { n: mine.number })}${mine.way ? `: ${mine.way}` : ""}` : "",
  });
  svg.append(element("rect", { x: -7, y: -7, width: 114, height: 114, rx: 3, class: "room" }));
  for (const [pk, table] of rows) {
    const isMine = String(own) === pk;
    svg.append(element("circle", { cx: table.x, cy: table.y, r: isMine ? 7 : 5.5, class: isMine ? "mine" : "table" }));
    svg.append(element("text", { x: table.x, y: table.y + 2.2, "text-anchor": "middle", class: isMine ? "mine" : "" }, String(table.number)));
  }
  place.replaceChildren(svg);
  return true;
}
