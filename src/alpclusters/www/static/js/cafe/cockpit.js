// Keeps the pages of a facilitator fresh and sends the buttons without leaving the page.
//
// The parts (data-part) are rendered by the site; when the revision has changed the page is asked
// for again and parts that differ are put in, never one that somebody is typing in. Numbers
// (data-live) come from the stream. Where no live process runs, the site is asked every few seconds.

import { listen } from "./stream.js";
import { secondsLeft, timeText } from "./clock.js";

const POLL_MS = 3000;
const BEST_MS = 30000;
const NAMES = {
  people: "participants",
  answered: "rating",
  ratings: "received",
  present: "present",
  unsent: "unsent",
  cards: "cards",
};

const root = document.querySelector("[data-event][data-numbers]");
const word = document.getElementById("word");
const format = new Intl.NumberFormat(root.dataset.locale);

let room = null;
let rev = Number(root.dataset.rev);
let tag = "";
let isFetching = false;
let isAgain = false;
const known = new Map();
for (const part of document.querySelectorAll("[data-part]")) known.set(part, withoutTokens(part.innerHTML));

// ---- parts --------------------------------------------------------------------------------

async function refresh() {
  if (isFetching) {
    isAgain = true;
    return;
  }
  isFetching = true;
  try {
    const response = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    if (response.ok) put(await response.text());
  } catch {
    // the next change asks again
  }
  isFetching = false;
  if (isAgain) {
    isAgain = false;
    refresh();
  }
}

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const source = fresh.querySelector("[data-event][data-numbers]");
  if (!source) return;
  root.dataset.rev = source.dataset.rev;
  rev = Math.max(rev, Number(source.dataset.rev));
  for (const old of document.querySelectorAll("[data-part]")) {
    const part = fresh.querySelector(`[data-part="${old.dataset.part}"]`);
    if (!part) continue;
    old.hidden = part.hidden;
    swap(old, part);
  }
  for (const field of document.querySelectorAll("input[name=seen]")) field.value = root.dataset.rev;
  if (room?.state) show(room.state);
  startClock();
}

function swap(old, part) {
  const html = withoutTokens(part.innerHTML);
  if (known.get(old) === html || isTyped(old)) return;
  known.set(old, html);
  const held = old.contains(document.activeElement) ? pathOf(document.activeElement) : null;
  const open = new Set([...old.querySelectorAll("details[open]")].map((one) => one.dataset.key));
  old.replaceChildren(...document.importNode(part, true).childNodes);
  for (const details of old.querySelectorAll("details")) details.open = open.has(details.dataset.key);
  if (held) find(old, held)?.focus({ preventScroll: true });
}

// Every answer brings other form tokens; they are no change.
function withoutTokens(html) {
  return html.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
}

// Somebody is typing or choosing here: what they have is theirs until it is sent.
function isTyped(part) {
  return [...part.querySelectorAll("textarea, select")].some((field) => {
    if (field === document.activeElement) return true;
    if (field.tagName === "TEXTAREA") return field.value !== field.defaultValue;
    const first = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.selectedIndex !== first;
  });
}

function pathOf(element) {
  const form = element.closest("form");
  const command = form?.querySelector("input[name=command]")?.value;
  return { command, text: element.textContent.trim(), id: element.id };
}

function find(part, { command, text, id }) {
  if (id) return part.querySelector(`#${CSS.escape(id)}`);
  const all = [...part.querySelectorAll("button, a")];
  const same = all.find((one) => one.textContent.trim() === text);
  return same || all.find((one) => one.closest("form")?.querySelector("input[name=command]")?.value === command);
}

// ---- buttons ------------------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  say(root.dataset.busy || "");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      redirect: "follow",
    });
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    form.reset();
    for (const area of form.querySelectorAll("textarea")) area.defaultValue = area.value;
    document.activeElement?.matches("select, textarea") && document.activeElement.blur();
    put(html);
    say(connectionWord());
  } catch {
    say(root.dataset.failed || "");
  }
  delete form.dataset.busy;
});

// ---- numbers ------------------------------------------------------------------------------

function write(name, text) {
  for (const cell of document.querySelectorAll(`[data-live="${name}"]`)) {
    if (cell.textContent === text) continue;
    cell.textContent = text;
    // What the page said to machines was true when it was sent.
    cell.closest("[data-total]")?.removeAttribute("data-total");
  }
}

function show(state) {
  for (const [key, name] of Object.entries(NAMES)) {
    if (Number.isFinite(state[key])) write(name, format.format(state[key]));
  }
  const codes = document.querySelector("[data-live=codes]");
  if (codes && state.codes) write("codes", codes.dataset[state.codes] || state.codes);
  for (const box of document.querySelectorAll("[data-trouble]")) box.hidden = box.dataset.trouble !== state.trouble;
  const help = Array.isArray(state.help) ? state.help.length : 0;
  write("help", format.format(help));
  for (const line of document.querySelectorAll("[data-when=help]")) line.hidden = !help;
}

// ---- timer --------------------------------------------------------------------------------

let end = null;
let said = null;

function startClock() {
  const place = document.getElementById("timer");
  const left = Number(place?.dataset.seconds);
  end = place && place.dataset.seconds !== undefined && place.dataset.paused === undefined
    ? performance.now() + left * 1000
    : null;
}

function tick() {
  const place = document.getElementById("timer");
  if (!place) return;
  const streamed = room?.connection === "online" ? secondsLeft(room.state) : null;
  const left = streamed ?? (end === null ? null : Math.max(0, (end - performance.now()) / 1000));
  if (left === null) return;
  const text = timeText(left);
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("warn", left <= 60);
  announce(Math.ceil(left));
}

function announce(left) {
  const words = { 300: root.dataset.five, 60: root.dataset.one, 0: root.dataset.over };
  if (words[left] && said !== left) say(words[left]);
  said = left;
}

function say(text) {
  if (word && word.textContent !== text) word.textContent = text;
}

function connectionWord() {
  return room?.connection === "online" || tag ? "" : root.dataset.offline || "";
}

// ---- following ----------------------------------------------------------------------------

async function poll() {
  if (room?.connection === "online") return;
  const headers = tag ? { "If-None-Match": tag } : {};
  const response = await fetch(root.dataset.numbers, { headers, cache: "no-store" });
  if (response.status !== 200) return;
  tag = response.headers.get("ETag") || "";
  const fresh = await response.json();
  for (const [name, text] of Object.entries(fresh.counts)) write(name, text);
  if (fresh.rev !== rev) {
    rev = fresh.rev;
    refresh();
  }
}

async function run() {
  if (!document.hidden) {
    await poll().catch(() => {
      tag = "";
      if (root.dataset.view) say(root.dataset.offline || "");
    });
  }
  setTimeout(run, POLL_MS);
}

if ("open" in root.dataset) {
  room = listen({
    event: Number(root.dataset.event),
    view: "facilitator",
    onState: (state, changed) => {
      show(state);
      const isNewer = Number.isFinite(state.rev) && state.rev !== rev;
      if (isNewer) rev = state.rev;
      if (isNewer || changed.has("tables")) refresh();
    },
    onCards: () => undefined,
    onConnection: (now) => {
      if (now === "online") say("");
    },
  });
  run();
}
// Whether the best few are known is found by the site, and no number of the stream tells it.
if ("best" in root.dataset) setInterval(() => document.hidden || refresh(), BEST_MS);
if ("due" in root.dataset) document.getElementById("seal-due")?.requestSubmit();
startClock();
setInterval(tick, 500);
