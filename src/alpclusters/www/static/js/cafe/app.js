// The phone in the hall: one thing to do now. The server owns phase and time; what the person types
// belongs to the person: a push never replaces it and never takes the focus away.

import { FORMS, VIEW_OF, isOver, isRated, taskOf } from "./course.js";
import { all, find, show, viewOf, write } from "./dom.js";
import { Drafts } from "./drafts.js";
import { askFurther } from "./further.js";
import { beat } from "./heartbeat.js";
import { embedIcons } from "./icons.js";
import { wireMenu } from "./menu.js";
import { Notices } from "./notices.js";
import { keepForOffline } from "./offline.js";
import { Person } from "./person.js";
import { upload } from "./photo.js";
import { Pocket } from "./pocket.js";
import { Queue } from "./queue.js";
import { openStore } from "./store.js";
import { listen } from "./stream.js";
import { Timer } from "./timer.js";
import { VIEWS } from "./views/index.js";
import { Words } from "./words.js";

class Phone {
  constructor(data) {
    this.data = data;
    this.event = data.event;
    this.words = new Words(data.say, data.language);
    this.pocket = new Pocket(data.event);
    // what was known last is believed where there is no network
    this.person = new Person(data.event, (me) => this.pocket.set("me", me));
    this.settings = { hidesTimer: Boolean(this.pocket.get("hides-timer")) };
    this.place = find("#view");
    this.bar = find(".phonefoot .in");
    this.shown = { name: "", detail: "" };
    this.view = null;
    this.task = "";
    this.room = null;
  }

  // ---- beginning ----------------------------------------------------------------------------

  async begin() {
    embedIcons().catch(() => undefined);
    if (!(await this.identify())) return;
    const { drawer } = this;
    this.store = await openStore(drawer);
    this.drafts = new Drafts(this.store, drawer);
    await this.drafts.load();
    this.queue = new Queue({
      event: this.event,
      drawer,
      store: this.store,
      person: this.person,
      upload: (blob) => upload(blob, this.data.urls.photo),
      onChange: () => this.changed(),
      onRefused: () => this.toJoin(),
    });
    this.notices = new Notices(this);
    await this.queue.load();
    this.timer = new Timer(this, find("#timer"));
    wireMenu(this);
    this.wire();
    this.room = listen({
      event: this.event,
      view: "participant",
      onState: (state) => this.follow(state),
      onCards: () => this.view?.cards?.(),
      onMe: () => this.askAgain(),
      onConnection: (word) => this.connected(word),
    });
    await askFurther(this, 0);
    this.follow(this.person.server.event || this.room.state);
    this.queue.flush();
    this.heart = beat(this);
    document.documentElement.dataset.phone = "ready";
    keepForOffline(this.data.urls).catch(() => undefined);
  }

