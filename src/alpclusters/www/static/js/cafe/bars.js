// A value between the ends of a scale with its interval, as a picture beside the numbers.

const SVG = "http://www.w3.org/2000/svg";
const share = (value, [from, to]) => `${Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100))}%`;

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

export function intervalBar(value, low, high, ends) {
  if (!Number.isFinite(value)) return null;
  const percent = (place) => share(place, ends);
  const svg = element("svg", { class: "bar", width: "100%", height: "18", "aria-hidden": "true" });
  svg.append(element("line", { class: "axis", x1: "0", x2: "100%", y1: "9", y2: "9" }));
  if (Number.isFinite(low)) {
    svg.append(element("line", { class: "span", x1: percent(low), x2: percent(high), y1: "9", y2: "9" }));
  }
  svg.append(element("circle", { class: "dot", cx: percent(value), cy: "9", r: "5.5" }));
  return svg;
}
