// What the page says about the connection, refused answers and conflicts. The words come along
// with the page.

import { answerName } from "./blocks.js";
import { all, find, plain, show, snippet, write } from "./dom.js";
import { valueOf } from "./person.js";

const SHOWN_MS = 10000;
const PAUSE_MS = 3000;
// What the server cannot do, by the names in its state.
const SERVER = { journal: "serverStopped", disk: "serverFull" };

export class Notices {
  constructor(phone) {
    this.phone = phone;
    this.place = find("#connection");
    this.word = find("#word");
    this.kind = "";
    this.wordAt = 0;
  }

  update() {
    const { queue, room } = this.phone;
    this.showWord();
    this.showRejected();
    this.showConflicts();
    const isOffline = !queue.isOnline || room?.connection === "offline";
    if (queue.trouble) return this.trouble(queue.trouble);
    const ofServer = isOffline ? "" : SERVER[room?.state?.trouble] || "";
    if (ofServer) return this.trouble(ofServer);
    if (Object.values(SERVER).includes(this.kind)) this.clear(this.kind);
    if (isOffline) return this.offline(queue.waiting.length);
    if (this.kind === "offline") return queue.waiting.length ? undefined : this.online();
    if (!queue.store.keeps) return this.trouble("noStorage");
  }

  // ---- the word in the line at the top: saved, 3 unsent, offline ------------------------------

  showWord() {
    const { queue, room, words } = this.phone;
    const n = queue.waiting.length;
    const isOffline = !queue.isOnline || room?.connection === "offline";
    if (isOffline) return this.sayWord("offline", n ? `${words.of("offline")}, ${words.of("unsent", { n })}` : words.of("offline"));
    if (n) return this.sayWord("unsent", words.of("unsent", { n }));
    if (room && room.connection === "connecting") return this.sayWord("connecting", words.of("connecting"));
    return this.sayWord("saved", words.of("saved"));
  }

  // "Unsent" only when it takes long, and not more than one word in three seconds.
  sayWord(kind, text) {
    clearTimeout(this.wordTimer);
    const wait = Math.max(kind === "unsent" ? 700 : 0, this.wordAt + (kind === "offline" ? 0 : PAUSE_MS) - Date.now());
    this.wordTimer = setTimeout(() => {
      const place = find("[data-text]", this.word);
      if (place.textContent === text) return;
      this.wordAt = Date.now();
      place.textContent = text;
      this.word.dataset.word = kind;
      find("[data-icon]", this.word).replaceChildren(snippet(`icon-${kind}`));
    }, wait);
  }

  // ---- what stands above the task -------------------------------------------------------------

  offline(n) {
    if (this.kind !== "offline") this.write("offline");
    const line = find("[data-waiting]", this.place);
    write(line, n ? this.phone.words.of("waiting", { n }) : "");
    show(line, n > 0);
  }

  online() {
    this.write("online");
    this.timer = setTimeout(() => this.clear("online"), SHOWN_MS);
  }

  wait() {
    this.write("wait");
    this.place.scrollIntoView({ block: "nearest" });
    this.timer = setTimeout(() => this.clear("wait"), SHOWN_MS);
  }

  trouble(name) {
    if (this.kind === name) return;
    this.write("trouble");
    this.kind = name;
    const place = find("[data-trouble]", this.place);
    place.textContent = this.phone.words.of(name);
  }

  write(kind) {
    clearTimeout(this.timer);
    this.kind = kind;
    this.place.replaceChildren(snippet(kind));
  }

  clear(kind) {
    if (this.kind !== kind) return;
    this.kind = "";
    this.place.replaceChildren();
  }

  // Said to readers of the screen, once.
  say(text) {
    const place = find("#spoken");
    place.textContent = "";
    setTimeout(() => (place.textContent = text), 50);
  }

  // What the facilitator says to everybody.
  announce(text) {
    const place = find("#announcement");
    if (place.dataset.said === (text || "")) return;
    place.dataset.said = text || "";
    place.replaceChildren(...(text ? [snippet("told")] : []));
    if (text) find("[data-told]", place).textContent = text;
  }

  // ---- lists: not accepted, and two phones ----------------------------------------------------

  showRejected() {
    const { rejected } = this.phone.queue;
    const list = find("#rejected");
    const mark = rejected.map((item) => item.k).join();
    if (list.dataset.mark === mark) return;
    list.dataset.mark = mark;
    show(list, rejected.length > 0);
    find("ul", list).replaceChildren(...rejected.map((item) => this.rejectedRow(item)));
  }

  rejectedRow(item) {
    const row = snippet("rejected").firstElementChild;
    find("[data-name]", row).textContent = this.nameOf(item);
    find("[data-why]", row).textContent = item.rejected;
    find("[data-again]", row).addEventListener("click", () => this.phone.queue.again(item));
    find("[data-drop]", row).addEventListener("click", () => this.phone.queue.discard(item));
    return row;
  }

  showConflicts() {
    const { rivals } = this.phone.queue;
    const list = find("#conflicts");
    const mark = rivals.map((item) => `${item.k}${JSON.stringify(item.rival)}`).join();
    if (list.dataset.mark === mark) return;
    list.dataset.mark = mark;
    show(list, rivals.length > 0);
    find("ul", list).replaceChildren(...rivals.map((item) => this.conflictRow(item)));
  }

  conflictRow(item) {
    const { words, queue } = this.phone;
    const row = snippet("conflict").firstElementChild;
    const other = this.valueText(item, item.rival);
    const own = this.valueText(item, valueOf(item));
    const isText = item.t === "comment" || item.t === "card";
    find("[data-name]", row).textContent = this.placeOf(item) || words.say.kinds[item.t] || "";
    find("[data-why]", row).textContent = isText ? words.of("whichText") : words.of("which", { other, own });
    for (const [name, sentence, value] of [
      ["theirs", "takeOther", other],
      ["ours", "takeOwn", own],
    ]) {
      const button = find(`[data-take=${name}]`, row);
      find("span", button).textContent = words.of(sentence, { value });
      button.addEventListener("click", () => queue.settleRival(item, name === "ours"));
    }
    return row;
  }

  valueText(item, value) {
    const { words } = this.phone;
    if (item.t === "rate") return value === null && item.rival !== undefined ? this.nothingOr(item, value) : String(answerName(value ?? words.of("none"), item.b.c, this.phone));
    if (item.t === "top3") return (value || []).map((id) => this.measureName(id)).join(", ") || words.of("none");
    return value || words.of("none");
  }

  // null is "cannot judge" in an answer; a rival that is nothing at all is null as well
  nothingOr(item, value) {
    const { words, person } = this.phone;
    const key = `${item.b.m}:${item.b.c}`;
    const isTheirs = value === item.rival && !(key in (person.server?.answers[item.b.r] || {}));
    return isTheirs ? words.of("none") : words.of("cannotJudge");
  }

  measureName(id) {
    const found = this.phone.data.measures.find((measure) => measure.id === id);
    return found ? plain(found.name) : "";
  }

  placeOf(item) {
    const criterion = this.phone.data.criteria.find((one) => one.id === item.b.c);
    return [this.measureName(item.b.m), criterion?.name].filter(Boolean).join(": ");
  }

  nameOf(item) {
    const value = item.t === "rate" && item.b.v !== undefined ? this.valueText(item, item.b.v) : item.b.text ?? item.b.number;
    const place = this.placeOf(item) || this.phone.words.say.kinds[item.t] || "";
    return [place, value].filter(Boolean).join(": ");
  }
}

