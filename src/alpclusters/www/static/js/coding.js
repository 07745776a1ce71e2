// The coding form by keyboard: every code has a key, every answer is saved at once, Ctrl+Z steps
// back, Alt+Page turns the document beside it. Without this script the form saves as a whole.
//
// Keys of one character work only while the focus is in a question, so that people who speak to
// their computer choose nothing they did not mean.

const RETRY_MS = 4000;

class Field {
  constructor(set) {
    this.set = set;
    this.name = set.dataset.field;
    this.inputs = [...set.querySelectorAll("input")];
    this.number = set.querySelector(".code-number");
    this.about = set.querySelector("[data-about]");
    set.addEventListener("focusin", (event) => this.explain(event.target));
    set.addEventListener("change", (event) => this.explain(event.target));
  }

  get values() {
    if (this.number) return [this.number.value.trim()];
    return this.inputs.filter((input) => input.checked).map((input) => input.value);
  }

  set values(values) {
    if (this.number) this.number.value = values[0] ?? "";
    else for (const input of this.inputs) input.checked = values.includes(input.value);
    this.mark();
  }

  mark() {
    this.set.toggleAttribute("data-answered", this.values.some((value) => value !== ""));
  }

  focus() {
    const target = this.number ?? this.set;
    target.focus();
    if (this.number) this.number.select();
    this.set.scrollIntoView({ block: "nearest" });
  }

  // The definition of the code that has the focus, else of the one chosen.
  explain(target) {
    if (!this.about) return;
    const input = this.inputs.includes(target) ? target : this.inputs.findLast((one) => one.checked);
    const source = input && document.getElementById(`about-${input.id}`);
    this.about.hidden = !source;
    if (source) this.about.replaceChildren(...[...source.children].map(asParagraph));
  }

  choose(key) {
    const input = this.inputs.find((one) => one.dataset.stroke === key && !one.disabled);
    if (!input) return false;
    input.checked = input.type === "radio" || !input.checked;
    if (this.inputs.includes(document.activeElement)) input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  clear() {
    if (!this.values.some((value) => value !== "")) return;
    this.values = [];
    this.set.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function asParagraph(node) {
  const line = document.createElement("p");
  if (node.localName === "dt") line.className = "code-about-name";
  line.append(...[...node.childNodes].map((child) => child.cloneNode(true)));
  return line;
}

class Keys {
  constructor(form, fields) {
    this.form = form;
    this.fields = fields;
    form.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const set = event.target.closest("[data-field]");
    if (!set || event.altKey || event.metaKey || event.ctrlKey || event.isComposing) return;
    const field = this.fields.find((one) => one.set === set);
    if (this.act(field, event)) event.preventDefault();
  }

  act(field, event) {
    const isTyping = event.target === field.number;
    const isOption = field.inputs.includes(event.target) && !isTyping;
    if (event.target.closest("summary")) return false;
    if (event.key === "Enter") return this.move(field, event.shiftKey ? -1 : 1);
    if (!isOption && event.key === "ArrowDown") return this.move(field, 1);
    if (!isOption && event.key === "ArrowUp") return this.move(field, -1);
    if (isTyping) return false;
    if (event.key === "Delete") {
      field.clear();
      return true;
    }
    return event.key.length === 1 && field.choose(event.key.toLowerCase());
  }

  move(field, step) {
    const next = this.fields[this.fields.indexOf(field) + step];
    if (next) next.focus();
    else if (step > 0) this.form.querySelector("textarea, [value=close]")?.focus();
    return true;
  }
}

class Sheet {
  constructor(form, fields) {
    this.form = form;
    this.fields = fields;
    this.line = form.querySelector("[data-said]");
    this.undoButton = form.querySelector("[data-undo]");
    this.unsaved = new Set();
    this.queue = Promise.resolve();
    form.querySelector("[data-save]")?.setAttribute("hidden", "");
    form.addEventListener("change", (event) => this.changed(event));
    this.undoButton.addEventListener("click", (event) => {
      event.preventDefault();
      this.undo();
    });
    window.addEventListener("online", () => this.retry());
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("ac:quote", (event) => this.quote(event));
  }

  press(event) {
    if (!event.ctrlKey || event.altKey || event.metaKey) return;
    // What somebody is typing is undone by the browser; an empty box has nothing to undo.
    const isText = event.target.closest("textarea, input[type=search], .reader-quote input")?.value;
    if (event.key === "z" && !event.shiftKey && !isText) {
      event.preventDefault();
      this.undo();
    }
    if (event.key === "Enter" && this.form.contains(event.target)) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("[value=close]"));
    }
  }

  changed(event) {
    const set = event.target.closest("[data-field]");
    if (set) this.save(set.dataset.field);
    else if (event.target.name === "note") this.save("note");
  }

  save(name) {
    this.unsaved.add(name);
    this.fields.find((one) => one.name === name)?.mark();
    this.then(() => this.sendAll());
  }

  async sendAll() {
    for (const name of [...this.unsaved]) {
      // Before the answer goes out: what is chosen while it is under way is unsaved again.
      this.unsaved.delete(name);
      const values = this.valuesOf(name);
      const answer = await this.post("answer", [["field", name], ...values.map((value) => [name, value])]);
      if (!answer) {
        this.unsaved.add(name);
        return;
      }
      this.take(answer, { keep: true });
    }
  }

  valuesOf(name) {
    if (name === "note") return [this.form.elements.note.value];
    return this.fields.find((one) => one.name === name).values;
  }

  undo() {
    if (this.form.dataset.closed) return;
    this.then(async () => {
      const answer = await this.post("undo", []);
      if (answer) this.take(answer, { keep: false });
    });
  }

  quote(event) {
    event.preventDefault();
    const { document: key, page, words } = event.detail;
    this.then(async () => {
      const target = document.getElementById("quote-target")?.value ?? "";
      const pairs = [["document", key], ["page", page], ["words", words], ["target", target]];
      const answer = await this.post("quote", pairs);
      if (!answer) return;
      this.say(answer.said, answer.ok);
      await this.showQuotations();
    });
  }

  async showQuotations() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    for (const id of ["quotations", "quote-target"]) {
      document.getElementById(id)?.replaceChildren(...(page.getElementById(id)?.childNodes ?? []));
    }
    // The answer that has no place yet is offered first.
    const target = document.getElementById("quote-target");
    if (target) target.selectedIndex = 0;
  }

