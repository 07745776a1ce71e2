// What this person has said: what the server knows, and on top what is still on its way.

import { isOurs } from "./ours.js";

const EMPTY = {
  seq: 0,
  profile: {},
  answers: {},
  comments: {},
  top3: {},
  order: [],
  cards: [],
  supported: [],
  seat: null,
  feedback: null,
};

// The one place that an item changes: two items with the same name write over each other.
export function fieldOf({ t, b }) {
  if (t === "rate") return `rate:${b.r}:${b.m}:${b.c}`;
  if (t === "comment") return `comment:${b.m}`;
  if (t === "top3") return `top3:${b.r}`;
  if (t === "card" || t === "card_gone") return `card:${b.id}`;
  if (t === "support") return `support:${b.id}`;
  return t;
}

// What stands in that place; undefined is "nothing".
export function valueIn(me, { t, b }) {
  if (t === "rate") return me.answers[b.r]?.[`${b.m}:${b.c}`];
  if (t === "comment") return me.comments[b.m] || "";
  if (t === "top3") return me.top3[b.r] || [];
  if (t === "card") return me.cards.find((card) => card.id === b.id)?.text;
  return undefined;
}

// What an item would put there.
export function valueOf({ t, b }) {
  if (t === "rate") return b.v;
  if (t === "top3") return b.measures;
  return b.text;
}

export const hasRivals = ({ t }) => ["rate", "comment", "top3", "card"].includes(t);

const CHANGES = {
  rate(me, { r, m, c, v }) {
    const answers = { ...me.answers[r] };
    if (v === undefined) delete answers[`${m}:${c}`];
    else answers[`${m}:${c}`] = v;
    me.answers = { ...me.answers, [r]: answers };
  },
  comment(me, { m, text }) {
    me.comments = { ...me.comments, [m]: text };
  },
  top3(me, { r, measures }) {
    me.top3 = { ...me.top3, [r]: measures };
  },
  card(me, b) {
    const known = me.cards.find((card) => card.id === b.id) || { state: "shown", supports: null };
    me.cards = [...me.cards.filter((card) => card.id !== b.id), { ...known, ...b }];
  },
  card_gone(me, { id }) {
    me.cards = me.cards.filter((card) => card.id !== id);
  },
  support(me, { id, on }) {
    me.supported = [...me.supported.filter((other) => other !== id), ...(on ? [id] : [])];
  },
  profile(me, b) {
    me.profile = { ...me.profile, ...b };
  },
  here(me, { round, here }) {
    if (me.seat && me.seat.round === round) me.seat = { ...me.seat, here };
  },
  place(me, { number }) {
    me.number = number;
  },
  feedback(me, b) {
    me.feedback = b;
  },
};

function applied(me, items) {
  const copy = { ...me };
  for (const { t, b } of items) CHANGES[t]?.(copy, b);
  return copy;
}

export class Person {
  constructor(event, remember) {
    this.address = `/live/${event}/me`;
    this.remember = remember;
    this.server = null;
    this.recent = []; // acknowledged, and perhaps younger than the next answer to "who am I"
    this.status = 0;
  }

  // Asks the server; true when it answered as ours and knows this phone.
  async fetch() {
    let response;
    try {
      response = await fetch(this.address, { cache: "no-store", credentials: "same-origin" });
    } catch (error) {
      this.status = 0;
      return false;
    }
    this.status = isOurs(response) ? response.status : 0;
    if (this.status !== 200) return false;
    this.know(await response.json());
    return true;
  }

  know(me) {
    this.recent = this.recent.filter((item) => item.seq > me.seq);
    this.server = applied({ ...EMPTY, ...me }, this.recent);
    this.remember(this.server);
  }

  // The site said in which order the measures go on.
  reorder(order) {
    this.server = { ...this.server, order };
    this.remember(this.server);
  }

  acknowledge(item, seq) {
    if (!this.server) return;
    this.recent.push({ ...item, seq: seq ?? Infinity });
    this.recent = this.recent.slice(-100);
    this.server = applied(this.server, [item]);
    this.remember(this.server);
  }

  // With what waits on this phone.
  own(items) {
    return applied(this.server || EMPTY, items);
  }
}
