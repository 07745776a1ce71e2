// The rating sheet: saves each choice at once, turns pages without the network, loses nothing.

import { embedIcons } from "./icons.js";
import { Queue } from "./queue.js";
import { openStore } from "./store.js";
import { Notices } from "./notices.js";

const SLOW_MS = 700;
const TYPING_MS = 600;

const data = JSON.parse(document.getElementById("sheet-data").textContent);
const form = document.getElementById("sheet");
const page = document.getElementById("page");
const bar = document.querySelector(".phonefoot .in");
const notices = new Notices(data);

const measures = new Map(data.measures.map((measure) => [measure.number, measure]));
const owner = new Map(); // name of a question -> measure
for (const measure of data.measures) {
  for (const name of Object.keys(measure.questions)) owner.set(name, measure);
}

const views = new Map();

let number = data.number;
let queue;
let typing;
let start;
// A tap may come before the store is open: it waits for it and is not lost.
const started = new Promise((resolve) => {
  start = resolve;
});

// ---- what is chosen -------------------------------------------------------------------------

function overlay(item) {
  const measure = data.measures.find((other) => other.id === item.b.m);
  if (!measure || item.rejected) return;
  if (item.t === "comment") {
    measure.comment = item.b.text;
    return;
  }
  const name = Object.keys(measure.questions).find((key) => measure.questions[key] === item.b.c);
  if (!name) return;
  if (!("v" in item.b)) delete measure.answers[name];
  else measure.answers[name] = item.b.v === null ? "cj" : String(item.b.v);
}

async function choose(name, value) {
  const measure = owner.get(name);
  const body = { m: measure.id, c: measure.questions[name] };
  if (value === null) {
    delete measure.answers[name];
  } else {
    measure.answers[name] = value;
    body.v = value === "cj" ? null : Number(value);
  }
  await started;
  await queue.add("rate", body);
  queue.flush();
}

// What was tapped before this script was there stands only in the page.
function adoptEarlyChoices() {
  for (const radio of page.querySelectorAll("fieldset[data-criterion] input:checked")) {
    const measure = owner.get(radio.name);
    if (measure && measure.answers[radio.name] !== radio.value) choose(radio.name, radio.value);
  }
}

async function comment(measure, text) {
  measure.comment = text;
  const body = { m: measure.id, text, language: document.documentElement.lang };
  await started;
  await queue.add("comment", body, `comment-${measure.id}`);
}

function stateOf(measure) {
  const names = Object.keys(measure.questions);
  const n = names.filter((name) => name in measure.answers).length;
  if (n === names.length) return "all";
  return n ? "some" : "none";
}

// ---- showing --------------------------------------------------------------------------------

function show(wanted, { moves = true } = {}) {
  const view = views.get(wanted);
  if (!view) return;
  saveTyped();
  number = wanted;
  page.dataset.number = wanted;
  page.replaceChildren(...view.content.cloneNode(true).childNodes);
  bar.replaceChildren(...view.buttons.cloneNode(true).childNodes);
  const measure = measures.get(wanted);
  form.action = measure ? measure.url : data.doneUrl;
  fill();
  const title = page.querySelector("h1");
  document.title = `${title.textContent} – AlpClusters`;
  if (!moves) return;
  window.scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

function go(wanted) {
  const measure = measures.get(wanted);
  history.pushState({ number: wanted }, "", measure ? measure.url : data.doneUrl);
  show(wanted);
}

// Writes answers and states into the page that is shown.
function fill() {
  const measure = measures.get(number);
  if (measure) fillMeasure(measure);
  else fillOverview();
  fillDashes();
  for (const input of document.querySelectorAll('[data-language-form] input[name="next"]')) {
    input.value = location.pathname;
  }
}

function fillMeasure(measure) {
  for (const set of page.querySelectorAll("fieldset[data-criterion]")) {
    const value = measure.answers[set.dataset.criterion];
    for (const radio of set.querySelectorAll("input[type=radio]")) {
      radio.checked = radio.value === value;
    }
    set.querySelector("[data-clear]")?.remove();
  }
  const box = page.querySelector("[data-comment]");
  if (box !== document.activeElement) box.value = measure.comment;
  mark();
}

function fillOverview() {
  const open = data.measures.filter((measure) => stateOf(measure) !== "all").length;
  page.querySelector("[data-open-text]").textContent = data.open[open];
  for (const row of page.querySelectorAll("li[data-number]")) {
    const state = stateOf(measures.get(Number(row.dataset.number)));
    row.querySelector("[data-state]").replaceChildren(notices.snippet(state));
  }
}

function fillDashes() {
  const dashes = document.querySelector("#dashes .pdots");
  const measure = measures.get(number);
  dashes.setAttribute("aria-label", measure ? measure.position : page.querySelector("h1").textContent);
  [...dashes.children].forEach((dash, index) => {
    const isDone = stateOf(measures.get(index + 1)) === "all";
    dash.className = index + 1 === number ? "now" : isDone ? "ok" : "";
  });
}

// Says under each question whether it is saved. "Saving" only when it takes long.
function mark() {
  const measure = measures.get(number);
  if (!measure || !queue) return;
  const unsent = queue.waiting.filter((item) => item.b.m === measure.id);
  for (const set of page.querySelectorAll("fieldset[data-criterion]")) {
    const name = set.dataset.criterion;
    const isUnsent = unsent.some((item) => item.t === "rate" && item.b.c === measure.questions[name]);
    markOne(set.querySelector("[data-saved]"), isUnsent, name in measure.answers);
  }
  const isUnsent = unsent.some((item) => item.t === "comment");
  markOne(page.querySelector("[data-comment-state] [data-saved]"), isUnsent, measure.comment !== "");
}

function markOne(place, isUnsent, hasAnswer) {
  const wanted = isUnsent ? (queue.isOnline ? "saving" : "device") : hasAnswer ? "saved" : "";
  if (place.dataset.state === wanted) return;
  clearTimeout(place.timer);
  const write = () => {
    place.dataset.state = wanted;
    const fresh = wanted ? notices.snippet(wanted).firstElementChild : null;
    place.className = fresh ? fresh.className : "ac-saved";
    place.replaceChildren(...(fresh ? fresh.childNodes : []));
  };
  if (wanted === "saving") place.timer = setTimeout(write, SLOW_MS);
  else write();
}

function offerClear(set) {
  if (set.querySelector("[data-clear]")) return;
  const button = notices.snippet("clear").firstElementChild;
  button.value = set.dataset.criterion;
  set.querySelector(".under").append(button);
}

// ---- listening ------------------------------------------------------------------------------

function saveTyped() {
  clearTimeout(typing);
  const box = page.querySelector("[data-comment]");
  const measure = measures.get(number);
  if (!box || !measure || box.value === measure.comment) return;
  comment(measure, box.value).then(() => queue.flush());
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (link) {
    event.preventDefault();
    go(Number(link.dataset.go));
    return;
  }
  const clear = event.target.closest("[data-clear]");
  if (clear) {
    event.preventDefault();
    const set = clear.closest("fieldset");
    const chosen = set.querySelector("input:checked");
    if (chosen) chosen.checked = false;
    clear.remove();
    chosen?.focus();
    choose(set.dataset.criterion, null);
    fillDashes();
    return;
  }
  // A second tap on the chosen row: click comes before change, and change does not come.
  const radio = event.target.closest("input[type=radio]");
  if (radio && owner.get(radio.name)?.answers[radio.name] === radio.value) {
    offerClear(radio.closest("fieldset"));
  }
});