  then(step) {
    this.queue = this.queue.then(step).catch(() => this.say(this.form.dataset.offline, false));
  }

  async post(what, pairs) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.append("do", what);
    for (const [name, value] of pairs) data.append(name, value);
    let answer;
    try {
      const sent = await fetch(this.form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (sent.redirected || !sent.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(sent.status);
      answer = await sent.json();
    } catch {
      this.say(this.form.dataset.offline, false);
      window.setTimeout(() => this.retry(), RETRY_MS);
      return null;
    }
    return answer;
  }

  retry() {
    if (this.unsaved.size) this.then(() => this.sendAll());
  }

  take(answer, { keep }) {
    this.say(answer.said, answer.ok);
    if (!answer.ok) return;
    if (!keep) this.fill(answer);
    this.undoButton.disabled = !answer.can_undo;
    this.tellRest(answer.missing);
  }

  fill(answer) {
    for (const field of this.fields) {
      const value = answer.values[field.name];
      field.values = Array.isArray(value) ? value : value === null || value === undefined ? [] : [String(value)];
      field.explain(null);
    }
    this.form.elements.note.value = answer.note;
  }

  tellRest(missing) {
    const labels = this.fields.filter((one) => missing.includes(one.name)).map((one) => one.set.dataset.label);
    const { all, rest } = this.form.dataset;
    this.form.querySelector("[data-rest-list]").textContent = labels.length ? `${rest}: ${labels.join(", ")}` : all;
  }

  say(words, isGood) {
    this.line.classList.toggle("bad", !isGood);
    // The same words twice are read aloud twice only if the line was empty in between.
    this.line.textContent = "";
    window.requestAnimationFrame(() => {
      this.line.textContent = words;
    });
  }
}

function turnPages() {
  const reader = document.querySelector("[data-reader]");
  if (!reader) return;
  let page = Number(reader.dataset.number);
  document.addEventListener("ac:turned", (event) => {
    page = event.detail.page;
  });
  document.addEventListener("keydown", (event) => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("ac:page", { detail: { page: page + step } }));
  });
}

function showKeys(form) {
  const dialog = document.querySelector("dialog[data-keys]");
  const button = form.querySelector("[data-keys-open]");
  if (!dialog || !button) return;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, input:not([type=radio], [type=checkbox])");
    if (event.key !== "?" || isTyping || dialog.open) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function begin(form) {
  const fields = [...form.querySelectorAll("[data-field]")].map((set) => new Field(set));
  if (!fields.length) return;
  new Keys(form, fields);
  if (!form.hasAttribute("data-sheet")) return;
  if (!form.dataset.closed) new Sheet(form, fields);
  showKeys(form);
  const first = fields.find((one) => !one.set.hasAttribute("data-answered"));
  const isWide = window.matchMedia("(min-width: 62rem)").matches;
  if (first && isWide && !location.hash && !form.dataset.closed) {
    (first.number ?? first.set).focus({ preventScroll: true });
  }
}

document.querySelectorAll("#sheet, #decide").forEach(begin);
turnPages();
