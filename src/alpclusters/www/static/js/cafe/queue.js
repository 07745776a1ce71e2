// Sends what the person chose, in its order, one request at a time, until it is acknowledged.
// An item leaves the device only when the server says 200; a refused one moves to a list.

const BATCH = 50;
const TIMEOUT_MS = 15000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15000];
// A page that was asked for before an acknowledgement may come after it: so long the phone
// remembers what was acknowledged.
const REMEMBERED_MS = 60000;

// 128 random bits in 22 characters; crypto.randomUUID is missing where a hall has no https.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
}

export class Queue {
  constructor({ store, event, url, token, onChange, onAgain }) {
    Object.assign(this, { store, event, url, token, onChange, onAgain });
    this.items = [];
    this.acknowledged = [];
    this.isOnline = navigator.onLine !== false;
    this.trouble = "";
    this.failures = 0;
    this.isSending = false;
  }

  async load() {
    const kept = (await this.store.all()).sort((a, b) => a.n - b.n);
    this.items = kept.filter((item) => !item.done);
    const oldest = Date.now() - REMEMBERED_MS;
    this.acknowledged = kept.filter((item) => item.done > oldest);
    for (const item of kept) {
      if (item.done <= oldest) this.store.remove(item.id).catch(() => undefined);
    }
    window.addEventListener("online", () => this.flush());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.flush();
    });
  }

  get waiting() {
    return this.items.filter((item) => !item.rejected);
  }

  get rejected() {
    return this.items.filter((item) => item.rejected);
  }

  // `id` names what is replaced while it is unsent: a comment, not a rating.
  async add(kind, body, id) {
    const k = newKey();
    const last = this.items.reduce((n, item) => Math.max(n, item.n), 0);
    const item = {
      id: `${this.event}:${id || k}`,
      event: this.event,
      n: Math.max(last + 1, Date.now()),
      k,
      t: kind,
      b: body,
    };
    this.items = [...this.items.filter((other) => other.id !== item.id), item];
    await this.store.put(item).catch(() => undefined);
    this.onChange();
    return k;
  }

  async again(id) {
    const item = this.items.find((other) => other.id === id);
    if (!item) return;
    delete item.rejected;
    this.onAgain(item);
    await this.store.put(item).catch(() => undefined);
    this.onChange();
    this.flush();
  }

  lost() {
    this.isOnline = false;
    this.onChange();
  }

  async flush() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    try {
      while (this.waiting.length && (await this.send(this.waiting.slice(0, BATCH))));
    } finally {
      this.isSending = false;
    }
    this.onChange();
    if (this.waiting.length && !this.trouble) this.later();
  }

  later() {
    const wait = WAITS_MS[Math.min(this.failures, WAITS_MS.length) - 1] || WAITS_MS[0];
    // spread, so that a hall that lost its network does not come back in one instant
    this.timer = setTimeout(() => this.flush(), wait * (0.5 + Math.random() / 2));
  }

  async send(batch) {
    const response = await this.post(batch);
    if (!response || response.status >= 500 || response.status === 403) return this.failed();
    this.isOnline = true;
    this.failures = 0;
    if (response.status === 401) return this.stop("notJoined");
    const answer = await response.json().catch(() => null);
    if (response.status === 200 && answer) return this.settle(batch, answer.results);
    if (!answer) return this.failed();
    await Promise.all(batch.map((item) => this.reject(item, answer.text || "")));
    return true;
  }

  async post(batch) {
    const commands = batch.map(({ k, n, t, b }) => ({ k, n, t, b }));
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), TIMEOUT_MS);
    try {
      return await fetch(this.url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
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
    this.lost();
    return false;
  }

  stop(trouble) {
    this.trouble = trouble;
    this.onChange();
    return false;
  }

  async settle(batch, results) {
    for (const [index, item] of batch.entries()) {
      const result = results[index];
      if (result.status === 200) await this.drop(item);
      else await this.reject(item, result.text || "");
    }
    this.onChange();
    return true;
  }

  async drop(sent) {
    // A comment that was changed while it was on its way has a new key and stays.
    const now = this.items.find((item) => item.id === sent.id);
    if (!now || now.k !== sent.k) return;
    this.items = this.items.filter((item) => item !== now);
    await this.store.put({ ...now, done: Date.now() }).catch(() => undefined);
  }

  async reject(item, why) {
    item.rejected = why || "?";
    await this.store.put(item).catch(() => undefined);
  }
}
