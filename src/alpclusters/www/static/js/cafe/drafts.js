// What was typed and not sent yet, kept at each key press, found again after reload or a dead tab.

export class Drafts {
  constructor(store, drawer) {
    this.store = store;
    this.drawer = drawer;
    this.kept = new Map();
  }

  async load() {
    for (const item of await this.store.all()) {
      if (item.draft) this.kept.set(item.name, item.draft);
    }
  }

  get(name) {
    return this.kept.get(name);
  }

  id(name) {
    return `${this.drawer}:draft:${name}`;
  }

  set(name, draft) {
    this.kept.set(name, draft);
    this.store.put({ id: this.id(name), event: this.drawer, name, draft }).catch(() => undefined);
  }

  drop(name) {
    if (!this.kept.delete(name)) return;
    this.store.remove(this.id(name)).catch(() => undefined);
  }
}
