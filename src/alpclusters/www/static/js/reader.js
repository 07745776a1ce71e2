// The reader of a document: turns pages without loading the page anew, searches in the document,
// and hands selected words to whoever listens.
//
// Fires `ac:quote` {document, page, words} at the reader: a page that takes the words itself
// prevents it, otherwise they go into the form below the text. Answers `ac:page` {page, document}.
// Without this script the same things are links and forms. Keys work while the focus is in the
// reader and nobody types: people who speak to their computer press keys they did not mean.

const ZOOMS = 4;
const LONGEST_QUOTE = 300;

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

class Reader {
  constructor(section) {
    this.section = section;
    this.key = section.dataset.reader;
    this.number = Number(section.dataset.number);
    this.total = Number(section.dataset.n);
    this.zoom = 1;
    this.words = "";
    this.asked = null;
    this.find = this.part("[data-search] [type=search]")?.value ?? "";
    this.listen();
    for (const hidden of section.querySelectorAll("[data-tools], [data-keys]")) hidden.hidden = false;
    this.mark();
  }

  part(selector) {
    return this.section.querySelector(selector);
  }

  listen() {
    const { section } = this;
    for (const link of section.querySelectorAll("[data-turn]")) {
      link.addEventListener("click", (event) => this.follow(event, this.number + Number(link.dataset.turn)));
    }
    this.part("[data-goto]").addEventListener("submit", (event) => {
      this.follow(event, Number(this.part("#reader-page").value));
    });
    this.part("[data-search]").addEventListener("submit", (event) => this.search(event));
    this.part("[data-list]").addEventListener("click", (event) => {
      const link = event.target.closest("[data-number]");
      if (link) this.follow(event, Number(link.dataset.number));
    });
    for (const button of section.querySelectorAll("[data-show]")) {
      button.addEventListener("click", () => this.show(button.dataset.show));
    }
    for (const button of section.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.enlarge(Number(button.dataset.zoom)));
    }
    section.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("selectionchange", () => this.select());
    document.addEventListener("ac:page", (event) => {
      const { page, document: key } = event.detail ?? {};
      if (!key || key === this.key) this.turn(Number(page));
    });
    this.part("[data-pick]").addEventListener("click", () => this.quote());
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (event.key === "PageDown") this.follow(event, this.number + 1);
    if (event.key === "PageUp") this.follow(event, this.number - 1);
    if (event.key === "/") this.startSearch(event);
    if (event.key === "q" && this.words) {
      event.preventDefault();
      this.quote();
    }
  }

  startSearch(event) {
    event.preventDefault();
    const field = this.part("#reader-find");
    field.focus();
    field.select();
  }

  follow(event, number) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.turn(number);
  }

  async turn(number) {
    if (!(number >= 1 && number <= this.total)) {
      this.part("#reader-page").value = this.number;
      return;
    }
    this.asked?.abort();
    this.asked = new AbortController();
    this.section.setAttribute("aria-busy", "true");
    try {
      const query = this.find ? `?${new URLSearchParams({ find: this.find })}` : "";
      const address = this.section.dataset.page.replace(/0\.json$/, `${number}.json`);
      this.take(await this.ask(address + query));
    } catch (error) {
      if (error.name !== "AbortError") location.assign(this.address(number));
      return;
    }
    this.section.removeAttribute("aria-busy");
  }

  async ask(address) {
    const answer = await fetch(address, {
      signal: this.asked.signal,
      headers: { Accept: "application/json" },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return answer.json();
  }

  take(page) {
    this.number = page.number;
    this.part("#reader-page").value = page.number;
    for (const field of this.section.querySelectorAll("#quote-page, [data-search] [name=page]")) field.value = page.number;
    this.part("[data-place]").textContent = page.place;
    this.part("[data-text]").replaceChildren(...this.passages(page));
    this.part("[data-text]").scrollTop = 0;
    this.picture(page);
    this.mark();
    history.replaceState(history.state, "", this.address(page.number));
    this.section.dispatchEvent(new CustomEvent("ac:turned", { bubbles: true, detail: { document: this.key, page: page.number } }));
  }

  passages(page) {
    if (!page.passages.length) return [Object.assign(document.createElement("span"), { className: "soft", textContent: page.empty })];
    return page.passages.map(([text, isFound]) => {
      if (!isFound) return document.createTextNode(text);
      return Object.assign(document.createElement("mark"), { textContent: text });
    });
  }

  picture(page) {
    const image = this.part("[data-picture] img");
    if (!image || !page.picture) return;
    image.src = page.picture;
    image.alt = page.alt;
    image.parentElement.href = page.picture;
    this.part("[data-picture]").scrollTop = 0;
  }

  address(number) {
    const url = new URL(location.href);
    url.searchParams.set("page", number);
    if (this.find) url.searchParams.set("find", this.find);
    else url.searchParams.delete("find");
    return url.pathname + url.search + url.hash;
  }

  mark() {
    for (const link of this.section.querySelectorAll("[data-turn]")) {
      const target = this.number + Number(link.dataset.turn);
      if (target >= 1 && target <= this.total) link.href = this.address(target);
      else link.removeAttribute("href");
    }
  }

  async search(event) {
    event.preventDefault();
    this.find = this.part("#reader-find").value.trim();
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const found = await this.ask(`${this.section.dataset.find}?${new URLSearchParams({ find: this.find })}`);
      this.list(found);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(this.address(this.number));
      return;
    }
    this.turn(this.number);
  }

  list(found) {
    const line = document.createElement("p");
    line.className = "small";
    line.append(Object.assign(document.createElement("b"), { textContent: found.told }));
    this.part("[data-hits]").replaceChildren(line);
    const list = this.part("[data-list]");
    list.replaceChildren(...found.hits.map((hit) => this.entry(hit)));
    list.hidden = !found.hits.length;
  }

  entry(hit) {
    const link = document.createElement("a");
    link.href = this.address(hit.number);
    link.dataset.number = hit.number;
    const around = document.createElement("span");
    around.className = "small";
    const mark = Object.assign(document.createElement("mark"), { textContent: hit.words });
    around.append(`…${hit.before} `, mark, ` ${hit.after}… (${hit.n})`);
    link.append(Object.assign(document.createElement("b"), { textContent: hit.place }), " ", around);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  show(what) {
    this.part("[data-view]").dataset.view = what;
    for (const button of this.section.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === what));
    }
  }

  enlarge(step) {
    const zoom = Math.min(ZOOMS, Math.max(1, this.zoom + step));
    const page = this.part("[data-view]");
    page.classList.remove(`larger-${this.zoom}`);
    page.classList.add(`larger-${zoom}`);
    this.zoom = zoom;
  }

  select() {
    const selection = document.getSelection();
    const text = this.part("[data-text]");
    const isOurs = selection.rangeCount > 0 && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
    this.words = isOurs ? selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST_QUOTE) : "";
    this.part("[data-picked]").hidden = !this.words;
  }

  quote() {
    const { words } = this;
    if (!words) return;
    const detail = { document: this.key, page: this.number, words };
    const isFree = this.section.dispatchEvent(new CustomEvent("ac:quote", { bubbles: true, cancelable: true, detail }));
    document.getSelection().removeAllRanges();
    const form = this.part("[data-quote]");
    if (!isFree || !form) return;
    form.closest("details").open = true;
    form.elements.page.value = this.number;
    form.elements.words.value = words;
    form.elements.words.focus();
  }
}

for (const section of document.querySelectorAll("[data-reader]")) {
  if (section.querySelector("[data-text]")) new Reader(section);
}