  // Who is this? The server says; without a network what it said last is believed.
  async identify() {
    const known = this.pocket.get("me");
    if (await this.person.fetch()) return true;
    if (this.person.status === 401) {
      this.toJoin();
      return false;
    }
    if (known) {
      this.person.know(known);
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 1500 + Math.random() * 1500));
    return this.identify();
  }

  get drawer() {
    return `${this.event}-${this.person.server.person}`;
  }

  toJoin() {
    this.pocket.loseMe();
    location.replace(`${this.data.urls.join}#back-${this.event}`);
  }

  // ---- what the room does -------------------------------------------------------------------

  get state() {
    return this.room?.state || this.person.server?.event || null;
  }

  get own() {
    return this.person.own(this.queue.waiting);
  }

  follow(state) {
    if (!state) return;
    this.notices.announce(state.announcement);
    this.noteRound(state);
    const task = taskOf(state);
    if (task !== this.task) this.newTask(state, task);
    else this.changed();
    this.seekSeat(state);
    if (state.content > this.data.content) this.newTexts();
    this.timer.tick();
  }

  newTask(state, task) {
    const isFirst = this.task === "";
    this.task = task;
    if (isFirst) return this.arrive();
    this.notices.say(this.words.of("now", { phase: this.words.say.phases[state.phase] }));
    if (this.mayMove()) {
      this.go("now", { replaces: true, takesFocus: this.place.contains(document.activeElement) });
    } else {
      this.offerToGo();
    }
    this.changed();
  }

  // A view without a form makes way, unless somebody is about to use something in it.
  mayMove() {
    const at = document.activeElement;
    const isBusy = (this.place.contains(at) || this.bar.contains(at)) && at.tagName !== "H1";
    return !FORMS.has(this.shown.name) && !isBusy && !find("#menu").open;
  }

  offerToGo() {
    const { state, words } = this;
    const box = find("#go-on");
    const wanted = VIEW_OF[state.phase];
    const name = this.shown.name === "overview" ? "sheet" : this.shown.name;
    const isThere = name === wanted && this.shownTask === this.task;
    show(box, !isThere && !["about", "code"].includes(this.shown.name));
    if (box.hidden) return;
    write(find("[data-text]", box), words.of("now", { phase: words.say.phases[state.phase] }));
    write(
      find("button span", box),
      state.phase === "seating" ? words.of("toRound", { n: state.round }) : words.say.goOn,
    );
  }

  // After loading: where the person was, if something half-filled waits there.
  arrive() {
    const wanted = location.hash.slice(1);
    if (this.isNew) return this.go("about", { replaces: true });
    const [name] = wanted.split("-");
    if (wanted && name in VIEWS && (FORMS.has(name) || name === "results")) {
      return this.go(wanted, { replaces: true });
    }
    return this.go("now", { replaces: true });
  }

  get isNew() {
    const { profile } = this.own;
    const isEmpty = !["region", "role", "level", "experience"].some((name) => profile[name]);
    return isEmpty && !this.pocket.get("asked") && !isOver(this.state?.phase);
  }

  noteRound(state) {
    const { words, data } = this;
    const seat = this.own.seat;
    const parts = [];
    if (state.round && data.rounds) parts.push(words.of("round", { n: state.round, total: data.rounds }));
    if (state.round && seat && seat.round === state.round) parts.push(words.of("table", { n: seat.number }));
    write(find("#note"), parts.join(" · ") || words.say.phases[state.phase] || "");
  }

  // A new round gives everybody another table: the phones ask at different moments.
  seekSeat(state) {
    const wanted = `${state.round}`;
    if (!state.round || wanted === this.soughtSeat) return;
    this.soughtSeat = wanted;
    if (this.person.server.seat?.round !== state.round) this.askAgain(1500);
  }

  // Texts of the event were changed: an untouched page takes them, a form keeps what it has.
  newTexts() {
    if (this.asksForTexts || !this.mayMove() || this.queue.waiting.length) return;
    this.asksForTexts = true;
    setTimeout(() => location.reload(), Math.random() * 5000);
  }

  connected(word) {
    if (word === "refused") return this.toJoin();
    if (word === "online") this.queue.found();
    this.changed();
  }

  async askAgain(withinMs = 500) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * withinMs));
    if (!(await this.person.fetch())) return;
    this.changed();
    if (this.state) this.noteRound(this.state);
  }

  // ---- views --------------------------------------------------------------------------------

  // "now", "overview", "sheet-3": which view, and which part of it.
  go(wanted, { replaces = false, takesFocus = !replaces } = {}) {
    const [name, detail = ""] = (wanted === "now" ? this.nowName() : wanted).split("-");
    this.view?.close?.();
    this.shown = { name, detail };
    this.shownTask = this.task;
    const address = `#${detail ? `${name}-${detail}` : name}`;
    if (replaces) history.replaceState(null, "", address);
    else if (location.hash !== address) history.pushState(null, "", address);
    this.open(takesFocus);
  }

  nowName() {
    const name = VIEW_OF[this.state?.phase] || "lobby";
    return name === "sheet" ? VIEWS.sheet.first(this) : name;
  }

  open(takesFocus) {
    const { name, detail } = this.shown;
    const { page, bar } = viewOf(name);
    // An element of its own: what a view asked for and gets later cannot reach another view.
    this.place.replaceChildren(page);
    this.place.dataset.view = name;
    this.bar.replaceChildren(...bar.childNodes);
    this.view = VIEWS[name].open(this, page, detail) || {};
    this.changed();
    const title = find("h1", this.place);
    document.title = `${title.textContent} – AlpClusters`;
    if (!takesFocus) return;
    window.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }

  // Everything that may be other now is written anew, outside of what belongs to the person.
  changed() {
    if (!this.notices) return;
    this.view?.patch?.();
    this.notices.update();
    this.heart?.();
    for (const item of all("[data-when]", find("#menu"))) show(item, this.hasMenu(item.dataset.when));
    if (this.task) this.offerToGo();
  }

  hasMenu(name) {
    const phase = this.state?.phase;
    if (name === "hall") return this.data.inHall;
    if (name === "cards") return this.data.inHall && ["talk", "harvest", "seating"].includes(phase);
    return this.data.measures.length > 0 && isRated(phase);
  }

  // ---- what the person does -----------------------------------------------------------------

  async do(kind, body, options) {
    await this.queue.add(kind, body, options);
    this.queue.flush();
  }

  wire() {
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      this.view?.submit?.(event);
    });
    for (const kind of ["input", "change"]) {
      this.place.addEventListener(kind, (event) => this.view?.[kind]?.(event));
    }
    window.addEventListener("popstate", () => {
      const [name] = location.hash.slice(1).split("-");
      this.go(name in VIEWS ? location.hash.slice(1) : "now", { replaces: true, takesFocus: true });
    });
    window.addEventListener("pagehide", () => this.view?.leave?.());
    window.addEventListener("beforeunload", (event) => {
      if (!this.store.keeps && this.queue.waiting.length) event.preventDefault();
    });
  }

  clicked(event) {
    if (event.target.closest("#go-on button")) return this.go("now");
    const button = event.target.closest("[data-do]");
    if (button && !button.closest("#menu")) {
      const work = this.view?.actions?.[button.dataset.do];
      if (work) return work(button);
      if (["now", "overview", "results"].includes(button.dataset.do)) return this.go(button.dataset.do);
    }
    this.view?.click?.(event);
  }
}

const phone = new Phone(JSON.parse(find("#cafe-data").textContent));
phone.begin();
