// Where the answers of this phone lie on the map of opinions. The page brings along how answers become
// a place; the answers are on the phone only, and so is the place.

import { find } from "./dom.js";
import { Words } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const CLEARLY = 2 / 3; // so much nearer to one group than to the next

// What counts of a person's answers: of each question that of the last round.
function standing(own, answers) {
  const rounds = own.rounds.map((round) => answers[round] || {});
  return Object.entries(Object.assign({}, ...rounds)).filter(([name, value]) => name in own.items && value !== null);
}

function vote(value, [low, high]) {
  if (value >= high) return 1;
  return value <= low ? -1 : 0;
}

// {n, x, y, sd} in the unit of the map; without x where there are too few answers.
export function placeOf(own, answers) {
  const given = standing(own, answers);
  const n = given.length;
  if (n < own.least) return { n };
  const isAxis = own.kind === "axis";
  const rests = given.map(([name, value]) => (isAxis ? value : vote(value, own.cuts)) - own.items[name][0]);
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const strictness = own.strictness === null ? 0 : sum(rests) / (n + own.strictness);
  const along = (part) => sum(given.map(([name], at) => own.items[name][part] * (rests[at] - strictness)));
  if (isAxis) {
    const known = 1 + sum(given.map(([name]) => own.items[name][3]));
    return { n, x: along(1) / known / own.reach, y: 0, sd: 1 / Math.sqrt(known) / own.reach };
  }
  const wide = Math.sqrt(Object.keys(own.items).length / n) / own.reach;
  return { n, x: along(1) * wide, y: along(2) * wide, sd: 0 };
}

function nearestGroup(own, { x, y }) {
  const far = own.groups
    .map(([letter, gx, gy]) => ({ letter, distance: Math.hypot(x - gx, y - gy) }))
    .sort((a, b) => a.distance - b.distance);
  return far[0].distance <= CLEARLY * far[1].distance ? far[0].letter : "";
}

function whereSaid(own, place, words) {
  if (own.kind === "camps") {
    const letter = nearestGroup(own, place);
    return letter ? words.of("group", { letter }) : words.of("between");
  }
  if (Math.abs(place.x) <= own.interval * place.sd) return words.of("middle");
  const side = place.x < 0 ? 0 : 1;
  return own.ends[side] ? words.of("towards", { item: own.ends[side] }) : words.of(side ? "right" : "left");
}

function sentences(own, place, words) {
  if (!place.n) return [words.of("none")];
  if (place.x === undefined) return [words.of("few", { n: place.n, least: own.least })];
  const basis = words.of("basis", { n: place.n, all: Object.keys(own.items).length });
  return [whereSaid(own, place, words), ...(own.kind === "axis" ? [words.of("interval")] : []), basis];
}

// ---- drawing ------------------------------------------------------------------------------------

function shape(name, attributes, text = "") {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.textContent = text;
  return node;
}

// The outermost place of ten people lies at 1: single ones lie beyond it, as far as the drawing goes.
const within = (value) => Math.min(1.4, Math.max(-1.4, value));

function label(x, y, at, text) {
  const anchor = at > 0.8 ? "end" : at < -0.8 ? "start" : "middle";
  return shape("text", { x, y, "text-anchor": anchor, class: "you" }, text);
}

function onAxis({ x, sd }, { interval, drawing }, you) {
  const { x: middle, dx, axis } = drawing;
  const at = middle + dx * within(x);
  const [from, to] = [-1, 1].map((side) => middle + dx * within(x + side * interval * sd));
  return [
    shape("rect", { x: from, y: axis - 6, width: to - from, height: 12, rx: 6, class: "span" }),
    shape("line", { x1: at, x2: at, y1: 36, y2: axis, class: "at" }),
    shape("circle", { cx: at, cy: axis, r: 9, class: "at" }),
    label(at, 26, x, you),
  ];
}

function onPlane({ x, y }, { drawing }, you) {
  const [cx, cy] = [drawing.x + drawing.dx * within(x), drawing.y + drawing.dy * within(y)];
  return [shape("circle", { cx, cy, r: 10, class: "at" }), label(cx, cy - 18, x, you)];
}

function mark(map, own, place, told, you) {
  const drawn = own.kind === "axis" ? onAxis : onPlane;
  const group = shape("g", { class: "own", tabindex: "0", role: "img", "aria-label": told });
  group.append(shape("title", {}, told), ...drawn(place, own, you));
  map.append(group);
}

export function showOwnPlace(answers) {
  const data = find("#own-map");
  if (!data) return;
  const own = JSON.parse(data.textContent);
  const words = new Words(own.say, document.documentElement.lang);
  const place = placeOf(own, answers);
  const told = sentences(own, place, words);
  find("#own-place").textContent = told.join(" ");
  if (place.x !== undefined) mark(find("svg.opmap"), own, place, told[0], words.of("you"));
}
