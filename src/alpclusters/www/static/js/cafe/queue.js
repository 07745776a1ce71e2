// Sends what the person did, in its order, one request at a time, until it is acknowledged.
//
// An item is {id, event, n, k, t, b, at, base, was, rejected, rival}. It leaves the device only when
// the server says 200; a refused one moves to a list, and the queue goes on. `was` is what stood in
// its place when it was made: where another phone has written since, the person is asked.

import { newKey } from "./keys.js";
import { isOurs } from "./ours.js";
import { fieldOf, hasRivals, valueIn, valueOf } from "./person.js";
import { oneSender } from "./sender.js";

const BATCH = 50;
const TIMEOUT_MS = 15000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15000];
const FINAL = new Set([409, 410, 422]);

const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) && (a === undefined) === (b === undefined);

export class Queue {
  constructor({ event, drawer, store, person, upload, onChange, onRefused }) {
    Object.assign(this, { event, drawer, store, person, upload, onChange, onRefused });
    this.address = `/live/${event}/commands`;
    this.items = [];
    this.isOnline = navigator.onLine !== false;
    this.trouble = "";
    this.failures = 0;
    this.size = BATCH;
    this.mustAsk = false;
    this.isSending = false;
    this.asOne = oneSender(drawer);
    this.others = "BroadcastChannel" in window ? new BroadcastChannel(`alpclusters-queue-${drawer}`) : null;
  }

