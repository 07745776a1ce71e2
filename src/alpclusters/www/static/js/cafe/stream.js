// What the room does now, as one object that follows the live process.
//
//   const room = listen({ event: 7, view: "participant", onState, onCards, onMe, onConnection });
//   onState(state, changed)     state: everything known; changed: the keys that are new or other
//   onCards({ seq })            the wall of cards changed: fetch it again
//   onMe()                      another phone of this person, or the site, changed something
//   onConnection(word)          "connecting", "online", "offline", "refused" (401 or 403) or "gone"
//   room.state, room.connection, room.refresh(), room.close()
//   secondsLeft(room.state)     see clock.js
//
// A stream where streams pass, else one question every three seconds; tabs of one browser share it.

import { forget, hear, secondsLeft, serverNow, timeText } from "./clock.js";
import { isOurs } from "./ours.js";
import { shareAmongTabs } from "./sharing.js";
import { readEvents } from "./sse.js";

export { secondsLeft, serverNow, timeText };

const WAITS_MS = [1000, 2000, 4000, 8000];
const POLL_MS = 3000;
const FIRST_MS = 10000; // a stream that has brought nothing until then is held back on its way
const SILENT_MS = 40000; // the server says something every 15 s
const SHORT_MS = 5000;
const POLLS_BEFORE_STREAM = 40;
const REFUSED = new Set([401, 403]);
const GONE = new Set([404, 410]);

export function listen(options) {
  const room = new Room(options);
  room.open();
  return room;
}

class Room {
  constructor({ event, view, onState, onCards, onMe, onConnection }) {
    const nothing = () => undefined;
    this.address = `/live/${event}`;
    this.view = view;
    this.name = `alpclusters-live-${event}-${view}`;
    this.tell = {
      state: onState || nothing,
      cards: onCards || nothing,
      me: onMe || nothing,
      connection: onConnection || nothing,
    };
    this.state = null;
    this.connection = "connecting";
    this.failures = 0;
    this.cuts = 0;
    this.polls = 0;
    this.tag = "";
    this.lastId = "";
    this.isClosed = false;
  }