page.addEventListener("change", (event) => {
  const radio = event.target.closest("input[type=radio]");
  if (!radio) {
    saveTyped();
    return;
  }
  radio.closest("fieldset").querySelector("[data-clear]")?.remove();
  choose(radio.name, radio.value);
  fillDashes();
});

page.addEventListener("input", (event) => {
  if (!event.target.closest("[data-comment]")) return;
  clearTimeout(typing);
  typing = setTimeout(saveTyped, TYPING_MS);
});

bar.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link) return;
  event.preventDefault();
  go(Number(link.dataset.go));
});

form.addEventListener("submit", (event) => {
  if (!views.size) return; // not begun yet: the form goes to the server as it would without us
  event.preventDefault();
  const isBack = event.submitter?.value === "back";
  const wanted = number + (isBack ? -1 : 1);
  go(measures.has(wanted) ? wanted : 0);
});

// Pages that only the server has wait for it: leaving this one would show the browser's error.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.dataset.go || !queue || queue.isOnline || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  notices.wait();
});

for (const choice of document.querySelectorAll("[data-language-form]")) {
  choice.addEventListener("submit", (event) => {
    saveTyped();
    if (!queue || queue.isOnline) return;
    event.preventDefault();
    notices.wait();
  });
}

window.addEventListener("popstate", () => {
  const found = data.measures.find((measure) => measure.url === location.pathname);
  show(found ? found.number : 0);
});
window.addEventListener("pagehide", saveTyped);
window.addEventListener("beforeunload", (event) => {
  if (queue && !queue.store.keeps && queue.waiting.length) event.preventDefault();
});

// ---- beginning ------------------------------------------------------------------------------

// The page the server sent becomes a template too, so that one can come back to it.
function readViews() {
  for (const template of document.querySelectorAll("template[data-view]")) {
    const [content, buttons] = template.content.children;
    views.set(Number(template.dataset.view), { content, buttons });
  }
  views.set(data.number, { content: page.cloneNode(true), buttons: bar.cloneNode(true) });
}

async function begin() {
  const icons = embedIcons().catch(() => undefined);
  const store = await openStore(data.event);
  queue = new Queue({
    store,
    event: data.event,
    url: data.commandUrl,
    token: form.querySelector("input[name=csrfmiddlewaretoken]").value,
    onAgain: (item) => {
      overlay(item);
      fill();
    },
    onChange: () => {
      mark();
      notices.update(queue, (item) => data.measures.find((m) => m.id === item.b.m)?.name || "");
    },
  });
  await queue.load();
  queue.acknowledged.forEach(overlay);
  queue.items.forEach(overlay);
  adoptEarlyChoices();
  start();
  await icons;
  readViews();
  fill();
  document.documentElement.dataset.sheet = "ready";
  queue.onChange();
  queue.flush();
}

begin();