  async load() {
    await this.read();
    this.mustAsk = this.waiting.length > 0;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.flush();
    });
    if (this.others) this.others.onmessage = ({ data }) => this.hear(data);
  }

  async read() {
    const kept = await this.store.all();
    this.items = kept.filter((item) => item.t).sort((a, b) => a.n - b.n);
  }

  // Another tab of this phone added, sent or settled something.
  async hear({ sent }) {
    for (const { item, seq } of sent || []) this.person.acknowledge(item, seq);
    await this.read();
    this.onChange();
    if (this.waiting.length) this.later();
  }

  tell(message) {
    this.others?.postMessage(message);
  }

  get waiting() {
    return this.items.filter((item) => !item.rejected);
  }

  get sendable() {
    return this.waiting.filter((item) => !("rival" in item));
  }

  get rejected() {
    return this.items.filter((item) => item.rejected);
  }

  get rivals() {
    const last = new Map(this.waiting.filter((item) => "rival" in item).map((item) => [fieldOf(item), item]));
    return [...last.values()];
  }

  // `id` names what is replaced while it is unsent: a comment, not a rating.
  async add(kind, body, { id, blob } = {}) {
    const k = newKey();
    const last = this.items.reduce((n, item) => Math.max(n, item.n), 0);
    const item = {
      id: `${this.drawer}:${id || k}`,
      event: this.drawer,
      n: Math.max(last + 1, Date.now()),
      at: Date.now(),
      k,
      t: kind,
      b: body,
      base: this.person.server?.seq ?? 0,
    };
    if (blob) item.blob = blob;
    const earlier = this.items.find((other) => other.id === item.id);
    item.was = earlier ? earlier.was : valueIn(this.person.own([]), item);
    if (earlier && "rival" in earlier) item.rival = earlier.rival;
    this.items = [...this.items.filter((other) => other.id !== item.id), item];
    await this.keep(item);
    this.onChange();
    this.tell({});
    return k;
  }

  keep(item) {
    return this.store.put(item).catch(() => undefined);
  }

  async forget(item) {
    this.items = this.items.filter((other) => other !== item);
    await this.store.remove(item.id).catch(() => undefined);
  }

  async again(item) {
    delete item.rejected;
    await this.keep(item);
    this.onChange();
    this.flush();
  }

  async discard(item) {
    await this.forget(item);
    this.onChange();
    this.tell({});
  }

  // "Your other phone says 5, this one 3": ours goes out now, theirs lets ours go.
  async settleRival(item, isOurs) {
    const field = fieldOf(item);
    for (const other of this.waiting.filter((one) => fieldOf(one) === field)) {
      if (!isOurs) {
        await this.forget(other);
        continue;
      }
      other.was = other.rival ?? undefined;
      delete other.rival;
      await this.keep(other);
    }
    this.onChange();
    this.tell({});
    this.flush();
  }

  lost() {
    this.isOnline = false;
    this.onChange();
  }

  // The room's stream has come through again.
  found() {
    if (!this.waiting.length) this.isOnline = true;
    this.flush();
  }

  // Asks at once to be deleted; true when it is done.
  async leave() {
    const item = { k: newKey(), n: Date.now(), at: Date.now(), t: "leave", b: {}, base: 0 };
    const response = await this.post([item]);
    if (!response || !isOurs(response) || response.status !== 200) return false;
    const [result] = (await response.json()).results;
    return result.status === 200;
  }

  // ---- sending ------------------------------------------------------------------------------

  async flush() {
    if (this.isSending || this.trouble) return;
    this.isSending = true;
    clearTimeout(this.timer);
    try {
      await this.asOne(() => this.sendAll());
    } finally {
      this.isSending = false;
    }
    this.onChange();
    if (this.sendable.length && !this.trouble) this.later();
  }

  async sendAll() {
    if (this.others) await this.read();
    while (this.sendable.length && !this.trouble) {
      if (this.mustAsk && !(await this.ask())) return;
      const batch = this.sendable.slice(0, this.size);
      if (!batch.length || !(await this.send(batch))) return;
    }
  }

  later() {
    clearTimeout(this.timer);
    const wait = this.retryAfter || WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1] || WAITS_MS[0];
    this.retryAfter = 0;
    // spread, so that a hall that lost its network does not come back in one instant
    this.timer = setTimeout(() => this.flush(), wait * (0.5 + Math.random() / 2));
  }

  // After a gap: what does the server know by now?
  async ask() {
    if (!(await this.person.fetch())) {
      if (this.person.status === 401) return this.stop("notJoined");
      return this.failed();
    }
    this.mustAsk = false;
    this.isOnline = true;
    await this.compare();
    return true;
  }

  async compare() {
    for (const items of grouped(this.waiting.filter(hasRivals)).values()) {
      const theirs = valueIn(this.person.server, items[0]);
      const known = items.flatMap((item) => [item.was, valueOf(item)]);
      const isOurs = known.some((value) => same(value ?? empty(items[0]), theirs));
      for (const item of items) {
        if (isOurs) delete item.rival;
        else item.rival = theirs ?? null;
        await this.keep(item);
      }
    }
    this.onChange();
  }

  async send(batch) {
    if (!(await this.uploadAll(batch))) return this.failed();
    const response = await this.post(batch);
    if (!response || !isOurs(response) || response.status >= 500 || response.status === 403) {
      this.retryAfter = 1000 * Number(response?.headers.get("Retry-After") || 0);
      return this.failed();
    }
    this.isOnline = true;
    this.failures = 0;
    if (response.status === 401) return this.stop("notJoined");
    const answer = await response.json().catch(() => null);
    if (response.status === 200 && answer) return this.settle(batch, answer.results);
    if (!answer) return this.failed();
    if (batch.length > 1) {
      this.size = 1; // one of them is at fault: the others go alone
      return true;
    }
    await this.reject(batch[0], answer.text || "");
    return true;
  }

  async uploadAll(batch) {
    for (const item of batch.filter((one) => one.blob)) {
      const found = await this.upload(item.blob).catch(() => null);
      if (!found) return false;
      if (found.name) item.b = { ...item.b, photo: found.name };
      else await this.reject(item, found.text);
      delete item.blob;
      await this.keep(item);
    }
    return true;
  }

  async post(batch) {
    const commands = batch
      .filter((item) => !item.rejected)
      .map(({ k, n, t, b, at, base }) => ({ k, n, t, b, at, base }));
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), TIMEOUT_MS);
    try {
      return await fetch(this.address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ commands }),
        signal: control.signal,
      });
    } catch (error) {
      return null; // no network, no server, or too slow
    } finally {
      clearTimeout(limit);
    }
  }

  failed() {
    this.failures += 1;
    this.mustAsk = true;
    this.lost();
    return false;
  }

  stop(trouble) {
    this.trouble = trouble;
    this.onChange();
    this.onRefused(trouble);
    return false;
  }

  async settle(batch, results) {
    const byKey = new Map(results.map((result) => [result.k, result]));
    const sent = [];
    for (const item of batch) {
      const result = byKey.get(item.k);
      if (result?.status === 200) {
        sent.push({ item: bare(item), seq: result.seq });
        await this.acknowledge(item, result.seq);
      } else if (result && FINAL.has(result.status)) {
        await this.reject(item, result.text || "");
      } else if (!item.rejected) {
        this.failures += 1; // this one could not be stored now
      }
    }
    this.tell({ sent });
    this.onChange();
    return this.failures === 0;
  }

  async acknowledge(item, seq) {
    this.person.acknowledge(bare(item), seq);
    const field = fieldOf(item);
    for (const other of this.waiting.filter((one) => one.k !== item.k && fieldOf(one) === field)) {
      other.was = valueOf(item);
      await this.keep(other);
    }
    // A comment that was changed while it was on its way has a new key and stays.
    const now = this.items.find((other) => other.id === item.id);
    if (now && now.k === item.k) await this.forget(now);
  }

  async reject(item, why) {
    const now = this.items.find((other) => other.id === item.id && other.k === item.k);
    if (!now) return;
    now.rejected = why || "?";
    await this.keep(now);
  }
}

const bare = ({ k, t, b }) => ({ k, t, b });

function empty({ t }) {
  return t === "comment" ? "" : t === "top3" ? [] : undefined;
}

function grouped(items) {
  const fields = new Map();
  for (const item of items) fields.set(fieldOf(item), [...(fields.get(fieldOf(item)) || []), item]);
  return fields;
}
