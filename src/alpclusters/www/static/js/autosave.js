// Keeps what is typed every five seconds as a draft of this person; the text itself changes only
// by "Save". Says who else is typing. Without this script the form saves as a whole.

const EVERY_MS = 5000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.said = form.querySelector("[data-autosave-said]");
    this.others = form.querySelector("[data-autosave-others]");
    this.isDirty = false;
    form.addEventListener("input", () => {
      this.isDirty = true;
    });
    form.addEventListener("submit", () => window.clearInterval(this.timer));
    this.timer = window.setInterval(() => this.keep(), EVERY_MS);
  }

  async keep() {
    if (!this.isDirty) return;
    // Before it goes out: what is typed while it is under way is kept the next time.
    this.isDirty = false;
    const answer = await this.send();
    if (!answer) this.isDirty = true;
    this.say(answer ? answer.said : this.form.dataset.offline);
    if (answer?.others !== undefined && this.others.textContent !== answer.others) {
      this.others.textContent = answer.others;
    }
  }

  async send() {
    try {
      const sent = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
      if (!sent.headers.get("Content-Type")?.startsWith("application/json")) return null;
      return await sent.json();
    } catch {
      return null;
    }
  }

  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
