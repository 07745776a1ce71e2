// Two criteria as a point on a plane. The number fields do all of it; the plane is a picture that
// can also be touched. Above five steps its cells were too small for a finger: then it is not drawn.

import { all, find, show, write } from "./dom.js";

const MOST_STEPS = 5;

export class Pad {
  constructor(root, phone, choose) {
    Object.assign(this, { root, phone, choose });
    this.fields = all("[data-axis]", root);
    this.plane = find("[data-plane]", root);
    const [across, up] = this.steps;
    this.fields.forEach((field, at) => {
      [field.min, field.max] = [this.steps[at][0], this.steps[at].at(-1)];
    });
    show(this.plane, across.length <= MOST_STEPS && up.length <= MOST_STEPS);
    this.plane.style.setProperty("--steps", across.length);
    this.plane.replaceChildren(...[...up].reverse().flatMap((y) => across.map((x) => this.cell(x, y))));
  }

  cell(x, y) {
    const cell = document.createElement("i");
    cell.dataset.x = x;
    cell.dataset.y = y;
    return cell;
  }

  get criteria() {
    return this.phone.data.cloud;
  }

  // Both criteria as the page brought them, with their steps.
  get asked() {
    return this.criteria.map((c) => this.phone.data.criteria.find((one) => one.id === c));
  }

  get steps() {
    return this.asked.map(({ steps }) => steps.map(({ value }) => value));
  }

  change({ target }) {
    const at = Number(target.dataset.axis);
    const c = this.criteria[at];
    if (target.value === "") return this.choose(c, undefined);
    const [low, high] = [this.steps[at][0], this.steps[at].at(-1)];
    const value = Math.min(high, Math.max(low, Math.round(Number(target.value)) || low));
    target.value = value;
    return this.choose(c, value);
  }

  async click(event) {
    const cell = event.target.closest("[data-x]");
    if (!cell) return;
    await this.choose(this.criteria[0], Number(cell.dataset.x));
    await this.choose(this.criteria[1], Number(cell.dataset.y));
  }

  patch(valueOf) {
    const values = this.criteria.map((c) => valueOf(c) ?? "");
    this.fields.forEach((field, at) => {
      if (field !== document.activeElement && field.value !== String(values[at])) field.value = values[at];
    });
    for (const cell of this.plane.children) {
      cell.className = Number(cell.dataset.x) === values[0] && Number(cell.dataset.y) === values[1] ? "on" : "";
    }
    const isWhole = values.every((value) => value !== "");
    const [x, y] = this.asked.map((criterion, at) => this.phone.words.of("onScale", { name: criterion.name, value: values[at], high: this.steps[at].at(-1) }));
    write(find("[data-pair]", this.root), isWhole ? `${x}, ${y}` : "");
  }
}
