// The few things that this phone alone knows about an AlpCafé; they outlive the event.

const PREFIX = "alpclusters-cafe:";
const memory = new Map();

export class Pocket {
  constructor(event) {
    this.event = event;
  }

  key(name) {
    return `${PREFIX}${name}:${this.event}`;
  }

  get(name) {
    try {
      const text = localStorage.getItem(this.key(name));
      if (text !== null) return JSON.parse(text);
    } catch (error) {
      // no storage: only this page remembers
    }
    return memory.get(this.key(name));
  }

  set(name, value) {
    memory.set(this.key(name), value);
    try {
      localStorage.setItem(this.key(name), JSON.stringify(value));
    } catch (error) {
      // as above
    }
  }

  clear(...names) {
    for (const name of names) {
      memory.delete(this.key(name));
      try {
        localStorage.removeItem(this.key(name));
      } catch (error) {
        // as above
      }
    }
  }

  // What this phone answered, by round: as the server knew it last, or kept since it does not any more.
  get answers() {
    return this.get("me")?.answers || this.get("answers") || {};
  }

  // The server no longer knows this phone, as after the seal: answers stay here, the rest goes.
  loseMe() {
    const { answers } = this.get("me") || {};
    if (answers) this.set("answers", answers);
    this.clear("me");
  }

  // All that is the person's; what belongs to the phone stays.
  forgetPerson() {
    this.clear("me", "answers", "asked", "cards", "rated", "recovery");
  }

  // Public ids of the cards of this phone, oldest first.
  get cards() {
    return this.get("cards") || [];
  }

  // Measures this phone rated: what became of them is asked with these.
  addRated(id) {
    const known = this.get("rated") || [];
    if (!known.includes(id)) this.set("rated", [...known, id]);
  }

  addCard(id) {
    if (!this.cards.includes(id)) this.set("cards", [...this.cards, id]);
  }
}