  open() {
    this.wake = () => {
      if (document.hidden || this.isClosed) return;
      forget();
      this.refresh();
    };
    this.again = () => {
      this.hurry();
      this.refresh();
    };
    this.lost = () => this.say("offline");
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.again);
    window.addEventListener("offline", this.lost);
    this.tabs = shareAmongTabs(this.name, {
      lead: () => this.run(),
      hear: (message) => this.follow(message),
      snapshot: () => ({ kind: "state", state: this.state, connection: this.connection, now: serverNow() }),
    });
  }

  close() {
    this.isClosed = true;
    this.control?.abort();
    this.hurry();
    this.tabs.close();
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.again);
    window.removeEventListener("offline", this.lost);
  }

  // Asks for the state once, beside the stream.
  async refresh() {
    const found = await this.ask().catch(() => null);
    if (found) this.take(found, true);
  }

  // ---- the connection: only the tab that leads has one --------------------------------------

  async run() {
    while (!this.isClosed) {
      const isStreaming = this.cuts < 2 || this.polls >= POLLS_BEFORE_STREAM;
      await (isStreaming ? this.stream() : this.poll()).catch(() => this.failed());
      if (REFUSED.has(this.status) || GONE.has(this.status)) {
        await this.pause(15000);
      } else if (isStreaming) {
        await this.pause(this.wait());
      } else {
        await this.pause(POLL_MS * (0.8 + Math.random() * 0.4));
      }
    }
  }

  async stream() {
    this.polls = 0;
    this.control = new AbortController();
    const began = performance.now();
    let heard = false;
    let silent = setTimeout(() => this.control.abort(), FIRST_MS);
    const alive = () => {
      this.well();
      clearTimeout(silent);
      silent = setTimeout(() => this.control.abort(), SILENT_MS);
    };
    try {
      const response = await this.fetch("stream", { after: this.lastId }, { signal: this.control.signal });
      if (!this.accepts(response)) return;
      await readEvents(
        response.body,
        (event) => {
          this.handle(event, heard ? undefined : began);
          heard ||= event.data !== "";
        },
        alive,
      );
    } finally {
      clearTimeout(silent);
      const isShort = performance.now() - began < SHORT_MS;
      // cut at once, or never let through: streams do not pass here
      if (navigator.onLine !== false && this.status === 200 && (isShort || !heard)) this.cuts += 1;
      else if (heard) this.cuts = 0;
    }
    this.failed();
  }

  async poll() {
    this.polls += 1;
    const found = await this.ask();
    if (found) this.take(found, true);
  }

  async ask() {
    const asked = performance.now();
    const response = await this.fetch("state", { after: "" }, { headers: this.tag ? { "If-None-Match": this.tag } : {} });
    if (response.status === 304) {
      this.well();
      return null;
    }
    if (!this.accepts(response)) return null;
    const found = await response.json();
    hear(found.now, asked);
    this.tag = response.headers.get("ETag") || "";
    return found;
  }

  fetch(what, { after }, options) {
    const query = new URLSearchParams({ view: this.view, ...(after ? { after } : {}) });
    return fetch(`${this.address}/${what}?${query}`, {
      cache: "no-store",
      credentials: "same-origin",
      ...options,
    });
  }

  accepts(response) {
    this.status = response.status;
    if (!isOurs(response)) this.status = 0;
    if (REFUSED.has(this.status)) this.say("refused");
    else if (GONE.has(this.status)) this.say("gone");
    else if (this.status === 200) return this.well();
    else this.failed();
    return false;
  }

  well() {
    this.failures = 0;
    this.say("online");
    return true;
  }

  failed() {
    if (this.isClosed || this.connection === "refused" || this.connection === "gone") return;
    this.failures += 1;
    // one cut is not a loss: the next try comes within a second
    if (this.failures > 1 || navigator.onLine === false) this.say("offline");
  }

  wait() {
    const full = this.retry || WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1] || WAITS_MS[0];
    this.retry = 0;
    return full * (0.5 + Math.random() / 2);
  }

  pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  hurry() {}

  // ---- what comes in ------------------------------------------------------------------------

  handle(event, asked) {
    if (event.id !== undefined) this.lastId = event.id;
    if (!event.data) return;
    const data = JSON.parse(event.data);
    if (event.event === "snapshot" || event.event === "delta" || event.event === "state") {
      hear(data.now, asked);
      this.take(data, event.event === "snapshot");
    } else if (event.event === "restart") {
      this.retry = Number(data.ms ?? data) || 0;
    } else if (event.event in this.tell) {
      this.pass(event.event, data);
    }
  }

  take(data, isWhole) {
    const before = this.state || {};
    const next = isWhole ? data : { ...before, ...data };
    const names = new Set([...Object.keys(before), ...Object.keys(next)]);
    const changed = new Set([...names].filter((name) => name !== "now" && !same(before[name], next[name])));
    const isFirst = this.state === null;
    this.state = next;
    if (!changed.size && !isFirst) return;
    this.tabs.tell({ kind: "state", state: next, connection: this.connection, now: serverNow() });
    this.tell.state(next, changed);
  }

  pass(kind, data) {
    this.tabs.tell({ kind, data });
    this.tell[kind](data);
  }

  say(word) {
    if (this.connection === word) return;
    this.connection = word;
    this.tabs?.tell({ kind: "connection", data: word });
    this.tell.connection(word);
  }

  // ---- what the leading tab tells -----------------------------------------------------------

  follow({ kind, state, connection, now, data }) {
    if (kind === "state") {
      if (!state) return; // the tab that leads knows nothing yet
      hear(now, performance.now());
      this.take(state, true);
      this.say(connection);
    } else if (kind === "connection") {
      this.say(data);
    } else if (kind in this.tell) {
      this.tell[kind](data);
    }
  }
}

function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
