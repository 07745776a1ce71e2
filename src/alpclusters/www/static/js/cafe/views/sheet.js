// The rating sheet: one measure a page, in this person's order. Each choice is saved at once.

import { isRated, roundOf } from "../course.js";
import { all, find, show, snippet, speak, write } from "../dom.js";
import { showEvidence } from "../evidence.js";
import { askFurther } from "../further.js";
import { Pad } from "../pad.js";
import { Second } from "../second.js";

const SLOW_MS = 700;
const TYPING_MS = 600;

// The measures in this person's order; new ones at the end.
export function measuresOf(phone) {
  const place = new Map((phone.own.order || []).map((id, index) => [id, index]));
  const { measures } = phone.data;
  return [...measures].sort((a, b) => (place.get(a.id) ?? measures.length) - (place.get(b.id) ?? measures.length));
}

export function stateOf(phone, measure, round) {
  const answers = phone.own.answers[round] || {};
  const n = phone.data.criteria.filter((c) => `${measure.id}:${c.id}` in answers).length;
  if (n === phone.data.criteria.length) return "all";
  return n ? "some" : "none";
}

export const sheet = {
  // The first page with a question left; when all are answered, the overview.
  first(phone) {
    const round = roundOf(phone.state.phase);
    const index = measuresOf(phone).findIndex((measure) => stateOf(phone, measure, round) !== "all");
    return index < 0 ? "overview" : `sheet-${index + 1}`;
  },

  open(phone, root, detail) {
    const measures = measuresOf(phone);
    const index = Math.min(Math.max(1, Number(detail) || 1), measures.length) - 1;
    const leaf = new Leaf(phone, root, measures, index);
    leaf.lay();
    return leaf;
  },
};

class Leaf {
  constructor(phone, root, measures, index) {
    Object.assign(this, { phone, root, measures, index });
    this.measure = measures[index];
    this.round = roundOf(phone.state.phase);
    this.box = find("[data-comment]", root);
    this.sets = all("fieldset[data-criterion]", root).map((set) => ({ set, c: Number(set.dataset.criterion.slice(1)) }));
    this.actions = { back: () => this.turn(-1) };
    const pad = find("[data-pad]", root);
    if (pad) this.pad = new Pad(pad, phone, (c, v) => this.choose(c, v));
    if (this.round === 2) this.second = new Second(this);
  }

  lay() {
    const { phone, root, measure, measures, index } = this;
    const { words } = phone;
    write(find("[data-position]", root), words.of("position", { number: index + 1, total: measures.length }));
    speak(find("[data-name]", root), measure.name);
    speak(find("[data-text]", root), measure.text);
    showEvidence(find("[data-evidence]", root), measure);
    show(find("[data-do=back]", phone.bar), index > 0);
    write(find("[data-next]", phone.bar), words.say[index + 1 < measures.length ? "next" : "toOverview"]);
    this.box.value = phone.own.comments[measure.id] || "";
    const draft = phone.drafts.get(`comment-${measure.id}`);
    if (draft !== undefined) this.box.value = draft;
    show(find("[data-comment-field]", root), this.round === 1);
  }

  get answers() {
    return this.phone.own.answers[this.round] || {};
  }

  key(c) {
    return `${this.measure.id}:${c}`;
  }

  // ---- what the person does -----------------------------------------------------------------

  async choose(c, v) {
    const body = { m: this.measure.id, c, r: this.round };
    if (v !== undefined) body.v = v;
    this.phone.pocket.addRated(this.measure.id);
    await this.phone.do("rate", body);
  }

