// The way in: a code that is typed, a link behind a QR code, or a recovery code.
//
// What stands behind "#" never reaches a server: "7~secret" of a QR code, "K7M4RT24" of an older one,
// "back-7" from a page that does not know its person any more, "other-7" for the next person.

import { find, show } from "./dom.js";
import { newKey } from "./keys.js";
import { isOurs } from "./ours.js";
import { Pocket } from "./pocket.js";
import { Words } from "./words.js";

const ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ";
const IGNORED = /[\s\u00a0\u202f\-‐‑–—_.·]/g;

const data = JSON.parse(find("#join-data").textContent);
const words = new Words(data.say, document.documentElement.lang);
const form = find("#join");
const field = form.elements.code;
const recovery = form.elements.recovery;
const here = new Pocket("last");
const key = newKey();
let link = "";
let isOther = false;
let cameBack = 0;

const normal = (text) => text.replace(IGNORED, "").toUpperCase();

function take() {
  const mark = decodeURIComponent(location.hash.slice(1));
  if (!mark) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (/^\d+~[\w-]{10,}$/.test(mark)) useLink(mark);
  else if (mark === "left") show(find("#left"), true);
  else if (mark.startsWith("other-")) beOther(Number(mark.slice(6)));
  else if (mark.startsWith("back-")) comeBack(Number(mark.slice(5)));
  else if (normal(mark).length === 8) field.value = normal(mark);
}

// The link of a QR code stands for the code: nothing has to be typed.
function useLink(found) {
  link = found;
  show(field.closest(".ac-field"), false);
  show(find("#linked"), true);
}

function beOther(event) {
  isOther = true;
  const way = new Pocket(event).get("way");
  if (way?.link) useLink(way.link);
  else if (way?.code) field.value = way.code;
}

function comeBack(event) {
  cameBack = event;
  const way = new Pocket(event).get("way");
  if (way?.link) useLink(way.link);
  else if (way?.code) field.value = way.code;
  const code = new Pocket(event).get("recovery");
  if (code) recovery.value = code;
  show(find("#gone"), true);
  find("#recovery").open = true;
}

// ---- what is wrong is said before anything is sent --------------------------------------------

function fault() {
  const code = normal(field.value);
  if (recovery.value.trim()) {
    const foreign = foreignIn(normal(recovery.value));
    if (foreign) return [recovery, foreign];
  } else if (!form.elements.consent.checked) {
    return [form.elements.consent, data.say.consent];
  }
  if (link || cameBack) return null;
  const foreign = foreignIn(code);
  if (foreign) return [field, foreign];
  return code.length === 8 ? null : [field, words.of("codeLength")];
}

function foreignIn(code) {
  const foreign = [...new Set(code)].filter((letter) => !ALPHABET.includes(letter));
  return foreign.length ? words.of("wrongCharacters", { n: foreign.length, characters: foreign.slice(0, 8).join(", ") }) : "";
}

function say(text, place) {
  const error = find("#join-error");
  error.textContent = text;
  show(error, Boolean(text));
  if (place?.type === "checkbox") place.closest(".ac-field").prepend(error);
  else if (place) place.before(error);
  else find("button[type=submit]", form).before(error);
  for (const one of [field, recovery, form.elements.consent]) one.removeAttribute("aria-invalid");
  if (!place) return;
  place.setAttribute("aria-invalid", "true");
  place.focus();
}

// ---- sending ----------------------------------------------------------------------------------

async function post(address, body) {
  const response = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, k: key }),
  });
  return { response, found: await response.json().catch(() => ({})) };
}

function request() {
  const code = normal(recovery.value);
  const way = link ? { link } : { code: normal(field.value) };
  const language = document.documentElement.lang;
  if (code && cameBack && !way.link && !way.code) return [`/live/${cameBack}/recover`, { recovery: code }];
  if (code) return ["/live/join", { ...way, recovery: code, language }];
  return ["/live/join", { ...way, language, consent: data.consent, ...(isOther ? { other: true } : {}) }];
}

async function join(event) {
  const wrong = fault();
  if (wrong) {
    event.preventDefault();
    return say(wrong[1], wrong[0]);
  }
  event.preventDefault();
  say("");
  const button = find("button[type=submit]", form);
  button.setAttribute("aria-busy", "true");
  try {
    const { response, found } = await post(...request());
    if (response.status === 404) return form.submit(); // only the site runs: its form does the same
    if (!isOurs(response)) return say(data.say.portal);
    if (response.status === 200) return enter(found);
    if (response.status === 503) return again(response, found);
    if (found.code === "old_consent") return askAnew();
    return say(found.text || data.say.failed, response.status === 422 && recovery.value ? recovery : field);
  } catch (error) {
    return say(data.say.noNetwork);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

// Many come at once: the phone waits its turn by itself.
function again(response, found) {
  say(found.text || data.say.failed);
  const wait = 1000 * Number(response.headers.get("Retry-After") || 2);
  setTimeout(() => form.requestSubmit(), wait * (0.8 + Math.random() * 0.4));
}

// The page was kept since an earlier text: the present one comes from the server, with the way in.
function askAnew() {
  here.set("changed", true);
  history.replaceState(null, "", `#${link || normal(field.value)}`);
  location.reload();
}

function enter({ event, url, recovery: code }) {
  const pocket = new Pocket(event);
  pocket.set("way", link ? { link } : { code: normal(field.value) });
  if (code) {
    pocket.forgetPerson();
    pocket.set("recovery", code);
  } else if (recovery.value) {
    pocket.clear("me");
    pocket.set("recovery", normal(recovery.value));
    pocket.set("asked", true);
  }
  here.set("event", { event, url });
  location.assign(url);
}

// ---- beginning --------------------------------------------------------------------------------

function greet() {
  const last = here.get("event");
  const place = find("#continue");
  if (!last || isOther || cameBack) return;
  place.href = last.url;
  show(find("#here"), true);
}

// A browser may keep the tick over a reload; it was set under the earlier text.
function sayChanged() {
  if (!here.get("changed")) return;
  here.clear("changed");
  form.elements.consent.checked = false;
  say(data.say.changed, form.elements.consent);
}

take();
greet();
sayChanged();
window.addEventListener("hashchange", take);
form.addEventListener("submit", join);
document.documentElement.dataset.join = "ready";
