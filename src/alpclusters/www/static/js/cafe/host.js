// The page of a table host follows the hall. Parts of the page are replaced when something changed;
// what a person is typing is never touched, and is kept on the device until it was sent.

import { shrink } from "./photo.js";
import { listen, secondsLeft, timeText } from "./stream.js";

const PAUSE_MS = 1200;
const root = document.getElementById("host");
const { event, table } = root.dataset;
const PREFIX = `alpclusters-host:${event}:${table}:`;

// ---- drafts: what was typed and not sent ------------------------------------------------------

const isText = (field) => field.matches("textarea, input:not([type=hidden]):not([type=file]):not([type=checkbox])");
const keyOf = (field) => `${PREFIX}${field.form.dataset.form}:${field.name}`;

function remember(field) {
  if (!field.form?.dataset.form || !isText(field)) return;
  try {
    if (field.value === field.defaultValue) localStorage.removeItem(keyOf(field));
    else localStorage.setItem(keyOf(field), field.value);
  } catch (error) {
    // forbidden or full: the page alone keeps it
  }
}

function recall(place) {
  for (const form of place.querySelectorAll("form[data-form]")) {
    for (const field of [...form.elements].filter(isText)) {
      const kept = read(keyOf(field));
      if (kept !== null && field.value !== kept && field !== document.activeElement) field.value = kept;
    }
  }
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    return null;
  }
}

function forget(name) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${name}:`));
    for (const key of keys) localStorage.removeItem(key);
  } catch (error) {
    // nothing was kept
  }
}

// ---- parts of the page ------------------------------------------------------------------------

const parts = (place) => new Map([...place.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));

function isBusy(node) {
  const field = document.activeElement;
  return node.contains(field) && field.matches("textarea, input:not([type=checkbox]), select");
}

function swap(fresh, { withLine }) {
  const before = parts(document);
  for (const [name, node] of parts(fresh)) {
    const old = before.get(name);
    const isNews = withLine || !["line", "undo"].includes(name);
    if (old && isNews && !isBusy(old) && differs(old, node)) replace(old, node);
  }
  const timer = document.getElementById("timer");
  const news = fresh.getElementById("timer");
  if (timer && news) Object.assign(timer.dataset, { ends: "", left: "" }, news.dataset);
}

// A form that belongs to a round makes way for that of the next one, but never with unsent text: what
// was typed in round 1 is handed over for round 1.
function differs(old, node) {
  if (node.dataset.round === undefined) return old.innerHTML !== node.innerHTML;
  const isUnsent = [...old.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  return old.dataset.round !== node.dataset.round && !isUnsent;
}

// Keeps what is open, ticked and focused.
function replace(old, node) {
  if (node.dataset.round !== undefined) old.dataset.round = node.dataset.round;
  const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
  const ticked = [...old.querySelectorAll("input[type=checkbox]:checked")].map((one) => one.id);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceChildren(...document.importNode(node, true).childNodes);
  for (const id of open) old.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  for (const id of ticked) {
    const box = old.querySelector(`#${CSS.escape(id)}`);
    if (box) box.checked = true;
  }
  recall(old);
  if (focused) old.querySelector(`#${CSS.escape(focused)}`)?.focus();
}

let timer;
let isFetching = false;

// Twenty hosts hear the same message: they ask at different moments.
function later() {
  clearTimeout(timer);
  timer = setTimeout(fetchPage, PAUSE_MS * (0.3 + Math.random()));
}

async function fetchPage() {
  if (isFetching) return later();
  isFetching = true;
  try {
    const response = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
    if (response.ok) swap(parse(await response.text()), { withLine: false });
  } catch (error) {
    // the next message of the hall asks again
  } finally {
    isFetching = false;
  }
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

// ---- sending ----------------------------------------------------------------------------------

function say(text, kind = "ac-err") {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = text;
  document.getElementById("line").replaceChildren(span);
}

async function send(form, button) {
  const data = new FormData(form, button);
  const sent = form.querySelector("input[type=file]");
  if (sent?.files[0]) {
    try {
      data.set("photo", await shrink(sent.files[0], document.createElement("canvas")), "card.jpg");
    } catch (error) {
      return say(root.dataset.photoFailed);
    }
  }
  const response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  if (response.status >= 500) throw new Error("server");
  const fresh = parse(await response.text());
  if (!fresh.getElementById("host")) return location.reload(); // the link is void
  if (response.ok) done(form, fresh);
  swap(fresh, { withLine: true });
  if (!response.ok) document.getElementById("line").scrollIntoView({ block: "center" });
}

function done(form, fresh) {
  if (form.dataset.form) forget(form.dataset.form);
  if (form.dataset.owner !== "person" && !form.closest("[data-owner=person]")) return;
  // The form stays where it is and takes what the server now has: a summary keeps its text.
  // (A field called "id" hides the id of its form.)
  const id = form.getAttribute("id");
  const news = id ? fresh.getElementById(id) : fresh.querySelector(`form[data-form="${form.dataset.form}"]`);
  if (!news) return form.reset();
  for (const field of form.elements) {
    // ticked cards are many fields of one name; they are cleared below
    if (!field.name || field.type === "checkbox" || field.name === "csrfmiddlewaretoken") continue;
    const other = news.elements.namedItem(field.name);
    if (!other) continue;
    if (field.type === "file") field.value = "";
    else if (field.tagName === "TEXTAREA") field.defaultValue = other.defaultValue;
    else if (field.type !== "radio") field.setAttribute("value", other.getAttribute("value") || "");
    if (isText(field) && field.defaultValue !== undefined) field.value = field.defaultValue;
  }
  for (const box of document.querySelectorAll(`input[type=checkbox][form="${id}"]`)) box.checked = false;
}

root.addEventListener("submit", async (submission) => {
  const form = submission.target;
  if (!form.action.includes("/cafe/host/")) return;
  submission.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try {
    await send(form, submission.submitter);
  } catch (error) {
    say(root.dataset.unsent);
  } finally {
    delete form.dataset.busy;
  }
});

root.addEventListener("input", ({ target }) => remember(target));

// ---- the hall ---------------------------------------------------------------------------------

const badge = document.getElementById("connection");
const clock = document.getElementById("timer");

const room = listen({
  event,
  view: "host",
  onState: (state, changed) => {
    if (["rev", "content", "phase", "round", "seats", "cards", "announcement", "help"].some((name) => changed.has(name))) later();
  },
  onCards: later,
  onConnection: (word) => {
    badge.textContent = word === "online" ? root.dataset.online : root.dataset.cut;
    badge.classList.toggle("good", word === "online");
    if (word === "refused" || word === "gone") later();
  },
});

function left() {
  const known = secondsLeft(room.state);
  if (known !== null || room.state) return known;
  if (clock.dataset.left) return Number(clock.dataset.left) / 1000;
  return clock.dataset.ends ? Math.max(0, (Number(clock.dataset.ends) - Date.now()) / 1000) : null;
}

function tick() {
  const seconds = left();
  const isPaused = Number.isFinite(room.state?.paused);
  const over = seconds !== null && seconds <= 0 ? root.dataset.over : "";
  const text = seconds === null ? "" : over || `${timeText(seconds)}${isPaused ? ` (${root.dataset.paused})` : ""}`;
  if (clock.textContent !== text) clock.textContent = text;
  clock.classList.toggle("warn", seconds !== null && seconds <= 60);
}

const finished = document.querySelector("[data-done]");
if (finished) forget(finished.dataset.done);
recall(document);
setInterval(tick, 1000);
tick();
