// The second rating: one's own first answer beside the middle of all. To keep is an answer too.

import { answerName } from "./blocks.js";
import { find, show, snippet, write } from "./dom.js";
import { released } from "./released.js";

export class Second {
  constructor(leaf) {
    this.leaf = leaf;
    this.cells = new Map();
    for (const { set } of leaf.sets) find(".ac-opt-row", set).before(snippet("before"));
    this.load();
  }

  async load() {
    const found = await released(this.leaf.phone);
    const row = found?.blocks?.heat?.rows.find((one) => one.measure === this.leaf.measure.id);
    for (const cell of row?.cells || []) this.cells.set(cell.criterion, cell);
    this.showReasons(found?.blocks?.comments?.items || []);
    this.patch();
  }

  // The reasons given in the first rating, as the facilitator released them.
  showReasons(items) {
    const place = find("[data-reasons]", this.leaf.root);
    const own = items.filter((item) => item.measure === this.leaf.measure.id);
    find("ul", place).replaceChildren(
      ...own.map((item) => {
        const row = document.createElement("li");
        row.textContent = item.text;
        row.lang = item.language;
        return row;
      }),
    );
    show(place, own.length > 0);
  }

  first(c) {
    return (this.leaf.phone.own.answers[1] || {})[this.leaf.key(c)];
  }

  patch() {
    const { words } = this.leaf.phone;
    for (const { set, c } of this.leaf.sets) {
      const value = this.first(c);
      const place = find("[data-own]", set);
      const text = value === null ? words.of("cannotJudge") : answerName(value ?? words.of("none"), c, this.leaf.phone);
      write(place, words.of("yourFirst", { value: text }));
      write(find("[data-group]", set), this.groupText(this.cells.get(c)));
      const keeps = this.leaf.answers[this.leaf.key(c)] === value && value !== undefined;
      const button = find("[data-keep]", set);
      button.setAttribute("aria-pressed", String(keeps));
      show(button, value !== undefined);
    }
  }

  groupText(cell) {
    const { words } = this.leaf.phone;
    if (!cell) return "";
    if (cell.withheld || cell.empty) return words.of("withheld");
    const n = words.of("n", { n: cell.n });
    if (!Number.isFinite(cell.median)) return "";
    const asked = this.leaf.phone.data.criteria.find((one) => one.id === cell.criterion);
    if (asked.kind === "yes_no") {
      const answer = answerName(1, cell.criterion, this.leaf.phone);
      return `${words.of("shareOf", { answer, share: words.share(cell.mean) })} ${n}`;
    }
    const shown = (v) => {
      const name = answerName(v, cell.criterion, this.leaf.phone);
      return name === v ? words.number(v) : name;
    };
    const [median, low, high] = [cell.median, cell.lower_quartile, cell.upper_quartile].map(shown);
    return `${words.of("median", { median, low, high })} ${n}`;
  }

  keep(button) {
    const found = this.leaf.sets.find(({ set }) => set.contains(button));
    this.leaf.choose(found.c, this.first(found.c));
  }
}