  input(event) {
    if (event.target.closest("[data-pad]")) return;
    if (event.target !== this.box) return;
    this.phone.drafts.set(`comment-${this.measure.id}`, this.box.value);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.saveTyped(), TYPING_MS);
  }

  change(event) {
    if (event.target.closest("[data-pad]")) return this.pad.change(event);
    if (event.target === this.box) return this.saveTyped();
    const radio = event.target.closest("input[type=radio]");
    const found = radio && this.sets.find(({ set }) => set.contains(radio));
    if (!found) return undefined;
    find("[data-clear]", found.set)?.remove();
    return this.choose(found.c, radio.value === "cj" ? null : Number(radio.value));
  }

  click(event) {
    if (event.target.closest("[data-plane]")) return this.pad.click(event);
    const keep = event.target.closest("[data-keep]");
    if (keep) return this.second.keep(keep);
    const set = event.target.closest("fieldset[data-criterion]");
    const found = set && this.sets.find((one) => one.set === set);
    if (!found) return undefined;
    if (event.target.closest("[data-clear]")) return this.clear(found);
    // A second tap on the chosen row: click comes before change, and change does not come.
    const radio = event.target.closest("input[type=radio]");
    if (radio && this.answers[this.key(found.c)] === (radio.value === "cj" ? null : Number(radio.value))) {
      this.offerClear(found.set);
    }
    return undefined;
  }

  offerClear(set) {
    if (!find("[data-clear]", set)) find(".under", set).append(snippet("clear"));
  }

  clear({ set, c }) {
    const chosen = find("input:checked", set);
    if (chosen) chosen.checked = false;
    find("[data-clear]", set).remove();
    chosen?.focus();
    this.choose(c, undefined);
  }

  async saveTyped() {
    clearTimeout(this.typing);
    const { phone, measure, box } = this;
    const text = box.value;
    if (text === (phone.own.comments[measure.id] || "")) return phone.drafts.drop(`comment-${measure.id}`);
    await phone.do("comment", { m: measure.id, text, language: phone.data.language }, { id: `comment-${measure.id}` });
    if (box.value === text) phone.drafts.drop(`comment-${measure.id}`);
    return undefined;
  }

  leave() {
    if (this.round === 1) this.saveTyped();
  }

  close() {
    this.leave();
    clearTimeout(this.typing);
  }

  submit() {
    this.turn(1);
  }

  async turn(step) {
    if (this.isTurning) return;
    this.isTurning = true;
    const wanted = this.index + 1 + step;
    if (step > 0) await askFurther(this.phone, wanted - 1);
    if (this.phone.view === this) this.phone.go(wanted > this.measures.length ? "overview" : `sheet-${wanted}`);
  }

  // ---- what is shown ------------------------------------------------------------------------

  patch() {
    const { phone } = this;
    for (const { set, c } of this.sets) {
      const value = this.answers[this.key(c)];
      const wanted = value === undefined ? "" : value === null ? "cj" : String(value);
      for (const radio of all("input[type=radio]", set)) radio.checked = radio.value === wanted;
    }
    this.patchComment();
    this.mark();
    this.dashes();
    this.pad?.patch((c) => this.answers[this.key(c)]);
    this.second?.patch();
    show(find("[data-note=stopped]", this.root), Boolean(phone.state?.stopped) || !isRated(phone.state?.phase));
  }

  // Another phone wrote a comment: it comes in unless somebody is writing here.
  patchComment() {
    const { phone, box, measure } = this;
    if (box === document.activeElement || phone.drafts.get(`comment-${measure.id}`) !== undefined) return;
    const wanted = phone.own.comments[measure.id] || "";
    if (box.value !== wanted) box.value = wanted;
  }

  // Says under each question whether it is saved. "Saving" only when it takes long.
  mark() {
    const { phone, measure, round } = this;
    const unsent = phone.queue.waiting.filter((item) => item.b.m === measure.id);
    for (const { set, c } of this.sets) {
      const isUnsent = unsent.some((item) => item.t === "rate" && item.b.c === c && item.b.r === round);
      this.markOne(find("[data-saved]", set), isUnsent, this.key(c) in this.answers);
    }
    const isUnsent = unsent.some((item) => item.t === "comment");
    this.markOne(find("[data-comment-state] [data-saved]", this.root), isUnsent, Boolean(phone.own.comments[measure.id]));
  }

  markOne(place, isUnsent, hasAnswer) {
    const wanted = isUnsent ? (this.phone.queue.isOnline ? "saving" : "device") : hasAnswer ? "saved" : "";
    if ((place.wanted ?? "") === wanted) return;
    place.wanted = wanted;
    clearTimeout(place.timer);
    const put = () => {
      place.dataset.state = wanted;
      const fresh = wanted ? snippet(wanted).firstElementChild : null;
      place.className = fresh ? fresh.className : "ac-saved";
      place.replaceChildren(...(fresh ? fresh.childNodes : []));
    };
    if (wanted === "saving") place.timer = setTimeout(put, SLOW_MS);
    else put();
  }

  dashes() {
    const { phone, measures, index, round } = this;
    const place = find("[data-dashes]", this.root);
    place.setAttribute("aria-label", phone.words.of("position", { number: index + 1, total: measures.length }));
    const states = measures.map((measure, at) => (at === index ? "now" : stateOf(phone, measure, round) === "all" ? "ok" : ""));
    if (place.children.length !== states.length) place.replaceChildren(...states.map(() => document.createElement("i")));
    states.forEach((state, at) => (place.children[at].className = state));
    const n = Object.keys(this.answers).length;
    write(find("[data-progress]", phone.bar), `${n}/${measures.length * phone.data.criteria.length}`);
  }
}
