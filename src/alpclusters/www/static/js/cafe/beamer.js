// The big screen: asks the site for its content when something has changed, counts the time, turns
// pages. Without a connection it keeps what it shows and says "reconnecting".

import { listen } from "./stream.js";
import { secondsLeft, timeText } from "./clock.js";

const POLL_MS = 4000;
const CARDS_MS = 1500;
const TURN_MS = 15000;

const main = document.getElementById("main");
const screen = document.getElementById("screen");
const word = document.getElementById("word");
let end = null;
let turned = 0;
let page = 0;
let isLoading = false;
let isAgain = false;
let html = clean(screen.innerHTML);

function clean(text) {
  return text.replace(/data-seconds="\d+"[^>]*>[\d:]*</g, "");
}

async function load() {
  if (isLoading) {
    isAgain = true;
    return;
  }
  isLoading = true;
  try {
    const response = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    if (!response.ok || !response.url.startsWith(location.origin + location.pathname)) throw new Error();
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = fresh.getElementById("main");
    if (!next) throw new Error();
    take(next);
    say("");
  } catch {
    say(main.dataset.reconnecting);
  }
  isLoading = false;
  if (isAgain) {
    isAgain = false;
    load();
  }
}

function take(next) {
  const isNewView = next.className !== main.className.replace(/ (is-slow)/g, "");
  const slow = main.classList.contains("is-slow");
  main.className = next.className;
  main.classList.toggle("is-slow", slow);
  Object.assign(main.dataset, { rev: next.dataset.rev, people: next.dataset.people });
  const content = document.importNode(next.querySelector("#screen"), true);
  const text = clean(content.innerHTML);
  if (text !== html) {
    html = text;
    screen.replaceChildren(...content.childNodes);
    turn(isNewView ? 0 : page);
  }
  startClock(content);
}

// ---- time ---------------------------------------------------------------------------------

function startClock(source = screen) {
  const place = source.querySelector?.("[data-seconds]") || screen.querySelector("[data-seconds]");
  const runs = place && place.dataset.paused === undefined;
  end = runs ? performance.now() + Number(place.dataset.seconds) * 1000 : null;
}

function tick() {
  const places = screen.querySelectorAll("[data-seconds]");
  if (!places.length) return;
  const streamed = room?.connection === "online" ? secondsLeft(room.state) : null;
  const left = streamed ?? (end === null ? null : Math.max(0, (end - performance.now()) / 1000));
  if (left === null) return;
  for (const place of places) {
    const text = timeText(left);
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("last", left <= 60);
  }
}

// ---- pages --------------------------------------------------------------------------------

function turn(to) {
  const pages = [...screen.querySelectorAll("[data-page]")];
  page = pages.length ? (to + pages.length) % pages.length : 0;
  pages.forEach((one, number) => {
    one.hidden = number !== page;
  });
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
  if (!step) return;
  turned = performance.now();
  turn(page + step);
});

// Cards turn by themselves until somebody turns them; results wait for a key.
setInterval(() => {
  const isWall = main.classList.contains("view-cards");
  if (isWall && performance.now() - turned > 4 * TURN_MS) turn(page + 1);
}, TURN_MS);

// ---- following ----------------------------------------------------------------------------

function say(text) {
  if (word.textContent !== text) word.textContent = text;
}

let cards = null;
function loadCards() {
  if (!main.classList.contains("view-cards") || cards) return;
  cards = setTimeout(() => {
    cards = null;
    load();
  }, CARDS_MS);
}

let room = null;
if ("open" in main.dataset) {
  room = listen({
    event: Number(main.dataset.event),
    view: "beamer",
    onState: (state) => {
      if (Number.isFinite(state.rev) && String(state.rev) !== main.dataset.rev) load();
      main.classList.toggle("is-slow", state.codes === "slow");
      if (!Number.isFinite(state.people)) return;
      for (const place of screen.querySelectorAll("[data-people]")) {
        place.textContent = String(state.people);
        place.parentElement.hidden = false;
      }
    },
    onCards: loadCards,
    onConnection: (now) => {
      if (now === "online") load();
    },
  });
}

// No stream, no live process: the site is asked.
async function poll() {
  if (room?.connection !== "online" && !document.hidden) await load();
  setTimeout(poll, POLL_MS);
}

turn(0);
startClock();
setInterval(tick, 250);
setTimeout(poll, POLL_MS);
